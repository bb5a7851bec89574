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
    total, answered = np.zeros(len(answers)), np.zeros(len(answers))
    for position in range(len(scale.items)):
        column = turned(answers, scale, position)
        given = np.isfinite(column)
        total += np.where(given, column, 0.0)
        answered += given
    enough = answered >= items_needed(len(scale.items), settings)
    return np.divide(total, answered, out=np.full(len(answers), np.nan), where=enough)


def items_needed(items: int, settings: Settings) -> int:
    """
    How many items a person must have answered to have a score: two thirds of them, at least two if there are two.

    >>> [items_needed(items, Settings()) for items in (1, 2, 3, 4, 5, 6)]
    [1, 2, 2, 3, 4, 4]
    """
    share = math.ceil(settings.answered_share * items - 1e-9)
    return min(items, max(share, 2))


def turned(answers: Answers, scale: Scale, position: int) -> Scores:
    """(persons,) answers to one item in points, a reversed item turned round: x' = minimum + maximum − x."""
    column = answers[:, position].astype(np.float64)
    if scale.items[position] not in scale.reversed:
        return column
    low, high = scale.bounds
    return (low + high) - column


def pomp(scores: Scores, scale: Scale) -> Scores:
    """
    Scores in percent of the maximum possible, 0–100.

    >>> pomp(np.array([1.0, 3.0, 5.0]), Scale(name="individual_efficacy", items=("a",), minimum=1, maximum=5))
    array([  0.,  50., 100.])
    """
    low, high = scale.bounds
    return 100 * (scores - low) / (high - low)
