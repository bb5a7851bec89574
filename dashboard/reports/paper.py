"""
Paper: the story as a PDF, one slide per page with its evidence and caveat beside it, for a reader without a speaker.

Set by Typst, which needs no browser: tagged (PDF/UA-1), with the title, the language, bookmarks and vector charts.
Texts go into it as data and never as markup. It carries no date and is set in the house's own fonts, so that the same
story gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from dashboard.charts import palette
from dashboard.charts.palette import Palette
from dashboard.fonts import SANS, SERIF, folder
from dashboard.reports.drawing import drawing
from dashboard.reports.drawing_parts import colour_of
from dashboard.reports.paper_parts import are_figures, footer
from dashboard.storyline import Deck, Figure, Map, Slide, Table
from dashboard.wording import escape, paper_words, story_words

TEMPLATE = Path(__file__).with_name("paper.typ")
GROUND = "#f4f5f7"  # behind the notes, as of fields on the screen
WIDE, MAP, AT_SIDE = 190, 160, 118  # mm: a drawing on a page, a map there, and one with points beside it
HEIGHTS = (56, 66, 76, 86, 96, 106, 116, 126)  # mm; the page takes the largest that it has room for
PX = 4.1  # px of a drawing on a mm of paper: its letters are 9 pt then
UNBROKEN = re.compile(r"\S{25,}")  # letters; a longer word may be broken anywhere
LEAST, MOST = 6, 36  # letters of a column
BEGINS = tuple(words.partition(" ")[0] for words in (story_words.EVIDENCE, story_words.CAVEAT))
EVERYWHERE = "\u200b"  # an invisible place to break


def paper(deck: Deck) -> bytes:
    """
    The story as a PDF of A4 pages, upright side short.

    Letters that the house's fonts lack (a team may be named in Chinese) are taken from the machine's; only then may
    bytes differ between machines.
    """
    colours = palette("light")
    files = {"main": TEMPLATE.read_bytes()}
    slides = []
    for at, slide in enumerate(deck.slides):
        drawn = dict(_drawings(slide, at, colours))
        files |= drawn
        once = (
            replace(slide, source="") if slide.source == footer(deck) else slide
        )  # it stands at the foot of every page
        slides.append(_slide(once, list(drawn), colours))
    files["deck.json"] = json.dumps(_deck(deck, slides, colours)).encode()
    return _set(files)


def _set(files: dict[str, bytes]) -> bytes:
    """The document by the strictest way that can write every letter of it."""
    ways: tuple[dict[str, Any], ...] = (
        {"ignore_system_fonts": True, "pdf_standards": ["ua-1"]},
        {"ignore_system_fonts": False, "pdf_standards": ["ua-1"]},
    )
    for way in ways:
        try:
            return _compiled(files, way)
        except typst.TypstError:
            continue
    return _compiled(files, {"ignore_system_fonts": False})


def _compiled(files: dict[str, bytes], way: dict[str, Any]) -> bytes:
    found: bytes = typst.compile(files, format="pdf", font_paths=[str(folder())], **way)
    return found


def _deck(deck: Deck, slides: list[dict[str, Any]], colours: Palette) -> dict[str, Any]:
    used = {name: getattr(colours, name) for name in ("ink", "muted", "line")}
    return {
        "title": _text(deck.title),
        "footer": _text(footer(deck)),
        "language": paper_words.LANGUAGE,
        "notes": paper_words.NOTES,
        "page_of": paper_words.PAGE_OF,
        "sans": SANS,
        "serif": SERIF,
        "colours": used | {"ground": GROUND},
        "slides": slides,
    }


def _slide(slide: Slide, files: list[str], colours: Palette) -> dict[str, Any]:
    heights = HEIGHTS if files else ()
    return {
        "title": _text(slide.title),
        "lead": [_text(paragraph) for paragraph in slide.lead],
        "figures": [_figure(one, colours) for one in slide.figures],
        "drawings": [{"file": file, "high": high} for file, high in zip(files, heights, strict=True)],
        "wide": _width(slide),
        "at_side": _at_side(slide),
        "alt": escape.plain(slide.plot.alt) if slide.plot else "",
        "table": _table(slide.table) if slide.table else None,
        "points_title": _text(slide.points_title),
        "points": [_text(point) for point in slide.points],
        "source": _text(slide.source),
        "notes": [_note(paragraph) for paragraph in slide.notes],
    }


def _drawings(slide: Slide, at: int, colours: Palette) -> Iterator[tuple[str, bytes]]:
    """The plot at every height, as files of the document."""
    if slide.plot is None:
        return
    for high in HEIGHTS:
        picture = drawing(slide.plot, colours, PX * _width(slide), PX * high)
        yield f"plot-{at}-{high}.svg", picture.encode()


def _at_side(slide: Slide) -> bool:
    """A map is nearly square, so that points have room beside it; lines and rows take the whole width."""
    return isinstance(slide.plot, Map) and len(slide.points) > 1


def _width(slide: Slide) -> int:
    if _at_side(slide):
        return AT_SIDE
    return MAP if isinstance(slide.plot, Map) else WIDE


def _figure(one: Figure, colours: Palette) -> dict[str, str]:
    letters = colours.ink if one.role in ("quiet", "unjudged") else colour_of(one.role, colours)
    texts = {name: _text(getattr(one, name)) for name in ("label", "value", "change", "note")}
    return texts | {"colour": colour_of(one.role, colours), "letters": letters}


def _note(paragraph: str) -> dict[str, str]:
    """
    A paragraph of the notes; what it begins with is set apart where it names the evidence or the caveat.

    >>> _note("Caveat: few answered.")
    {'begins': 'Caveat:', 'text': ' few answered.'}
    """
    text = _text(paragraph)
    begins = next((word for word in BEGINS if text.startswith(f"{word} ")), "")
    return {"begins": begins, "text": text.removeprefix(begins)}


def _table(table: Table) -> dict[str, Any]:
    """The cells, how wide each column is beside the others, and which are set to the right."""
    columns = list(zip(table.headings, *table.rows, strict=True))
    return {
        "headings": [_text(cell) for cell in table.headings],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "figures": [at > 0 and are_figures(column[1:]) for at, column in enumerate(columns)],
        "weights": [_weight(column) for column in columns],
        "note": _text(table.note),
    }


def _weight(column: tuple[str, ...]) -> int:
    """Letters that a column wants: its longest cell within bounds, the longest word of its heading."""
    heading, *cells = column
    return max(min(max(map(len, cells), default=0), MOST), *map(len, heading.split() or [""]), LEAST) + 2


def _text(text: str) -> str:
    """
    The text on one line, harmless in the direction of writing; a long word may be broken anywhere.

    >>> _text("A" * 30).count("\\u200b")
    29
    """
    return UNBROKEN.sub(lambda word: EVERYWHERE.join(word.group(0)), escape.plain(text))
