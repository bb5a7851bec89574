"""
The map of two figures as a native XY chart: a series per kind of mark, each mark as large as its team, names beside
marks where there is room, the region and its upper edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.charts.labels import LETTER, Mark, cut, placed
from dashboard.reports import slides_chart_parts as parts
from dashboard.reports.slides_chart_parts import ACROSS, LETTERS, TICK, UP, Drawn, Span
from dashboard.reports.slides_look import Look, Paint, mixed
from dashboard.reports.slides_measure import LINE, Box, Type, balanced, width
from dashboard.reports.slides_sheets import Column
from dashboard.reports.slides_xml import clean, tag, val
from dashboard.storyline import Map, Marks, Role
from dashboard.wording import report_words

SMALLEST, LARGEST, USUAL = 7.0, 34.0, 11.0  # points across a mark
GROWTH = 3.4  # points across times the root of respondents, so that the area goes with their number
NAMED = 24  # marks with a name at most
LONGEST = 28  # letters of a name
LONGEST_NAME = 260.0  # points across of the region's name
SIDES = {"right": "r", "left": "l", "above": "t", "below": "b"}
FORMS: dict[Role, str] = {"collective": "diamond", "individual": "circle"}
UNIT = LETTER / (LETTERS * 0.54)  # `placed` measures in the letters of the screen
MOST_ROWS = 3  # of the legend
APART, UPWARDS = 55.0, 32.0  # points between the numbers of an axis


def draw(plot: Map, box: Box, look: Look) -> Drawn:
    """The map in a chart as large as the box."""
    regioned = math.isfinite(plot.gain) and math.isfinite(plot.share)
    rows, lined = _legend_rows(plot, box.width, look)
    inner = _inner(plot, box, rows, look)
    across, up = _spans(plot, inner, regioned)
    series = [
        *_kinds(plot, across, up, inner, regioned, look),
        *(_region(plot, across, up, inner, look) if regioned else []),
    ]
    series.sort(key=lambda each: -len(each.xs))  # LibreOffice loses series that come before a longer one
    drawn = [_drawn(at, each) for at, each in enumerate(series)]
    chart = tag("c:scatterChart", val("c:scatterStyle", "lineMarker"), val("c:varyColors", 0), *drawn, *_axis_ids())
    hidden = [at for at, each in enumerate(series) if each.unnamed or (each.name == plot.line and not lined)]
    legend = (
        parts.legend(Box(0, 0, box.width, rows * TICK + 2), box.width, box.height, look.ink, hidden) if rows else ""
    )
    area = parts.plot_area(inner, box.width, box.height, chart, *_axes(plot, across, up, inner, regioned, look))
    columns = tuple(column for each in series for column in each.columns(plot.x_title))
    return Drawn(parts.frame(area, legend), columns, _corners(plot, across, up, inner, box) if regioned else ())


class Series(NamedTuple):
    """A series: its name, its points and whose they are, how it is drawn, as XML; `unnamed`: not in the legend."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    form: str
    labels: str = ""
    called: tuple[str, ...] = ()
    size: tuple[float, ...] = ()
    unnamed: bool = False

    def columns(self, x_title: str) -> tuple[Column, ...]:
        """The series as it stands in the sheet: names, across, up, respondents."""
        nothing = ("",) * len(self.xs)
        return (
            Column(report_words.TEAM_NAME if any(self.called) else "", self.called or nothing),
            Column(x_title, self.xs),
            Column(self.name, self.ys),
            Column(report_words.RESPONDENTS if self.size else "", self.size or nothing),
        )


def _drawn(at: int, series: Series) -> str:
    """A series as XML; its columns are the `at`-th four."""
    return tag(
        "c:ser",
        val("c:idx", at),
        val("c:order", at),
        parts.named(4 * at + 2, series.name),
        series.form,
        series.labels,
        parts.numbers("c:xVal", 4 * at + 1, series.xs),
        parts.numbers("c:yVal", 4 * at + 2, series.ys),
        val("c:smooth", 0),
    )


def _inner(plot: Map, box: Box, rows: int, look: Look) -> Box:
    """Where the plot itself lies: below the legend, beside and above what the axes say."""
    left = parts.title_height(plot.y_title, 0.6 * box.height, look) + 42
    below = parts.title_height(plot.x_title, box.width - left - 20, look) + TICK + 8
    return Box(left, rows * TICK + 8, box.width - left - 20, box.height - rows * TICK - 8 - below)


def _axes(plot: Map, across: Span, up: Span, inner: Box, regioned: bool, look: Look) -> list[str]:
    crosses = "autoZero" if regioned else "min"
    both = ((ACROSS, across, plot.x_title, "b", inner.width), (UP, up, plot.y_title, "l", inner.height))
    return [
        parts.value_axis(
            number, span, title, look, side, parts.number_format(span.step, regioned), along=along, crosses=crosses
        )
        for number, span, title, side, along in both
    ]


def _kinds(plot: Map, across: Span, up: Span, inner: Box, regioned: bool, look: Look) -> list[Series]:
    """A series per kind of mark, the most marks first: the many quiet ones then lie behind the few loud ones."""
    kinds = sorted(plot.marks, key=lambda marks: -len(marks.x))
    in_the_way = _in_the_way(plot, across, up, inner, look) if regioned else []
    scale = (inner.width / across.length, inner.height / up.length)
    names = _names(kinds, across, up, scale, in_the_way)
    return [_marks(marks, each, look) for marks, each in zip(kinds, names, strict=True)]


def _axis_ids() -> tuple[str, str]:
    return val("c:axId", ACROSS), val("c:axId", UP)


def _legend_rows(plot: Map, across: float, look: Look) -> tuple[int, bool]:
    """Lines that the legend takes, and whether the line is named in it, which is left out where room is short."""
    kinds = [marks.name for marks in plot.marks]
    whole = parts.legend_rows([*kinds, plot.line], across, look) if plot.line else 0
    if plot.line and whole <= MOST_ROWS:
        return whole, True
    return parts.legend_rows(kinds, across, look), False


def _spans(plot: Map, inner: Box, regioned: bool) -> tuple[Span, Span]:
    """Axes that hold every mark; for gains also no change and the corner of the region."""
    xs = [x for marks in plot.marks for x in marks.x if math.isfinite(x)]
    ys = [y for marks in plot.marks for y in marks.y if math.isfinite(y)]
    if not regioned:
        return _own(xs, inner.width / APART), _own(ys, inner.height / UPWARDS)
    across = parts.nice(min([*xs, -plot.gain]) - 1, max([*xs, 2 * plot.gain]) + 1, max(2, int(inner.width / APART)))
    up = parts.nice(
        min([*ys, -1.4 * plot.gain]) - 1, max([*ys, 1.4 * plot.gain]) + 1, max(2, int(inner.height / UPWARDS))
    )
    return across, up


def _own(values: Sequence[float], steps: float) -> Span:
    """An axis for one figure by itself, a little longer than its values."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    spare = 0.06 * (high - low or abs(high) or 1.0)
    return parts.nice(low - spare, high + spare, max(2, int(steps)))


def _sizes(marks: Marks) -> list[float]:
    if not marks.size:
        return [USUAL] * len(marks.x)
    return [min(max(GROWTH * math.sqrt(max(n, 0)), SMALLEST), LARGEST) if n >= 0 else SMALLEST for n in marks.size]


def _names(
    kinds: Sequence[Marks], across: Span, up: Span, scale: tuple[float, float], in_the_way: Sequence[Point]
) -> list[list[tuple[str, str]]]:
    """Where each mark's name stands and as what, a list per kind; the loud kinds choose first."""
    everywhere = [list(_as_marks(marks, across, up, scale)) for marks in kinds]
    order = sorted(range(len(kinds)), key=lambda at: kinds[at].role not in ("flagged", "watched"))
    wanted = [(at, n) for at in order for n, mark in enumerate(everywhere[at]) if mark.name][:NAMED]
    chosen = [everywhere[at][n] for at, n in wanted]
    others = [mark for at, each in enumerate(everywhere) for n, mark in enumerate(each) if (at, n) not in wanted]
    others += [Mark(x=x * UNIT, y=y * UNIT, radius=4 * UNIT, name="") for x, y in in_the_way]
    edges = (0.0, across.length * scale[0] * UNIT + 14)
    found = [[("", "")] * len(each) for each in everywhere]
    for (at, n), (place, name) in zip(wanted, placed(chosen, others, edges, tuple(SIDES)), strict=True):
        if sum(mark.name.startswith(name.removesuffix("…")) for mark in chosen) == 1:  # else it names nobody
            found[at][n] = place, name
    return found


Point = tuple[float, float]


def _in_the_way(plot: Map, across: Span, up: Span, inner: Box, look: Look) -> list[Point]:
    """Points along the line and over the name of the region, from the lower left corner of the plot."""
    x_scale, y_scale = inner.width / across.length, inner.height / up.length
    end = _end(plot, across, up)
    steps = max(2, int(end * x_scale / 6))
    line = [(end * n / steps, end * n / steps * plot.share) for n in range(steps + 1)]
    found = [((x - across.low) * x_scale, (y - up.low) * y_scale) for x, y in line]
    rows = _region_name(plot, across, inner, look)
    wide = max((width(row, Type(LETTERS, factor=look.factor)) for row in rows), default=0.0)
    for row in range(len(rows)):
        found += [(inner.width - 8 * n, LETTERS * LINE * (row + 0.5)) for n in range(int(wide / 8) + 1)]
    return found


def _end(plot: Map, across: Span, up: Span) -> float:
    """How far across the line runs before it leaves the plot."""
    return min(across.high, up.high / plot.share if plot.share > 0 else across.high)


def _as_marks(marks: Marks, across: Span, up: Span, scale: tuple[float, float]) -> Iterator[Mark]:
    names = marks.names or ("",) * len(marks.x)
    for x, y, size, name in zip(marks.x, marks.y, _sizes(marks), names, strict=True):
        place = {"x": (x - across.low) * scale[0] * UNIT, "y": (y - up.low) * scale[1] * UNIT}
        yield Mark(**place, radius=size / 2 * UNIT, name=cut(clean(name), LONGEST))


def _marks(marks: Marks, names: Sequence[tuple[str, str]], look: Look) -> Series:
    """A kind of marks as a series."""
    sizes = _sizes(marks)
    usual = sizes[0] if sizes else USUAL
    written = [parts.label(n, [name], look.ink, SIDES[place]) for n, (place, name) in enumerate(names) if place]
    points = (
        tag("c:dPt", val("c:idx", n), _form(marks.role, size, look), val("c:bubble3D", 0))
        for n, size in enumerate(sizes)
        if size != usual
    )
    form = parts.unseen() + _form(marks.role, usual, look) + "".join(points)
    called = _called(marks)
    return Series(marks.name, marks.x, marks.y, form, parts.labels(*written), called, marks.size)


def _form(role: Role, size: float, look: Look) -> str:
    """
    Filled: flagged. A ring: worth a conversation. Grey: neither; a grey ring: not judged. LibreOffice draws no ring, so
    the inside of one is tinted.
    """
    paint, symbol = look.of(role), FORMS.get(role, "circle")
    if role in ("watched", "unjudged"):
        inside = Paint(mixed(paint.value, look.background.value, 0.6)).fill()
        return parts.marker(symbol, size, inside, paint.line(2.25 if role == "watched" else 1.5))
    return parts.marker(symbol, size, paint.fill(0.6 if role == "quiet" else 0.9), look.background.line(0.75))


def _called(marks: Marks) -> tuple[str, ...]:
    """Whose each mark is, as far as it is known."""
    nobody = ("",) * len(marks.x)
    return tuple(own or name for own, name in zip(marks.called or nobody, marks.names or nobody, strict=True))


def _region(plot: Map, across: Span, up: Span, inner: Box, look: Look) -> list[Series]:
    """The upper edge of the region as a line from no change on, and the region's name in its lower corner."""
    end = _end(plot, across, up)
    line = tag("c:spPr", look.accent.line(1.75, "dash")) + parts.no_marker()
    edge = Series(plot.line, (0.0, end), (0.0, end * plot.share), line, unnamed=not plot.line)
    if not plot.region:
        return [edge]
    rows = _region_name(plot, across, inner, look)
    high = len(rows) * LETTERS * LINE / inner.height * up.length
    place = ((across.high - 0.01 * across.length,), (up.low + 0.01 * up.length + 0.5 * high,))
    text = parts.labels(parts.label(0, rows, look.accent, "l"))
    return [edge, Series(plot.region, *place, parts.unseen() + parts.no_marker(), text, unnamed=True)]


def _region_name(plot: Map, across: Span, inner: Box, look: Look) -> list[str]:
    """The region's name in lines that lie inside it; where room is short what it says first."""
    found = _region_rows(plot.region, plot, across, inner, look)
    if len(found) * LETTERS * LINE > 0.4 * inner.height:
        return _region_rows(plot.region.partition(":")[0], plot, across, inner, look)[:2]
    return found


def _region_rows(text: str, plot: Map, across: Span, inner: Box, look: Look) -> list[str]:
    room = min((across.high - plot.gain) / across.length * inner.width - 16, LONGEST_NAME)
    return balanced(clean(text), room, Type(LETTERS, factor=look.factor))


def _corners(plot: Map, across: Span, up: Span, inner: Box, box: Box) -> tuple[tuple[float, float], ...]:
    """The region's corners in shares of the chart, clipped to the axes."""
    end = _end(plot, across, up)
    corners = [(plot.gain, plot.share * plot.gain), (end, plot.share * end)]
    corners += [(across.high, up.high)] * (end < across.high) + [(across.high, up.low), (plot.gain, up.low)]
    return tuple(
        (
            (inner.left + (x - across.low) / across.length * inner.width) / box.width,
            (inner.top + (up.high - y) / up.length * inner.height) / box.height,
        )
        for x, y in corners
    )
