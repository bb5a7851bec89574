"""
Quality: how the two scales go together, period by period, so that a reader can see whether they are two things.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.measurement.distinctness import distinctness_in_period
from dashboard.measurement.level_gap import level_gap_of, readable
from dashboard.measurement.nesting import correlations_of
from dashboard.measurement.pairs import pairs_of
from dashboard.measurement.sums import PeriodSums, SurveySums
from dashboard.terms import Survey

QUALITY_COLUMNS = "period respondents htmt correlation correlation_between correlation_within level_gap".split()


def quality(survey: Survey, sums: SurveySums) -> pd.DataFrame:
    """
    A row per period, `QUALITY_COLUMNS`.

    `respondents`: persons with both scores. `htmt`: see `measurement.distinctness`. `correlation…`: of the two scores
    over persons, between team means and inside teams. `level_gap`: mean of collective − individual score over those
    persons, in points; `nan` unless items are mirrored.
    """
    mirrored = readable(survey.instrument)
    rows = [
        {"period": period.label} | _row(found, mirrored)
        for period, found in zip(survey.periods, sums.periods, strict=True)
    ]
    return pd.DataFrame(rows, columns=QUALITY_COLUMNS)


def _row(sums: PeriodSums, mirrored: bool) -> dict[str, object]:
    pairs = pairs_of(sums)
    found = correlations_of(pairs)
    return {
        "respondents": int(pairs.sizes.sum()),
        "htmt": distinctness_in_period(sums),
        "correlation": found.raw,
        "correlation_between": found.between,
        "correlation_within": found.within,
        "level_gap": level_gap_of(pairs).overall if mirrored else np.nan,
    }
