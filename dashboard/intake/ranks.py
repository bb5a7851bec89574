"""
Ranks: putting a million texts, or a million rows, in order without comparing them one by one.

Ids are numbers in disguise: `p000123` varies in few places and takes few signs in each. Read as digits of a mixed
radix, with the signs of each place in order as its digits, every id is a number; numbers of a small range are ranked
by marking those that occur and counting the marks below each.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_LONGEST = 16  # signs
_LARGEST = 1 << 24  # numbers; the table of marks has one entry each

Signs = npt.NDArray[np.uint8]


def ranked(ends: npt.NDArray[np.int32], signs: Signs) -> tuple[tuple[str, ...], npt.NDArray[np.int32]] | None:
    """
    The distinct texts in order, and the rank of each text among them; `None` where their range is too large.

    Parameters
    ----------
    ends : (texts + 1,) where each text begins, and the end of the last.
    signs : their ASCII bytes, none NUL.

    >>> ranked(np.array([0, 2, 4, 6], dtype=np.int32), np.frombuffer(b"p3p1p3", dtype=np.uint8))
    (('p1', 'p3'), array([1, 0, 1], dtype=int32))
    """
    lengths = np.diff(ends)
    if lengths.max(initial=0) > _LONGEST:
        return None
    numbers, digits = np.zeros(len(lengths), dtype=np.int32), np.zeros(len(lengths), dtype=np.int32)
    alphabets: list[Signs] = []
    for place in _places(ends, lengths, signs):
        alphabets.append(_to_digits(place, digits))
        if math.prod(map(len, alphabets)) > _LARGEST:
            return None
        if len(alphabets[-1]) > 1:
            numbers *= np.int32(len(alphabets[-1]))
            numbers += digits
    marks = np.zeros(math.prod(map(len, alphabets)), dtype=np.int32)
    marks[numbers] = 1
    present = np.flatnonzero(marks).astype(np.int32)
    np.cumsum(marks, out=marks)
    marks -= 1
    return _texts(present, alphabets), marks.take(numbers)


def _to_digits(place: Signs, digits: npt.NDArray[np.int32]) -> Signs:
    """
    Fill in the digit of each sign at one place, and give the signs that occur, in order.

    The signs of some texts are tried first; only where others occur are all looked at.
    """
    held = np.unique(place[:: max(len(place) // 4096, 1)])
    while True:
        table = np.full(256, -1, dtype=np.int32)
        table[held] = np.arange(len(held))
        table.take(place, out=digits, mode="clip")
        if digits.min(initial=0) >= 0:
            return held
        held = np.flatnonzero(np.bincount(place, minlength=256)).astype(np.uint8)


def _places(ends: npt.NDArray[np.int32], lengths: npt.NDArray[np.int32], signs: Signs) -> list[Signs]:
    """(longest, texts) the first sign of every text, the second …; 0 beyond the end of a shorter one."""
    longest = int(lengths.max(initial=0))
    if (lengths == longest).all():
        return list(np.ascontiguousarray(signs.reshape(-1, longest).T))
    padded = np.concatenate([signs, np.zeros(longest, dtype=np.uint8)])
    starts = ends[:-1]
    return [padded.take(starts + place) * (lengths > place) for place in range(longest)]


def _texts(numbers: npt.NDArray[np.int32], alphabets: list[Signs]) -> tuple[str, ...]:
    """Numbers back to texts."""
    places = []
    for held in reversed(alphabets):
        above = numbers // np.int32(len(held))
        places.append(held[numbers - above * np.int32(len(held))])
        numbers = above
    wide = len(alphabets)
    signs = np.stack(places[::-1], axis=1)
    if signs.min(initial=1) > 0:
        ends = np.arange(0, signs.size + 1, wide, dtype=np.int32)
        array = pa.StringArray.from_buffers(len(signs), pa.py_buffer(ends), pa.py_buffer(signs))
        return tuple(array.to_numpy(zero_copy_only=False).tolist())
    together = signs.tobytes().decode("ascii")
    return tuple(together[start : start + wide].rstrip("\x00") for start in range(0, len(together), wide))


def in_order(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """
    The order that sorts keys (none negative), equal ones as they come.

    Where key and place fit one number together, that number is sorted, which is twice as fast as an indirect sort.

    >>> in_order(np.array([30, 10, 20, 10])).tolist()
    [1, 3, 2, 0]
    """
    bits = max(len(keys) - 1, 1).bit_length()
    if int(keys.max(initial=0)) >= 1 << (63 - bits):
        return np.argsort(keys, kind="stable")
    packed = (keys << bits) | np.arange(len(keys), dtype=np.int64)
    packed.sort()
    return packed & ((1 << bits) - 1)
