"""Slopes and their errors: by hand, by making, and by how often they are wrong."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.prediction.cr2 import clustered
from dashboard.diagnosis.prediction.findings import Model
from dashboard.diagnosis.prediction.least_squares import fit
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, PERFORMANCE, Design
from dashboard.diagnosis.prediction.slopes import ahead, slope_table
from dashboard.diagnosis.prediction.team_intercept import team_intercept
from dashboard.diagnosis.prediction.within_between import within_between


def test_with_one_row_for_each_team_cr2_of_a_mean_is_its_plain_error() -> None:
    # e_j/√(1 − 1/n), squared and summed, over n²: Σe²/((n − 1)n) = s²/n, with n − 1 degrees of freedom.
    outcome = np.array([3.0, 5.0, 4.0, 8.0])
    found = clustered(fit(outcome, Design(np.ones((4, 1)), ("intercept",))), np.arange(4))
    assert found.errors[0] == pytest.approx(outcome.std(ddof=1) / 2)
    assert found.df[0] == pytest.approx(3.0)


def test_rows_that_repeat_their_team_are_no_more_rows() -> None:
    outcome = np.array([3.0, 5.0, 4.0, 8.0])
    once = clustered(fit(outcome, Design(np.ones((4, 1)), ("intercept",))), np.arange(4))
    thrice = clustered(fit(np.repeat(outcome, 3), Design(np.ones((12, 1)), ("intercept",))), np.repeat(np.arange(4), 3))
    assert thrice.errors == pytest.approx(once.errors)
    assert thrice.df == pytest.approx(once.df)


def test_the_order_of_teams_changes_nothing(made_panel) -> None:
    panel = made_panel(15, seed=2, slope=0.3)
    last_first = np.concatenate([np.flatnonzero(panel.team == team) for team in range(14, -1, -1)])
    design = panel.design()
    turned = clustered(
        fit(panel.performance[last_first], Design(design.matrix[last_first], design.names)),
        14 - panel.team[last_first],
    )
    found = ahead(panel)
    assert turned.errors == pytest.approx(found.errors)
    assert turned.df == pytest.approx(found.df)


def test_a_predictor_that_repeats_another_has_no_slope(made_panel) -> None:
    panel = made_panel(15)
    panel.lagged[COLLECTIVE][:] = 2 * panel.lagged[INDIVIDUAL]
    assert np.isnan(ahead(panel).estimates).all()
    assert np.isnan(ahead(panel).errors).all()


def test_a_team_alone_in_a_period_does_no_harm(made_panel) -> None:
    panel = made_panel(12, periods=4)
    panel = panel.only((panel.period < 3) | (panel.team == 4))
    found = ahead(panel)
    assert np.isfinite(found.errors[1:4]).all()
    assert (found.df[1:4] > 1).all()


def test_intervals_hold_the_slope_that_was_put_in_about_as_often_as_they_say(made_panel) -> None:
    # 200 organisations of 15 teams without a team level, which the model does not know of: 95 % ± 3 %.
    held = 0
    for seed in range(200):
        found = ahead(made_panel(15, periods=4, seed=seed, slope=0.2, team_spread=0.0))
        low, high = found.ends(0.95)
        held += low[found.at(COLLECTIVE)] <= 0.2 <= high[found.at(COLLECTIVE)]
    assert 0.91 <= held / 200 <= 0.99


def test_within_and_between_are_told_apart(made_panel) -> None:
    panel = made_panel(400, seed=4, between=0.8, within=-0.3)
    found = within_between(panel)
    slopes = dict(zip(found.names, found.estimates, strict=True))
    assert slopes[f"between {COLLECTIVE}"] == pytest.approx(0.8, abs=0.1)
    assert slopes[f"within {COLLECTIVE}"] == pytest.approx(-0.3, abs=0.06)
    assert slopes[f"within {INDIVIDUAL}"] == pytest.approx(0.0, abs=0.06)


def test_slopes_between_teams_have_the_degrees_of_freedom_of_teams(made_panel) -> None:
    found = within_between(made_panel(20, periods=5))
    # 20 teams less a mean and two slopes; 80 rows less 20 teams, two slopes and three periods
    assert dict(zip(found.names, found.df, strict=True)) == {
        f"within {INDIVIDUAL}": 55.0,
        f"within {COLLECTIVE}": 55.0,
        f"between {INDIVIDUAL}": 17.0,
        f"between {COLLECTIVE}": 17.0,
    }


def test_a_team_intercept_without_differences_between_teams_is_least_squares() -> None:
    random = np.random.default_rng(5)
    team = np.repeat(np.arange(30), 4)
    outcome = random.standard_normal(120)
    outcome -= (np.bincount(team, weights=outcome) / 4)[team]  # every team the same mean
    design = Design(np.column_stack([np.ones(120), random.standard_normal(120)]), ("intercept", "x"))
    model = team_intercept(outcome, design, team)
    assert model.tau2 == pytest.approx(0.0, abs=1e-6)
    assert model.estimates == pytest.approx(fit(outcome, design).estimates, abs=1e-6)


def test_the_table_holds_the_three_models_and_the_reverse(made_panel) -> None:
    table = slope_table(made_panel(30, slope=0.4), 0.95)
    assert list(table["model"].value_counts().reindex([*map(str, Model)])) == [3, 2, 2, 3]
    own = table[(table["model"] == Model.AHEAD) & (table["term"] == COLLECTIVE)].iloc[0]
    assert own["low"] < own["slope"] < own["high"]
    assert (own["teams"], own["rows"]) == (30, 150)


def test_the_reverse_finds_a_belief_that_follows_performance(made_panel) -> None:
    panel = made_panel(60, seed=6)
    follows = 0.6 * panel.lagged[PERFORMANCE] + 0.1 * np.random.default_rng(1).standard_normal(panel.rows)
    panel.collective[:] = follows
    table = slope_table(panel, 0.95)
    row = table[(table["model"] == Model.REVERSE) & (table["term"] == PERFORMANCE)].iloc[0]
    assert row["slope"] == pytest.approx(0.6, abs=0.03)
    assert row["low"] > 0
