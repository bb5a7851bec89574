"""
Parts that several screens share: charts with their titles, the window, links that keep the view, designed states.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Literal, NoReturn
from weakref import WeakKeyDictionary

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import charts
from dashboard.diagnosis.gates import gate
from dashboard.disclosure import Released
from dashboard.screens import kept, session, tour, window
from dashboard.terms import InputRefused, Problem
from dashboard.wording import GLOSSARY, app_words, data_words, gates_words, workspace_words
from dashboard.wording.escape import markdown
from dashboard.wording.unbroken import unbroken

HERE = Path(__file__).parent
PERIOD_WIDTH = 200  # px, enough to tell long names of periods apart
WAY_WIDTH = 250  # px, the wider of the two buttons on one line
QUIET = {"displayModeBar": False, "scrollZoom": False, "showTips": False}
Say = Callable[[str], object]
"""Called with each step as it begins, for whoever waits."""
MOST_DRAWN = 40  # charts kept of one diagnosis
_drawn: WeakKeyDictionary[Released, dict[Hashable, go.Figure]] = WeakKeyDictionary()


def page_of(name: str) -> str:
    """The file of a screen, as links name it."""
    return str(HERE / f"{name}.py")


def colours() -> charts.Palette:
    """The palette of the mode the reader's browser is in."""
    return charts.palette(mode())


def mode() -> Literal["light", "dark"]:
    """The mode the reader's browser is in."""
    return "dark" if st.context.theme.type == "dark" else "light"


def drawn(released: Released, draw: Callable[[], go.Figure], *what: Hashable) -> go.Figure:
    """
    A chart of a diagnosis, drawn once in each mode; kept as long as the diagnosis is, which one session alone holds.

    `what`: everything about the chart that may differ within the diagnosis.
    """
    kept, key = _drawn.setdefault(released, {}), (mode(), *what)
    if key not in kept:
        while len(kept) >= MOST_DRAWN:
            kept.pop(next(iter(kept)), None)
        kept[key] = draw()
    return kept[key]


def chart(
    figure: go.Figure, title: str, alt: str, key: str, note: str = "", level: Literal[2, 3] = 2, term: str = ""
) -> None:
    """Show a chart under a title that states the finding, with its text alternative; a note below."""
    heading(title, level, term)
    st.plotly_chart(figure, theme=None, key=key, config=QUIET, alt=alt, height=figure.layout.height)
    if note:
        st.caption(markdown(note))


def choosing_chart(figure: go.Figure, title: str, alt: str, key: str, term: str) -> str | None:
    """As `chart`; the name of the team whose mark was chosen, `None` as long as none is."""
    heading(title, 2, term)
    state = st.plotly_chart(
        figure,
        theme=None,
        key=key,
        config=QUIET,
        alt=alt,
        height=figure.layout.height,
        on_select="rerun",
        selection_mode="points",
    )
    chosen = [point["customdata"] for point in state["selection"]["points"] if "customdata" in point]
    if not chosen:
        return None
    return str(chosen[0][0] if isinstance(chosen[0], list) else chosen[0])


def sentence(text: str) -> None:
    """A sentence with figures, harmless and with what belongs together on one line."""
    st.markdown(unbroken(markdown(text)))


def gates(released: Released, *needs: str) -> None:
    """Beside what they govern: why claims are not carried, or with caution only; nothing where all are."""
    found = [gate(released, need) for need in needs]
    for reason in dict.fromkeys(gates_words.why(each, released.settings) for each in found):
        if reason:
            st.caption(unbroken(markdown(reason)))


def heading(title: str, level: Literal[2, 3] = 2, term: str = "") -> None:
    """A heading; with a term of the glossary, its definition opens beside it."""
    definition = markdown(GLOSSARY[term]) if term else None
    (st.header if level == 2 else st.subheader)(markdown(title), anchor=False, help=definition)


def found_over_window() -> Released:
    """
    What was found over the window that the reader chose; the choice stands in the address.

    Ends the page with a designed message when nothing is open or the files cannot be set against each other.
    """
    files = session.brought()
    if files is None:
        nothing_open()
    with st.spinner(app_words.COMPUTING, show_time=False):
        try:
            labels, longest = [period.label for period in session.periods(files)], files.settings.window
            window.keep(labels, longest)
            return session.released(files, *window.ends(labels, longest, window.chosen()))
        except InputRefused as refusal:
            problems = refusal.problems
    return refused(problems)


def choose_window(released: Released) -> None:
    """Two lists for the ends of the window; nothing to choose with fewer than three periods."""
    labels = [period.label for period in released.periods]
    if len(labels) < 3:
        return
    usual = window.usual_ends(labels, released.settings.window)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", gap="small"):
        for end, label, standing in zip(window.ENDS, (app_words.FROM, app_words.TO), usual, strict=True):
            st.session_state[end] = window.chosen().get(end, standing)
            options = window.options(labels, end)
            st.selectbox(label, options, key=end, on_change=window.choose, args=(end,), width=PERIOD_WIDTH)
    if window.backwards(labels, st.session_state["since"], st.session_state["until"]):
        st.caption(app_words.BACKWARDS)


def view(**more: str) -> dict[str, str]:
    """The query of a link that keeps the window, and the example where it is open."""
    mark, value = session.EXAMPLE_MARK
    own = st.session_state.get(session.KEPT)  # what is open at all needs no look into the workspace here
    example = {mark: value} if own is not None and own.example else {}
    return {**example, **window.chosen(), **more}


def to_team(team: str) -> None:
    """A link to a team's page in the same window."""
    st.page_link(page_of("team"), label=f"**{markdown(team)}**", query_params=view(team=team), icon="", help="")


def nothing_open() -> NoReturn:
    """Say that nothing is open, offer the two ways on, and end the page."""
    problems = kept.trouble()
    with _state():
        st.title(workspace_words.TROUBLE if problems else app_words.NOTHING_OPEN, anchor=False)
        if problems:
            list_problems(problems)
        else:
            st.markdown(workspace_words.NOTHING_KEPT if kept.is_set() else app_words.NOTHING_OPEN_NOTE)
        two_ways()
    st.stop()


def _state(which: str = "") -> DeltaGenerator:
    """The place of a page that has nothing to show."""
    return st.container(key=f"state{which}")


def two_ways(stay: bool = True) -> None:
    """The two ways on: the example organisation, or one's own files; under each what it means."""
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=WAY_WIDTH, gap="xsmall"):
            if st.button(app_words.EXPLORE, type="primary", key="explore"):
                _explore(stay)
            st.caption(app_words.EXPLORE_NOTE)
        with st.container(width=WAY_WIDTH, gap="xsmall"):
            if st.button(app_words.BRING, key="bring"):
                st.switch_page(page_of("data"))
            st.caption(app_words.PRIVATE)


def _explore(stay: bool) -> None:
    if not session.example_is_here():
        st.info(app_words.EXAMPLE_MISSING)
        return
    session.open_example()
    tour.begin()
    if stay:
        st.rerun()
    st.switch_page(page_of("overview"), query_params={"data": "example"})


def refused(problems: Iterable[Problem]) -> NoReturn:
    """Say why the files cannot be set against each other, and end the page."""
    with _state():
        st.title(app_words.REFUSED, anchor=False)
        st.markdown(app_words.REFUSED_NOTE)
        list_problems(problems)
    st.stop()


def list_problems(problems: Iterable[Problem]) -> None:
    """Every problem with its place and remedy, alike ones together."""
    for group in data_words.grouped(problems):
        problem(group)


def problem(group: data_words.Group) -> None:
    """Problems of one kind: what was found, what to do, where."""
    found, remedy = markdown(group.found), markdown(group.remedy.rstrip("."))
    st.markdown(f"**{found[:1].upper()}{found[1:]}.** {remedy}.  \n{markdown(data_words.places(group))}")


def failed() -> None:
    """The page could not be made, and it is not the reader's fault."""
    with _state("-not-made"):
        st.header(app_words.FAILED, anchor=False)
        st.markdown(app_words.FAILED_NOTE)
