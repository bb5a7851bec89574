"""
Present: the story for a room. The stage where the address names a slide, its notes in a second window, else the
arrangement of the slides and the ways to take them away.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.history import WorkspaceRefused
from dashboard.screens import parts, session
from dashboard.screens.present_arrange import arrangement
from dashboard.screens.present_notes import speaker
from dashboard.screens.present_stage import HERE, NOTES, SLIDE, VIEW, stage
from dashboard.screens.present_story import in_workspace, standing
from dashboard.screens.present_take import taking
from dashboard.storyline import Deck, Edits, shown
from dashboard.wording import app_words, present_words


def page() -> None:
    """What the address asks for."""
    released = parts.found_over_window()
    files = session.brought()
    assert files is not None  # noqa: S101  the page has ended otherwise
    with st.spinner(app_words.COMPUTING, show_time=False):
        deck = session.story(files, released)
    edits = _edits(files)
    story = shown(deck, edits)
    st.html(HERE / "present.css")
    if SLIDE in st.query_params and story.slides:
        (speaker if st.query_params.get(VIEW) == NOTES else stage)(story)
        return
    st.title(present_words.TITLE, anchor=False)
    st.markdown(present_words.lead(len(story.slides), released.settings.noun))
    _ways_on(story, files)
    arrangement(deck, files)
    taking(released, files, edits)


def _edits(files: session.Brought) -> Edits:
    """What presenters changed; ends the page where the workspace cannot be read."""
    try:
        return standing(files).edits
    except WorkspaceRefused as refused:
        parts.refused(refused.problems)


def _ways_on(story: Deck, files: session.Brought) -> None:
    """To the stage, and to the notes in a window of their own where a second window opens the same data."""
    if not story.slides:
        st.info(present_words.ALL_HIDDEN)
        return
    first = story.slides[0].key
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(present_words.START, type="primary", key="story-start"):
            st.query_params[SLIDE] = first
            st.rerun()
        if files.example or in_workspace(files):
            address = urlencode(parts.view(**{SLIDE: first, VIEW: NOTES}))
            st.link_button(present_words.SECOND, f"?{address}", help=present_words.SECOND_NOTE)
    st.caption(present_words.KEYS)


if __name__ == "__main__":
    page()
