"""The committed table of what raising the guess of shocks gains and costs: does it say so, can it be made again?"""

from __future__ import annotations

import pandas as pd
import pytest

from tests.verdict.strong_shocks import ORGANIZATIONS, PERIODS, TABLE, WORLDS, row


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(TABLE).set_index(["world", "teams", "periods"])


def test_every_world_has_every_size(table):
    assert list(table.index) == [(world, teams, q) for world in WORLDS for teams in ORGANIZATIONS for q in PERIODS]
    assert (table.raised[table.changed > 0] > 0).all()


def test_no_flag_changes_where_shocks_are_ordinary(table):
    ordinary = table.loc[["mixed", "one normal", "high turnover", "drawing apart"]]
    assert ordinary.changed.sum() == 0
    assert ordinary["flags"].sum() > 3000


def test_many_teams_see_strong_shocks(table):
    strong = table.loc["strong shocks"].loc[1000].sum()
    assert strong.wrong_by_guess / strong.flags_by_guess > 0.20
    assert strong.wrong / strong["flags"] < 0.11


def test_the_cost_is_borne_where_the_low_catch_up_over_two_periods(table):
    caught = table.loc[("catching up", 1000, 2)]
    found, by_guess = caught["flags"] - caught.wrong, caught.flags_by_guess - caught.wrong_by_guess
    assert 0.5 < found / by_guess < 0.6
    over_three = table.loc[("catching up", 1000, 3)]
    assert over_three.changed < 0.05 * over_three.flags_by_guess


def test_a_row_made_again_is_that_of_the_table(table):
    made = row("mixed", WORLDS["mixed"], 100, 2)
    known = table.loc[("mixed", 100, 2)]
    for figure in ("organizations", "raised", "affected", "flags", "wrong", "changed"):
        assert made[figure] == known[figure]
