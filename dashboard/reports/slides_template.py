"""
A corporate template: bytes → a presentation without slides whose masters, fonts, colours and layouts are used.

What is no part of a design is left behind: its slides, links to elsewhere, printers, the picture of its first page.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.presentation import Presentation as Deck

from dashboard.reports.slides_xml import SPACES, parsed
from dashboard.terms import InputRefused, Problem, Severity
from dashboard.wording import report_words

MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
AS_TEMPLATE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
TYPES = "[Content_Types].xml"
LARGEST = 200_000_000  # bytes, packed; unpacked twice as much
NO_DESIGN = (
    "slide",
    "printerSettings",
    "comments",
    "commentAuthors",
    "authors",
    "tags",
    "customXml",
    "vbaProject",
    "video",
)
LOOSE = ("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "quickTimeFile", "wavAudioFile")
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


def opened(template: bytes) -> Deck:
    """
    The template, without slides.

    Raises
    ------
    InputRefused : naming what it is instead, and what to do.
    """
    with understood():
        deck = _read(_as_presentation(template))
        if not len(deck.slide_layouts):
            raise refused("no_layouts")
        _drop_slides(deck)
        _stay_here(deck.part, set())
    return deck


def _as_presentation(template: bytes) -> bytes:
    """The same package, as a presentation where it is declared a template."""
    if template.startswith(OLD_OR_LOCKED):
        raise refused("locked")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            return _packed_again(package) if _declared(package) == AS_TEMPLATE else template
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, ValueError) as error:
        raise refused("damaged") from error


def _declared(package: zipfile.ZipFile) -> bytes:
    """What the package says it is; refused where that is nothing with layouts."""
    if sum(part.file_size for part in package.infolist()) > 2 * LARGEST:
        raise refused("large")
    if TYPES not in package.namelist():
        raise refused("other")
    types = package.read(TYPES)
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise refused("macros")
    for declared in (MAIN, AS_TEMPLATE):
        if declared in types:
            return declared
    raise refused("other")


def _packed_again(package: zipfile.ZipFile) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            content = package.read(part)
            copy.writestr(part.filename, content.replace(AS_TEMPLATE, MAIN) if part.filename == TYPES else content)
    return out.getvalue()


def _read(package: bytes) -> Deck:
    deck = Presentation(io.BytesIO(package))
    for layout in deck.slide_layouts:  # a damaged part shows when it is looked at
        _ = layout.name, list(layout.placeholders)
    return deck


def _drop_slides(deck: Deck) -> None:
    """No slide stays, nor what points at slides: sections, shows, the last view."""
    slides = deck.part._element.sldIdLst
    if slides is not None:
        for slide in list(slides):
            deck.part.drop_rel(slide.rId)
            slides.remove(slide)
    for name in ("extLst", "custShowLst", "custDataLst"):
        for element in deck.part._element.findall(f"p:{name}", SPACES):
            deck.part._element.remove(element)


def _stay_here(part: Part, seen: set[str]) -> None:
    """Drop every relation to elsewhere and to what is no design, and what refers to it, in all parts."""
    if part.partname in seen:
        return
    seen.add(part.partname)
    gone = {name for name, rel in part.rels.items() if rel.is_external or rel.reltype.rsplit("/", 1)[-1] in NO_DESIGN}
    if gone:
        _forget(part, gone)
        for name in gone:
            part.rels.pop(name)
    for rel in list(part.rels.values()):
        _stay_here(rel.target_part, seen)


def _forget(part: Part, gone: set[str]) -> None:
    """Take out of a part's XML what refers to a relation that goes."""
    root = getattr(part, "_element", None)
    if root is None and not re.search(rb"<[\w:]+ ", part.blob[:200]):
        return
    tree = parsed(part.blob) if root is None else root
    for element in list(tree.iter(etree.Element)):
        for name in [n for n in element.attrib if n.startswith(f"{{{SPACES['r']}}}") and element.get(n) in gone]:
            _loosen(element, name)
    if root is None:
        part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _loosen(element: etree._Element, name: str) -> None:
    """A link goes as a whole; a linked picture stays as an empty frame."""
    holder = element.getparent()
    if holder is not None and etree.QName(element).localname in (*LOOSE, "custData", "tags"):
        holder.remove(element)
        if etree.QName(holder).localname == "custDataLst" and not len(holder) and holder.getparent() is not None:
            holder.getparent().remove(holder)
    else:
        del element.attrib[name]


@contextmanager
def understood() -> Iterator[None]:
    """Whatever stumbles over a template in here, over a part that is missing or broken: the reader is told the same."""
    try:
        yield
    except InputRefused:
        raise
    except Exception as error:
        raise refused("damaged") from error


def refused(reason: str) -> InputRefused:
    """What is said of a template that cannot be used; the reasons are those of `report_words`."""
    found, remedy = report_words.TEMPLATE_REFUSED[reason]
    problem = Problem(file=report_words.TEMPLATE, found=found, remedy=remedy, severity=Severity.ERROR)
    return InputRefused([problem])
