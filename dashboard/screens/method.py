"""
Method: every figure in plain words with formula and source, what these data can carry, error rates, settings, limits.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.disclosure import Released
from dashboard.screens import session
from dashboard.terms import InputRefused, Settings
from dashboard.wording import method_words
from dashboard.wording.escape import markdown


def page() -> None:
    """How everything is worked out."""
    released = _open()
    settings = _settings(released)
    st.title(method_words.TITLE, anchor=False)
    st.markdown(method_words.LEAD)
    tabs = st.tabs(list(method_words.SECTIONS), key="section")
    with tabs[0]:
        _figures()
    with tabs[1]:
        _gates(released)
    with tabs[2]:
        _errors(released)
    with tabs[3]:
        _table(method_words.settings_table(settings))
    with tabs[4]:
        _table(_frame(method_words.NOT_SAID, method_words.NOT_SAID_COLUMNS))
    with tabs[5]:
        _glossary()


def _open() -> Released | None:
    """What is open, over its usual window; the page does without where nothing is."""
    files = session.brought()
    if files is None:
        return None
    try:
        return session.released(files)
    except InputRefused:
        return None


def _settings(released: Released | None) -> Settings:
    if released is not None:
        return released.settings
    files = session.brought()
    return Settings() if files is None else files.settings


def _figures() -> None:
    for figure in method_words.FIGURES:
        words, formula = st.columns([5, 5], gap="large", vertical_alignment="center")
        with words:
            st.header(figure.name, anchor=False)
            st.markdown(markdown(figure.plain))
            st.caption(markdown(figure.source))
        with formula:
            st.latex(figure.formula)


def _gates(released: Released | None) -> None:
    if released is None:
        st.markdown(method_words.NO_DATA)
        return
    _table(method_words.gate_lines(released.gates, released.settings))
    st.caption(method_words.GATES_NOTE)


def _errors(released: Released | None) -> None:
    st.markdown(markdown(method_words.ERRORS_NOTE))
    _table(_frame(method_words.ERRORS, method_words.ERRORS_COLUMNS))
    _table(_frame(method_words.STATES, method_words.STATES_COLUMNS))
    st.markdown(markdown(method_words.DETECTABLE_NOTE))
    _table(method_words.detectable(released))
    st.caption(method_words.SOURCE)


def _glossary() -> None:
    for term, meaning in wording.GLOSSARY.items():
        st.markdown(f"**{markdown(term)}.** {markdown(meaning)}")


def _frame(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))


def _table(table: pd.DataFrame) -> None:
    """A table of words, all of it on the page so that it can be read, searched and printed."""
    shown = table.map(markdown).rename(columns=markdown)
    st.table(shown, hide_index=True)


if __name__ == "__main__":
    page()
