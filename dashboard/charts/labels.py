"""
Labels: names beside marks where they do not lie on each other or on other marks.

Greedy: each name takes the first free place around its mark; one that finds none is cut, and at last left to the
hover text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

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
Boxes = npt.NDArray[np.float64]  # (boxes, 4)


SHORTER = (20, 14, 10)  # letters that a name is cut to, one after the other, before it is given up


def placed(
    marks: Sequence[Mark],
    obstacles: Sequence[Mark] = (),
    edges: tuple[float, float] = (-inf, inf),
    places: Sequence[str] = tuple(PLACES),
) -> list[tuple[str, str]]:
    """
    Where each name stands around its mark, one of `PLACES`, and as what: cut where only less of it fits.

    ("", "") where there is no room at all. The first marks choose first. `edges`: px, the left and the right end of the
    picture, which no name may cross. `places`: those that can be drawn.

    >>> placed([Mark(x=0, y=0, radius=5, name="Alpha"), Mark(x=20, y=0, radius=5, name="Beta")])
    [('left', 'Alpha'), ('right', 'Beta')]
    """
    taken = _squares((*marks, *obstacles))
    found: list[tuple[str, str]] = []
    for mark in marks:
        tried = ((place, name, _box(mark, place, len(name))) for name in _shorter(mark.name) for place in places)
        free = next((one for one in tried if _inside(one[2], edges) and not _hits(one[2], taken).any()), None)
        found.append(free[:2] if free else ("", ""))
        if free is not None:
            taken = np.vstack([taken, free[2]])
    return found


def touching(space: Sequence[Mark], marks: Sequence[Mark]) -> int:
    """
    How many marks of a space touch another mark, by the squares around them.

    >>> touching([Mark(x=0, y=0, radius=5, name=""), Mark(x=30, y=0, radius=5, name="")],
    ...          [Mark(x=8, y=0, radius=5, name="")])
    1
    """
    if not space or not marks:
        return 0
    return int(_hits(_squares(space)[:, None, :], _squares(marks)).any(axis=1).sum())


def cut(name: str, letters: int) -> str:
    """
    A name in at most so many letters.

    >>> cut("Test Automation", 20), cut("Test Automation", 10)
    ('Test Automation', 'Test Auto…')
    """
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def _shorter(name: str) -> list[str]:
    return list(dict.fromkeys([name, *(cut(name, letters) for letters in SHORTER)]))


def _squares(marks: Sequence[Mark]) -> Boxes:
    centres = np.array([(mark.x, mark.y, mark.x, mark.y) for mark in marks], dtype=float).reshape(-1, 4)
    return centres + np.array([[-1, -1, 1, 1]]) * np.array([mark.radius for mark in marks], dtype=float)[:, None]


def _box(mark: Mark, place: str, letters: int) -> Box:
    across, up = PLACES[place]
    width, away = LETTER * letters, mark.radius + 3
    middle_x = mark.x + across * (width / 2 + (0 if up else away))
    middle_y = mark.y + up * (away + LINE / 2)
    return middle_x - width / 2, middle_y - LINE / 2, middle_x + width / 2, middle_y + LINE / 2


def _inside(box: Box, edges: tuple[float, float]) -> bool:
    return edges[0] <= box[0] and box[2] <= edges[1]


def _hits(boxes: Box | Boxes, taken: Boxes) -> npt.NDArray[np.bool_]:
    """Whether each box overlaps each of the taken ones."""
    left, bottom, right, top = np.moveaxis(np.asarray(boxes), -1, 0)
    return (left < taken[:, 2]) & (taken[:, 0] < right) & (bottom < taken[:, 3]) & (taken[:, 1] < top)
