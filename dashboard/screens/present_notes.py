"""
The speaker's window: the notes of the slide that the other window shows, and what comes next. It follows, and turns
the slides too.
"""

from __future__ import annotations

import streamlit as st

from dashboard.screens import present_stage
from dashboard.screens.present_html import notes_html
from dashboard.storyline import Deck
from dashboard.wording import present_words
from dashboard.wording.escape import markdown


@st.fragment
def speaker(deck: Deck) -> None:
    """
    Title, notes, the title that comes next, and the same keys as on the stage.

    Parameters
    ----------
    deck : the slides that are shown, at least one.
    """
    at = present_stage.place(deck)
    slide, last = deck.slides[at], len(deck.slides) - 1
    with st.container(key="stage-speaker"):
        present_stage.turning(deck, at)
        st.title(markdown(slide.title), anchor=False)
        st.html(notes_html(slide))
        then = present_words.THE_END if at == last else present_words.UP_NEXT.format(title=deck.slides[at + 1].title)
        st.markdown(f"**{markdown(then)}**")
    present_stage.keys(deck, at, on_stage=False)
