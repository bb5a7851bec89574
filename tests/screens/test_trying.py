"""What to try on the page of a team: what is offered, taking it up with and without a workspace, before and after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import designs
from dashboard.designs.taking import FILE, rows
from dashboard.history import Workspace
from dashboard.screens import kept
from dashboard.wording import design_words, workspace_words
from tests.screens import made
from tests.screens.driving import Show, opened, words
from tests.screens.test_data_screen import dropped, survey, used
from tests.screens.test_workspace_screen import brought

QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")
EVENTS = ["team_id", "period", "date", "kind", "name", "outcome", "participants"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the workspace that the app is started on."""
    place = tmp_path / "workspace"
    monkeypatch.setenv(kept.VARIABLE, str(place))
    return place


def said(at: AppTest) -> str:
    told = "\n".join(str(one.value) for one in at.success)
    return f"{words(at)}\n{told}".replace("\\", "").replace("\u00a0", " ")


def team_page(at: AppTest, team: str = "Team 1") -> AppTest:
    at = at.switch_page("team.py").run()
    return at.selectbox(key="team").select(team).run()


def offered(at: AppTest) -> list[str]:
    """The keys of the designs on the page, in order."""
    return [str(one.key).removeprefix("log-") for one in at.button if str(one.key).startswith("log-")]


def taken(at: AppTest, team: str = "Team 1", own: str = "", period: str = "") -> tuple[AppTest, str]:
    """The page after the first design was taken up, and that design's name."""
    key = offered(at)[0]
    at.text_input(key=f"called-{key}-{team}").set_value(own)
    if period:
        at.selectbox(key=f"when-{key}-{team}").set_value(period)
    return at.button(key=f"log-{key}").click().run(), designs.BY_KEY[key].name


def test_options_stand_with_what_led_to_them(show: Show) -> None:
    at = show("team", made.released(), team="Atlas")
    options = designs.fitting(made.released(), "Atlas")
    assert offered(at) == [option.design.key for option in options]
    text = said(at)
    for option in options:
        assert all(each in text for each in (option.design.name, option.design.idea, option.design.refuted))
        assert all(sentence.replace("\u00a0", " ") in text for sentence in option.because)
        assert all(source in text for source in option.design.sources)
    assert at.expander[-1].label == "All 10 designs"


def test_a_withheld_team_is_offered_what_fits_any_team(show: Show) -> None:
    at = show("team", made.released(), team="Zephyr")
    assert offered(at) == [design.key for design in designs.GENERAL]
    assert design_words.no_figures(made.released().settings) in said(at)


def test_hostile_names_of_events_are_shown_and_not_drawn(show: Show) -> None:
    name = "![x](https://h/p.png) <b>"
    rows_ = [("Atlas", "2025-Q3", "", "shared_mastery", name, "", np.nan)]
    at = show("team", replace(made.released(), events=pd.DataFrame(rows_, columns=EVENTS)), team="Atlas")
    assert not at.exception
    assert name not in words(at)
    assert name in said(at).replace("\u2060", "")


# ── before and after ─────────────────────────────────────────────────────────────────────────────


def test_before_and_after_stand_on_the_page_with_interval_and_number(show: Show) -> None:
    at = show("team", made.released(), team="Cobalt")
    table = at.table[0].value
    # made: Joint migration in 2025-Q3; individual 55 + 2 + 9.9 × at / 5 ± .6 by turns, ± 8.75 (.35 of a point of 25)
    assert [heading.replace("\\", "") for heading in table.columns][:3] == [
        "Points of 100",
        "Before: 2025-Q2, 12 people",
        "After: 2025-Q4, 12 people",
    ]
    cells = table.iloc[0].str.replace("\\", "").str.replace("\u00a0", " ").tolist()
    assert cells[1] == "58 [50, 67]"  # 57 + 9.9 / 5 − .6 = 58.38
    assert cells[2] == "62 [54, 71]"  # 57 + 9.9 × 3 / 5 − .6 = 62.34
    assert cells[3] == "+4 [−8, 16]"  # 3.96 ± 8.75 × √2
    text = said(at)
    assert "one team says nothing about whether it does" in text
    assert "Joint migration, 2025-Q3" in text


def test_a_withheld_survey_has_no_figure_before_or_after(show: Show) -> None:
    whole = made.released()
    event = [("Xenon", "2025-Q3", "", "shared_mastery", "Pre-mortem", "", np.nan)]  # made: withheld in 2025-Q4
    at = show("team", replace(whole, events=pd.DataFrame(event, columns=EVENTS)), team="Xenon")
    table = at.table[0].value
    assert table.columns[2].replace("\\", "") == "After: 2025-Q4, no figures shown"
    assert table.iloc[:, 2:4].to_numpy().tolist() == [["–", "–"], ["–", "–"]]


# ── taking up ────────────────────────────────────────────────────────────────────────────────────


def test_without_a_workspace_it_is_kept_in_this_tab_which_says_so() -> None:
    at = team_page(used(dropped(("pulse.csv", survey(QUARTERS)))))
    assert at.selectbox(key=f"when-{offered(at)[0]}-Team 1").value == "2026-Q3"  # the one after the last survey
    at, name = taken(at, own="spring release")
    assert not at.exception
    called = f"{name}: spring release"
    assert design_words.TAKEN.format(name=called, period="2026-Q3") in said(at)
    assert design_words.GONE_AT_CLOSE in said(at)
    (event,) = at.session_state["brought"].files["events"]
    assert rows(event.content) == [("2026-Q3", "Team 1", "shared_mastery", called, "taken up, outcome open")]
    assert at.download_button(key="take-events").label == design_words.DOWNLOAD
    assert f"{called}, 2026-Q3" in said(at)  # before and after
    assert design_words.NOT_YET in said(at)
    assert design_words.BEGUN.format(period="2026-Q3") in said(at)


def test_waves_have_no_next_one_and_another_may_be_written() -> None:
    at = team_page(used(dropped(("pulse.csv", survey(("wave 1", "wave 2"))))))
    begins = at.selectbox(key=f"when-{offered(at)[0]}-Team 1")
    assert begins.options == ["wave 2", "wave 1"]
    assert begins.proto.accept_new_options
    at, name = taken(at, period="wave 2")
    assert design_words.TAKEN.format(name=name, period="wave 2") in said(at)
    assert design_words.OWN_PERIOD.format(period="wave 2") in said(at)


def test_what_was_taken_up_in_this_tab_can_be_taken_back() -> None:
    at, name = taken(team_page(used(dropped(("pulse.csv", survey(QUARTERS))))), period="2026-Q1")
    at = at.button(key="take-back-0").click().run()
    assert not at.exception
    assert design_words.TAKEN_BACK.format(name=name) in said(at)
    assert "events" not in at.session_state["brought"].files
    assert design_words.BEFORE_AFTER not in [one.value for one in at.header]


def test_the_downloaded_file_brought_next_quarter_shows_before_and_after() -> None:
    at, name = taken(team_page(used(dropped(("pulse.csv", survey(QUARTERS))))))
    content = at.session_state["brought"].files["events"][0].content.decode()
    later = used(dropped(("pulse.csv", survey((*QUARTERS, "2026-Q3"))), ("events.csv", content)))
    at = team_page(later)
    assert not at.exception
    assert f"{name}, 2026-Q3" in said(at)
    headings = [heading.replace("\\", "") for heading in at.table[0].value.columns]
    assert headings[1:3] == ["Before: 2026-Q2, 6 people", "After: 2026-Q3, 6 people"]
    assert design_words.OWN_PERIOD.format(period="2026-Q3") in said(at)


def test_in_a_workspace_it_is_an_import_of_its_own_that_can_be_undone(folder: Path) -> None:
    workspace = brought(folder, *QUARTERS)
    at = opened("team", team="Team 1")
    at.text_input(key="who").set_value("Grace").run()
    at, name = taken(at)
    assert not at.exception
    assert design_words.TAKEN.format(name=name, period="2026-Q3") in said(at)
    assert "brought" not in at.session_state
    last = workspace.imports()[-1]
    assert (last.who, [file.name for file in last.files]) == ("Grace", [FILE])
    events = workspace.records().events
    assert events is not None
    assert events.events[["team", "period", "kind", "name"]].iloc[0].tolist() == [
        "Team 1",
        "2026-Q3",
        "shared_mastery",
        name,
    ]
    data = opened("data")
    assert f"Events, 2026-Q3, 1 row from {FILE}" in said(data)
    data = data.button(key=f"undo-{last.number}").click().run()
    assert workspace_words.UNDONE.format(number=last.number) in said(data)
    assert design_words.BEFORE_AFTER not in said(opened("team", team="Team 1"))


def test_in_a_workspace_the_very_same_is_kept_once(folder: Path) -> None:
    workspace = brought(folder, *QUARTERS)
    _, name = taken(opened("team", team="Team 1"))
    again = opened("team", team="Team 1")
    key = next(key for key in offered(again) if designs.BY_KEY[key].name == name)
    again = again.button(key=f"log-{key}").click().run()
    assert design_words.TAKEN_BEFORE.format(name=name, period="2026-Q3") in said(again)
    assert len(workspace.imports()) == 2


def test_what_is_open_beside_a_workspace_stays_out_of_it(folder: Path, show: Show) -> None:
    at, _ = taken(show("team", made.released(), team="Atlas"), team="Atlas")  # files of this tab, as the example is
    assert not at.exception
    assert Workspace(folder).imports() == ()
    assert len(at.session_state["brought"].files["events"]) == 1
