"""
The app: its pages, and what all of them share. Run by `python -m dashboard`, or `streamlit run` on this file.
"""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from dashboard.screens import parts, session, tour, window
from dashboard.wording import app_words

HERE = Path(__file__).parent
MARK = HERE / "mark"
LOG = logging.getLogger("dashboard")


def main() -> None:
    """Show the page that the address names, or a designed message where it cannot be made."""
    st.set_page_config(page_title=app_words.TITLE, page_icon=str(MARK / "icon.png"), layout="wide")
    st.html(HERE / "style.css")
    if parts.mode() == "dark":
        st.html(HERE / "paper_from_dark.css")
    st.logo(MARK / f"wordmark-{parts.mode()}.svg", size="large")
    pages = [_page(name, title, note) for name, (title, note) in app_words.PAGES.items()]
    current = st.navigation(pages, position="top")
    session.brought()
    session.mark_address()
    window.take_address()
    window.mark_address()
    try:
        tour.show(current.url_path)
        current.run()
    except Exception:  # whatever it is, the reader gets a page and the terminal the cause
        LOG.exception("the page %s could not be made", current.title)
        parts.failed()


def _page(name: str, title: str, note: str) -> st.Page:
    return st.Page(
        HERE / f"{name}.py", title=title, url_path=None if name == "start" else name, default=name == "start", help=note
    )


if __name__ == "__main__":
    main()
