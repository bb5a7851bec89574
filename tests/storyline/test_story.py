"""The story a room is told: every number is the released one, written as on screen, in every situation there is."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.prediction import Model
from dashboard.diagnosis.prediction.claims import slope_of
from dashboard.diagnosis.prediction.panel import COLLECTIVE
from dashboard.diagnosis.trade import trade
from dashboard.disclosure import Released
from dashboard.storyline import Deck, Lines, Map, Rows, Slide, storyline
from dashboard.terms import Settings
from dashboard.wording import (
    evidence,
    gates_words,
    headline,
    overview_words,
    power_words,
    story_words,
    team_words,
    words,
)
from dashboard.wording.escape import plain
from dashboard.wording.numbers import expected, interval, points, signed
from tests.storyline import made
from tests.storyline.made import SITUATIONS, deck, goes, released, texts
from tests.wording.sentences import Sentence
from tests.wording.test_what_may_not_be_said import found

EVERY = list(SITUATIONS)


def slide(key: str, situation: str = "example") -> Slide:
    return next(each for each in deck(situation).slides if each.key == key)


def keys(situation: str) -> list[str]:
    return [each.key for each in deck(situation).slides]


# ── what is told, and in which order ─────────────────────────────────────────────────────────────────────────────────


def test_the_story_goes_from_the_finding_to_the_method() -> None:
    teams = ["Billing", "Checkout", "Firmware", "Mobile Apps", "Power Electronics"]
    named = [f"team:{team}" for team in teams]
    assert keys("example") == ["headline", "reading", "map", *named, "alike", "goes", "try", "sure", "method"]


@pytest.mark.parametrize("situation", EVERY)
def test_every_slide_has_its_own_key_a_source_and_notes_that_end_with_the_caveat(situation: str) -> None:
    slides = deck(situation).slides
    assert len({each.key for each in slides}) == len(slides)
    for each in slides:
        assert each.source, each.key
        assert each.notes[0].startswith("Evidence: "), each.key
        assert each.notes[-1].startswith("Caveat: "), each.key


@pytest.mark.parametrize("situation", EVERY)
def test_what_stands_on_a_slide_can_be_read_from_the_back_of_a_room(situation: str) -> None:
    for each in deck(situation).slides:
        names = sum(len(plain(team)) for team in released(situation).verdicts["team_id"] if plain(team) in each.title)
        assert len(each.title) - names <= 115, each.title
        assert len(each.lead) <= 2
        assert all(len(text) <= 222 for text in each.lead), each.lead
        assert len(each.points) <= 5
        assert all(len(text) <= (230 if each.key == "headline" else 110) for text in each.points), each.points
        assert len(each.figures) <= 4
        if each.table is not None:
            assert len(each.table.rows) <= 8
            assert {len(row) for row in each.table.rows} == {len(each.table.headings)}
            assert len(each.table.headings) <= 6


@pytest.mark.parametrize("situation", EVERY)
def test_no_text_holds_what_is_not_there_or_what_no_reader_can_see(situation: str) -> None:
    for key, text in texts(deck(situation)):
        assert not re.search(r"\bnan\b|\{|\}|</?(b|br|i)>", text) or "hostile" in situation, (
            key,
            text,
        )
        assert not re.search(r"[\x00-\x1f\x7f\u2028\u202a-\u202e\u2066-\u2069]", text), (key, text)


@pytest.mark.parametrize("situation", sorted(set(EVERY) - {"hostile names"}))
def test_nothing_is_said_that_may_not_be_said(situation: str) -> None:
    metric = "hange failure rate"  # is the name of a metric of the example, as its file has it
    assert found(Sentence("story", text.replace(metric, "…")) for _, text in texts(deck(situation))) == []


# ── the numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("situation", EVERY)
def test_the_headline_is_the_one_of_the_overview(situation: str) -> None:
    first = deck(situation).slides[0]
    assert " ".join([first.title, *first.lead]) == headline(released(situation))


def test_the_two_levels_are_the_means_of_the_last_period_with_change_and_interval() -> None:
    whole = released("made")
    table = whole.organization.by_period.set_index("period")
    first, last = (25 * (table.loc[label] - 1) for label in ("2025-Q1", "2026-Q2"))  # answers are 1 … 5
    for figure, scale in zip(slide("headline", "made").figures, ("individual", "collective"), strict=False):
        assert figure.value == points(last[scale])
        assert figure.change == f"{signed(last[scale] - first[scale])} since 2025-Q1"
        assert figure.note == f"95% interval {interval(last[f'{scale}_low'], last[f'{scale}_high'])}"
        assert figure.role == scale


def test_states_and_false_alarms_are_counted_as_on_the_overview() -> None:
    whole = released("example").organization
    _, _, states, wrong = slide("headline").figures
    assert states.value == str(whole.verdicts["compounding"])
    assert states.change == f"{whole.verdicts['not compounding']} not yet"
    assert (wrong.value, wrong.note) == (expected(whole.expected_false_flags), f"of {whole.flagged} flags")


@pytest.mark.parametrize("situation", ["example", "made", "all flagged", "sixty teams", "five hundred teams"])
def test_the_map_holds_every_team_with_figures_at_its_gains(situation: str) -> None:
    verdicts, plot = released(situation).verdicts.sort_values("team_id"), slide("map", situation).plot
    assert isinstance(plot, Map)
    known = verdicts[np.isfinite(verdicts["individual_gain"].astype(float))]
    drawn = {(x, y, n) for marks in plot.marks for x, y, n in zip(marks.x, marks.y, marks.size, strict=True)}
    figures = zip(known["individual_gain"], known["collective_gain"], known["respondents_until"].fillna(0), strict=True)
    assert {(x, y) for x, y, _ in drawn} == {(float(x), float(y)) for x, y, _ in figures}
    assert sum(len(marks.x) for marks in plot.marks) == len(known)
    flagged = next(marks for marks in plot.marks if marks.role == "flagged")
    assert flagged.x == tuple(known.loc[known["flagged"] == 1, "individual_gain"])


def test_flagged_and_watched_marks_carry_their_names_unless_there_are_too_many() -> None:
    plot = slide("map").plot
    assert isinstance(plot, Map)
    names = {marks.role: marks.names for marks in plot.marks}
    assert names["flagged"] == ("Billing", "Checkout", "Firmware", "Mobile Apps", "Power Electronics", "Search")
    assert len(names["watched"]) == 3
    assert names["quiet"] == names["unjudged"] == ()
    crowd = slide("map", "five hundred teams").plot
    assert isinstance(crowd, Map)
    assert all(not marks.names for marks in crowd.marks)


def test_where_there_are_too_many_marks_one_stands_for_all_at_the_same_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.storyline.crowds.MOST", 5)
    plot = next(each.plot for each in storyline(released("made")).slides if each.key == "map")
    assert isinstance(plot, Map)
    quiet = next(marks for marks in plot.marks if marks.role == "quiet")
    rows = released("made").verdicts[released("made").verdicts["verdict"].isin(["steady", "unclear", "compounding"])]
    gains = zip(rows["individual_gain"], rows["collective_gain"], strict=True)
    assert set(zip(quiet.x, quiet.y, strict=True)) >= {(float(round(x)), float(round(y))) for x, y in gains}
    assert quiet.name == "Neither, to the nearest point"


def test_the_region_of_the_map_is_that_of_the_settings() -> None:
    plot = slide("map").plot
    assert isinstance(plot, Map)
    assert (plot.gain, plot.share) == (5.0, 0.5)
    assert plot.region == "Not compounding: members gained 5 or more, the team less than half of it"


def test_the_lines_of_a_team_are_its_shrunken_means_with_the_interval_of_the_plain_ones() -> None:
    whole, plot = released("made"), slide("team:Bridge", "made").plot
    assert isinstance(plot, Lines)
    rows = whole.teams[whole.teams["team_id"] == "Bridge"]
    for line, scale in zip(plot.lines, ("individual", "collective"), strict=True):
        assert line.role == scale
        for values, column in ((line.value, "_shrunken"), (line.low, "_low"), (line.high, "_high")):
            np.testing.assert_allclose(values, 25 * (rows[f"{scale}{column}"].astype(float) - 1))
    assert plot.periods == tuple(rows["period"])
    assert plot.events == (("2025-Q2", "Assistant for everyone"),)  # of everyone; the course is Atlas's own


def test_a_withheld_period_of_a_team_is_left_open() -> None:
    whole = made._judged_as("not compounding", 0.99, ("insufficient",))  # Xenon is withheld in 2025-Q4
    plot = next(each.plot for each in storyline(whole).slides if each.key == "team:Xenon")
    assert isinstance(plot, Lines)
    assert [np.isnan(value) for value in plot.lines[0].value] == [False, False, False, True, False, False]


def test_the_evidence_of_a_team_is_the_sentence_of_its_page() -> None:
    whole = released("example")
    for row in whole.verdicts.to_dict(orient="records"):
        for each in deck("example").slides:
            if each.key == f"team:{row['team_id']}":
                assert each.lead[0] == row["evidence"] == evidence(row, whole.settings, whole.identified)
                assert each.points == words(row["verdict"], whole.settings).questions
                title = team_words.lines_title(row, whole.settings)
                assert each.title == f"{row['team_id']}: {title[:1].lower()}{title[1:]}"


def test_how_alike_members_answer_is_what_was_released() -> None:
    table, whole = slide("alike", "made").table, released("made")
    assert table is not None
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Bridge"] == ("0.6", "82 of 100", "two camps", "6, 3, 3", "+7 / −1")
    changes = whole.changes[whole.changes["team_id"] == "Bridge"].set_index("scale")["from_stayers"]
    told = [signed(25 * value) for value in changes]  # points of 1 … 5 to points of 100
    assert rows["Bridge"][-1] == " / ".join(told)
    assert slide("alike", "made").title == "Answers form two camps in 1 of these 3 teams"


def test_parts_that_are_withheld_say_so() -> None:
    watched = slide("alike", "only the watch list").table
    assert watched is not None
    assert {row[0]: row[-1] for row in watched.rows}["Iris"] == "not shown"
    unknown = slide("alike", "nothing beside").table
    assert unknown is not None
    assert {row[-2:] for row in unknown.rows} == {("not known", "not known")}


def test_slopes_are_those_of_the_page_of_what_goes_with_it() -> None:
    whole, plot = goes("example"), slide("goes").plot
    assert whole is not None
    assert isinstance(plot, Rows)
    for row, metric in zip(plot.rows, whole.metrics, strict=True):
        slope = slope_of(metric, Model.AHEAD, COLLECTIVE)
        assert (row.value, row.low, row.high) == (slope.value, slope.low, slope.high)
        assert row.name == metric.metric.replace("_", " ").capitalize()


def test_one_metric_has_its_own_headline_and_all_that_goes_with_it() -> None:
    whole = goes("made")
    assert whole is not None
    alone = replace(whole, metrics=whole.metrics[:1], tests=1)
    told = next(each for each in storyline(released("made"), alone).slides if each.key == "goes")
    assert told.title.startswith("Over and above members’ reported self-efficacy and performance in the period before")
    assert isinstance(told.plot, Rows)
    assert [row.role for row in told.plot.rows] == ["collective", "individual", "quiet"]


def test_how_sure_is_said_with_the_trade_at_the_agreed_share() -> None:
    whole, told = released("example"), slide("sure")
    row = trade(whole.verdicts, whole.settings, [0.1]).iloc[0]
    wrong, missed, smallest = told.figures
    assert wrong.value == expected(row["expected_false"]) == overview_words.false_alarms(whole)[0]
    assert missed.value == expected(row["expected_missed"]) == power_words.figures(row)[2]
    usual = int(whole.verdicts["respondents_until"].median())
    gain = whole.organization.smallest_detectable_gain[usual]["flag"]
    assert smallest.value == f"{points(gain)} points"
    assert told.title.startswith(f"We expect {wrong.value} of {whole.organization.flagged} flags to be false alarms")
    assert f"{missed.value} real cases" in told.title


# ── situations ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_with_more_than_five_flags_the_most_probable_are_shown_in_alphabetical_order() -> None:
    verdicts = released("example").verdicts
    flagged = verdicts[verdicts["flagged"] == 1].sort_values("probability", ascending=False)
    told = [key.removeprefix("team:") for key in keys("example") if key.startswith("team:")]
    assert told == sorted(flagged["team_id"].head(5))
    assert "1 more is flagged as well" in slide("map").points[0]
    assert "1 more is flagged as well" in slide("team:Power Electronics").lead[1]


def test_without_a_flag_the_watch_list_is_told_under_its_own_title() -> None:
    teams = [each for each in deck("only the watch list").slides if each.key.startswith("team:")]
    assert len(teams) == 5
    assert all(", worth a conversation: " in each.title for each in teams)
    assert not any("flagged as well" in text for each in teams for text in each.lead)


def test_it_is_said_who_has_a_slide_and_one_is_not_many() -> None:
    settings = Settings()
    assert (
        story_words.follow(3, 0, False, settings)
        == "The 3 worth a conversation have a slide each, in alphabetical order."
    )
    assert story_words.follow(3, 0, True, settings) == "The 3 flagged have a slide each, in alphabetical order."
    assert story_words.follow(1, 0, True, settings) == ""
    one = story_words.all_alike_title({"spread": 1}, settings)
    assert one == "In the one team with figures answers do not form two camps"
    assert (
        story_words.all_alike_title({"two camps": 1}, settings) == "In the one team with figures answers form two camps"
    )


def test_nobody_named_is_not_called_well() -> None:
    told = slide("none", "none flagged")
    assert told.title == "No team is named here. That does not mean that all is well"
    assert overview_words.NOT_ALL_WELL.format(noun="team", nouns="teams") in told.lead
    assert not any(key.startswith("team:") for key in keys("none flagged"))


def test_everybody_flagged_is_still_five_teams() -> None:
    assert sum(key.startswith("team:") for key in keys("all flagged")) == 5
    assert "18 more are flagged as well" in slide("map", "all flagged").points[0]


def test_one_period_has_rows_of_who_is_worth_watching_and_neither_map_nor_teams() -> None:
    assert keys("one period") == ["headline", "reading", "watching", "alike", "try", "sure", "method"]
    plot, table = slide("watching", "one period").plot, released("one period").worth_watching
    assert isinstance(plot, Rows)
    assert table is not None
    gaps = table.set_index("team_id")
    for row in plot.rows:
        assert (row.value, row.low, row.high) == tuple(gaps.loc[row.name, ["gap", "gap_low", "gap_high"]])
        assert (row.role == "watched") == (gaps.loc[row.name, "probability"] >= 0.5)
    assert [row.name for row in plot.rows] == sorted(row.name for row in plot.rows)
    everything = " ".join(text for _, text in texts(deck("one period")))
    assert "false alarm" not in everything
    assert "2 teams are not on the chart" in everything


def test_where_one_period_is_not_worked_out_the_reason_stands_in_its_place() -> None:
    told = slide("watching", "one period, gate closed")
    assert told.plot is None
    assert told.lead == (
        "Not shown: the two sets of items measure nearly the same thing (HTMT .93, needed below .85).",
    )


def test_closed_gates_take_names_verdicts_and_numbers_off_every_slide() -> None:
    told = deck("closed gates")
    assert keys("closed gates") == ["headline", "reading", "map", "alike", "goes", "try", "sure", "method"]
    everything = "\n".join(text for key, text in texts(told) if key not in ("goes", "try", "method"))
    assert "Individual efficacy" not in everything
    assert "Collective efficacy" not in everything
    assert gates_words.ITEMS_ONLY in everything
    assert slide("map", "closed gates").plot is None
    assert isinstance(slide("goes", "closed gates").plot, Map)  # marks without a number
    assert slide("goes", "closed gates").title == "What goes with performance cannot be told from these data"
    assert slide("sure", "closed gates").figures == ()


def test_with_too_few_teams_for_a_number_there_is_a_scatter() -> None:
    told = slide("goes", "three teams")
    whole = goes("three teams")
    assert whole is not None
    assert isinstance(told.plot, Map)
    assert len(told.plot.marks[0].x) == len(whole.metrics[0].points) > 0
    assert np.isnan(told.plot.gain)


def test_performance_that_stands_beside_no_survey_has_no_slide() -> None:
    whole = goes("three teams")
    assert whole is not None
    nothing = replace(whole, metrics=tuple(replace(each, points=each.points.iloc[:0]) for each in whole.metrics))
    assert "goes" not in [each.key for each in storyline(released("three teams"), nothing).slides]


def test_without_performance_nothing_is_said_of_it() -> None:
    assert "goes" not in keys("nothing beside")
    assert not any("performance in the next" in text for _, text in texts(deck("nothing beside")))


@pytest.mark.parametrize("situation", EVERY)
def test_no_withheld_team_is_named(situation: str) -> None:
    verdicts = released(situation).verdicts
    hidden = {plain(name) for name in verdicts.loc[verdicts["reason"] == "minimum group", "team_id"]}
    words = " ".join(text for _, text in texts(deck(situation)))
    assert [name for name in hidden if re.search(rf"\b{re.escape(name)}\b", words)] == []


def test_hostile_names_stand_as_they_are_on_one_line() -> None:
    told = slide(f"team:{made.HOSTILE['Falcon']}", "hostile names")
    assert told.title.startswith("=cmd|' /C calc'!A0: ")
    names = " ".join(name for _, name in texts(deck("hostile names")))
    assert "![x](https://example.org/p.png)" in names
    assert "Ir is $x$ :red[x] # x" in names
    assert "\u202e" not in names


@pytest.mark.parametrize("situation", EVERY)
def test_no_file_and_no_person_is_named(situation: str) -> None:
    words = " ".join(text for _, text in texts(deck(situation)))
    for file in released(situation).files:
        assert file.name not in words
    assert "respondent_id" not in words


# ── the same story for the same figures ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("situation", ["example", "sixty teams", "one period"])
def test_the_order_of_rows_changes_nothing(situation: str) -> None:
    whole = released(situation)
    random = np.random.default_rng(7)
    tables = ("teams", "verdicts", "changes", "metrics", "scales", "worth_watching")
    mixed: Released = replace(whole, **{name: _mixed(getattr(whole, name), random) for name in tables})
    # Periods and scales are always in their order.
    mixed = replace(mixed, teams=mixed.teams.sort_values("period", kind="stable"))
    mixed = replace(mixed, changes=mixed.changes.sort_values("scale", ascending=False, kind="stable"))
    assert repr(storyline(mixed, goes(situation))) == repr(deck(situation))


def _mixed(table: pd.DataFrame | None, random: np.random.Generator) -> pd.DataFrame | None:
    return None if table is None else table.iloc[random.permutation(len(table))]


def test_the_same_figures_give_the_same_story() -> None:
    again: Deck = storyline(released("example"), goes("example"))
    assert repr(again) == repr(deck("example"))
