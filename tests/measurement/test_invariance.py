"""Invariance, by what is planted; `test_reference_reliability` sets it against lavaan."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from dashboard.measurement.equal_factors import _misfit_and_slope, _places, _start
from dashboard.measurement.invariance import MODELS, _samples, invariance

PERSONS, ITEMS = 400, 4
LOADINGS = np.array([1.0, 0.9, 0.8, 0.7])


@pytest.fixture
def answers() -> np.ndarray:
    """Two periods in which the items mean the same; the level rises from one to the next."""
    random = np.random.default_rng(2)
    level = random.standard_normal(2 * PERSONS) + np.repeat([0.0, 0.6], PERSONS)
    return 3 + level[:, None] * LOADINGS + 0.7 * random.standard_normal((2 * PERSONS, ITEMS))


PERIODS = np.repeat(["2026-Q1", "2026-Q2"], PERSONS)


def fits(answers, scales=("team",) * ITEMS, periods=PERIODS):
    return invariance(answers, list(scales), periods)


def test_items_that_mean_the_same_fit_as_well_when_held_equal(answers):
    found = fits(answers)
    assert tuple(found) == MODELS
    assert min(fit.cfi for fit in found.values()) > 0.99
    assert found["configural"].cfi - found["scalar"].cfi < 0.01


def test_each_model_that_holds_more_equal_has_more_freedom_and_no_better_chi_square(answers):
    found = list(fits(answers).values())
    # 2 periods × (10 variances and covariances − 3 loadings − 4 own variances − 1 of the factor); then 3 loadings,
    # then 4 intercepts less the level of the second period
    assert [fit.freedom for fit in found] == [4, 7, 10]
    assert found[0].chi_square <= found[1].chi_square <= found[2].chi_square


def test_an_item_that_goes_less_with_the_others_shows_in_the_metric_model(answers):
    answers[PERSONS:, 0] = answers[PERSONS:, 0].mean() + 0.2 * (answers[PERSONS:, 0] - answers[PERSONS:, 0].mean())
    found = fits(answers)
    assert found["configural"].cfi > 0.99
    assert found["configural"].cfi - found["metric"].cfi > 0.01


def test_an_item_that_drifts_shows_in_the_scalar_model_alone(answers):
    answers[PERSONS:, 2] += 0.8
    found = fits(answers)
    assert found["configural"].cfi - found["metric"].cfi < 0.01
    assert found["metric"].cfi - found["scalar"].cfi > 0.01


def test_a_rise_of_all_items_is_a_rise_of_the_level(answers):
    answers[PERSONS:] += 1.5 * LOADINGS
    found = fits(answers)
    assert found["metric"].cfi - found["scalar"].cfi < 0.01


def test_other_units_of_an_item_change_nothing(answers):
    stretched = answers * (25, 1, 10, 1) - (25, 0, 3, 0)
    for model, fit in fits(answers).items():
        assert fits(stretched)[model].chi_square == pytest.approx(fit.chi_square, abs=1e-5)


def test_responses_with_a_missing_answer_are_left_out(answers):
    more = np.vstack([answers, np.full((5, ITEMS), np.nan)])
    more[-1, 0] = 5.0
    assert fits(more, periods=np.append(PERIODS, ["2026-Q1"] * 5)) == fits(answers)


def test_slopes_are_those_of_small_steps(answers):
    samples = _samples(np.hstack([answers, answers[::-1]]) + np.random.default_rng(8).standard_normal((1, 8)), PERIODS)
    pattern = np.repeat(np.eye(2, dtype=bool), ITEMS, axis=0)
    places = _places(samples, pattern, "scalar")
    at = places.gathered(_start(samples, pattern))
    at = at + 0.1 * np.random.default_rng(9).standard_normal(len(at))
    stepped = optimize.approx_fprime(at, lambda numbers: _misfit_and_slope(numbers, samples, places)[0], 1e-7)
    assert _misfit_and_slope(at, samples, places)[1] == pytest.approx(stepped, abs=1e-5)


def test_an_item_without_variance_defines_nothing(answers):
    answers[:PERSONS, 1] = 3.0
    assert fits(answers) == {}


@pytest.mark.parametrize(
    "kept, scales, message",
    [
        (np.s_[:PERSONS], ["team"] * 4, "invariance over periods needs two periods with complete responses"),
        (np.s_[: PERSONS + 4], ["team"] * 4, "4 items need more than 4 complete responses in every period"),
        (np.s_[:], ["own", "team", "team", "team"], "a scale needs two items, or three where it stands alone"),
    ],
)
def test_what_is_needed_is_said(answers, kept, scales, message):
    with pytest.raises(ValueError, match=message):
        fits(answers[kept], scales, PERIODS[kept])
