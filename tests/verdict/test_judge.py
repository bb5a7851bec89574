"""The verdict as a whole: edges, reasons, order of rows. Error rates stand in `test_error_rates`."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.diagnosis.compounding import Responses, judge
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.terms import Settings
from tests.verdict.simulator import World, simulate

SETTINGS = Settings()
STATES = ("compounding", "collective_led", "steady", "eroding")
FIGURES = (
    "gain gain_low gain_high gain_covariance shortfall shortfall_low shortfall_high standard_error probability "
    "sensitivity level"
).split()


def steady_rows(teams, periods, members, score=lambda team, period, person: (60, 60)):
    return [
        (team, period, team * members + person, *score(team, period, person))
        for team in range(teams)
        for period in range(periods)
        for person in range(members)
    ]


def chosen(responses: Responses, rows) -> Responses:
    names = ("team", "period", "respondent", "individual", "collective")
    kept = {name: getattr(responses, name)[rows] for name in names}
    counts = np.bincount(
        kept["team"] * responses.periods + kept["period"], minlength=responses.teams * responses.periods
    )
    return dataclasses.replace(responses, **kept, respondents=counts.reshape(responses.teams, responses.periods))


@pytest.fixture(scope="module")
def mixed():
    simulated = simulate(World(teams=80, members=9), seed=4)
    return simulated, judge(simulated.responses, SETTINGS)


def test_every_figure_has_a_row_per_team(mixed):
    _, found = mixed
    shapes = {name: np.shape(getattr(found, name)) for name in FIGURES}
    assert (
        shapes["gain"]
        == shapes["gain_low"]
        == shapes["gain_high"]
        == shapes["sensitivity"]
        == shapes["level"]
        == (80, 2)
    )
    assert shapes["gain_covariance"] == (80, 2, 2)
    assert {shapes[name] for name in ("shortfall", "standard_error", "probability")} == {(80,)}
    assert set(found.states) == set(STATES)
    assert found.verdict.shape == found.reason.shape == found.flagged.shape == found.stayers.shape == (80,)


def test_the_states_and_the_probability_add_up_to_one(mixed):
    _, found = mixed
    known = np.isfinite(found.probability)
    total = found.probability + sum(found.states.values())
    np.testing.assert_allclose(total[known], 1, atol=1e-12)


def test_intervals_hold_the_estimate_and_the_shortfall_is_rho_a_less_c(mixed):
    _, found = mixed
    known = np.isfinite(found.probability)
    assert ((found.gain_low < found.gain) & (found.gain < found.gain_high))[known].all()
    np.testing.assert_allclose(found.shortfall, 0.5 * found.gain[:, 0] - found.gain[:, 1])
    assert ((found.shortfall_low < found.shortfall) & (found.shortfall < found.shortfall_high))[known].all()


def test_verdicts_follow_from_flags_and_probabilities(mixed):
    _, found = mixed
    judged = found.reason == Reason.NONE
    assert found.teams_tested == judged.sum() > 40
    assert (found.flagged == (found.verdict == Verdict.NOT_COMPOUNDING)).all()
    watched = found.verdict == Verdict.WATCH
    assert (watched == (judged & ~found.flagged & (found.probability >= 0.5))).all()
    for state, name in zip((Verdict.COMPOUNDING, Verdict.STEADY), ("compounding", "steady"), strict=True):
        named = found.verdict == state
        assert named.any()
        assert (found.states[name][named] >= 0.5).all()
    unclear = found.verdict == Verdict.UNCLEAR
    assert (np.max([found.probability, *found.states.values()], axis=0)[unclear] < 0.5).all()
    assert ((found.verdict == Verdict.INSUFFICIENT) == ~judged).all()


def test_expectations_are_sums_of_probabilities(mixed):
    _, found = mixed
    assert found.expected_affected == pytest.approx(np.nansum(found.probability))
    assert found.expected_false_flags == pytest.approx((1 - found.probability[found.flagged]).sum())


def test_withheld_teams_have_no_figure_at_all(mixed):
    _, found = mixed
    withheld = found.reason == Reason.MINIMUM_GROUP
    assert withheld.any()
    for name in FIGURES:
        values = getattr(found, name)
        assert np.isnan(values[withheld]).all(), name
        assert np.isfinite(values[~withheld]).all(), name
    for values in found.states.values():
        assert np.isnan(values[withheld]).all()


@pytest.mark.parametrize("anonymous", [False, True])
def test_the_order_of_rows_changes_nothing_not_even_a_last_digit(anonymous):
    responses = simulate(World(teams=40, anonymous=anonymous, item_noise=9.7), seed=5).responses
    # scores that no binary fraction holds exactly
    responses = dataclasses.replace(responses, individual=responses.individual / 3, collective=responses.collective / 7)
    first = judge(responses, SETTINGS)
    order = np.random.default_rng(1).permutation(len(responses.team))
    second = judge(chosen(responses, order), SETTINGS)
    for name in (*FIGURES, "verdict", "flagged", "stayers"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name), err_msg=name)


def test_the_same_respondent_in_two_teams_is_two_persons(mixed):
    simulated, found = mixed
    responses = simulated.responses
    renamed = dataclasses.replace(responses, respondent=_numbered_in_team(responses))
    np.testing.assert_allclose(judge(renamed, SETTINGS).probability, found.probability, atol=1e-9)


def _numbered_in_team(responses: Responses):
    """Ids that start anew in every team."""
    first = np.full(responses.teams, np.iinfo(np.int64).max)
    np.minimum.at(first, responses.team, responses.respondent)
    return responses.respondent - first[responses.team]


def test_one_period_judges_nobody():
    found = judge(simulate(World(periods=1), seed=1).responses, SETTINGS)
    assert set(found.verdict) == {Verdict.INSUFFICIENT}
    assert set(found.reason) == {Reason.ONE_PERIOD}
    assert np.isnan(found.probability).all()
    assert found.model is None
    assert not found.flagged.any()
    assert (found.teams_tested, found.expected_false_flags, found.expected_affected) == (0, 0.0, 0.0)


def test_answers_to_both_scales_in_one_period_only_leave_nothing_to_compare(responses_of):
    rows = [row for row in steady_rows(10, 2, 6) if row[1] == 0]
    found = judge(responses_of(rows, 10, 2), SETTINGS)
    assert set(found.reason) == {Reason.MINIMUM_GROUP}
    assert found.model is None


@pytest.mark.parametrize("periods", [2, 3, 8])
@pytest.mark.parametrize("score", [0.0, 60.0, 100.0])
def test_without_any_variance_nobody_is_flagged(responses_of, periods, score):
    rows = steady_rows(30, periods, 6, lambda *_: (score, score))
    spread, mean = np.zeros(2), np.full(2, score)
    found = judge(responses_of(rows, 30, periods, answer_spread=spread, answer_mean=mean), SETTINGS)
    assert not found.flagged.any()
    assert np.isfinite(found.probability).all()
    expected = {Reason.NONE} if score == 60 else {Reason.CEILING}
    assert set(found.reason) == expected


def test_unknown_spread_of_answers_is_no_obstacle(responses_of):
    unknown = np.full(2, np.nan)
    found = judge(responses_of(steady_rows(30, 2, 6), 30, 2, answer_spread=unknown, answer_mean=unknown), SETTINGS)
    assert set(found.reason) == {Reason.NONE}


@pytest.mark.parametrize("teams", [1, 2, 3, 7])
def test_a_few_teams_are_watched_and_never_flagged(teams):
    world = World(teams=teams, members=25, gain=(25.0, 0.0), gain_spread=0.0, response=1.0)
    found = judge(simulate(world, seed=2).responses, SETTINGS)
    assert found.teams_tested == teams
    assert set(found.verdict) == {Verdict.WATCH}
    assert not found.flagged.any()


def test_no_team_at_all_is_no_obstacle(responses_of):
    found = judge(responses_of([], 0, 2), SETTINGS)
    assert found.verdict.shape == (0,)


def test_teams_without_answers_in_some_periods_stand_beside_the_others():
    responses = simulate(World(teams=60, periods=6, members=10), seed=6).responses
    gone = (responses.team < 5) & (responses.period >= 3)  # no last half
    gap = (responses.team >= 5) & (responses.team < 10) & np.isin(responses.period, [0, 2, 4])
    nobody = responses.team == 10
    found = judge(chosen(responses, ~(gone | gap | nobody)), SETTINGS)
    assert (found.reason[:5] == Reason.MINIMUM_GROUP).all()
    assert (found.reason[5:10] == Reason.NONE).all()
    assert found.reason[10] == Reason.MINIMUM_GROUP
    assert np.isnan(found.probability[10])
    assert (found.standard_error[5:10] > np.nanmedian(found.standard_error)).all()


def test_a_period_that_nobody_answered_in_is_skipped():
    responses = simulate(World(teams=30, periods=4, members=20), seed=6).responses  # no team near the minimum group
    three = chosen(responses, responses.period != 1)
    closed = dataclasses.replace(
        three,
        period=three.period - (three.period > 1),
        periods=3,
        respondents=np.delete(three.respondents, 1, axis=1),
    )
    np.testing.assert_allclose(judge(three, SETTINGS).probability, judge(closed, SETTINGS).probability)


def test_a_first_or_last_period_that_nobody_answered_in_leaves_no_stayers():
    responses = simulate(World(teams=30, periods=4, members=10), seed=6).responses
    found = judge(chosen(responses, responses.period != 0), SETTINGS)
    assert not found.stayers.any()
    assert found.teams_tested > 20


@pytest.mark.parametrize("team", [0, 29])
def test_a_period_answered_by_a_single_team_is_no_obstacle(team):
    responses = simulate(World(teams=30, periods=4, members=10), seed=6).responses
    alone = (responses.period != 2) | (responses.team == team)
    found = judge(chosen(responses, alone), SETTINGS)
    assert np.isfinite(found.probability[found.reason != Reason.MINIMUM_GROUP]).all()
    few = judge(chosen(responses, alone), Settings(model_teams=20, seed=3))
    np.testing.assert_allclose(few.gain, found.gain, atol=4)


def test_anonymous_teams_are_judged_less_surely():
    known = judge(simulate(World(teams=60, members=10), seed=7).responses, SETTINGS)
    unknown = judge(simulate(World(teams=60, members=10, anonymous=True), seed=7).responses, SETTINGS)
    assert np.nanmedian(unknown.standard_error) > 1.1 * np.nanmedian(known.standard_error)
    assert not unknown.stayers.any()


def test_twelve_periods_and_more_are_no_obstacle():
    found = judge(simulate(World(teams=25, periods=13), seed=7).responses, SETTINGS)
    assert np.isfinite(found.probability[found.reason != Reason.MINIMUM_GROUP]).all()


def test_each_half_needs_one_period_with_the_minimum_group(responses_of):
    # four periods; halves are the first two and the last two
    patterns = {0: (5, 0, 0, 5), 1: (0, 5, 5, 0), 2: (5, 5, 0, 0), 3: (4, 4, 4, 4), 4: (9, 4, 4, 9), 5: (4, 4, 9, 9)}
    rows = [
        (team, period, 100 * team + person, 60 + person, 60)
        for team, counts in patterns.items()
        for period, count in enumerate(counts)
        for person in range(count)
    ]
    found = judge(responses_of(rows, 6, 4), SETTINGS)
    withheld = found.reason == Reason.MINIMUM_GROUP
    assert list(withheld) == [False, False, True, True, False, True]


def test_the_middle_of_three_periods_belongs_to_both_halves(responses_of):
    rows = [(0, 1, person, 60 + person, 60) for person in range(5)] + steady_rows(3, 3, 6)[18:]
    assert judge(responses_of(rows, 3, 3), SETTINGS).reason[0] != Reason.MINIMUM_GROUP


def test_reasons_come_in_their_order_and_keep_figures():
    responses = simulate(World(teams=40, members=12, response=1.0), seed=8).responses
    rate = np.full((40, 2), 0.9)
    rate[0], rate[1], rate[2] = (0.4, 0.9), (0.9, 0.49), (0.5, np.nan)
    counts = responses.respondents.copy()
    counts[0] = 2
    found = judge(dataclasses.replace(responses, response_rate=rate, respondents=counts), SETTINGS)
    assert list(found.reason[:3]) == [Reason.MINIMUM_GROUP, Reason.RESPONSE_RATE, Reason.NONE]
    assert np.isnan(found.probability[0])
    assert np.isfinite(found.probability[1])
    assert found.verdict[1] == Verdict.INSUFFICIENT


def test_a_team_of_few_answers_is_not_judged_for_lack_of_precision():
    responses = simulate(World(teams=60, members=5, periods=2, anonymous=True), seed=9).responses
    found = judge(responses, Settings(minimum_group=3, largest_standard_error=8))
    imprecise = found.reason == Reason.PRECISION
    assert imprecise.any()
    assert (found.standard_error[imprecise] > 8).all()
    assert (found.standard_error[found.reason == Reason.NONE] <= 8).all()
    assert np.isfinite(found.probability[imprecise]).all()
    assert not found.flagged[imprecise].any()


def test_a_team_at_the_end_of_the_scale_is_told_from_one_of_few_answers():
    responses = simulate(World(teams=60, members=12), seed=10).responses
    top = responses.team < 6
    near = dataclasses.replace(responses, collective=np.where(top, 99.0, responses.collective))
    found = judge(near, SETTINGS)
    assert (found.reason[:6] == Reason.CEILING).all()
    assert (found.sensitivity[:6, 1] < 0.4).all()
    assert np.isfinite(found.probability[:6]).all()
    assert not found.flagged[:6].any()


def test_gains_near_the_end_of_the_scale_are_corrected_upwards():
    # every team gains 10 true points from 82 on; in the answers less of it shows
    world = World(
        teams=80, members=15, gain=(10.0, 10.0), gain_spread=0.0, drift=0.0, level=(82.0, 82.0), organization_mood=0.0
    )
    responses = simulate(world, seed=11).responses
    seen = responses.individual[responses.period == 3].mean() - responses.individual[responses.period == 0].mean()
    found = judge(responses, SETTINGS)
    assert seen < 8.5
    assert np.nanmean(found.gain[:, 0]) == pytest.approx(10, abs=1.6)  # the uncorrected gain is 2 points short


def test_nobody_with_a_low_response_rate_is_learnt_from(mixed):
    simulated, found = mixed
    responses = simulated.responses
    few = np.arange(80) < 10
    strange = dataclasses.replace(
        responses,
        response_rate=np.where(few[:, None], 0.3, 0.9) * np.ones((80, 2)),
        individual=np.where(few[responses.team] & (responses.period == 3), 100.0, responses.individual),
    )
    moved = judge(strange, SETTINGS).model.hierarchy.mean
    np.testing.assert_allclose(moved, found.model.hierarchy.mean, atol=2.0)


def test_a_shift_of_everyone_on_both_scales_is_pointed_out():
    together = World(teams=60, gain=(10.0, 10.0), gain_spread=1.0, drift=0.5)
    assert judge(simulate(together, seed=3).responses, SETTINGS).moved_together
    stuck = World(teams=60, gain=(10.0, 0.0), gain_spread=1.0, drift=0.5)
    assert not judge(simulate(stuck, seed=3).responses, SETTINGS).moved_together
    apart = World(teams=60, gain=(10.0, 10.0), gain_spread=9.0)
    assert not judge(simulate(apart, seed=3).responses, SETTINGS).moved_together


def test_more_flags_are_given_for_a_larger_share_of_wrong_ones(mixed):
    simulated, _ = mixed
    counts = [judge(simulated.responses, Settings(false_flag_share=q)).flagged.sum() for q in (0.05, 0.1, 0.2, 0.3)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


answers = st.lists(
    st.tuples(
        st.integers(0, 11),  # team
        st.integers(0, 3),  # period
        st.integers(-1, 12),  # respondent
        st.sampled_from([0.0, 5.0, 50.0, 95.0, 100.0]),
        st.sampled_from([0.0, 5.0, 50.0, 95.0, 100.0]),
    ),
    max_size=150,
    unique_by=lambda row: row[:3] if row[2] >= 0 else object(),
)


@settings(max_examples=30)
@given(answers)
def test_whatever_the_answers_there_are_verdicts_without_error_or_warning(responses_of, rows):
    responses = responses_of(rows, 12, 4)
    found = judge(responses, Settings(minimum_group=3))
    shown = found.reason != Reason.MINIMUM_GROUP
    assert np.isfinite(found.probability[shown]).all()
    assert ((found.probability[shown] >= 0) & (found.probability[shown] <= 1)).all()
    assert (found.flagged <= (found.reason == Reason.NONE)).all()
