"""
Overview: the headline, four figures with their change, the map of gains, and whom to talk with.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, reports, wording
from dashboard.diagnosis.diagnosis import Verdict
from dashboard.diagnosis.gates import carried
from dashboard.disclosure import Released
from dashboard.screens import parts, power, session, tables
from dashboard.wording import app_words, chart_words, gates_words, overview_words
from dashboard.wording.escape import markdown
from dashboard.wording.numbers import articled, probability
from dashboard.wording.unbroken import unbroken
from dashboard.wording.units import in_pomp
from dashboard.wording.verdict_view import as_shown, verdict_view

CARDS = 12  # teams to discuss that get a card; more stand in the table
MAP = "map"
MARKS = {Verdict.NOT_COMPOUNDING: "flagged", Verdict.WATCH: "watched"}  # as on the map: filled, or a ring


def page() -> None:
    """What was found in the whole organisation."""
    released = parts.found_over_window()
    _head(released)
    _figures(released)
    parts.gates(released, "individual_mean", "collective_mean", "verdicts")
    if released.worth_watching is not None:
        _one_period(released)
    elif has_marks(released):
        _map(released)
        _discuss(released)
        power.section(released)
    else:
        _nothing_judged(released)
    _tables(released)


def _head(released: Released) -> None:
    scope, window = st.columns(2, gap="medium", vertical_alignment="bottom")
    scope.caption(markdown(overview_words.scope(released)))
    with window:
        parts.choose_window(released)
    st.title(unbroken(markdown(wording.headline(released))), anchor=False)
    if released.organization.moved_together:
        st.warning(_said(overview_words.MOVED_TOGETHER, released))


def _figures(released: Released) -> None:
    """Four figures, each with its change or its interval near."""
    levels, whole = _levels_in_pomp(released), released.organization
    titles, helps = (
        (*gates_words.names(released), *overview_words.FIGURES),
        [_said(text, released) for text in overview_words.HELP],
    )
    columns = st.container(key="whole").columns(4, gap="medium")
    for at, scale in enumerate(("individual", "collective")):
        now, change, ends = app_words.level(levels, scale)
        with columns[at], st.container(key=f"{scale}-{parts.mode()}", gap=None):
            _figure(titles[at], now, change, ends, helps[at])
    if released.worth_watching is not None:
        return
    with columns[2], st.container(gap=None):
        _states(titles[2], released, helps[2])
    if whole.teams_tested < released.settings.fewest_teams:
        return  # nothing can be flagged, so no flag can be false
    wrong, among = overview_words.false_alarms(released)
    with columns[3], st.container(gap=None):
        _figure(titles[3], wrong, "", among, helps[3])


def _figure(title: str, value: str, change: str, note: str, help_text: str) -> None:
    st.metric(title, value, help=help_text)
    lines = [f"**{markdown(change)}**"] * bool(change) + [markdown(note)] * bool(note)
    if lines:
        st.markdown(unbroken("  \n".join(lines)))


def _states(title: str, released: Released, help_text: str) -> None:
    """How many teams are in which state, a line each."""
    st.markdown(f":small[{title}]", help=help_text)
    told = app_words.states_told(released.organization.verdicts)
    st.markdown("  \n".join(f"**{number}** {name}" for number, name in told))


def _levels_in_pomp(released: Released) -> Released:
    whole = released.organization
    return replace(released, organization=replace(whole, by_period=in_pomp(whole.by_period, released.instrument)))


def has_marks(released: Released) -> bool:
    """Whether any team has both gains, so that a map has something to show."""
    if not carried(released, "verdicts"):
        return False
    gains = released.verdicts[["individual_gain", "collective_gain"]].to_numpy(float)
    return bool(np.isfinite(gains).all(axis=1).any())


def _nothing_judged(released: Released) -> None:
    """No map of invented axes; what is known, and why there is no more."""
    parts.heading(overview_words.map_title(released), term="Gain")
    if absent := overview_words.not_drawn(released):
        parts.sentence(absent)


def _map(released: Released) -> None:
    """The map; choosing a mark opens the team, choosing a name shows its uncertainty."""
    wide, side = st.columns([7, 3], gap="large")
    with side:
        found = _find(released)
        part = chart_words.part_of(released.settings.compounding_share)
        parts.sentence(_said(overview_words.HOW_TO_READ, released).format(part=part))
        parts.sentence(overview_words.affected(released))
        if absent := overview_words.not_drawn(released):
            st.caption(markdown(absent))
    with wide:
        figure = parts.drawn(released, partial(_gains_map, released, found), MAP, found)
        title, alt = overview_words.map_title(released), overview_words.map_alt(released)
        if chosen := parts.choosing_chart(figure, title, alt, key=MAP, term="Gain"):
            st.switch_page(parts.page_of("team"), query_params=parts.view(team=chosen))


def _gains_map(released: Released, found: str | None) -> go.Figure:
    names = gates_words.names(released)
    return charts.gains_map(released.verdicts, released.settings, parts.colours(), selected=found, names=names)


def _find(released: Released) -> str | None:
    """A name chosen from the list, with its evidence and the way to its page."""
    noun = released.settings.noun
    names = list(released.verdicts["team_id"].sort_values())
    label = articled(overview_words.FIND, noun).format(noun=noun)
    found = st.selectbox(label, names, index=None, placeholder=app_words.FIND_ONE, key="find")
    if found is None:
        return None
    verdict = released.verdicts[released.verdicts["team_id"] == found].iloc[0]
    with st.container(border=True):
        st.markdown(wording.VERDICTS[verdict["verdict"]].label)
        _card(verdict, released)
    return str(found)


def _discuss(released: Released) -> None:
    """Flagged teams with what to ask, then the watch list."""
    _listed(released, Verdict.NOT_COMPOUNDING, overview_words.TO_DISCUSS, overview_words.NONE_TO_DISCUSS)
    _listed(released, Verdict.WATCH, overview_words.ON_WATCH, overview_words.NONE_WATCHED)


def _listed(released: Released, verdict: Verdict, title: str, none: str) -> None:
    """The teams of one state with their evidence; beside them, once, what to ask."""
    teams = released.verdicts[released.verdicts["verdict"] == verdict].sort_values("team_id")
    parts.heading(_said(title, released), term="Flag" if verdict is Verdict.NOT_COMPOUNDING else "Watch list")
    if teams.empty:
        st.markdown(_said(none, released))
        return
    words = wording.words(verdict, released.settings)
    listed, asked = st.columns([6, 4], gap="large")
    with listed:
        st.caption(f"{words.meaning} {overview_words.ALPHABETICAL}")
        for at, (_, team) in enumerate(teams.head(CARDS).iterrows()):
            with st.container(border=True, key=f"{MARKS[verdict]}-{at}"):
                _card(team, released)
        if len(teams) > CARDS:
            st.caption(_said(overview_words.FEW_LEFT, released).format(more=len(teams) - CARDS))
    with asked, st.container(key=f"asked-{MARKS[verdict]}"):
        st.markdown(f"**{overview_words.ASK}**")
        st.markdown("\n".join(f"- {question}" for question in words.questions))


def _card(team: pd.Series, released: Released) -> None:
    """A team: the way to its page, its probability, and the evidence."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        parts.to_team(team["team_id"])
        if team["probability"] >= 0:
            chance = overview_words.PROBABILITY.format(probability=probability(team["probability"]))
            st.markdown(markdown(chance), width="content")
    parts.sentence(
        wording.evidence(team.to_dict(), released.settings, released.identified, gates_words.names(released))
    )


def _one_period(released: Released) -> None:
    """The cross-section, named so: what is worth watching until the next survey."""
    table = released.worth_watching
    if table is None:
        return
    st.header(overview_words.WATCHING, anchor=False)
    if not np.isfinite(table["gap"].to_numpy(float)).any():
        parts.gates(released, "surplus")
        return
    parts.sentence(overview_words.watching_lead(released))
    figure = charts.gaps(table.sort_values("team_id"), released.settings, parts.colours())
    title = overview_words.watching_title(released)
    parts.chart(figure, title, title, key="gaps")
    if absent := overview_words.not_drawn(released):
        st.caption(markdown(absent))


def _tables(released: Released) -> None:
    """All teams as a table, and every table as a file."""
    if released.worth_watching is None:
        _all(released)
    st.header(overview_words.DOWNLOADS, anchor=False)
    with st.container(horizontal=True):
        for name, title in overview_words.TABLES.items():
            if name == "units.csv" and released.units.empty:
                continue
            content = partial(_table, released, session.brought(), name)
            st.download_button(_said(title, released), content, name, key=f"take-{name}", on_click="ignore")


@st.fragment
def _all(released: Released) -> None:
    """Every team in a table, which is made when it is opened."""
    title = _said(overview_words.ALL, released)
    with st.expander(title, key="all", on_change="rerun") as opened:
        if opened.open:
            tables.sortable(as_shown(verdict_view(released)), title)


def _table(released: Released, files: session.Brought | None, name: str) -> bytes:
    """One of the files to take along; written only when it is asked for."""
    goes_with = session.goes_with_anew(files, released) if name == "organization.json" else None
    return reports.tables(released, goes_with)[name]


def _said(text: str, released: Released) -> str:
    return overview_words.said(text, released)


if __name__ == "__main__":
    page()
