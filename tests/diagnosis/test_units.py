"""Units above the teams: which, who counts in them, and how sure their means are."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import dashboard
from dashboard.diagnosis.parents import parents
from dashboard.terms import Roster, Settings, Survey

ANSWERS = {  # team: one row per person: individual, collective; two items each, alike
    "Alpha": [(4, 2), (5, 3), (3, 4), (4, 5), (2, 3)],
    "Beta": [(2, 2), (3, 4)],
    "Gamma": [(5, 5), (4, 4), (4, 3), (5, 4), (3, 3), (4, 5)],
}
UNDER = {"Alpha": "North", "Beta": "North", "Gamma": "South"}


def survey(segment: dict[str, str] | None = None, quarters: tuple[str, ...] = ("2026-Q1",)) -> Survey:
    rows = ["who,team,quarter,department,se_1,se_2,ce_1,ce_2"]
    for quarter in quarters:
        for team, people in ANSWERS.items():
            for who, (one, us) in enumerate(people):
                unit = (segment or {}).get(f"{team} {who}", (segment or {}).get(team, ""))
                rows.append(f"{team}{who},{team},{quarter},{unit},{one},{one},{us},{us}")
    return dashboard.read_survey("\n".join(rows).encode())


def roster(lines: str) -> Roster:
    return dashboard.read_roster(f"team,quarter,headcount,parent\n{lines}".encode())


ROSTER = "Alpha,2026-Q1,6,North\nBeta,2026-Q1,3,North\nGamma,2026-Q1,7,South"


def north(**brought: object) -> pd.Series:
    found = dashboard.diagnosis.diagnose(survey(), settings=Settings(), roster=roster(ROSTER), **brought)
    return found.units.set_index("unit").loc["North"]


def test_individual_efficacy_of_a_unit_is_the_mean_over_its_persons() -> None:
    # (4 + 5 + 3 + 4 + 2 + 2 + 3) / 7
    assert north()["individual"] == pytest.approx(23 / 7)


def test_collective_efficacy_of_a_unit_is_the_mean_of_its_team_means() -> None:
    # (17/5 + 6/2) / 2 = 3.2; over persons it would be 23/7 = 3.29
    assert north()["collective"] == pytest.approx(3.2)


def test_a_small_team_counts_in_its_unit() -> None:
    assert north()["teams"] == 2
    assert north()["respondents"] == 7
    assert north()["scored_collective"] == 7


def test_the_interval_rests_on_the_spread_pooled_over_all_teams() -> None:
    within = [np.var([one for one, _ in people]) * len(people) for people in ANSWERS.values()]
    spread = sum(within) / (13 - 3)
    half = stats.t.ppf(0.975, 10) * np.sqrt(spread / 7)
    assert north()["individual_high"] - north()["individual"] == pytest.approx(half)


def test_the_interval_of_a_mean_of_team_means_adds_what_is_uncertain_in_each() -> None:
    within = [np.var([us for _, us in people]) * len(people) for people in ANSWERS.values()]
    spread = sum(within) / (13 - 3)
    half = stats.t.ppf(0.975, 10) * np.sqrt(spread * (1 / 5 + 1 / 2)) / 2
    assert north()["collective"] - north()["collective_low"] == pytest.approx(half)


def test_a_unit_of_one_team_has_the_figures_of_the_team() -> None:
    found = dashboard.diagnosis.diagnose(survey(), settings=Settings(), roster=roster(ROSTER))
    south = found.units.set_index("unit").loc["South"]
    gamma = found.teams.set_index("team_id").loc["Gamma"]
    columns = [f"{scale}{end}" for scale in ("individual", "collective") for end in ("", "_low", "_high")]
    assert south[columns].astype(float).tolist() == pytest.approx(gamma[columns].astype(float).tolist())


def test_without_a_roster_a_segment_that_teams_lie_in_whole_serves() -> None:
    assert parents(survey(UNDER), None, Settings()).ravel().tolist() == ["North", "North", "South"]


def test_a_segment_whose_members_differ_within_a_team_is_no_unit() -> None:
    assert not parents(survey({**UNDER, "Alpha 2": "South"}), None, Settings()).any()


def test_a_segment_that_gathers_no_teams_is_no_unit() -> None:
    assert not parents(survey({"Alpha": "A", "Beta": "B", "Gamma": "C"}), None, Settings()).any()


def test_members_who_gave_no_department_do_not_part_a_team() -> None:
    assert parents(survey({**UNDER, "Alpha 2": ""}), None, Settings()).ravel().tolist() == ["North", "North", "South"]


def test_the_roster_goes_before_a_segment() -> None:
    whole = roster(ROSTER.replace("South", "West"))
    assert parents(survey(UNDER), whole, Settings()).ravel().tolist() == ["North", "North", "West"]


def test_a_roster_without_units_leaves_it_to_the_segment() -> None:
    bare = roster("Alpha,2026-Q1,6,\nBeta,2026-Q1,3,")
    assert parents(survey(UNDER), bare, Settings())[2, 0] == "South"


def test_a_unit_named_once_holds_in_every_period_and_one_that_changes_only_where_named() -> None:
    quarters = ("2026-Q1", "2026-Q2", "2026-Q3")
    moved = roster("Alpha,2026-Q1,6,North\nBeta,2026-Q1,3,North\nBeta,2026-Q3,3,South\nGamma,2025-Q4,7,South")
    found = parents(survey(quarters=quarters), moved, Settings())
    assert found.tolist() == [["North"] * 3, ["North", "", "South"], ["South"] * 3]


def test_a_team_in_no_unit_is_lost_to_none_and_counted_in_none() -> None:
    part = roster("Alpha,2026-Q1,6,North\nBeta,2026-Q1,3,North")
    found = dashboard.diagnosis.diagnose(survey(), settings=Settings(), roster=part)
    assert found.units["unit"].tolist() == ["North"]
    assert set(found.parents["team_id"]) == {"Alpha", "Beta"}


def test_without_any_unit_the_table_is_empty_and_has_its_columns() -> None:
    found = dashboard.diagnosis.diagnose(survey(), settings=Settings())
    assert found.units.empty
    assert "collective_low" in found.units.columns


def test_units_are_released_without_figures_that_would_give_a_team_away() -> None:
    # North less Alpha, which is shown, would be the two of Beta.
    found = dashboard.diagnose(survey(), roster=roster(ROSTER), settings=Settings(minimum_group=5))
    row = found.units.set_index("unit").loc["North"]
    shown = found.teams.set_index("team_id")["withheld"] == ""
    assert shown.to_dict() == {"Alpha": False, "Beta": False, "Gamma": True}  # Alpha protects Beta from the whole
    assert row["withheld"] == ""  # seven persons in two hidden teams
    lone = dashboard.diagnose(survey(), roster=roster(ROSTER.replace("Beta,2026-Q1,3,North", "Beta,2026-Q1,3,South")))
    rows = lone.units.set_index("unit")
    assert (rows["withheld"] == "withheld so that a smaller team cannot be worked out").all()
    assert rows.drop(columns=["period", "withheld"]).astype(float).isna().all(axis=None)


def test_the_order_of_rows_changes_nothing() -> None:
    text = (dashboard.samples.folder() / "survey.csv").read_text().splitlines()
    shuffled = "\n".join([text[0], *reversed(text[1:])])
    one, other = (
        dashboard.diagnosis.diagnose(dashboard.read_survey(content.encode()), settings=Settings()).units
        for content in ("\n".join(text), shuffled)
    )
    written, again = io.StringIO(), io.StringIO()
    one.to_csv(written, float_format="%.12g")
    other.to_csv(again, float_format="%.12g")
    assert written.getvalue() == again.getvalue()
