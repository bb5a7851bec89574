"""
Spread of single answers: how wide answers scatter around their team, and where they lie on the scale.

Needed to tell how much of a real change can still show when a team answers near an end of the scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import within_squares
from dashboard.measurement.sums import ScaleSums, SurveySums, survey_sums
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings, Survey

Pair = npt.NDArray[np.float64]


class AnswerSpread(NamedTuple):
    """
    Of the individual and the collective scale, in POMP (percent of the maximum possible).

    `spread` : (2,) pooled SD of single answers inside a team, period and item. `mean` : (2,) mean of all answers.
    """

    spread: Pair
    mean: Pair


def answer_spread(
    survey: Survey, settings: Settings, window: slice = slice(None), sums: SurveySums | None = None
) -> AnswerSpread:
    """
    Spread and mean of the single answers over the periods of a window.

    Parameters
    ----------
    window : which of `survey.periods`.
    sums : of this survey, where they are at hand already.

    Returns
    -------
    `nan` where no team has two answers to an item (spread) or nobody answered (mean).
    """
    sums = sums or survey_sums(survey, settings)
    found = [_of_scale(survey, name, sums, window) for name in (INDIVIDUAL, COLLECTIVE)]
    return AnswerSpread(*(np.array(column) for column in zip(*found, strict=True)))


def _of_scale(survey: Survey, name: str, sums: SurveySums, window: slice) -> tuple[float, float]:
    low, high = survey.instrument.scales[name].bounds
    periods = sums.of_scale(name)[window]
    squares, df = np.sum([_within(scale) for scale in periods], axis=0)
    answers, total = np.sum([[scale.answered.sum(), scale.total.sum()] for scale in periods], axis=0)
    spread = 100 * np.sqrt(squares / df) / (high - low) if df > 0 else np.nan
    return float(spread), float(100 * total / answers / (high - low)) if answers > 0 else np.nan


def _within(scale: ScaleSums) -> tuple[float, float]:
    """Sum of squares inside item and team, and its degrees of freedom."""
    squares = within_squares(scale.answered, scale.total, scale.squares).sum()
    return float(squares), float(np.maximum(scale.answered - 1, 0).sum())
