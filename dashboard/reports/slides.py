"""
Slides: the storyline as a presentation. Native charts with their data, native tables, speaker notes on every slide.

Each slide of the deck is one slide. Titles stand in title placeholders and texts in text placeholders, so that the
outline and a screen reader tell the story in its order; each chart and table says in words what it shows. The same deck
gives the same bytes.
"""

from __future__ import annotations

import io
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as Page
from pptx.slide import SlideLayout

from dashboard.reports import slides_charts, slides_package, slides_tables, slides_template, slides_text
from dashboard.reports.slides_arranging import Arranged, arranged
from dashboard.reports.slides_ground import GAP, NUMBER, TEXTS, TITLES, Ground, ground
from dashboard.reports.slides_house import place
from dashboard.reports.slides_measure import LINE, Type, cut, fitting, height
from dashboard.reports.slides_text import SOURCE, Paragraph, settled, textbox, write
from dashboard.reports.slides_xml import clean
from dashboard.storyline import Deck, Line, Lines, Slide, Table
from dashboard.wording import report_words

SMALLER = (24.0, 20.0)  # of a title, where the rest has too little room
TITLE_SIZES = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0)


def slides(deck: Deck, template: bytes | None = None) -> bytes:
    """
    The deck as a PowerPoint file.

    Parameters
    ----------
    template : a `.pptx` or `.potx` whose masters, layouts, fonts and colours are used; its own slides are left out.

    Raises
    ------
    InputRefused : when the template is damaged, locked, has macros, leaves no room or is no presentation.
    """
    on = ground(template)
    for number, slide in enumerate(deck.slides, start=1):
        _page(on, slide, number)
    slides_package.describe(on.deck, deck)
    out = io.BytesIO()
    on.deck.save(out)
    return slides_package.settled(out.getvalue())


def try_on(template: bytes) -> None:
    """
    Put two small slides on a template, one on each of the layouts that are used.

    Raises
    ------
    InputRefused : as in `slides`, and for whatever else does not go onto it.
    """
    text = report_words.TEXT
    level = Lines(
        periods=(text,), lines=(Line(name=text, role="quiet", value=(50.0,)),), y_title="", levels=(0, 100), alt=""
    )
    table = Table(headings=(text, text), rows=((text, "1"),))
    tried = (
        Slide(key="text", title=text, lead=(text,), points=(text,), plot=level, source=text),
        Slide(key="bare", title=text, table=table, source=text),
    )
    with slides_template.understood():
        slides(Deck(title=text, scope=text, slides=tried), template)


def _page(on: Ground, slide: Slide, number: int) -> None:
    """One slide: title, texts, figures, plot, table, source, number, notes, in the order they are read."""
    layout = on.text if slide.lead or slide.points else on.bare
    page = on.deck.slides.add_slide(layout)
    size, parts = _fitted(on, slide)
    _title(page, on, slide.title, size)
    _texts(page, parts)
    if parts.figures is not None:
        slides_text.figures(page, slide.figures, parts.figures, on.look, parts.alone)
    if parts.plot is not None and slide.plot is not None:
        _told(slides_charts.chart(page, slide.plot, parts.plot, on.look), report_words.CHART, slide.plot.alt)
    if parts.table is not None and slide.table is not None:
        alt = slides_tables.described(slide.table)
        _told(slides_tables.table(page, *parts.table, on.look), report_words.TABLE_NAME, alt)
    _foot(page, on, slide.source, number, layout)
    _notes(page, slide, parts.cut)


def _fitted(on: Ground, slide: Slide) -> tuple[float, Arranged]:
    """The size of the title and the places of all else; where these have too little room, the title is set smaller."""
    limits = [on.title_size, *(size for size in SMALLER if size < on.title_size)]
    for limit in limits:
        size = _size(on, slide.title, limit)
        top = on.title.top + _title_height(on, slide.title, size) + GAP
        parts = arranged(slide, on.content.below(max(0.0, top - on.content.top)), on.look, largest=size - 2)
        if not parts.cut:
            break
    return size, parts


def _size(on: Ground, text: str, limit: float) -> float:
    """The largest size up to the limit at which the title fits its place."""
    sizes = [size for size in TITLE_SIZES if size <= limit]
    return fitting(_measured(on, text), on.title, _letters(on, sizes[-1]), sizes)


def _title_height(on: Ground, text: str, size: float) -> float:
    return height([_measured(on, text)], on.title.width, _letters(on, size))


def _letters(on: Ground, size: float) -> Type:
    return Type(size, bold=True, factor=on.look.title_factor)


def _measured(on: Ground, text: str) -> str:
    return clean(text).upper() if on.capitals else clean(text)


def _title(page: Page, on: Ground, text: str, size: float) -> None:
    """Write the title; its place becomes higher where it needs to be."""
    shape: Any = page.shapes.title
    if shape is None:
        shape = textbox(page, on.title, report_words.TITLE)
    shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    write(shape, [Paragraph(clean(text), size, bold=None)])
    needed = _title_height(on, text, size)
    if needed > on.title.height or on.moved:
        place(shape, on.title._replace(height=max(needed, on.title.height)))
        settled(shape)


def _texts(page: Page, parts: Arranged) -> None:
    """The first text in the layout's placeholder, a second one in a box; placeholders without text are taken away."""
    waiting = [shape for shape in page.placeholders if shape.placeholder_format.type.name not in TITLES]
    bodies = [shape for shape in waiting if shape.placeholder_format.type.name in TEXTS]
    for at, (paragraphs, box) in enumerate(parts.texts):
        shape: Any = bodies[0] if at == 0 and bodies else textbox(page, box, report_words.TEXT)
        place(shape, box)
        settled(shape)
        write(shape, paragraphs)
    used = bodies[:1] if parts.texts else []
    for shape in waiting:
        if shape not in used:
            shape.element.getparent().remove(shape.element)


def _told(frame: BaseShape, name: str, alt: str) -> None:
    """The name of a part, and what it shows in words."""
    frame.name = name
    frame.element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))


def _foot(page: Page, on: Ground, source: str, number: int, layout: SlideLayout) -> None:
    """The source's line and the number of the slide."""
    small, box = Type(SOURCE, factor=on.look.factor), on.source
    if source:
        rows = max(1, int(box.height / (SOURCE * LINE)))
        shape = textbox(page, box, report_words.SOURCE)
        write(shape, [Paragraph(cut(clean(source), box.width, small, rows), SOURCE, paint=on.look.muted)])
    place_of_number = box._replace(left=on.content.right - NUMBER + 10, width=NUMBER - 10)
    slides_package.number(page, layout, place_of_number, number, on.look)


def _notes(page: Page, slide: Slide, cut_short: bool) -> None:
    """What the speaker may say; and in full what was cut on the slide."""
    notes = list(slide.notes) or [*slide.lead, *slide.points] or [slide.title]
    if cut_short:
        table = [slides_tables.described(slide.table)] if slide.table is not None else []
        notes += [f"{report_words.IN_FULL} {' '.join((*slide.lead, *slide.points, *table))}"]
    frame = page.notes_slide.notes_text_frame
    if frame is not None:
        slides_package.spoken(frame, notes)
