"""
Start: one sentence, one picture of the idea, two ways on.
"""

from __future__ import annotations

import streamlit as st

from dashboard import charts
from dashboard.screens import parts, session, tour
from dashboard.terms import Settings
from dashboard.wording import app_words
from dashboard.wording.escape import markdown


def page() -> None:
    """The first page a person sees."""
    st.space("medium")
    words, picture = st.columns(2, gap="large", vertical_alignment="center")
    kept = session.brought()
    noun = (kept.settings if kept else Settings()).noun
    with words:
        st.title(app_words.SENTENCE, anchor=False)
        st.markdown(markdown(app_words.LEAD.format(noun=noun)))
        parts.two_ways(stay=False)
        tour.button()
        if kept is not None:
            _continue(kept)
    with picture:
        st.plotly_chart(
            charts.idea(parts.colours(), height=440),
            theme=None,
            key="idea",
            config={"staticPlot": True},
            alt=app_words.IDEA_ALT,
        )
    st.space("large")
    for column, (title, sentence) in zip(st.columns(3, gap="large"), app_words.standing(noun), strict=True):
        column.header(markdown(title), anchor=False)
        column.markdown(markdown(sentence))


def _continue(kept: session.Brought) -> None:
    """The way back to what is open."""
    what = app_words.EXAMPLE if kept.example else app_words.what_is_open(kept.names)
    label = markdown(app_words.CONTINUE.format(what=what))
    st.page_link(parts.page_of("overview"), label=label, query_params=parts.view(), icon="", help="")


if __name__ == "__main__":
    page()
