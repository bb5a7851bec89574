"""Agreement, by hand and by its properties; `test_reference_agreement` sets it against R."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement import team_figures
from dashboard.measurement.agreement import average_deviation, awg_j, null_variance, rwg_j
from dashboard.terms import Settings

GAP = np.nan
answer = st.sampled_from([1, 2, 3, 4, 5, GAP])
teams = st.lists(st.lists(answer, min_size=3, max_size=3), min_size=1, max_size=9).map(np.array)


def test_members_who_answer_alike_agree_fully():
    team = np.tile([4.0, 2.0, 5.0], (6, 1))
    assert average_deviation(team) == 0
    assert rwg_j(team, 5) == 1
    assert rwg_j(team, 5, "slight skew") == 1


def test_two_camps_do_not_agree_at_all():
    team = np.array([[1, 1], [1, 1], [5, 5], [5, 5.0]])  # each 2 from the mean 3; s² = 16/3 > 2
    assert average_deviation(team) == 2
    assert rwg_j(team, 5) == 0


def test_agreement_by_hand():
    team = np.array([[4, 4, 5], [4, 5, 5], [5, 4, 4], [4, 4, 4.0]])
    # item variances 1/4, 1/4, 1/3: s² = 5/18, r = 5/36; 3(31/36) / (3(31/36) + 5/36) = 93/98
    assert rwg_j(team, 5) == pytest.approx(93 / 98)
    # r = (5/18)/1.34 = .20730; 3(.79270)/(3(.79270) + .20730)
    assert rwg_j(team, 5, "slight skew") == pytest.approx(0.91982, abs=1e-5)
    # items 1 and 2: (3·¼ + ¾)/4 = .375; item 3: .5; mean 1.25/3
    assert average_deviation(team) == pytest.approx(1.25 / 3)


def test_variance_is_set_beside_the_largest_at_the_teams_own_mean():
    # mean 3, s² = 4/3; the most that four answers with mean 3 can have: (5 − 3)(3 − 1) 4/3 = 16/3; 1 − 2/4
    assert awg_j(np.array([2, 4, 2, 4.0])) == pytest.approx(0.5)
    assert awg_j(np.array([1, 1, 5, 5.0])) == -1  # two camps: nothing could be larger
    assert awg_j(np.full((6, 2), 4.0)) == 1


def test_near_the_end_of_the_scale_awg_says_nothing_but_at_the_end_it_does():
    # of five members, one at the other end would bring the mean from 5 to 4.2
    assert np.isnan(awg_j(np.array([5, 5, 5, 5, 4.0])))
    assert awg_j(np.array([5, 5, 5, 5, 1.0])) == pytest.approx(-1)
    assert awg_j(np.full(5, 5.0)) == 1
    assert awg_j(np.array([[5, 1], [5, 1], [5, 5], [5, 5], [4, 3.0]])) == pytest.approx(-0.6)  # item 2: s² = 4 of 5


@given(team=teams)
def test_awg_is_the_same_with_the_scale_turned_round(team):
    found = awg_j(team)
    assert awg_j(6 - team) == pytest.approx(found, nan_ok=True)
    assert awg_j(25 * (team - 1), 0, 100) == pytest.approx(found, nan_ok=True)
    assert np.isnan(found) or -1 - 1e-9 <= found <= 1


def test_a_missing_answer_costs_that_answer_and_not_the_person():
    team = np.array([[4, GAP], [2, 3], [3, 5.0]])  # item 1: 2/3; item 2: 1
    assert average_deviation(team) == pytest.approx((2 / 3 + 1) / 2)
    assert rwg_j(team, 5) == pytest.approx(2 * 0.25 / (2 * 0.25 + 0.75))  # s² = (1 + 2)/2, r = .75


def test_an_item_with_one_answer_does_not_enter():
    with_gap = np.array([[4, 5], [2, GAP], [3, GAP]])
    assert average_deviation(with_gap) == pytest.approx(average_deviation(with_gap[:, :1]))
    assert rwg_j(with_gap, 5) == pytest.approx(rwg_j(with_gap[:, 0], 5))


def test_other_numbers_of_options_have_their_own_nulls():
    assert null_variance(7) == 4  # 48/12
    assert null_variance(7, "slight skew") == 2.90  # LeBreton & Senter (2008)
    # three options: the five shares recut are .15, 11/30, 29/60, with variance .5222
    assert null_variance(3, "slight skew") == pytest.approx(0.15 + 4 * 11 / 30 + 9 * 29 / 60 - (7 / 3) ** 2)
    for options in (2, 3, 4, 12, 101):
        assert 0.6 < null_variance(options, "slight skew") / null_variance(options) < 0.85


def test_what_cannot_be_asked_is_said():
    with pytest.raises(ValueError, match='the null is "uniform" or "slight skew", not "normal"'):
        rwg_j(np.ones((3, 2)), 5, "normal")
    with pytest.raises(ValueError, match="agreement needs at least 2 answer options, not 1"):
        rwg_j(np.ones((3, 2)), 1)


@given(teams)
def test_agreement_keeps_its_bounds(team):
    ad, rwg = average_deviation(team), rwg_j(team, 5)
    assert np.isnan(ad) == np.isnan(rwg)
    assert np.isnan(ad) or (0 <= ad <= 2 and 0 <= rwg <= 1)


@given(teams, st.randoms())
def test_neither_the_order_of_members_nor_the_direction_of_the_scale_matters(team, random):
    order = list(range(len(team)))
    random.shuffle(order)
    for other in (team[order], 6 - team):
        assert average_deviation(other) == pytest.approx(average_deviation(team), nan_ok=True)
        assert rwg_j(other, 5) == pytest.approx(rwg_j(team, 5), nan_ok=True, abs=1e-12)


@given(teams)
def test_ad_is_in_points_of_the_scale(team):
    assert average_deviation(3 * team + 2) == pytest.approx(3 * average_deviation(team), nan_ok=True)


@given(st.lists(teams, min_size=1, max_size=4))
def test_all_teams_at_once_are_each_team_alone(survey_of, several):
    labels = np.concatenate([[f"team {number}"] * len(team) for number, team in enumerate(several)])
    figures = team_figures(survey_of(team=labels, answers={"collective_efficacy": np.vstack(several)}), Settings())
    for number, team in enumerate(several):
        assert figures.agreement_ad[number, 0] == pytest.approx(average_deviation(team), nan_ok=True)
        assert figures.rwg_uniform[number, 0] == pytest.approx(rwg_j(team, 5), nan_ok=True)
        assert figures.rwg_skew[number, 0] == pytest.approx(rwg_j(team, 5, "slight skew"), nan_ok=True)
