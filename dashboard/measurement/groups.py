"""
Groups: exact sums over runs of rows, such as the members of each team.

A sum of floating-point numbers depends on their order in its last digits. Here it does not, so that shuffled rows
give the same bytes. Whole numbers add up exactly as they are. Others are first rounded to a grid so fine that it
does not matter (a 2⁻⁵¹ part of the largest possible sum) and so coarse that adding them is exact (pre-rounding;
Demmel & Nguyen 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

NO_VARIANCE = 1e-11  # below it a variance is rounding, and is zero
_EXACT = 2.0**53  # whole numbers below it have no rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """
    Runs of equal codes in sorted rows: `codes`, `starts`, `sizes`, each (G,), no group empty.

    >>> groups = Groups.of(np.array([2, 2, 5]))
    >>> groups.codes, groups.sum(np.array([1.0, 2.0, 4.0])), groups.each_row(np.array([7.0, 9.0]))
    (array([2, 5]), array([3., 4.]), array([7., 7., 9.]))
    >>> groups.moments(np.array([1.0, 2.0, 0.0]), given=np.array([True, True, False]), whole=True)
    array([[2., 0.], [3., 0.], [5., 0.]])
    """

    codes: npt.NDArray[np.integer]
    starts: Indices
    sizes: Indices

    @classmethod
    def of(cls, codes: npt.NDArray[np.integer]) -> Groups:
        """The groups of rows whose codes are sorted."""
        first = np.ones(len(codes), dtype=bool)
        np.not_equal(codes[1:], codes[:-1], out=first[1:])
        starts = np.flatnonzero(first)
        return cls(codes=codes[starts], starts=starts, sizes=np.diff(starts, append=len(codes)))

    @property
    def largest(self) -> int:
        """Rows of the largest group."""
        return int(self.sizes.max(initial=0))

    def sum(self, values: Values) -> Values:
        """(G,) the exact sum over each group of (rows,) values without `nan`, in whatever order they stand."""
        return self._add(on_grid(values, self.largest))

    def sum_whole(self, values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """(G,) the sum over each group of whole numbers whose sums their precision holds exactly."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else np.zeros(0, dtype=values.dtype)

    def count(self, flags: Flags) -> Values:
        """(G,) how many rows of each group are flagged."""
        return self._add(flags.astype(np.float64))

    def moments(self, values: Values, given: Flags, whole: bool = False) -> Values:
        """
        (3, G) number, sum and sum of squares of the given values of each group, exact.

        Parameters
        ----------
        values : (rows,) without `nan`, and 0 where not given.
        whole : whether all are whole numbers and none is negative; if they are small as well, all three sums are
            made at once, as the digits of one number.
        """
        largest = float(values.max(initial=0.0))
        sums, squares = _above(self.largest * largest), _above(self.largest * largest**2)
        if not whole or (self.largest + 1) * sums * squares > _EXACT:
            return np.array([self.count(given), self.sum(values), self.sum(values**2)])
        packed = self._add((given * sums + values) * squares + values**2)
        above, of_squares = _split(packed, squares)
        number, total = _split(above, sums)
        return np.array([number, total, of_squares])

    def each_row(self, values: Values) -> Values:
        """(rows,) for each row the value of its group."""
        return np.repeat(values, self.sizes)

    def _add(self, values: Values) -> Values:
        return np.add.reduceat(values, self.starts) if len(self.starts) else np.zeros(0)


def on_grid(values: Values, count: int) -> Values:
    """Values rounded so that any sum of `count` of them is exact."""
    largest = float(np.abs(values).max(initial=0.0)) * count
    if largest == 0.0:
        return values
    shift = math.ldexp(1.5, math.frexp(largest)[1] + 1)
    return (values + shift) - shift


def exact_total(values: Values) -> float:
    """The sum of values without `nan`, the same in whatever order they stand."""
    return float(on_grid(values, len(values)).sum())


def is_whole(values: Values) -> bool:
    """Whether all values are whole numbers, and none is negative."""
    return bool((values == np.rint(values)).all() and values.min(initial=0.0) >= 0)


def within_squares(count: Values, total: Values, squares: Values) -> Values:
    """Sum of squared distances from the mean, from counts, sums and sums of squares; 0 where it is rounding."""
    spread = squares - total**2 / np.maximum(count, 1)
    return np.where(spread > NO_VARIANCE * np.maximum(count - 1, 1), spread, 0.0)


def quotient(above: Values, below: Values, empty: float = np.nan) -> Values:
    """above / below, `empty` where below is not positive."""
    return np.divide(above, below, out=np.full(np.shape(above), empty), where=np.asarray(below) > 0)


def snapped(variance: float) -> float:
    """A variance, 0 where it is rounding; `nan` stays."""
    return 0.0 if variance < NO_VARIANCE else variance


def _above(number: float) -> float:
    """A power of two above a number of at least 0."""
    return math.ldexp(1.0, math.frexp(number)[1])


def _split(packed: Values, base: float) -> tuple[Values, Values]:
    above = np.floor(packed / base)
    return above, packed - above * base
