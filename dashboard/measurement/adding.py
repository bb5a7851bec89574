"""
Adding: sums of answers that may be any numbers, such as marks on a line or labels with halves.

Exact all the same, so that shuffled rows give the same bytes; `tallying` is the quicker way for answers on few options.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import Flags, Groups, Values, exact_total, is_whole, quotient
from dashboard.measurement.scale_sums import AcrossSums, ScaleSums
from dashboard.measurement.scoring import Answers, above_minimum, mean_answers
from dashboard.terms import COLLECTIVE, Scale, Settings


@dataclass(slots=True, kw_only=True, eq=False)
class Added:
    """
    One period's answers to one scale while they are summed; `matrix` (persons, items) is 0 where none is given, and in
    the end where a person is not complete; `scores` (persons,) is 0 where there is none.
    """

    matrix: Values
    complete: Flags
    number: npt.NDArray[np.int16]
    total: Values
    scores: Values
    scored: Flags
    at_maximum: int = 0
    whole: bool = True

    @classmethod
    def of(cls, persons: int, items: int) -> Added:
        """Nothing yet."""
        return cls(
            matrix=np.empty((persons, items), order="F"),
            complete=np.ones(persons, dtype=bool),
            number=np.zeros(persons, dtype=np.int16),
            total=np.zeros(persons),
            scores=np.zeros(persons),
            scored=np.zeros(persons, dtype=bool),
        )

    def score(self, settings: Settings) -> None:
        """Scores of the persons who answered enough."""
        scores = mean_answers(self.total, self.number, self.matrix.shape[1], settings)
        self.scored = np.isfinite(scores)
        self.scores = np.where(self.scored, scores, 0.0)


Seen = tuple[ScaleSums, Added]


def scale_sums(answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> Seen:
    """The sums of one scale in one period, and what was seen on the way."""
    low, _ = scale.bounds
    seen = Added.of(*answers.shape)
    items = np.stack([_item_sums(seen, answers, scale, item, groups) for item in range(len(scale.items))], axis=1)
    seen.score(settings)
    of_scores = groups.moments(seen.scores, seen.scored)
    seen.matrix[~seen.complete] = 0.0
    sums = ScaleSums(
        origin=low,
        answered=items[0],
        total=items[1],
        squares=items[2],
        deviations=items[3] if scale.name == COLLECTIVE else None,
        scored=of_scores[0],
        score_total=of_scores[1],
        score_squares=of_scores[2],
        complete=int(np.count_nonzero(seen.complete)),
        complete_total=_totals(seen.matrix),
        complete_products=_cross_products(seen.matrix, seen.matrix, seen.whole),
        at_maximum=seen.at_maximum,
    )
    return sums, seen


def across_sums(individual: tuple[ScaleSums, Added], collective: tuple[ScaleSums, Added], groups: Groups) -> AcrossSums:
    """The sums across two scales. Complete persons: those of either scale less those complete on it alone."""
    (first, one), (second, other) = individual, collective
    both = one.scored & other.scored
    alone = one.matrix[np.flatnonzero(one.complete & ~other.complete)]
    other_alone = other.matrix[np.flatnonzero(other.complete & ~one.complete)]
    across = _cross_products(one.matrix, other.matrix, one.whole and other.whole)
    return AcrossSums(
        **_score_sums(np.where(both, one.scores, 0.0), np.where(both, other.scores, 0.0), both, groups),
        complete=int(np.count_nonzero(one.complete & other.complete)),
        complete_total=np.concatenate(
            [first.complete_total - _totals(alone), second.complete_total - _totals(other_alone)]
        ),
        complete_products=np.block(
            [
                [first.complete_products - _cross_products(alone, alone, one.whole), across],
                [across.T, second.complete_products - _cross_products(other_alone, other_alone, other.whole)],
            ]
        ),
    )


def _item_sums(seen: Added, answers: Answers, scale: Scale, item: int, groups: Groups) -> Values:
    """(4, G) answers, their sum, sum of squares and sum of absolute deviations (`nan` but for the collective scale)."""
    low, high = scale.bounds
    column = above_minimum(answers, scale, item)
    given = np.isfinite(column)
    column[~given] = 0.0
    seen.matrix[:, item] = column
    seen.complete &= given
    seen.number += given
    seen.total += column
    seen.at_maximum += int(np.count_nonzero(column == high - low))
    whole = is_whole(column)
    seen.whole &= whole
    moments = groups.moments(column, given, whole)
    if scale.name != COLLECTIVE:
        return np.vstack([moments, np.full_like(moments[:1], np.nan)])
    distances = np.abs(column - groups.each_row(quotient(moments[1], moments[0], empty=0.0)))
    distances[~given] = 0.0
    return np.vstack([moments, groups.sum(distances)])


def _score_sums(one: Values, other: Values, both: Flags, groups: Groups) -> dict[str, Values]:
    """(G,) sums over the persons with both scores; scores are 0 elsewhere."""
    return {
        "both": groups.count(both),
        "individual": groups.sum(one),
        "collective": groups.sum(other),
        "individual_squares": groups.sum(one**2),
        "collective_squares": groups.sum(other**2),
        "products": groups.sum(one * other),
    }


def _totals(matrix: Values) -> Values:
    return np.array([exact_total(column) for column in matrix.T])


def _cross_products(one: Values, other: Values, whole: bool) -> Values:
    """(items, other items) sums of products of columns, the same in whatever order the rows stand."""
    if whole:
        return one.T @ other
    return np.array([[exact_total(column * another) for another in other.T] for column in one.T])
