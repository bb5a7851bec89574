"""Spread of single answers, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import answer_spread
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


@pytest.fixture
def survey(survey_of):
    return survey_of(
        team=["a", "a", "b", "b", "a", "a"],
        period=["2026-Q1"] * 4 + ["2026-Q2"] * 2,
        answers={
            INDIVIDUAL: [[1, 2], [3, 2], [5, GAP], [5, 4], [1, 1], [5, 5]],
            COLLECTIVE: [[2], [4], [4], [4], [3], [3]],
        },
    )


def test_spread_is_pooled_inside_item_team_and_period(survey):
    found = answer_spread(survey, Settings(), slice(0, 1))
    # individual: item 1 a 2, b 0; item 2 a 0, b one answer: squares 2 on 1 + 1 + 1 = 3 df; a point is 25 POMP
    # collective: a 2, b 0 on 2 df
    assert found.spread == pytest.approx([25 * np.sqrt(2 / 3), 25 * np.sqrt(2 / 2)])
    assert found.mean == pytest.approx([25 * (22 / 7 - 1), 25 * (14 / 4 - 1)])


def test_the_window_says_which_periods_count(survey):
    found = answer_spread(survey, Settings(), slice(1, 2))
    assert found.spread == pytest.approx([25 * np.sqrt(16 / 2), 0])  # two items of squares 8, one df each
    both = answer_spread(survey, Settings())
    assert both.spread == pytest.approx([25 * np.sqrt(18 / 5), 25 * np.sqrt(2 / 3)])


def test_nobody_answered_nothing_is_known(survey_of):
    found = answer_spread(survey_of(team=["a"], answers={INDIVIDUAL: [[3, 3]]}), Settings())
    assert np.isnan(found.spread).all()
    assert found.mean == pytest.approx([50, GAP], nan_ok=True)


def test_reversed_items_are_turned_round_first(survey_of):
    survey = survey_of(team=["a", "a"], answers={COLLECTIVE: [[5, 1], [4, 2]]}, reversed_items=[f"{COLLECTIVE}_2"])
    assert answer_spread(survey, Settings()).mean[1] == pytest.approx(25 * (4.5 - 1))
