"""
What belongs to the file rather than to a slide: properties, numbers and notes; and the same bytes for the same deck.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.slide import SlideLayout

from dashboard.reports.slides_look import Look
from dashboard.reports.slides_measure import LINE, Box
from dashboard.reports.slides_text import SOURCE, textbox
from dashboard.reports.slides_xml import LANGUAGE, SPACES, clean, said, spaces, tag, val
from dashboard.storyline import Deck
from dashboard.wording import report_words

UNDATED = (1980, 1, 1, 0, 0, 0)  # the first day a ZIP knows
MACHINE = ("extended-properties", "thumbnail")
DATES = "{http://purl.org/dc/terms/}"
FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def describe(presentation: Presentation, deck: Deck) -> None:
    """Title, maker and language in the file's properties; nothing of a machine, a person or a time."""
    core = presentation.core_properties
    core.title, core.subject = clean(deck.title)[:255], clean(deck.scope)[:255]
    core.author = core.last_modified_by = report_words.MAKER
    core.language, core.revision = LANGUAGE, 1
    core.comments = core.keywords = core.category = ""
    for element in list(core._element):
        if element.tag.startswith(DATES):
            core._element.remove(element)
    package = presentation.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in MACHINE:
            package._rels.pop(name)
    for name, relation in list(presentation.part.rels.items()):
        if relation.reltype.endswith("/printerSettings"):
            presentation.part.rels.pop(name)


def number(page: Page, layout: SlideLayout, box: Box, at: int, look: Look) -> None:
    """The slide's number, in the layout's place for it or in this box."""
    places = [shape for shape in layout.placeholders if shape.placeholder_format.type.name == "SLIDE_NUMBER"]
    if places:
        element = copy.deepcopy(places[0].element)
        properties = element.nvSpPr.cNvPr
        properties.set("id", str(max(shape.shape_id for shape in page.shapes) + 1))
        page.shapes._spTree.append(element)
        body = element.txBody
    else:
        body = textbox(page, box, report_words.NUMBER)._element.txBody
    for old in body.findall("a:p", SPACES):
        body.remove(old)
    paint = [] if places else [look.muted.fill()]
    letters = tag("a:rPr", *paint, lang=LANGUAGE, sz=round(SOURCE * 100))
    field = tag("a:fld", letters, tag("a:t", str(at)), id=FIELD, type="slidenum")
    side = [] if places else [tag("a:pPr", _distance(), algn="r")]
    body.append(parse_xml(tag("a:p", *side, field, **spaces("a"))))


def _distance() -> str:
    return tag("a:lnSpc", val("a:spcPts", round(SOURCE * LINE * 100)))


def spoken(frame: Any, notes: Sequence[str]) -> None:
    """Notes as paragraphs."""
    body = frame._txBody
    for old in body.findall("a:p", SPACES):
        body.remove(old)
    for text in notes:
        run = tag("a:r", tag("a:rPr", lang=LANGUAGE), tag("a:t", said(text)))
        body.append(parse_xml(tag("a:p", run, **spaces("a"))))


def settled(package: bytes) -> bytes:
    """The same package without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as parts, zipfile.ZipFile(out, "w") as copied:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, UNDATED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            copied.writestr(entry, parts.read(part))
    return out.getvalue()
