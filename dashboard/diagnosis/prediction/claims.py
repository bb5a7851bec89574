"""
Claims: which of three things the data say of one metric, so that no sentence says more.
"""

from __future__ import annotations

import math
from enum import StrEnum

from dashboard.diagnosis.prediction.findings import MetricFindings, Model
from dashboard.diagnosis.prediction.panel import COLLECTIVE, PERFORMANCE
from dashboard.terms import Estimate, Settings


class Claim(StrEnum):
    """What is said of collective efficacy and the metric of the next period, other things equal."""

    BETTER = "better"  # goes with better performance, beyond chance
    WORSE = "worse"
    OPEN = "open"  # may be either, or nothing
    UNKNOWN = "unknown"  # nothing can be worked out
    NONE = "none"  # a scatter and no number
    REPEATS = "repeats"  # the metric is its own past, and nothing is left


class Unseen(StrEnum):
    """What is said of predictions for teams that were left out."""

    MODEL_IS_NOT = "the model does no better than a mean"
    NO_BETTER = "no better with collective efficacy"
    PERHAPS = "better with it, within chance"
    BETTER = "better with it"


def slope_of(found: MetricFindings, model: Model, term: str) -> Estimate:
    """One slope with its interval; `nan` where it was not worked out."""
    rows = found.slopes[(found.slopes["model"] == model) & (found.slopes["term"] == term)]
    figures = rows[["slope", "low", "high"]].iloc[0].astype(float) if len(rows) else [math.nan] * 3
    value, low, high = figures
    return Estimate(value=float(value), low=float(low), high=float(high))


def claim(found: MetricFindings, settings: Settings) -> Claim:
    """Beyond chance only where the interval excludes none *and* the permutation of teams, adjusted, agrees."""
    slope = slope_of(found, Model.AHEAD, COLLECTIVE)
    if found.slopes.empty:
        return Claim.REPEATS if found.repeats else Claim.NONE
    if not math.isfinite(slope.value) or not math.isfinite(found.p_adjusted):
        return Claim.UNKNOWN
    if not excludes_none(slope) or found.p_adjusted > 1 - settings.interval:
        return Claim.OPEN
    return Claim.BETTER if slope.value > 0 else Claim.WORSE


def reverse_too(found: MetricFindings) -> bool:
    """Whether collective efficacy follows performance as well."""
    return excludes_none(slope_of(found, Model.REVERSE, PERFORMANCE))


def unseen(found: MetricFindings) -> Unseen | None:
    """What predictions for teams left out say; `None` where there are none."""
    predicted = found.unseen
    if predicted is None or not math.isfinite(predicted.with_collective):
        return None
    if predicted.with_collective <= 0:
        return Unseen.MODEL_IS_NOT
    if predicted.increment.value <= 0:
        return Unseen.NO_BETTER
    return Unseen.BETTER if predicted.increment.low > 0 else Unseen.PERHAPS


def excludes_none(estimate: Estimate) -> bool:
    """Whether the whole interval lies on one side of zero."""
    return estimate.low > 0 or estimate.high < 0
