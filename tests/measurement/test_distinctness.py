"""Distinctness of the two scales, and correlations between and within teams, by hand and by their properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measurement import survey_sums
from dashboard.measurement.distinctness import distinctness, distinctness_in_period, htmt, ratio_of
from dashboard.measurement.nesting import correlations, correlations_of
from dashboard.measurement.pairs import pairs_of
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"

seeds = st.integers(0, 10_000)


def two_factors(seed, persons=300, together=0.5, items=3):
    """Items 1–5 of two scales whose causes correlate by `together`."""
    random = np.random.default_rng(seed)
    cause = random.multivariate_normal([0, 0], [[1, together], [together, 1]], persons)
    return [
        np.clip(np.rint(3 + cause[:, [at]] + 0.8 * random.standard_normal((persons, items))), 1, 5) for at in (0, 1)
    ]


def test_htmt_by_hand():
    correlations = np.array([[1, 0.64, 0.2, 0.3], [0.64, 1, 0.4, 0.3], [0.2, 0.4, 1, 0.36], [0.3, 0.3, 0.36, 1]])
    assert ratio_of(correlations, 2) == pytest.approx(0.3 / np.sqrt(0.64 * 0.36))


def test_htmt_finds_how_closely_two_causes_go_together():
    for together in (0.0, 0.4, 0.8, 1.0):
        assert htmt(*two_factors(1, persons=20_000, together=together)) == pytest.approx(together, abs=0.03)


@settings(max_examples=30)
@given(seeds)
def test_neither_the_order_of_persons_nor_a_scale_turned_round_matters(seed):
    own, team = two_factors(seed)
    order = np.random.default_rng(seed).permutation(len(own))
    assert htmt(own[order], team[order]) == pytest.approx(htmt(own, team), rel=1e-9)
    assert htmt(6 - own, team) == pytest.approx(htmt(own, team), rel=1e-9)
    assert htmt(team, own) == pytest.approx(htmt(own, team), rel=1e-9)


@settings(max_examples=30)
@given(seeds)
def test_a_missing_answer_costs_only_its_own_correlations(seed):
    own, team = two_factors(seed, persons=40)
    own[0, 0] = GAP
    kept = np.corrcoef(np.hstack([own, team])[:, 1:].T)
    without = np.corrcoef(np.hstack([own, team])[1:].T)
    expected = without.copy()
    expected[1:, 1:] = kept
    assert htmt(own, team) == pytest.approx(ratio_of(expected, 3), rel=1e-9)


@pytest.mark.parametrize(
    "own, team",
    [
        (np.ones((4, 1)), np.ones((4, 3))),  # a single item has nothing to be set beside
        (np.tile([[1], [2], [3], [4.0]], 2), np.full((4, 2), 3.0)),  # an item that does not vary
        (
            np.column_stack([[1, 2, 3, 4.0], [4, 3, 2, 1.0]]),
            np.tile([[1], [2], [3], [5.0]], 2),
        ),  # contradict each other
        (np.full((4, 2), GAP), np.full((4, 2), GAP)),
        (np.empty((0, 2)), np.empty((0, 2))),
    ],
)
def test_where_htmt_is_not_defined(own, team):
    assert np.isnan(htmt(own, team))


def test_both_scales_need_the_same_persons():
    with pytest.raises(ValueError, match="there are 3 persons on one scale and 4 on the other"):
        htmt(np.ones((3, 2)), np.ones((4, 2)))


def survey_with(survey_of, own, team, period=None, teams=None):
    return survey_of(
        team=teams if teams is not None else ["a"] * len(own),
        period=period,
        answers={INDIVIDUAL: own, COLLECTIVE: team},
    )


@settings(max_examples=30)
@given(seeds)
def test_htmt_of_a_period_from_sums_is_that_of_its_answers(survey_of, seed):
    own, team = two_factors(seed, persons=60)
    own[3, 1] = team[5, 2] = GAP
    complete = np.isfinite(np.hstack([own, team])).all(axis=1)
    (period,) = survey_sums(survey_with(survey_of, own, team), Settings()).periods
    assert distinctness_in_period(period) == pytest.approx(htmt(own[complete], team[complete]), rel=1e-8)


def test_a_move_of_everybody_on_both_scales_does_not_make_them_one(survey_of):
    own, team = two_factors(7, persons=2_000, together=0.2)
    later_own, later_team = (np.clip(scale + 2, 1, 5) for scale in two_factors(8, persons=2_000, together=0.2))
    both = np.vstack([own, later_own]), np.vstack([team, later_team])
    survey = survey_with(survey_of, *both, period=["2026-Q1"] * 2_000 + ["2026-Q2"] * 2_000)
    assert htmt(*both) > 0.5
    assert distinctness(survey_sums(survey, Settings())) == pytest.approx(0.2, abs=0.05)
    window = distinctness(survey_sums(survey, Settings()), slice(1, 2))
    assert window == pytest.approx(htmt(later_own, later_team), abs=1e-9)


def test_correlations_between_and_within_teams_by_hand():
    own, team = np.array([1, 3, 2, 4, 4, 6.0]), np.array([2, 2, 1, 3, 5, 3.0])
    found = correlations(own, team, list("aabbcc"))
    # means SE 2, 3, 5 and CE 2, 2, 4 lie −4/3, −1/3, 5/3 and −2/3, −2/3, 4/3 from those of all; twice their products
    between = np.array([[28 / 3, 20 / 3], [20 / 3, 16 / 3]])
    within = np.array([[6, 0], [0, 4.0]])  # SE ± 1 everywhere; CE 0, ± 1, ∓ 1
    assert found.between == pytest.approx(between[0, 1] / np.sqrt(between[0, 0] * between[1, 1]))
    assert found.within == pytest.approx(0)
    total = between + within
    assert found.raw == pytest.approx(total[0, 1] / np.sqrt(total[0, 0] * total[1, 1]))


@settings(max_examples=30)
@given(seeds)
def test_correlations_from_sums_are_those_of_the_persons(survey_of, seed):
    own, team = two_factors(seed, persons=60, items=2)
    own[4] = GAP
    teams = [f"t{number}" for number in np.random.default_rng(seed).integers(0, 7, 60)]
    survey = survey_with(survey_of, own, team, teams=teams)
    found = correlations_of(pairs_of(survey_sums(survey, Settings()).periods[0]))
    expected = correlations(own.mean(axis=1), team.mean(axis=1), teams)
    for name in ("raw", "between", "within"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-9, nan_ok=True)
        assert -1 - 1e-12 <= getattr(found, name) <= 1 + 1e-12
