"""The probabilities of the states against draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.diagnosis.compounding.posterior import Posterior
from dashboard.diagnosis.compounding.states import probability_not_compounding, states
from dashboard.terms import Settings

SETTINGS = Settings()
sizes = st.floats(-15, 15)


def one_team(individual, collective, deviations=(4.0, 5.0), correlation=0.3):
    shared = correlation * deviations[0] * deviations[1]
    covariance = np.array([[deviations[0] ** 2, shared], [shared, deviations[1] ** 2]])
    return Posterior(np.ones((1, 1)), np.array([[[individual, collective]]]), covariance[None, None])


@pytest.mark.parametrize(("individual", "collective"), [(9, 1), (8, 8), (1, 7), (0, 0), (-6, -7), (5, 2.5)])
def test_states_are_those_of_draws(individual, collective):
    known = one_team(individual, collective)
    a, c = np.random.default_rng(4).multivariate_normal(known.gain[0, 0], known.covariance[0, 0], 1_000_000).T
    bad, neither_up = (a >= 5) & (c <= a / 2), (a < 5) & (c < 5)
    steady = (np.abs(a) < 5) & (np.abs(c) < 5)
    drawn = [bad, (a >= 5) & ~bad, (a < 5) & (c >= 5), steady, neither_up & ~steady]
    np.testing.assert_allclose(np.ravel(states(known, SETTINGS)), [each.mean() for each in drawn], atol=0.002)


@given(sizes, sizes, st.floats(-0.9, 0.9))
def test_exactly_one_state_holds(individual, collective, correlation):
    found = states(one_team(individual, collective, correlation=correlation), SETTINGS)
    assert np.sum(found) == pytest.approx(1, abs=1e-12)
    assert min(np.ravel(found)) >= 0


def test_the_kinds_are_averaged_by_their_shares():
    first, second = one_team(9, 0), one_team(0, 0)
    both = Posterior(
        np.array([[0.25], [0.75]]),
        np.concatenate([first.gain, second.gain]),
        np.concatenate([first.covariance, second.covariance]),
    )
    expected = 0.25 * np.array(states(first, SETTINGS)) + 0.75 * np.array(states(second, SETTINGS))
    np.testing.assert_allclose(states(both, SETTINGS), expected)
    np.testing.assert_allclose(probability_not_compounding(both, SETTINGS), expected[0])


def test_a_smaller_share_asked_of_the_team_makes_failing_less_probable():
    known = one_team(10, 3)
    chance = [probability_not_compounding(known, Settings(compounding_share=share))[0] for share in (0.3, 0.5, 0.7)]
    assert chance == sorted(chance)


def test_one_for_one_at_a_certain_gain_is_a_coin_flip_of_the_shortfall():
    # far above δ, c = ρa in the mean: P = ½
    known = one_team(30, 15, deviations=(1, 1))
    assert probability_not_compounding(known, SETTINGS)[0] == pytest.approx(0.5, abs=1e-9)
