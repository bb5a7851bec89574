"""
Team: its two lines, where it stands on the map, who changed, how alike members answer, what to try, and what to ask.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, wording
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.diagnosis.gates import carried
from dashboard.disclosure import Released
from dashboard.screens import parts, trying
from dashboard.wording import alike_words, app_words, beyond_words, gates_words, overview_words, team_words
from dashboard.wording.escape import markdown
from dashboard.wording.numbers import articled, share
from dashboard.wording.unbroken import unbroken
from dashboard.wording.units import changes_in_pomp, in_pomp

Row = dict[str, Any]
LINK_COLUMNS = 4


def page() -> None:
    """Everything that was found about one team."""
    released = parts.found_over_window()
    team = _choose(released)
    if team is None:
        return
    verdict = released.verdicts[released.verdicts["team_id"] == team].iloc[0].to_dict()
    rows = in_pomp(released.teams[released.teams["team_id"] == team], released.instrument)
    _head(verdict, released)
    if not np.isfinite(rows[["individual", "collective"]].to_numpy(float)).any():
        st.markdown(_said(team_words.NO_FIGURES, released).format(minimum=released.settings.minimum_group))
        trying.show(team, released)
        _cannot_tell()
        return
    _lines(verdict, rows, released)
    _performance(team, released)
    changed, alike = st.columns(2, gap="large")
    with changed:
        _who_changed(verdict, released)
        _size(verdict, rows, released)
    with alike:
        _alike(rows, verdict, released)
        _surplus(rows, released)
        _level_gap(team, released)
    trying.show(team, released)
    asked, limits = st.columns(2, gap="large")
    with asked:
        _ask(verdict, released)
    with limits:
        _cannot_tell()


def _choose(released: Released) -> str | None:
    """The team in the list or in the address; a designed message for a name that is not there."""
    names = sorted(released.verdicts["team_id"])
    asked = st.query_params.get("team")
    noun = released.settings.noun
    who, window = st.columns(2, gap="medium", vertical_alignment="bottom")
    with window:
        parts.choose_window(released)
    chosen = who.selectbox(
        articled(team_words.CHOOSE, noun).format(noun=noun),
        names,
        index=None,
        key="team",
        bind="query-params",
        width=360,
    )
    if chosen is None:
        st.title(app_words.which(noun), anchor=False)
        if asked is not None and asked not in names:
            st.warning(markdown(team_words.UNKNOWN.format(noun=noun, name=asked)))
        else:
            st.caption(markdown(overview_words.scope(released)))
        _all_teams(released)
    return chosen


def _all_teams(released: Released) -> None:
    """Every team as a link: first whom to discuss, then the watch list, then all others."""
    verdicts = released.verdicts.sort_values("team_id")
    loud = {Verdict.NOT_COMPOUNDING: overview_words.TO_DISCUSS, Verdict.WATCH: overview_words.ON_WATCH}
    for verdict, title in loud.items():
        _links(overview_words.said(title, released), verdicts[verdicts["verdict"] == verdict])
    rest = verdicts[~verdicts["verdict"].isin(list(loud))]
    _links(app_words.everyone_else(released.settings.noun, some_named=len(rest) < len(verdicts)), rest)


def _links(title: str, teams: pd.DataFrame) -> None:
    """Links in columns, read downwards; nothing where there is no team."""
    if teams.empty:
        return
    parts.heading(title)
    each = -(-len(teams) // LINK_COLUMNS)
    for at, column in enumerate(st.columns(LINK_COLUMNS, gap="medium")):
        with column, st.container(gap="xsmall"):
            for team in teams["team_id"].iloc[at * each : (at + 1) * each]:
                parts.to_team(team)


def _head(verdict: Row, released: Released) -> None:
    """Name, verdict, what it means, and the evidence."""
    words = wording.words(verdict["verdict"], released.settings)
    st.title(markdown(verdict["team_id"]), anchor=False)
    st.markdown(f"**{words.label}.** {words.meaning}")
    called = gates_words.names(released)
    parts.sentence(wording.evidence(verdict, released.settings, released.identified, called))
    if beside := team_words.performance_beside(verdict):
        st.markdown(_said(beside, released))


def _lines(verdict: Row, rows: pd.DataFrame, released: Released) -> None:
    """Both lines, and where the two gains lie on the map."""
    called = gates_words.names(released)
    wide, side = st.columns([6, 4], gap="large")
    name = verdict["team_id"]
    events = released.events[released.events["team_id"].isin(["", verdict["team_id"]])]
    note = f"{team_words.RAW} {team_words.EVENTS.format(noun=released.settings.noun) if len(events) else ''}"
    with wide:
        figure = parts.drawn(released, partial(_team_lines, rows, events, released), "lines", name)
        settings = released.settings
        alt = team_words.lines_alt(name, verdict, settings, called)
        title = team_words.lines_title(verdict, settings, called)
        parts.chart(figure, title, alt, key="lines", note=note, term="Shrunken mean")
        parts.gates(released, "individual_mean", "collective_mean")
    if verdict["reason"] in (Reason.ONE_PERIOD, Reason.MINIMUM_GROUP) or not carried(released, "verdicts"):
        return
    with side:
        figure = parts.drawn(released, partial(_place, name, released), "place", name)
        title = team_words.place_title(verdict)
        parts.chart(
            figure,
            title,
            f"{title}. {team_words.PLACE_NOTE}",
            key="place",
            note=team_words.PLACE_NOTE,
            term="Probability",
        )


def _team_lines(rows: pd.DataFrame, events: pd.DataFrame, released: Released) -> go.Figure:
    levels = charts.common_levels(in_pomp(released.teams, released.instrument))
    return charts.team_lines(rows, released.periods, events, parts.colours(), levels, names=gates_words.names(released))


def _place(team: str, released: Released) -> go.Figure:
    """Where the team's two gains lie on the map."""
    called = gates_words.names(released)
    return charts.gains_map(
        released.verdicts, released.settings, parts.colours(), team, height=440, width=310, names=called
    )


def _performance(team: str, released: Released) -> None:
    """A panel per metric, in its own unit, on the same axis for every team."""
    metrics = released.metrics
    if metrics.empty:
        return
    st.header(team_words.PERFORMANCE, anchor=False)
    own = metrics[metrics["team_id"] == team]
    if own.empty:
        st.markdown(team_words.NO_METRICS.format(noun=released.settings.noun))
        return
    columns = st.columns(3, gap="large")
    for at, (metric, rows) in enumerate(own.groupby("metric")):
        figure = parts.drawn(released, partial(_panel, rows, released), "metric", team, metric)
        title, note = team_words.metric_title(str(metric), rows), team_words.metric_note(rows)
        with columns[at % 3]:
            parts.chart(figure, title, f"{title}. {note}.", key=f"metric-{at}", note=note, level=3)


def _panel(rows: pd.DataFrame, released: Released) -> go.Figure:
    span = charts.common_span(released.metrics, str(rows["metric"].iloc[0]))
    return charts.metric_panel(rows, released.periods, parts.colours(), span)


def _who_changed(verdict: Row, released: Released) -> None:
    """Stayers, joiners and leavers, as far as they may be told."""
    parts.heading(team_words.WHO, term="Stayers, joiners, leavers")
    own = released.changes[released.changes["team_id"] == verdict["team_id"]]
    changes = team_words.as_judged(changes_in_pomp(own, released.instrument), verdict)
    if not released.identified:
        st.markdown(team_words.NO_PERSON_KEY)
    elif changes.empty or not np.isfinite(changes["change"].to_numpy(float)).any():
        st.markdown(team_words.NO_CHANGE_KNOWN)
    elif not np.isfinite(changes["from_stayers"].to_numpy(float)).any():
        few = team_words.FEW_PERSONS.format(minimum=released.settings.minimum_group)
        st.markdown(f"{markdown(team_words.who_title(changes))}. {few}")
    else:
        called = gates_words.names(released)
        figure = charts.who_changed(changes, parts.colours(), names=called)
        title, total = team_words.who_title(changes), team_words.who_total(changes, called)
        parts.chart(figure, title, team_words.who_alt(changes, called), key="who-changed", note=total, level=3)


def _alike(rows: pd.DataFrame, verdict: Row, released: Released) -> None:
    """How alike members answer, in the latest period of the window with figures; and how many answered."""
    parts.heading(alike_words.TITLE, term="Agreement (AD)")
    row = _latest(rows, released)
    st.subheader(alike_words.title(row, released.settings.noun), anchor=False)
    for sentence in alike_words.sentences(row, released.instrument.collective.options):
        parts.sentence(sentence)
    if beside := alike_words.as_range(row):
        st.caption(unbroken(markdown(beside)), help=markdown(wording.GLOSSARY["Agreement (r_WG)"]))
    told, greyed = team_words.response(row, released.settings, verdict)
    if told:
        st.caption(unbroken(markdown(told))) if greyed else parts.sentence(told)
    parts.gates(released, "collective_mean")


def _surplus(rows: pd.DataFrame, released: Released) -> None:
    """What the team believes beyond its members, where the data carry it; else why not."""
    noun = released.settings.noun
    parts.heading(beyond_words.SURPLUS.format(noun=noun), term="Collective surplus")
    if carried(released, "surplus"):
        parts.sentence(beyond_words.surplus(_latest(rows, released), released.instrument, noun))
        st.caption(_said(beyond_words.SURPLUS_NOTE, released).format(interval=share(released.settings.interval)))
    parts.gates(released, "surplus")


def _level_gap(team: str, released: Released) -> None:
    """The two levels beside each other: only with mirrored items, nowhere mentioned without."""
    if not carried(released, "level_gap") or released.gaps.empty:
        return
    found = _latest_gap(released.gaps[released.gaps["team_id"] == team], released)
    if found is None:
        return
    row, overall = found
    parts.heading(beyond_words.GAP, term="Level gap")
    parts.sentence(beyond_words.gap(row, overall, released.instrument, released.settings.noun))
    st.caption(_said(beyond_words.GAP_NOTE, released))
    parts.gates(released, "level_gap")


def _latest_gap(gaps: pd.DataFrame, released: Released) -> tuple[Row, float] | None:
    """The latest gap of the window that is shown, and the organisation's in the same period."""
    inside = gaps[gaps["period"].isin([period.label for period in released.window])]
    shown = inside[np.isfinite(inside["gap"].astype(float))]
    if shown.empty:
        return None
    row = shown.iloc[-1].to_dict()
    overall = released.quality[released.quality["period"] == row["period"]]["level_gap"]
    return row, float(overall.iloc[0]) if len(overall) else float("nan")


def _size(verdict: Row, rows: pd.DataFrame, released: Released) -> None:
    parts.heading(_said(team_words.SIZE, released), term="Smallest detectable gain")
    answered = verdict["respondents_until"]
    if not np.isfinite(answered):
        answered = _latest(rows, released)["respondents"]
    parts.sentence(team_words.size_told(released, answered))


def _latest(rows: pd.DataFrame, released: Released) -> Row:
    """The last row of the window that has figures, the last of all where none has."""
    inside = rows[rows["period"].isin([period.label for period in released.window])]
    shown = inside[np.isfinite(inside["collective"].astype(float))]
    return (shown if len(shown) else rows).iloc[-1].to_dict()


def _ask(verdict: Row, released: Released) -> None:
    st.header(team_words.ASK.format(noun=released.settings.noun), anchor=False)
    st.markdown("\n".join(f"- {question}" for question in wording.questions(verdict, released.settings)))


def _cannot_tell() -> None:
    st.header(team_words.CANNOT, anchor=False)
    st.markdown("\n".join(f"- {sentence}" for sentence in team_words.CANNOT_TELL))


def _said(text: str, released: Released) -> str:
    noun = released.settings.noun
    return articled(text, noun).replace("{nouns}", wording.numbers.plural(noun)).replace("{noun}", noun)


if __name__ == "__main__":
    page()
