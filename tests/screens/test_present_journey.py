"""
Presenting in a real browser: the example's story by the arrow keys, a link into it, a title of one's own, a second
window, the files to take away; and stories that are hard to show, slide by slide, with nothing cut or too small.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e '.[test]')")

from playwright.sync_api import Browser, Page, expect

from dashboard.wording import app_words, present_words
from tests.screens.browser import (
    CHROMIUM,
    PATIENCE,
    barriers,
    browser,
    free_port,
    reader,
    settled,
    watched,
)
from tests.screens.present_walk import drawn, hard_app, opened, spills, turned
from tests.screens.test_journey import HEADLINE, go

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing (Debian: apt install chromium)")

HARD = ("sixty teams", "hostile names", "one period")  # `present_walk` goes through all of them


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    expect.set_options(timeout=PATIENCE)  # the whole story is worked out on the way
    with hard_app(free_port()) as address:
        yield address
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as chromium:
        yield chromium


def slide(page: Page) -> str:
    """The key of the slide in the address."""
    return parse_qs(urlparse(page.url).query)["slide"][0]


def heading(page: Page) -> str:
    return page.locator(".slide h1").inner_text()


def arranged(page: Page) -> None:
    """The arrangement, whole: the files stand last."""
    expect(page.get_by_role("button", name="Tables (XLSX)")).to_be_visible()
    settled(page)


def test_the_examples_story_is_arranged_and_presented(address: str, chromium: Browser, tmp_path: Path) -> None:
    page = reader(chromium, width=1280, height=720)
    outside, errors = watched(page)
    page.goto(address)
    page.get_by_role("button", name=app_words.EXPLORE).click()
    expect(page.locator("h1")).to_contain_text(HEADLINE)
    settled(page)
    go(page, "Present")
    arranged(page)
    assert barriers(page) == []

    page.get_by_test_id("stMain").get_by_role("button", name=present_words.START, exact=True).click()
    expect(page.locator(".slide h1")).to_contain_text(HEADLINE)
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    settled(page)
    slides = int(page.locator(".count").inner_text().split()[-1])
    links = []
    for number, _ in turned(page, slides):
        assert spills(page) == [], number
        links.append((page.url, heading(page)))
    assert len(links) == slides > 9
    page.keyboard.press("Home")
    drawn(page, 1)
    page.keyboard.press("PageDown")
    drawn(page, 2)
    assert slide(page) == "reading"
    page.keyboard.press("Escape")
    arranged(page)

    first = page.get_by_label("Title of slide 1", exact=True)
    first.fill("We <b>grew</b>, each alone")
    first.press("Enter")
    expect(page.get_by_text("As it was written: In 6 of")).to_be_visible()
    page.locator("label").filter(has_text="Show slide 2").click()
    expect(page.get_by_text(f"{slides - 1} slides")).to_be_visible()
    settled(page)
    page.locator('[class*="st-key-down-"] button').first.click()
    settled(page)
    expect(first).to_have_value(
        "A flag says: people grew more confident in their own work, and belief in the team did not keep up"
    )
    page.get_by_test_id("stMain").get_by_role("button", name=present_words.START, exact=True).click()
    expect(page.locator(".slide h1")).to_have_text("We <b>grew</b>, each alone")
    settled(page)  # a key does nothing before its button is there
    page.keyboard.press("Escape")
    arranged(page)

    for name, begins in (("Slides (PPTX)", b"PK"), ("Paper (PDF)", b"%PDF"), ("One page (HTML)", b"<!")):
        with page.expect_download() as started:
            page.get_by_role("button", name=name).click()
        content = Path(started.value.path()).read_bytes()
        assert content.startswith(begins), name
    bad = tmp_path / "house.pptx"
    bad.write_bytes(b"no presentation")
    page.set_input_files("input[type=file]", bad)
    expect(page.get_by_text(present_words.TEMPLATE_REFUSED)).to_be_visible()
    assert (outside, errors) == ([], [])

    link, title = links[3]
    again = reader(chromium, "dark", 1920, 1080)
    again.goto(link)
    expect(again.locator(".slide h1")).to_have_text(title)
    settled(again)
    assert barriers(again) == []
    assert spills(again) == []
    again.keyboard.press("n")
    expect(again.locator(".speaker")).to_contain_text("Evidence")
    again.keyboard.press("t")
    expect(again.locator(".room table")).to_contain_text("2026-Q2")
    settled(again)
    assert barriers(again) == []


def test_the_speakers_window_follows_and_turns_the_slides(address: str, chromium: Browser) -> None:
    stage = reader(chromium, width=1280, height=720)
    stage.goto(f"{address}/present?data=example&situation=made&slide=headline")
    expect(stage.locator(".slide h1")).to_be_visible()
    settled(stage)
    notes = stage.context.new_page()
    notes.goto(f"{address}/present?data=example&situation=made&slide=headline&view=notes")
    expect(notes.locator(".speaker")).to_be_visible()
    settled(notes)
    assert barriers(notes) == []
    stage.bring_to_front()
    stage.keyboard.press("ArrowRight")
    expect(notes.locator(".count")).to_have_text(stage.locator(".count").inner_text().replace("1 of", "2 of"))
    notes.bring_to_front()
    settled(notes)
    notes.keyboard.press("ArrowRight")
    expect(stage.locator(".slide h1")).to_contain_text("flagged as not yet compounding")
    assert slide(stage) == slide(notes) == "map"


@pytest.mark.parametrize("situation", HARD)
def test_what_is_hard_to_show_is_shown_whole_and_large_enough(address: str, chromium: Browser, situation: str) -> None:
    page = reader(chromium, width=1280, height=720)
    outside, _ = watched(page)
    found = {number: spills(page) for number, _ in turned(page, opened(page, address, situation))}
    assert not any(found.values()), found
    assert outside == []
