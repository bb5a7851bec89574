"""
Sensitivity: what would collective efficacy's slope be, were self-efficacy measured without error?

A control that is measured with error controls too little, and what it leaves over goes to whatever goes with it
(Westfall & Yarkoni 2016): an unreliable self-efficacy made collective efficacy look useful in 9–35 % of simulated
studies in which it was not. So the part of self-efficacy's spread that is error is taken out of the sums of products
and the slopes are worked out anew (Fuller 1987). What the two scores share by error, since the same persons answer
both, is left in; that makes the corrected slope of collective efficacy smaller rather than larger.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.diagnosis.prediction.cross_products import cross_products
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, LAGGED, Panel, Values

RELIABILITIES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
AT = {name: position for position, name in enumerate(LAGGED)}


def reliability_sensitivity(panel: Panel, reliability: float, draws: Values, interval: float = 0.95) -> pd.DataFrame:
    """
    A row per assumed reliability of self-efficacy's team means: `reliability estimated slope low high`.

    Parameters
    ----------
    reliability : as estimated, 0 … 1; its row is marked `estimated`. `nan` where it is not known.
    draws : (B, teams) how often each team is drawn.

    Returns
    -------
    The slope of collective efficacy and its bootstrap interval over teams; `nan` where so much error would leave
    self-efficacy no spread of its own. Reliability 1 is the slope as measured.
    """
    sums = cross_products(panel)
    whole, drawn = sums.within_periods(np.ones((1, panel.teams))), sums.within_periods(draws)
    assumed = sorted({*RELIABILITIES, *([reliability] if 0 < reliability < 1 else [])}, reverse=True)
    rows = [(each, each == reliability, *_corrected(whole, drawn, each, interval)) for each in assumed]
    return pd.DataFrame(rows, columns=["reliability", "estimated", "slope", "low", "high"])


def mean_reliability(error_variance: Values, panel: Panel) -> float:
    """
    The share of the spread of self-efficacy's team means within periods that is no sampling error.

    Parameters
    ----------
    error_variance : (rows,) variance of each mean, from the spread inside teams, in the panel's unit squared.

    Returns
    -------
    0 … 1, negative values as 0; `nan` where it does not vary.
    """
    free = panel.rows - len(np.unique(panel.period))
    spread = cross_products(panel).within_periods(np.ones((1, panel.teams)))[0, AT[INDIVIDUAL], AT[INDIVIDUAL]]
    known = error_variance[np.isfinite(error_variance)]
    if not spread > 0 or free < 1 or not known.size:
        return float("nan")
    return float(np.clip(1 - known.mean() / (spread / free), 0, 1))


def corrected_slopes(products: Values, reliability: float) -> Values:
    """
    (B,) slope of collective efficacy from (B, 4, 4) sums of products with the error of self-efficacy taken out.

    `nan` where so much error would leave self-efficacy no spread of its own beside the others.
    """
    predictors = len(LAGGED)
    inner, outer = products[:, :predictors, :predictors].copy(), products[:, :predictors, -1]
    inner[:, AT[INDIVIDUAL], AT[INDIVIDUAL]] *= reliability
    scale = np.sqrt(np.einsum("bkk->bk", inner))
    known = (scale > 0).all(axis=1)
    unit = np.where(known[:, None], scale, 1.0)
    alike = inner / unit[:, :, None] / unit[:, None, :]
    alike[~known] = np.eye(predictors)
    known &= np.linalg.eigvalsh(alike)[:, 0] > 1e-6
    alike[~known] = np.eye(predictors)
    slopes = np.linalg.solve(alike, (outer / unit)[:, :, None])[:, AT[COLLECTIVE], 0] / unit[:, AT[COLLECTIVE]]
    return np.where(known, slopes, np.nan)


def _corrected(whole: Values, drawn: Values, reliability: float, interval: float) -> tuple[float, float, float]:
    """Slope and ends; no interval where a tenth or more of the organisations drawn anew know no slope."""
    slope = float(corrected_slopes(whole, reliability)[0])
    slopes = corrected_slopes(drawn, reliability)
    known = np.isfinite(slopes)
    if not np.isfinite(slope) or known.mean() < 0.9:
        return slope, float("nan"), float("nan")
    low, high = np.quantile(slopes[known], [(1 - interval) / 2, (1 + interval) / 2])
    return slope, float(low), float(high)
