"""Items beside each other: means, drift and its error, item-rest correlations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measurement import item_figures, survey_sums
from dashboard.measurement.drift import drift_of
from dashboard.measurement.reliability import item_rest_correlations
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"
Q1, Q2 = "2026-Q1", "2026-Q2"


def two_periods(survey_of, first, second, teams=None, **more):
    """A survey whose persons answer the individual items `first` in one period and `second` in the next."""
    team = teams if teams is not None else ["a"] * len(first)
    return survey_of(
        team=[*team, *team],
        period=[Q1] * len(first) + [Q2] * len(second),
        answers={INDIVIDUAL: np.vstack([first, second])},
        **more,
    )


def later(table):
    return table[(table["scale"] == INDIVIDUAL) & (table["period"] == Q2)].set_index("item")


def test_an_item_that_leaves_its_scale_drifts(survey_of):
    first, second = np.full((10, 3), 3.0), np.full((10, 3), 3.0)
    second[:8, 1] = 2
    table = later(item_figures(two_periods(survey_of, first, second), Settings()))
    # item means 3, 2.2, 3: the scale's 2.7333
    assert table["mean"].tolist() == pytest.approx([3, 2.2, 3])
    assert table["drift"].tolist() == pytest.approx([0.26667, -0.53333, 0.26667], abs=1e-5)
    assert table["offset"].sum() == pytest.approx(0)


def test_a_scale_that_moves_as_a_whole_does_not_drift(survey_of):
    table = item_figures(two_periods(survey_of, [[2, 3]], [[4, 5]]), Settings())
    assert table.loc[table["scale"] == INDIVIDUAL, "drift"].tolist() == pytest.approx([0, 0, 0, 0])


def test_a_scale_of_one_item_or_without_answers_has_no_drift(survey_of):
    table = item_figures(two_periods(survey_of, [[2]], [[4]]), Settings())
    assert table[["drift", "drift_error"]].isna().to_numpy().all()


def test_the_error_of_drift_with_persons_as_units_by_hand(survey_of):
    # one team. Distances of item 1 from the person's mean: 0, 1, 0, 1 then, all 1 now; of item 2 the opposite
    first = [[3, 3], [4, 2], [3, 3], [4, 2]]
    second = [[4, 2], [5, 3], [4, 2], [5, 3]]
    table = item_figures(two_periods(survey_of, first, second), Settings()).set_index(["scale", "item", "period"])
    item = f"{INDIVIDUAL}_1"
    assert table.loc[(INDIVIDUAL, item, Q2), "drift"] == pytest.approx(0.5)
    # variance of 0, 1, 0, 1 is 1/3 over 4 persons; that of 1, 1, 1, 1 is 0
    assert table.loc[(INDIVIDUAL, item, Q2), "drift_error"] == pytest.approx(np.sqrt(1 / 3 / 4 + 0))
    assert table.loc[(INDIVIDUAL, item, Q1), "drift_error"] == 0


def test_the_error_of_drift_with_teams_as_units_by_hand(survey_of):
    # two teams of two; in one, both persons move item 1 up by 2: it is their team that does, not four persons
    first = [[3, 3], [3, 3], [3, 3], [3, 3]]
    second = [[5, 3], [5, 3], [3, 3], [3, 3]]
    survey = two_periods(survey_of, first, second, teams=["a", "a", "b", "b"])
    drift = drift_of(survey_sums(survey, Settings()), INDIVIDUAL)
    assert drift.drift[1] == pytest.approx([0.5, -0.5])
    # offsets of the teams are 1 and 0, mean .5: each adds (1 − .5) · 2/4 = ± .25; √(2/1 · 2 · .0625) = .5
    assert drift.error[1] == pytest.approx([0.5, 0.5])
    # persons alone would claim √(1/3 / 4) = .29


def test_the_error_of_drift_is_as_large_as_drift_by_chance(survey_of):
    random, moved, errors = np.random.default_rng(4), [], []
    for _ in range(150):
        teams = np.repeat(np.arange(15), 6)
        shared = random.standard_normal((15, 4))[teams]  # items differ by team, the same in both periods
        answers = [3 + shared + random.standard_normal((90, 4)) for _ in range(2)]
        survey = two_periods(survey_of, *answers, teams=[f"{team:02}" for team in teams], bounds=(-9, 15))
        found = drift_of(survey_sums(survey, Settings()), INDIVIDUAL)
        moved.append(found.drift[1])
        errors.append(found.error[1])
    # what teams keep cancels in the pairing of teams; the larger of two estimates may exceed, never fall short
    assert np.std(moved) <= np.sqrt(np.mean(np.square(errors))) * 1.05
    assert np.mean(np.abs(np.array(moved)) > 1.96 * np.array(errors)) < 0.06


def test_item_rest_correlations_stand_in_the_table(survey_of):
    answers = np.array([[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5], [GAP, 3, 3]])
    table = item_figures(survey_of(team=["a"] * 5, answers={COLLECTIVE: answers}), Settings())
    found = table.loc[table["scale"] == COLLECTIVE, "item_rest"]
    assert found.tolist() == pytest.approx(item_rest_correlations(answers).tolist())


seeds = st.integers(0, 10_000)


def random_survey(survey_of, seed, reversed_items=()):
    random = np.random.default_rng(seed)
    answers = [random.integers(1, 6, (20, 3)).astype(float) for _ in range(2)]
    answers[0][random.random((20, 3)) < 0.1] = GAP
    teams = [f"t{number}" for number in random.integers(0, 5, 20)]
    return two_periods(survey_of, *answers, teams=teams, reversed_items=reversed_items)


@settings(max_examples=30)
@given(seeds)
def test_the_order_of_persons_does_not_matter(survey_of, shuffled, seed):
    survey = random_survey(survey_of, seed)
    one, other = (item_figures(each, Settings()) for each in (survey, shuffled(survey, seed)))
    assert one.equals(other)


@settings(max_examples=30)
@given(seeds)
def test_a_scale_turned_round_turns_drift_and_keeps_its_error(survey_of, seed):
    items = [f"{INDIVIDUAL}_{item}" for item in (1, 2, 3)]
    plain, turned = (
        later(item_figures(random_survey(survey_of, seed, names), Settings())) for names in ((), tuple(items))
    )
    assert turned["mean"].tolist() == pytest.approx((6 - plain["mean"]).tolist())
    assert turned["drift"].tolist() == pytest.approx((-plain["drift"]).tolist(), abs=1e-9)
    assert turned["drift_error"].tolist() == pytest.approx(plain["drift_error"].tolist(), abs=1e-9)
    assert plain["drift"].sum() == pytest.approx(0, abs=1e-9)
    assert (plain["drift_error"] >= 0).all()
