"""The hierarchy against dense likelihoods, and against the truth of simulated paths."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.compounding import hierarchy, paths
from dashboard.diagnosis.compounding.hierarchy import Hierarchy, covariances, em_step, fit, posterior
from dashboard.diagnosis.compounding.information import Information
from dashboard.diagnosis.compounding.own_gains import own_gains
from dashboard.diagnosis.compounding.raising import COST, raised
from dashboard.terms import Settings

TRUE = {
    "level": np.array([[36.0, 18.0], [18.0, 49.0]]),
    "trend": np.array([[30.0, 8.0], [8.0, 20.0]]),
    "drift": np.array([[3.0, 1.0], [1.0, 3.0]]),
    "shock": np.array([[4.0, 2.0], [2.0, 4.0]]),
}


def organization(teams, periods, seed, error=12.0, missing=0.1, shocks=1.0):
    """
    Noisy period means of teams whose paths have the TRUE covariances, as information; and the true gains.

    `shocks` multiplies the covariance of shocks.
    """
    random = np.random.default_rng(seed)
    parts = paths.parts_of(periods)
    theta = np.tile(np.linspace(60, 65, periods)[:, None], 2) + np.zeros((teams, periods, 2))
    gain = np.zeros((teams, 2)) + 5.0
    for part in parts:
        covariance = TRUE[part.name] * (shocks if part.name == "shock" else 1.0)
        copies = random.multivariate_normal([0, 0], covariance, (teams, part.copies))
        theta += np.einsum("tc,jcs->jts", part.loading, copies)
        gain += np.einsum("c,jcs->js", part.gain, copies)
    seen = random.random((teams, periods)) > missing
    precision = np.zeros((teams, periods, 2, periods, 2))
    for t in range(periods):
        precision[:, t, :, t, :] = seen[:, t, None, None] * np.linalg.inv(error * np.array([[1, 0.4], [0.4, 1]]))
    precision = precision.reshape(teams, 2 * periods, 2 * periods)
    noisy = theta + random.multivariate_normal([0, 0], error * np.array([[1, 0.4], [0.4, 1]]), (teams, periods))
    return Information(precision, np.einsum("jab,jb->ja", precision, noisy.reshape(teams, -1))), gain


def penalised_restricted_likelihood(answers, parts, of_parts):
    """
    log ∫ likelihood dm − ½ Σ ν (log|Σ| + tr(S⁰Σ⁻¹)) − COST v, up to a constant, by dense algebra over seen periods.

    v is how many times its guess a covariance is that is not estimated.
    """
    k = paths.covariance(parts, of_parts)
    total, precision, shift = 0.0, np.zeros_like(k), np.zeros(len(k))
    for own, h in zip(answers.precision, answers.shift, strict=True):
        seen = np.diagonal(own) > 0
        inner = np.linalg.inv(own[np.ix_(seen, seen)])
        y, v = inner @ h[seen], k[np.ix_(seen, seen)] + inner
        weight = np.linalg.inv(v)
        precision[np.ix_(seen, seen)] += weight
        shift[seen] += weight @ y
        total += -0.5 * (np.linalg.slogdet(v)[1] + y @ weight @ y)
    total += 0.5 * shift @ np.linalg.solve(precision, shift) - 0.5 * np.linalg.slogdet(precision)[1]
    for part, each in zip(parts, of_parts, strict=True):
        if part.estimated:
            total -= 3 * (np.linalg.slogdet(each)[1] + np.trace(part.guess @ np.linalg.inv(each)))
        else:
            total -= COST * each[0, 0] / part.guess[0, 0]
    return total


@pytest.mark.parametrize("periods, shocks", [(2, 1), (2, 16), (3, 1), (3, 16), (5, 1)])
def test_no_round_of_em_lowers_the_penalised_restricted_likelihood(periods, shocks):
    answers, _ = organization(teams=40, periods=periods, seed=periods, shocks=shocks)
    parts = paths.parts_of(periods)
    found = tuple(part.guess for part in parts)
    heights = []
    for _ in range(25):
        heights.append(penalised_restricted_likelihood(answers, parts, found))
        found = em_step(answers, parts, found)
    assert np.diff(heights).min() > -1e-7
    assert heights[-1] > heights[0] + 0.1


def test_the_mean_of_the_organisation_is_dense_least_squares():
    answers, _ = organization(teams=30, periods=4, seed=1)
    found = fit(answers, np.arange(30), 4, Settings())
    k = paths.covariance(found.parts, found.covariances)
    precision, shift = np.zeros((8, 8)), np.zeros(8)
    for own, h in zip(answers.precision, answers.shift, strict=True):
        seen = np.ix_(np.diagonal(own) > 0, np.diagonal(own) > 0)
        inner = np.linalg.inv(own[seen])
        weight = np.linalg.inv(k[seen] + inner)
        precision[seen] += weight
        shift[np.diagonal(own) > 0] += weight @ inner @ h[np.diagonal(own) > 0]
    np.testing.assert_allclose(found.mean, np.linalg.solve(precision, shift), rtol=1e-6)


@pytest.mark.parametrize("periods", [2, 4])
def test_the_posterior_of_the_gain_is_that_of_the_joint_normal(periods):
    """(gain, answers) are jointly normal; condition on the answers."""
    answers, _ = organization(teams=12, periods=periods, seed=4, missing=0.0)
    parts = paths.parts_of(periods)
    known = Hierarchy(
        parts=parts, covariances=tuple(TRUE[part.name] for part in parts), mean=np.linspace(60, 65, 2 * periods)
    )
    found = posterior(answers, known)
    k, with_gain = paths.covariance(parts, known.covariances), paths.gain_with_path(parts, known.covariances)
    for team in range(12):
        error = np.linalg.inv(answers.precision[team])
        onto = with_gain @ np.linalg.inv(k + error)
        surprise = error @ answers.shift[team] - known.mean
        np.testing.assert_allclose(found.gain[team], known.gain_mean + onto @ surprise, rtol=1e-9)
        expected = known.gain_covariance - onto @ with_gain.T
        np.testing.assert_allclose(found.gain_covariance[team], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("periods", [2, 4])
def test_dividing_the_prior_out_leaves_the_likelihood_of_the_gain(periods):
    """Multiplied by the prior again it is the posterior; and it does not hang on the prior of the gain for Q = 2."""
    answers, _ = organization(teams=12, periods=periods, seed=6, missing=0.0)
    parts = paths.parts_of(periods)
    known = Hierarchy(
        parts=parts, covariances=tuple(TRUE[p.name] for p in parts), mean=np.linspace(60, 65, 2 * periods)
    )
    after, own = posterior(answers, known), own_gains(posterior(answers, known), known)
    prior = np.linalg.inv(known.gain_covariance)
    precision = np.linalg.inv(own.covariance) + prior
    mean = np.linalg.solve(
        precision, (np.linalg.inv(own.covariance) @ own.gain[:, :, None]) + (prior @ known.gain_mean)[:, None]
    )[..., 0]
    np.testing.assert_allclose(mean, after.gain, rtol=1e-8)
    np.testing.assert_allclose(np.linalg.inv(precision), after.gain_covariance, rtol=1e-8)


def test_with_two_periods_the_likelihood_of_the_gain_is_least_squares_with_the_level_as_noise():
    answers, _ = organization(teams=5, periods=2, seed=6, missing=0.0)
    parts = paths.parts_of(2)
    known = Hierarchy(parts=parts, covariances=tuple(TRUE[p.name] for p in parts), mean=np.array([60, 60, 65, 65.0]))
    own = own_gains(posterior(answers, known), known)
    without_gain = np.kron(np.ones((2, 2)), TRUE["level"]) + np.kron(np.eye(2), TRUE["shock"])
    design = np.vstack([np.zeros((2, 2)), np.eye(2)])
    for team in range(5):
        error = np.linalg.inv(answers.precision[team])
        weight = np.linalg.inv(without_gain + error)
        covariance = np.linalg.inv(design.T @ weight @ design)
        start = np.array([60, 60, 60, 60.0])  # the organisation's mean but for its own gain
        gain = covariance @ design.T @ weight @ (error @ answers.shift[team] - start)
        np.testing.assert_allclose(own.covariance[team], covariance, rtol=1e-8)
        np.testing.assert_allclose(own.gain[team], gain, rtol=1e-7)


def test_true_covariances_are_found_again():
    # three organisations of 600 teams: the standard error of a mean variance is about 4 %, of a gain's 6 %
    names = [part.name for part in paths.parts_of(4)]
    found = []
    for seed in (8, 9, 10):
        answers, _ = organization(teams=600, periods=4, seed=seed, error=6.0)
        found.append(dict(zip(names, covariances(answers, paths.parts_of(4), 80), strict=True)))
    mean = {name: np.mean([np.diag(each[name]) for each in found], axis=0) for name in names}
    np.testing.assert_allclose(mean["level"], np.diag(TRUE["level"]), rtol=0.12)
    np.testing.assert_allclose(mean["shock"], np.diag(TRUE["shock"]), rtol=0.2)
    np.testing.assert_allclose(mean["trend"] + 3 * mean["drift"], np.diag(TRUE["trend"] + 3 * TRUE["drift"]), rtol=0.18)


def test_own_gains_are_unbiased_and_as_far_off_as_they_say():
    answers, gain = organization(teams=600, periods=4, seed=9)
    found = fit(answers, np.arange(600), 4, Settings())
    own = own_gains(posterior(answers, found), found)
    z = np.linalg.solve(np.linalg.cholesky(own.covariance), (own.gain - gain)[:, :, None])[..., 0]
    assert np.abs(z.mean(axis=0)).max() < 0.15  # organisation's own mean is uncertain as well
    np.testing.assert_allclose(z.var(axis=0), [1, 1], atol=0.15)


@pytest.mark.parametrize("periods", [2, 3])
def test_with_fewer_than_four_periods_ordinary_shocks_keep_their_guess(periods):
    for seed in range(4):
        answers, _ = organization(teams=300, periods=periods, seed=seed)
        shock = paths.parts_of(periods)[-1]
        np.testing.assert_array_equal(covariances(answers, paths.parts_of(periods), 80)[-1], shock.guess)
    np.testing.assert_array_equal(shock.guess, [[4, 2], [2, 4]])
    assert not shock.estimated
    assert paths.parts_of(4)[-1].estimated


@pytest.mark.parametrize("periods", [2, 3])
def test_strong_shocks_raise_their_guess_as_far_as_the_answers_insist(periods):
    found = []
    for seed in (1, 2):
        answers, _ = organization(teams=600, periods=periods, seed=seed, error=6.0, shocks=4.0)
        found.append(covariances(answers, paths.parts_of(periods), 80)[-1])
        assert found[-1][0, 1] == pytest.approx(found[-1][0, 0] / 2)  # as a whole: the correlation stays
    assert np.mean(found, axis=0)[0, 0] == pytest.approx(16, rel=0.3)  # SD 4; drawn towards the guess by the cost


def test_few_teams_do_not_raise_a_guess():
    answers, _ = organization(teams=12, periods=2, seed=1, shocks=4.0)
    np.testing.assert_array_equal(covariances(answers, paths.parts_of(2), 80)[-1], [[4, 2], [2, 4]])


def test_a_guess_is_raised_only_where_the_likelihood_gained_outweighs_the_cost():
    guess, copies = np.array([[4.0, 2.0], [2.0, 4.0]]), 800
    # slope of −copies (log v + v̂/v) at v = 1 is copies (v̂ − 1): above COST from v̂ = 1 + COST / copies on
    for above, more in ((-1e-6, False), (1e-6, True)):
        assert (raised(guess, (1 + COST / copies + above) * guess, copies)[0, 0] > 4) == more
    found = raised(guess, 3 * guess, copies)[0, 0] / 4
    at = np.array([found - 1e-3, found, found + 1e-3])
    heights = -copies * (np.log(at) + 3 / at) - COST * at
    assert heights.argmax() == 1
    np.testing.assert_array_equal(raised(guess, 0.0 * guess, copies), guess)


@pytest.mark.parametrize("periods", [2, 3, 4, 8])
def test_the_guessed_gain_has_a_standard_deviation_of_five_points(periods):
    parts = paths.parts_of(periods)
    np.testing.assert_allclose(paths.gain_covariance(parts, [part.guess for part in parts]), [[25, 12.5], [12.5, 25]])


def test_many_teams_are_drawn_from_by_seed_and_all_have_a_posterior():
    answers, _ = organization(teams=80, periods=2, seed=3)
    some = fit(answers, np.arange(80), 2, Settings(model_teams=20))
    again = fit(answers, np.arange(80), 2, Settings(model_teams=20))
    everyone = fit(answers, np.arange(80), 2, Settings())
    np.testing.assert_array_equal(some.covariances[0], again.covariances[0])
    assert not np.allclose(some.covariances[0], everyone.covariances[0])
    assert posterior(answers, some).gain.shape == (80, 2)


def test_blocks_of_teams_give_what_all_at_once_give(monkeypatch):
    answers, _ = organization(teams=50, periods=3, seed=3)
    found = fit(answers, np.arange(50), 3, Settings())
    whole = posterior(answers, found)
    monkeypatch.setattr(hierarchy, "BLOCK", 7)
    np.testing.assert_allclose(posterior(answers, found).gain, whole.gain, rtol=1e-12)
    np.testing.assert_allclose(fit(answers, np.arange(50), 3, Settings()).mean, found.mean, rtol=1e-9)
