"""Person scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement.scoring import items_needed, person_scores, pomp
from dashboard.terms import Scale, Settings

GAP = np.nan


def scale(items, reversed_items=(), bounds=(1, 5)):
    names = tuple(f"item_{number}" for number in range(1, items + 1))
    return Scale(name="individual_efficacy", items=names, minimum=bounds[0], maximum=bounds[1], reversed=reversed_items)


def test_a_score_is_the_mean_of_the_answered_items():
    answers = np.array([[4, 5, 3, GAP, 4]])  # (4 + 5 + 3 + 4) / 4
    assert person_scores(answers, scale(5), Settings()) == pytest.approx([4.0])


def test_too_few_answers_give_no_score_and_nothing_is_imputed():
    answers = np.array([[4, 5, 3, GAP, GAP], [4, 5, 3, 4, GAP]])  # of 5 items at least 4
    assert person_scores(answers, scale(5), Settings()) == pytest.approx([GAP, 4.0], nan_ok=True)


@pytest.mark.parametrize("items, needed", [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (9, 6), (12, 8), (20, 14)])
def test_two_thirds_of_the_items_are_needed_and_at_least_two(items, needed):
    assert items_needed(items, Settings()) == needed  # max(⌈2J/3⌉, 2), one of one


def test_a_reversed_item_is_turned_round():
    answers = np.array([[7, 1.0]])  # 1–7: the second becomes 1 + 7 − 1 = 7
    assert person_scores(answers, scale(2, ("item_2",), (1, 7)), Settings()) == pytest.approx([7.0])


def test_pomp_runs_from_0_to_100():
    assert pomp(np.array([1, 2.5, 7.0]), scale(1, bounds=(1, 7))) == pytest.approx([0, 25, 100])
    assert pomp(np.array([0, 4, 10.0]), scale(1, bounds=(0, 10))) == pytest.approx([0, 40, 100])


def test_a_scale_without_a_range_cannot_be_scored():
    unknown = Scale(name="individual_efficacy", items=("a",))
    with pytest.raises(ValueError, match="the range of the scale individual_efficacy is not known yet"):
        person_scores(np.ones((1, 1)), unknown, Settings())


def test_nobody_gives_no_scores():
    assert person_scores(np.empty((0, 3)), scale(3), Settings()).shape == (0,)


answer = st.sampled_from([1, 2, 3, 4, 5, GAP])
matrices = st.lists(st.lists(answer, min_size=4, max_size=4), min_size=1, max_size=8).map(np.array)


@given(matrices)
def test_a_scale_turned_round_mirrors_every_score(answers):
    plain = person_scores(answers, scale(4), Settings())
    turned = person_scores(answers, scale(4, ("item_1", "item_2", "item_3", "item_4")), Settings())
    assert turned == pytest.approx(6 - plain, nan_ok=True)


@given(matrices)
def test_scores_stay_on_the_scale(answers):
    scores = person_scores(answers, scale(4), Settings())
    known = scores[np.isfinite(scores)]
    assert ((known >= 1) & (known <= 5)).all()


@given(matrices)
def test_the_order_of_items_does_not_matter(answers):
    scores = person_scores(answers, scale(4), Settings())
    assert person_scores(answers[:, ::-1], scale(4), Settings()) == pytest.approx(scores, nan_ok=True)
