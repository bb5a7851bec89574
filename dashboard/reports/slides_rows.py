"""
Rows of figures as a native bar chart: a bar from nothing to the figure, its interval around its end, names at the left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.reports import slides_chart_parts as parts
from dashboard.reports.slides_chart_parts import ACROSS, LETTERS, TICK, UP, Drawn, Span
from dashboard.reports.slides_look import NO_LINE, Look
from dashboard.reports.slides_measure import LINE, Box, Type, cut, lines, width
from dashboard.reports.slides_sheets import Column
from dashboard.reports.slides_xml import clean, tag, val
from dashboard.storyline import Row, Rows
from dashboard.wording import report_words

NAMES = 0.42  # of the chart's width that names take at most
APART = 70.0  # points between the numbers of the axis


def draw(plot: Rows, box: Box, look: Look) -> Drawn:
    """The rows in a chart as large as the box."""
    small = Type(LETTERS, factor=look.factor)
    names = _names(plot, box.width, box.height - 2 * TICK, small)
    left = _left(names, box.width, small)
    along = box.width - left - 22
    high = box.height - TICK - parts.title_height(plot.x_title, along, look) - 12
    inner = Box(left, 4, along, high)
    axis = _axis(plot.rows, inner.width)
    chart = tag(
        "c:barChart",
        val("c:barDir", "bar"),
        val("c:grouping", "clustered"),
        val("c:varyColors", 0),
        _series(plot, names, look),
        val("c:gapWidth", 140),
        val("c:axId", ACROSS),
        val("c:axId", UP),
    )
    code = parts.number_format(axis.step, signed=axis.low < 0)
    axes = (
        parts.category_axis(look, "l", downwards=True, ink=True, skip=_skip(len(names), high)),
        parts.value_axis(
            UP,
            axis,
            plot.x_title,
            look,
            "b",
            code,
            along=along,
            crosses="max",
            grid=True,
            line=False,
            between="between",
            labels="nextTo",
        ),
    )
    return Drawn(parts.frame(parts.plot_area(inner, box.width, box.height, chart, *axes)), _columns(plot))


def _names(plot: Rows, across: float, high: float, small: Type) -> list[str]:
    """Names as they stand at the left: in as many lines as a row has room for; an empty slot says that it is one."""
    rows = max(1, int(high / max(len(plot.rows), 1) / (LETTERS * LINE)))
    written = []
    for row in plot.rows:
        empty = f" ({clean(plot.absent)})" if plot.absent and not math.isfinite(row.value) else ""
        written.append(cut(clean(row.name) + empty, NAMES * across - 16, small, min(rows, 3)))
    return written


def _left(names: Sequence[str], across: float, small: Type) -> float:
    """Points that names take, none more than their share."""
    limit = NAMES * across - 16
    widest = max((width(line, small) for name in names for line in lines(name, limit, small)), default=0)
    return min(widest, limit) + 16


def _skip(rows: int, high: float) -> int:
    """Every how many-th name is written where there is no room for all."""
    return max(1, math.ceil(rows * (LETTERS + 2) / high))


def _axis(rows: Sequence[Row], across: float) -> Span:
    """An axis that holds nothing and every interval."""
    known = [end for row in rows for end in (row.value, row.low, row.high) if math.isfinite(end)]
    return parts.nice(min([*known, 0.0]), max([*known, 0.0]) or 1.0, max(2, int(across / APART)))


def _series(plot: Rows, names: Sequence[str], look: Look) -> str:
    """All rows as one series, each in the colour of its role."""
    paints = [look.of(row.role) for row in plot.rows]
    first = paints[0] if paints else look.neutral
    points = (
        tag("c:dPt", val("c:idx", at), val("c:invertIfNegative", 0), tag("c:spPr", paint.fill(0.75), NO_LINE))
        for at, paint in enumerate(paints)
        if paint != first
    )
    downs, ups = _distances(plot.rows)
    return tag(
        "c:ser",
        val("c:idx", 0),
        val("c:order", 0),
        parts.named(1, plot.x_title),
        tag("c:spPr", first.fill(0.75), NO_LINE),
        val("c:invertIfNegative", 0),
        *points,
        parts.intervals((4, 5), downs, ups, look.ink.line(2), bars=True),
        parts.categories(0, names),
        parts.numbers("c:val", 1, [row.value for row in plot.rows]),
    )


def _distances(rows: Sequence[Row]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far the intervals' ends lie from the figures."""
    return tuple(row.value - row.low for row in rows), tuple(row.high - row.value for row in rows)


def _columns(plot: Rows) -> tuple[Column, ...]:
    downs, ups = _distances(plot.rows)
    return (
        Column(report_words.TEAM_NAME, tuple(row.name for row in plot.rows)),
        Column(plot.x_title, tuple(row.value for row in plot.rows)),
        Column(report_words.LOWER, tuple(row.low for row in plot.rows)),
        Column(report_words.UPPER, tuple(row.high for row in plot.rows)),
        Column(report_words.BELOW, downs),
        Column(report_words.ABOVE, ups),
    )
