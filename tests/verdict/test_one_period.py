"""One period: gaps of levels, honest about how little they say."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.compounding import cross_section
from dashboard.terms import Settings
from tests.verdict.simulator import World, simulate

SETTINGS = Settings()


def levels(teams, members, seed, responses_of, slope=0.8, spread=5.0, gap_spread=6.0):
    """A survey of one period with continuous scores, and the true individual level and gap of every team."""
    random = np.random.default_rng(seed)
    individual = random.normal(0, spread, teams)
    gap = random.normal(0, gap_spread, teams)
    person = np.array([[270.0, 115.0], [115.0, 205.0]])
    rows = [
        (
            team,
            0,
            team * members + i,
            *(np.array([60 + individual[team], 58 + slope * individual[team] + gap[team]]) + noise),
        )
        for team in range(teams)
        for i, noise in enumerate(random.multivariate_normal([0, 0], person, members))
    ]
    return responses_of(rows, teams, 1), individual, gap


def test_the_probability_is_calibrated(responses_of):
    expected, true = 0.0, 0
    for seed in range(6):
        responses, individual, gap = levels(300, 8, seed, responses_of)
        found = cross_section(responses, SETTINGS)
        expected += found.probability.sum()
        true += ((individual >= individual.mean()) & (gap <= -5)).sum()
    assert expected == pytest.approx(true, rel=0.15)


def test_intervals_hold_nine_true_gaps_in_ten(responses_of):
    held = []
    for seed in range(4):
        responses, _, gap = levels(300, 8, seed, responses_of)
        found = cross_section(responses, SETTINGS)
        held.append(((found.gap_low <= gap) & (gap <= found.gap_high)).mean())
    assert np.mean(held) == pytest.approx(0.9, abs=0.05)


def test_levels_are_drawn_towards_the_organisation(responses_of):
    responses, _, _ = levels(200, 6, 1, responses_of)
    found = cross_section(responses, SETTINGS)
    raw = np.bincount(responses.team, responses.collective) / np.bincount(responses.team)
    assert found.level[:, 1].std() < 0.9 * raw.std()
    assert found.level[:, 1].mean() == pytest.approx(raw.mean(), abs=0.5)
    assert np.corrcoef(found.level[:, 1], raw)[0, 1] > 0.9


def test_hardly_any_team_could_be_named():
    certain = sum(
        (cross_section(simulate(World(periods=1, teams=200), seed).responses, SETTINGS).probability > 0.9).sum()
        for seed in range(5)
    )
    assert certain == 0  # of 1 000 teams; the study behind the method found 2 of 18 600


def test_teams_below_the_minimum_group_have_no_figure(responses_of):
    rows = [(team, 0, 10 * team + i, 60 + i, 50 + 2 * i) for team, n in enumerate((4, 5, 8)) for i in range(n)]
    found = cross_section(responses_of(rows, 4, 1), SETTINGS)
    for values in (found.gap, found.gap_low, found.gap_high, found.probability, found.level[:, 0]):
        assert list(np.isnan(values)) == [True, False, False, True]


@pytest.mark.parametrize("rows", [[], [(0, 0, i, 100, 100) for i in range(9)]])
def test_nobody_or_no_variance_is_no_obstacle(responses_of, rows):
    found = cross_section(responses_of(rows, 2, 1), SETTINGS)
    assert np.isnan(found.probability[1])
    assert np.isnan(found.probability[0]) == (not rows)


def test_the_order_of_rows_changes_nothing(responses_of):
    responses, _, _ = levels(30, 6, 2, responses_of)
    order = np.random.default_rng(3).permutation(len(responses.team))
    rows = list(
        zip(
            responses.team[order],
            responses.period[order],
            responses.respondent[order],
            responses.individual[order],
            responses.collective[order],
            strict=True,
        )
    )
    shuffled = cross_section(responses_of(rows, 30, 1), SETTINGS)
    np.testing.assert_array_equal(shuffled.gap, cross_section(responses, SETTINGS).gap)
