"""The page: the story in one file that asks for nothing, moves by keys, and takes names for names."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from dashboard.reports.drawing import figures
from dashboard.reports.page import page
from dashboard.storyline import Deck
from dashboard.wording import paper_words
from dashboard.wording.escape import plain
from tests.reports import story
from tests.reports.test_paper import squeezed, words_of
from tests.screens.browser import CHROMIUM, barriers, browser, reader
from tests.storyline.made import deck as situation

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; .ci/run installs it")


class Read(HTMLParser):
    """The texts and the elements of a page."""

    def __init__(self, whole: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(whole.decode())

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_every_sentence_and_figure_of_the_story_stands_there() -> None:
    deck = situation("made")
    found = squeezed("".join(Read(page(deck)).texts))
    missing = [text for slide in deck.slides for text in words_of(slide) if squeezed(plain(text)) not in found]
    assert not missing


def test_the_figures_of_every_chart_stand_beside_it() -> None:
    deck = story.deck()
    found = squeezed("".join(Read(page(deck)).texts))
    tables = [figures(slide.plot) for slide in deck.slides if slide.plot]
    assert len(tables) == 3
    assert all(squeezed(cell) in found for table in tables for row in table.rows for cell in row)


def test_its_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    whole = page(story.deck()).decode()
    policy = next(dict(a)["content"] for t, a in Read(whole.encode()).elements if "http-equiv" in a)
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", whole, re.DOTALL)
    ]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_it_names_no_address_and_carries_no_handler() -> None:
    elements = Read(page(situation("hostile names"))).elements
    for tag, attributes in elements:
        assert not any(name.startswith("on") or name in ("src", "style", "action") for name in attributes), tag
        assert (attributes.get("href") or "#").startswith("#")
    assert not {"img", "iframe", "object", "b", "link", "form"} & {tag for tag, _ in elements}


def test_headings_are_in_order() -> None:
    levels = [tag for tag, _ in Read(page(story.deck())).elements if re.fullmatch(r"h\d", tag)]
    assert levels == ["h1", "h2", "h2", "h3", "h2", "h3", "h2", "h2"]


def test_the_same_story_is_the_same_page_and_a_small_one() -> None:
    assert page(story.deck()) == page(story.deck())
    assert len(page(situation("made"))) < 500_000  # of these 241,000 are the two fonts


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def opened(
    chromium: Browser, folder: Path, deck: Deck, mode: str = "light", width: int = 1280
) -> tuple[Page, list[str]]:
    """The page as a reader opens the file, and everything that it asked for, said or complained of."""
    file = folder / "report.html"
    file.write_bytes(page(deck))
    view, noticed = reader(chromium, mode, width, 720), []
    view.on(
        "request", lambda asked: noticed.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
    )
    view.on("dialog", lambda dialog: (noticed.append(dialog.message), dialog.dismiss()))
    view.on("console", lambda message: noticed.append(message.text))
    view.on("pageerror", lambda error: noticed.append(str(error)))
    view.goto(file.as_uri())
    return view, noticed


def title(view: Page) -> str:
    """Of the slide that is shown."""
    return view.locator(".slide:visible h2").inner_text()


@needs_chromium
def test_arrow_keys_move_between_slides_and_marks_say_their_figures(chromium: Browser, tmp_path: Path) -> None:
    deck = story.deck()
    view, noticed = opened(chromium, tmp_path, deck)
    assert title(view) == deck.slides[0].title
    assert view.locator("#count").inner_text() == "1 of 5"
    view.keyboard.press("ArrowRight")
    view.wait_for_url("**#slide-2")
    assert title(view) == deck.slides[1].title
    view.keyboard.press("Tab")  # the first mark of the map
    assert view.locator(".tip").inner_text().split("\n")[0] == "Ada"
    view.keyboard.press("ArrowRight")  # the next mark, not the next slide
    assert view.locator(".tip").inner_text().split("\n")[:2] == [
        "Bly",
        "Gain in individual efficacy (points of 100): +8",
    ]
    view.keyboard.press("Escape")
    assert not view.locator(".tip").is_visible()
    view.locator(".wide .mark[aria-label^='Atlas']").hover()
    assert "−2" in view.locator(".tip").inner_text()
    view.locator("h2:visible").click()
    view.keyboard.press("End")
    view.wait_for_url("**#slide-5")
    view.reload()
    assert title(view) == plain(deck.slides[4].title)  # a link reopens at its slide
    assert noticed == []


@needs_chromium
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_everyone_can_read_all_of_it_and_names_do_nothing(mode: str, chromium: Browser, tmp_path: Path) -> None:
    deck = story.deck()  # a name in it is an image, a handler and a call at once
    view, noticed = opened(chromium, tmp_path, deck, mode)
    view.get_by_role("button", name=paper_words.AS_PAGE).click()
    assert view.locator(".slide:visible").count() == len(deck.slides)
    view.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert barriers(view) == []
    assert noticed == []


@needs_chromium
def test_nothing_is_wider_than_a_phone(chromium: Browser, tmp_path: Path) -> None:
    view, _ = opened(chromium, tmp_path, story.deck(), width=390)
    assert view.evaluate("document.documentElement.scrollWidth") <= 390
    assert view.locator(".narrow svg").first.is_visible()


@needs_chromium
def test_printed_every_slide_is_a_light_page_with_what_stands_behind_it(chromium: Browser, tmp_path: Path) -> None:
    deck = story.deck()
    view, _ = opened(chromium, tmp_path, deck, "dark")
    pages = PdfReader(io.BytesIO(view.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 5
    for slide, printed in zip(deck.slides, pages, strict=True):
        found = normalize("NFKC", squeezed(printed.extract_text()))  # the browser writes ﬁ as one letter
        assert all(normalize("NFKC", squeezed(text)) in found for text in (slide.title, *slide.notes))
    view.emulate_media(media="print")
    assert view.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
