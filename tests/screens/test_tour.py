"""The tour: begins once, stops where it speaks of, ends for good, and comes again when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.history import Workspace
from dashboard.screens import kept, session
from dashboard.wording import app_words, tour_words
from tests.screens.driving import Show, opened, words


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def stop(at: AppTest) -> int | None:
    """The stop that is shown, counted from 1."""
    shown = [at_ for at_ in range(len(tour_words.STOPS)) if f"{at_ + 1} of 4" in words(at)]
    return shown[0] + 1 if shown else None


def test_it_begins_with_the_example_and_leads_over_four_stops() -> None:
    at = press(opened(), app_words.EXPLORE)
    pages, stops = [], []
    for _ in tour_words.STOPS:
        pages.append(at.title[0].value)
        stops.append(stop(at))
        at = press(at, tour_words.NEXT if stops[-1] != 4 else tour_words.DONE)
    assert stops == [1, 2, 3, 4]
    assert pages[0] == pages[1] != pages[2]  # the overview twice, the page of teams, the method
    assert pages[3] == "How it is worked out"
    assert stop(at) is None


def test_whoever_ends_it_is_not_asked_again_unless_they_ask(show: Show) -> None:
    at = show("start")
    at = press(at, tour_words.AROUND)
    assert stop(at) == 1
    at = press(at, tour_words.END)
    assert stop(at) is None
    at = press(at.switch_page("start.py").run(), app_words.EXPLORE)
    assert stop(at) is None
    at = press(at.switch_page("method.py").run(), tour_words.AROUND)
    assert stop(at) == 1


def test_a_link_opens_its_page_without_the_tour() -> None:
    assert stop(opened("overview", data="example")) is None


def test_it_is_taken_once_in_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, show: Show) -> None:
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    monkeypatch.setattr(session, "example_is_here", lambda: True)
    kept._opened.clear()
    version = Workspace(tmp_path).version()
    at = press(show("start"), app_words.EXPLORE)
    assert stop(at) == 1
    press(at, tour_words.END)
    assert Workspace(tmp_path).toured()
    assert Workspace(tmp_path).version() == version  # nothing that is found depends on it
    assert stop(press(show("start"), app_words.EXPLORE)) is None
    kept._opened.clear()


def test_every_stop_is_on_a_page_that_exists() -> None:
    assert {stop.page for stop in tour_words.STOPS} <= app_words.PAGES.keys()
