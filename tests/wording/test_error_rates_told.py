"""The measured error rates as they are told: added up from the committed table, nothing typed by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.terms import Settings
from dashboard.wording import error_rates
from dashboard.wording.error_rates import METHOD, NULL, TYPICAL, Size
from tests.screens import made

SETTINGS = Settings()


def worlds(kind: str, rule: str = METHOD) -> pd.DataFrame:
    table = error_rates.study()
    pooled = table["scenario"].notna() & table["teams"].isna()
    return table[(table["rule"] == rule) & (table["kind"] == kind) & pooled]


def test_the_table_of_the_study_has_both_kinds_of_worlds_and_every_rule() -> None:
    table = error_rates.study()
    assert set(table["kind"]) == {TYPICAL, NULL}  # "null" is a word here, not an empty cell
    assert list(dict.fromkeys(table["rule"])) == list(error_rates.RULES)
    assert set(table["scenario"].dropna()) <= set(error_rates.WORLDS)


def test_wrong_flags_are_the_mean_over_worlds_each_counting_once() -> None:
    own = worlds(TYPICAL)
    shares = [w / f for w, f in zip(own["wrong"], own["flags"], strict=True) if f]
    told = error_rates.compared(SETTINGS).iloc[0]
    assert told["Wrong among them"] == f"{100 * np.mean(shares):.0f}%"
    assert told["Flags"] == f"{own['flags'].sum():,.0f}"


def test_where_nothing_is_wrong_false_flags_are_told_per_hundred() -> None:
    told = error_rates.compared(SETTINGS)
    naive = worlds(NULL, "difference of team means")["false_per_100"].mean()
    assert told.iloc[3]["False flags per 100 teams where nothing is wrong"] == f"{naive:.0f}"


def test_every_world_has_its_row_with_this_method_beside_the_simpler_rules() -> None:
    assert len(error_rates.by_world(SETTINGS)) == len(worlds(TYPICAL))
    assert len(error_rates.wrong_and_found(SETTINGS)) == len(worlds(TYPICAL))
    assert len(error_rates.false_where_nothing_is(SETTINGS)) == len(worlds(NULL))


def test_no_flag_at_all_has_no_share_of_wrong_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = error_rates.study().assign(flags=0, wrong=0, found=0)
    monkeypatch.setattr(error_rates, "study", lambda: silent)
    assert set(error_rates.by_world(SETTINGS)["Wrong among them"]) == {"–"}


def test_the_nearest_size_of_the_grid_is_near_by_its_ratio() -> None:
    whole = made.released()
    found = error_rates.nearest(whole)
    answered = whole.teams["respondents"].astype(float).median()  # made: 26 teams, 6 periods
    members = sorted(error_rates.study()["members"].dropna().unique(), key=lambda m: abs(np.log(m / (answered / 0.75))))
    assert found == Size(20, int(members[0]), found.periods)
    large = replace(whole, organization=replace(whole.organization, teams=900))
    assert error_rates.nearest(large).teams == error_rates.study()["teams"].max()


def test_without_any_answer_no_size_is_near() -> None:
    whole = made.released()
    empty = replace(whole, teams=whole.teams.assign(respondents=np.nan))
    assert error_rates.nearest(empty) is None


def test_the_row_for_this_organisation_adds_up_its_cells_only() -> None:
    whole = made.released()
    size = error_rates.nearest(whole)
    assert size is not None
    table = error_rates.study()
    cells = table[(table["rule"] == METHOD) & (table["kind"] == TYPICAL)]
    cells = cells[(cells[["teams", "members", "periods"]] == list(size)).all(axis=1)]
    assert error_rates.compared(SETTINGS, size).iloc[0]["Flags"] == f"{cells['flags'].sum():,.0f}"
    assert f"{size.teams} teams of about {size.members} members" in error_rates.told(size, whole)
