"""
Ranges: which scale answers were given on, seen from the answers alone.

The range is the smallest common one that holds all answers. Two things are no answers and do not widen it: codes
that tools write for "no answer" (-1, 99), and strays, values so rare next to the end of a well-filled scale that
they can only be slips (one 6 beside fifty 5s).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COMMON = (
    (1, 4), (1, 5), (0, 4), (1, 6), (0, 5), (1, 7), (0, 6), (-2, 2), (-3, 3), (1, 9), (1, 10), (0, 10), (-5, 5),
    (0, 100),
)  # fmt: skip
_MAY_HAVE_STRAYS = frozenset(((1, 5), (1, 7), (1, 10), (0, 10), (0, 100)))  # those in general use
_HIGH_CODES = frozenset((77, 88, 96, 97, 98, 99, 777, 888, 997, 998, 999, 7777, 8888, 9999, 99999))
_STRAY_SHARE = 0.02  # at most this share of all answers lies off the scale
_STRAY_AT_END = 0.05  # and a stray value is at most this share of the answers at the end it lies beyond
_FILLED_END = 0.05  # and that end itself holds at least this share of all answers
_STRAY_OF_TAIL = 0.2  # and at most this share of what the tail would hold if the scale went on


@dataclass(frozen=True, slots=True)
class Range:
    """`low`, `high`: the ends, `None` when no common range holds the answers; `codes`, `strays`: what is no answer."""

    low: float | None
    high: float | None
    codes: frozenset[float] = frozenset()
    strays: frozenset[float] = frozenset()


def range_of(counts: Mapping[float, int]) -> Range:
    """
    The range of a scale whose answers occur so often.

    >>> range_of({1: 40, 2: 42, 3: 50, 4: 48, 5: 57})
    Range(low=1, high=5, codes=frozenset(), strays=frozenset())
    >>> range_of({1: 40, 2: 42, 3: 50, 4: 48, 5: 57, 6: 1, 0: 1, 99: 1})
    Range(low=1, high=5, codes=frozenset({99}), strays=frozenset({0, 6}))
    >>> range_of({0: 1, 3: 2, 9: 4}).high, range_of({12: 1, 250: 2}).high
    (10, None)
    """
    codes = _codes(counts)
    answers = {value: count for value, count in counts.items() if value not in codes and count}
    if not answers:
        return Range(None, None, codes)
    for low, high in COMMON:
        strays = frozenset(value for value in answers if not low <= value <= high)
        if not strays or _are_strays(strays, answers, low, high):
            return Range(low, high, codes, strays)
    return Range(None, None, codes)


def _codes(counts: Mapping[float, int]) -> frozenset[float]:
    present = [value for value, count in counts.items() if count]
    ordinary = [value for value in present if value >= 0 and value not in _HIGH_CODES]
    if not ordinary:
        return frozenset()
    negative = {value for value in present if value < 0}
    high = {value for value in present if value in _HIGH_CODES and max(ordinary) <= 11}
    symmetric = 0 in ordinary and negative and max(ordinary) <= 5 and min(negative) >= -5 and len(negative) > 1
    return frozenset(high if symmetric else negative | high)


def _are_strays(strays: frozenset[float], answers: Mapping[float, int], low: float, high: float) -> bool:
    total = sum(answers.values())
    if (low, high) not in _MAY_HAVE_STRAYS or sum(answers[value] for value in strays) > _STRAY_SHARE * total:
        return False
    for value in strays:
        end, inward = (high, -1) if value > high else (low, 1)
        at_end = answers.get(end, 0)
        if at_end < _FILLED_END * total or answers[value] > _STRAY_AT_END * at_end:
            return False
        tail = _next_in_tail([answers.get(end + step * inward, 0) for step in (2, 1, 0)])
        if tail > 10 and answers[value] > _STRAY_OF_TAIL * tail:
            return False
    return True


def _next_in_tail(counts: list[int]) -> float:
    """
    What the next option would hold if a bell went on beyond the last of three counts: its logarithm is a parabola.

    >>> round(_next_in_tail([380, 240, 67]))
    8
    """
    third, second, end = (max(count, 1) for count in counts)
    ratio = end / second
    return end * min(ratio, 1.0) * min(ratio / (second / third), 1.0)
