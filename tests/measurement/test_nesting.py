"""Nesting, by hand, by brute force and by its properties; `test_reference_nesting` sets it against R."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from dashboard.measurement.nesting import correlations, icc, permutation_p, shrunken_means

GAP = np.nan
persons = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(2, 20).map(lambda score: score / 4)), min_size=2, max_size=30
)


def columns(rows):
    teams, scores = zip(*rows, strict=True)
    return np.array(scores), np.array(teams)


def test_icc_by_hand():
    # team means 1.5, 3.5, 5.5: MSB = 2·(4 + 0 + 4)/2 = 8; MSW = 3·.5/3 = .5; n0 = 2
    found = icc(np.array([1, 2, 3, 4, 5, 6.0]), list("aabbcc"))
    assert (found.between, found.within, found.n0) == pytest.approx((8, 0.5, 2))
    assert found.icc1 == pytest.approx(7.5 / 8.5)
    assert found.icc2 == pytest.approx(7.5 / 8)


def test_f_interval_by_hand():
    # F = 16; F(.975; 2, 3) = 16.044, F(.975; 3, 2) = 39.165 (tables)
    found = icc(np.array([1, 2, 3, 4, 5, 6.0]), list("aabbcc"))
    low, high = 16 / 16.044, 16 * 39.165
    assert found.low == pytest.approx((low - 1) / (low + 1), abs=1e-4)
    assert found.high == pytest.approx((high - 1) / (high + 1), abs=1e-5)


def test_f_interval_holds_its_coverage():
    # τ² = .2, σ² = .8: ICC(1) = .2
    random = np.random.default_rng(11)
    teams = np.repeat(np.arange(40), 6)
    held = []
    for _ in range(500):
        found = icc(
            np.sqrt(0.2) * random.standard_normal(40)[teams] + np.sqrt(0.8) * random.standard_normal(240), teams
        )
        held.append(found.low <= 0.2 <= found.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)


def test_effective_size_of_unequal_teams_by_hand():
    # sizes 1, 2, 3: n0 = (6 − 14/6) / 2 = 11/6
    assert icc(np.array([1, 2, 3, 4, 5, 7.0]), list("abbccc")).n0 == pytest.approx(11 / 6)


def test_a_person_without_a_score_is_left_out():
    found = icc(np.array([1, 2, 3, 4, 5, 6, GAP, GAP]), list("aabbccad"))
    assert found == icc(np.array([1, 2, 3, 4, 5, 6.0]), list("aabbcc"))


def test_scores_and_labels_must_belong_together():
    with pytest.raises(ValueError, match="there are 3 scores and 2 team labels; each person needs both"):
        icc(np.array([1, 2, 3.0]), ["a", "b"])


@given(persons)
def test_icc_keeps_its_bounds_and_lies_in_its_interval(rows):
    found = icc(*columns(rows))
    if np.isfinite(found.icc1):
        assert found.icc1 <= 1
        assert found.low - 1e-12 <= found.icc1 <= found.high + 1e-12


@given(persons, st.floats(0.1, 10), st.floats(-5, 5))
def test_icc_has_no_unit(rows, unit, origin):
    scores, teams = columns(rows)
    found, other = icc(scores, teams), icc(origin + unit * scores, teams)
    assert (other.icc1, other.icc2) == pytest.approx((found.icc1, found.icc2), nan_ok=True, abs=1e-6, rel=1e-6)
    assert other.within == pytest.approx(unit**2 * found.within, nan_ok=True, abs=1e-9)


@given(persons, st.randoms())
def test_the_order_of_persons_changes_no_digit(rows, random):
    other = list(rows)
    random.shuffle(other)
    assert repr(icc(*columns(rows))) == repr(icc(*columns(other)))
    one, two = shrunken_means(*columns(rows)), shrunken_means(*columns(other))
    assert one.estimates.tobytes() == two.estimates.tobytes()
    assert one.errors.tobytes() == two.errors.tobytes()


def restricted_deviance(theta, scores, teams):
    """−2 log REML of a random intercept, written out with full matrices."""
    tau2, sigma2 = np.exp(theta)
    same = (teams[:, None] == teams[None, :]).astype(float)
    covariance = tau2 * same + sigma2 * np.eye(len(scores))
    inverse = np.linalg.inv(covariance)
    information = inverse.sum()
    mean = (inverse @ scores).sum() / information
    rest = scores - mean
    return np.linalg.slogdet(covariance)[1] + np.log(information) + rest @ inverse @ rest


@pytest.mark.parametrize("seed", range(4))
def test_variance_components_maximise_the_restricted_likelihood(seed):
    random = np.random.default_rng(seed)
    teams = np.repeat(np.arange(9), random.integers(1, 9, 9))
    scores = 3 + random.standard_normal(9)[teams] + random.standard_normal(len(teams))
    found = shrunken_means(scores, teams)
    brute = optimize.minimize(
        restricted_deviance, [0, 0], (scores, teams), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
    )
    assert (found.tau2, found.sigma2) == pytest.approx(np.exp(brute.x), rel=1e-5)


def test_equal_teams_have_the_components_of_the_analysis_of_variance():
    # τ² = (MSB − MSW)/n = 3.75, σ² = MSW = .5; λ = 3.75/4 = .9375
    found = shrunken_means(np.array([1, 2, 3, 4, 5, 6.0]), list("aabbcc"))
    assert (found.mean, found.tau2, found.sigma2) == pytest.approx((3.5, 3.75, 0.5))
    assert found.estimates == pytest.approx([3.5 - 0.9375 * 2, 3.5, 3.5 + 0.9375 * 2])
    # √(3.75 · .0625 + .0625² · 4/3), with Σw = 3/4
    assert found.errors == pytest.approx([np.sqrt(3.75 * 0.0625 + 0.0625**2 * 4 / 3)] * 3)


def test_the_smaller_a_team_the_more_it_is_drawn_to_the_mean():
    random = np.random.default_rng(1)
    sizes = np.array([2, 40] * 10)
    teams = np.repeat(np.arange(20), sizes)
    scores = 3 + random.standard_normal(20)[teams] + 2 * random.standard_normal(len(teams))
    found = shrunken_means(scores, teams)
    means = np.array([scores[teams == team].mean() for team in range(20)])
    trust = (found.estimates - found.mean) / (means - found.mean)
    assert trust == pytest.approx(found.tau2 / (found.tau2 + found.sigma2 / sizes))
    assert trust[0] < trust[1]
    assert found.errors[0] > found.errors[1]


def test_predictive_errors_are_as_large_as_the_errors_are():
    random = np.random.default_rng(4)
    teams, inside = np.repeat(np.arange(60), 5), []
    for _ in range(60):
        truth = 3 + 0.5 * random.standard_normal(60)
        found = shrunken_means(truth[teams] + random.standard_normal(300), teams)
        inside.append(np.mean(np.abs(found.estimates - truth) <= stats.norm.ppf(0.975) * found.errors))
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


@given(persons, st.floats(0.1, 10), st.floats(-5, 5))
def test_shrunken_means_keep_their_unit(rows, unit, origin):
    scores, teams = columns(rows)
    found, other = shrunken_means(scores, teams), shrunken_means(origin + unit * scores, teams)
    assert other.estimates == pytest.approx(origin + unit * found.estimates, nan_ok=True, abs=1e-4)


@given(persons)
def test_shrunken_means_lie_between_the_raw_mean_and_the_overall_one(rows):
    scores, teams = columns(rows)
    found = shrunken_means(scores, teams)
    raw = np.array([scores[teams == team].mean() for team in found.teams])
    if np.isfinite(found.mean):
        low, high = np.minimum(raw, found.mean), np.maximum(raw, found.mean)
        assert ((found.estimates >= low - 1e-9) & (found.estimates <= high + 1e-9)).all()


def test_teams_that_differ_are_rarely_dealt_at_random():
    scores = np.concatenate([np.full(6, 1.0), np.full(6, 5.0)]) + np.tile([0, 0.1], 6)
    # 2 of the 924 ways to deal twelve into two sixes are as far apart
    p = permutation_p(scores, np.repeat(["a", "b"], 6), shuffles=4000, seed=3)
    assert p == pytest.approx(2 / 924, abs=0.003)


def test_teams_dealt_at_random_have_any_p():
    random = np.random.default_rng(8)
    found = [permutation_p(random.standard_normal(40), np.repeat(range(8), 5), shuffles=99, seed=s) for s in range(120)]
    assert np.mean(np.array(found) <= 0.2) == pytest.approx(0.2, abs=0.11)  # three standard errors of 120


def test_permutation_needs_two_teams_and_some_spread():
    assert np.isnan(permutation_p(np.array([1, 2.0]), ["a", "a"]))
    assert np.isnan(permutation_p(np.ones(4), list("aabb")))
    assert np.isnan(permutation_p(np.full(4, GAP), list("aabb")))


def test_correlation_can_differ_in_sign_between_and_within():
    # between teams the two rise together; inside each team the higher in one is the lower in the other
    one, other = np.array([1, 2, 5, 6, 9, 10.0]), np.array([2, 1, 6, 5, 10, 9.0])
    found = correlations(one, other, list("aabbcc"))
    assert (found.between, found.within) == pytest.approx((1, -1))


def test_correlation_is_not_available_without_both_scores():
    found = correlations(np.array([1, GAP]), np.array([GAP, 2.0]), ["a", "b"])
    assert np.isnan([found.raw, found.between, found.within]).all()
