"""
Method: every figure in plain words with formula and source, what these data can carry, how good the scales are, error
rates, settings, limits, glossary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.diagnosis.trade import trade
from dashboard.disclosure import Released
from dashboard.screens import parts, session, tables, tour, window
from dashboard.terms import InputRefused, Settings
from dashboard.wording import error_rates, figures_words, gates_words, method_words, power_words, scale_words
from dashboard.wording.escape import markdown
from dashboard.wording.numbers import plural
from dashboard.wording.settings_words import settings_table


def page() -> None:
    """How everything is worked out."""
    released = _open()
    settings = _settings(released)
    st.title(method_words.TITLE, anchor=False)
    st.markdown(method_words.LEAD)
    tour.button()
    _sections(released, settings)


@st.fragment
def _sections(released: Released | None, settings: Settings) -> None:
    """The sections, of which only the open one is made; the address says which."""
    makers: tuple[Callable[[], None], ...] = (
        partial(_figures, settings),
        partial(_gates, released),
        partial(_scales, released),
        partial(_errors, released, settings),
        partial(_settings_table, settings),
        _not_said,
        _glossary,
    )
    for section, make in zip(
        st.tabs(list(method_words.SECTIONS), key="section", bind="query-params"), makers, strict=True
    ):
        if section.open:
            with section:
                make()


def _open() -> Released | None:
    """What is open, over the window that was chosen; the page does without where nothing is."""
    files = session.brought()
    if files is None:
        return None
    try:
        labels, longest = [period.label for period in session.periods(files)], files.settings.window
        return session.released(files, *window.ends(labels, longest, window.chosen()))
    except InputRefused:
        return None


def _settings(released: Released | None) -> Settings:
    if released is not None:
        return released.settings
    files = session.brought()
    return Settings() if files is None else files.settings


def _figures(settings: Settings) -> None:
    """A fold per group, made when it is opened; in it a figure a row."""
    for at, (title, figures) in enumerate(figures_words.groups(settings)):
        with st.expander(f"**{title}**", expanded=at == 0, key=f"figures-{at}", on_change="rerun") as fold:
            for figure in figures if fold.open else ():
                _figure(figure)


def _figure(figure: figures_words.Figure) -> None:
    words, formula = st.columns([5, 5], gap="large", vertical_alignment="center")
    with words:
        st.header(markdown(figure.name), anchor=False)
        st.markdown(markdown(figure.plain))
        st.caption(markdown(figure.source))
    with formula:
        st.latex(figure.formula)


def _gates(released: Released | None) -> None:
    """What these data can carry; below, why not more."""
    if released is None:
        st.markdown(method_words.NO_DATA)
        return
    lines = method_words.gate_lines(released.gates, released.settings)
    marks = [method_words.GATE_MARKS[gate.state] for gate in released.gates]
    states = [f"{mark} {state}" for mark, state in zip(marks, lines["These data"], strict=True)]
    tables.written(lines.assign(**{"These data": states}))
    for reason in dict.fromkeys(gates_words.why(gate, released.settings) for gate in released.gates):
        if reason:
            parts.sentence(reason)
    st.caption(method_words.GATES_NOTE)


def _scales(released: Released | None) -> None:
    """Reliability and nesting of the two scales, how they go together, and their items."""
    if released is None:
        st.markdown(method_words.NO_DATA)
        return
    parts.heading(scale_words.LATEST.format(period=released.window[-1].label), term="Alpha")
    with st.spinner(method_words.SHUFFLING, show_time=False):
        by_chance = _by_chance(released)
    tables.written(scale_words.latest(released, by_chance))
    for note in scale_words.notes(released):
        parts.sentence(note)
    with st.expander(scale_words.EVERY_PERIOD):
        tables.written(scale_words.every_period(released))
    _together(released)
    _items(released)


def _by_chance(released: Released) -> pd.DataFrame | None:
    """Permutation p of the last period; `None` where the survey cannot be read again."""
    files = session.brought()
    try:
        return None if files is None else session.by_chance(files, released.window[-1].label)
    except InputRefused:
        return None


def _together(released: Released) -> None:
    parts.heading(scale_words.TOGETHER, term="HTMT")
    parts.sentence(scale_words.distinct(released))
    table = scale_words.together(released)
    if len(table):
        tables.written(table)
    st.caption(_said(scale_words.TOGETHER_NOTE, released.settings, distinct=scale_words.LIMIT))


def _items(released: Released) -> None:
    table = scale_words.items(released)
    if table.empty:
        return
    parts.heading(scale_words.ITEMS, term="Item drift")
    parts.sentence(scale_words.moved(released))
    tables.written(table)
    st.caption(_said(scale_words.ITEMS_NOTE, released.settings, noted=scale_words.NOTED))


def _errors(released: Released | None, settings: Settings) -> None:
    """What is expected here, what was measured in simulation, and for which sizes."""
    if released is not None:
        _here(released)
    parts.heading(method_words.COMPARED, term="Average precision")
    parts.sentence(error_rates.extent(settings))
    tables.written(error_rates.compared(settings))
    st.caption(_said(error_rates.WHAT, settings))
    if released is not None and (size := error_rates.nearest(released)):
        parts.heading(method_words.LIKE_YOURS)
        parts.sentence(error_rates.told(size, released))
        tables.written(error_rates.compared(settings, size))
    _worlds(settings)
    _states()
    st.caption(_said(f"{error_rates.PRICE} {method_words.INTERVALS} {method_words.AGAIN}", settings))
    parts.heading(method_words.PLANNING, term="Smallest detectable gain")
    parts.sentence(method_words.DETECTABLE_NOTE)
    tables.written(_frame(method_words.DETECTABLE, method_words.DETECTABLE_COLUMNS))


def _here(released: Released) -> None:
    """What the flags of this very organisation miss, and the smallest gain that shows."""
    row = trade(released.verdicts, released.settings, [released.settings.false_flag_share]).iloc[0].to_dict()
    parts.heading(method_words.IN_THIS, term="Missed cases")
    parts.sentence(power_words.misses_told(released, row))
    table = power_words.by_size(released)
    if len(table):
        tables.written(table)
        st.caption(markdown(power_words.by_size_note(released)))


def _worlds(settings: Settings) -> None:
    parts.heading(method_words.BY_WORLD)
    tables.written(error_rates.by_world(settings))
    parts.heading(method_words.BESIDE, 3)
    tables.written(error_rates.wrong_and_found(settings))
    parts.heading(_said(method_words.NOTHING_WRONG, settings), 3)
    tables.written(error_rates.false_where_nothing_is(settings))


def _states() -> None:
    right = error_rates.right_when_named()
    parts.heading(method_words.STATES_TITLE)
    rows = method_words.right_when_named(right[error_rates.METHOD], right[error_rates.WATCH])
    tables.written(_frame(rows, method_words.STATES_COLUMNS))


def _settings_table(settings: Settings) -> None:
    tables.written(settings_table(settings))


def _not_said() -> None:
    tables.written(_frame(method_words.NOT_SAID, method_words.NOT_SAID_COLUMNS))


def _glossary() -> None:
    for term, meaning in wording.GLOSSARY.items():
        st.markdown(f"**{markdown(term)}.** {markdown(meaning)}")


def _said(text: str, settings: Settings, **more: str) -> str:
    return text.format(noun=settings.noun, nouns=plural(settings.noun), **more)


def _frame(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))


if __name__ == "__main__":
    page()
