"""
Next quarter in a real browser: five quarters kept, the app restarted, the sixth dropped with new names.

A team and a question are renamed in it. Counted are the clicks from the drop to the headline: fewer than five.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e '.[test]')")

from playwright.sync_api import Locator, Page, expect

from dashboard import samples
from dashboard.history import Workspace
from dashboard.wording import data_words, workspace_words
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
from tests.screens.test_journey import HEADLINE, go

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing (Debian: apt install chromium)")

LAST = "2026-Q2"
expect.set_options(timeout=PATIENCE)  # a machine under load is slow, not wrong


def quarters(folder: Path) -> tuple[Path, Path]:
    """The example's survey: all quarters but the last; and the last, in which a team and a question have new names."""
    header, *rows = (samples.folder() / "survey.csv").read_text().splitlines()
    before, last = folder / "until-2026-Q1.csv", folder / "2026-Q2.csv"
    before.write_text("\n".join([header, *(row for row in rows if f",{LAST}," not in row)]))
    renamed = [row.replace(",Billing,", ",Payments,") for row in rows if f",{LAST}," in row]
    last.write_text("\n".join([header.replace("ce_5", "ce_5_new"), *renamed]))
    return before, last


def counting(page: Page) -> tuple[Callable[[Locator], None], list[str]]:
    """A click that is counted, and what was clicked."""
    clicked: list[str] = []

    def click(place: Locator) -> None:
        clicked.append(place.inner_text())
        place.click()
        settled(page)

    return click, clicked


def dropped(page: Page, file: Path) -> None:
    page.set_input_files("input[type=file]", file)
    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_text(workspace_words.WILL_KEEP)).to_be_visible()
    settled(page)


def to_data(page: Page) -> None:
    """The data screen, whole: its history stands last."""
    go(page, "Data")
    expect(page.get_by_role("heading", name=workspace_words.HISTORY)).to_be_visible()
    settled(page)


def test_the_next_quarter_takes_fewer_than_five_clicks(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    before, last = quarters(tmp_path)
    with browser() as chromium:
        with running_app(free_port(), "--workspace", str(folder)) as address:
            page = reader(chromium)
            page.goto(f"{address}/data")
            dropped(page, before)
            page.get_by_role("button", name=data_words.USE).click()
            expect(page.locator("h1")).to_contain_text("judged")
        with running_app(free_port(), "--workspace", str(folder)) as address:
            page = reader(chromium)
            outside, errors = watched(page)
            page.goto(address)
            go(page, "Overview")
            expect(page.locator("h1")).to_contain_text("judged")  # of what was kept before the app was restarted
            to_data(page)
            click, clicked = counting(page)
            clicked.append("drop")
            dropped(page, last)
            assert barriers(page) == []
            for renamed in ("“Payments” is new", "“ce_5_new” is new"):
                expect(page.get_by_text(renamed)).to_be_visible()
            for asked in ("Is it the same team", "Is it the same question"):
                click(page.get_by_role("radiogroup", name=asked).get_by_text(workspace_words.YES))
            click(page.get_by_role("button", name=data_words.USE))
            expect(page.locator("h1")).to_contain_text(HEADLINE)  # that of the example with all six quarters
            assert len(clicked) == 4 < 5
            to_data(page)
            assert barriers(page) == []
            assert (outside, errors) == ([], [])
    survey = Workspace(folder).records().survey
    assert survey is not None
    assert "Payments" in survey.teams
    assert "Billing" not in survey.teams
    assert survey.instrument.collective.items == ("ce_1", "ce_2", "ce_3", "ce_4", "ce_5_new")
