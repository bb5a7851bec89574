"""The end-of-scale correction against draws, and at its ends."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.compounding.ends_of_scale import clipped, sensitivity, spread_beneath

UNKNOWN = np.array([np.nan, np.nan])


@pytest.mark.parametrize(("centre", "spread"), [(50, 15), (90, 25), (110, 30), (-20, 40)])
def test_clipped_answers_are_those_of_draws(centre, spread):
    draws = np.clip(np.random.default_rng(1).normal(centre, spread, 400_000), 0, 100)
    found = clipped(float(centre), float(spread))
    assert found.mean == pytest.approx(draws.mean(), abs=0.2)
    assert found.deviation == pytest.approx(draws.std(), abs=0.2)
    assert found.inside == pytest.approx(((draws > 0) & (draws < 100)).mean(), abs=0.005)


def test_the_mean_moves_by_the_share_inside():
    # the derivative of the clipped mean by the centre is P(0 < answer < 100)
    low, high = clipped(84.999, 24.0), clipped(85.001, 24.0)
    assert (high.mean - low.mean) / 0.002 == pytest.approx(float(clipped(85.0, 24.0).inside), abs=1e-6)


@pytest.mark.parametrize(("centre", "spread"), [(50, 10), (75, 25), (95, 20), (30, 45)])
def test_the_spread_beneath_is_found_again(centre, spread):
    seen = clipped(float(centre), float(spread))
    assert spread_beneath(float(seen.deviation), float(seen.mean)) == pytest.approx(spread, rel=1e-3)


def test_sensitivity_is_full_at_the_reference_and_falls_towards_both_ends():
    level = np.column_stack([[60.0, 80.0, 90.0, 97.0, 20.0, 5.0]] * 2)
    found = sensitivity(level, np.array([24.0, 24.0]), np.array([60.0, 60.0]), reference=60.0, smallest=0.2)
    assert found[0] == pytest.approx(1.0)
    assert (np.diff(found[:4, 0]) < 0).all()
    assert found[5, 0] < found[4, 0] < 1
    np.testing.assert_array_equal(found[:, 0], found[:, 1])


def test_sensitivity_by_draws():
    """A true shift of 2 points of all answers near the top, and at 60; what shows of it."""
    random = np.random.default_rng(3)
    noise = 25.0 * random.standard_normal(1_000_000)
    shown = {}
    for centre in (100.0, 61.3):
        before, after = (np.clip(centre + shift + noise, 0, 100).mean() for shift in (-1, 1))
        shown[centre] = after - before, (before + after) / 2
    seen = clipped(61.3, 25.0)
    level = np.array([[shown[100.0][1], shown[61.3][1]]])
    found = sensitivity(level, np.repeat(seen.deviation, 2), np.repeat(seen.mean, 2), float(seen.mean), 0.2)
    assert found[0, 0] == pytest.approx(shown[100.0][0] / shown[61.3][0], abs=0.01)


def test_it_is_never_below_its_floor_nor_above_one():
    level = np.array([[100.0, 0.0], [45.0, 50.0]])
    found = sensitivity(level, np.array([20.0, 20.0]), np.array([60.0, 60.0]), 60.0, 0.2)
    np.testing.assert_allclose(found[0], 0.2)
    assert (found[1] <= 1).all()


@pytest.mark.parametrize(
    ("spread", "mean"),
    [(UNKNOWN, UNKNOWN), (np.zeros(2), np.array([100.0, 0.0])), (np.array([50.0, 90.0]), np.full(2, 50.0))],
)
def test_any_spread_gives_a_sensitivity(spread, mean):
    found = sensitivity(np.array([[60.0, 60.0], [100.0, 100.0]]), spread, mean, 60.0, 0.2)
    assert ((found >= 0.2) & (found <= 1)).all()
    assert found[1, 0] < 0.4  # everybody at the top: no change can show
