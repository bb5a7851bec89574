"""
Labels: names beside marks where they do not lie on each other or on other marks.

Greedy: each name takes the first free place around its mark; one that finds none is left to the hover text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 7.0, 16.0  # px, of the small letters
PLACES = ("right", "left", "above", "below")


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
    The place of each name around its mark: one of `PLACES`, "" where there is none.

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
    width, away = LETTER * len(mark.name), mark.radius + 3
    match place:
        case "right":
            return mark.x + away, mark.y - LINE / 2, mark.x + away + width, mark.y + LINE / 2
        case "left":
            return mark.x - away - width, mark.y - LINE / 2, mark.x - away, mark.y + LINE / 2
        case "above":
            return mark.x - width / 2, mark.y + away, mark.x + width / 2, mark.y + away + LINE
        case _:
            return mark.x - width / 2, mark.y - away - LINE, mark.x + width / 2, mark.y - away


def _hits(box: Box, taken: Sequence[Box]) -> bool:
    left, bottom, right, top = box
    return any(left < t[2] and t[0] < right and bottom < t[3] and t[1] < top for t in taken)
