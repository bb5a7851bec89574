"""
Findings: what the past says about the performance of the next period, metric by metric. No sentences.

Slopes are in standard deviations: of the metric between teams of a period, per standard deviation of a score between
teams of a period, or of the metric in the period before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard.diagnosis.prediction.difference import Difference
from dashboard.diagnosis.prediction.sizes import Extent
from dashboard.terms import Estimate

POINT_COLUMNS = "team_id before period collective performance".split()
SLOPE_COLUMNS = "model term slope low high error df p teams rows".split()
SHARE_COLUMNS = "term share low high".split()
SENSITIVITY_COLUMNS = "reliability estimated slope low high".split()
HALF_COLUMNS = "half slope low high teams rows".split()


class Model(StrEnum):
    """Which regression a slope is from."""

    AHEAD = "ahead"  # performance on performance, self-efficacy and collective efficacy of the period before
    WITHIN = "within"  # a team's deviation from its own mean
    BETWEEN = "between"  # a team's mean
    REVERSE = "reverse"  # collective efficacy on the same of the period before


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnseenTeams:
    """
    Q² over teams that the model had never met, `without` and `with_collective`, and their difference `increment`, whose
    interval is from teams drawn anew.

    `press_without`, `press_with`: sums of squared prediction errors. `left_out`: how many times teams were left out.
    """

    without: float
    with_collective: float
    increment: Estimate
    press_without: float
    press_with: float
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MetricFindings:
    """
    One metric in one unit.

    Parameters
    ----------
    teams, rows, periods : with a lag.
    smallest_r : correlation between so many teams that would be found with 80 % probability; `nan` in a scatter.
    spread_individual, spread_collective : POMP, standard deviation between teams of a period.
    slopes : `SLOPE_COLUMNS`, 95 % intervals and unadjusted p; empty in a scatter, as all tables below but `points`.
    p, p_adjusted : of collective efficacy's slope ahead, by permutation of whole teams; adjusted over all metrics.
    permutations, movable : how many; teams that could change places in them.
    unseen : predictions for teams that were left out; `None` in a scatter.
    dominance : `SHARE_COLUMNS`; empty unless in full, as all that follows.
    reliability : of self-efficacy's team means, 0 … 1.
    sensitivity : `SENSITIVITY_COLUMNS`, slope of collective efficacy by assumed reliability of self-efficacy.
    halves : `HALF_COLUMNS`, that slope in the half of teams with higher and with lower interdependence; empty with
        fewer than 60 teams or without such a scale. `between_halves` : their difference.
    points : `POINT_COLUMNS`: collective efficacy in `before` (POMP), the metric in `period` (standard deviations).
    repeats : whether the metric is its own past and no more, and beliefs have nothing to go with; then a scatter.
    """

    metric: str
    unit: str
    higher_is_better: bool
    extent: Extent
    teams: int
    rows: int
    periods: int
    smallest_r: float
    spread_individual: float
    spread_collective: float
    slopes: pd.DataFrame
    p: float
    p_adjusted: float
    permutations: int
    movable: int
    unseen: UnseenTeams | None
    dominance: pd.DataFrame
    reliability: float
    sensitivity: pd.DataFrame
    halves: pd.DataFrame
    between_halves: Difference | None
    points: pd.DataFrame
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoesWith:
    """Every metric by name and unit. `tests`: p values that were adjusted for each other."""

    metrics: tuple[MetricFindings, ...]
    tests: int


def nothing(columns: list[str]) -> pd.DataFrame:
    """A table without rows, figures as numbers."""
    words = {"team_id", "before", "period", "model", "term", "half"}
    kinds = {name: "object" if name in words else "bool" if name == "estimated" else "float" for name in columns}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def scatter_of(found: MetricFindings) -> MetricFindings:
    """The same metric with its marks and without a number."""
    return replace(found, extent=Extent.SCATTER, **without_figures())


def without_figures() -> dict[str, Any]:
    """The fields of a metric that hold figures, without any."""
    unknown = float("nan")
    return {
        "smallest_r": unknown,
        "spread_individual": unknown,
        "spread_collective": unknown,
        "slopes": nothing(SLOPE_COLUMNS),
        "p": unknown,
        "p_adjusted": unknown,
        "permutations": 0,
        "movable": 0,
        "unseen": None,
        "dominance": nothing(SHARE_COLUMNS),
        "reliability": unknown,
        "sensitivity": nothing(SENSITIVITY_COLUMNS),
        "halves": nothing(HALF_COLUMNS),
        "between_halves": None,
    }
