"""
Levels over the periods as a native line chart: each line named at its end, intervals around its points, events above.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.reports import slides_chart_parts as parts
from dashboard.reports.slides_chart_parts import ACROSS, LETTERS, TICK, UP, Drawn, Span
from dashboard.reports.slides_look import NO_LINE, Look
from dashboard.reports.slides_measure import Box, Type, cut, lines, width
from dashboard.reports.slides_sheets import Column
from dashboard.reports.slides_xml import clean, tag, val
from dashboard.storyline import Line, Lines
from dashboard.wording import report_words

NAME = 104.0  # points right of the plot for the names of lines, at most
TIERS, TIER = 4, 22.0  # heights at which events stand, points from one to the next
EVENT = 230.0  # points across that the name of an event takes at most
PER_LINE = 5  # columns of the sheet
ROOMY = 420.0  # points across from which on names stand beside their lines
FORMS = {"individual": "circle", "collective": "diamond"}


class Event(NamedTuple):
    """What happened in a period, as written, and the tier it stands on; `place`: r, l or t of the period's line."""

    period: int
    name: str
    tier: int
    place: str


def draw(plot: Lines, box: Box, look: Look) -> Drawn:
    """The lines in a chart as large as the box."""
    beside = box.width >= ROOMY
    names = [_ended(line.name, look) if beside else [] for line in plot.lines]
    inner = _inner(plot, names, box, look)
    events = _events(plot, inner.width, look)
    axis = _axis(plot, max((event.tier + 1 for event in events), default=0), inner.height)
    shifts = _shifts(plot, names, axis, inner)
    series = [
        _line(at, plot, parts.labels(_name(line, rows, shift / box.height, look)) if beside else "", look)
        for at, (line, rows, shift) in enumerate(zip(plot.lines, names, shifts, strict=True))
    ]
    columns = [Column("", tuple(map(clean, plot.periods))), *(c for line in plot.lines for c in _columns(line))]
    if events:
        series.append(_happened(plot, events, axis, look))
        columns += _event_columns(plot, events, axis)
    axes = (
        parts.category_axis(look, "b", _skip(plot, inner, look)),
        parts.value_axis(UP, axis, plot.y_title, look, "l", _code(plot), along=inner.height, between="between"),
    )
    area = parts.plot_area(inner, box.width, box.height, _chart(series), *axes)
    return Drawn(parts.frame(area, "" if beside else _legend(plot, bool(events), box, look)), tuple(columns))


def _inner(plot: Lines, names: Sequence[Sequence[str]], box: Box, look: Look) -> Box:
    """Where the plot itself lies: left of the names of its lines, or below them."""
    left = parts.title_height(plot.y_title, box.height, look) + 34
    right = max((width(row, _bold(look)) for rows in names for row in rows), default=-8) + 26
    top = 8 if any(names) else parts.legend_rows(_called(plot), box.width, look) * TICK + 8
    return Box(left, top, box.width - left - right, box.height - 2 * TICK + 4 - top)


def _legend(plot: Lines, events: bool, box: Box, look: Look) -> str:
    """What each line is, above the plot, where there is no room beside it."""
    hidden = [len(plot.lines)] if events else []
    rows = parts.legend_rows(_called(plot), box.width, look)
    place = Box(0, 0, box.width, rows * TICK)
    return parts.legend(place, box.width, box.height, look.ink, hidden) if rows else ""


def _called(plot: Lines) -> list[str]:
    return [line.name for line in plot.lines]


def _chart(series: Sequence[str]) -> str:
    how = (val("c:grouping", "standard"), val("c:varyColors", 0))
    return tag("c:lineChart", *how, *series, val("c:marker", 1), val("c:axId", ACROSS), val("c:axId", UP))


def _bold(look: Look) -> Type:
    return Type(LETTERS, bold=True, factor=look.factor)


def _ended(name: str, look: Look) -> list[str]:
    """A line's name as it stands at its end, on three lines at most."""
    return lines(cut(clean(name), NAME, _bold(look), 3), NAME, _bold(look))


def _axis(plot: Lines, tiers: int, high: float) -> Span:
    """The common levels, and above them as much room as events need."""
    low, top = plot.levels
    step = 10.0 if top - low <= 60 else 20.0
    return Span(low, top + (top - low) * tiers * TIER / max(high - tiers * TIER, 1), step)


def _code(plot: Lines) -> str:
    """Numbers of the axis, none where only events stand."""
    return f'[>{plot.levels[1]:g}]"";0'


def _skip(plot: Lines, inner: Box, look: Look) -> int:
    """Every how many-th period has its name written, so that none lies on another."""
    widest = max((width(clean(period), Type(LETTERS, factor=look.factor)) for period in plot.periods), default=0) + 8
    return max(1, math.ceil(widest * len(plot.periods) / inner.width))


def _last(line: Line) -> int | None:
    """The last period with a figure."""
    return max((at for at, value in enumerate(line.value) if math.isfinite(value)), default=None)


def _shifts(plot: Lines, names: Sequence[Sequence[str]], axis: Span, inner: Box) -> list[float]:
    """Points down that each name is moved from its line's end, so that none lies on another."""
    ends = [
        (axis.high - line.value[last]) * inner.height / axis.length
        for line in plot.lines
        if (last := _last(line)) is not None
    ]
    known = [at for at, line in enumerate(plot.lines) if _last(line) is not None]
    found, below = [0.0] * len(plot.lines), -math.inf
    for end, at in sorted(zip(ends, known, strict=True)):
        half = len(names[at]) * LETTERS * 0.6
        middle = max(end, below + half)
        found[at], below = middle - end, middle + half
    spare = max(found) / 2 if len(known) > 1 else 0.0  # half of the way each
    return [shift - spare if at in known else 0.0 for at, shift in enumerate(found)]


def _name(line: Line, rows: Sequence[str], shift: float, look: Look) -> str:
    """The line's name at its last figure."""
    last = _last(line)
    if last is None:
        return ""
    moved = (0.0, shift) if abs(shift) > 1e-4 else None
    return parts.label(last, rows, look.written(line.role), "r", bold=True, shift=moved)


def _line(at: int, plot: Lines, text: str, look: Look) -> str:
    """A line as a series."""
    line, first = plot.lines[at], 1 + PER_LINE * at
    paint = look.of(line.role)
    around = parts.intervals((first + 3, first + 4), _downs(line), _ups(line), paint.line(2, opacity=0.45))
    return tag(
        "c:ser",
        val("c:idx", at),
        val("c:order", at),
        parts.named(first, line.name),
        tag("c:spPr", paint.line(3)),
        parts.marker(FORMS.get(line.role, "circle"), 9, paint.fill(), paint.line(0.75)),
        text,
        around if line.low else "",
        parts.categories(0, plot.periods),
        parts.numbers("c:val", first, line.value),
        val("c:smooth", 0),
    )


def _downs(line: Line) -> tuple[float, ...]:
    return tuple(_distance(end, value) for value, end in zip(line.value, line.low, strict=False))


def _ups(line: Line) -> tuple[float, ...]:
    return tuple(_distance(value, end) for value, end in zip(line.value, line.high, strict=False))


def _distance(low: float, high: float) -> float:
    return max(0.0, high - low) if math.isfinite(high - low) else math.nan


def _columns(line: Line) -> tuple[Column, ...]:
    """A line as it stands in the sheet: values, ends of the intervals, and how far they are."""
    nothing = (math.nan,) * len(line.value)
    return (
        Column(line.name, line.value),
        Column(report_words.LOWER, line.low or nothing),
        Column(report_words.UPPER, line.high or nothing),
        Column(report_words.BELOW, _downs(line) or nothing),
        Column(report_words.ABOVE, _ups(line) or nothing),
    )


def _events(plot: Lines, across: float, look: Look) -> list[Event]:
    """Events of each period on the lowest tier where they cover no other; what finds no tier has its line only."""
    small = Type(LETTERS, factor=look.factor)
    ends = [-math.inf] * TIERS
    found = []
    for at, period in enumerate(plot.periods):
        names = list(dict.fromkeys(clean(name) for when, name in plot.events if when == period))
        if not names:
            continue
        more = f" + {len(names) - 1}" if len(names) > 1 else ""
        name = cut(names[0], EVENT, small, 1) + more
        middle, wide = (at + 0.5) * across / len(plot.periods), width(name, small) + 12
        place, start = _beside(middle, wide, across)
        tier = next((tier for tier, end in enumerate(ends) if start > end), None)
        if tier is not None:
            ends[tier] = start + wide
        found.append(Event(at, name if tier is not None else "", tier or 0, place))
    return found


def _beside(middle: float, wide: float, across: float) -> tuple[str, float]:
    """On which side of its line a name stands so that it stays inside, and where it begins."""
    if middle - wide / 2 < 0:
        return "r", middle
    if middle + wide / 2 > across + 60:  # names of lines stand lower
        return "l", middle - wide
    return "t", middle - wide / 2


def _heights(plot: Lines, events: Sequence[Event], axis: Span) -> tuple[float, ...]:
    """Where the top of each event's line is, a place per period."""
    top = plot.levels[1]
    tiers = max(event.tier for event in events) + 1
    tier = (axis.high - top) / tiers
    at = {event.period: top + tier * (event.tier + (0.1 if event.place == "t" else 0.5)) for event in events}
    return tuple(at.get(period, math.nan) for period in range(len(plot.periods)))


def _happened(plot: Lines, events: Sequence[Event], axis: Span, look: Look) -> str:
    """Events as a series: a dotted line in the period of each, its name at the top."""
    at, first = len(plot.lines), 1 + PER_LINE * len(plot.lines)
    heights = _heights(plot, events, axis)
    named = [parts.label(event.period, [event.name], look.muted, event.place) for event in events if event.name]
    down = tuple(height - axis.low for height in heights)
    dotted = look.neutral.line(1.25, "sysDot")
    return tag(
        "c:ser",
        val("c:idx", at),
        val("c:order", at),
        parts.named(first + 1, report_words.EVENTS),
        tag("c:spPr", NO_LINE),
        parts.no_marker(),
        parts.labels(*named),
        parts.intervals((first + 2, first + 3), down, (0.0,) * len(down), dotted),
        parts.categories(0, plot.periods),
        parts.numbers("c:val", first + 1, heights),
        val("c:smooth", 0),
    )


def _event_columns(plot: Lines, events: Sequence[Event], axis: Span) -> tuple[Column, ...]:
    names = {event.period: event.name for event in events}
    heights = _heights(plot, events, axis)
    down = tuple(height - axis.low for height in heights)
    return (
        Column(report_words.HEIGHT, tuple(names.get(at, "") for at in range(len(plot.periods)))),
        Column(report_words.EVENTS, heights),
        Column(report_words.BELOW, down),
        Column(report_words.ABOVE, tuple(0.0 if math.isfinite(each) else math.nan for each in down)),
    )
