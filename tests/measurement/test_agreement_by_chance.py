"""Members who do not agree at all, against distributions that another program found (`null_thresholds.json`)."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import special

from dashboard.measurement import team_figures
from dashboard.measurement.agreement import rwg_js
from dashboard.measurement.sums import ScaleSums
from dashboard.terms import Settings

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
    return team_figures(survey_of(team=team, answers=answers, bounds=(1, options)), Settings())


def assert_share(found, expected):
    """Both shares are counted, of 1,000 and of 20,000 teams: within 4.5 standard errors of their difference."""
    spread = max(expected * (1 - expected), 1e-4)
    assert found == pytest.approx(expected, abs=4.5 * np.sqrt(spread * (1 / TEAMS + 1 / 20_000)) + 1e-3)


@pytest.mark.parametrize("options", [5, 7])
def test_random_teams_agree_as_often_as_another_program_found(reference, survey_of, options):
    rows = [row for row in reference.json("null_thresholds")["simulated"] if row["A"] == options]
    assert len(rows) == 56
    for row in rows:
        figures = figures_by_chance(survey_of, row, UNIFORM[options], options)
        assert_share((figures.rwg_uniform >= 0.7 - 1e-9).mean(), row["p_rwgj_ge_70"])
        assert_share((figures.rwg_uniform >= 0.5 - 1e-9).mean(), row["p_rwgj_ge_50"])
        assert_share((figures.agreement_ad <= options / 6 + 1e-9).mean(), row["p_AD_le_A6"])


def test_a_shared_habit_of_answering_high_passes_for_agreement_under_the_uniform_null(reference, survey_of):
    rows = reference.json("null_thresholds")["random_slight_skew"]
    assert len(rows) == 30
    for row in rows:
        figures = figures_by_chance(survey_of, row, SLIGHT_SKEW, 5)
        assert_share((figures.rwg_uniform >= 0.7 - 1e-9).mean(), row["p_ge_70_uniform_null"])
        assert_share((figures.rwg_skew >= 0.7 - 1e-9).mean(), row["p_ge_70_slight_null"])
