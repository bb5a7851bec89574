"""
Taking the story away: the same slides as a deck, a paper, a page, and the tables as a workbook, made when asked for.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import reports
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.screens import parts, session
from dashboard.storyline import Edits
from dashboard.terms import InputRefused
from dashboard.wording import present_words

TEMPLATES = ["pptx", "potx"]
LARGEST = 50  # MB of a template
TEMPLATE_WIDTH = 620  # px


def taking(released: Released, files: session.Brought, edits: Edits) -> None:
    """Four files, each made when it is asked for, and a template for the slides."""
    parts.heading(present_words.TAKE)
    st.markdown(present_words.TAKE_LEAD)
    goes_with = session.goes_with(files)
    buttons = st.container(horizontal=True)
    template = _template()
    with buttons:
        for kind, (title, name) in present_words.FILES.items():
            content = partial(_made, kind, released, goes_with, edits, template)
            st.download_button(title, content, name, key=f"take-{kind}", on_click="ignore")


def _template() -> bytes | None:
    """The template that was given, if it can be used; what stands in its way is said beside it."""
    given = st.file_uploader(
        present_words.TEMPLATE,
        type=TEMPLATES,
        key="story-template",
        help=present_words.TEMPLATE_HELP,
        max_upload_size=LARGEST,
        width=TEMPLATE_WIDTH,
    )
    if given is None:
        return None
    content = given.getvalue()
    try:
        reports.check_template(content)
    except InputRefused as refused:
        st.error(present_words.TEMPLATE_REFUSED)
        parts.list_problems(refused.problems)
        return None
    st.success(present_words.TEMPLATE_USED)
    return content


def _made(
    kind: str, released: Released, goes_with: GoesWithReleased | None, edits: Edits, template: bytes | None
) -> bytes:
    """One of the files."""
    return reports.reports(released, goes_with, [kind], edits, template if kind == "pptx" else None)[kind]
