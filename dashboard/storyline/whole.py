"""
Whole: all teams in one picture. The map of gains over two periods or more; with one, who is worth watching.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Verdict
from dashboard.diagnosis.gates import gate
from dashboard.disclosure.released import Released
from dashboard.storyline import crowds
from dashboard.storyline.named import Named, likely, most_probable, numbers, source
from dashboard.storyline.opening import caveat, judged
from dashboard.storyline.slide import Map, Marks, Role, Row, Rows, Slide
from dashboard.wording import VERDICTS, chart_words, gates_words, overview_words, story_words
from dashboard.wording.escape import plain

NAMES_AT_MOST = 24  # marks with their names beside them; more would cover each other
ROWS = 12
ROLES: dict[Verdict, Role] = {
    Verdict.NOT_COMPOUNDING: "flagged",
    Verdict.WATCH: "watched",
    Verdict.INSUFFICIENT: "unjudged",
}
KINDS: tuple[tuple[Role, str], ...] = (
    ("flagged", VERDICTS[Verdict.NOT_COMPOUNDING].label),
    ("watched", VERDICTS[Verdict.WATCH].label),
    ("quiet", "Neither"),
    ("unjudged", VERDICTS[Verdict.INSUFFICIENT].label),
)


def map_slide(released: Released, shown: Named) -> Slide:
    """The map, how many are probably affected, and how many have no mark."""
    settings, title = released.settings, overview_words.map_title(released)
    flagged = shown.verdict is Verdict.NOT_COMPOUNDING
    follow = story_words.follow(len(shown.teams), shown.more, flagged, settings)
    affected = overview_words.affected(released)
    read = overview_words.said(overview_words.HOW_TO_READ, released)
    return Slide(
        key="map",
        title=title,
        lead=tuple(filter(None, (affected, overview_words.not_drawn(released)))),
        plot=gains_map(released, title) if has_marks(released) else None,
        points=tuple(filter(None, [follow])),
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=affected),
            *([read.format(part=chart_words.part_of(settings.compounding_share))] if has_marks(released) else []),
            caveat(released),
        ),
    )


def has_marks(released: Released) -> bool:
    """Whether any team has both gains and may be judged by them."""
    return judged(released) and len(_with_gains(released)) > 0


def _with_gains(released: Released) -> pd.DataFrame:
    gains = released.verdicts[["individual_gain", "collective_gain"]].astype(float)
    return released.verdicts[np.isfinite(gains).all(axis=1)].sort_values("team_id", kind="stable")


def gains_map(released: Released, title: str) -> Map:
    """Every team with both gains, by what it stands for."""
    settings, called = released.settings, gates_words.names(released)
    teams = _with_gains(released)
    role = teams["verdict"].map(ROLES).fillna("quiet")
    loud = int(role.isin(["flagged", "watched"]).sum())
    marks = [_marks(teams[role == kind], kind, name, loud <= NAMES_AT_MOST) for kind, name in KINDS]
    return Map(
        marks=tuple(each for each in marks if each.x),
        x_title=story_words.untagged(chart_words.gain(called.individual)),
        y_title=story_words.untagged(chart_words.gain(called.collective)),
        alt=story_words.map_alt(released, title),
        gain=settings.gain,
        share=settings.compounding_share,
        line=chart_words.line(settings.compounding_share),
        region=story_words.untagged(chart_words.region(settings.compounding_share, settings.gain, settings.noun)),
    )


def _marks(teams: pd.DataFrame, role: Role, name: str, with_names: bool) -> Marks:
    if len(teams) > crowds.MOST:
        x, y = crowds.crowded(teams["individual_gain"], teams["collective_gain"], (1.0, 1.0))
        return Marks(name=story_words.to_the_nearest(name), role=role, x=x, y=y)
    answered = teams["respondents_until"].astype(float).fillna(teams["respondents_since"].astype(float)).fillna(0)
    return Marks(
        name=name,
        role=role,
        x=numbers(teams["individual_gain"]),
        y=numbers(teams["collective_gain"]),
        size=numbers(answered),
        names=tuple(map(plain, teams["team_id"])) if with_names and role in ("flagged", "watched") else (),
        called=tuple(map(plain, teams["team_id"])),
    )


def watching_slide(released: Released) -> Slide:
    """One period: how far each team's belief in itself lies from what its members' predicts."""
    settings, title = released.settings, overview_words.watching_title(released)
    table = released.worth_watching if released.worth_watching is not None else likely(released)
    shown = table[np.isfinite(table["gap"].astype(float))]
    if shown.empty:
        return _not_watching(released)
    drawn = most_probable(shown, ROWS)
    drawing = story_words.watching_drawn(len(drawn), len(shown), settings)
    return Slide(
        key="watching",
        title=title,
        lead=tuple(filter(None, (story_words.watching_lead(settings), overview_words.not_drawn(released)))),
        plot=_rows(drawn, released, title),
        points=tuple(filter(None, [drawing])),
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=overview_words.watching_lead(released)),
            caveat(released),
        ),
    )


def _rows(drawn: pd.DataFrame, released: Released, title: str) -> Rows:
    settings = released.settings
    probable = drawn["probability"].astype(float) >= settings.watch_probability
    figures = zip(drawn["team_id"], probable, *(drawn[name] for name in ("gap", "gap_low", "gap_high")), strict=True)
    rows = tuple(
        Row(name=plain(name), role="watched" if stands else "quiet", value=float(gap), low=float(low), high=float(high))
        for name, stands, gap, low, high in figures
    )
    return Rows(rows=rows, x_title=chart_words.GAP.format(noun=settings.noun), alt=f"{title}.")


def _not_watching(released: Released) -> Slide:
    """Why nobody is named after one period."""
    why = gates_words.why(gate(released, "surplus"), released.settings) or overview_words.not_drawn(released)
    return Slide(
        key="watching",
        title=story_words.said(story_words.NOT_WORKED_OUT, released.settings),
        lead=tuple(filter(None, (why,))),
        source=source(released),
        notes=(
            *([story_words.EVIDENCE.format(text=why)] if why else []),
            caveat(released),
        ),
    )
