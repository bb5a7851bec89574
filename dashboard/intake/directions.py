"""
Directions: items on which a high answer means little of the scale, proposed from wording and from the answers.

Wording alone may mislead: many tools export reversed items already turned round. Answers alone may: an item can be
badly understood. Where both say the same, the item is proposed as reversed; where answers are too few to tell, wording
decides; where they contradict each other, a person is asked and nothing is turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Answers = npt.NDArray[np.floating]
ENOUGH = 30  # responses with both answers, before a correlation says anything
_CLEAR = 0.3  # correlation with the rest of the scale, beyond which answers say something on their own,
_SURE = 4.0  # and it must be so many standard errors away from none


class Direction(NamedTuple):
    """
    What speaks for and against an item being reversed.

    `correlation` with the rest of its scale, the rest turned to one direction, `nan` where it cannot be told;
    `reversed`: the proposal; `asked`: whether wording or name and answers disagree, so that a person must say.
    """

    correlation: float
    reversed: bool
    asked: bool


def directions(answers: Answers, said: Sequence[bool]) -> tuple[Direction, ...]:
    """
    The direction of each item of a scale.

    Parameters
    ----------
    answers : (responses, items), `nan` where there is none.
    said : whether name or wording of each item says that it is reversed.

    >>> person = np.arange(40) % 5 + 1.0
    >>> answers = np.column_stack([person, person, 6 - person])
    >>> [direction.reversed for direction in directions(answers, [False, False, True])]
    [False, False, True]
    >>> directions(answers, [False, False, False])[2]
    Direction(correlation=-1.0, reversed=False, asked=True)
    """
    found = with_the_rest(answers, said)
    given = np.maximum((~np.isnan(answers)).sum(axis=0), 1)
    clear = np.maximum(_CLEAR, _SURE / np.sqrt(given))
    return tuple(map(_direction, found.tolist(), clear.tolist(), said))


def _direction(correlation: float, clear: float, said: bool) -> Direction:
    if correlation != correlation:
        return Direction(correlation, said, False)
    if said:
        against = correlation > clear
        return Direction(correlation, not against, against)
    return Direction(correlation, False, correlation < -clear)


def with_the_rest(answers: Answers, said: Sequence[bool]) -> npt.NDArray[np.float64]:
    """
    (items,) the correlation of each item with the sum of the others, each of them turned the way most items point.

    The way an item points is the sign of its weight in the leading eigenvector of the correlations.
    """
    items = answers.shape[1]
    if items < 2:
        return np.full(items, np.nan)
    standing = _standard(answers)
    both = (~np.isnan(standing)).astype(float)
    filled = np.nan_to_num(standing)
    pairs = both.T @ both
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = np.where(pairs >= ENOUGH, (filled.T @ filled) / pairs, 0.0)
    weights = np.linalg.eigh(correlations)[1][:, -1]
    signs = np.where(weights < 0, -1.0, 1.0) * _majority(weights, said)
    return np.array([_with_others(filled, both, signs, item) for item in range(items)])


def _majority(weights: npt.NDArray[np.float64], said: Sequence[bool]) -> float:
    """The sign that makes most items point upwards; of two equal halves the one whose words say nothing else."""
    votes = float(np.sign(np.round(weights, 6)).sum())
    plain = float(weights[~np.array(said, dtype=bool)].sum()) if not all(said) else 0.0
    return -1.0 if (votes or plain) < 0 else 1.0


def _standard(answers: Answers) -> npt.NDArray[np.float64]:
    """(responses, items) answers as standard scores; an item that does not vary says nothing."""
    given = answers.astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        counts = np.maximum((~np.isnan(given)).sum(axis=0), 1)
        centred = given - np.nansum(given, axis=0) / counts
        spread = np.sqrt(np.nansum(centred**2, axis=0) / counts)
        return np.where(spread > 0, centred / spread, np.nan)


def _with_others(
    filled: npt.NDArray[np.float64], both: npt.NDArray[np.float64], signs: npt.NDArray[np.float64], item: int
) -> float:
    others = np.arange(len(signs)) != item
    rows = (both[:, item] > 0) & (both[:, others].sum(axis=1) > 0)
    if rows.sum() < ENOUGH:
        return float("nan")
    rest = (filled[rows][:, others] * signs[others]).sum(axis=1) / both[rows][:, others].sum(axis=1)
    own = filled[rows, item]
    if own.std() == 0 or rest.std() == 0:
        return float("nan")
    return round(float(np.corrcoef(own, rest)[0, 1]), 6)
