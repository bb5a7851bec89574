"""Correlations of team means, corrected: by what is planted; `test_reference_agreement` sets it against R."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement.between_correlation import corrected_between_correlation, reliability_of_means


def test_exact_means_need_no_correction():
    assert corrected_between_correlation(0.3, 0.6, 1.0, 1.0) == pytest.approx(0.6)


def test_the_same_correlation_inside_teams_and_between_them_stays():
    assert corrected_between_correlation(0.3, 0.3, 0.4, 0.6) == pytest.approx(0.3)


def test_more_members_make_means_more_reliable():
    assert reliability_of_means(0.2, 1) == pytest.approx(0.2)
    assert reliability_of_means(0.2, 6) == pytest.approx(0.6)  # 1.2 / 2
    assert reliability_of_means(0.0, 6) == 0.0


def test_what_is_planted_between_teams_comes_back():
    random = np.random.default_rng(6)
    teams, members, inside, between = 4000, 5, 0.5, -0.2
    both = np.linalg.cholesky([[1, between], [between, 1]]), np.linalg.cholesky([[1, inside], [inside, 1]])
    team = random.standard_normal((teams, 1, 2)) @ both[0].T
    answers = team + 2 * random.standard_normal((teams, members, 2)) @ both[1].T  # ICC(1) = .2, ICC(2) = 5/9
    means = answers.mean(axis=1)
    away = (answers - means[:, None]).reshape(-1, 2)
    seen = np.corrcoef(away.T)[0, 1], np.corrcoef(means.T)[0, 1]
    icc2 = reliability_of_means(0.2, members)
    assert seen[1] == pytest.approx(5 / 9 * between + 4 / 9 * inside, abs=0.04)  # what the raw correlation mixes
    assert corrected_between_correlation(*seen, icc2, icc2) == pytest.approx(between, abs=0.06)


@pytest.mark.parametrize("icc2", [0.0, -0.3, np.nan])
def test_means_that_say_nothing_have_no_corrected_correlation(icc2):
    assert np.isnan(corrected_between_correlation(0.3, 0.2, icc2, 0.5))
    assert np.isnan(corrected_between_correlation(0.3, 0.2, 0.5, icc2))
