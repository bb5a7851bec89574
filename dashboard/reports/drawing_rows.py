"""
Rows, drawn: a figure with its interval in the row of its name, the line of nothing at 0, the figure as written beside.
"""

from __future__ import annotations

import math
from dataclasses import replace

from dashboard.charts.labels import LETTER, LINE
from dashboard.charts.palette import Palette
from dashboard.reports.drawing_parts import (
    LEAD,
    Frame,
    Span,
    across_axis,
    block,
    colour_of,
    dot,
    element,
    hidden,
    letters,
    line,
    picture,
    told,
    wrapped,
)
from dashboard.storyline import Row, Rows
from dashboard.wording import drawn_words

LEAST, MOST = 22.0, 52.0  # px from row to row
BELOW = 2 * LEAD + 14  # px for the axis
NAMES = 0.36  # of the width, at most, for the names
NARROW = 460  # px; on less, the name and the figure stand above their mark
STACKED = 48.0  # px from row to row then


def drawn_rows(plot: Rows, colours: Palette, width: float, height: float) -> str:
    """The rows as an SVG picture, as high as they need and else at most `height` px."""
    frame = framed(plot, width, height)
    axis = across_axis(frame, plot.x_title, colours, 6 if width > 460 else 4)
    zero = line(frame.x(0), frame.top, frame.x(0), frame.bottom, colours.neutral)
    rows = [_row(row, at, plot, width, frame, colours) for at, row in enumerate(plot.rows)]
    return picture([hidden(axis, zero), *rows], width, frame.bottom + _below(plot, frame), plot.alt)


def framed(plot: Rows, width: float, height: float) -> Frame:
    """The inside of the plot; a row is 1 down, the first at 0."""
    count = max(len(plot.rows), 1)
    inside = Frame(
        left=6, right=width - 6, top=6, bottom=6 + STACKED * count, across=span(plot), up=(count - 0.5, -0.5)
    )
    if width < NARROW:
        return inside
    left = min(LETTER * max((len(row.name) for row in plot.rows), default=0) + 12, NAMES * width)
    right = width - LETTER * max((len(text) for text in said(plot)), default=0) - 8
    inside = replace(inside, left=left, right=right)
    step = min(max((height - 6 - _below(plot, inside)) / count, LEAST, LINE * _deepest(plot, left) + 4), MOST)
    return replace(inside, bottom=6 + step * count)


def _below(plot: Rows, frame: Frame) -> float:
    return BELOW + LEAD * (len(wrapped(plot.x_title, frame.right - 4, 2)) - 1)


def _deepest(plot: Rows, left: float) -> int:
    return max((len(wrapped(row.name, left - 12, 2)) for row in plot.rows), default=1)


def span(plot: Rows) -> Span:
    """An axis that holds every figure, every interval and 0, with room at both ends."""
    known = [v for row in plot.rows for v in (row.value, row.low, row.high) if math.isfinite(v)]
    low, high = min([*known, 0.0]), max([*known, 0.0])
    room = 0.05 * (high - low or 1.0)
    return low - room, high + room


def said(plot: Rows) -> list[str]:
    """
    Each row's figure with its interval as the screen writes it: points whole and with their sign, slopes with two
    places; what is not shown says so in its slot instead.
    """
    places = drawn_words.digits(*span(plot))
    change = places == 0
    return [
        drawn_words.figure(row.value, row.low, row.high, places, change) if math.isfinite(row.value) else ""
        for row in plot.rows
    ]


def _row(row: Row, at: int, plot: Rows, width: float, frame: Frame, colours: Palette) -> str:
    """The name, the interval, the mark and the figure of one row, or its empty slot."""
    written, stacked = said(plot)[at], width < NARROW
    y = frame.y(at) + (10 if stacked else 0)
    beside = _above if stacked else _beside
    words = beside(row, written, y, frame, colours)
    if not math.isfinite(row.value):
        return told(f"{row.name}; {_absent(plot)}", words, _slot(y, plot, frame, colours))
    mark = dot(frame.x(row.value), y, 5.5, row.role, colours)
    return told(f"{row.name}; {plot.x_title}: {written}", words, _interval(row, y, frame, colours), mark)


def _beside(row: Row, written: str, y: float, frame: Frame, colours: Palette) -> str:
    names = wrapped(row.name, frame.left - 12, 2)
    name = block(names, frame.left - 12, y + 4 - LEAD / 2 * (len(names) - 1), colours.ink, "end")
    return name + (letters(written, frame.right + 8, y + 4, colours.ink) if written else "")


def _above(row: Row, written: str, y: float, frame: Frame, colours: Palette) -> str:
    room = frame.right - frame.left - LETTER * len(written) - 8
    name = letters(wrapped(row.name, room, 1)[0], frame.left, y - 16, colours.ink)
    return name + (letters(written, frame.right, y - 16, colours.ink, "end") if written else "")


def _interval(row: Row, y: float, frame: Frame, colours: Palette) -> str:
    if not math.isfinite(row.low + row.high):
        return ""
    return line(frame.x(row.low), y, frame.x(row.high), y, colour_of(row.role, colours), 2.5, stroke_opacity="0.6")


def _absent(plot: Rows) -> str:
    return plot.absent or drawn_words.NOT_SHOWN


def _slot(y: float, plot: Rows, frame: Frame, colours: Palette) -> str:
    """An empty slot that says why it is empty."""
    high = LEAST - 4
    box = {"x": frame.left, "y": y - high / 2, "width": frame.right - frame.left, "height": high}
    ground = element("rect", **box, fill=colours.background)
    ground += element("rect", **box, fill=colours.line, fill_opacity="0.35")
    text = wrapped(_absent(plot), frame.right - frame.left - 12, 1)[0]
    return ground + letters(text, frame.left + 8, y + 4, colours.muted)
