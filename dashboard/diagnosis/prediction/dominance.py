"""
Dominance: of what the three predictors reproduce together, which share is whose?

Predictors that go together cannot be told apart by one slope. General dominance (Budescu 1993; Azen & Budescu 2003)
averages what each adds to every set of the others; the parts add up to the whole. Periods are taken out first. Shares
are shown, never the whole, which is the explained share of the very rows the model was made from.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.prediction.cross_products import cross_products
from dashboard.diagnosis.prediction.panel import LAGGED, Panel, Values

Members = tuple[int, ...]


def dominance(panel: Panel, draws: Values, interval: float = 0.95) -> pd.DataFrame:
    """
    A row per predictor, in the order of `LAGGED`: `term share low high`; shares of 1, ends from teams drawn anew.

    `nan` where a predictor does not vary or repeats another.

    Parameters
    ----------
    draws : (B, teams) how often each team is drawn.
    """
    sums = cross_products(panel)
    shares = general_dominance(sums.within_periods(np.ones((1, panel.teams))))[0]
    drawn = general_dominance(sums.within_periods(draws))
    known = np.isfinite(drawn).all(axis=1)
    ends = np.full((2, len(LAGGED)), np.nan)
    if known.any() and np.isfinite(shares).all():
        ends = np.quantile(drawn[known], [(1 - interval) / 2, (1 + interval) / 2], axis=0)
    return pd.DataFrame({"term": list(LAGGED), "share": shares, "low": ends[0], "high": ends[1]})


def general_dominance(products: Values) -> Values:
    """
    (B, k) shares that sum to 1, from (B, k + 1, k + 1) sums of products of k predictors, then the outcome.

    >>> alone = np.array([[[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1.0]]])  # two that do not go together: .36 and .09
    >>> general_dominance(alone).round(2)
    array([[0.8, 0.2]])
    """
    predictors = range(products.shape[1] - 1)
    sets = [members for size in range(len(predictors) + 1) for members in combinations(predictors, size)]
    reproduced = {members: _reproduced(products, members) for members in sets}
    parts = np.stack([_average_addition(one, sets, reproduced) for one in predictors], axis=1)
    whole = parts.sum(axis=1, keepdims=True)
    return np.divide(parts, whole, out=np.full_like(parts, np.nan), where=whole > 1e-12)


def _average_addition(one: int, sets: list[Members], reproduced: dict[Members, Values]) -> Values:
    """(B,) what one predictor adds: averaged over the sets of others of each size, then over the sizes."""
    by_size: dict[int, list[Values]] = {}
    for others in sets:
        if one not in others:
            together = tuple(sorted((*others, one)))
            by_size.setdefault(len(others), []).append(reproduced[together] - reproduced[others])
    return np.mean([np.mean(added, axis=0) for added in by_size.values()], axis=0)


def _reproduced(products: Values, members: Members) -> Values:
    """(B,) share of the outcome's spread that a set of predictors reproduces; `nan` where they repeat each other."""
    total = products[:, -1, -1]
    if not members:
        return np.zeros(len(products))
    inner = products[:, members][:, :, members]
    outer = products[:, members, -1]
    scale = np.sqrt(np.einsum("bkk->bk", inner))
    known = (scale > 0).all(axis=1) & (total > 0)
    unit = np.where(known[:, None], scale, 1.0)
    alike = np.where(known[:, None, None], inner / unit[:, :, None] / unit[:, None, :], np.eye(len(members)))
    known &= np.linalg.eigvalsh(alike)[:, 0] > 1e-9
    alike[~known] = np.eye(len(members))
    weights = np.linalg.solve(alike, (outer / unit)[:, :, None])[:, :, 0]
    found: npt.NDArray[np.float64] = np.full(len(products), np.nan)
    found[known] = ((outer / unit) * weights).sum(axis=1)[known] / total[known]
    return found
