"""The organisation by period, by hand and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import organization_by_period
from dashboard.terms import Settings

INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


@pytest.fixture
def row(survey_of):
    survey = survey_of(
        team=["a", "a", "a", "b", "c"],
        answers={INDIVIDUAL: [[1], [2], [3], [4], [5]], COLLECTIVE: [[1], [1], [1], [2], [np.nan]]},
    )
    return organization_by_period(survey, Settings()).iloc[0]


def test_persons_count_alike_on_the_individual_scale_and_teams_on_the_collective_one(row):
    assert row["period"] == "2026-Q1"
    assert (row["respondents"], row["teams"]) == (5, 3)
    assert row["individual"] == pytest.approx(3)
    assert row["collective"] == pytest.approx(1.5)


def test_intervals_take_teams_as_the_sampled_units(row):
    # individual: team sums of deviations from 3 are −3, 1, 2: variance 3/2 · 14/25; t(.975; 2) = 4.302653
    assert row["individual_high"] - 3 == pytest.approx(4.302653 * np.sqrt(1.5 * 14 / 25), rel=1e-6)
    # collective: team means 1 and 2, SD √½, two teams; t(.975; 1) = 12.706205
    assert row["collective_high"] - 1.5 == pytest.approx(12.706205 * 0.5, rel=1e-6)
    assert 3 - row["individual_low"] == pytest.approx(row["individual_high"] - 3)


def test_intervals_hold_their_coverage(survey_of):
    random, held = np.random.default_rng(3), []
    team = np.repeat(np.arange(25), random.integers(3, 9, 25))
    for _ in range(400):
        scores = 50 + 6 * random.standard_normal(25)[team] + 15 * random.standard_normal(len(team))
        answers = {INDIVIDUAL: scores[:, None], COLLECTIVE: scores[:, None]}
        found = organization_by_period(survey_of(team=team, answers=answers, bounds=(0, 100)), Settings()).iloc[0]
        held.append([found[f"{track}_low"] <= 50 <= found[f"{track}_high"] for track in ("individual", "collective")])
    assert np.mean(held, axis=0) == pytest.approx([0.95, 0.95], abs=0.033)  # three standard errors of 400


def test_one_team_has_a_mean_and_no_interval(survey_of):
    found = organization_by_period(survey_of(team=["a", "a"], answers={INDIVIDUAL: [[1], [3]]}), Settings()).iloc[0]
    assert found["individual"] == pytest.approx(2)
    assert np.isnan(found[["individual_low", "individual_high", "collective"]].to_numpy(float)).all()
