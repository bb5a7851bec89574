"""The information form against dense generalised least squares, person by person."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.compounding.information import habit, information, typical_information
from dashboard.diagnosis.compounding.person_covariance import PersonCovariance
from dashboard.diagnosis.compounding.persons import persons_of, share_followed, stayers

COVARIANCE = PersonCovariance(
    stable=np.array([[150.0, 80.0], [80.0, 110.0]]), momentary=np.array([[90.0, 20.0], [20.0, 70.0]])
)


def dense(rows, team, periods):
    """Λ = X'V⁻¹X and h = X'V⁻¹y with the covariance of all answers of a team written out."""
    mine = [row for row in rows if row[0] == team]
    size = 2 * len(mine)
    design, scores, covariance = np.zeros((size, 2 * periods)), np.zeros(size), np.zeros((size, size))
    for i, (_, period, person, individual, collective) in enumerate(mine):
        design[2 * i : 2 * i + 2, 2 * period : 2 * period + 2] = np.eye(2)
        scores[2 * i : 2 * i + 2] = individual, collective
        for j, (_, _, other, _, _) in enumerate(mine):
            same = i == j or (person == other and person >= 0)
            covariance[2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = COVARIANCE.stable * same + COVARIANCE.momentary * (
                i == j
            )
    weighted = design.T @ np.linalg.inv(covariance) if size else np.zeros((2 * periods, 0))
    return weighted @ design, weighted @ scores


def random_rows(teams, periods, people, seed):
    random = np.random.default_rng(seed)
    rows = []
    for team in range(teams):
        for person in range(people):
            for period in np.flatnonzero(random.random(periods) < 0.6):
                rows.append((team, int(period), person, *random.uniform(0, 100, 2)))
        rows.extend((team, int(random.integers(periods)), -1, *random.uniform(0, 100, 2)) for _ in range(3))
    return rows


@pytest.mark.parametrize("periods", [1, 2, 4, 9])
def test_the_information_form_is_dense_least_squares(responses_of, periods):
    rows = random_rows(teams=4, periods=periods, people=7, seed=periods)
    found = information(persons_of(responses_of(rows, 5, periods)), COVARIANCE)
    for team in range(5):
        precision, shift = dense(rows, team, periods)
        np.testing.assert_allclose(found.precision[team], precision, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(found.shift[team], shift, rtol=1e-11, atol=1e-12)


def test_a_team_nobody_answered_for_holds_no_information(responses_of):
    found = information(persons_of(responses_of([(0, 0, 1, 50, 50), (0, 1, 1, 60, 50)], 2, 2)), COVARIANCE)
    assert not found.precision[1].any()
    assert not found.shift[1].any()


def test_who_answers_twice_says_more_about_change_and_no_more_about_level(responses_of):
    # change of a matched person: variance 2Ψ; of two different persons: 2(Ω + Ψ). Level is the same for one answer.
    matched = information(persons_of(responses_of([(0, 0, 1, 50, 50), (0, 1, 1, 60, 50)], 1, 2)), COVARIANCE)
    change = np.array([-1, 0, 1, 0])
    variance = change @ np.linalg.inv(matched.precision[0]) @ change
    assert variance == pytest.approx(2 * COVARIANCE.momentary[0, 0])
    strangers = information(persons_of(responses_of([(0, 0, 1, 50, 50), (0, 1, 2, 60, 50)], 1, 2)), COVARIANCE)
    variance = change @ np.linalg.inv(strangers.precision[0]) @ change
    assert variance == pytest.approx(2 * (COVARIANCE.stable + COVARIANCE.momentary)[0, 0])


def test_the_habit_of_somebody_seen_once_leaves_the_whole_person_as_error():
    left = np.linalg.inv(COVARIANCE.momentary) - habit(COVARIANCE, 1)
    np.testing.assert_allclose(np.linalg.inv(left), COVARIANCE.stable + COVARIANCE.momentary)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_typical_team_is_exact_where_nobody_or_everybody_returns(responses_of, share):
    rows = [(0, period, person if share else -1, 50, 50) for period in range(3) for person in range(6)]
    persons = persons_of(responses_of(rows, 1, 3))
    assert share_followed(persons) == share
    found = typical_information(COVARIANCE, 6, 3, share)
    np.testing.assert_allclose(found, information(persons, COVARIANCE).precision[0], atol=1e-14)


def test_the_share_followed_counts_pairs_of_answers(responses_of):
    # person 1 in periods 0, 1, 2; person 2 in 0 only: of 4 answers × 2 other periods, 3 × 2 are answered again
    rows = [(0, 0, 1, 50, 50), (0, 1, 1, 50, 50), (0, 2, 1, 50, 50), (0, 0, 2, 50, 50)]
    assert share_followed(persons_of(responses_of(rows, 1, 3))) == pytest.approx(6 / 8)


def test_stayers_answered_in_the_first_and_the_last_period_and_in_one_team(responses_of):
    rows = [
        *[(0, period, 1, 50, 50) for period in (0, 1, 2)],
        *[(0, period, 2, 50, 50) for period in (0, 2)],
        *[(0, period, 3, 50, 50) for period in (1, 2)],
        (0, 0, 4, 50, 50),
        (1, 2, 4, 50, 50),  # changed team: a new person there
        (1, 0, -1, 50, 50),
        (1, 2, -1, 50, 50),
    ]
    assert list(stayers(persons_of(responses_of(rows, 3, 3)).followed)) == [2, 0, 0]
