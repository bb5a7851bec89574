"""Every screen, without a browser: what it says when all is there, when little is, and when names are hostile."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import NoReturn

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import reports
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.screens import session, window
from dashboard.terms import InputRefused, Problem, Settings, Severity
from dashboard.wording import app_words, team_words, tour_words
from tests.screens import made
from tests.screens.driving import Show, opened, words

PAGES = ["start", "data", "overview", "contrast", "team", "goes", "present", "method"]
HOSTILE = {
    "Atlas": "<img src=x onerror=alert(1)>",
    "Bridge": "![x](https://example.org/p.png)",
    "Falcon": "=cmd|' /C calc'!A0",
    "Iris": ":red[x] $x$",
    "Cobalt": "# [x](https://example.org)",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_opens_with_nothing_brought(empty: Show, page: str) -> None:
    at = empty(page)
    assert not at.exception
    assert app_words.FAILED not in words(at)
    assert len(at.title) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_opens_with_a_diagnosis(show: Show, page: str) -> None:
    at = show(page)
    assert not at.exception
    assert app_words.FAILED not in words(at)
    assert len(at.title) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_opens_with_one_period(show: Show, page: str) -> None:
    at = show(page, made.one_period(), team="Atlas")
    assert not at.exception
    assert app_words.FAILED not in words(at)


def test_the_start_offers_two_ways_on(empty: Show) -> None:
    at = empty("start")
    assert [button.label for button in at.button] == [app_words.EXPLORE, app_words.BRING, tour_words.AROUND]


def test_a_returning_reader_may_go_on_where_they_were(show: Show) -> None:
    at = show("start")
    assert [link.value for link in at.page_link] == ["Continue with survey\\.csv"]


@pytest.mark.parametrize("page", ["overview", "team"])
def test_without_data_a_page_says_so_and_offers_the_two_ways(empty: Show, page: str) -> None:
    at = empty(page)
    assert at.title[0].value == app_words.NOTHING_OPEN
    assert [button.label for button in at.button] == [app_words.EXPLORE, app_words.BRING]


def test_the_overview_opens_with_the_headline(show: Show) -> None:
    headline = show("overview").title[0].value
    assert headline.startswith("In 3 of 23 teams judged\\, people grew more confident")  # made: 3 flagged, 23 judged
    assert "0\\.2 of these 3" in headline  # (1 − .97) + (1 − .95) + (1 − .92) = .16


def test_the_four_figures_are_those_of_the_organisation(show: Show) -> None:
    figures = {metric.label: metric.value for metric in show("overview").metric}
    # made: 3.48 and 3.31 on 1–5 are 62 and 57.75 of 100; verdicts as in made.GIVEN
    assert list(figures.values())[:3] == ["62", "58", "0.2"]


def test_another_share_of_wrong_flags_shows_what_it_would_bring(show: Show) -> None:
    at = show("overview")
    # made: .97, .95, .92 are flagged; with .71 as well (.03 + .05 + .08 + .29) / 4 = .11, with .62 too .17
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures["Would be flagged"] == "3"
    at = at.select_slider(key="agreed-share").set_value(0.20).run()
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures["Would be flagged"] == "5"
    assert figures["False alarms"] == "0.8"  # .03 + .05 + .08 + .29 + .38 = .83
    assert "In 3 of 23 teams judged" in at.title[0].value.replace("\\", "")  # the verdicts stay


def test_where_gains_compound_is_said_in_numbers_with_their_names(show: Show) -> None:
    # made.GIVEN: 2 compounding, 3 flagged; 2 watched and 3 insufficient of those given, the rest by made
    assert "**2** compounding  \n**3** not yet  \n**9** cannot tell" in words(show("overview"))


def test_with_too_few_teams_for_flags_no_false_alarms_are_counted(show: Show) -> None:
    whole = made.released()
    few = replace(whole, organization=replace(whole.organization, teams_tested=4, flagged=0))
    assert "Expected false alarms" not in [metric.label for metric in show("overview", few).metric]


def test_without_any_mark_there_is_no_map_and_no_empty_figure(show: Show) -> None:
    whole = made.released()
    gone = [f"{scale}{end}" for scale in ("individual", "collective") for end in ("", "_low", "_high")]
    none = replace(
        whole,
        verdicts=whole.verdicts.assign(individual_gain=np.nan, collective_gain=np.nan),
        organization=replace(
            whole.organization,
            teams_tested=0,
            by_period=whole.organization.by_period.assign(**dict.fromkeys(gone, np.nan)),
        ),
    )
    at = show("overview", none)
    assert not at.get("plotly_chart")
    assert "since 2025" not in words(at).replace("\\", "")
    assert "[–, –]" not in words(at).replace("\\", "")
    assert "26 teams are not on the chart" in words(at).replace("\\", "")


def test_each_figure_has_its_change_or_its_number_near(show: Show) -> None:
    text = words(show("overview"))
    assert "\\+5 since 2025\\-Q1" in text  # .18 points of 4 are 4.5
    assert "of 3 flags" in text


def test_teams_to_discuss_come_in_alphabetical_order_with_their_probability(show: Show) -> None:
    at = show("overview")
    links = [link.value for link in at.page_link]
    assert links == ["**Atlas**", "**Bridge**", "**Falcon**", "**Iris**", "**Onyx**"]
    assert "not compounding\\: \\.97" in words(at)


def test_withheld_teams_are_counted_beside_the_map(show: Show) -> None:
    assert "2 teams are not on the chart" in words(show("overview")).replace("\\", "")


def test_finding_a_team_shows_its_evidence_and_the_way_to_it(show: Show) -> None:
    at = show("overview")
    at.selectbox(key="find").select("Kestrel").run()
    assert "**Kestrel**" in [link.value for link in at.page_link]
    assert "Possibly eroding" in words(at)


def _all_teams(at: AppTest) -> pd.DataFrame:
    """The table of all teams, which is made when it is opened."""
    assert not at.dataframe
    at.session_state["all"] = True
    table: pd.DataFrame = at.run().dataframe[0].value
    return table


def test_the_table_holds_every_team_with_its_gains(show: Show) -> None:
    table = _all_teams(show("overview"))
    assert len(table) == 26
    atlas = table[table["Team"] == "Atlas"].iloc[0]
    assert atlas["Individual gain"] == 12.4
    assert atlas["Verdict"] == "Not yet compounding"


def test_withheld_teams_have_no_figure_in_the_table(show: Show) -> None:
    table = _all_teams(show("overview"))
    assert len(set(table.columns.str.strip())) == len(table.columns)
    zephyr = table[table["Team"] == "Zephyr"].iloc[0]
    assert np.isnan(zephyr[["Probability", "Individual gain", "Collective gain", "Answered last"]].astype(float)).all()
    assert zephyr["Verdict"] == "Cannot be judged"


def test_every_table_can_be_taken_along(show: Show) -> None:
    at = show("overview")
    assert len(at.get("download_button")) == 5


def test_one_period_is_shown_as_worth_watching_and_never_as_a_verdict(show: Show) -> None:
    at = show("overview", made.one_period())
    text = words(at)
    assert "Worth watching" in text
    assert "no change can be judged" in text
    assert "Teams to discuss" not in text


def test_no_flags_are_never_called_healthy(show: Show) -> None:
    whole = made.released()
    none = replace(
        whole,
        verdicts=whole.verdicts.assign(verdict="steady", flagged=0),
        organization=replace(whole.organization, flagged=0, watched=0, verdicts={"steady": 26}),
    )
    text = words(show("overview", none))
    assert "is not therefore well" in text
    assert "None of 23 teams" in text


def test_a_mood_of_the_whole_organisation_is_warned_of(show: Show) -> None:
    whole = made.released()
    moved = replace(whole, organization=replace(whole.organization, moved_together=True))
    assert "moved alike" in show("overview", moved).warning[0].value


def test_a_group_is_called_what_the_settings_say(show: Show) -> None:
    whole = replace(made.released(), settings=Settings(noun="classroom"))
    assert "classrooms" in show("overview", whole).title[0].value


def test_a_team_in_the_address_is_opened(show: Show) -> None:
    at = show("team", team="Atlas")
    text = words(at)
    assert at.title[0].value == "Atlas"
    assert "Not yet compounding" in text
    assert "Individual efficacy rose by about 12" in text


def test_an_unknown_team_in_the_address_gets_a_designed_answer(show: Show) -> None:
    at = show("team", team="Nobody")
    assert at.warning[0].value.replace("\\", "") == team_words.UNKNOWN.format(noun="team", name="Nobody")
    assert not at.exception


def test_without_a_choice_every_team_is_a_link_in_the_same_window(show: Show) -> None:
    at = show("team", since="2025-Q2")
    assert [heading.value for heading in at.header] == ["Teams to discuss", "Worth a conversation", "All other teams"]
    names = [link.value.strip("*") for link in at.page_link]
    assert names[:5] == ["Atlas", "Bridge", "Falcon", "Iris", "Onyx"]  # made: 3 flagged, 2 watched
    assert sorted(names) == sorted(made.TEAMS)
    assert all("since=2025-Q2" in link.proto.query_string for link in at.page_link)


def test_a_hostile_team_in_the_address_is_letters_only(show: Show) -> None:
    at = show("team", team="![x](https://example.org/p.png)")
    assert "![x]" not in at.warning[0].value
    assert "\\!\\[x\\]" in at.warning[0].value


def test_a_withheld_team_shows_no_figure_at_all(show: Show) -> None:
    at = show("team", team="Zephyr")
    assert at.title[0].value == "Zephyr"
    assert "fewer than 5 people answered, or its figures would give a smaller team away" in words(at)
    assert not at.get("plotly_chart")
    assert not at.metric


def test_a_team_page_tells_who_changed_and_how_alike_members_answer(show: Show) -> None:
    text = words(show("team", team="Atlas")).replace("\\", "")
    assert "11 stayed, 3 joined, 3 left" in text  # made so
    assert "0.6 of a category" in text  # AD .55
    assert "r_WG lies between 0.78 and 0.86" in text
    assert "14 of 16 answered in 2026-Q2" in text


def test_parts_of_a_change_that_would_tell_on_persons_are_not_shown(show: Show) -> None:
    assert team_words.FEW_PERSONS.format(minimum=5) in words(show("team", team="Iris"))


def test_without_a_person_key_the_team_page_says_so(show: Show) -> None:
    whole = made.released()
    anonymous = replace(whole, identified=False, changes=whole.changes.iloc[:0])
    assert team_words.NO_PERSON_KEY in words(show("team", anonymous, team="Atlas"))


def test_a_team_page_says_what_this_size_can_show(show: Show) -> None:
    text = words(show("team", team="Atlas")).replace("\\", "").replace("\u00a0", " ")
    assert "With 12 people answering each time in 6 periods" in text  # 14 answered; 12 is the next smaller size known
    assert "at least 11 points to reach the watch list" in text


def test_performance_stands_beside_with_its_own_unit(show: Show) -> None:
    at = show("team", team="Atlas")
    titles = [title.value.replace("\\", "") for title in at.subheader]
    assert "Cycle time: 9 → 8" in titles
    assert "Days; less is better" in words(at).replace("\\", "")
    assert "Performance points the same way" in words(at)


def test_a_team_without_performance_is_told_so(show: Show) -> None:
    assert team_words.NO_METRICS.format(noun="team") in words(show("team", team="Xenon"))


@pytest.mark.parametrize("page", ["overview", "team"])
def test_hostile_names_are_letters_only(show: Show, page: str) -> None:
    whole = made.renamed(made.released(), HOSTILE)
    at = show(page, whole, team=HOSTILE["Bridge"])
    written = [*words(at).splitlines(), *(link.value for link in at.page_link)]
    for name in HOSTILE.values():
        assert not any(name in text for text in written), "a name from data stands unescaped where Markdown is read"
    assert not at.exception


def test_the_downloads_of_a_hostile_team_are_harmless_for_a_spreadsheet(show: Show) -> None:
    content = reports.tables(made.renamed(made.released(), HOSTILE))["verdicts.csv"].decode()
    assert "'=cmd|' /C calc'!A0" in content
    assert "\n=cmd" not in content


def test_files_that_do_not_go_together_are_refused_with_every_problem(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(
        file="performance.csv", found="no team of this file is in the survey", remedy="Use the same names",
        severity=Severity.ERROR,
    )  # fmt: skip

    def refuse(*_: object) -> NoReturn:
        raise InputRefused([problem])

    show("start")
    monkeypatch.setattr(session, "released", refuse)
    at = opened("overview")
    assert at.title[0].value == app_words.REFUSED
    assert "No team of this file is in the survey" in words(at)
    assert "Use the same names" in words(at)


def test_a_fault_of_the_program_shows_a_designed_page_and_no_traceback(
    show: Show, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("secret detail")

    show("start")
    monkeypatch.setattr(session, "released", fail)
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        at = opened("overview")
    assert app_words.FAILED in words(at)
    assert "secret detail" not in words(at)
    assert not at.exception
    assert "secret detail" in caplog.text


def test_the_window_is_chosen_by_its_two_ends(show: Show) -> None:
    at = show("overview", since="2025-Q3")
    assert at.selectbox(key="since").value == "2025-Q3"
    assert at.selectbox(key="until").value == "2026-Q2"


def test_a_window_that_ends_before_it_begins_is_told(show: Show) -> None:
    at = show("overview", since="2026-Q1", until="2025-Q2")
    assert app_words.BACKWARDS in words(at)


def test_a_window_that_was_never_surveyed_falls_back_to_the_usual_one(show: Show) -> None:
    at = show("overview", since="1999-Q1")
    assert at.selectbox(key="since").value == "2025-Q1"


@pytest.mark.parametrize("query", [{"since": "2026-Q2"}, {"until": "2025-Q1"}])
def test_a_window_of_one_period_in_the_address_falls_back_to_the_usual_one(show: Show, query: dict[str, str]) -> None:
    at = show("overview", **query)
    assert at.selectbox(key="since").value == "2025-Q1"
    assert at.selectbox(key="until").value == "2026-Q2"
    assert not set(query) & set(at.query_params)


def test_an_end_before_the_usual_beginning_is_no_window() -> None:
    labels = [f"2024-Q{at}" for at in (1, 2, 3, 4)] + [f"2025-Q{at}" for at in (1, 2, 3, 4)]
    assert window.ends(labels, 6, {"until": "2024-Q3"}) == (None, None)  # the usual one begins in 2024-Q3
    assert window.ends(labels, 6, {"until": "2024-Q4"}) == (None, "2024-Q4")


def test_a_chosen_window_stands_in_the_address_and_the_usual_one_does_not(show: Show) -> None:
    at = show("overview")
    at.selectbox(key="since").select("2025-Q3").run()
    assert "2025-Q3" in at.query_params["since"]
    at.selectbox(key="since").select("2025-Q1").run()
    assert "since" not in at.query_params


def test_a_closed_gate_takes_the_name_off_the_overview_and_says_why(show: Show) -> None:
    shut = Gate(need="collective_mean", state=GateState.CLOSED, found={"icc1_low": -0.04}, short=("icc1_low",))
    whole = made.released()
    gates = tuple(shut if gate.need == shut.need else gate for gate in whole.gates)
    at = show("overview", replace(whole, gates=gates))
    assert "Collective efficacy" not in [metric.label for metric in at.metric]
    assert "Members’ views of their team" in [metric.label for metric in at.metric]
    assert "members of a team answer hardly more alike than people of different teams" in words(at)
