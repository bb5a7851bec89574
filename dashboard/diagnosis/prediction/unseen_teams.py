"""
Unseen teams: would collective efficacy have helped to foresee a team that the model had never met?

Whole teams are left out, the model is made from the others, and its predictions are held against what those teams did:
Q² = 1 − Σ(y − prediction)² / Σ(y − mean of the other teams)². It is negative where the mean would have done better.
The model is made twice, without and with collective efficacy, and the difference counts. Unlike an explained share of
the rows a model was made from, it can go down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut, cross_val_predict

from dashboard.diagnosis.prediction.panel import COLLECTIVE, LAGGED, Codes, Leak, Panel, Values
from dashboard.terms import Estimate

MANY_TEAMS, HALVES = 120, 40  # beyond so many teams, so many groups of teams are left out in turn
Split = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
WITHOUT = tuple(name for name in LAGGED if name != COLLECTIVE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnseenTeams:
    """
    Q² `without` and `with_collective`, their difference `increment` with its bootstrap interval over teams.

    `press_without`, `press_with`: sums of squared prediction errors. `left_out`: how many times teams were left out.
    """

    without: float
    with_collective: float
    increment: Estimate
    press_without: float
    press_with: float
    left_out: int


def unseen_teams(
    panel: Panel, draws: npt.NDArray[np.float64] | None = None, splitter: Any = None, interval: float = 0.95
) -> UnseenTeams:
    """
    Parameters
    ----------
    draws : (B, teams) how often each team is drawn, for the interval of the increment; without it there is none.
    splitter : of scikit-learn; one team at a time by default, with very many teams groups of them.

    Raises
    ------
    Leak : when the splitter puts rows of one team into both halves.
    """
    splits = apart(panel.team, splitter or usual_splitter(panel.teams))
    squares = [_squared_errors(panel, names, splits) for names in (WITHOUT, LAGGED)]
    alone, together = (np.add.reduceat(each, panel.starts) for each in squares)
    mean = np.add.reduceat(_around_the_mean(panel, splits), panel.starts)
    total = float(mean.sum())
    return UnseenTeams(
        without=_q2(alone.sum(), total),
        with_collective=_q2(together.sum(), total),
        increment=_increment(alone - together, mean, draws, interval),
        press_without=float(alone.sum()),
        press_with=float(together.sum()),
        left_out=len(splits),
    )


def usual_splitter(teams: int) -> Any:
    """One team at a time; with very many teams, groups of whole teams."""
    return LeaveOneGroupOut() if teams <= MANY_TEAMS else GroupKFold(n_splits=HALVES)


def apart(team: Codes, splitter: Any) -> list[Split]:
    """
    The splits, each (training rows, held-out rows), with every team wholly on one side.

    Raises
    ------
    Leak : when a team stands on both sides.
    """
    splits: list[Split] = list(splitter.split(np.zeros((len(team), 1)), groups=team))
    for training, held_out in splits:
        if np.isin(team[held_out], team[training]).any():
            raise Leak("a team stands in both halves of a split; leave out whole teams")
    return splits


def _squared_errors(panel: Panel, names: Sequence[str], splits: list[Split]) -> Values:
    """(rows,) squared errors of the predictions for teams that were left out."""
    matrix = panel.design(names).matrix
    predicted = cross_val_predict(LinearRegression(fit_intercept=False), matrix, panel.performance, cv=splits)
    squares: Values = (panel.performance - predicted) ** 2
    return squares


def _around_the_mean(panel: Panel, splits: list[Split]) -> Values:
    """(rows,) the same, of the mean of the teams that were not left out."""
    nothing = np.zeros((panel.rows, 1))
    squares: Values = (
        panel.performance - cross_val_predict(DummyRegressor(), nothing, panel.performance, cv=splits)
    ) ** 2
    return squares


def _q2(press: float, total: float) -> float:
    return float(1 - press / total) if total > 0 else float("nan")


def _increment(better: Values, mean: Values, draws: Values | None, interval: float) -> Estimate:
    """By how much Q² rises, with the middle part of what it is in organisations made of teams drawn anew."""
    total = float(mean.sum())
    value = float(better.sum() / total) if total > 0 else float("nan")
    if draws is None or not total > 0:
        return Estimate(value=value, low=float("nan"), high=float("nan"))
    drawn = (draws @ better) / (draws @ mean)
    low, high = np.quantile(drawn, [(1 - interval) / 2, (1 + interval) / 2])
    return Estimate(value=value, low=float(low), high=float(high))
