"""
A new user in a real browser: a Qualtrics export of two quarters, as it comes, to the headline and on.

Nothing was prepared: three header rows, 40 columns, answers in words, quarters told by the date of each answer alone.
Counted are the clicks from the first page to the diagnosis. How long it took is printed (`pytest -s`), not
asserted: the clock of a machine under load tests the machine.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e '.[test]')")

from playwright.sync_api import expect

from dashboard.history import Workspace
from dashboard.wording import data_words
from tests.screens import qualtrics
from tests.screens.browser import CHROMIUM, barriers, browser, free_port, reader, running_app, watched
from tests.screens.test_workspace_journey import counting, dropped

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing (Debian: apt install chromium)")


def test_a_qualtrics_export_takes_fewer_than_ten_clicks(tmp_path: Path) -> None:
    file, folder = tmp_path / "Team pulse_June 2, 2026.csv", tmp_path / "workspace"
    file.write_bytes(qualtrics.export())
    with browser() as chromium, running_app(free_port(), "--workspace", str(folder)) as address:
        page = reader(chromium)
        outside, errors = watched(page)
        page.goto(address)
        click, clicked = counting(page)
        began = time.monotonic()
        click(page.get_by_role("button", name="Bring your own files"))
        clicked.append("drop")
        dropped(page, file)
        expect(page.get_by_text("Exported by Qualtrics")).to_be_visible()
        expect(page.get_by_text("8 teams")).to_be_visible()
        assert barriers(page) == []
        click(page.get_by_role("button", name=data_words.BY_DATE.split(" (")[0]))
        expect(page.get_by_text("2 periods, 2026-Q1 to 2026-Q2")).to_be_visible()
        assert barriers(page) == []
        click(page.get_by_role("button", name=data_words.USE))
        expect(page.locator("h1")).to_contain_text("teams")
        print(f"{len(clicked)} clicks, {time.monotonic() - began:.0f} s from the first page to the headline")
        assert len(clicked) == 4 < 10
        assert (outside, errors) == ([], [])
    survey = Workspace(folder).records().survey
    assert survey is not None
    assert [period.label for period in survey.periods] == ["2026-Q1", "2026-Q2"]
    assert len(survey.teams) == 8
    assert len(survey.respondents) == 112  # 8 teams × 14 members, each in both quarters, by the code they were given
    assert survey.instrument.individual.items == tuple(f"Q5_{number}" for number in range(1, 7))
    assert survey.instrument.collective.items == tuple(f"Q6_{number}" for number in range(1, 7))
    assert all(b"example.org" not in path.read_bytes() for path in folder.iterdir())
