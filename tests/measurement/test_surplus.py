"""Collective surplus, by hand, by its properties, and where it is not defined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measurement import survey_sums, team_figures
from dashboard.measurement.surplus import collective_surplus, surplus_in_period
from dashboard.terms import Settings

INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


def organization(seed, teams=12, members=6, surplus=0.5, slope=(0.3, 0.8)):
    """Scores and teams of an organisation that follows the model; and each team's true surplus."""
    random = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), random.integers(2, 2 * members - 1, teams))
    level, true = 3.5 + 0.4 * random.standard_normal(teams), surplus * random.standard_normal(teams)
    own = 0.6 * random.standard_normal(len(team))
    own -= (np.bincount(team, own) / np.bincount(team))[team]
    individual = level[team] + own
    collective = 0.7 + slope[0] * own + slope[1] * level[team] + true[team] + 0.6 * random.standard_normal(len(team))
    return individual, collective, team, true


def test_the_surplus_of_equal_teams_by_hand():
    # four teams of two, SE means 1, 2, 3, 4 and CE means 2, 2, 4, 4; inside each SE ± .5 and CE ± .5 or ∓ .5
    individual = np.repeat([1.0, 2, 3, 4], 2) + np.tile([-0.5, 0.5], 4)
    collective = np.repeat([2.0, 2, 4, 4], 2) + np.array([-0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5])
    found = collective_surplus(individual, collective, np.repeat(list("abcd"), 2))
    # inside: products .5 + .5 + .5 − .5 = 1 over squares 2; left 2 − .5 · 1 = 1.5 on 8 − 4 − 1 = 3 df: σ² = .5
    # between: slope 4 / 5 = .8, intercept 3 − .8 · 2.5 = 1; residuals .2, −.6, .6, −.2, their squares .8 on 2 df
    # are .4 = τ² + σ²/2, so τ² = .15 and λ = .15 / .4 = .375
    assert found.coefficients == pytest.approx([1, 0.5, 0.8], abs=1e-8)
    assert (found.tau2, found.sigma2) == pytest.approx((0.15, 0.5), abs=1e-8)
    assert found.estimates == pytest.approx(0.375 * np.array([0.2, -0.6, 0.6, -0.2]), abs=1e-8)
    assert found.errors == pytest.approx(np.full(4, np.sqrt(0.15 * 0.625)), abs=1e-8)
    # errors: √(σ² / 2), and √(.4 / 5) of the slope, √(.4 (1/4 + 2.5²/5)) of the intercept
    assert found.coefficient_errors == pytest.approx([np.sqrt(0.6), 0.5, np.sqrt(0.08)], abs=1e-8)


@pytest.mark.parametrize("teams, runs, expected", [(150, 12, 0.945), (25, 72, 0.90)])
def test_the_true_surplus_lies_in_its_interval_nearly_as_often_as_it_says(teams, runs, expected):
    held = []
    for seed in range(runs):
        individual, collective, team, true = organization(seed, teams=teams, members=8)
        found = collective_surplus(individual, collective, team)
        held.append(np.abs(true - found.estimates) <= 1.959964 * found.errors)
    # the error is conditional, as if coefficients and variances were known: with few teams it says too little
    assert np.mean(held) == pytest.approx(expected, abs=0.025)


def test_what_members_believe_of_themselves_is_no_surplus():
    individual, collective, team, _ = organization(3, teams=60, surplus=0.0)
    found = collective_surplus(individual, collective, team)
    assert (np.abs(found.estimates) <= 1.959964 * found.errors + 1e-9).all()
    assert found.tau2 < 0.03  # of a variance of 1.3 of the team means


seeds = st.integers(0, 10_000)


@settings(max_examples=30)
@given(seeds)
def test_the_order_of_persons_does_not_matter(seed):
    individual, collective, team, _ = organization(seed)
    order = np.random.default_rng(seed).permutation(len(team))
    found = collective_surplus(individual, collective, team)
    other = collective_surplus(individual[order], collective[order], team[order])
    assert found.estimates.tobytes() == other.estimates.tobytes()
    assert found.errors.tobytes() == other.errors.tobytes()


@settings(max_examples=30)
@given(seeds)
def test_scales_turned_round_turn_the_surplus(seed):
    individual, collective, team, _ = organization(seed)
    found = collective_surplus(individual, collective, team)
    turned = collective_surplus(6 - individual, 6 - collective, team)
    assert turned.estimates == pytest.approx(-found.estimates, abs=1e-6)
    assert turned.coefficients[1:] == pytest.approx(found.coefficients[1:], abs=1e-6)


@settings(max_examples=30)
@given(seeds, st.floats(0.5, 20), st.floats(-50, 50))
def test_another_unit_of_points_rescales_the_surplus(seed, unit, origin):
    individual, collective, team, _ = organization(seed)
    found = collective_surplus(individual, collective, team)
    other = collective_surplus(unit * individual + origin, unit * collective + origin, team)
    assert other.estimates == pytest.approx(unit * found.estimates, abs=1e-5 * unit)
    assert other.errors == pytest.approx(unit * found.errors, abs=1e-5 * unit)


@settings(max_examples=30)
@given(seeds)
def test_what_every_team_adds_moves_no_surplus(seed):
    individual, collective, team, _ = organization(seed)
    found = collective_surplus(individual, collective, team)
    raised = collective_surplus(individual, collective + 0.5, team)
    assert raised.estimates == pytest.approx(found.estimates, abs=1e-6)
    assert found.estimates.sum() == pytest.approx(0, abs=1e-6)  # GLS residuals, weighted, are orthogonal to 1
    assert (found.errors <= np.sqrt(found.tau2) + 1e-12).all()  # never wider than knowing nothing of the team


@pytest.mark.parametrize(
    "individual, collective",
    [
        (np.tile([3.0, 4.0], 4), np.arange(8.0)),  # teams do not differ in SE
        (np.repeat([1.0, 2, 3, 4], 2), np.arange(8.0)),  # nor persons of a team
        (np.arange(8.0), np.arange(8.0)),  # SE predicts all of CE
        (np.full(8, np.nan), np.arange(8.0)),  # nobody has both scores
    ],
)
def test_without_spread_there_is_no_surplus(individual, collective):
    found = collective_surplus(individual, collective, np.repeat(list("abcd"), 2))
    assert np.isnan([*found.estimates, *found.errors, *found.coefficients, found.tau2, found.sigma2]).all()


def test_fewer_than_three_teams_have_no_surplus():
    individual, collective, team, _ = organization(1, teams=2)
    assert np.isnan(collective_surplus(individual, collective, team).estimates).all()
    individual, collective, team, _ = organization(1, teams=3)
    assert np.isfinite(collective_surplus(individual, collective, team).estimates).all()


def test_a_team_without_both_scores_keeps_its_place():
    individual, collective, team, _ = organization(2)
    individual[team == 4] = np.nan
    found = collective_surplus(individual, collective, team)
    assert np.isnan(found.estimates).tolist() == [number == 4 for number in range(12)]


def test_scores_and_labels_must_be_of_one_length():
    with pytest.raises(ValueError, match="there are 2 individual scores, 3 collective ones and 2 team labels"):
        collective_surplus(np.ones(2), np.ones(3), ["a", "b"])


def test_teams_that_differ_no_more_than_chance_have_a_surplus_of_zero_and_no_interval(survey_of):
    # members less alike than strangers: team means all lie on the line, persons scatter around it
    own = np.array([1, 5, 2, 4.0])
    answers = {
        INDIVIDUAL: np.concatenate([np.clip(own + shift, 1, 5) for shift in (-1, 0, 1, 0)])[:, None],
        COLLECTIVE: np.tile([1, 2, 4, 5.0], 4)[:, None],
    }
    sums = survey_sums(survey_of(team=np.repeat(list("abcd"), 4), answers=answers), Settings())
    found = surplus_in_period(sums.periods[0], 0.95)
    assert found.estimates == pytest.approx(np.zeros(4))
    assert np.isnan([found.low, found.high]).all()


def test_the_surplus_stands_in_the_figures_of_the_teams(survey_of):
    individual, collective, team, _ = organization(5)
    answers = {INDIVIDUAL: individual[:, None], COLLECTIVE: collective[:, None]}
    survey = survey_of(team=[f"t{number:02}" for number in team], answers=answers, bounds=(-5, 12))
    figures, alone = team_figures(survey, Settings(interval=0.8)), collective_surplus(individual, collective, team)
    assert figures.surplus[:, 0] == pytest.approx(alone.estimates, abs=1e-8)
    assert figures.surplus_low[:, 0] == pytest.approx(alone.estimates - 1.281552 * alone.errors, abs=1e-6)
