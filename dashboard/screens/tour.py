"""
Tour: four stops for who opens the app for the first time, in a strip above the page that each speaks of.

It begins by itself once, stays out of the way of the page, and comes again only when it is asked for: not in the same
visit, and in a workspace not in a later one either.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard.history import WorkspaceRefused
from dashboard.screens import kept, session
from dashboard.terms import Settings
from dashboard.wording import tour_words
from dashboard.wording.escape import markdown

AT, TAKEN = "tour-at", "tour-taken"
HERE = Path(__file__).parent


def begin() -> None:
    """Begin at the first stop, unless the tour was taken before."""
    if not _taken():
        st.session_state[AT] = 0


def button() -> None:
    """The way to take it again, from wherever it stands; the example opens where nothing else is open."""
    nothing_to_show = session.brought() is None and not session.example_is_here()
    if nothing_to_show or st.session_state.get(AT) is not None:
        return
    if st.button(tour_words.AROUND, type="tertiary", key="tour-around", help=tour_words.AROUND_HELP):
        if session.brought() is None:
            session.open_example()
        _go(0, from_page="")


def show(page: str) -> None:
    """The stop that the reader is at, if it is on this page; nothing without anything open."""
    at, files = st.session_state.get(AT), session.brought()
    if at is None or files is None or tour_words.STOPS[at].page != page:
        return
    with st.container(key="tour", gap="small"):
        _words(at, files.settings)
        with st.container(horizontal=True, gap="small"):
            _buttons(at, page)


def _words(at: int, settings: Settings) -> None:
    noun = settings.noun
    st.markdown(f"**{markdown(tour_words.title(at, noun))}**  \n{markdown(tour_words.text(at, noun))}")


def _buttons(at: int, page: str) -> None:
    last = at == len(tour_words.STOPS) - 1
    if st.button(tour_words.DONE if last else tour_words.NEXT, type="primary", key="tour-next"):
        _end() if last else _go(at + 1, page)
    if at and st.button(tour_words.BACK, key="tour-back"):
        _go(at - 1, page)
    if not last and st.button(tour_words.END, type="tertiary", key="tour-end"):
        _end()


def _go(at: int, from_page: str) -> NoReturn:
    st.session_state[AT] = at
    to = tour_words.STOPS[at].page
    if to == from_page:
        st.rerun()
    st.switch_page(HERE / f"{to}.py")


def _end() -> NoReturn:
    """Go on without it, in this visit and, with a workspace, in later ones."""
    st.session_state[AT] = None
    st.session_state[TAKEN] = True
    try:
        if (workspace := kept.workspace()) is not None:
            workspace.keep_toured()
    except WorkspaceRefused:
        pass  # a workspace in trouble says so elsewhere; the visit goes on
    st.rerun()


def _taken() -> bool:
    if st.session_state.get(TAKEN):
        return True
    try:
        workspace = kept.workspace()
        return workspace is not None and workspace.toured()
    except WorkspaceRefused:
        return True
