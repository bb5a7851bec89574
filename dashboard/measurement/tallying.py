"""
Tallying: sums of answers on few whole options, without adding up a single one.

How many members of a team chose each option says all there is about their answers to an item: number, sum, squares,
distances from the mean, answers at the top. So options are counted, team by team, and the rest is worked out from the
counts. A person's mean of the answered items becomes a whole number too, once it is counted in parts small enough for
every number of items somebody may have answered. Whole numbers add up exactly, in whatever order they come.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import Flags, Groups, Indices, Values, quotient
from dashboard.measurement.scale_sums import AcrossSums, ScaleSums
from dashboard.measurement.scoring import Answers, items_needed
from dashboard.terms import COLLECTIVE, Scale, Settings

Levels = npt.NDArray[np.float32]  # 0 no answer, 1 the lowest option, 2 the next …

MOST_OPTIONS = 32
_EXACT = 2.0**52  # whole numbers of at most so much have no rounding
_EXACT_SINGLE = 1 << 24  # in single precision


class Tallied(NamedTuple):
    """
    One period's answers to one scale: `levels` (persons, items), `number` (persons,) of items answered; `parts`
    (persons,) scores above the minimum in parts of which `per_point` make a point, 0 where there is no score;
    `products` (items, items) of the levels of everybody, `totals` (items,) of the levels.
    """

    levels: Levels
    number: npt.NDArray[np.uint8]
    parts: Values
    scored: Flags
    per_point: int
    products: Values
    totals: Values

    @property
    def incomplete(self) -> Flags:
        """(persons,) who left an item out."""
        return self.number < self.levels.shape[1]


Seen = tuple[ScaleSums, Tallied]


def countable(answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> bool:
    """Whether answers are whole (a survey keeps them in single precision then), on few options, and sums exact."""
    low, high = scale.bounds
    few = low == round(low) and high == round(high) and high - low < MOST_OPTIONS
    largest = float(high - low) * _per_point(len(scale.items), settings)
    return bool(answers.dtype == np.float32 and few and (groups.largest + 1) * largest**2 < _EXACT)


def scale_sums(answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> Seen:
    """The sums of one scale in one period, and what was seen on the way."""
    seen = _seen(answers, scale, settings)
    items = _ItemSums.of(seen.levels, scale, groups)
    seen = seen._replace(
        products=_products(seen.levels, seen.levels), totals=(items.total + items.answered).sum(axis=1)
    )
    scored, of_scores, of_squares = groups.moments(seen.parts, seen.scored, whole=True)
    complete, complete_total, complete_products = _complete(seen)
    sums = ScaleSums(
        origin=scale.bounds[0],
        answered=items.answered,
        total=items.total,
        squares=items.squares,
        deviations=items.deviations,
        scored=scored,
        score_total=of_scores / seen.per_point,
        score_squares=of_squares / seen.per_point**2,
        complete=complete,
        complete_total=complete_total,
        complete_products=complete_products,
        at_maximum=items.at_maximum,
    )
    return sums, seen


def single_item_sums(answers: Answers, scale: Scale, groups: Groups) -> ScaleSums:
    """The sums of a scale of one item: whoever answers it has a score, and has answered all."""
    level = np.empty((len(answers), 1), dtype=np.float32, order="F")
    _fill(level[:, 0], answers[:, 0], scale, bool(scale.reversed))
    items = _ItemSums.of(level, scale, groups)
    return ScaleSums(
        origin=scale.bounds[0],
        answered=items.answered,
        total=items.total,
        squares=items.squares,
        deviations=items.deviations,
        scored=items.answered[0],
        score_total=items.total[0],
        score_squares=items.squares[0],
        complete=int(items.answered.sum()),
        complete_total=items.total.sum(axis=1),
        complete_products=items.squares.sum(axis=1, keepdims=True),
        at_maximum=items.at_maximum,
    )


def across_sums(individual: Seen, collective: Seen, groups: Groups) -> AcrossSums:
    """The sums across two scales: over those seen on either, less those seen on it alone."""
    (first, one), (second, other) = individual, collective
    both, of_one, squares_of_one = _also_in(one, first, other.scored, groups)
    _, of_other, squares_of_other = _also_in(other, second, one.scored, groups)
    complete, total, products = _complete_on_both(one, other)
    return AcrossSums(
        both=both,
        individual=of_one / one.per_point,
        collective=of_other / other.per_point,
        individual_squares=squares_of_one / one.per_point**2,
        collective_squares=squares_of_other / other.per_point**2,
        products=groups.sum_whole(one.parts * other.parts) / (one.per_point * other.per_point),
        complete=complete,
        complete_total=total,
        complete_products=products,
    )


class _ItemSums(NamedTuple):
    """(items, G) of each item and team; `deviations` of the collective scale only."""

    answered: Values
    total: Values
    squares: Values
    deviations: Values | None
    at_maximum: int

    @classmethod
    def of(cls, levels: Levels, scale: Scale, groups: Groups) -> _ItemSums:
        if scale.name == COLLECTIVE:
            return cls._counted(levels, scale.options, groups)
        if _digits(scale.options, groups)[2] > _EXACT:
            return cls._counted(levels, scale.options, groups)._replace(deviations=None)
        answered, total, squares = np.stack([_moments(level, scale.options, groups) for level in levels.T], axis=1)
        return cls(answered, total, squares, None, sum(int(np.count_nonzero(x == scale.options)) for x in levels.T))

    @classmethod
    def _counted(cls, levels: Levels, options: int, groups: Groups) -> _ItemSums:
        counts, above = _counts(levels, options, groups), np.arange(options, dtype=np.float64)
        moments = counts.reshape(-1, options) @ np.column_stack([above**0, above, above**2])
        answered, total, squares = moments.T.reshape(3, levels.shape[1], -1)
        distance = np.abs(above - quotient(total, answered, empty=0.0)[:, :, None])
        deviations = np.einsum("igk,igk->ig", counts, distance)
        return cls(answered, total, squares, deviations, int(counts[:, :, -1].sum()))


def _seen(answers: Answers, scale: Scale, settings: Settings) -> Tallied:
    persons, items = answers.shape
    levels = np.empty((persons, items), dtype=np.float32, order="F")
    number, total = np.zeros(persons, dtype=np.uint8), np.zeros(persons, dtype=np.float32)
    for item, level in enumerate(levels.T):
        _fill(level, answers[:, item], scale, scale.items[item] in scale.reversed)
        number += level > 0
        total += level
    needed, per_point = items_needed(items, settings), _per_point(items, settings)
    parts_of = np.array([0.0, *(per_point / n if n >= needed else 0.0 for n in range(1, items + 1))])
    total -= number
    nothing = np.zeros(0)
    return Tallied(
        levels, number, total * parts_of.take(number), number >= needed, per_point, products=nothing, totals=nothing
    )


def _fill(level: Levels, answers: Answers, scale: Scale, turned: bool) -> None:
    low, high = scale.bounds
    if turned:
        np.subtract(np.float32(high + 1), answers, out=level)
    else:
        np.subtract(answers, np.float32(low - 1), out=level)
    np.fmax(level, 0, out=level)  # 0 where there is none


def _per_point(items: int, settings: Settings) -> int:
    """Parts of a point in which the mean of any number of answers that makes a score is whole."""
    return math.lcm(*range(items_needed(items, settings), items + 1))


def _counts(levels: Levels, options: int, groups: Groups) -> Values:
    """(items, G, options) how many members chose each option."""
    teams, cells = len(groups.codes), options + 1
    first = np.repeat(np.arange(0, teams * cells, cells), groups.sizes)
    counts = np.array([np.bincount(first + level.astype(np.intp), minlength=teams * cells) for level in levels.T])
    return counts.reshape(levels.shape[1], teams, cells)[:, :, 1:].astype(np.float64)


def _moments(level: Levels, options: int, groups: Groups) -> Values:
    """(3, G) number, sum and sum of squares above the minimum, summed at once as the digits of one number."""
    sums, squares, largest = _digits(options, groups)
    packed: npt.NDArray[np.floating] = level.astype(np.float32 if largest < _EXACT_SINGLE else np.float64)
    given = level > 0
    packed *= packed + squares
    packed += given * packed.dtype.type(sums * squares)
    number, rest = np.divmod(groups.sum_whole(packed).astype(np.int64), sums * squares)
    total, of_squares = np.divmod(rest, squares)
    return np.array([number, total - number, of_squares - 2 * total + number], dtype=np.float64)


def _digits(options: int, groups: Groups) -> tuple[int, int, int]:
    """Powers of two above any team's sum of levels and of their squares, and the largest number made of both."""
    sums, squares = (2 ** int(groups.largest * options**power).bit_length() for power in (1, 2))
    return sums, squares, (groups.largest + 1) * sums * squares


def _complete(seen: Tallied) -> tuple[int, Values, Values]:
    """Persons who answered every item, the sums of their answers, and of products: everybody's less the others'."""
    others = seen.levels[np.flatnonzero(seen.incomplete)]
    return _above_minimum(
        len(seen.levels) - len(others), seen.totals - _totals(others), seen.products - _products(others, others)
    )


def _complete_on_both(one: Tallied, other: Tallied) -> tuple[int, Values, Values]:
    """The same over two scales; the items of the first stand first."""
    rows = np.flatnonzero(one.incomplete | other.incomplete)
    others = np.hstack([one.levels[rows], other.levels[rows]])
    across = _products(one.levels, other.levels)
    products = np.block([[one.products, across], [across.T, other.products]]) - _products(others, others)
    total = np.concatenate([one.totals, other.totals]) - _totals(others)
    return _above_minimum(len(one.levels) - len(rows), total, products)


def _above_minimum(persons: int, total: Values, products: Values) -> tuple[int, Values, Values]:
    """Sums of levels as sums of what lies above the minimum, one level below."""
    return persons, total - persons, products - total[:, None] - total + persons


def _totals(levels: Levels) -> Values:
    return levels.sum(axis=0, dtype=np.float64)


def _products(one: Levels, other: Levels) -> Values:
    """(items, other items) sums of products, so many rows at a time that single precision is exact."""
    rows = _EXACT_SINGLE // (MOST_OPTIONS + 1) ** 2
    found = np.zeros((one.shape[1], other.shape[1]))
    for start in range(0, len(one), rows):
        some = np.s_[start : start + rows]
        found += [[np.dot(column, another) for another in other[some].T] for column in one[some].T]
    return found


def _also_in(seen: Tallied, sums: ScaleSums, scored: Flags, groups: Groups) -> tuple[Values, Values, Values]:
    """(G,) number, sum and sum of squares, in parts, of those who are scored on the other scale as well."""
    alone: Indices = np.flatnonzero(seen.scored & ~scored)
    team = np.searchsorted(groups.starts, alone, side="right") - 1
    parts, teams = seen.parts[alone], len(groups.codes)
    return (
        sums.scored - np.bincount(team, minlength=teams),
        np.rint(sums.score_total * seen.per_point) - np.bincount(team, parts, minlength=teams),
        np.rint(sums.score_squares * seen.per_point**2) - np.bincount(team, parts**2, minlength=teams),
    )
