"""
Ground: what slides are put on. The presentation, which of its layouts serves, where there is room, and its look.

Layouts are picked by their placeholders, never by their names, which differ from language to language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu

from dashboard.reports import slides_house, slides_look, slides_template
from dashboard.reports.slides_look import Look
from dashboard.reports.slides_measure import Box
from dashboard.reports.slides_xml import SPACES, parsed

HEX = re.compile("[0-9a-f]{6}")
TITLES = ("TITLE", "CENTER_TITLE")
TEXTS = ("BODY", "OBJECT")
FEET = ("DATE", "FOOTER", "SLIDE_NUMBER")
EDGE, GAP = 36.0, 14.0  # points: around a slide, between its parts
ROOM = 0.35  # of the slide's height that a layout's body must have to hold what we show
STRIP, NUMBER = 22.0, 70.0  # points down of the source's line, and across of a slide's number
LOW = 0.25  # of the slide's height; a title that begins below it leaves no room
INSET = 7.2  # points, of text boxes where nothing else is said
NARROWEST, LOWEST = 300.0, 200.0  # points, of the room that a chart with its texts needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    `text`, `bare`: the layouts of slides with and without text of their own. `title`: where the title stands, within
    its insets. `content`: where there is room for everything else. `source`: the strip of the small line
    below. `moved`: whether the title stands elsewhere than in its layout. Points.
    """

    deck: Deck
    text: SlideLayout
    bare: SlideLayout
    title: Box
    title_size: float
    content: Box
    source: Box
    look: Look
    capitals: bool = False
    moved: bool = False


def ground(template: bytes | None) -> Ground:
    """
    The house's design, or a corporate template's.

    Raises
    ------
    InputRefused : when the template cannot be used, or leaves too little room.
    """
    if template is None:
        return _house()
    with slides_template.understood():
        found = _corporate(slides_template.opened(template))
    if found.content.width < NARROWEST or found.content.height < LOWEST:
        raise slides_template.refused("small")
    return found


def _house() -> Ground:
    deck = slides_house.empty()
    text, bare = _layouts(deck)
    return Ground(
        deck=deck,
        text=text,
        bare=bare,
        title=slides_house.TITLE,
        title_size=float(slides_house.TITLE_SIZE),
        content=slides_house.BODY,
        source=slides_house.SOURCE,
        look=slides_look.house(),
    )


def _corporate(deck: Deck) -> Ground:
    text, bare = _layouts(deck)
    title, moved = _title(deck, bare if _kinds(bare, TITLES) else text)
    size, capitals = _title_style(deck)
    content = _content(deck, text, title)
    source = _source(text, content)
    return Ground(
        deck=deck,
        text=text,
        bare=bare,
        title=title,
        title_size=size,
        content=content._replace(height=min(content.bottom, source.top) - content.top),
        source=source,
        look=_look(deck),
        capitals=capitals,
        moved=moved,
    )


def _layouts(deck: Deck) -> tuple[SlideLayout, SlideLayout]:
    """A layout with title and text, and one with a title alone; as near to it as there is."""
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    text = min(layouts, key=lambda layout: _unlike(deck, layout, texts=1))
    bare = min(layouts, key=lambda layout: _unlike(deck, layout, texts=0))
    return text, bare


def _unlike(deck: Deck, layout: SlideLayout, texts: int) -> tuple[int, int, int]:
    """How far a layout is from one title and so many texts; the first of equals is taken."""
    kinds = [shape.placeholder_format.type.name for shape in layout.placeholders]
    title = 0 if "TITLE" in kinds else 1 if "CENTER_TITLE" in kinds else 2
    filled = [kind for kind in kinds if kind not in (*TITLES, *FEET)]
    found = sum(kind in TEXTS for kind in filled)
    small = texts > 0 and sum(box.height for box in _boxes(layout, TEXTS)) < ROOM * _high(deck)
    return title, abs(found - texts) + int(small), len(filled) - found


def _title(deck: Deck, layout: SlideLayout) -> tuple[Box, bool]:
    """Where the title stands; a strip along the top where the layout has none there, and whether that is so."""
    boxes = [box for box in _boxes(layout, TITLES) if box.top < LOW * _high(deck)]
    if not boxes:
        return Box(EDGE, EDGE, _wide(deck) - 2 * EDGE, 64), True
    box = boxes[0]
    return Box(box.left + INSET, box.top + INSET / 2, box.width - 2 * INSET, box.height - INSET), False


def _content(deck: Deck, layout: SlideLayout, title: Box) -> Box:
    """The body of the layout; where it is small, what lies between the title and the foot of the slide."""
    boxes = _boxes(layout, TEXTS)
    feet = [box.top for box in _boxes(layout, FEET) if box.top > _high(deck) / 2]
    foot = min([*feet, _high(deck) - EDGE / 2])
    if boxes and max(box.bottom for box in boxes) - min(box.top for box in boxes) >= ROOM * _high(deck):
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        bottom = max(min(bottom, foot), top + ROOM * _high(deck)) if feet else bottom
        return Box(left, top, right - left, bottom - top)
    top = title.bottom + GAP
    return Box(title.left, top, title.width, foot - top)


def _source(layout: SlideLayout, content: Box) -> Box:
    """The places of date and footer, which our slides have none of, left of the number; else the end of the content."""
    feet = [box for box in _boxes(layout, ("DATE", "FOOTER")) if box.top >= content.bottom - STRIP]
    numbers = [box.left for box in _boxes(layout, ("SLIDE_NUMBER",))]
    if not feet:
        return Box(content.left, content.bottom - STRIP, content.width - NUMBER, STRIP)
    left, right = min(box.left for box in feet), max(box.right for box in feet)
    right = min([right, *(number for number in numbers if number > left)])
    top, bottom = max(box.top for box in feet), min(box.bottom for box in feet)
    return Box(left, top + INSET / 2, max(right - left, content.width / 2), max(bottom - top - INSET, STRIP))


def _boxes(layout: SlideLayout, kinds: Sequence[str]) -> list[Box]:
    """Places of a layout's placeholders of these kinds, in points, as far as they are known."""
    shapes = [shape for shape in layout.placeholders if shape.placeholder_format.type.name in kinds]
    places = [(shape.left, shape.top, shape.width, shape.height) for shape in shapes]
    return [Box(*(Emu(length).pt for length in place)) for place in places if None not in place]


def _kinds(layout: SlideLayout, kinds: Sequence[str]) -> bool:
    return any(shape.placeholder_format.type.name in kinds for shape in layout.placeholders)


def _wide(deck: Deck) -> float:
    return Emu(deck.slide_width or 0).pt


def _high(deck: Deck) -> float:
    return Emu(deck.slide_height or 0).pt


def _look(deck: Deck) -> Look:
    """Colours and letters of the theme of the first master."""
    master = deck.slide_masters[0]
    theme = parsed(master.part.part_related_by(f"{SPACES['r']}/theme").blob)
    mapped = dict(master.element.find("p:clrMap", SPACES).attrib)
    colours = {
        name: _value(slot[0], name)
        for slot in theme.find(".//a:clrScheme", SPACES)
        if len(slot) and (name := etree.QName(slot).localname)
    }
    fonts = [latin.get("typeface", "") for latin in theme.iterfind(".//a:fontScheme/*/a:latin", SPACES)]
    return slides_look.of_theme(colours, _background(master.element, colours, mapped), mapped, fonts)


def _value(colour: Any, slot: str) -> str:
    """A colour as `rrggbb`; one that is given by a name or in shares is taken for what its slot usually is."""
    value = str(colour.get("lastClr") or colour.get("val")).lower()
    return value if HEX.fullmatch(value) else "ffffff" if slot.startswith("lt") else "000000"


def _background(master: Any, colours: dict[str, str], mapped: dict[str, str]) -> str:
    """What slides are laid on; a picture or a gradient is taken for the theme's ground."""
    for path in ("p:cSld/p:bg/p:bgPr/a:solidFill", "p:cSld/p:bg/p:bgRef"):
        found = master.find(path, SPACES)
        if found is not None and len(found):
            name = found[0].get("val", "")
            own = etree.QName(found[0]).localname == "srgbClr"
            return _value(found[0], "lt1") if own else colours[mapped.get(name, "lt1")]
    return colours[mapped["bg1"]]


def _title_style(deck: Deck) -> tuple[float, bool]:
    """Size of the master's titles, within what suits sentences, and whether they are in capitals."""
    run = deck.slide_masters[0].element.find("p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr", SPACES)
    if run is None:
        return float(slides_house.TITLE_SIZE), False
    return min(max(int(run.get("sz", 3000)) / 100, 24.0), 28.0), run.get("cap") == "all"
