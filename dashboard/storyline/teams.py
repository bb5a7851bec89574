"""
Teams: a slide for each team to discuss, with its two lines, the evidence and what to ask; one that says what it means
where there is none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard import charts
from dashboard.charts.team_lines import drawn_mean
from dashboard.diagnosis.diagnosis import Verdict
from dashboard.diagnosis.trade import trade
from dashboard.disclosure.released import Released
from dashboard.storyline.named import Named, Row, latest, numbers, source, verdict_of
from dashboard.storyline.slide import Line, Lines, Slide
from dashboard.wording import chart_words, gates_words, overview_words, power_words, story_words, team_words
from dashboard.wording.escape import plain
from dashboard.wording.units import in_pomp
from dashboard.wording.verdicts import evidence, questions, words


def team_slides(released: Released, shown: Named) -> tuple[Slide, ...]:
    """One for each; one that says what no name means where there is nobody to name."""
    if not shown.teams:
        return (_none(released),)
    table = in_pomp(released.teams, released.instrument)
    levels = charts.common_levels(table)
    last = latest(released, shown.teams)
    parts = {team: table[table["team_id"] == team] for team in shown.teams}
    return tuple(_team(team, parts[team], last[team], levels, released, shown) for team in shown.teams)


def _team(
    team: str, rows: pd.DataFrame, row: Row, levels: tuple[float, float], released: Released, shown: Named
) -> Slide:
    """
    Parameters
    ----------
    rows : of the released teams table, levels in POMP. row : the last one with figures, in points.
    """
    verdict, settings, called = verdict_of(team, released), released.settings, gates_words.names(released)
    flagged = shown.verdict is Verdict.NOT_COMPOUNDING
    lines = team_words.lines_title(verdict, settings, called)
    last = team == shown.teams[-1] and shown.more > 0
    more = story_words.follow(len(shown.teams), shown.more, flagged, settings) if last else ""
    return Slide(
        key=f"team:{team}",
        title=story_words.team_title(str(verdict["team_id"]), lines, flagged),
        lead=tuple(filter(None, (evidence(verdict, settings, released.identified, called), more))),
        plot=team_lines(team, rows, levels, verdict, released),
        points_title=team_words.ASK.format(noun=settings.noun),
        points=questions(verdict, settings),
        source=_answered(row, verdict, released),
        notes=_notes(row, verdict, released),
    )


def _answered(row: Row, verdict: Row, released: Released) -> str:
    """The window, and how many answered at its end."""
    answered, _ = team_words.response(row, released.settings, verdict)
    when = f"{verdict['since']} to {verdict['until']}"
    return plain(f"{when}. {story_words.apart(answered)[0]}" if answered else when)


def _notes(row: Row, verdict: Row, released: Released) -> tuple[str, ...]:
    """Probability and evidence, performance beside, the smallest gain of this size, what it does not say."""
    settings, called = released.settings, gates_words.names(released)
    meaning = words(verdict["verdict"], settings).meaning
    told = evidence(verdict, settings, released.identified, called)
    beside = _said(team_words.performance_beside(verdict), released)
    answered = verdict["respondents_until"] if np.isfinite(verdict["respondents_until"]) else row["respondents"]
    return (
        story_words.EVIDENCE.format(text=f"{story_words.chance(verdict['probability'])} {meaning} {told}"),
        *filter(None, [beside, team_words.response(row, settings, verdict)[0]]),
        story_words.LINES,
        team_words.size_told(released, answered),
        story_words.CAVEAT.format(text=story_words.cannot_tell(team_words.CANNOT_TELL[:3])),
    )


def _said(text: str, released: Released) -> str:
    return overview_words.said(text, released)


def team_lines(team: str, rows: pd.DataFrame, levels: tuple[float, float], verdict: Row, released: Released) -> Lines:
    """
    Both levels over all periods, as on the page of the team.

    Parameters
    ----------
    rows : of the released teams table, levels in POMP. levels : ends of the axis, the same for every team.
    """
    called, labels = gates_words.names(released), [period.label for period in released.periods]
    table = rows.drop_duplicates("period").set_index("period", drop=False).reindex(labels)
    return Lines(
        periods=tuple(map(plain, labels)),
        lines=(_individual(table, called), _collective(table, called)),
        y_title=chart_words.LEVEL,
        levels=levels,
        alt=team_words.lines_alt(plain(team), verdict, released.settings, called),
        events=_events(team, labels, released),
    )


def _individual(table: pd.DataFrame, called: gates_words.Names) -> Line:
    low, high = numbers(table["individual_low"]), numbers(table["individual_high"])
    value = numbers(drawn_mean(table, "individual"))
    return Line(name=called.individual, role="individual", value=value, low=low, high=high)


def _collective(table: pd.DataFrame, called: gates_words.Names) -> Line:
    low, high = numbers(table["collective_low"]), numbers(table["collective_high"])
    value = numbers(drawn_mean(table, "collective"))
    return Line(name=called.collective, role="collective", value=value, low=low, high=high)


def _events(team: str, labels: list[str], released: Released) -> tuple[tuple[str, str], ...]:
    """(period, name): what happened to this team or to everyone, one label a period, in order of time."""
    own = released.events[released.events["team_id"].isin(["", team])]
    then: dict[str, list[tuple[object, object]]] = {label: [] for label in labels}
    for label, kind, name in zip(own["period"], own["kind"], own["name"], strict=True):
        then.get(str(label), []).append((kind, name))
    told = {label: story_words.untagged(chart_words.events(happened)) for label, happened in then.items() if happened}
    return tuple((plain(label), plain(text)) for label, text in told.items())


def _none(released: Released) -> Slide:
    """Nobody is flagged and nobody on the watch list: what that does not mean."""
    settings = released.settings
    row = trade(released.verdicts, settings, [settings.false_flag_share]).iloc[0].to_dict()
    told = power_words.misses_told(released, row)
    affected = overview_words.affected(released)
    return Slide(
        key="none",
        title=story_words.said(story_words.NONE_NAMED, settings),
        lead=(overview_words.said(overview_words.NOT_ALL_WELL, released), power_words.missed(row, settings)),
        points_title=story_words.said(story_words.ASK_ALL, settings),
        points=story_words.QUESTIONS,
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=f"{affected} {told}"),
            story_words.CAVEAT.format(text=overview_words.said(overview_words.NOT_ALL_WELL, released)),
        ),
    )
