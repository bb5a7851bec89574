"""
Each edge case of the method that a figure of a team, scale or period can meet: on its own, and in what
`dashboard.diagnose` gives out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dashboard
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


@pytest.fixture(scope="module")
def released(survey_of):
    """
    What is given out of twelve ordinary teams of six in two periods, and of the odd ones: name → answers in the first
    period, or (answers in the first, answers in the second); each answer (SE, SE, CE, CE).
    """

    def given_out(items=2, mirrored=False, ordinary=12, **odd):
        random = np.random.default_rng(20)
        rows = []
        for number in range(ordinary):
            level = random.normal(3.4, 0.6)
            for period in ("2026-Q1", "2026-Q2"):
                persons = level + np.repeat(random.standard_normal((6, 2)), items, axis=1)  # of SE and of CE
                answers = np.clip(np.rint(persons + 0.4 * random.standard_normal((6, 2 * items))), 1, 5)
                rows += [(f"t{number:02}", period, f"t{number}-{at}", *answer) for at, answer in enumerate(answers)]
        for name, periods in odd.items():
            for period, answers in zip(("2026-Q1", "2026-Q2"), periods, strict=True):
                rows += [(name, period, f"{name}-{at}", *answer) for at, answer in enumerate(answers)]
        team, period, respondent, *answers = zip(*rows, strict=True)
        both = np.array(answers, dtype=float).T
        survey = survey_of(
            team=team,
            period=period,
            respondent=respondent,
            answers={INDIVIDUAL: both[:, :items], COLLECTIVE: both[:, items:]},
        )
        return dashboard.diagnose(replace(survey, instrument=replace(survey.instrument, mirrored=mirrored)))

    return given_out


def row_of(released, name, period="2026-Q1"):
    table = released.teams
    return table[(table["team_id"] == name) & (table["period"] == period)].iloc[0]


FIGURES = "individual collective surplus agreement_ad agreement_percentile rwg_uniform rwg_skew".split()


def alike(size, answer=(4, 4, 4, 4)):
    return [answer] * size


def unlike(size):
    return [[1 + (at + item) % 5 for item in range(4)] for at in range(size)]


def test_a_team_of_one_is_given_out_without_a_mean_and_without_agreement(released):
    row = row_of(released(alone=(alike(1), alike(1))), "alone")
    assert row["withheld"]
    assert np.isnan(row[FIGURES].to_numpy(float)).all()
    assert row["shape"] == ""


@pytest.mark.parametrize("size", [2, 3, 4])
def test_teams_of_two_to_four_enter_the_models_and_are_not_given_out(released, size):
    found = released(few=(unlike(size), unlike(size)))
    assert np.isnan(row_of(found, "few")[FIGURES].to_numpy(float)).all()
    quality = found.quality.set_index("period")
    assert quality.loc["2026-Q1", "respondents"] == 72 + size
    scales = found.scales.set_index(["scale", "period"])
    assert scales.loc[(COLLECTIVE, "2026-Q1"), "teams"] == 13


def test_identical_answers_are_given_out_as_close_and_above_random_groups(released):
    row = row_of(released(same=(alike(6), alike(6))), "same")
    assert row["agreement_ad"] == 0
    assert row["shape"] == "close"
    assert row["agreement_percentile"] > 0.98
    assert row["collective_high"] > row["collective"] > row["collective_low"]


def test_two_camps_are_given_out_as_such(released):
    row = row_of(released(split=([*alike(3, (3, 3, 1, 1)), *alike(3, (3, 3, 5, 5))], unlike(6))), "split")
    assert row["shape"] == "two camps"
    assert row["agreement_percentile"] < 0.05
    assert row["collective"] == 3  # a mean that nobody holds


def test_scales_of_one_item_have_no_alpha_and_no_distinctness(released):
    found = released(items=1)
    assert found.scales[["alpha", "omega"]].isna().to_numpy().all()
    assert np.isnan(found.organization.distinctness)
    assert found.quality["htmt"].isna().all()
    assert found.items[["drift", "drift_error", "item_rest"]].isna().to_numpy().all()
    assert row_of(found, "t00")["rwg_uniform"] >= 0


def test_an_item_that_a_team_did_not_answer_leaves_its_other_figures(released):
    found = released(gap=([(4, 4, 4, GAP)] * 5 + [(4, 4, 3, GAP)], alike(6)))
    row = row_of(found, "gap")
    assert row["agreement_ad"] == pytest.approx(5 / 18)  # of the item that was answered: 1/6 · 5/6 · 2
    assert np.isnan(row["collective"])  # of two items both are needed
    assert np.isnan(row["surplus"])


def test_where_nobody_answered_a_row_stands_with_its_reason_only(released):
    row = row_of(released(silent=([(GAP,) * 4] * 6, alike(6))), "silent")
    assert row["withheld"] == "nobody answered"
    assert np.isnan(row[FIGURES].to_numpy(float)).all()


def test_when_everyone_is_identical_nothing_of_nesting_is_defined(released):
    everyone = {f"x{number}": (alike(6), alike(6)) for number in range(8)}
    found = released(ordinary=0, **everyone)
    assert found.scales[["icc1", "icc2", "icc1_reml", "alpha"]].isna().to_numpy().all()
    assert found.teams[["surplus", "collective_low"]].isna().to_numpy().all()
    assert (found.teams["agreement_percentile"] == 0.5).all()  # as alike as any other six
    assert found.quality[["htmt", "correlation", "correlation_between", "correlation_within"]].isna().to_numpy().all()


def test_without_spread_inside_any_team_icc_is_one_and_there_is_no_surplus(released):
    teams = {f"x{at}": (alike(6, (at % 3 + 2,) * 4), alike(6, (at % 3 + 2,) * 4)) for at in range(12)}
    found = released(ordinary=0, **teams)
    assert (found.scales[["icc1", "icc1_low", "icc2", "icc1_reml"]].to_numpy() == 1).all()
    assert found.teams["surplus"].isna().all()
    assert (found.teams["agreement_percentile"] > 0.95).all()


def test_one_team_has_neither_icc_nor_surplus_nor_percentile(released):
    found = released(ordinary=0, only=(unlike(8), unlike(8)))
    assert found.scales[["icc1", "icc2", "icc1_reml"]].isna().to_numpy().all()
    assert found.teams[["surplus", "agreement_percentile"]].isna().to_numpy().all()
    assert np.isfinite(found.teams[["collective", "agreement_ad"]].to_numpy()).all()


def test_a_missing_quarter_stays_empty_and_a_renamed_team_is_a_new_one(released):
    found = released(old=(unlike(6), []), new=([], unlike(6)))
    assert np.isnan(row_of(found, "old", "2026-Q2")[FIGURES].to_numpy(float)).all()
    assert np.isnan(row_of(found, "new", "2026-Q1")[FIGURES].to_numpy(float)).all()
    verdicts = found.verdicts.set_index("team_id")
    assert verdicts.loc[["old", "new"], "verdict"].tolist() == ["insufficient"] * 2


def test_levels_are_compared_only_where_items_are_mirrored(released):
    plain, mirrored = released(), released(mirrored=True)
    assert plain.gaps.empty
    assert plain.quality["level_gap"].isna().all()
    assert len(mirrored.gaps) == 24
    both = mirrored.teams["collective"] - mirrored.teams["individual"]  # everybody here has both scores
    assert mirrored.gaps["gap"].tolist() == pytest.approx(both.tolist(), nan_ok=True)
    weighted = mirrored.gaps.groupby("period")["gap"].mean()  # teams are of one size
    assert mirrored.quality["level_gap"].tolist() == pytest.approx(weighted.tolist())


def test_metrics_of_a_team_that_was_not_surveyed_stand_alone(released, tmp_path):
    table = "team,period,metric,value\n" + "".join(
        f"{team},2026-Q{quarter},{metric},{value}\n"
        for team, metric, value in (("t00", "lead time", 5), ("t00", "defects", 2), ("unsurveyed", "lead time", 9))
        for quarter in (1, 2)
    )
    (tmp_path / "performance.csv").write_text(table, encoding="utf-8")
    found = dashboard.diagnosis.beside.team_metrics(dashboard.read_performance(tmp_path / "performance.csv"))
    assert set(found["team_id"]) == {"t00", "unsurveyed"}
    assert found.groupby("metric").size().to_dict() == {"defects": 2, "lead time": 4}  # never mixed, nothing imputed
