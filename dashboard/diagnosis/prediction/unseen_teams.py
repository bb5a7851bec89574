"""
Unseen teams: would collective efficacy have helped to foresee a team that the model had never met?

Whole teams are left out, the model is made from the others, and its predictions are held against what those teams did:
Q² = 1 − Σ(y − prediction)² / Σ(y − mean of the other teams)². It is negative where the mean would have done better.
The model is made twice, without and with collective efficacy, and the difference counts. Unlike an explained share of
the rows a model was made from, it can go down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn import config_context
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

from dashboard.diagnosis.prediction.findings import UnseenTeams
from dashboard.diagnosis.prediction.panel import COLLECTIVE, LAGGED, Codes, Leak, Panel, Values
from dashboard.terms import Estimate

MANY_TEAMS, HALVES = 120, 40  # beyond so many teams, so many groups of teams are left out in turn
Split = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
WITHOUT = tuple(name for name in LAGGED if name != COLLECTIVE)


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
    errors = [_errors(panel, names, splits) for names in (WITHOUT, LAGGED)]
    alone, together, mean = (
        np.add.reduceat(each**2, panel.starts) for each in (*errors, _errors_of_the_mean(panel, splits))
    )
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


def _errors(panel: Panel, names: Sequence[str], splits: list[Split]) -> Values:
    """(rows,) outcome less what was predicted for teams that were left out."""
    matrix, outcome = panel.design(names).matrix, panel.performance
    predicted = np.empty(panel.rows)
    with config_context(assume_finite=True):
        for training, held_out in splits:
            model = LinearRegression(fit_intercept=False).fit(matrix[training], outcome[training])
            predicted[held_out] = model.predict(matrix[held_out])
    return outcome - predicted


def _errors_of_the_mean(panel: Panel, splits: list[Split]) -> Values:
    """(rows,) outcome less the mean of the teams that were not left out."""
    outcome = panel.performance
    predicted = np.empty(panel.rows)
    for training, held_out in splits:
        predicted[held_out] = outcome[training].mean()
    return outcome - predicted


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
