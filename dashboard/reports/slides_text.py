"""
Text on slides: paragraphs, lists and figures, set line by line at sizes that were measured.

Line distances are given in points: programs then agree on how high a text is, whatever the font.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.reports.slides_look import Look, Paint
from dashboard.reports.slides_measure import LINE, Box, Type, cut, height, lines
from dashboard.reports.slides_xml import LANGUAGE, SPACES, clean, said, spaces, tag, val
from dashboard.storyline import Figure
from dashboard.wording import report_words

BETWEEN = 0.45  # of the size, between paragraphs
HANGING = 18.0  # points that the lines of a list stand in
SMALL = 16.0  # points, the smallest size of what is to be read from a seat
SOURCE = 12.0
LARGE = (72.0, 66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 16.0)  # sizes of a figure
LARGEST_BESIDE = 44.0  # where text stands beside them
RULE, UNDER_RULE = 3.0, 10.0  # points of the line over a figure, and below it
GAP = 26.0  # points between figures
DECORATION = (
    f'<a:extLst xmlns:a="{SPACES["a"]}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


class Paragraph(NamedTuple):
    """
    A paragraph: its text, size, weight and colour (`None`: as the layout has them), and whether it is one of a list;
    `before`: points above it, where they are not the usual ones.
    """

    text: str
    size: float
    bold: bool | None = False
    paint: Paint | None = None
    listed: bool = False
    before: float | None = None

    @property
    def above(self) -> float:
        """Points above it, where it is not the first."""
        return BETWEEN * self.size if self.before is None else self.before


def textbox(slide: Slide, box: Box, name: str) -> Shape:
    """An empty text box without insets, in which text neither grows nor shrinks by itself."""
    shape = slide.shapes.add_textbox(*(Emu(Pt(points)) for points in box))
    shape.name = name
    settled(shape)
    return shape


def settled(shape: Any) -> None:
    """Take insets and automatic sizes from a shape's text."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame._txBody.bodyPr.set("anchor", "t")
    frame._txBody.bodyPr.set("numCol", "1")


def write(shape: Any, paragraphs: Sequence[Paragraph]) -> None:
    """Put paragraphs into a shape in place of what is there."""
    body = shape.text_frame._txBody
    for old in body.findall("a:p", SPACES):
        body.remove(old)
    for at, paragraph in enumerate(paragraphs):
        body.append(parse_xml(_xml(paragraph, first=at == 0)))


def high(paragraphs: Sequence[Paragraph], across: float, look: Look) -> float:
    """Points down that paragraphs take."""
    whole = 0.0
    for at, each in enumerate(paragraphs):
        room = across - (HANGING if each.listed else 0)
        letters = Type(each.size, bool(each.bold), look.factor)
        whole += height([clean(each.text)], room, letters) + (each.above if at else 0)
    return whole


def trimmed(paragraphs: Sequence[Paragraph], box: Box, look: Look) -> list[Paragraph]:
    """As much of the paragraphs as the box holds; the last one that does is cut."""
    kept = list(paragraphs)
    while kept and high(kept, box.width, look) > box.height:
        last = kept.pop()
        room = box.height - high(kept, box.width, look) - (last.above if kept else 0)
        rows = int(room / (last.size * LINE))
        if rows > 0:
            across = box.width - (HANGING if last.listed else 0)
            letters = Type(last.size, bool(last.bold), look.factor)
            return [*kept, last._replace(text=cut(clean(last.text), across, letters, rows))]
    return kept


def _xml(paragraph: Paragraph, first: bool) -> str:
    size = round(paragraph.size * 100)
    before = 0 if first else round(paragraph.above * 100)
    distance = tag("a:lnSpc", val("a:spcPts", round(paragraph.size * LINE * 100)))
    around = (distance, tag("a:spcBef", val("a:spcPts", before)), tag("a:spcAft", val("a:spcPts", 0)))
    hang = round(Pt(HANGING))
    if paragraph.listed:
        how = tag(
            "a:pPr", *around, tag("a:buFont", typeface="Arial"), tag("a:buChar", char="•"), marL=hang, indent=-hang
        )
    else:
        how = tag("a:pPr", *around, "<a:buNone/>", marL=0, indent=0)
    paint = [] if paragraph.paint is None else [paragraph.paint.fill()]
    weight = {} if paragraph.bold is None else {"b": int(paragraph.bold)}
    run = tag("a:r", tag("a:rPr", *paint, lang=LANGUAGE, sz=size, **weight), tag("a:t", said(paragraph.text)))
    return tag("a:p", how, run, **spaces("a"))


def figures_height(figures: Sequence[Figure], across: float, look: Look, alone: bool = False) -> float:
    """Points down that a row of figures takes."""
    column = _column(len(figures), across)
    told = _told(figures, column, look, alone)
    return max(high(paragraphs, column, look) for paragraphs in told) + RULE + UNDER_RULE


def figures(slide: Slide, found: Sequence[Figure], box: Box, look: Look, alone: bool = False) -> None:
    """Large numbers beside each other, each with what it is, its change and interval; larger where alone."""
    column = _column(len(found), box.width)
    told = _told(found, column, look, alone)
    for at, (figure, paragraphs) in enumerate(zip(found, told, strict=True)):
        left = box.left + at * (column + GAP)
        _rule(slide, Box(left, box.top, column, RULE), look.of(figure.role))
        place = Box(left, box.top + RULE + UNDER_RULE, column, box.height - RULE - UNDER_RULE)
        shape = textbox(slide, place, f"{report_words.FIGURE} {at + 1}")
        write(shape, paragraphs)


def _rule(slide: Slide, box: Box, paint: Paint) -> None:
    """A line over a figure in the colour of its role; it says nothing more, and is marked as decoration."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Emu(Pt(points)) for points in box))
    shape.name = report_words.RULE
    properties = shape._element.spPr
    for old in properties.findall("a:ln", SPACES):
        properties.remove(old)
    properties.append(parse_xml(paint.fill().replace("<a:solidFill>", f'<a:solidFill xmlns:a="{SPACES["a"]}">', 1)))
    properties.append(parse_xml(f'<a:ln xmlns:a="{SPACES["a"]}"><a:noFill/></a:ln>'))
    for style in shape._element.findall("p:style", SPACES):
        shape._element.remove(style)
    shape._element.nvSpPr.cNvPr.append(parse_xml(DECORATION))


def _column(count: int, across: float) -> float:
    return (across - GAP * (max(count, 3) - 1)) / max(count, 3)


def _told(figures: Sequence[Figure], across: float, look: Look, alone: bool) -> list[list[Paragraph]]:
    """The paragraphs of each figure, the numbers of all at the same height."""
    more = 4.0 if alone else 0.0
    label = next((size for size in (SMALL + more, SMALL) if _rows(figures, across, size, look) == 1), SMALL)
    most = _rows(figures, across, label, look)
    found = []
    for figure in figures:
        lower = (most - _rows([figure], across, label, look)) * label * LINE
        found.append([Paragraph(figure.label, label, paint=look.muted), *_number(figure, across, look, more, lower)])
    return found


def _rows(figures: Sequence[Figure], across: float, size: float, look: Look) -> int:
    return max(len(lines(clean(figure.label), across, Type(size, factor=look.factor))) for figure in figures)


def _number(figure: Figure, across: float, look: Look, more: float, lower: float) -> list[Paragraph]:
    """The number itself on one line where it can, its change and its interval."""
    value = clean(figure.value)
    sizes = [size for size in LARGE if len(lines(value, across, Type(size, True, look.factor))) == 1]
    largest = next((size for size in sizes if more or size <= LARGEST_BESIDE), LARGE[-1])
    found = [Paragraph(value, largest, bold=True, paint=look.written(figure.role), before=2 + more + lower)]
    if figure.change:
        found.append(Paragraph(figure.change, SMALL + 2 + more, bold=True, before=2 + more))
    if figure.note:
        found.append(Paragraph(figure.note, SMALL + more / 2, paint=look.muted, before=4))
    return found
