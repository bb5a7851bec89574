"""Each edge case of the method that a figure of a team, scale or period can meet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.measurement import (
    answer_spread,
    changes,
    item_figures,
    organization_by_period,
    scale_figures,
    team_figures,
)
from dashboard.measurement.nesting import icc, shrunken_means
from dashboard.measurement.reliability import cronbach_alpha
from dashboard.terms import Period, Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


@pytest.fixture
def collective(survey_of):
    """Team figures of teams given as name → answers to the collective scale, in one period."""

    def figures(**teams):
        names = np.concatenate([[name] * len(answers) for name, answers in teams.items()])
        answers = np.vstack([np.asarray(answers, float) for answers in teams.values()])
        survey = survey_of(team=names, answers={COLLECTIVE: answers})
        return survey, team_figures(survey, Settings())

    return figures


def test_agreement_of_a_team_of_one_is_not_available(collective):
    _, found = collective(alone=[[4, 5]], other=[[3, 3], [4, 2]])
    assert np.isnan([found.agreement_ad[0, 0], found.rwg_uniform[0, 0], found.rwg_skew[0, 0]]).all()
    assert found.scored_collective[0, 0] == 1  # the gate withholds it by this number


@pytest.mark.parametrize("size", [2, 3, 4])
def test_teams_of_two_to_four_are_computed(collective, size):
    _, found = collective(few=[[number % 5 + 1, 3] for number in range(size)], other=[[3, 3]] * 5)
    figures = (found.collective, found.collective_low, found.agreement_ad, found.rwg_uniform)
    assert np.isfinite([figure[0, 0] for figure in figures]).all()


def test_identical_answers_have_no_deviation_and_an_interval_from_the_pooled_spread(collective):
    _, found = collective(alike=[[4, 4]] * 5, other=[[3, 3], [5, 5], [1, 1]])
    assert found.agreement_ad[0, 0] == 0
    assert found.rwg_uniform[0, 0] == 1
    # squares inside 0 + 8 on 6 df; t(.975; 6) = 2.446912
    assert found.collective_high[0, 0] - 4 == pytest.approx(2.446912 * np.sqrt(8 / 6 / 5), rel=1e-6)


def test_one_item_has_rwg_and_no_alpha(collective):
    survey, found = collective(single=[[4], [5], [3]])
    assert found.rwg_uniform[0, 0] == pytest.approx(1 - 1 / 2)  # s² = 1 against 2
    row = scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE]
    assert row["items"] == 1
    assert np.isnan(row[["alpha", "alpha_low", "alpha_high", "omega"]].to_numpy(float)).all()


def test_an_item_that_a_team_did_not_answer_leaves_the_others(collective):
    _, found = collective(gap=[[4, GAP, 4], [3, GAP, 4], [5, GAP, 5]], other=[[3, 3, 3]] * 3)
    assert found.agreement_ad[0, 0] == pytest.approx(0.5556, abs=1e-4)  # (2/3 + 4/9) / 2
    assert found.rwg_uniform[0, 0] == pytest.approx(0.8)  # s² = (1 + 1/3)/2, r = 1/3, J = 2
    assert found.collective[0, 0] == pytest.approx(25 / 6)


def test_where_nobody_answered_a_row_stays_without_figures(collective):
    survey, found = collective(silent=[[GAP, GAP]] * 4, other=[[3, 3], [4, 4]])
    assert survey.teams == ("other", "silent")
    assert (found.respondents[1, 0], found.scored_collective[1, 0]) == (0, 0)
    figures = (found.collective, found.collective_low, found.collective_shrunken, found.agreement_ad, found.rwg_skew)
    assert np.isnan([figure[1, 0] for figure in figures]).all()


def test_when_everyone_is_identical_icc_is_not_defined(collective):
    survey, found = collective(a=[[4, 4]] * 3, b=[[4, 4]] * 3)
    row = scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE]
    assert np.isnan(row[["icc1", "icc1_low", "icc1_high", "icc2", "alpha"]].to_numpy(float)).all()
    assert row["sd"] == 0
    assert np.isnan(found.collective_low).all()  # no spread anywhere: no interval, never one without width
    assert found.collective[:, 0] == pytest.approx([4, 4])


def test_without_spread_inside_teams_icc_is_one_and_means_stay_as_they_are(collective):
    teams = {f"t{number}": [[number % 5 + 1] * 2] * 3 for number in range(9)}
    survey, found = collective(**teams)
    row = scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE]
    assert row[["icc1", "icc1_low", "icc1_high", "icc2"]].tolist() == [1, 1, 1, 1]
    assert found.collective_shrunken[:, 0] == pytest.approx(found.collective[:, 0])
    assert np.isnan(found.collective_low).all()


def test_one_team_has_no_icc(collective):
    survey, found = collective(only=[[1, 2], [4, 4], [5, 3]])
    row = scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE]
    assert np.isnan(row[["icc1", "icc1_low", "icc1_high", "icc2"]].to_numpy(float)).all()
    assert np.isfinite([found.collective[0, 0], found.collective_low[0, 0], found.agreement_ad[0, 0]]).all()
    assert np.isnan(found.collective_shrunken).all()


def test_a_negative_icc_is_shown_as_it_is(collective):
    survey, found = collective(**{f"t{number}": [[1, 1], [5, 5], [3, 3 + number % 2]] for number in range(10)})
    row = scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE]
    assert -0.5 <= row["icc1"] < 0  # −1/(n0 − 1) at the least
    assert np.ptp(found.collective_shrunken[:, 0]) == 0


def test_teams_of_one_only_have_means_and_nothing_else(collective):
    survey, found = collective(**{f"t{number}": [[number % 5 + 1] * 2] for number in range(9)})
    assert np.isfinite(found.collective).all()
    assert np.isnan(np.stack([found.collective_low, found.collective_shrunken, found.agreement_ad])).all()
    assert np.isnan(scale_figures(survey, Settings()).set_index("scale").loc[COLLECTIVE, "icc1"])


def test_identical_teams_have_equal_shrunken_means_without_error():
    found = shrunken_means(np.full(18, 3.0), np.repeat(np.arange(9), 2))
    assert (found.mean, found.tau2, found.sigma2) == (3, 0, 0)
    assert found.estimates == pytest.approx(np.full(9, 3.0))
    assert found.errors == pytest.approx(np.zeros(9))


def test_a_team_without_a_score_keeps_its_place_among_the_shrunken_means():
    found = shrunken_means(np.array([1, 2, 4, 5, GAP]), list("aabbc"))
    assert found.teams.tolist() == ["a", "b", "c"]
    assert np.isnan(found.estimates).tolist() == [False, False, True]


def test_a_missing_quarter_is_a_gap_and_a_renamed_team_a_new_one(survey_of):
    survey = survey_of(
        team=["old", "old", "new", "new"],
        period=["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q2"],
        respondent=["p1", "p2", "p1", "p2"],
        answers={INDIVIDUAL: [[3], [4], [3], [4]]},
    )
    found = team_figures(survey, Settings())
    assert survey.teams == ("new", "old")
    assert np.isnan(found.individual).tolist() == [[True, False], [False, True]]
    table = changes(survey, Settings(), 0, 1).set_index(["team_id", "scale"])
    assert table["change"].isna().all()
    assert table.loc[("new", INDIVIDUAL), "joiners"] == 2  # the same two persons, never joined automatically


def test_a_survey_without_rows_has_tables_without_figures(survey_of):
    survey = survey_of(team=[], period=[], answers={INDIVIDUAL: np.empty((0, 3)), COLLECTIVE: np.empty((0, 3))})
    assert team_figures(survey, Settings()).collective.shape == (0, 0)
    assert scale_figures(survey, Settings()).empty
    assert organization_by_period(survey, Settings()).empty


def test_a_period_without_responses_has_rows_without_figures(survey_of):
    survey = survey_of(team=["a", "a"], respondent=["p", "q"], answers={INDIVIDUAL: [[3, 4], [4, 4]]})
    survey = replace(survey, periods=(*survey.periods, Period.parse("2026-Q2")))
    assert np.isnan(team_figures(survey, Settings()).individual[:, 1]).all()
    assert scale_figures(survey, Settings()).loc[1, ["respondents", "teams"]].tolist() == [0, 0]
    assert organization_by_period(survey, Settings()).loc[1, "respondents"] == 0
    assert np.isnan(item_figures(survey, Settings()).loc[1, "drift"])
    assert np.isnan(answer_spread(survey, Settings(), slice(1, 2)).mean).all()
    assert np.isnan(changes(survey, Settings(), 0, 1)["change"]).all()


def test_nobody_at_all_is_not_an_error():
    assert np.isnan(icc(np.array([]), []).icc1)
    assert np.isnan(shrunken_means(np.array([]), []).mean)
    assert np.isnan(cronbach_alpha(np.empty((0, 3))).value)
