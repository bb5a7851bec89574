"""
The stage: one slide at a time, filling the window; keys turn the slides, and the address holds the one that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from dashboard.reports.drawing import figures
from dashboard.screens import parts, session
from dashboard.screens.present_html import notes_html, slide_html
from dashboard.screens.present_layout import Layout, layout
from dashboard.stage import slide_plot
from dashboard.storyline import Deck, Slide
from dashboard.wording import present_words
from dashboard.wording.escape import plain

HERE = Path(__file__).parent
SLIDE, VIEW, NOTES = "slide", "view", "notes"  # in the address
WITH_NOTES, AS_TABLE = "stage-with-notes", "stage-as-table"
KEPT_AT_MOST = 64  # slides that are kept ready in a visit
STYLE = """
button { all: unset; cursor: pointer; padding: 5px 8px; font: 16px/1.6 var(--st-font); color: var(--st-text-color); }
button:focus-visible { outline: 2px solid; border-radius: 4px; }
[hidden] { display: none; }
"""
_KEYS = st.components.v2.component(
    "present_keys",
    html='<button type="button"></button>\n',
    css=STYLE,
    js=(HERE / "present_keys.js").read_text(encoding="utf-8"),
)


@st.fragment
def stage(deck: Deck) -> None:
    """
    The slide that the address names, with its buttons.

    Parameters
    ----------
    deck : the slides that are shown, at least one.
    """
    at = place(deck)
    slide = deck.slides[at]
    ready = _prepared(slide)
    table = figures(slide.plot) if slide.plot is not None and st.session_state.get(AS_TABLE, False) else None
    with st.container(key=f"stage-slide-{parts.mode()}", gap=None):
        st.html(slide_html(slide, ready.layout, parts.colours(), table))
        with st.container(key="stage-plot"):  # on every slide, so that what stands after it stays where it is
            if table is None:
                _plot(slide, ready)
        _bar(deck, at)
    if st.session_state.get(WITH_NOTES, False):
        with st.container(key="stage-notes"):
            st.html(notes_html(slide))
    if at + 1 < len(deck.slides):  # drawn while this one is talked about, so that the next key shows it at once
        _prepared(deck.slides[at + 1])


def place(deck: Deck) -> int:
    """Where the slide that the address names stands; the first where it names none of these."""
    keys = [slide.key for slide in deck.slides]
    named = st.query_params.get(SLIDE)
    return keys.index(named) if named in keys else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A slide's layout, and its plot drawn in the reader's mode; `None` where it has none."""

    layout: Layout
    figure: go.Figure | None


def _prepared(slide: Slide) -> Prepared:
    """A slide laid out and drawn, once a visit."""
    kept: dict[tuple[Slide, str], Prepared] = st.session_state.setdefault(session.DRAWN, {})
    what = slide, parts.mode()
    if what not in kept:
        if len(kept) >= KEPT_AT_MOST:
            kept.clear()
        laid = layout(slide)
        figure = None if slide.plot is None else slide_plot(slide.plot, parts.colours(), *laid.plot)
        kept[what] = Prepared(layout=laid, figure=figure)
    return kept[what]


def _plot(slide: Slide, ready: Prepared) -> None:
    if ready.figure is None or slide.plot is None:
        return
    width, height = ready.layout.plot
    alt = plain(slide.plot.alt)
    st.plotly_chart(
        ready.figure, theme=None, key="stage-chart", config=parts.QUIET, alt=alt, width=width, height=height
    )


def _bar(deck: Deck, at: int) -> None:
    """The number of the slide, and what can be done, each with its key."""
    with st.container(key="stage-bar", horizontal=True, gap=None):
        turning(deck, at)
        keys(deck, at, on_stage=True)
        _switch(WITH_NOTES, (present_words.NOTES, present_words.NO_NOTES), "N")
        if deck.slides[at].plot is not None:
            _switch(AS_TABLE, (present_words.FIGURES, present_words.CHART), "T")
        if st.button(present_words.LEAVE, key="stage-leave", type="tertiary", shortcut="Esc"):
            leave()


def turning(deck: Deck, at: int) -> None:
    """The number of the slide, back and next; the other keys of a keyboard or a clicker without a button to be seen."""
    last = len(deck.slides) - 1
    before, after = max(at - 1, 0), min(at + 1, last)
    with st.container(key="stage-turning", horizontal=True, gap=None, width="content", vertical_alignment="center"):
        st.html(f'<p class="count">{present_words.PAGE.format(at=at + 1, all=last + 1)}</p>', width="content")
        _button(present_words.BACK, "Left", deck, before)
        _button(present_words.NEXT, "Right", deck, after)
        with st.container(key="stage-keys"):
            for key, to in (("PageUp", before), ("PageDown", after), ("Home", 0), ("End", last)):
                _button(key, key, deck, to)
            if deck.slides[at].plot is None:  # loads what draws plots before the first one is asked for
                st.plotly_chart(go.Figure(), key="stage-ahead", config=parts.QUIET)


def _button(label: str, key: str, deck: Deck, to: int) -> None:
    st.button(label, key=f"stage-{key}", type="tertiary", shortcut=key, on_click=turn, args=(deck, deck.slides[to].key))


def turn(deck: Deck, key: str) -> None:
    """Show another slide of the deck; the address follows."""
    if any(slide.key == key for slide in deck.slides):
        st.query_params[SLIDE] = key


def _switch(what: str, labels: tuple[str, str], key: str) -> None:
    on = st.session_state.get(what, False)
    st.button(
        labels[on],
        key=f"stage-{key}",
        type="tertiary",
        shortcut=key,
        on_click=lambda: st.session_state.update({what: not on}),
    )


def keys(deck: Deck, at: int, *, on_stage: bool) -> None:
    """Full screen, and the slide of another window of this story in this browser."""

    def turned() -> None:
        turn(deck, str(st.session_state["stage-channel"].turned))

    data = {"label": present_words.FULL, "slide": deck.slides[at].key, "stage": on_stage}
    _KEYS(key="stage-channel", data=data, on_turned_change=turned, width="content", height="content")


def leave() -> None:
    """Back to the arrangement."""
    for name in (SLIDE, VIEW):
        if name in st.query_params:
            del st.query_params[name]
    st.rerun()
