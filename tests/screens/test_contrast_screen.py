"""The page of both levels: what it says, in what order, rolled up, and what closed gates take off it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.diagnosis.gate import GateState
from dashboard.reports import to_csv
from dashboard.terms import Settings
from dashboard.wording import app_words, contrast_words
from dashboard.wording.contrast_tables import rows_table
from dashboard.wording.contrast_view import Level, Order, in_order, orders, rows_at
from tests.screens import made, made_units
from tests.screens.driving import Show, words

HOSTILE = {"Atlas": "![x](https://example.org/p.png)", "Bridge": ":red[x] $x$", "Cobalt": "=cmd|' /C calc'!A0"}
LAST = made.PERIODS[-1].label


def plain(at: AppTest) -> str:
    return words(at).replace("\\", "").replace("\u00a0", " ")


def table(at: AppTest) -> pd.DataFrame:
    """The first table that is open."""
    found: pd.DataFrame = at.dataframe[0].value
    return found


def options(at: AppTest) -> list[str]:
    return list(at.selectbox(key="order").options)


def test_the_title_says_what_happened_to_both_levels(show: Show) -> None:
    # made: .18 and .06 points of 4 are 4.5 and 1.5 of 100
    title = show("contrast").title[0].value.replace("\\", "").replace("\u00a0", " ")
    assert title == "From 2025-Q1 to 2026-Q2 individual efficacy rose by 5 points, collective efficacy by 2 points"


def test_both_charts_have_a_title_that_states_the_finding_and_an_alternative(show: Show) -> None:
    at = show("contrast")
    titles = [header.value.replace("\\", "") for header in at.header]
    assert titles[0].startswith("In 2026-Q2, over 24 teams: individual efficacy ")
    assert titles[1].startswith("Collective efficacy lies higher in 2026-Q2 than in 2025-Q1 in ")
    charts = at.get("plotly_chart")
    assert len(charts) == 2
    assert all(title in chart.proto.alt for title, chart in zip(titles, charts, strict=True))


def test_levels_of_the_whole_organisation_come_with_intervals_and_how_they_are_weighted(show: Show) -> None:
    text = plain(show("contrast"))
    assert "Individual efficacy 57 [56, 59] → 62 [61, 64]" in text  # made: 3.30 ± .06 and 3.48 ± .06 on 1–5
    assert "the first a mean over people, the second a mean of teams’ means" in text


def test_withheld_teams_are_counted(show: Show) -> None:
    assert "2 teams are withheld: fewer than 5 people answered" in plain(show("contrast"))


def test_the_table_holds_every_team_with_its_number_and_intervals(show: Show) -> None:
    shown = table(show("contrast", figures="true"))
    assert len(shown) == 26
    atlas = shown.set_index("Team").loc["Atlas"]
    assert atlas["Answered"] == 14
    assert atlas["Collective efficacy"] == pytest.approx(54.2)  # made, see the tests of the dumbbells
    assert atlas["Collective efficacy: 95%"] == "[45, 63]"
    assert atlas["Gain in individual efficacy: about 90%"] == "[7, 17]"


def test_a_withheld_row_of_the_table_has_its_reason_and_no_figure(show: Show) -> None:
    zephyr = table(show("contrast", figures="true")).set_index("Team").loc["Zephyr"]
    assert zephyr["Without figures"] == "below the minimum group"
    assert np.isnan([zephyr["Answered"], zephyr["Individual efficacy"], zephyr["Collective efficacy"]]).all()


def test_tables_are_made_when_they_are_opened_and_can_be_taken_along_unopened(show: Show) -> None:
    at = show("contrast")
    assert not at.dataframe
    assert len(at.get("download_button")) == 2


def test_the_reader_chooses_the_order_and_no_row_is_numbered(show: Show) -> None:
    at = show("contrast", order="Number who answered", figures="true")
    shown = table(at)
    assert list(shown["Team"].head(2)) == ["Falcon", "Delta"]  # made: 22 and 17 answered
    assert list(shown["Team"].tail(2)) == ["Yarrow", "Zephyr"]  # no figure, last
    assert not {"Rank", "Place", "#"} & set(shown.columns)


def test_an_unknown_order_in_the_address_is_the_order_of_names(show: Show) -> None:
    assert show("contrast", order="Rank").selectbox(key="order").value == Order.NAME


def test_the_gap_orders_rows_only_where_the_levels_may_be_compared(show: Show) -> None:
    whole = made_units.with_gaps(made.released())
    assert "Collective less individual" in options(show("contrast", whole))
    closed = made_units.with_gate(whole, "level_gap", GateState.CLOSED, "mirrored", 0.0)
    at = show("contrast", closed, figures="true")
    assert "Collective less individual" not in options(at)
    assert not any("less individual" in column for column in table(at).columns)
    assert contrast_words.NOT_LEVELS in plain(at)
    assert "How far the two levels lie apart is not shown: the collective items are not declared" in plain(at)


def test_gaps_are_read_against_the_organisation_and_with_the_number_expected_by_chance(show: Show) -> None:
    text = plain(show("contrast", made_units.with_gaps(made.released())))
    # made: −.1 points of 4 are −2.5 of 100; Atlas lies at −.9 ± .4, Cobalt at .9 ± .4; 5 % of 24 are 1.2
    assert "Collective less individual is −2 points in the whole organisation" in text
    assert "the 95% interval of 1 lies wholly below that and of 1 wholly above; by chance alone about 1.2 would" in text


def test_without_surplus_it_cannot_be_chosen_and_why_is_said(show: Show) -> None:
    whole = made_units.with_gate(made.released(), "surplus", GateState.CLOSED, "htmt", 0.93)
    at = show("contrast", whole, measure="Collective surplus")
    assert "Collective surplus is not shown: the two sets of items measure nearly the same thing" in plain(at)
    assert "Collective efficacy lies higher" in plain(at)  # falls back to what there is


def test_surplus_is_told_with_the_number_expected_by_chance(show: Show) -> None:
    at = show("contrast", made_units.with_surplus(made.released()), measure="Collective surplus", cells="true")
    # made: Atlas −.6 ± .2 and Cobalt .4 ± .2 lie clear of zero; 5 % of 24 are 1.2
    title = (
        "In 2026-Q2 the collective surplus of 2 of 24 teams lies clear of zero; by chance alone no more than about 1.2"
    )
    assert title in plain(at)
    row = table(at).set_index(["Team", "Period"]).loc[("Atlas", LAST)]
    assert row["Collective surplus"] == pytest.approx(-15)
    assert row["Collective surplus: 95%"] == "[−20, −10]"


def test_a_mean_that_is_no_figure_of_the_team_is_called_so_everywhere(show: Show) -> None:
    whole = made_units.with_gate(made.released(), "collective_mean", GateState.CLOSED, "icc1_low", -0.02)
    at = show("contrast", whole, figures="true")
    text = plain(at).replace("Called “members’ views of their team”", "")
    assert "collective efficacy" not in text.lower()
    assert "Members’ views of their team lie higher in 2026-Q2 than in 2025-Q1" in text
    assert "Members’ views of their team" in table(at).columns
    assert "hardly more alike" in text


def test_units_are_one_choice_away_and_say_how_they_are_made(show: Show) -> None:
    whole = made_units.with_units(made.released())
    at = show("contrast", whole, show="Departments", figures="true")
    shown = table(at)
    assert list(shown["Department"]) == ["North", "South", "West"]
    assert shown["Individual efficacy"].head(2).tolist() == pytest.approx([55, 60])
    assert list(shown["Teams counted"].head(2)) == [8, 8]
    text = plain(at)
    assert "Teams too small to be shown count in their department" in text
    assert "1 department is withheld" in text
    assert "1 team lies in no department and is counted in none" in text


def test_teams_can_stand_by_unit(show: Show) -> None:
    at = show("contrast", made_units.with_units(made.released()), order="Department", figures="true")
    shown = table(at)
    assert list(shown["Department"].head(9).unique()) == ["North"]
    assert shown.iloc[-1]["Team"] == "Zephyr"  # in no unit, last


def test_without_units_there_is_no_choice_and_how_to_get_one_is_said(show: Show) -> None:
    at = show("contrast")
    assert "Show" not in [group.label for group in at.get("button_group")]
    assert "No unit above the teams is known" in plain(at)


@pytest.mark.parametrize("number, pages", [(3, 0), (26, 0), (60, 2), (500, 17)])
def test_rows_are_drawn_a_page_at_a_time(show: Show, number: int, pages: int) -> None:
    at = show("contrast", made_units.of_size(number))
    assert not at.exception
    found = at.get("pagination")
    assert bool(found) == (pages > 0)
    if found:
        assert found[0].proto.num_pages == pages
        assert f"Teams 1 to 30 of {number}" in plain(at)


def test_a_page_in_the_address_is_opened(show: Show) -> None:
    at = show("contrast", made_units.of_size(60), rows="2")
    assert "Teams 31 to 60 of 60" in plain(at)


def test_above_five_hundred_teams_units_come_first(show: Show) -> None:
    at = show("contrast", made_units.with_units(made_units.of_size(501)))
    assert "departments" in plain(at).split("\n")[1]
    assert "Teams 1 to 30" not in plain(at)
    assert "Teams 1 to 30 of 501" in plain(
        show("contrast", made_units.with_units(made_units.of_size(501)), show="Teams")
    )


def test_one_period_shows_levels_and_no_change(show: Show) -> None:
    at = show("contrast", made.one_period())
    text = plain(at)
    assert not at.exception
    assert "In 2026-Q2 individual efficacy stands at 62 points of 100, collective efficacy at 58" in text
    assert "rose" not in text
    assert not any("Gain" in option for option in options(at))


def test_with_all_withheld_there_is_no_chart_and_no_figure(show: Show) -> None:
    at = show("contrast", made_units.all_withheld(made.released()))
    assert not at.exception
    assert not at.get("plotly_chart")
    assert "No team can be shown in 2026-Q2" in plain(at)
    assert "26 teams are withheld" in plain(at)


@pytest.mark.parametrize("figure", ["individual", "collective"])
def test_a_level_that_nobody_has_leaves_the_other(show: Show, figure: str) -> None:
    whole = made.released()
    none = [column for column in whole.teams.columns if column.startswith(figure)]
    at = show("contrast", replace(whole, teams=whole.teams.assign(**dict.fromkeys(none, np.nan))))
    assert not at.exception
    assert app_words.FAILED not in words(at)


def test_hostile_names_are_letters_only(show: Show) -> None:
    whole = made_units.with_units(made.renamed(made.released(), HOSTILE), ("![u](https://example.org/u.png)", "S", "W"))
    at = show("contrast", whole, order="Department")
    written = words(at)
    assert not any(name in written for name in HOSTILE.values())
    assert "![u]" not in written


def test_the_file_of_a_hostile_team_is_harmless_for_a_spreadsheet() -> None:
    rows = rows_at(made.renamed(made.released(), HOSTILE), LAST, Level.TEAMS)
    written = rows_table(rows, made.released(), Level.TEAMS)
    assert "'=cmd|' /C calc'!A0" in to_csv(written, list(written.columns)).decode()


def test_the_nouns_are_those_of_the_settings(show: Show) -> None:
    whole = replace(made_units.with_units(made.released()), settings=Settings(noun="classroom", parent_noun="school"))
    at = show("contrast", whole, show="Schools", figures="true")
    assert "over 2 schools" in plain(at)
    assert "Classrooms too small to be shown count in their school" in plain(at)
    assert {"School", "Classrooms counted"} <= set(table(at).columns)


def test_every_order_but_the_names_goes_from_the_highest_down() -> None:
    rows = rows_at(made_units.with_gaps(made_units.with_units(made.released())), LAST, Level.TEAMS)
    assert orders(rows) == list(Order)
    by_gain = in_order(rows, Order.INDIVIDUAL_GAIN)["individual_gain"].dropna().to_numpy()
    assert (np.diff(by_gain) <= 0).all()
    assert in_order(rows, Order.GAP)["name"].iloc[0] == "Cobalt"


def test_rows_are_ordered_by_what_is_drawn() -> None:
    rows = rows_at(made.released(), LAST, Level.TEAMS)
    turned = rows.assign(individual_shrunken=-rows["individual"])
    assert list(in_order(turned, Order.INDIVIDUAL)["name"])[:24] != list(in_order(rows, Order.INDIVIDUAL)["name"])[:24]
