"""
The journey in a real browser: start → example → headline → a team → one's own two files → verdicts.

Along it no request leaves 127.0.0.1, the console stays silent, and axe finds no barrier on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e '.[test]')")

from playwright.sync_api import Browser, Page, expect

from dashboard import samples
from dashboard.wording import app_words, data_words
from tests.screens.browser import (
    CHROMIUM,
    PATIENCE,
    barriers,
    browser,
    free_port,
    reader,
    running_app,
    settled,
    watched,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing (Debian: apt install chromium)")

FILES = [samples.folder() / "survey.csv", samples.folder() / "performance.csv"]
expect.set_options(timeout=PATIENCE)  # a machine under load is slow, not wrong
HEADLINE = "judged, people grew more confident in their own work while belief in the team did not keep up"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_app(free_port()) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as chromium:
        yield chromium


def go(page: Page, name: str) -> None:
    """Choose a screen in the header."""
    page.get_by_test_id("stTopNavLinkContainer").get_by_text(name, exact=True).click()
    settled(page)


def test_from_the_start_to_the_verdicts_of_ones_own_files(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    outside, errors = watched(page)

    page.goto(address)
    expect(page.locator("h1")).to_have_text(app_words.SENTENCE)
    settled(page)
    assert barriers(page) == []

    page.get_by_role("button", name=app_words.EXPLORE).click()
    expect(page.locator("h1")).to_contain_text(HEADLINE)
    settled(page)
    assert barriers(page) == []
    of_the_example = page.locator("h1").inner_text()

    page.get_by_test_id("stPageLink").first.click()
    expect(page).to_have_url(f"{address}/team?data=example&team=Billing")
    expect(page.locator("h1")).to_have_text("Billing")
    settled(page)
    assert barriers(page) == []

    go(page, "Data")
    page.set_input_files("input[type=file]", FILES)
    expect(page.get_by_role("heading", name="performance.csv")).to_be_visible()
    settled(page)
    assert barriers(page) == []
    page.get_by_role("button", name=data_words.USE).click()
    expect(page.locator("h1")).to_contain_text(HEADLINE)
    settled(page)
    assert page.locator("h1").inner_text() == of_the_example  # the very files of the example
    assert "data=example" not in page.url

    go(page, "Method")
    assert barriers(page) == []

    assert outside == []
    assert errors == []


def test_no_barrier_in_dark_either(address: str, chromium: Browser) -> None:
    page = reader(chromium, mode="dark", width=1024, height=768)
    page.goto(f"{address}/?data=example")
    page.wait_for_selector("h1")
    settled(page)
    found = {"Start": barriers(page)}
    for name in ("Data", "Overview", "Contrast", "Team", "What goes with it", "Method"):
        go(page, name)
        found[name] = barriers(page)
    assert not any(found.values()), found


def test_a_mark_on_the_map_opens_its_team(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    page.goto(f"{address}/overview?data=example")
    page.wait_for_selector("h1")
    settled(page)
    mark = page.locator(".js-plotly-plot .scatterlayer .trace").last.locator(".points path").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/team?**")
    expect(page.locator("h1")).not_to_contain_text("judged")
    opened = parse_qs(urlparse(page.url).query)["team"]
    assert opened == [page.locator("h1").inner_text()]


def test_a_link_to_a_team_and_a_window_opens_them_again_after_a_reload(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    page.goto(f"{address}/team?team=Firmware&since=2025-Q2&data=example")
    expect(page.locator("h1")).to_have_text("Firmware")
    page.reload()
    expect(page.locator("h1")).to_have_text("Firmware")
    expect(page.get_by_text("5 periods")).to_be_visible()  # 2025-Q2 to 2026-Q2
    assert "since=2025-Q2" in page.url


def test_the_window_survives_a_link_the_header_the_way_back_and_a_reload(address: str, chromium: Browser) -> None:
    page = reader(chromium)

    def same_window() -> bool:
        """The address and the list of beginnings both say 2025-Q2."""
        settled(page)
        chosen = page.get_by_test_id("stSelectbox").filter(has_text=app_words.FROM)
        expect(chosen.get_by_role("combobox")).to_have_value("2025-Q2")
        return parse_qs(urlparse(page.url).query).get("since") == ["2025-Q2"]

    page.goto(f"{address}/overview?data=example&since=2025-Q2")
    assert same_window()
    page.get_by_test_id("stPageLink").first.click()
    page.wait_for_url("**/team?**")
    assert same_window()
    opened = page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_url("**/overview?**")
    assert same_window()
    go(page, "Team")
    assert same_window()
    go(page, "Overview")
    assert same_window()
    page.get_by_test_id("stPageLink").first.click()
    page.wait_for_url("**/team?**")
    page.reload()
    expect(page.locator("h1")).to_have_text(opened)
    assert same_window()


def test_hostile_names_draw_fetch_and_run_nothing(address: str, chromium: Browser, tmp_path: Path) -> None:
    names = ["<img src=x onerror=alert(1)>", "![x](https://example.org/p.png)", ":red[x] $x$", "=cmd|' /C calc'!A0"]
    text = FILES[0].read_text()
    teams = sorted({line.split(",")[1] for line in text.splitlines()[1:]})
    for team, name in zip(teams, names, strict=False):
        text = text.replace(f",{team},", f",{name},")
    hostile = tmp_path / "survey.csv"
    hostile.write_text(text)
    page = reader(chromium)
    outside, errors = watched(page)
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(address)
    go(page, "Data")
    page.set_input_files("input[type=file]", hostile)
    page.get_by_role("button", name=data_words.USE).click()
    expect(page.locator("h1")).to_contain_text("judged", timeout=PATIENCE)
    settled(page)
    go(page, "Contrast")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    assert page.locator("img[src='x'], img[src*='example.org'], a[href*='example.org']").count() == 0
    assert outside == []
    assert errors == []


def test_the_downloads_are_the_tables(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    page.goto(f"{address}/overview?data=example")
    with page.expect_download() as started:
        page.get_by_role("button", name="Verdicts").click()
    content = Path(started.value.path()).read_text()
    assert started.value.suggested_filename == "verdicts.csv"
    assert content.startswith("team_id,since,until,respondents_since")
    assert len(content.splitlines()) == 27  # 26 teams and the header


def test_what_was_chosen_on_the_contrast_survives_a_reload(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    page.goto(f"{address}/contrast?data=example")
    page.get_by_role("radio", name="Individual efficacy").click()
    page.get_by_role("radio", name="Departments").click()
    settled(page)
    page.reload()
    settled(page)
    for chosen in ("Individual efficacy", "Departments"):
        expect(page.get_by_role("radio", name=chosen)).to_be_checked()
    assert parse_qs(urlparse(page.url).query)["show"] == ["Departments"]


def test_the_page_is_set_in_the_houses_letters_and_fits_on_paper(address: str, chromium: Browser) -> None:
    page = reader(chromium)
    page.goto(f"{address}/contrast?data=example")
    page.wait_for_selector("h1")
    settled(page)
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)")
    assert {"House Sans", "House Serif"} <= {family.strip("\"'") for family in loaded}

    charts = page.get_by_test_id("stPlotlyChart")
    widest = max(charts.nth(at).bounding_box()["width"] for at in range(charts.count()))

    page.emulate_media(media="print")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_test_id("stDownloadButton").first).to_be_hidden()
    zoom = float(charts.first.evaluate("chart => getComputedStyle(chart).zoom"))
    assert widest * zoom < 1032  # px of 273 mm: A4 across, less its margins; printing draws no chart anew
