"""Reliability, by hand and by its properties; `test_reference_reliability` sets it against R."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement.one_factor import one_factor
from dashboard.measurement.reliability import cronbach_alpha, item_rest_correlations, omega

GAP = np.nan
rows = st.lists(st.integers(1, 7).map(float), min_size=4, max_size=4)
surveys = st.lists(rows, min_size=3, max_size=20).map(np.array)


def answers_of(loadings, uniquenesses, persons=400, seed=1):
    """Answers whose sample covariance is exactly λλ' + diag(ψ)."""
    items = len(loadings)
    random = np.random.default_rng(seed).standard_normal((persons, items))
    centred = random - random.mean(axis=0)
    white = centred @ np.linalg.inv(np.linalg.cholesky(np.cov(centred, rowvar=False))).T
    wanted = np.outer(loadings, loadings) + np.diag(uniquenesses)
    return 3 + white @ np.linalg.cholesky(wanted).T


def test_alpha_by_hand():
    answers = np.array([[1, 2], [2, 2], [4, 5], [5, 4.0]])  # item variances 10/3 and 9/4, of the sum 41/4
    assert cronbach_alpha(answers).value == pytest.approx(2 * (1 - (10 / 3 + 9 / 4) / (41 / 4)))


def test_feldt_interval_by_hand():
    # 4 persons, 2 items: F of 3 and 3 df; its .975 quantile is 15.439 (table), the .025 one 1/15.439
    alpha = cronbach_alpha(np.array([[1, 2], [2, 2], [4, 5], [5, 4.0]]))
    assert alpha.low == pytest.approx(1 - (1 - alpha.value) * 15.439, abs=1e-4)
    assert alpha.high == pytest.approx(1 - (1 - alpha.value) / 15.439, abs=1e-5)


def test_feldt_interval_holds_its_coverage():
    # one-factor items with loadings √.5 and uniquenesses .5: alpha = 4·.5 / (4·.5 + .5) = .8
    random = np.random.default_rng(5)
    factor, own = random.standard_normal((600, 80, 1)), random.standard_normal((600, 80, 4))
    found = [cronbach_alpha(answers) for answers in np.sqrt(0.5) * (factor + own)]
    held = np.mean([alpha.low <= 0.8 <= alpha.high for alpha in found])
    assert held == pytest.approx(0.95, abs=0.03)  # three standard errors of 600 draws


def test_persons_with_a_missing_answer_are_left_out():
    complete = np.array([[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5.0]])
    with_gaps = np.vstack([complete, [[1, GAP, 5], [GAP, GAP, GAP]]])
    assert cronbach_alpha(with_gaps) == cronbach_alpha(complete)
    assert item_rest_correlations(with_gaps) == pytest.approx(item_rest_correlations(complete))


@pytest.mark.parametrize(
    "answers",
    [
        np.array([[1], [2], [3.0]]),  # a single item
        np.array([[1, 2, 3.0]]),  # a single person
        np.full((5, 3), 4.0),  # no variance
        np.array([[1, 5], [5, 1], [2, 4.0]]),  # the sum does not vary
        np.full((4, 3), GAP),
    ],
)
def test_where_alpha_is_not_defined_it_is_not_available(answers):
    alpha = cronbach_alpha(answers)
    assert np.isnan([alpha.value, alpha.low, alpha.high]).all()


@given(surveys)
def test_alpha_lies_in_its_interval_and_below_one(answers):
    alpha = cronbach_alpha(answers)
    assert np.isnan(alpha.value) or alpha.low <= alpha.value <= alpha.high <= 1


@given(surveys, st.randoms())
def test_alpha_does_not_depend_on_order_direction_or_unit(answers, random):
    persons, items = list(range(len(answers))), list(range(4))
    random.shuffle(persons)
    random.shuffle(items)
    for other in (answers[persons][:, items], 8 - answers, 10 * answers - 3):
        assert cronbach_alpha(other).value == pytest.approx(cronbach_alpha(answers).value, nan_ok=True)


def test_omega_by_hand():
    # (2.6)² / ((2.6)² + 2.2) = 6.76 / 8.96
    assert omega(answers_of([0.8, 0.7, 0.6, 0.5], [0.4, 0.5, 0.6, 0.7])) == pytest.approx(6.76 / 8.96, abs=1e-6)


def test_omega_equals_alpha_when_all_items_load_alike():
    answers = answers_of([0.7] * 5, [0.3, 0.4, 0.5, 0.6, 0.7])
    assert omega(answers) == pytest.approx(cronbach_alpha(answers).value, abs=1e-6)


def test_a_fitted_model_cannot_be_bettered_nearby():
    covariance = np.cov(
        answers_of([0.9, 0.5, 0.6], [0.5, 0.7, 0.6]) + np.random.default_rng(2).normal(0, 0.3, (400, 3)), rowvar=False
    )
    model = one_factor(covariance[None])

    def misfit(loadings, uniquenesses):
        implied = np.outer(loadings, loadings) + np.diag(uniquenesses)
        return np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, covariance))

    best = misfit(model.loadings[0], model.uniquenesses[0])
    for step in np.random.default_rng(3).normal(0, 0.01, (50, 6)):
        assert misfit(model.loadings[0] + step[:3], model.uniquenesses[0] + step[3:]) >= best - 1e-9


def test_a_heywood_case_has_no_omega():
    # of three items λ₁² = r₁₂ r₁₃ / r₂₃ = .8 · .8 / .5 = 1.28: the first item would have a negative variance left
    covariance = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    assert np.isnan(one_factor(covariance[None]).loadings).all()
    random = np.random.default_rng(0).standard_normal((200, 3))
    answers = random @ np.linalg.cholesky(covariance).T
    assert np.isnan(omega(answers))


@pytest.mark.parametrize("persons, items", [(99, 4), (400, 2)])
def test_omega_needs_three_items_and_a_hundred_persons(persons, items):
    answers = answers_of([0.7] * items, [0.5] * items, persons)
    assert np.isnan(omega(answers))
    assert np.isfinite(cronbach_alpha(answers).value)


def test_an_item_that_does_not_vary_has_no_omega_and_no_item_rest_correlation():
    answers = answers_of([0.7] * 4, [0.5] * 4)
    answers[:, 2] = 3
    assert np.isnan(omega(answers))
    assert np.isnan(item_rest_correlations(answers)).tolist() == [False, False, True, False]
