"""
Scoring: from a person's answers on a scale to one score.

Reversed items are turned round, then the answered items are averaged, provided enough of them are answered.
Nothing is imputed: a person who answered too little has no score, and is counted as a respondent without one.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from dashboard.terms import Scale, Settings

Answers = npt.NDArray[np.floating]
Scores = npt.NDArray[np.float64]


def person_scores(answers: Answers, scale: Scale, settings: Settings) -> Scores:
    """
    The score of each person: the mean of the answered items, in points of the scale.

    Parameters
    ----------
    answers : (persons, items) as given, not turned round, in the order of `scale.items`; `nan` where there is none.
    scale : with its range.

    Returns
    -------
    (persons,) between the scale's minimum and maximum; `nan` where fewer than `items_needed` items are answered.

    Raises
    ------
    ValueError : while the scale's range is not known.

    >>> confident = Scale(name="individual_efficacy", items=("a", "b", "c"), minimum=1, maximum=5, reversed=("c",))
    >>> person_scores(np.array([[4, 5, 1], [4, np.nan, 3], [4, np.nan, np.nan]]), confident, Settings())
    array([4.66666667, 3.5       ,        nan])
    """
    low, _ = scale.bounds
    whole = answers.dtype == np.float32 and low == round(low)
    total, answered = _whole_answers(answers, scale) if whole else _any_answers(answers, scale)
    return low + mean_answers(total, answered, len(scale.items), settings)


def _any_answers(answers: Answers, scale: Scale) -> tuple[Scores, npt.NDArray[np.int16]]:
    """(persons,) sum above the minimum and number of the answers."""
    total, answered = np.zeros(len(answers)), np.zeros(len(answers), dtype=np.int16)
    for position in range(len(scale.items)):
        column = above_minimum(answers, scale, position)
        given = np.isfinite(column)
        total += np.where(given, column, 0.0)
        answered += given
    return total, answered


def _whole_answers(answers: Answers, scale: Scale) -> tuple[Scores, npt.NDArray[np.int16]]:
    """The same of whole numbers, which a survey keeps in single precision: one above the minimum, 0 where none is."""
    low, high = (np.float32(bound) for bound in scale.bounds)
    total, answered = np.zeros(len(answers), dtype=np.float32), np.zeros(len(answers), dtype=np.int16)
    for item, column in zip(scale.items, answers.T, strict=True):
        level = (high + 1) - column if item in scale.reversed else column - (low - 1)
        np.fmax(level, 0, out=level)
        answered += level > 0
        total += level
    return (total - answered).astype(np.float64), answered


def mean_answers(total: Scores, answered: npt.NDArray[np.int16], items: int, settings: Settings) -> Scores:
    """(persons,) mean of the answered items from their sum and number; `nan` where too few are answered."""
    enough = answered >= items_needed(items, settings)
    return np.divide(total, answered, out=np.full(len(total), np.nan), where=enough)


def items_needed(items: int, settings: Settings) -> int:
    """
    How many items a person must have answered to have a score: two thirds of them, at least two if there are two.

    >>> [items_needed(items, Settings()) for items in (1, 2, 3, 4, 5, 6)]
    [1, 2, 2, 3, 4, 4]
    """
    share = math.ceil(settings.answered_share * items - 1e-9)
    return min(items, max(share, 2))


def above_minimum(answers: Answers, scale: Scale, position: int) -> Scores:
    """(persons,) how far each answer to one item lies above the scale's minimum, a reversed item turned round."""
    low, high = scale.bounds
    column = answers[:, position]
    if scale.items[position] in scale.reversed:
        return np.subtract(high, column, dtype=np.float64)
    return np.subtract(column, low, dtype=np.float64)


def pomp(scores: Scores, scale: Scale) -> Scores:
    """
    Scores in percent of the maximum possible, 0–100.

    >>> pomp(np.array([1.0, 3.0, 5.0]), Scale(name="individual_efficacy", items=("a",), minimum=1, maximum=5))
    array([  0.,  50., 100.])
    """
    low, high = scale.bounds
    return 100 * (scores - low) / (high - low)
