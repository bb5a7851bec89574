"""The shape of a team's answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement import team_figures
from dashboard.measurement.groups import Groups
from dashboard.measurement.shape import in_two_camps
from dashboard.terms import Settings

GAP = np.nan
COLLECTIVE = "collective_efficacy"


def shape_of(survey_of, *scores, bounds=(1, 5)):
    """The shape of a team whose members have these scores on a scale of one item; another team stands beside it."""
    team, answers = ["a"] * len(scores) + ["z"] * 6, np.array([*scores, 1, 1, 2, 3, 4, 5])[:, None]
    figures = team_figures(survey_of(team=team, answers={COLLECTIVE: answers}, bounds=bounds), Settings())
    return figures.shape[0, 0]


def test_two_camps_are_three_persons_on_each_side_of_a_quarter_of_the_range(survey_of):
    assert shape_of(survey_of, 2, 2, 2, 4, 4, 4) == "two camps"
    assert shape_of(survey_of, 2, 2, 2.2, 3.2, 4, 4) == "two camps"  # a gap of 1 of 4 points
    assert shape_of(survey_of, 2, 2, 2.2, 3.1, 4, 4) != "two camps"
    assert shape_of(survey_of, 2, 2, 4, 4, 4, 4) != "two camps"  # two persons are no camp


def test_a_wide_gap_elsewhere_does_not_hide_two_camps(survey_of):
    assert shape_of(survey_of, 1, 2, 2, 2, 3.5, 3.5, 3.5, 5) == "two camps"


def test_close_is_a_sixth_of_the_options_on_average(survey_of):
    # A / 6 = .8333 on 1–5
    assert shape_of(survey_of, 3, 3, 4) == "close"
    assert shape_of(survey_of, 2, 3.6666667) == "close"  # AD .8333
    assert shape_of(survey_of, 2, 3.68) == "spread"
    assert shape_of(survey_of, 1, 5) == "spread"


def test_a_team_of_one_has_no_shape(survey_of):
    assert shape_of(survey_of, 4) == ""
    assert shape_of(survey_of, GAP, GAP) == ""


def test_persons_without_a_score_stand_in_no_camp():
    scores = np.array([0.1, 0.1, GAP, 0.1, 0.9, GAP, 0.9, 0.9])
    assert in_two_camps(scores, Groups.of(np.zeros(8, dtype=int))).tolist() == [True]
    assert in_two_camps(scores, Groups.of(np.array([0, 0, 0, 1, 1, 1, 1, 1]))).tolist() == [False, False]


def camps_one_by_one(scores):
    known = np.sort(scores[np.isfinite(scores)])
    gaps = np.diff(known)
    return any(gap >= 0.25 - 1e-9 and at + 1 >= 3 and len(known) - at - 1 >= 3 for at, gap in enumerate(gaps))


@given(st.integers(0, 10_000))
def test_all_teams_at_once_are_as_one_by_one(seed):
    random = np.random.default_rng(seed)
    team = np.sort(random.integers(0, 6, 40))
    scores = random.choice([0, 0.1, 0.25, 0.3, 0.75, 1.0, GAP], 40)
    found = in_two_camps(scores, Groups.of(team))
    assert found.tolist() == [camps_one_by_one(scores[team == each]) for each in np.unique(team)]
    turned = in_two_camps(1 - scores, Groups.of(team))
    assert found.tolist() == turned.tolist()


def test_no_rows_are_no_camps():
    assert in_two_camps(np.zeros(0), Groups.of(np.zeros(0, dtype=int))).tolist() == []


@pytest.mark.parametrize("bounds", [(1, 5), (0, 100)])
def test_the_shape_is_the_same_on_every_range(survey_of, bounds):
    low, high = bounds
    scores = low + (high - low) * np.array([0.2, 0.25, 0.3, 0.6, 0.7, 0.7])
    assert shape_of(survey_of, *scores, bounds=bounds) == "two camps"
