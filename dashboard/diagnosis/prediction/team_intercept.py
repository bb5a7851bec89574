"""
Team intercept: a regression in which every team has a level of its own, drawn from a normal.

REML, as `lmer(y ~ x + (1 | team))`. The likelihood has one unknown, the ratio of the variance between teams to the one
inside them; it is searched over its whole range and then refined, so that a border at 0 is found as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from dashboard.diagnosis.prediction.panel import Design

Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]

RATIOS = np.concatenate([[0.0], np.logspace(-4, 4, 33)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TeamIntercept:
    """Slopes and their errors by name; `tau2` between teams, `sigma2` inside them. All `nan` where not determined."""

    names: tuple[str, ...]
    estimates: Values
    errors: Values
    tau2: float
    sigma2: float


class _Sums(NamedTuple):
    """Cross-products of the design and the outcome beside it, over all rows and of each team's sums."""

    whole: Values
    team_sums: Values
    sizes: Values


def team_intercept(outcome: Values, design: Design, team: Codes) -> TeamIntercept:
    """
    REML estimates.

    Parameters
    ----------
    outcome : (rows,). design : (rows, columns). team : (rows,) codes, the rows of a team together.

    Source
    ------
    Patterson & Thompson (1971). Same figures as `lmer` of the R package lme4.
    """
    columns = design.matrix.shape[1]
    if len(outcome) <= columns or np.linalg.matrix_rank(design.matrix) < columns:
        return _nothing(design)
    both = np.column_stack([design.matrix, outcome])
    starts = np.flatnonzero(np.diff(team, prepend=-1))
    sizes = np.diff(starts, append=len(team)).astype(float)
    sums = _Sums(both.T @ both, np.add.reduceat(both, starts, axis=0), sizes)
    ratio = _best(sums)
    cross = _cross(ratio, sums)
    bread = np.linalg.inv(cross[:-1, :-1])
    estimates = bread @ cross[:-1, -1]
    sigma2 = float(cross[-1, -1] - cross[:-1, -1] @ estimates) / (len(outcome) - columns)
    return TeamIntercept(
        names=design.names,
        estimates=estimates,
        errors=np.sqrt(max(sigma2, 0.0) * np.diag(bread)),
        tau2=ratio * sigma2,
        sigma2=sigma2,
    )


def _best(sums: _Sums) -> float:
    """The ratio with the smallest deviance: the best of a grid, refined between its neighbours."""
    deviances = np.array([_deviance(ratio, sums) for ratio in RATIOS])
    at = int(np.argmin(deviances))
    low, high = RATIOS[max(at - 1, 0)], RATIOS[min(at + 1, len(RATIOS) - 1)]
    refined = minimize_scalar(_deviance, bounds=(low, high), args=(sums,), method="bounded", options={"xatol": 1e-10})
    return float(refined.x) if refined.fun < deviances[at] else float(RATIOS[at])


def _deviance(ratio: float, sums: _Sums) -> float:
    """−2 times the restricted log-likelihood, σ² profiled out, up to a constant."""
    cross = _cross(ratio, sums)
    inner = cross[:-1, :-1]
    rest = float(cross[-1, -1] - cross[:-1, -1] @ np.linalg.solve(inner, cross[:-1, -1]))
    free = float(sums.sizes.sum()) - len(inner)
    return (
        free * np.log(max(rest, 1e-300))
        + float(np.log1p(ratio * sums.sizes).sum())
        + float(np.linalg.slogdet(inner)[1])
    )


def _cross(ratio: float, sums: _Sums) -> Values:
    """Cross-products weighted by the inverse covariance: X′X less, for each team, r/(1 + nr) of its summed rows."""
    weight = ratio / (1 + ratio * sums.sizes)
    return sums.whole - (sums.team_sums * weight[:, None]).T @ sums.team_sums


def _nothing(design: Design) -> TeamIntercept:
    empty = np.full(design.matrix.shape[1], np.nan)
    return TeamIntercept(names=design.names, estimates=empty, errors=empty, tau2=float("nan"), sigma2=float("nan"))
