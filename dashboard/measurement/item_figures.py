"""
Item figures: what each item of a scale is like beside the others, period by period.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.measurement.drift import drift_of
from dashboard.measurement.reliability import complete_covariance, item_rest_of
from dashboard.measurement.sums import SurveySums, survey_sums
from dashboard.terms import Scale, Settings, Survey

COLUMNS = "scale item period mean offset drift drift_error item_rest".split()


def item_figures(survey: Survey, settings: Settings, sums: SurveySums | None = None) -> pd.DataFrame:
    """
    A row per scale, item and period, columns `COLUMNS`, in points, reversed items turned round.

    `mean`; `offset`, `drift`, `drift_error`: see `drift`. `item_rest`: correlation of the item with the sum of the
    others, over persons who answered every item. `nan` where there is no figure, as on a scale of one item.

    Parameters
    ----------
    sums : of this survey, where they are at hand already.
    """
    sums = sums or survey_sums(survey, settings)
    tables = [_of_scale(survey, scale, sums) for scale in survey.instrument.scales.values()]
    return pd.concat(tables, ignore_index=True)


def _of_scale(survey: Survey, scale: Scale, sums: SurveySums) -> pd.DataFrame:
    periods, items = len(survey.periods), len(scale.items)
    found = drift_of(sums, scale.name)
    rest = np.reshape([item_rest_of(complete_covariance(each)) for each in sums.of_scale(scale.name)], (periods, items))
    return pd.DataFrame(
        {
            "scale": scale.name,
            "item": np.repeat(np.array(scale.items, dtype=object), periods),
            "period": np.tile(np.array([period.label for period in survey.periods], dtype=object), items),
            "mean": found.mean.T.ravel(),
            "offset": found.offset.T.ravel(),
            "drift": found.drift.T.ravel(),
            "drift_error": found.error.T.ravel(),
            "item_rest": rest.T.ravel(),
        },
        columns=COLUMNS,
    )
