"""
Item drift: does an item still mean what it meant?

An item whose mean moves away from that of its scale has changed its meaning (a new tool, another wording), and
a change of the scale's mean may then be a change of words. Listed from a quarter of a point on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.measurement.groups import quotient
from dashboard.measurement.sums import ScaleSums, SurveySums, survey_sums
from dashboard.terms import Scale, Settings, Survey

COLUMNS = "scale item period offset drift drifting".split()
NOTED_DRIFT = 0.25  # points of the scale


def item_drift(survey: Survey, settings: Settings, sums: SurveySums | None = None) -> pd.DataFrame:
    """
    A row per item and period, columns `COLUMNS`.

    `offset`: the item's mean minus the mean of the scale's items, in points, reversed items turned round. `drift`:
    its change since the first period in which the scale was answered. `drifting`: more than `NOTED_DRIFT` either
    way. An item that nobody answered in a period, or a scale of one item, has no drift.

    Parameters
    ----------
    sums : of this survey, where they are at hand already.
    """
    sums = sums or survey_sums(survey, settings)
    tables = [_of_scale(survey, scale, sums.of_scale(scale.name)) for scale in survey.instrument.scales.values()]
    return pd.concat(tables, ignore_index=True)


def _of_scale(survey: Survey, scale: Scale, periods: list[ScaleSums]) -> pd.DataFrame:
    offsets = np.array([_offsets(sums) for sums in periods])
    answered = np.isfinite(offsets).all(axis=1)
    first = (
        offsets[np.argmax(answered)] if answered.any() and len(scale.items) > 1 else np.full(len(scale.items), np.nan)
    )
    drift = offsets - first
    return pd.DataFrame(
        {
            "scale": scale.name,
            "item": np.repeat(np.array(scale.items, dtype=object), len(periods)),
            "period": np.tile(np.array([period.label for period in survey.periods], dtype=object), len(scale.items)),
            "offset": offsets.T.ravel(),
            "drift": drift.T.ravel(),
            "drifting": (np.abs(drift) > NOTED_DRIFT).T.ravel(),
        }
    )


def _offsets(sums: ScaleSums) -> np.ndarray:
    """(items,) mean of each item minus the mean of those means; all `nan` while an item has no answer."""
    means = quotient(sums.total.sum(axis=1), sums.answered.sum(axis=1))
    return means - means.mean()
