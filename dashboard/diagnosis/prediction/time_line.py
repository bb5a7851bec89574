"""
Time line: which period comes next.

The survey alone cannot say: the quarter after the last survey is there in the performance file only, and it is the very
period that is to be foreseen. Nor can the order of labels: after Q1 and Q3 alone, Q3 is not the next quarter.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dashboard.terms import Period


def time_line(surveyed: Iterable[Period], measured: Iterable[str]) -> tuple[Period, ...]:
    """
    All periods of the survey and of the metrics, in natural order; of calendar periods, each length by itself, so that
    months never stand between two quarters.

    >>> time_line([Period.parse("2024-Q1")], ["2024-Q2", "2024-Q1"])
    (Period('2024-Q1'), Period('2024-Q2'))
    """
    distinct = {*surveyed, *map(Period.parse, measured)}
    return tuple(sorted(distinct, key=lambda period: (_length(period), period)))


def successive(line: tuple[Period, ...]) -> npt.NDArray[np.bool_]:
    """
    (Q − 1,) whether each period of a time line but the first is the next one after its neighbour.

    Calendar periods must be of one length and touch; names of waves are taken as they follow each other.

    >>> successive(time_line(map(Period.parse, ["2024-Q1", "2024-Q3", "2024-Q4"]), []))
    array([False,  True])
    """
    return np.array([_touch(one, other) for one, other in pairwise(line)], dtype=bool)


def _touch(one: Period, other: Period) -> bool:
    if not (one.dated and other.dated):
        return one.dated == other.dated
    return _length(one) == _length(other) and abs(one.order[1] + one.order[2] - other.order[1]) < 1e-6


def _length(period: Period) -> float:
    """In years; beyond all of them for the name of a wave."""
    return period.order[2] if period.dated else np.inf
