"""
Arranging the story before it is presented: titles of one's own, another order, slides that are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.history import WorkspaceRefused
from dashboard.screens import parts, session
from dashboard.screens.present_story import Standing, in_workspace, keep, standing
from dashboard.storyline import Deck, Edits, Slide, arranged
from dashboard.storyline.edits import LONGEST_TITLE
from dashboard.wording import present_words
from dashboard.wording.escape import markdown, plain

Change = Callable[[Edits], Edits]
REFUSED = "story-refused"
COLUMNS = (0.6, 9, 0.8, 0.8, 1.6)  # widths: number, title, up, down, shown


def arrangement(deck: Deck, files: session.Brought) -> None:
    """
    The slides in their order, a row each.

    Parameters
    ----------
    deck : the story as it was written.
    """
    found = standing(files)
    told = st.session_state.pop(REFUSED, None)
    parts.heading(present_words.ARRANGE)
    st.caption(_kept(found, files))
    if told is not None:
        st.error(present_words.NOT_KEPT)
        parts.list_problems(told)
    story = arranged(deck, found.edits)
    written = {slide.key: slide.title for slide in deck.slides}
    for at, slide in enumerate(story.slides):
        _row(at, slide, written[slide.key], story, found.edits, files)
    if found.edits != Edits():
        st.button(present_words.RESET, key="story-reset", on_click=_change, args=(files, lambda _: Edits()))


def _kept(found: Standing, files: session.Brought) -> str:
    """Where the changes are kept, since when, and what to mind."""
    where = present_words.IN_WORKSPACE if in_workspace(files) else present_words.IN_TAB
    when = present_words.CHANGED.format(when=found.at.replace("T", " ")[:16]) if found.at else ""
    return " ".join(filter(None, (where, when, present_words.STAY if found.edits.titles else "")))


def _row(at: int, slide: Slide, written: str, story: Deck, edits: Edits, files: session.Brought) -> None:
    """One slide: its number, its title, one place up or down, shown or hidden."""
    name, last = _name(slide.key), len(story.slides) - 1
    keys = [each.key for each in story.slides]
    number, title, up, down, show = st.columns(COLUMNS, vertical_alignment="center", gap="small")
    number.markdown(f"{at + 1}")
    with title:
        _title(at, slide, written, files)
    with up:
        _mover("↑", f"up-{name}", present_words.UP.format(at=at + 1), files, _moved(keys, at, -1), off=at == 0)
    with down:
        _mover("↓", f"down-{name}", present_words.DOWN.format(at=at + 1), files, _moved(keys, at, 1), off=at == last)
    st.session_state[f"show-{name}"] = slide.key not in edits.hidden
    show.checkbox(
        present_words.SHOW.format(at=at + 1),
        key=f"show-{name}",
        on_change=_show,
        args=(files, slide.key, f"show-{name}"),
    )


def _mover(sign: str, key: str, says: str, files: session.Brought, change: Change, off: bool) -> None:
    st.button(sign, key=key, help=says, disabled=off, type="tertiary", on_click=_change, args=(files, change))


def _title(at: int, slide: Slide, written: str, files: session.Brought) -> None:
    """The title to edit; under one of the presenter's own, how it was written."""
    key = f"title-{_name(slide.key)}"
    st.session_state[key] = plain(slide.title)
    st.text_input(
        present_words.SLIDE_TITLE.format(at=at + 1),
        key=key,
        label_visibility="collapsed",
        max_chars=LONGEST_TITLE,
        on_change=_retitle,
        args=(files, slide.key, key, written),
    )
    if slide.title != written:
        st.caption(markdown(present_words.WRITTEN.format(title=written)))


def _name(key: str) -> str:
    """A slide's key for the keys of its widgets, whatever a team is called."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _change(files: session.Brought, change: Change) -> None:
    """Keep what a change makes of the edits that stand now, be they another presenter's."""
    try:
        keep(files, change(standing(files).edits))
    except WorkspaceRefused as refused:
        st.session_state[REFUSED] = refused.problems


def _retitle(files: session.Brought, slide: str, key: str, written: str) -> None:
    """Take a title; an empty one, and the one that was written, are none of one's own."""
    said = plain(st.session_state[key])

    def change(edits: Edits) -> Edits:
        others = {name: title for name, title in edits.titles.items() if name != slide}
        return replace(edits, titles=others if said in ("", plain(written)) else {**others, slide: said})

    _change(files, change)


def _show(files: session.Brought, slide: str, key: str) -> None:
    shown = bool(st.session_state[key])
    _change(files, lambda edits: replace(edits, hidden=edits.hidden - {slide} if shown else edits.hidden | {slide}))


def _moved(keys: list[str], at: int, by: int) -> Change:
    """Swap a slide with the one before or after it."""
    order = list(keys)
    if 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return lambda edits: replace(edits, order=tuple(order))
