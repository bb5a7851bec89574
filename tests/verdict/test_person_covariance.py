"""Ψ and Ω against a version with loops, and against the truth of simulated persons."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dashboard.diagnosis.compounding.person_covariance import (
    MOMENTARY_GUESS,
    STABLE_GUESS,
    person_covariance,
)
from dashboard.diagnosis.compounding.persons import persons_of
from tests.verdict.simulator import World, simulate


def slowly(responses):
    """Both matrices by loops over teams, periods and persons."""
    score = {
        (team, period, person): np.array([a, c])
        for team, period, person, a, c in zip(
            responses.team,
            responses.period,
            responses.respondent,
            responses.individual,
            responses.collective,
            strict=True,
        )
    }
    changes, matched = np.zeros((2, 2)), 0
    within, freedom = np.zeros((2, 2)), 0
    for team in range(responses.teams):
        for period in range(responses.periods):
            values = np.array([y for (j, t, _), y in score.items() if (j, t) == (team, period)])
            if len(values):
                within += (values - values.mean(axis=0)).T @ (values - values.mean(axis=0))
                freedom += len(values) - 1
        for early, late in itertools.combinations(range(responses.periods), 2):
            people = [i for (j, t, i) in score if (j, t) == (team, early) and (team, late, i) in score]
            if people:
                d = np.array([score[team, late, i] - score[team, early, i] for i in people])
                changes += (d - d.mean(axis=0)).T @ (d - d.mean(axis=0))
                matched += len(d) - 1
    momentary = (changes / 2 + 10 * MOMENTARY_GUESS) / (matched + 10)
    return (within - freedom * momentary + 10 * STABLE_GUESS) / (freedom + 10), momentary


def test_both_matrices_are_those_of_the_loops():
    responses = simulate(World(teams=12, periods=4), seed=3).responses
    found = person_covariance(persons_of(responses))
    stable, momentary = slowly(responses)
    np.testing.assert_allclose(found.momentary, momentary, rtol=1e-6)
    np.testing.assert_allclose(found.stable, stable, rtol=1e-6)


def test_true_covariances_are_found_again(responses_of):
    random = np.random.default_rng(5)
    stable, momentary = np.array([[120.0, 70.0], [70.0, 90.0]]), np.array([[80.0, 10.0], [10.0, 60.0]])
    person = random.multivariate_normal([60, 60], stable, 3000)
    rows = [
        (i // 10, t, i, *(person[i] + random.multivariate_normal([0, 0], momentary)))
        for i in range(3000)
        for t in range(3)
    ]
    found = person_covariance(persons_of(responses_of(rows, 300, 3)))
    np.testing.assert_allclose(found.momentary, momentary, atol=4)  # standard error of a variance: 80 √(2/5400) = 1.5
    np.testing.assert_allclose(found.stable, stable, atol=10)  # 200 √(2/2700) = 5.4


def test_without_ids_only_the_sum_is_learnt():
    world = World(teams=300, anonymous=True)
    found = person_covariance(persons_of(simulate(world, seed=1).responses))
    np.testing.assert_allclose(found.momentary, MOMENTARY_GUESS)
    known = person_covariance(persons_of(simulate(World(teams=300), seed=1).responses))
    np.testing.assert_allclose(found.stable + found.momentary, known.stable + known.momentary, rtol=1e-3)


def test_without_any_answer_the_guesses_stand(responses_of):
    found = person_covariance(persons_of(responses_of([], 2, 2)))
    np.testing.assert_allclose(found.stable, STABLE_GUESS)
    np.testing.assert_allclose(found.momentary, MOMENTARY_GUESS)


@pytest.mark.parametrize("score", [0.0, 60.0, 100.0])
def test_without_variance_every_eigenvalue_is_still_four(responses_of, score):
    rows = [(i // 10, t, i, score, score) for i in range(500) for t in range(2)]
    found = person_covariance(persons_of(responses_of(rows, 50, 2)))
    assert np.linalg.eigvalsh(found.stable).min() == pytest.approx(4.0)
    assert np.linalg.eigvalsh(found.momentary).min() >= 4.0 - 1e-9
