"""
Parts that all native charts have in common: letters, axes, series names, intervals, the frame around it all.

The order of elements is that of the standard (ECMA-376, part 1, 21.2); PowerPoint opens nothing that is out of order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.reports.slides_look import NO_LINE, Look, Paint
from dashboard.reports.slides_measure import LINE, Box, Type, balanced, cut, lines, width
from dashboard.reports.slides_sheets import Column, below, heading
from dashboard.reports.slides_xml import LANGUAGE, clean, said, spaces, tag, val

LETTERS = 16  # points, the smallest on a slide
TICK = 24.0  # points that a line of numbers takes
KEY = 34.0  # points that the sign of a legend's entry takes
NO_FILL = "<a:noFill/>"
SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
ACROSS, UP = 111_111_111, 222_222_222  # the two axes


class Drawn(NamedTuple):
    """A chart: its XML, the sheet behind it, and the places of the region drawn over it, in shares of the chart."""

    xml: str
    columns: tuple[Column, ...]
    region: tuple[tuple[float, float], ...] = ()


class Span(NamedTuple):
    """An axis: its ends and the step of its numbers."""

    low: float
    high: float
    step: float

    @property
    def length(self) -> float:
        """From one end to the other."""
        return self.high - self.low


def nice(low: float, high: float, steps: int) -> Span:
    """
    Ends that hold both, at whole steps of 1, 2 or 5; at most so many steps.

    >>> nice(-3.2, 17, 6)
    Span(low=-5.0, high=20.0, step=5.0)
    """
    width = high - low or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(width / steps))
    for step in (size * times for times in (1, 2, 5, 10, 20, 50)):
        first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
        if last - first <= steps:
            break
    return Span(first * step, last * step, step)


def number_format(step: float, signed: bool = False) -> str:
    """
    How numbers on an axis of such steps are written.

    >>> number_format(5, signed=True), number_format(0.25)
    ('"+"0;"−"0;0', '0.00;"−"0.00;0.00')
    """
    digits = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    if step < 1 and round(step * 10**digits, 9) % 1:
        digits += 1
    body = "0" + ("." + "0" * digits if digits else "")
    return f'{chr(34) + "+" + chr(34) if signed else ""}{body};"−"{body};{body}'


def letters(paint: Paint, bold: bool = False, size: float = LETTERS, turned: bool = False) -> str:
    """How the text of a part is set."""
    body = tag("a:bodyPr", rot=-5_400_000 if turned else 0, vert="horz")  # 0: never aslant where room is short
    run = tag("a:defRPr", paint.fill(), sz=round(size * 100), b=int(bold))
    return tag("c:txPr", body, "<a:lstStyle/>", tag("a:p", tag("a:pPr", run), tag("a:endParaRPr", lang=LANGUAGE)))


def rich(lines: Sequence[str], paint: Paint, bold: bool = False, turned: bool = False) -> str:
    """Text of one's own in a chart, a paragraph per line."""
    body = tag("a:bodyPr", rot=-5_400_000, vert="horz") if turned else tag("a:bodyPr", wrap="none")
    how = tag("a:rPr", paint.fill(), lang=LANGUAGE, sz=LETTERS * 100, b=int(bold))
    plain = tag("a:pPr", tag("a:defRPr", sz=LETTERS * 100, b=int(bold)))
    paragraphs = (tag("a:p", plain, tag("a:r", how, tag("a:t", said(line)))) for line in lines)
    return tag("c:tx", tag("c:rich", body, "<a:lstStyle/>", *paragraphs))


def label(
    at: int,
    lines: Sequence[str],
    paint: Paint,
    place: str,
    bold: bool = False,
    shift: tuple[float, float] | None = None,
) -> str:
    """A text beside one point; `place` is r, l, t or b; `shift` moves it from there, in shares of the chart."""
    moved = [] if shift is None else [_moved(*shift)]
    shown = (val(f"c:{name}", int(name == "showVal")) for name in SHOWN)
    return tag("c:dLbl", val("c:idx", at), *moved, rich(lines, paint, bold), _bare(), val("c:dLblPos", place), *shown)


def labels(*each: str) -> str:
    """The labels of a series; points that are not named have none."""
    return tag("c:dLbls", *each, *(val(f"c:{name}", 0) for name in SHOWN)) if each else ""


def named(column: int, name: str) -> str:
    """The name of a series, from the heading of its column."""
    cache = tag("c:strCache", val("c:ptCount", 1), tag("c:pt", tag("c:v", said(name)), idx=0))
    return tag("c:tx", tag("c:strRef", tag("c:f", said(heading(column))), cache))


def numbers(element: str, column: int, values: Sequence[float]) -> str:
    """Numbers of a series, from their column; `nan` is a gap."""
    points = (tag("c:pt", tag("c:v", f"{v:.12g}"), idx=at) for at, v in enumerate(values) if math.isfinite(v))
    cache = tag("c:numCache", tag("c:formatCode", "General"), val("c:ptCount", len(values)), *points)
    return tag(element, tag("c:numRef", tag("c:f", said(below(column, len(values)))), cache))


def categories(column: int, names: Sequence[str]) -> str:
    """Names along an axis, from their column."""
    points = (tag("c:pt", tag("c:v", said(name)), idx=at) for at, name in enumerate(names))
    cache = tag("c:strCache", val("c:ptCount", len(names)), *points)
    return tag("c:cat", tag("c:strRef", tag("c:f", said(below(column, len(names)))), cache))


def intervals(
    columns: tuple[int, int], downs: Sequence[float], ups: Sequence[float], line: str, bars: bool = False
) -> str:
    """Intervals around each point: how far down and how far up, from their columns. Those of bars lie along them."""
    return tag(
        "c:errBars",
        "" if bars else val("c:errDir", "y"),
        val("c:errBarType", "both"),
        val("c:errValType", "cust"),
        val("c:noEndCap", 1),
        numbers("c:plus", columns[1], [up if math.isfinite(up) else 0.0 for up in ups]),
        numbers("c:minus", columns[0], [down if math.isfinite(down) else 0.0 for down in downs]),
        tag("c:spPr", line),
    )


def marker(symbol: str, size: float, fill: str, line: str) -> str:
    """The mark of a point; `size` in points."""
    return tag(
        "c:marker", val("c:symbol", symbol), val("c:size", min(72, max(2, round(size)))), tag("c:spPr", fill, line)
    )


def no_marker() -> str:
    """A point without a mark."""
    return tag("c:marker", val("c:symbol", "none"))


def unseen() -> str:
    """A series that is there for its labels only."""
    return tag("c:spPr", NO_LINE)


def title_height(title: str, along: float, look: Look) -> float:
    """Points that the title of an axis of this length takes, on as many lines as it needs."""
    return len(title_rows(title, along, look)) * LETTERS * LINE + 6 if title else 0.0


def title_rows(title: str, along: float, look: Look) -> list[str]:
    """The title in lines shorter than the axis, at most four; LibreOffice breaks longer ones itself."""
    small = Type(LETTERS, factor=look.factor)
    rows = balanced(clean(title), 0.78 * along, small)
    return rows if len(rows) <= 4 else lines(cut(clean(title), 0.78 * along, small, 4), 0.78 * along, small)


def value_axis(
    number: int,
    span: Span,
    title: str,
    look: Look,
    side: str,
    code: str,
    *,
    along: float,
    crosses: str = "autoZero",
    grid: bool = False,
    line: bool = True,
    labels: str = "low",
    between: str = "midCat",
) -> str:
    """
    An axis of numbers with its title; numbers stand at the edge of the chart, wherever the axis itself runs.
    `along`: its length in points.
    """
    return tag(
        "c:valAx",
        val("c:axId", number),
        tag(
            "c:scaling",
            val("c:orientation", "minMax"),
            val("c:max", f"{span.high:.12g}"),
            val("c:min", f"{span.low:.12g}"),
        ),
        val("c:delete", 0),
        val("c:axPos", side),
        tag("c:majorGridlines", tag("c:spPr", look.line.line(0.75))) if grid else "",
        _title(title, along, look, turned=side == "l") if title else "",
        tag("c:numFmt", formatCode=code, sourceLinked=0),
        *_ticks(look, line, labels=labels),
        val("c:crossAx", UP if number == ACROSS else ACROSS),
        val("c:crosses", crosses),
        val("c:crossBetween", between),
        val("c:majorUnit", f"{span.step:.12g}"),
    )


def category_axis(look: Look, side: str, skip: int = 1, downwards: bool = False, ink: bool = False) -> str:
    """An axis of names; `skip`: every how many-th name is written."""
    return tag(
        "c:catAx",
        val("c:axId", ACROSS),
        tag("c:scaling", val("c:orientation", "maxMin" if downwards else "minMax")),
        val("c:delete", 0),
        val("c:axPos", side),
        tag("c:numFmt", formatCode="General", sourceLinked=0),
        *_ticks(look, not downwards, look.ink if ink else None),
        val("c:crossAx", UP),
        val("c:crosses", "autoZero"),
        val("c:auto", 0),
        val("c:lblAlgn", "ctr"),
        val("c:lblOffset", 100),
        val("c:tickLblSkip", skip),
        val("c:noMultiLvlLbl", 1),
    )


def _ticks(look: Look, line: bool, paint: Paint | None = None, labels: str = "low") -> tuple[str, ...]:
    return (
        val("c:majorTickMark", "none"),
        val("c:minorTickMark", "none"),
        val("c:tickLblPos", labels),
        tag("c:spPr", look.neutral.line(1, opacity=0.7) if line else NO_LINE),
        letters(paint or look.muted),
    )


def _title(text: str, along: float, look: Look, turned: bool) -> str:
    return tag("c:title", rich(title_rows(text, along, look), look.muted, turned=turned), val("c:overlay", 0))


def frame(plot: str, legend: str = "") -> str:
    """The whole chart around its plot."""
    chart = tag(
        "c:chart",
        val("c:autoTitleDeleted", 1),
        plot,
        legend,
        val("c:plotVisOnly", 1),
        val("c:dispBlanksAs", "gap"),
    )
    whole = tag(
        "c:chartSpace",
        val("c:date1904", 0),
        val("c:lang", LANGUAGE),
        val("c:roundedCorners", 0),
        chart,
        tag("c:spPr", NO_FILL, NO_LINE),
        tag(
            "c:txPr",
            "<a:bodyPr/>",
            "<a:lstStyle/>",
            tag("a:p", tag("a:pPr", tag("a:defRPr", sz=LETTERS * 100)), tag("a:endParaRPr", lang=LANGUAGE)),
        ),
        **spaces("c", "a", "r"),
    )
    return "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + whole


def plot_area(inner: Box, width: float, height: float, *inside: str) -> str:
    """What is drawn, between axes at exactly this place of the chart."""
    return tag("c:plotArea", placed(inner, width, height, inner=True), *inside, tag("c:spPr", NO_FILL, NO_LINE))


def placed(box: Box, width: float, height: float, inner: bool = False) -> str:
    """A place in the chart, in shares of it."""
    target = [val("c:layoutTarget", "inner")] if inner else []
    edges = (val("c:xMode", "edge"), val("c:yMode", "edge"))
    shares = zip("xywh", (box.left / width, box.top / height, box.width / width, box.height / height), strict=True)
    return tag("c:layout", tag("c:manualLayout", *target, *edges, *(val(f"c:{n}", f"{s:.5f}") for n, s in shares)))


def legend_rows(names: Sequence[str], across: float, look: Look) -> int:
    """Lines that a legend takes: its columns are as wide as its widest entry; one entry needs none."""
    if len(names) < 2:
        return 0
    widest = max(width(clean(name), Type(LETTERS, factor=look.factor)) for name in names) + KEY
    return math.ceil(len(names) / max(1, int(across // widest)))


def legend(box: Box, width: float, height: float, paint: Paint, hidden: Sequence[int] = ()) -> str:
    """What each mark stands for, at this place of the chart; `hidden`: series that are not named."""
    entries = (tag("c:legendEntry", val("c:idx", at), val("c:delete", 1)) for at in hidden)
    place = placed(box, width, height)
    return tag("c:legend", val("c:legendPos", "t"), *entries, place, val("c:overlay", 0), letters(paint))


def _moved(across: float, down: float) -> str:
    return tag("c:layout", tag("c:manualLayout", val("c:x", f"{across:.5f}"), val("c:y", f"{down:.5f}")))


def _bare() -> str:
    return tag("c:spPr", NO_FILL, NO_LINE)
