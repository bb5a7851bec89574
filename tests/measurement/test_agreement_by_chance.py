"""
Members who do not agree at all, against distributions that another program found (`null_thresholds.json`), and teams
against random groups of the persons beside them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from scipy import special, stats

from dashboard.measurement import survey_sums, team_figures
from dashboard.measurement.agreement import average_deviation, average_deviations, rwg_js
from dashboard.measurement.agreement_by_chance import LARGEST_DRAWN, RANDOM_GROUPS, draw, patterns, references
from dashboard.measurement.sums import ScaleSums
from dashboard.terms import Scale, Settings

TEAMS = 1_000
UNIFORM = {options: np.arange(1, options) / options for options in (5, 7)}
SLIGHT_SKEW = np.cumsum([0.05, 0.15, 0.20, 0.35])


@cache
def compositions(members, options):
    """(ways, options) every way to spread so many members over the options."""
    if options == 1:
        return np.array([[members]])
    rests = [compositions(members - first, options - 1) for first in range(members + 1)]
    return np.vstack([np.insert(rest, 0, first, axis=1) for first, rest in enumerate(rests)])


def sums_of(ways):
    """The sums of teams of which it is only known how many members chose each option of one item."""
    option = np.arange(ways.shape[1])
    nothing = np.zeros(len(ways))
    return ScaleSums(
        origin=1,
        answered=ways.sum(axis=1)[None].astype(float),
        total=(ways @ option)[None].astype(float),
        squares=(ways @ option**2)[None].astype(float),
        deviations=None,
        scored=nothing,
        score_total=nothing,
        score_squares=nothing,
        complete=0,
        complete_total=np.zeros(1),
        complete_products=np.zeros((1, 1)),
        at_maximum=0,
    )


def test_random_answers_to_one_item_agree_as_often_as_can_be_counted(reference):
    rows = reference.json("null_thresholds")["exact_J1"]
    assert len(rows) == 20
    for row in rows:
        ways = compositions(row["n"], row["A"])
        chance = np.exp(special.gammaln(row["n"] + 1) - special.gammaln(ways + 1).sum(axis=1)) / row["A"] ** row["n"]
        rwg = rwg_js(sums_of(ways), row["A"])["uniform"]
        assert chance.sum() == pytest.approx(1)
        assert chance[rwg >= 0.7 - 1e-9].sum() == pytest.approx(row["p_rwg_ge_70"], abs=1e-9)
        assert chance[rwg == 1].sum() == pytest.approx(row["p_rwg_eq_1"], abs=1e-9)


def teams_by_chance(random, row, limits):
    """(teams · members, items) answers drawn without regard to the team; items of a person correlate by `item_r`."""
    person = random.standard_normal((TEAMS * row["n"], 1))
    item = random.standard_normal((TEAMS * row["n"], row["J"]))
    latent = np.sqrt(row["item_r"]) * person + np.sqrt(1 - row["item_r"]) * item
    return 1.0 + np.searchsorted(special.ndtri(limits), latent)


def figures_by_chance(survey_of, row, limits, options):
    random = np.random.default_rng([row["n"], row["J"], options, int(10 * row["item_r"])])
    team = np.repeat(np.arange(TEAMS), row["n"])
    answers = {"collective_efficacy": teams_by_chance(random, row, limits)}
    sums = survey_sums(survey_of(team=team, answers=answers, bounds=(1, options)), Settings())
    scale = sums.periods[0].scales["collective_efficacy"]
    return average_deviations(scale), rwg_js(scale, options)


def assert_share(found, expected):
    """Both shares are counted, of 1,000 and of 20,000 teams: within 4.5 standard errors of their difference."""
    spread = max(expected * (1 - expected), 1e-4)
    assert found == pytest.approx(expected, abs=4.5 * np.sqrt(spread * (1 / TEAMS + 1 / 20_000)) + 1e-3)


@pytest.mark.parametrize("options", [5, 7])
def test_random_teams_agree_as_often_as_another_program_found(reference, survey_of, options):
    rows = [row for row in reference.json("null_thresholds")["simulated"] if row["A"] == options]
    assert len(rows) == 56
    for row in rows:
        deviations, rwg = figures_by_chance(survey_of, row, UNIFORM[options], options)
        assert_share((rwg["uniform"] >= 0.7 - 1e-9).mean(), row["p_rwgj_ge_70"])
        assert_share((rwg["uniform"] >= 0.5 - 1e-9).mean(), row["p_rwgj_ge_50"])
        assert_share((deviations <= options / 6 + 1e-9).mean(), row["p_AD_le_A6"])


def test_a_shared_habit_of_answering_high_passes_for_agreement_under_the_uniform_null(reference, survey_of):
    rows = reference.json("null_thresholds")["random_slight_skew"]
    assert len(rows) == 30
    for row in rows:
        _, rwg = figures_by_chance(survey_of, row, SLIGHT_SKEW, 5)
        assert_share((rwg["uniform"] >= 0.7 - 1e-9).mean(), row["p_ge_70_uniform_null"])
        assert_share((rwg["slight skew"] >= 0.7 - 1e-9).mean(), row["p_ge_70_slight_null"])


GAP = np.nan
COLLECTIVE = "collective_efficacy"


def percentiles(survey_of, teams, answers, seed=1, **more):
    survey = survey_of(team=[f"t{team:03}" for team in teams], answers={COLLECTIVE: answers}, **more)
    return team_figures(survey, Settings(seed=seed)).agreement_percentile[:, 0]


def answers_of(random, teams, shared):
    """Answers 1–5 to three items that a team shares by so much."""
    level = shared * random.standard_normal(teams.max() + 1)[teams, None]
    return np.clip(np.rint(3 + level + random.standard_normal((len(teams), 3))), 1, 5)


def test_where_nothing_is_shared_teams_are_as_alike_as_random_groups(survey_of):
    random = np.random.default_rng(3)
    teams = np.repeat(np.arange(400), random.integers(3, 12, 400))
    found = percentiles(survey_of, teams, answers_of(random, teams, 0.0))
    assert found.mean() == pytest.approx(0.5, abs=0.045)  # three standard errors of .289 / √400
    assert stats.kstest(found, "uniform").pvalue > 0.01


def test_where_much_is_shared_most_teams_are_more_alike_than_random_groups(survey_of):
    random = np.random.default_rng(4)
    teams = np.repeat(np.arange(100), 8)
    assert np.median(percentiles(survey_of, teams, answers_of(random, teams, 1.0))) > 0.85


def test_the_percentile_is_that_of_groups_drawn_one_by_one(survey_of):
    random = np.random.default_rng(5)
    teams = np.repeat(np.arange(12), 5)
    answers = answers_of(random, teams, 0.5)
    answers[random.random(answers.shape) < 0.1] = GAP
    answered = answers[np.isfinite(answers).any(axis=1)]
    by_chance = np.array([average_deviation(answered[random.choice(59, 5, replace=False)]) for _ in range(4_000)])
    own = np.array([average_deviation(answers[teams == team]) for team in range(12)])
    less_alike = (by_chance > own[:, None] + 1e-9).mean(axis=1) + (np.abs(by_chance - own[:, None]) < 1e-9).mean(
        axis=1
    ) / 2
    # both are counted: three and a half standard errors of √(.25 (1/2000 + 1/4000)) are .048
    assert len(answered) == 59
    assert percentiles(survey_of, teams, answers) == pytest.approx(less_alike, abs=0.048)


def test_full_agreement_where_nobody_else_agrees_is_above_all_and_ties_count_by_half(survey_of):
    teams = np.repeat(np.arange(9), 5)
    answers = np.tile([[1.0], [2], [3], [4], [5]], (9, 1))
    answers[:5] = 3
    assert percentiles(survey_of, teams, answers)[0] > 0.98
    everyone_alike = percentiles(survey_of, teams, np.full((45, 1), 4.0))
    assert everyone_alike == pytest.approx(np.full(9, 0.5))


def test_with_fewer_than_thirty_persons_outside_there_is_no_percentile(survey_of):
    random = np.random.default_rng(6)
    for others, known in ((29, False), (30, True)):
        teams = np.array([0] * 5 + [1] * others)
        found = percentiles(survey_of, teams, answers_of(random, teams, 0.0))
        assert np.isfinite(found).tolist() == [known, False]  # outside the larger team there are five


def test_a_team_of_one_and_a_silent_team_have_no_percentile(survey_of):
    random = np.random.default_rng(7)
    teams = np.array([0, 1, 1, 1, *np.repeat(np.arange(2, 12), 5)])
    answers = answers_of(random, teams, 0.0)
    answers[1:4] = GAP
    assert np.isnan(percentiles(survey_of, teams, answers)).tolist() == [True, True] + [False] * 10


@hypothesis_settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter_and_a_scale_turned_round_hardly(survey_of, shuffled, seed):
    random = np.random.default_rng(seed)
    teams = random.integers(0, 8, 60)
    answers = answers_of(random, teams, 0.5)
    answers[random.random(answers.shape) < 0.1] = GAP
    survey = survey_of(team=[f"t{team}" for team in teams], answers={COLLECTIVE: answers})
    plain, other = (team_figures(each, Settings()).agreement_percentile for each in (survey, shuffled(survey, seed)))
    assert plain.tobytes() == other.tobytes()
    known = plain[np.isfinite(plain)]
    assert ((known >= 0) & (known <= 1)).all()
    turned = percentiles(
        survey_of,
        teams,
        answers,
        seed=Settings().seed,
        reversed_items=[f"{COLLECTIVE}_1", f"{COLLECTIVE}_2", f"{COLLECTIVE}_3"],
    )
    assert turned == pytest.approx(plain[:, 0], abs=0.08, nan_ok=True)  # other groups are drawn


def test_a_period_has_its_own_groups_whatever_else_was_surveyed(survey_of):
    random = np.random.default_rng(8)
    teams = np.repeat(np.arange(10), 6)
    one, two = (answers_of(random, teams, 0.5) for _ in range(2))
    names = [f"t{team}" for team in teams]
    alone = team_figures(survey_of(team=names, period=["2026-Q2"] * 60, answers={COLLECTIVE: two}), Settings())
    both = survey_of(
        team=names * 2, period=["2026-Q1"] * 60 + ["2026-Q2"] * 60, answers={COLLECTIVE: np.vstack([one, two])}
    )
    figures = team_figures(both, Settings())
    assert figures.agreement_percentile[:, 1].tobytes() == alone.agreement_percentile[:, 0].tobytes()


@pytest.mark.parametrize("population, members", [(1_000, 20), (40, 8), (40, 35), (3, 1)])
def test_random_groups_repeat_nobody_and_prefer_nobody(population, members):
    drawn = draw(np.random.default_rng(9), population, members)
    assert drawn.shape == (RANDOM_GROUPS, members)
    assert (np.diff(np.sort(drawn, axis=1), axis=1) > 0).all()
    counts = np.bincount(drawn.ravel(), minlength=population)
    expected = RANDOM_GROUPS * members / population
    # each person is in a group or not: variance 2000 p (1 − p); together chi-square on one degree less
    assert ((counts - expected) ** 2).sum() / (expected * (1 - members / population)) == pytest.approx(
        population - 1, abs=4.5 * np.sqrt(2 * population)
    )
    assert len(np.unique(drawn[:, 0])) > 0.6 * min(population, RANDOM_GROUPS)  # at every place anybody


def five_options(items):
    return Scale(name=COLLECTIVE, items=tuple(f"c{item}" for item in range(items)), minimum=1, maximum=5)


def test_larger_groups_than_are_drawn_lie_as_closely_as_they_would():
    random = np.random.default_rng(10)
    answers = random.integers(1, 6, (3_000, 4)).astype(np.float32)
    persons = patterns(answers, five_options(4), 5)
    size = 3 * LARGEST_DRAWN
    ((_, found),) = references(persons, 4, np.array([size]), np.arange(5.0), np.random.default_rng(11))
    drawn = [average_deviation(answers[random.choice(3_000, size, replace=False)]) for _ in range(1_000)]
    assert found.mean() == pytest.approx(np.mean(drawn), abs=0.002)  # of 1.2
    assert found.std() == pytest.approx(np.std(drawn), rel=0.1)


def test_answers_with_decimals_are_told_apart_finely_enough(survey_of):
    random = np.random.default_rng(12)
    teams = np.repeat(np.arange(12), 5)
    answers = np.clip(3 + random.standard_normal((60, 2)), 1, 5)
    by_chance = np.array([average_deviation(answers[random.choice(60, 5, replace=False)]) for _ in range(4_000)])
    own = np.array([average_deviation(answers[teams == team]) for team in range(12)])
    assert percentiles(survey_of, teams, answers) == pytest.approx((by_chance > own[:, None]).mean(axis=1), abs=0.048)


def test_long_scales_and_wide_ranges_are_compared_as_well(survey_of):
    random = np.random.default_rng(13)
    teams = np.repeat(np.arange(100), 6)
    for bounds, items in (((0, 100), 3), ((1, 7), 20)):
        low, high = bounds
        answers = random.integers(low, high + 1, (600, items)).astype(float)
        found = percentiles(survey_of, teams, answers, bounds=bounds)
        assert found.mean() == pytest.approx(0.5, abs=0.09)
