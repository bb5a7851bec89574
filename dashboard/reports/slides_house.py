"""
The house's own deck: 16:9, one master, two layouts (a finding alone, a finding with text), everything in its theme.

Made from python-pptx's plain presentation, of which nothing stays but the skeleton.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import SlideMaster
from pptx.util import Emu, Pt

from dashboard.charts.palette import LIGHT
from dashboard.reports.slides_look import FONT, HOUSE, Paint
from dashboard.reports.slides_measure import Box
from dashboard.reports.slides_xml import SPACES, spaces, tag
from dashboard.wording import report_words

WIDE, HIGH = 960, 540  # points
TITLE = Box(46, 42, 868, 76)
BODY = Box(46, 80, 868, 408)
SOURCE = Box(46, 496, 778, 20)
NUMBER = Box(834, 496, 80, 20)
RULE = Box(46, 28, 44, 4)
TITLE_SIZE, BODY_SIZE, SMALL_SIZE = 30, 20, 12
KEPT = ("Title and Content", "Title Only")


def empty() -> Deck:
    """A presentation without slides in the house's design."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(Pt(WIDE)), Emu(Pt(HIGH))
    deck.part._element.sldSz.attrib.pop("type", None)  # which says 4:3
    master = deck.slide_master
    for layout in [each for each in master.slide_layouts if each.name not in KEPT]:
        master.slide_layouts.remove(layout)
    for layout in master.slide_layouts:
        _drop(layout.placeholders, "DATE", "FOOTER")
        layout.name = report_words.LAYOUTS[KEPT.index(layout.name)]
    _drop(master.placeholders, "DATE", "FOOTER")
    _dress(master)
    _paint(master.part.part_related_by(f"{SPACES['r']}/theme"))
    return deck


def _drop(shapes: Any, *kinds: str) -> None:
    for shape in [each for each in shapes if each.placeholder_format.type.name in kinds]:
        shape.element.getparent().remove(shape.element)


def _dress(master: SlideMaster) -> None:
    """Places and letters of the master; its layouts inherit them."""
    boxes = {"TITLE": TITLE, "BODY": BODY, "SLIDE_NUMBER": NUMBER}
    for shape in master.placeholders:
        place(shape, boxes[shape.placeholder_format.type.name])
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    styles = master.element.find("p:txStyles", SPACES)
    styles.replace(styles.find("p:titleStyle", SPACES), _title_style())
    styles.replace(styles.find("p:bodyStyle", SPACES), _body_style())
    title, number = master.placeholders[0], master.placeholders[-1]
    title.text_frame._txBody.bodyPr.set("anchor", "t")
    style = number.text_frame._txBody.find("a:lstStyle", SPACES)
    style[:] = [_parsed(_level(1, SMALL_SIZE, "tx2", align="r"))]
    tree = master.shapes._spTree
    for at, slot in enumerate(("accent1", "accent2")):
        tree.insert(2, _parsed(_mark(90 + at, RULE._replace(left=RULE.left + at * RULE.width), slot)))


def place(shape: BaseShape, box: Box) -> None:
    """Put a shape where the box is."""
    shape.left, shape.top, shape.width, shape.height = (Emu(Pt(points)) for points in box)


def _title_style() -> etree._Element:
    return _parsed(tag("p:titleStyle", _level(1, TITLE_SIZE, "tx1", "mj", b=1), **spaces("p", "a")))


def _body_style() -> etree._Element:
    levels = (_level(level, BODY_SIZE, "tx1") for level in range(1, 6))
    return _parsed(tag("p:bodyStyle", *levels, **spaces("p", "a")))


def _level(level: int, size: float, slot: str, letters: str = "mn", align: str = "l", **more: int) -> str:
    fonts = (
        tag(f"a:{kind}", typeface=f"+{letters}-{short}")
        for kind, short in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    )
    run = tag("a:defRPr", Paint("", slot).fill(), *fonts, lang="en-GB", sz=100 * size, kern=1200, **more)
    return tag(f"a:lvl{level}pPr", "<a:buNone/>", run, marL=0, indent=0, algn=align, rtl=0)


def _mark(number: int, box: Box, slot: str) -> str:
    """A bar without meaning, in the colour of one of the two beliefs."""
    left, top, width, height = (round(Pt(points)) for points in box)
    shape = tag("a:xfrm", tag("a:off", x=left, y=top), tag("a:ext", cx=width, cy=height))
    return tag(
        "p:sp",
        tag("p:nvSpPr", tag("p:cNvPr", id=number, name=f"Mark {slot[-1]}"), "<p:cNvSpPr/>", tag("p:nvPr", userDrawn=1)),
        tag(
            "p:spPr",
            shape,
            tag("a:prstGeom", "<a:avLst/>", prst="rect"),
            Paint("", slot).fill(),
            "<a:ln><a:noFill/></a:ln>",
        ),
    )


def _parsed(xml: str) -> etree._Element:
    """XML whose root lacks its namespaces, as an element of python-pptx."""
    if "xmlns:" not in xml.split(">", 1)[0]:
        end = min(at for at in (xml.find(" "), xml.find(">")) if at > 0)
        names = "".join(f' {name}="{value}"' for name, value in spaces("p", "a", "r").items())
        xml = xml[:end] + names + xml[end:]
    return parse_xml(xml)


def _paint(part: Part) -> None:
    """The house's colours and letters in the theme."""
    theme = etree.fromstring(part.blob)
    scheme = theme.find(".//a:clrScheme", SPACES)
    scheme.set("name", report_words.DESIGN)
    for slot in scheme:
        slot[:] = [
            etree.Element(f"{{{SPACES['a']}}}srgbClr", val=getattr(LIGHT, HOUSE[etree.QName(slot).localname])[1:])
        ]
    fonts = theme.find(".//a:fontScheme", SPACES)
    fonts.set("name", report_words.DESIGN)
    for latin in fonts.iterfind("*/a:latin", SPACES):
        latin.set("typeface", FONT)
    theme.set("name", report_words.DESIGN)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
