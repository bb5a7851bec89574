"""
Beside the verdicts: performance, events and rosters that were brought, matched to the survey by the team's name.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.corroboration import corroboration
from dashboard.terms import (
    Events,
    InputRefused,
    Performance,
    Period,
    Problem,
    Roster,
    Settings,
    Severity,
    SourceFile,
    Survey,
)

NAMED_AT_MOST = 3
EVENT_COLUMNS = ["team_id", "period", "date", "kind", "name", "outcome", "participants"]
METRIC_COLUMNS = ["team_id", "period", "metric", "value", "unit", "higher_is_better"]


def unmatched(
    survey: Survey, performance: Performance | None, events: Events | None, roster: Roster | None
) -> tuple[Problem, ...]:
    """
    A warning for each file that names teams which are not in the survey, or none of its periods.

    Raises
    ------
    InputRefused : when a file has no team in common with the survey.
    """
    brought = [
        *([(performance.values, performance.files)] if performance is not None else []),
        *([(events.events[events.events["team"] != ""], events.files)] if events is not None else []),
        *([(roster.headcounts, roster.files)] if roster is not None else []),
    ]
    found = [_unmatched(frame["team"], files, survey.teams) for frame, files in brought]
    found += [_elsewhen(frame["period"], files, survey.periods) for frame, files in brought]
    problems = tuple(problem for problem in found if problem is not None)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InputRefused(problems)
    return problems


def team_events(events: Events | None) -> pd.DataFrame:
    """The events with `EVENT_COLUMNS`; an empty team means everyone."""
    if events is None:
        return pd.DataFrame(columns=EVENT_COLUMNS)
    return events.events.rename(columns={"team": "team_id"})[EVENT_COLUMNS].reset_index(drop=True)


def team_metrics(performance: Performance | None) -> pd.DataFrame:
    """The team values of performance with `METRIC_COLUMNS`; values of single members never leave this floor."""
    if performance is None:
        return pd.DataFrame(columns=METRIC_COLUMNS)
    of_teams = performance.values[performance.values["respondent_id"] == ""]
    return of_teams.rename(columns={"team": "team_id"})[METRIC_COLUMNS].reset_index(drop=True)


def performance_beside(
    performance: Performance | None, teams: tuple[str, ...], span: tuple[Period, ...], settings: Settings
) -> npt.NDArray[np.object_]:
    """(T,) what performance says beside each verdict; "" everywhere without performance."""
    if performance is None:
        return np.full(len(teams), "", dtype=object)
    return corroboration(performance, teams, span, settings.performance_agreement)


def _unmatched(named: pd.Series, files: tuple[SourceFile, ...], teams: tuple[str, ...]) -> Problem | None:
    surveyed, here = set(teams), set(named.unique())
    strangers = sorted(here - surveyed)
    if not strangers:
        return None
    file = _name(files)
    if len(strangers) == len(here):
        return Problem(
            file=file,
            found=f"no team of this file is in the survey: it names {_some(strangers)}, the survey {_some(teams)}",
            remedy="Use the same team names in both files",
            severity=Severity.ERROR,
        )
    return Problem(
        file=file,
        found=f"{len(strangers)} of {len(here)} teams are not in the survey: {_some(strangers)}",
        remedy="They are left out; check the spelling if they should be there",
        severity=Severity.WARNING,
    )


def _elsewhen(named: pd.Series, files: tuple[SourceFile, ...], periods: tuple[Period, ...]) -> Problem | None:
    """A warning when no period of a file was surveyed, so that nothing of it can stand beside a verdict."""
    surveyed, here = [period.label for period in periods], sorted(named.unique())
    if not here or set(here) & set(surveyed):
        return None
    return Problem(
        file=_name(files),
        found=f"no period of this file was surveyed: it names {_some(here)}, the survey {_some(surveyed)}",
        remedy="Nothing of it stands beside a verdict; check how periods are written",
        severity=Severity.WARNING,
    )


def _name(files: tuple[SourceFile, ...]) -> str:
    return ", ".join(file.name for file in files) or "a file"


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    shown = ", ".join(f"“{name}”" for name in listed[:NAMED_AT_MOST])
    return f"{shown} and {len(listed) - NAMED_AT_MOST} more" if len(listed) > NAMED_AT_MOST else shown
