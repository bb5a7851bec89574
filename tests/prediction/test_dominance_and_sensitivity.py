"""Whose share is whose, and what an unreliable control hides: by hand and by making."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from dashboard.diagnosis.prediction.cross_products import cross_products, redrawn
from dashboard.diagnosis.prediction.dominance import dominance, general_dominance
from dashboard.diagnosis.prediction.least_squares import fit
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, LAGGED, PERFORMANCE
from dashboard.diagnosis.prediction.reliability_sensitivity import (
    corrected_slopes,
    mean_reliability,
    reliability_sensitivity,
)
from dashboard.diagnosis.prediction.slopes import ahead


def correlated() -> np.ndarray:
    """Two predictors that go together .5, with the outcome .6 and .4."""
    return np.array([[[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]]])


def test_shares_by_hand() -> None:
    # Together (.36 + .16 − 2·.6·.4·.5)/(1 − .25) = .3733; the first adds .36 alone and .3733 − .16 to the other: .2867.
    whole, first = (0.36 + 0.16 - 0.24) / 0.75, (0.36 + (0.36 + 0.16 - 0.24) / 0.75 - 0.16) / 2
    assert general_dominance(correlated())[0] == pytest.approx([first / whole, 1 - first / whole])


def test_shares_add_up_to_one_and_follow_their_predictors(made_panel) -> None:
    panel = made_panel(50, slope=0.4, own=0.2)
    products = cross_products(panel).within_periods(np.ones((1, 50)))
    shares = general_dominance(products)[0]
    assert shares.sum() == pytest.approx(1.0)
    for order in permutations(range(3)):
        at = [*order, 3]
        assert general_dominance(products[:, at][:, :, at])[0] == pytest.approx(shares[list(order)])


def test_a_predictor_twice_shares_with_itself() -> None:
    twice = np.array([[[1, 0.999999, 0.5], [0.999999, 1, 0.5], [0.5, 0.5, 1]]])
    assert general_dominance(twice)[0] == pytest.approx([0.5, 0.5], abs=1e-3)
    assert np.isnan(general_dominance(np.array([[[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1.0]]]))).all()


def test_what_counts_most_has_the_largest_share_with_an_interval_around_it(made_panel) -> None:
    table = dominance(made_panel(60, slope=0.8), redrawn(60, seed=1)).set_index("term")
    assert table["share"].idxmax() == COLLECTIVE
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()
    assert table.loc[COLLECTIVE, "low"] > table.loc[INDIVIDUAL, "high"]


def test_sums_of_teams_are_the_sums_of_their_rows(made_panel) -> None:
    panel = made_panel(20, periods=4)
    twice = np.ones((1, 20))
    twice[0, 3] = 2  # one team drawn twice
    rows = np.concatenate([np.arange(panel.rows), np.flatnonzero(panel.team == 3)])
    columns = np.column_stack([*(panel.lagged[name] for name in LAGGED), panel.performance])[rows]
    period = panel.period[rows]
    for at in np.unique(period):
        columns[period == at] -= columns[period == at].mean(axis=0)
    assert cross_products(panel).within_periods(twice)[0] == pytest.approx(columns.T @ columns)


def test_a_reliability_of_one_leaves_the_slope_as_measured(made_panel) -> None:
    panel = made_panel(40, slope=0.3, own=0.2)
    products = cross_products(panel).within_periods(np.ones((1, 40)))
    found = ahead(panel)
    assert corrected_slopes(products, 1.0)[0] == pytest.approx(found.estimates[found.at(COLLECTIVE)])


def test_an_unreliable_self_efficacy_makes_collective_efficacy_look_useful_and_is_found_out(made_panel) -> None:
    # Only self-efficacy counts, measured with as much error as truth; collective efficacy goes with the truth.
    panel = made_panel(3000, periods=3, seed=8, own=0.6, team_spread=0.0)
    truth = panel.lagged[INDIVIDUAL].copy()
    spread = float(np.var(truth))
    panel.lagged[INDIVIDUAL][:] = truth + np.sqrt(spread) * np.random.default_rng(2).standard_normal(panel.rows)
    table = reliability_sensitivity(panel, 0.5, redrawn(3000, seed=1, number=100)).set_index("reliability")
    assert table.loc[1.0, "low"] > 0.05  # looks useful
    assert table.loc[0.5, "slope"] == pytest.approx(0.0, abs=0.05)  # is not
    assert bool(table.loc[0.5, "estimated"])


def test_more_error_than_there_is_spread_leaves_nothing_to_say(made_panel) -> None:
    panel = made_panel(30)
    panel.lagged[COLLECTIVE][:] = panel.lagged[INDIVIDUAL] + 0.01 * panel.lagged[COLLECTIVE]
    table = reliability_sensitivity(panel, float("nan"), redrawn(30, seed=1)).set_index("reliability")
    assert np.isnan(table.loc[0.5, "slope"])
    assert not table["estimated"].any()


def test_the_reliability_of_means_is_what_is_left_of_their_spread(made_panel) -> None:
    panel = made_panel(500, periods=3)
    columns = panel.lagged[INDIVIDUAL].reshape(500, 2)
    spread = columns.var(axis=0, ddof=1).mean()
    assert mean_reliability(np.full(panel.rows, 0.25 * spread), panel) == pytest.approx(0.75, abs=1e-9)
    assert mean_reliability(np.full(panel.rows, 2 * spread), panel) == 0.0
    assert np.isnan(mean_reliability(np.full(panel.rows, np.nan), panel))


def test_periods_are_taken_out_of_shares(made_panel) -> None:
    panel = made_panel(40, slope=0.5)
    plain = dominance(panel, redrawn(40, seed=1))
    panel.performance[:] += 50.0 * panel.period
    panel.lagged[PERFORMANCE][:] -= 20.0 * panel.period
    shifted = dominance(panel, redrawn(40, seed=1))
    assert shifted["share"].to_numpy() == pytest.approx(plain["share"].to_numpy(), abs=1e-6)


def test_the_fit_on_sums_is_the_fit_on_rows(made_panel) -> None:
    panel = made_panel(25, slope=0.3)
    products = cross_products(panel).within_periods(np.ones((1, 25)))[0]
    slopes = np.linalg.solve(products[:3, :3], products[:3, 3])
    assert slopes == pytest.approx(fit(panel.performance, panel.design()).estimates[1:4])
