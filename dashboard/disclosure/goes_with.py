"""
What may be shown of whether collective efficacy goes with performance.

Slopes, shares and predictions are figures of the organisation. The marks of the scatter are figures of teams, and only
those of released team-periods leave this floor. Where the gate is closed no number leaves it at all.

A figure of the organisation can give away a team. Beside the mean of all teams of a period, and the means of those that
are shown, an exact spread is the second equation that two withheld teams take. So where a row of a model is withheld
its figures are as coarse as they are read: spreads in whole POMP, what is made of squares to two digits, slopes to two
places.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import gate
from dashboard.diagnosis.prediction.difference import Difference
from dashboard.diagnosis.prediction.findings import GoesWith, MetricFindings, UnseenTeams, scatter_of
from dashboard.diagnosis.prediction.sizes import Extent
from dashboard.disclosure.reasons import Withholding
from dashboard.disclosure.released import Released
from dashboard.terms import Estimate

PLACES = 4  # where every row is shown: more than anyone reads
COARSE, OF_P, DIGITS = 2, 3, 2  # where one is not: places of a slope and of a p, digits of what is made of squares
SPREADS = {"spread_individual", "spread_collective"}  # POMP
SQUARES = {"press_without", "press_with", "error", "df"}
CHANCES = {"p", "p_adjusted"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoesWithReleased(GoesWith):
    """What passed: every metric with its released marks and figures no finer than they may be, and the gate."""

    gate: Gate


def release_goes_with(found: GoesWith, released: Released) -> GoesWithReleased:
    """
    What may be shown, by the withholding and the gate of a released diagnosis of the same survey.

    A closed gate leaves the scatter of every metric and no number.
    """
    passed = gate(released, "prediction")
    shown = _shown(released)
    metrics = tuple(_marked(_rounded(each, shown), shown) for each in found.metrics)
    if passed.state is GateState.CLOSED:
        return GoesWithReleased(metrics=tuple(scatter_of(each) for each in metrics), tests=0, gate=passed)
    return GoesWithReleased(metrics=metrics, tests=found.tests, gate=passed)


def _shown(released: Released) -> pd.MultiIndex:
    teams = released.teams
    return pd.MultiIndex.from_frame(teams.loc[teams["withheld"] == Withholding.SHOWN, ["team_id", "period"]])


def _marked(found: MetricFindings, shown: pd.MultiIndex) -> MetricFindings:
    """Only the marks whose collective efficacy is that of a released team-period."""
    return replace(found, points=found.points[_released(found, shown)].reset_index(drop=True))


def _released(found: MetricFindings, shown: pd.MultiIndex) -> npt.NDArray[np.bool_]:
    """(rows,) whether the scores of each row are those of a released team-period."""
    kept: npt.NDArray[np.bool_] = pd.MultiIndex.from_frame(found.points[["team_id", "before"]]).isin(shown)
    return kept


def _rounded(found: MetricFindings, shown: pd.MultiIndex) -> MetricFindings:
    if found.extent is Extent.SCATTER:
        return found
    rule = _to_places if _released(found, shown).all() else _coarse
    kept = {"points", "smallest_r"}  # the marks are of released teams; the other knows the number of teams alone
    whole = {each.name: getattr(found, each.name) for each in fields(found) if each.name not in kept}
    figures = {name: rule(name, value) for name, value in whole.items()}
    return replace(found, smallest_r=_to_places("smallest_r", found.smallest_r), **figures)


def _to_places(name: str, value: Any) -> Any:
    """Every figure of a field to four places."""
    return _each(lambda _, figure: round(figure, PLACES), name, value)


def _coarse(name: str, value: Any) -> Any:
    """Every figure of a field as coarse as it is read."""
    return _each(coarse, name, value)


def coarse(name: str, figure: float) -> float:
    """
    A figure of a model with withheld rows. p is rounded up, so that rounding makes no finding.

    >>> coarse("spread_collective", 11.4871), coarse("press_with", 55.13), coarse("slope", 0.2849), coarse("p", 0.0504)
    (11.0, 55.0, 0.28, 0.051)
    """
    if not math.isfinite(figure):
        return figure
    if name in SPREADS:
        return float(round(figure))
    if name in CHANCES:
        return math.ceil(round(figure * 10**OF_P, 6)) / 10**OF_P
    return float(f"{figure:.{DIGITS}g}") if name in SQUARES else round(figure, COARSE)


def _each(rule: Callable[[str, float], float], name: str, value: Any) -> Any:
    """The rule at every figure of a field, with the name of the innermost field or column it stands in."""
    match value:
        case bool() | int() | str() | None:
            return value
        case float():
            return rule(name, value)
        case pd.DataFrame():
            figures = value.select_dtypes("float").columns
            return value.assign(
                **{column: [rule(column, figure) for figure in value[column].astype(float)] for column in figures}
            )
        case Estimate() | UnseenTeams():
            return replace(
                value, **{each.name: _each(rule, each.name, getattr(value, each.name)) for each in fields(value)}
            )
        case Difference():
            return Difference(*(_each(rule, part, getattr(value, part)) for part in Difference._fields))
    raise TypeError(f"no rule for rounding {type(value).__name__}")
