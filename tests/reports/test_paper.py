"""Paper: what the story says stands there, tagged and counted; no name is code; the same story is the same file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.reports.page import page as web_page
from dashboard.reports.paper import paper
from dashboard.reports.slides import slides
from dashboard.storyline import Deck, Slide
from tests.reports import story
from tests.storyline.made import deck as situation


@cache
def read(which: str) -> tuple[Deck, PdfReader]:
    deck = story.deck() if which == "by hand" else situation(which)
    return deck, PdfReader(io.BytesIO(paper(deck)))


def squeezed(text: str) -> str:
    """Without spaces, ends of lines and the places where a long word may be broken."""
    return re.sub(r"[\s\u200b\u2060\ufeff]+", "", text)


def words_of(slide: Slide) -> Iterator[str]:
    yield from (slide.title, *slide.lead, slide.points_title, *slide.points, slide.source, *slide.notes)
    for figure in slide.figures:
        yield from (figure.label, figure.value, figure.change, figure.note)
    if slide.table:
        yield from (*slide.table.headings, slide.table.note, *(cell for row in slide.table.rows for cell in row))


def tagged(root: Any) -> Iterator[Any]:
    """All elements of the structure of a PDF."""
    children = root.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if isinstance(found, dict):
            yield found
            yield from tagged(found)


@pytest.mark.parametrize("which", ["by hand", "made", "hostile names"])
def test_every_sentence_and_figure_of_the_story_stands_on_its_page(which: str) -> None:
    deck, pdf = read(which)
    assert len(pdf.pages) == len(deck.slides)
    for slide, page in zip(deck.slides, pdf.pages, strict=True):
        found = squeezed(page.extract_text())
        missing = [text for text in words_of(slide) if squeezed(text) not in found]
        assert not missing, slide.key


def test_pages_are_counted() -> None:
    _, pdf = read("by hand")
    assert [f"{n}of5" in squeezed(page.extract_text()) for n, page in enumerate(pdf.pages, 1)] == [True] * 5


def test_the_paper_is_tagged_and_says_its_title_and_its_language() -> None:
    deck, pdf = read("by hand")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata.title == deck.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()


def test_every_chart_has_its_text_alternative_and_is_no_picture_of_dots() -> None:
    deck, pdf = read("by hand")
    said = [e["/Alt"] for e in tagged(pdf.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Figure"]
    assert said == [slide.plot.alt for slide in deck.slides if slide.plot]
    assert not any(page.images for page in pdf.pages)


def test_tables_and_headings_are_told_as_such() -> None:
    _, pdf = read("by hand")
    kinds = [e.get("/S") for e in tagged(pdf.trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/H1") == 5
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 4


def test_bookmarks_are_the_findings() -> None:
    deck, pdf = read("by hand")
    assert [squeezed(mark.title) for mark in pdf.outline] == [squeezed(slide.title) for slide in deck.slides]


def test_no_name_becomes_a_link_or_a_script() -> None:
    _, pdf = read("hostile names")
    assert not any(page.get("/Annots") for page in pdf.pages)
    assert not {"/OpenAction", "/AA", "/Names"} & set(pdf.trailer["/Root"])


def test_the_same_story_is_the_same_file() -> None:
    assert paper(story.deck()) == paper(story.deck())
    assert "/CreationDate" not in read("by hand")[1].metadata


def test_it_is_set_in_the_houses_letters() -> None:
    _, pdf = read("by hand")
    fonts = {font["/BaseFont"] for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert {re.sub(r"^/\w+\+|-.*$", "", font) for font in fonts} == {"HouseSans", "HouseSerif"}


@pytest.mark.parametrize("paragraphs", [14, 90])
def test_notes_longer_than_their_column_are_set_on_and_nothing_is_lost(paragraphs: int) -> None:
    # A column of 176 mm holds about 60 lines in the smallest letters; these are three or four each.
    long = "What was found is said at some length, so that the column beside the slide does not hold it: {n}. " * 2
    notes = tuple(long.format(n=n) for n in range(paragraphs))
    slide = replace(story.deck().slides[3], notes=notes)
    pdf = PdfReader(io.BytesIO(paper(replace(story.deck(), slides=(slide,)))))
    found = squeezed("".join(page.extract_text() for page in pdf.pages))
    assert all(squeezed(note) in found for note in notes[:1])
    assert [n for n in range(paragraphs) if f"doesnotholdit:{n}." not in found] == []
    assert (len(pdf.pages) == 1) == (paragraphs == 14)


def test_letters_that_the_house_lacks_do_not_keep_the_paper_from_being_made() -> None:
    deck = story.deck()
    pdf = PdfReader(io.BytesIO(paper(replace(deck, slides=(replace(deck.slides[4], title="東京: alike"),)))))
    assert "alike" in pdf.pages[0].extract_text()


def test_a_story_without_slides_is_still_a_paper() -> None:
    assert paper(Deck(title="Nothing", scope="", slides=())).startswith(b"%PDF")


def test_what_no_xml_may_hold_ends_no_report() -> None:
    deck = story.deck()
    name = "A\ufffeB\ud800C\uffff"
    plot = replace(story.SLOPES, alt=name, rows=(replace(story.SLOPES.rows[0], name=name),))
    odd = replace(deck, slides=(replace(deck.slides[3], title=name, plot=plot),))
    assert "A B C" in PdfReader(io.BytesIO(paper(odd))).pages[0].extract_text()
    for written in (web_page(odd).decode(), slides(odd)):
        assert len(written) > 0
