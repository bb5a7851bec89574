"""
Lines, drawn: levels over the periods with their intervals, their names at their ends, and what happened meanwhile.

A period without a figure is a gap that says so, never bridged.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.charts.labels import LETTER, cut
from dashboard.charts.palette import Palette
from dashboard.charts.team_lines import tiers
from dashboard.reports.drawing_parts import (
    LEAD,
    TICK,
    Frame,
    block,
    colour_of,
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
from dashboard.storyline import Line, Lines
from dashboard.wording import drawn_words
from dashboard.wording.app_words import MORE_EVENTS

DODGE = 5.0  # px, so that intervals do not lie on each other
EDGE = 3.0  # points beyond an end of the scale, so that a mark at 0 or 100 is drawn whole
EVENT, PERIOD = 26, 14  # letters
TIER = LEAD + 2  # px
SIDE = 0.36  # periods before the first and after the last


def drawn_lines(plot: Lines, colours: Palette, width: float, height: float) -> str:
    """The levels as an SVG picture of so many px."""
    names = [wrapped(one.name, 126 if width > 460 else 84, 3) for one in plot.lines]
    beside = max([LETTER * len(text) for lines in names for text in lines], default=0.0)
    events = _events(plot, width - 44 - beside - 20)
    above = TIER * (1 + max((tier for _, _, tier in events[0] if tier is not None), default=-1))
    frame = framed(plot, width, height, beside + 20, above)
    ground = hidden(_periods(plot, frame, colours), up_axis(frame, plot.y_title, colours, 6, above))
    marks = [_line(one, at, plot, frame, colours) for at, one in enumerate(plot.lines)]
    ends = hidden(_names(plot, names, frame, colours))
    return picture([ground, hidden(_event_names(events, frame, colours)), *marks, ends], width, height, plot.alt)


def framed(plot: Lines, width: float, height: float, beside: float = 0, above: float = 0) -> Frame:
    """
    The inside of the plot: a period is 1 across, the first at 0, with some room at both ends.

    `beside`, `above`: px for names of lines and of events.
    """
    low, high = plot.levels
    up = (low - EDGE if low <= 0 else low, high + EDGE if high >= 100 else high)
    top = LEAD + 12 + above
    across = (-SIDE, max(len(plot.periods), 1) - 1 + SIDE)
    return Frame(left=44, top=top, right=width - beside, bottom=height - 2 * LEAD - 10, across=across, up=up)


def _periods(plot: Lines, frame: Frame, colours: Palette) -> str:
    """Quiet lines level with the ticks, a tick and its name per period, and the slot of a period without a figure."""
    drawn = [line(frame.left, frame.bottom, frame.right, frame.bottom, colours.line)]
    wide = frame.x(1) - frame.x(0)
    every = math.ceil(max((LETTER * len(part) for p in plot.periods for part in tick(p)), default=0) / wide)
    for at, period in enumerate(plot.periods):
        if every < 2 or at % every == 0:
            drawn.append(line(frame.x(at), frame.bottom, frame.x(at), frame.bottom + TICK, colours.line))
            for row, text in enumerate(tick(period)):
                drawn.append(
                    letters(text, frame.x(at), frame.bottom + TICK + LEAD * (row + 1) - 1, colours.muted, "middle")
                )
        if not any(math.isfinite(one.value[at]) for one in plot.lines):
            drawn.append(_slot(frame.x(at), min(2 * SIDE * wide, 80), frame, colours))
    return "".join(drawn)


def _slot(x: float, wide: float, frame: Frame, colours: Palette) -> str:
    box = {"x": x - wide / 2, "y": frame.top, "width": float(wide), "height": frame.bottom - frame.top}
    words = wrapped(drawn_words.NOT_SHOWN, wide, 3)
    ground = element("rect", **box, fill=colours.line, fill_opacity="0.35")
    return ground + block(words, x, (frame.top + frame.bottom) / 2, colours.muted, "middle")


def tick(period: str) -> list[str]:
    """
    A period as the label of an axis: a quarter on two short lines, anything else as it is, cut when long.

    >>> tick("2026-Q1"), tick("wave 2")
    (['Q1', '2026'], ['wave 2'])
    """
    year, _, quarter = period.partition("-")
    return [quarter, year] if quarter.startswith("Q") and year.isdigit() else [cut(period, PERIOD)]


def _line(one: Line, at: int, plot: Lines, frame: Frame, colours: Palette) -> str:
    """A path per stretch without a gap, an interval and a dot per figure; those of a period stand side by side."""
    shift = (at - (len(plot.lines) - 1) / 2) * 2 * DODGE
    colour = colour_of(one.role, colours)
    places = [(frame.x(period) + shift, frame.y(value)) for period, value in enumerate(one.value)]
    paths = [
        element(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in stretch),
            fill="none",
            stroke=colour,
            stroke_width=2.5,
        )
        for stretch in _stretches(places)
    ]
    marks = [
        told(says, _interval(one, period, x, frame, colour), dot(x, y, 4.5, one.role, colours))
        for period, ((x, y), says) in enumerate(zip(places, said(one, plot), strict=True))
        if math.isfinite(y)
    ]
    return hidden(*paths) + "".join(marks)


def _stretches(places: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    for known, stretch in groupby(places, key=lambda place: math.isfinite(place[1])):
        found = list(stretch)
        if known and len(found) > 1:
            yield found


def _interval(one: Line, period: int, x: float, frame: Frame, colour: str) -> str:
    if not one.low or not math.isfinite(one.low[period] + one.high[period]):
        return ""
    return line(x, frame.y(one.low[period]), x, frame.y(one.high[period]), colour, 1.8, stroke_opacity="0.5")


def said(one: Line, plot: Lines) -> list[str]:
    """What each mark says: whose level in which period, with its interval."""
    ends = zip(one.low, one.high, strict=True) if one.low else iter([(math.nan, math.nan)] * len(one.value))
    return [
        f"{one.name}; {period}: {drawn_words.figure(value, low, high)}"
        for period, value, (low, high) in zip(plot.periods, one.value, ends, strict=True)
    ]


def _names(plot: Lines, names: Sequence[list[str]], frame: Frame, colours: Palette) -> str:
    """Each line's name where it ends, none on another."""
    ends = [
        (frame.y(last), lines, colour_of(one.role, colours))
        for one, lines in zip(plot.lines, names, strict=True)
        if (last := next((v for v in reversed(one.value) if math.isfinite(v)), None)) is not None
    ]
    ends.sort(key=lambda end: end[0])
    tops = apart([middle for middle, _, _ in ends], [LEAD * len(lines) for _, lines, _ in ends])
    return "".join(
        "".join(
            letters(text, frame.right + 8, top + LEAD * (row + 0.75), colour, bold=True)
            for row, text in enumerate(lines)
        )
        for top, (_, lines, colour) in zip(tops, ends, strict=True)
    )


def apart(middles: Sequence[float], heights: Sequence[float]) -> list[float]:
    """
    The upper ends of boxes around these middles (ascending), moved as little as keeps them off each other.

    >>> apart([100, 104], [16, 16])
    [86.0, 102.0]
    """
    tops = [middle - height / 2 for middle, height in zip(middles, heights, strict=True)]
    for at in range(1, len(tops)):
        over = tops[at - 1] + heights[at - 1] - tops[at]
        if over > 0:
            tops[at - 1] -= over / 2
            tops[at] += over / 2
    return tops


Placed = tuple[list[tuple[int, str, int | None]], int]


def _events(plot: Lines, wide: float) -> Placed:
    """(place of the period, name, tier) of each event, and how many names found no room."""
    per_period: dict[int, list[str]] = {}
    for period, name in plot.events:
        if period in plot.periods:
            per_period.setdefault(plot.periods.index(period), []).append(name)
    named = [(at, _together(names)) for at, names in sorted(per_period.items())]
    step = wide / (max(len(plot.periods), 1) - 1 + 2 * SIDE)
    found, left_out = tiers([(at + SIDE) * step for at, _ in named], [LETTER * len(name) for _, name in named])
    return [(at, name, tier) for (at, name), tier in zip(named, found, strict=True)], left_out


def _together(names: Sequence[str]) -> str:
    """
    The first of one period's events, and how many more there are.

    >>> _together(["Joint review", "Joint review", "Training"])
    'Joint review + 1'
    """
    different = list(dict.fromkeys(names))
    return cut(different[0], EVENT) + (f" + {len(different) - 1}" if len(different) > 1 else "")


def _event_names(events: Placed, frame: Frame, colours: Palette) -> str:
    drawn = []
    for at, name, tier in events[0]:
        base = frame.top - 5 - TIER * (tier or 0)
        drawn.append(line(frame.x(at), base + 3, frame.x(at), frame.bottom, colours.neutral, 1, stroke_dasharray="2 3"))
        if tier is not None:
            half = LETTER * len(name) / 2
            x = min(max(frame.x(at), frame.left + half - 36), frame.right + 60 - half)
            drawn.append(letters(name, x, base, colours.muted, "middle"))
    if events[1]:
        drawn.append(letters(MORE_EVENTS.format(more=events[1]), frame.right + 8, frame.top - 5, colours.muted))
    return "".join(drawn)
