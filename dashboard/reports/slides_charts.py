"""
A plot of the storyline → a native chart on a slide, with its data in a sheet behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.reports import slides_lines, slides_map, slides_rows
from dashboard.reports.slides_chart_parts import Drawn
from dashboard.reports.slides_look import Look
from dashboard.reports.slides_measure import Box
from dashboard.reports.slides_sheets import sheet
from dashboard.reports.slides_xml import SPACES, spaces, tag
from dashboard.storyline import Lines, Map, Plot, Rows
from dashboard.wording import report_words

SHAPES = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
TINT = 0.10  # of the accent's colour in the region


class _Data:
    """What python-pptx asks of the data of a chart: its XML, and the workbook behind it."""

    def __init__(self, drawn: Drawn) -> None:
        self._xml = drawn.xml.encode()
        self.xlsx_blob = sheet(drawn.columns)

    def xml_bytes(self, _: XL_CHART_TYPE) -> bytes:
        """The chart, whatever its type."""
        return self._xml


def chart(slide: Slide, plot: Plot, box: Box, look: Look) -> GraphicFrame:
    """Add the plot as a chart at this place."""
    drawn, kind = _drawn(plot, box, look)
    place = (Emu(Pt(points)) for points in box)
    frame = slide.shapes.add_chart(kind, *place, _Data(drawn))
    if drawn.region:
        _shade(frame, drawn.region, look)
    return frame


def _drawn(plot: Plot, box: Box, look: Look) -> tuple[Drawn, XL_CHART_TYPE]:
    match plot:
        case Map():
            return slides_map.draw(plot, box, look), XL_CHART_TYPE.XY_SCATTER
        case Lines():
            return slides_lines.draw(plot, box, look), XL_CHART_TYPE.LINE_MARKERS
        case Rows():
            return slides_rows.draw(plot, box, look), XL_CHART_TYPE.BAR_CLUSTERED


def _shade(frame: GraphicFrame, corners: Sequence[tuple[float, float]], look: Look) -> None:
    """A shape of the chart's own, so that it stays where it is when the chart is moved or made larger."""
    part = frame.chart.part
    name = PackURI(str(part.partname).replace("/charts/chart", "/drawings/drawing"))
    shapes = Part(name, SHAPES, part.package, _region(corners, look).encode())
    link = part.relate_to(shapes, f"{SPACES['r']}/chartUserShapes")
    element = part._element.makeelement(f"{{{SPACES['c']}}}userShapes", {f"{{{SPACES['r']}}}id": link})
    part._element.append(element)


def _region(corners: Sequence[tuple[float, float]], look: Look) -> str:
    """The region as a tinted polygon, in shares of the chart."""
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    size = 100_000
    points = [(round((x - left) / (right - left) * size), round((y - top) / (bottom - top) * size)) for x, y in corners]
    path = [tag("a:moveTo", tag("a:pt", x=points[0][0], y=points[0][1]))]
    path += [tag("a:lnTo", tag("a:pt", x=x, y=y)) for x, y in points[1:]]
    form = tag("a:custGeom", "<a:avLst/>", "<a:gdLst/>", "<a:ahLst/>", "<a:cxnLst/>", _whole(), _path(path, size))
    # The place is said twice: as an anchor, and as a size that programs work out anew.
    place = tag("a:xfrm", tag("a:off", x=0, y=0), tag("a:ext", cx=size, cy=size))
    shape = tag(
        "cdr:sp",
        tag("cdr:nvSpPr", tag("cdr:cNvPr", id=2, name=report_words.REGION), "<cdr:cNvSpPr/>"),
        tag("cdr:spPr", place, form, look.accent.fill(TINT), tag("a:ln", "<a:noFill/>")),
        macro="",
        textlink="",
    )
    ends = (_anchor("from", left, top), _anchor("to", right, bottom))
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    return head + tag("c:userShapes", tag("cdr:relSizeAnchor", *ends, shape), **spaces("c", "a", "cdr"))


def _anchor(end: str, x: float, y: float) -> str:
    return tag(f"cdr:{end}", tag("cdr:x", f"{x:.5f}"), tag("cdr:y", f"{y:.5f}"))


def _whole() -> str:
    return tag("a:rect", l="l", t="t", r="r", b="b")


def _path(path: Sequence[str], size: int) -> str:
    return tag("a:pathLst", tag("a:path", *path, "<a:close/>", w=size, h=size))
