"""
Honest power, a part of the overview: what the list of flags misses, and what a looser one would cost.
"""

from __future__ import annotations

import streamlit as st

from dashboard.diagnosis.trade import SHARES, trade
from dashboard.disclosure import Released
from dashboard.screens import parts, tables
from dashboard.wording import overview_words, power_words
from dashboard.wording.escape import markdown
from dashboard.wording.numbers import share


def section(released: Released) -> None:
    """False alarms against missed cases, and the smallest gain by size; nothing where nobody can be flagged."""
    if released.organization.teams_tested < released.settings.fewest_teams:
        return
    parts.heading(power_words.TITLE, term="Missed cases")
    choice, sizes = st.columns([6, 4], gap="large")
    with choice:
        _choice(released)
    with sizes:
        _sizes(released)


@st.fragment
def _choice(released: Released) -> None:
    """Another agreed share than the one of the verdicts; only this part is drawn anew."""
    settings = released.settings
    shares = power_words.shares_to_choose(settings, SHARES)
    table = trade(released.verdicts, settings, shares)
    parts.sentence(power_words.lead(released))
    chosen = st.select_slider(
        power_words.CHOOSE, shares, settings.false_flag_share, format_func=share, key="agreed-share", width=420
    )
    row = table[table["share"] == chosen].iloc[0].to_dict()
    _figures(row, released)
    parts.sentence(power_words.traded(row, settings))
    with st.expander(power_words.EVERY_CHOICE):
        tables.written(power_words.as_table(table))


def _figures(row: dict[str, float], released: Released) -> None:
    told = zip(power_words.FIGURES, power_words.figures(row), power_words.HELP, strict=True)
    for column, (title, value, meaning) in zip(st.columns(3, gap="medium"), told, strict=True):
        column.metric(title, value, help=overview_words.said(meaning, released))


def _sizes(released: Released) -> None:
    table = power_words.by_size(released)
    if table.empty:
        return
    parts.heading(power_words.BY_SIZE, 3, term="Smallest detectable gain")
    tables.written(table)
    st.caption(markdown(power_words.by_size_note(released)))
