"""The spread of true gains: one normal, two kinds, and the posterior of every team."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from dashboard.diagnosis.compounding import gains
from dashboard.diagnosis.compounding.gains import fit, normal, responsibilities, teams_of_kind
from dashboard.diagnosis.compounding.own_gains import OwnGains
from dashboard.diagnosis.compounding.posterior import posterior
from dashboard.terms import Settings

GUESS = np.array([[25.0, 12.5], [12.5, 25.0]])


def drawn(means, covariances, weights, teams, seed, error=16.0):
    """Own gains of teams of several kinds, with errors of different size, and the true gains."""
    random = np.random.default_rng(seed)
    kind = random.choice(len(weights), teams, p=weights)
    true = np.array([random.multivariate_normal(means[k], covariances[k]) for k in kind])
    size = random.uniform(0.5, 2.0, teams)[:, None, None]
    covariance = size * error * np.array([[1.0, 0.3], [0.3, 0.8]])
    noise = np.einsum("jab,jb->ja", np.linalg.cholesky(covariance), random.standard_normal((teams, 2)))
    return OwnGains(true + noise, covariance), true


def test_one_normal_finds_mean_and_covariance_again():
    truth = np.array([[30.0, 10.0], [10.0, 20.0]])
    own, _ = drawn([[4.0, 2.0]], [truth], [1.0], teams=4000, seed=1)
    found = normal(own, GUESS)
    np.testing.assert_allclose(found.mean, [4, 2], atol=0.35)  # √(46/4000) = .11
    np.testing.assert_allclose(found.covariance, truth, atol=4)
    expected = np.linalg.inv(np.linalg.inv(found.covariance + own.covariance).sum(axis=0))
    np.testing.assert_allclose(found.mean_covariance, expected, rtol=1e-9)


def test_one_normal_is_where_the_penalised_restricted_likelihood_is_highest():
    own, _ = drawn([[4.0, 2.0]], [GUESS], [1.0], teams=25, seed=2)
    found = normal(own, GUESS)

    def height(covariance):
        weight = np.linalg.inv(covariance + own.covariance)
        precision, shift = weight.sum(axis=0), np.einsum("jab,jb->a", weight, own.gain)
        mean = np.linalg.solve(precision, shift)
        away = own.gain - mean
        total = -0.5 * np.einsum("ja,jab,jb->", away, weight, away) + 0.5 * np.linalg.slogdet(weight)[1].sum()
        total -= 0.5 * np.linalg.slogdet(precision)[1]
        return total - 3 * (np.linalg.slogdet(covariance)[1] + np.trace(GUESS @ np.linalg.inv(covariance)))

    best = height(found.covariance)
    for change in ([[1, 0], [0, 0]], [[0, 0], [0, 1]], [[0, 0.5], [0.5, 0]]):
        for sign in (-1, 1):
            assert height(found.covariance + sign * np.array(change)) < best + 1e-3


def test_responsibilities_and_likelihood_are_scipys():
    own, _ = drawn([[4.0, 2.0]], [GUESS], [1.0], teams=30, seed=3)
    weights, means, covariances = (
        np.array([0.3, 0.7]),
        np.array([[10.0, 0.0], [0.0, 1.0]]),
        np.array([GUESS, GUESS / 2]),
    )
    density = np.array(
        [
            [w * stats.multivariate_normal(m, c + v).pdf(x) for x, v in zip(own.gain, own.covariance, strict=True)]
            for w, m, c in zip(weights, means, covariances, strict=True)
        ]
    )
    share, height = responsibilities(own, weights, means, covariances)
    np.testing.assert_allclose(share, density / density.sum(axis=0), rtol=1e-9)
    assert height == pytest.approx(np.log(density.sum(axis=0)).mean())


def test_two_kinds_of_teams_are_told_apart_from_sixty_teams_on():
    kinds = [[12.0, 0.0], [0.0, 0.0]], [np.eye(2) * 6, np.eye(2) * 6], [0.3, 0.7]
    own, _ = drawn(*kinds, teams=2000, seed=4, error=6.0)
    found = fit(own, Settings())
    stuck = int(np.argmax(found.means[:, 0] - found.means[:, 1]))
    np.testing.assert_allclose(found.means[stuck], [12, 0], atol=1.5)
    assert found.weights[stuck] == pytest.approx(0.3, abs=0.08)
    assert len(fit(own.of(np.arange(59)), Settings()).weights) == 1
    assert len(fit(own.of(np.arange(60)), Settings()).weights) == 2


def test_two_kinds_predict_better_than_one_normal_where_there_are_two():
    kinds = [[12.0, 0.0], [0.0, 0.0]], [np.eye(2) * 6, np.eye(2) * 6], [0.3, 0.7]
    own, _ = drawn(*kinds, teams=400, seed=5)
    fresh, _ = drawn(*kinds, teams=4000, seed=6)
    found = fit(own, Settings())
    _, two = responsibilities(fresh, found.weights, found.means, found.covariances)
    _, one = responsibilities(fresh, np.ones(1), found.mean[None], found.covariance[None])
    assert two > one + 0.02


def test_a_team_of_a_kind_is_bayes_rule():
    own, _ = drawn([[4.0, 2.0]], [GUESS], [1.0], teams=5, seed=7)
    found = teams_of_kind(own, np.array([3.0, 1.0]), GUESS)
    for team in range(5):
        precision = np.linalg.inv(GUESS) + np.linalg.inv(own.covariance[team])
        shift = np.linalg.solve(GUESS, [3.0, 1.0]) + np.linalg.solve(own.covariance[team], own.gain[team])
        np.testing.assert_allclose(found.covariance[team], np.linalg.inv(precision), rtol=1e-9)
        np.testing.assert_allclose(found.gain[team], np.linalg.solve(precision, shift), rtol=1e-9)


def test_the_posterior_covers_the_true_gains():
    kinds = [[11.0, 1.0], [2.0, 3.0]], [np.eye(2) * 9, GUESS], [0.25, 0.75]
    own, true = drawn(*kinds, teams=3000, seed=8)
    known = posterior(own, fit(own, Settings()))
    for direction in ([1.0, 0.0], [0.0, 1.0], [0.5, -1.0]):
        low, high = known.interval(np.array(direction), 0.9)
        at = true @ direction
        assert ((low <= at) & (at <= high)).mean() == pytest.approx(0.9, abs=0.02)
        assert np.corrcoef(known.mean @ direction, at)[0, 1] > np.corrcoef(own.gain @ direction, at)[0, 1]


def test_the_ends_of_an_interval_are_quantiles_of_the_mixture():
    own, _ = drawn([[12.0, 0.0], [0.0, 0.0]], [np.eye(2)] * 2, [0.5, 0.5], teams=200, seed=9)
    known = posterior(own, fit(own, Settings()))
    direction = np.array([1.0, 0.0])
    low, high = known.interval(direction, 0.8)
    centres, deviations = known.gain @ direction, np.sqrt(known.covariance[:, :, 0, 0])
    for end, expected in ((low, 0.1), (high, 0.9)):
        below = (known.share * stats.norm.cdf((end - centres) / deviations)).sum(axis=0)
        np.testing.assert_allclose(below, expected, atol=1e-5)


def test_mean_and_covariance_of_the_posterior_are_those_of_draws():
    own, _ = drawn([[12.0, 0.0], [0.0, 0.0]], [GUESS] * 2, [0.5, 0.5], teams=100, seed=10)
    known = posterior(own, fit(own, Settings()))
    random = np.random.default_rng(1)
    kind = random.choice(2, 200_000, p=known.share[:, 7])
    draws = known.gain[kind, 7] + np.einsum(
        "nab,nb->na", np.linalg.cholesky(known.covariance[:, 7])[kind], random.standard_normal((200_000, 2))
    )
    np.testing.assert_allclose(known.mean[7], draws.mean(axis=0), atol=0.05)
    np.testing.assert_allclose(known.total_covariance[7], np.cov(draws.T), atol=0.3)


def test_thousands_of_teams_are_drawn_from(monkeypatch):
    own, _ = drawn([[4.0, 2.0]], [GUESS], [1.0], teams=300, seed=11)
    whole = fit(own, Settings())
    monkeypatch.setattr(gains, "MOST_TEAMS", 200)
    some = fit(own, Settings())
    assert (whole.teams, some.teams) == (300, 200)
    np.testing.assert_allclose(some.mean, whole.mean, atol=1.0)
