"""
Stories of the situations that are hard to show: three teams, sixty with long names, nobody flagged, everybody, one
period, closed gates, hostile names. Made once each; whatever draws a story can be tried on `deck(name)` of all of the
`SITUATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

import dashboard
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.prediction.findings import scatter_of
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.storyline import Deck, Lines, Map, Plot, Rows, Slide, storyline
from tests.screens import made
from tests.wording.test_goes_words import metric

HOSTILE = {
    "Atlas": "![x](https://example.org/p.png)",
    "Bridge": "<b>bold</b> & <img src=x onerror=alert(1)>",
    "Falcon": "=cmd|' /C calc'!A0",
    "Iris": "Ir\u202eis\u202c $x$ :red[x] # x",
    "Cobalt": "@SUM(A1)\u0007\u2028Cobalt",
}
LONG = "Department of Shared Platforms and Internal Tools, Squad"  # and a number of three places: 60 letters
TABLES = ("teams", "verdicts", "changes", "events", "metrics")


@cache
def deck(situation: str = "example") -> Deck:
    """The story of one of the `SITUATIONS`."""
    return storyline(released(situation), goes(situation))


@cache
def released(situation: str = "example") -> Released:
    """What the story of a situation is told from."""
    return SITUATIONS[situation]()


@cache
def goes(situation: str = "example") -> GoesWithReleased | None:
    """What goes with performance there."""
    whole = released(situation)
    if situation == "example":
        return _example()[1]
    if situation.startswith("one period") or whole.metrics.empty:
        return None
    passed = next(gate for gate in whole.gates if gate.need == "prediction")
    size = {"teams": whole.organization.teams, "points": _points(whole)}
    other = {"p": 0.2, "metric": "lead_time", "unit": "days", "higher_is_better": False}
    found = (metric(**size), metric((0.1, -0.1, 0.3), **size, **other))
    few = passed.state is GateState.CLOSED or situation == "three teams"
    return GoesWithReleased(metrics=tuple(map(scatter_of, found)) if few else found, tests=2, gate=passed)


def _points(whole: Released) -> pd.DataFrame:
    """A mark for every shown team-period but the last, as far down as it is up."""
    labels = [period.label for period in whole.periods]
    after = dict(pairwise(labels))
    shown = whole.teams[np.isfinite(whole.teams["collective"].astype(float)) & whole.teams["period"].isin(list(after))]
    level = 25 * (shown["collective"].astype(float) - 1)
    columns = {"team_id": shown["team_id"], "before": shown["period"], "period": shown["period"].map(after)}
    return pd.DataFrame({**columns, "collective": level, "performance": (level - level.mean()) / 10})


@cache
def _example() -> tuple[Released, GoesWithReleased]:
    files = dashboard.samples.folder()
    survey = dashboard.read_survey(
        files / "survey.csv", instrument=dashboard.read_instrument(files / "instrument.toml")
    )
    performance = dashboard.read_performance(files / "performance.csv")
    beside = {
        "events": dashboard.read_events(files / "events.csv"),
        "roster": dashboard.read_roster(files / "roster.csv"),
    }
    found = dashboard.diagnose(survey, performance=performance, **beside)
    return found, dashboard.goes_with_performance(survey, performance, diagnosis=found)


def whole_made() -> Released:
    """The made organisation with all its columns: Bridge in two camps, Falcon spread, everybody else close."""
    return _with_more(made.released())


def _with_more(whole: Released) -> Released:
    teams = whole.teams
    shapes = teams["team_id"].map({"Bridge": "two camps", "Falcon": "spread"}).fillna("close")
    return replace(whole, teams=teams.assign(shape=shapes, response_rate=teams["respondents"] / teams["headcount"]))


def _of(verdicts: pd.DataFrame, whole: Released) -> Released:
    """The organisation of these verdicts, and no other team anywhere."""
    kept = set(verdicts["team_id"])
    tables = {name: getattr(whole, name) for name in TABLES}
    tables = {name: table[table["team_id"].isin({*kept, ""})].reset_index(drop=True) for name, table in tables.items()}
    return replace(
        whole, **tables | {"verdicts": verdicts.reset_index(drop=True), "organization": made._organization(verdicts)}
    )


def _three_teams() -> Released:
    """One on the watch list, one steady, one withheld; with so few nobody is flagged."""
    verdicts = whole_made().verdicts
    return _of(verdicts[verdicts["team_id"].isin(["Iris", "Harbor", "Zephyr"])], whole_made())


def _many(number: int, name: str) -> Released:
    """So many teams, the cast over and over."""
    whole = whole_made()
    times = -(-number // len(made.TEAMS))
    names = [{team: f"{name} {26 * copy + at:03d}" for at, team in enumerate(made.TEAMS)} for copy in range(times)]
    copies = [made.renamed(whole, each) for each in names]
    tables = {table: pd.concat([getattr(each, table) for each in copies], ignore_index=True) for table in TABLES}
    kept = sorted(set(tables["verdicts"]["team_id"]))[:number]
    together = replace(whole, **tables | {"events": tables["events"].drop_duplicates(ignore_index=True)})
    return _of(together.verdicts[together.verdicts["team_id"].isin(kept)], together)


def _judged_as(verdict: str, probability: float, which: tuple[str, ...]) -> Released:
    whole = whole_made()
    rows = whole.verdicts["verdict"].isin(which)
    verdicts = whole.verdicts.assign(
        verdict=whole.verdicts["verdict"].mask(rows, verdict),
        probability=whole.verdicts["probability"].mask(rows, probability),
    )
    return _of(verdicts.assign(flagged=(verdicts["verdict"] == "not compounding").astype(int)), whole)


def _closed() -> Released:
    """Both scales measure one thing and one of them hardly anything: no name, no verdict, no number."""
    short = {
        "individual_mean": {"alpha_individual": 0.41},
        "collective_mean": {"icc1_low": -0.04, "percentile": 0.52},
        "surplus": {"htmt": 0.93},
        "level_gap": {"mirrored": 0.0},
        "verdicts": {"htmt": 0.93},
        "prediction": {"htmt": 0.93},
    }
    shut = tuple(
        Gate(need=need, state=GateState.CLOSED, found=found, short=tuple(found)) for need, found in short.items()
    )
    verdicts = whole_made().verdicts
    reason = verdicts["reason"].where(verdicts["reason"] != "", "scales not distinct")
    whole = _of(verdicts.assign(verdict="insufficient", flagged=0, reason=reason), replace(whole_made(), gates=shut))
    nobody = replace(whole.organization, expected_affected=float("nan"), smallest_detectable_gain={})
    return replace(whole, organization=nobody)


def _nobody_answered_enough() -> Released:
    """Every team is below the minimum group."""
    verdicts, teams = whole_made().verdicts, whole_made().teams
    figures = [
        *(name for name in verdicts if "gain" in name or "prob" in name),
        "respondents_since",
        "respondents_until",
    ]
    nothing = dict.fromkeys(figures, np.nan)
    whole = _of(verdicts.assign(verdict="insufficient", flagged=0, reason="minimum group", **nothing), whole_made())
    empty = dict.fromkeys(teams.columns.difference(["team_id", "period", "withheld"]), np.nan)
    changes = whole.changes.iloc[:0]
    return replace(whole, teams=teams.assign(**empty, withheld="below the minimum group"), changes=changes)


def _one_period() -> Released:
    """One period: no verdict is carried, as nothing can have changed."""
    whole = _with_more(made.one_period())
    shut = {"verdicts": {"periods": 1.0}, "prediction": {"lagged": 0.0}}
    gates = tuple(
        replace(gate, state=GateState.CLOSED, found=shut[gate.need], short=tuple(shut[gate.need]))
        if gate.need in shut
        else gate
        for gate in whole.gates
    )
    return replace(whole, gates=gates)


def _one_period_closed() -> Released:
    """One period in which even the surplus is not carried."""
    whole, shut = _one_period(), {"htmt": 0.93}
    gates = tuple(
        Gate(need=gate.need, state=GateState.CLOSED, found=shut, short=("htmt",)) if gate.need == "surplus" else gate
        for gate in whole.gates
    )
    assert whole.worth_watching is not None
    empty = dict.fromkeys(["gap", "gap_low", "gap_high", "probability"], np.nan)
    return replace(whole, gates=gates, worth_watching=whole.worth_watching.assign(**empty))


SITUATIONS: Mapping[str, Callable[[], Released]] = {
    "example": lambda: _example()[0],
    "made": whole_made,
    "three teams": _three_teams,
    "sixty teams": lambda: _many(60, LONG),
    "five hundred teams": lambda: _many(500, "Team"),
    "none flagged": lambda: _judged_as("steady", 0.05, ("not compounding", "watch")),
    "only the watch list": lambda: _judged_as("watch", 0.7, ("not compounding",)),
    "all flagged": lambda: _judged_as(
        "not compounding", 0.96, tuple(set(whole_made().verdicts["verdict"]) - {"insufficient"})
    ),
    "one period": _one_period,
    "one period, gate closed": _one_period_closed,
    "closed gates": _closed,
    "nobody answered enough": _nobody_answered_enough,
    "nothing beside": lambda: replace(whole_made(), metrics=whole_made().metrics.iloc[:0], identified=False),
    "hostile names": lambda: made.renamed(whole_made(), HOSTILE),
}


def texts(story: Deck) -> Iterator[tuple[str, str]]:
    """Every text of a story that somebody reads or hears, with the key of its slide."""
    for slide in story.slides:
        yield from ((slide.key, text) for text in _of_slide(slide))


def _of_slide(slide: Slide) -> Iterator[str]:
    yield from (slide.title, *slide.lead, slide.points_title, *slide.points, slide.source, *slide.notes)
    for figure in slide.figures:
        yield from (figure.label, figure.value, figure.change, figure.note)
    if slide.table is not None:
        yield from (*slide.table.headings, slide.table.note, *(cell for row in slide.table.rows for cell in row))
    yield from _of_plot(slide.plot)


def _of_plot(plot: Plot | None) -> Iterator[str]:
    match plot:
        case Map():
            yield from (plot.alt, plot.x_title, plot.y_title, plot.line, plot.region)
            yield from (text for marks in plot.marks for text in (marks.name, *marks.names, *marks.called))
        case Lines():
            yield from (plot.alt, plot.y_title, *(name for _, name in plot.events), *(line.name for line in plot.lines))
        case Rows():
            yield from (plot.alt, plot.x_title, plot.absent, *(row.name for row in plot.rows))
