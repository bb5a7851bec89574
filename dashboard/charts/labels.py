"""
Labels: names beside marks where they do not lie on each other or on other marks.

Greedy: each name takes the first free place around its mark; one that finds none is left to the hover text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 7.0, 16.0  # px, of the small letters
PLACES = {  # name → where the label lies from its mark: across, up
    "right": (1, 0),
    "left": (-1, 0),
    "above": (0, 1),
    "below": (0, -1),
    "above right": (1, 1),
    "below right": (1, -1),
    "above left": (-1, 1),
    "below left": (-1, -1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark at (`x`, `y`), in px, with its `radius`, and the `name` to write beside it."""

    x: float
    y: float
    radius: float
    name: str


Box = tuple[float, float, float, float]  # left, bottom, right, top


def placed(marks: Sequence[Mark], obstacles: Sequence[Mark] = ()) -> list[str]:
    """
    The place of each name around its mark: one of `PLACES`, "" where there is none; the first marks choose first.

    >>> placed([Mark(x=0, y=0, radius=5, name="Alpha"), Mark(x=20, y=0, radius=5, name="Beta")])
    ['left', 'right']
    """
    taken = [_around(mark) for mark in (*marks, *obstacles)]
    found: list[str] = []
    for mark in marks:
        place, box = next(((p, b) for p in PLACES if not _hits(b := _box(mark, p), taken)), ("", None))
        found.append(place)
        if box is not None:
            taken.append(box)
    return found


def _around(mark: Mark) -> Box:
    return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius


def _box(mark: Mark, place: str) -> Box:
    across, up = PLACES[place]
    width, away = LETTER * len(mark.name), mark.radius + 3
    middle_x = mark.x + across * (width / 2 + (0 if up else away))
    middle_y = mark.y + up * (away + LINE / 2)
    return middle_x - width / 2, middle_y - LINE / 2, middle_x + width / 2, middle_y + LINE / 2


def _hits(box: Box, taken: Sequence[Box]) -> bool:
    left, bottom, right, top = box
    return any(left < t[2] and t[0] < right and bottom < t[3] and t[1] < top for t in taken)
