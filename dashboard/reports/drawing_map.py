"""
Map, drawn: two figures of every team against each other, with the region and the line that carry the question.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import itemgetter

import numpy as np

from dashboard.charts.labels import LETTER, LINE, Mark, cut, placed, touching
from dashboard.charts.palette import Palette
from dashboard.reports.drawing_parts import (
    LEAD,
    SMALL,
    Frame,
    Span,
    across_axis,
    block,
    dot,
    element,
    hidden,
    letters,
    line,
    picture,
    told,
    up_axis,
    wrapped,
)
from dashboard.storyline import Map, Marks
from dashboard.wording import drawn_words

LONGEST, SHORTEST, ENDING = 28, 20, 20  # letters of a name on the chart, those that tell it apart, its last words
NAMED = 40  # marks that may carry a name
ROOM = 2.0  # of the figures, around the outermost marks of a map of gains
PLAIN = 4.5  # px, radius of marks that say nothing of how many answered
LOUD = ("flagged", "watched")
PARTS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the compounding line, where its name may end


def drawn_map(plot: Map, colours: Palette, width: float, height: float) -> str:
    """
    The map as an SVG picture of so many px.

    With a region both axes have the same unit and the same scale, so that a line at 45° is what is shared in full.
    """
    frame = framed(plot, width, height)
    names = Names(plot, frame)
    ground = _nothing(frame, colours) if math.isnan(plot.gain) else _region(plot, frame, colours)
    axes = across_axis(frame, plot.x_title, colours, _ticks(width)) + up_axis(frame, plot.y_title, colours, 6)
    marks = [_marks(kind, plot, frame, colours) for kind in _in_order(plot.marks)]
    return picture([hidden(ground, axes), *marks, hidden(*names.drawn(plot, colours))], width, height, plot.alt)


def framed(plot: Map, width: float, height: float) -> Frame:
    """The inside of the plot and what its ends stand for; both axes to one scale where there is a region."""
    above = LEAD * len(wrapped(plot.y_title, width - 12, 2)) + 8
    below = 2 * LEAD + 12 + LEAD * (len(wrapped(plot.x_title, width - 16, 2)) - 1)
    sides = {"left": 44.0, "top": float(above), "right": width - 12.0, "bottom": float(height - below)}
    across, up = _spans(plot)
    if math.isnan(plot.gain):
        return Frame(**sides, across=across, up=up)
    wide, high = sides["right"] - sides["left"], sides["bottom"] - sides["top"]
    scale = min(wide / (across[1] - across[0]), high / (up[1] - up[0]))
    return Frame(**sides, across=_widened(across, wide / scale), up=_widened(up, high / scale))


def _spans(plot: Map) -> tuple[Span, Span]:
    xs, ys = (np.concatenate([getattr(kind, axis) for kind in plot.marks] or [[]]) for axis in ("x", "y"))
    if math.isnan(plot.gain):
        return _around(xs), _around(ys)
    gain = plot.gain
    return _held(xs, -gain, 2 * gain), _held(ys, -1.4 * gain, 1.4 * gain)


def _held(values: np.ndarray, low: float, high: float) -> Span:
    """A span that holds all figures, no change, and the corner of the region."""
    return float(values.min(initial=low)) - ROOM, float(values.max(initial=high)) + ROOM


def _around(values: np.ndarray) -> Span:
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def _widened(span: Span, wanted: float) -> Span:
    more = (wanted - (span[1] - span[0])) / 2
    return span[0] - more, span[1] + more


def _ticks(width: float) -> int:
    return 8 if width > 460 else 5


def _nothing(frame: Frame, colours: Palette) -> str:
    """The lines of no change, where they are within the plot."""
    lines = []
    if frame.up[0] < 0 < frame.up[1]:
        lines.append(line(frame.left, frame.y(0), frame.right, frame.y(0), colours.line))
    if frame.across[0] < 0 < frame.across[1] and not frame.up[0] > 0:
        lines.append(line(frame.x(0), frame.top, frame.x(0), frame.bottom, colours.line))
    return "".join(lines)


def _region(plot: Map, frame: Frame, colours: Palette) -> str:
    corners = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in region(plot, frame))
    x, y = _exit(plot, frame)
    slope = line(frame.x(0), frame.y(0), frame.x(x), frame.y(y), colours.accent, 1.5, stroke_dasharray="6 4")
    return element("polygon", points=corners, fill=colours.region) + _nothing(frame, colours) + slope


def region(plot: Map, frame: Frame) -> list[tuple[float, float]]:
    """
    The corners of the region within the plot, in figures: right of the gain that counts, below the line.

    >>> plot = Map(marks=(), x_title="", y_title="", alt="", gain=5.0, share=0.5)
    >>> frame = Frame(left=0, top=0, right=1, bottom=1, across=(-10, 30), up=(-10, 12))
    >>> region(plot, frame)
    [(5.0, -10), (5.0, 2.5), (24.0, 12), (30, 12), (30, -10)]
    """
    right, bottom = frame.across[1], frame.up[0]
    x, y = _exit(plot, frame)
    edge = [(plot.gain, plot.share * plot.gain), (x, y), (right, y)]
    return [(plot.gain, bottom), *dict.fromkeys(edge if x < right else edge[:2]), (right, bottom)]


def _exit(plot: Map, frame: Frame) -> tuple[float, float]:
    """Where the compounding line leaves the plot: at the right, or at the top."""
    right, top = frame.across[1], frame.up[1]
    return (right, plot.share * right) if plot.share * right <= top else (top / plot.share, top)


def _in_order(marks: Sequence[Marks]) -> list[Marks]:
    """Loud marks lie on quiet ones."""
    order = {"watched": 1, "flagged": 2}
    return sorted(marks, key=lambda kind: order.get(kind.role, 0))


def _marks(kind: Marks, plot: Map, frame: Frame, colours: Palette) -> str:
    drawn = [
        told(says, dot(frame.x(x), frame.y(y), radius, kind.role, colours))
        for x, y, radius, says in zip(kind.x, kind.y, radii(kind), said(kind, plot), strict=True)
    ]
    return "".join(drawn)


def radii(kind: Marks) -> list[float]:
    """px: the area goes with the number of respondents, as on the screen."""
    if not kind.size:
        return [PLAIN] * len(kind.x)
    return [float(np.clip(2.1 * math.sqrt(size), 3.5, 20)) for size in kind.size]


def said(kind: Marks, plot: Map) -> list[str]:
    """What each mark says: its name, its two figures, how many answered."""
    places = plot_digits(plot)
    change = not math.isnan(plot.gain)
    rows = []
    for at, (x, y) in enumerate(zip(kind.x, kind.y, strict=True)):
        figures = (
            f"{title}: {drawn_words.figure(value, places=digits, change=change)}"
            for title, value, digits in zip((plot.x_title, plot.y_title), (x, y), places, strict=True)
        )
        size = [drawn_words.answered(kind.size[at])] if kind.size else []
        rows.append("; ".join([whose(kind, at), *figures, *size]))
    return rows


def whose(kind: Marks, at: int) -> str:
    """Whose a mark is; of what kind, where that is not told."""
    called = kind.called or kind.names
    return called[at] if called else kind.name


def told_apart(names: Sequence[str]) -> list[str]:
    """
    Names short enough for the chart: their beginnings, or their last words where beginnings would be the same.

    >>> told_apart(["Atlas", "Department of Shared Services, Squad 7", "Department of Shared Services, Squad 12"])
    ['Atlas', '… Services, Squad 7', '… Services, Squad 12']
    """
    begun = Counter(cut(name, SHORTEST) for name in set(names))
    return [cut(name, LONGEST) if begun[cut(name, SHORTEST)] < 2 else _last_words(name) for name in names]


def _last_words(name: str) -> str:
    if len(name) <= SHORTEST:
        return name
    words = name.split(" ")
    end = words[-1][-ENDING:]
    for word in reversed(words[:-1]):
        if len(word) + len(end) >= ENDING:
            break
        end = f"{word} {end}"
    return f"… {end}"


def plot_digits(plot: Map) -> tuple[int, int]:
    """Places behind the dot across and up; gains are whole points, as on the screen."""
    if not math.isnan(plot.gain):
        return 0, 0
    across, up = _spans(plot)
    return drawn_words.digits(*across), drawn_words.digits(*up)


class Names:
    """Where names stand: of the region, of the line, of marks; none on another."""

    def __init__(self, plot: Map, frame: Frame) -> None:
        self.frame = frame
        self.marks = [mark for kind in plot.marks for mark in _as_marks(kind, frame)]
        self.region = self._region(plot)
        self.line = self._line(plot)
        self.teams = self._teams(plot)

    def drawn(self, plot: Map, colours: Palette) -> list[str]:
        """All names as elements."""
        found = []
        if self.region:
            lines, x, y = self.region
            found.append(block(lines, x, y, colours.accent, "end", bold_first=True))
        if self.line:
            found.append(letters(plot.line, *self.line, colours.accent, "end"))
        return found + [_beside(mark, place, name, colours) for mark, place, name in self.teams]

    def _region(self, plot: Map) -> tuple[list[str], float, float] | None:
        """In the lower right corner of the region: its lines, the right end and the base line of the first."""
        if not plot.region or math.isnan(plot.gain):
            return None
        room = self.frame.right - self.frame.x(plot.gain) - 8
        name, _, meaning = plot.region.partition(": ")
        lines = [part for text in (name, meaning) if text for part in wrapped(text, min(room, 200), 4)]
        return lines, self.frame.right - 6, self.frame.bottom - 8 - LEAD * (len(lines) - 1)

    def _line(self, plot: Map) -> tuple[float, float] | None:
        """Level, above the line, ending where it covers fewest marks: its right end and its base line."""
        if not plot.line or math.isnan(plot.gain):
            return None
        x, _ = _exit(plot, self.frame)
        wide = LETTER * len(plot.line)
        tried = []
        for part in PARTS:
            right = max(self.frame.x(part * x), self.frame.left + wide)
            base = self.frame.y(plot.share * part * x) - 6
            spaces = _spaces(right, base, wide)
            if base > self.frame.top + LEAD:
                tried.append((touching(spaces, self.marks), right, base))
        return min(tried, key=itemgetter(0))[1:] if tried else None

    def _teams(self, plot: Map) -> list[tuple[Mark, str, str]]:
        kinds = [kind for kind in reversed(_in_order(plot.marks)) if kind.names]
        loud = [kind for kind in kinds if kind.role in LOUD]
        named = [m for kind in loud or kinds for m in _as_marks(kind, self.frame)]
        if len(named) > NAMED:
            return []
        taken = [*self.marks, *self._taken(plot)]
        others = [mark for mark in taken if mark not in named]
        named = [replace(m, name=name) for m, name in zip(named, told_apart([m.name for m in named]), strict=True)]
        edges = (self.frame.left, self.frame.right + 8)
        found = max((placed(named, [*others, *more], edges) for more in (self._along(plot), [])), key=_in_full(named))
        both = [(mark, place, name) for mark, (place, name) in zip(named, found, strict=True) if name]
        return [one for one in both if one[2] == one[0].name or not one[2].startswith("…")]

    def _along(self, plot: Map) -> list[Mark]:
        """The compounding line as a row of marks; names keep off it where they need not be cut for it."""
        if math.isnan(plot.gain):
            return []
        x, y = _exit(plot, self.frame)
        return [
            Mark(x=self.frame.x(part * x), y=-self.frame.y(part * y), radius=2, name="")
            for part in np.linspace(0, 1, 80)
        ]

    def _taken(self, plot: Map) -> list[Mark]:
        """The spaces that the other names fill."""
        spaces = _spaces(*self.line, LETTER * len(plot.line)) if self.line else []
        if self.region:
            lines, x, y = self.region
            spaces += [s for at, text in enumerate(lines) for s in _spaces(x, y + LEAD * at, LETTER * len(text))]
        return spaces


def _in_full(marks: Sequence[Mark]) -> Callable[[list[tuple[str, str]]], int]:
    """How many names are written and not cut."""
    return lambda found: sum(name == mark.name for mark, (_, name) in zip(marks, found, strict=True))


def _spaces(right: float, base: float, wide: float) -> list[Mark]:
    """The space of a line of letters as a row of squares."""
    return [
        Mark(x=float(x), y=-(base - LINE / 3), radius=LINE / 2, name="")
        for x in np.arange(right - wide + LINE / 2, right, LINE)
    ]


def _as_marks(kind: Marks, frame: Frame) -> list[Mark]:
    names = kind.names or ("",) * len(kind.x)
    return [
        Mark(x=frame.x(x), y=-frame.y(y), radius=radius, name=name)
        for x, y, radius, name in zip(kind.x, kind.y, radii(kind), names, strict=True)
    ]


def _beside(mark: Mark, place: str, name: str, colours: Palette) -> str:
    """A name at its place around its mark."""
    away = mark.radius + 3
    across = 1 if "right" in place else -1 if "left" in place else 0
    up = 1 if "above" in place else -1 if "below" in place else 0
    x = mark.x + across * (0 if up else away)
    y = -mark.y + SMALL / 3 - up * (away + LINE / 2)
    return letters(name, x, y, colours.ink, {1: "start", -1: "end", 0: "middle"}[across])
