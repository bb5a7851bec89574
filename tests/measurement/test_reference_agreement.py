"""Agreement against R: every record of `agreement.json` and `edge_cases.json`."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import team_figures
from dashboard.measurement.agreement import (
    answer_variance,
    average_deviation,
    average_deviations,
    awg_j,
    null_variance,
    practical_limit,
    rwg_j,
    rwg_js,
)
from dashboard.measurement.between_correlation import corrected_between_correlation, reliability_of_means
from dashboard.measurement.sums import survey_sums
from dashboard.terms import Settings

TIGHT = 1e-8  # `tol` of every record below
TRACKS = {"se": "individual_efficacy", "ce": "collective_efficacy"}
NULLS = {"2": "uniform", "1.34": "slight skew"}
SYNTH = [f"synth.{q}.{track}.null{null}" for q in ("2024Q1", "2024Q3", "2025Q1") for track in TRACKS for null in NULLS]

SHARES = {
    "null.moderate_skew.A5": (0, 0.10, 0.15, 0.40, 0.35),
    "null.heavy_skew.A5": (0, 0, 0.10, 0.40, 0.50),
    "null.triangular.A5": (0.11, 0.22, 0.34, 0.22, 0.11),
    "null.maxdissensus.A5": (0.5, 0, 0, 0, 0.5),
}

AGREEMENT_CHECKED = {
    "null.uniform.A3..A11",
    "null.slight_skew.A5",
    "null.table.LeBretonSenter2008",
    "ad.cutoff",
    *SHARES,
    *SYNTH,
}
EDGE_CHECKED = {
    "edge.rwg.j.2.7",
    "edge.ad.m",
    "edge.ad.m.single_item",
    "edge.rwg.i1",
    "edge.rwg.j.lindell.2.7",
    "edge.agr.recommended",
    "edge.one_item_matrix.rwg.j",
    "edge.rwgj_J1_equals_rwg",
    "edge.rwgj_zero_variance",
    "edge.rwgj_s2_equals_null",
    "edge.rwgj_inflation",
    "edge.rwgj_untruncated_pole",
    "v2.8.rwg.j.edge",
    "v2.8.rwg.j.edge.item_missing_only",
    "edge.awg",
    "v2.8.correct.gcor",
}


def test_every_record_is_checked_here(reference):
    assert set(reference.ids("agreement")) == AGREEMENT_CHECKED
    assert set(reference.ids("edge_cases")) == EDGE_CHECKED
    assert len(AGREEMENT_CHECKED) == 20
    assert len(EDGE_CHECKED) == 16


def test_uniform_nulls_are_those_of_r(reference):
    expected = reference.value("agreement", "null.uniform.A3..A11")
    found = {f"A{options}": null_variance(options) for options in range(3, 12)}
    assert found == pytest.approx(expected, abs=TIGHT)


def test_slight_skew_nulls_are_those_of_lebreton_and_senter(reference):
    assert null_variance(5, "slight skew") == pytest.approx(
        reference.value("agreement", "null.slight_skew.A5"), abs=TIGHT
    )
    for row in reference.value("agreement", "null.table.LeBretonSenter2008"):
        assert null_variance(row["A"], "slight skew") == pytest.approx(row["slight"], abs=TIGHT)
        assert round(null_variance(row["A"]), 2) == row["uniform"]  # the table is printed with two decimals


@pytest.mark.parametrize("identity", list(SHARES))
def test_variances_of_other_ways_to_answer_are_those_of_r(reference, identity):
    assert answer_variance(SHARES[identity]) == pytest.approx(reference.value("agreement", identity), abs=TIGHT)


def test_the_limit_of_ad_is_a_sixth_of_the_options(reference):
    expected = reference.value("agreement", "ad.cutoff")
    assert {f"A{options}": practical_limit(options) for options in range(3, 12)} == pytest.approx(expected, abs=TIGHT)


@pytest.mark.parametrize("identity", SYNTH)
def test_agreement_of_each_team_is_that_of_r(reference, synth_scores, identity):
    _, quarter, track, null = identity.split(".", 3)
    expected = reference.rows("agreement", identity, "team_id")
    rows = synth_scores[synth_scores["quarter"] == quarter]
    items = [f"{track}{item}" for item in range(1, 6)]
    teams = {team: members[items].to_numpy(float) for team, members in rows.groupby("team_id")}
    assert sorted(teams) == sorted(expected.index)
    for team, answers in teams.items():
        rwg = rwg_j(answers, options=5, null=NULLS[null.removeprefix("null")])
        assert rwg == pytest.approx(expected.loc[team, "rwgj"], abs=TIGHT, nan_ok=True)
        assert average_deviation(answers) == pytest.approx(expected.loc[team, "ad"], abs=TIGHT, nan_ok=True)


@pytest.mark.parametrize("quarter", ["2024Q1", "2024Q3", "2025Q1"])
def test_agreement_of_all_teams_at_once_is_that_of_r(reference, synth, quarter):
    figures = team_figures(synth, Settings())
    at = [period.label.replace("-", "") for period in synth.periods].index(quarter)
    for null, table in (("2", figures.rwg_uniform), ("1.34", figures.rwg_skew)):
        expected = reference.rows("agreement", f"synth.{quarter}.ce.null{null}", "team_id").reindex(synth.teams)
        assert table[:, at] == pytest.approx(expected["rwgj"].to_numpy(), abs=TIGHT, nan_ok=True)
        assert figures.agreement_ad[:, at] == pytest.approx(expected["ad"].to_numpy(), abs=TIGHT, nan_ok=True)


@pytest.fixture
def edge_teams(reference):
    table = reference.table("edge_cases")
    return {team: rows[["i1", "i2", "i3"]].to_numpy(float) for team, rows in table.groupby("team_id")}


def complete(answers):
    return answers[np.isfinite(answers).all(axis=1)]


def one_item(answers):
    return answers[:, :1]


@pytest.mark.parametrize(
    "identity, column, prepare",
    [
        ("edge.rwg.j.2.7", "rwg.j", complete),  # multilevel 2.7 left out every incomplete person
        ("edge.rwg.i1", "rwg", one_item),
    ],
)
def test_rwg_of_odd_teams_is_that_of_r(reference, edge_teams, identity, column, prepare):
    for team, row in reference.rows("edge_cases", identity, "grpid").iterrows():
        found = rwg_j(prepare(edge_teams[team]), options=5)
        assert found == pytest.approx(row[column], abs=TIGHT, nan_ok=True)


def test_the_ratio_of_observed_to_null_variance_is_that_of_r(reference, edge_teams):
    # Lindell's index is 1 − s² / null, neither cut nor raised by the number of items
    for team, row in reference.rows("edge_cases", "edge.rwg.j.lindell.2.7", "grpid").iterrows():
        answers = complete(edge_teams[team])
        found = 1 - np.var(answers, axis=0, ddof=1).mean() / null_variance(5) if len(answers) > 1 else np.nan
        assert found == pytest.approx(row["rwg.lindell"], abs=TIGHT, nan_ok=True)
        if found >= 0:  # where nothing is cut, ours is the same stepped up by Spearman-Brown
            stepped = 3 * found / (1 + 2 * found)
            assert rwg_j(answers, 5) == pytest.approx(stepped, abs=TIGHT)


@pytest.mark.parametrize("identity, prepare", [("edge.ad.m", complete), ("edge.ad.m.single_item", one_item)])
def test_ad_of_odd_teams_is_that_of_r(reference, edge_teams, identity, prepare):
    for team, row in reference.rows("edge_cases", identity, "grpid").iterrows():
        found = average_deviation(prepare(edge_teams[team]))
        assert found == pytest.approx(row["AD.M"], abs=TIGHT, nan_ok=True)


def test_awg_of_odd_teams_is_that_of_r(reference, edge_teams):
    for team, row in reference.rows("edge_cases", "edge.awg", "grpid").iterrows():
        found = awg_j(complete(edge_teams[team]), minimum=1, maximum=5)
        assert found == pytest.approx(row["a.wg"], abs=TIGHT, nan_ok=True)


def test_correlations_of_means_are_corrected_as_in_r(reference):
    # the reliability of the means as it is, from ICC(1) and the size of teams, and one of each
    of_means, other = (reliability_of_means(icc1, 4.13) for icc1 in (0.26, 0.21))
    found = [
        corrected_between_correlation(0.35, 0.25, *icc2) for icc2 in ((0.59, 0.52), (of_means, other), (of_means, 0.52))
    ]
    assert found == pytest.approx(reference.value("edge_cases", "v2.8.correct.gcor"), abs=TIGHT)


def test_odd_teams_are_treated_item_by_item(reference, edge_teams, survey_of):
    expected = reference.rows("edge_cases", "edge.agr.recommended", "team_id")
    assert sorted(edge_teams) == sorted(expected.index)
    survey = survey_of(
        team=np.concatenate([[team] * len(answers) for team, answers in edge_teams.items()]),
        answers={"collective_efficacy": np.vstack(list(edge_teams.values()))},
    )
    sums = survey_sums(survey, Settings()).periods[0].scales["collective_efficacy"]
    together = {"rwgj": rwg_js(sums, 5)["uniform"], "ad": average_deviations(sums)}
    for position, team in enumerate(survey.teams):
        alone = {"rwgj": rwg_j(edge_teams[team], 5), "ad": average_deviation(edge_teams[team])}
        for figure in ("rwgj", "ad"):
            assert alone[figure] == pytest.approx(expected.loc[team, figure], abs=TIGHT, nan_ok=True)
            assert together[figure][position] == pytest.approx(expected.loc[team, figure], abs=TIGHT, nan_ok=True)


def team_with_variance(variance, items):
    """Two members d apart have the variance d² / 2 on each item."""
    return np.outer([0.0, np.sqrt(2 * variance)], np.ones(items))


def test_one_item_gives_rwg_also_as_a_matrix(reference, edge_teams):
    assert "error" in reference.record("edge_cases", "edge.one_item_matrix.rwg.j")  # R fails here
    for answers in edge_teams.values():
        assert rwg_j(answers[:, :1], 5) == pytest.approx(rwg_j(answers[:, 0], 5), nan_ok=True)
    expected = reference.value("edge_cases", "edge.rwgj_J1_equals_rwg")
    assert [rwg_j(team_with_variance(v, 1), 5) for v in (0, 0.5, 1, 2, 3)] == pytest.approx(expected, abs=TIGHT)


def test_no_variance_is_full_agreement_and_chance_variance_none(reference):
    full = reference.value("edge_cases", "edge.rwgj_zero_variance")
    none = reference.value("edge_cases", "edge.rwgj_s2_equals_null")
    assert rwg_j(team_with_variance(0, 5), 5) == full
    assert rwg_j(team_with_variance(2, 5), 5) == pytest.approx(none, abs=TIGHT)


def test_more_items_raise_rwg_at_the_same_spread(reference):
    for row in reference.value("edge_cases", "edge.rwgj_inflation"):
        assert rwg_j(team_with_variance(1, row["J"]), 5) == pytest.approx(row["rwgj"], abs=TIGHT)


def test_rwg_has_no_pole_beyond_the_null(reference):
    for row in reference.value("edge_cases", "edge.rwgj_untruncated_pole"):
        assert row["untruncated"] <= 0 or row["untruncated"] > 1  # what the index would be without the cut
        assert rwg_j(team_with_variance(row["s2"], 5), 5) == pytest.approx(0, abs=TIGHT)


def test_item_wise_deletion_is_that_of_multilevel_2_8(reference, edge_teams):
    assert "error" in reference.record("edge_cases", "v2.8.rwg.j.edge")  # R fails with an unanswered item
    assert np.isnan(rwg_j(edge_teams["all_missing"], 5))
    (row,) = reference.value("edge_cases", "v2.8.rwg.j.edge.item_missing_only")
    assert rwg_j(edge_teams["item_missing"], 5) == pytest.approx(row["rwg.j"], abs=TIGHT)
