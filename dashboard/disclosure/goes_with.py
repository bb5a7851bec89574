"""
What may be shown of whether collective efficacy goes with performance.

Slopes, shares and predictions are figures of the organisation. The marks of the scatter are figures of teams, and only
those of released team-periods leave this floor. Where the gate is closed no number leaves it at all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import gate
from dashboard.diagnosis.prediction.findings import GoesWith, MetricFindings, UnseenTeams, scatter_of
from dashboard.diagnosis.prediction.sizes import Extent
from dashboard.disclosure.reasons import Withholding
from dashboard.disclosure.released import Released
from dashboard.terms import Estimate

# More places than anyone reads, and fewer than a hidden team could be worked out from.
PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoesWithReleased(GoesWith):
    """What passed: every metric with its released marks, figures to four places, and the gate they passed."""

    gate: Gate


def release_goes_with(found: GoesWith, released: Released) -> GoesWithReleased:
    """
    What may be shown, by the withholding and the gate of a released diagnosis of the same survey.

    A closed gate leaves the scatter of every metric and no number.
    """
    passed = gate(released, "prediction")
    shown = _shown(released)
    metrics = tuple(_marked(each, shown) for each in found.metrics)
    if passed.state is GateState.CLOSED:
        return GoesWithReleased(metrics=tuple(scatter_of(each) for each in metrics), tests=0, gate=passed)
    return GoesWithReleased(metrics=tuple(_rounded(each) for each in metrics), tests=found.tests, gate=passed)


def _shown(released: Released) -> pd.MultiIndex:
    teams = released.teams
    return pd.MultiIndex.from_frame(teams.loc[teams["withheld"] == Withholding.SHOWN, ["team_id", "period"]])


def _marked(found: MetricFindings, shown: pd.MultiIndex) -> MetricFindings:
    """Only the marks whose collective efficacy is that of a released team-period."""
    keys = pd.MultiIndex.from_arrays([found.points["team_id"], found.points["before"]])
    kept: npt.NDArray[np.bool_] = keys.isin(shown)
    return replace(found, points=found.points[kept].reset_index(drop=True))


def _rounded(found: MetricFindings) -> MetricFindings:
    if found.extent is Extent.SCATTER:
        return found
    whole = {each.name: getattr(found, each.name) for each in fields(found) if each.name != "points"}
    return replace(found, **{name: _to_places(value) for name, value in whole.items()})


def _to_places(value: Any) -> Any:
    match value:
        case bool() | int() | str() | None:
            return value
        case float():
            return round(value, PLACES)
        case pd.DataFrame():
            return value.round(PLACES)
        case Estimate() | UnseenTeams():
            return replace(value, **{each.name: _to_places(getattr(value, each.name)) for each in fields(value)})
        case tuple():
            return type(value)(*(_to_places(each) for each in value))
    raise TypeError(f"no rule for rounding {type(value).__name__}")
