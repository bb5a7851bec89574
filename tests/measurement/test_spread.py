"""Spread of single answers, and drift of items, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import answer_spread, item_figures
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


def drifting_survey(survey_of):
    """Item 2 falls from the mean of the scale to .8 below the others."""
    first, second = np.tile([3.0, 3.0, 3.0], (10, 1)), np.tile([3.0, 3.0, 3.0], (10, 1))
    second[:8, 1] = 2
    return survey_of(
        team=["a"] * 20, period=["2026-Q1"] * 10 + ["2026-Q2"] * 10, answers={INDIVIDUAL: np.vstack([first, second])}
    )


def test_an_item_that_leaves_its_scale_drifts(survey_of):
    table = item_figures(drifting_survey(survey_of), Settings())
    table = table[(table["scale"] == INDIVIDUAL) & (table["period"] == "2026-Q2")].set_index("item")
    # item means 3, 2.2, 3: the scale's 2.7333
    assert table["drift"].tolist() == pytest.approx([0.26667, -0.53333, 0.26667], abs=1e-5)
    assert table["offset"].sum() == pytest.approx(0)


def test_a_scale_that_moves_as_a_whole_does_not_drift(survey_of):
    survey = survey_of(team=["a", "a"], period=["2026-Q1", "2026-Q2"], answers={INDIVIDUAL: [[2, 3], [4, 5]]})
    table = item_figures(survey, Settings())
    assert table.loc[table["scale"] == INDIVIDUAL, "drift"].tolist() == pytest.approx([0, 0, 0, 0])


def test_a_scale_of_one_item_or_without_answers_has_no_drift(survey_of):
    survey = survey_of(team=["a", "a"], period=["2026-Q1", "2026-Q2"], answers={INDIVIDUAL: [[2], [4]]})
    table = item_figures(survey, Settings())
    assert table["drift"].isna().all()
