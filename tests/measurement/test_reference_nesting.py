"""Nesting and surplus against R: every record of `icc_mixed.json` and `waba_contextual.json`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.measurement import scale_figures, survey_sums, team_figures
from dashboard.measurement.nesting import correlations, correlations_of, icc, shrunken_means
from dashboard.measurement.pairs import pairs_of
from dashboard.measurement.surplus import collective_surplus, surplus_of
from dashboard.terms import Settings

PARTS = [f"{q}.{track}" for q in ("2024Q1", "2024Q3", "2025Q1") for track in ("SE", "CE")]
SYNTH = [f"synth.{kind}.{part}" for part in PARTS for kind in ("icc", "lmer", "blup")]
CHECKED = {
    "negative.anova",
    "negative.ICC1",
    "negative.ICC2",
    "negative.mult.icc",
    "negative.lmer",
    "zero_within.anova",
    "zero_within.ICC1",
    "all_equal.anova",
    "all_equal.ICC1",
    "singletons.anova",
    "one_group.anova",
    *SYNTH,
}
WABA_CHECKED = {"waba.synth.2024Q1.SE.CE", "surplus.synth.2024Q1", "surplus.synth.2025Q1"}


def test_every_record_is_checked_here_or_named_as_left(reference):
    assert set(reference.ids("icc_mixed")) == CHECKED
    assert set(reference.ids("waba_contextual")) == WABA_CHECKED
    assert (len(CHECKED), len(WABA_CHECKED)) == (29, 3)


def as_float(value):
    return {"Inf": np.inf, "NaN": np.nan, "NA": np.nan}.get(value, value)


def assert_analysis_of_variance(found, expected, tolerance=1e-8):
    assert (found.teams, found.respondents) == (expected["J"], expected["N"])
    assert found.n0 == pytest.approx(as_float(expected["n0"]), abs=tolerance, nan_ok=True)
    assert found.between == pytest.approx(as_float(expected["MSB"]), abs=tolerance, nan_ok=True)
    assert found.within == pytest.approx(as_float(expected["MSW"]), abs=tolerance, nan_ok=True)


def part_of(synth_scores, part):
    quarter, track = part.split(".")
    rows = synth_scores[synth_scores["quarter"] == quarter]
    return rows[track].to_numpy(float), rows["team_id"].to_numpy()


@pytest.mark.parametrize("part", PARTS)
def test_icc_is_that_of_r(reference, synth_scores, part):
    expected = reference.value("icc_mixed", f"synth.icc.{part}")
    found = icc(*part_of(synth_scores, part))
    assert_analysis_of_variance(found, expected)
    assert found.icc1 == pytest.approx(expected["icc1_n0"], abs=1e-8)
    assert found.icc2 == pytest.approx(expected["icc2"], abs=1e-8)


@pytest.mark.parametrize("part", PARTS)
def test_variance_components_are_those_of_lme4(reference, synth_scores, part):
    expected = reference.value("icc_mixed", f"synth.lmer.{part}")
    found = shrunken_means(*part_of(synth_scores, part))
    assert found.mean == pytest.approx(expected["mu"], abs=1e-5)
    assert found.tau2 == pytest.approx(expected["tau2"], abs=1e-5)
    assert found.sigma2 == pytest.approx(expected["sigma2"], abs=1e-5)


@pytest.mark.parametrize("part", PARTS)
def test_shrunken_means_and_their_errors_are_those_of_lme4(reference, synth_scores, part):
    found = shrunken_means(*part_of(synth_scores, part))
    expected = reference.rows("icc_mixed", f"synth.blup.{part}", "grpid").loc[found.teams]
    assert found.estimates == pytest.approx(expected["eb_mean"].to_numpy(), abs=1e-5)
    assert found.errors == pytest.approx(expected["pred_se"].to_numpy(), abs=1e-5)


@pytest.mark.parametrize("part", PARTS)
def test_figures_of_all_teams_at_once_are_those_of_r(reference, synth, part):
    quarter, track = part.split(".")
    label, name = f"{quarter[:4]}-{quarter[4:]}", {"SE": "individual", "CE": "collective"}[track]
    at = [period.label for period in synth.periods].index(label)
    figures = team_figures(synth, Settings())
    blup = reference.rows("icc_mixed", f"synth.blup.{part}", "grpid").reindex(synth.teams)
    assert getattr(figures, name)[:, at] == pytest.approx(blup["mean"].to_numpy(), abs=1e-5, nan_ok=True)
    assert getattr(figures, f"{name}_shrunken")[:, at] == pytest.approx(
        blup["eb_mean"].to_numpy(), abs=1e-5, nan_ok=True
    )
    row = scale_figures(synth, Settings()).set_index(["scale", "period"]).loc[(f"{name}_efficacy", label)]
    expected = reference.value("icc_mixed", f"synth.icc.{part}")
    assert (row["icc1"], row["icc2"]) == pytest.approx((expected["icc1_n0"], expected["icc2"]), abs=1e-8)
    assert (row["respondents"], row["teams"]) == (expected["N"], expected["J"])


def test_team_means_of_every_quarter_are_those_of_r(reference, synth):
    table = reference.table("synth_team_quarter_expected")
    figures = team_figures(synth, Settings())
    labels = [period.label.replace("-", "") for period in synth.periods]
    for row in table.itertuples():
        at = synth.teams.index(row.team_id), labels.index(row.quarter)
        assert figures.individual[at] == pytest.approx(row.SE, abs=1e-8, nan_ok=True)
        assert figures.collective[at] == pytest.approx(row.CE, abs=1e-8, nan_ok=True)
        assert (figures.scored_individual[at], figures.scored_collective[at]) == (
            np.nan_to_num(row.nSE),
            np.nan_to_num(row.nCE),
        )


def test_members_less_alike_than_strangers_have_a_negative_icc(reference):
    table = reference.table("negative_icc")
    found = icc(table["x"], table["g"])
    assert_analysis_of_variance(found, reference.value("icc_mixed", "negative.anova"))
    assert found.icc1 == pytest.approx(reference.value("icc_mixed", "negative.ICC1"), abs=1e-8)
    assert found.icc2 == pytest.approx(reference.value("icc_mixed", "negative.ICC2"), abs=1e-8)
    assert "error" in reference.record("icc_mixed", "negative.mult.icc")  # R fails on a single variable


def test_without_a_team_signal_all_shrunken_means_are_equal(reference):
    table = reference.table("negative_icc")
    expected = reference.value("icc_mixed", "negative.lmer")
    found = shrunken_means(table["x"], table["g"])
    assert (found.tau2, found.sigma2) == pytest.approx((expected["tau2"], expected["sigma2"]), abs=1e-6)
    assert np.ptp(found.estimates) == 0


def test_without_spread_inside_teams_icc_is_one(reference):
    found = icc(np.repeat([1.0, 2.0, 3.0, 3.0], 3), np.repeat(list("abcd"), 3))
    assert_analysis_of_variance(found, reference.value("icc_mixed", "zero_within.anova"))
    assert found.icc1 == reference.value("icc_mixed", "zero_within.ICC1")
    assert found.icc2 == 1


def test_when_everyone_is_identical_icc_is_not_defined(reference):
    found = icc(np.full(12, 3.0), np.repeat(list("abcd"), 3))
    assert_analysis_of_variance(found, reference.value("icc_mixed", "all_equal.anova"))
    assert reference.value("icc_mixed", "all_equal.ICC1") == "NaN"
    assert np.isnan([found.icc1, found.low, found.high, found.icc2]).all()


def test_teams_of_one_and_a_single_team_have_no_icc(reference):
    alone = icc(np.array([1, 2, 3, 4.0]), list("abcd"))
    assert_analysis_of_variance(alone, reference.value("icc_mixed", "singletons.anova"))
    single = icc(np.array([1, 2, 3, 4.0]), list("aaaa"))
    assert_analysis_of_variance(single, reference.value("icc_mixed", "one_group.anova"))
    for found in (alone, single):
        assert np.isnan([found.icc1, found.low, found.high, found.icc2]).all()


def test_correlations_between_and_within_teams_are_those_of_waba(reference, synth_scores):
    (expected,) = reference.value("waba_contextual", "waba.synth.2024Q1.SE.CE")["Cov.Theorem"]
    rows = synth_scores[synth_scores["quarter"] == "2024Q1"]
    found = correlations(rows["SE"].to_numpy(), rows["CE"].to_numpy(), rows["team_id"].to_numpy())
    assert found.raw == pytest.approx(expected["RawCorr"], abs=1e-8)
    assert found.between == pytest.approx(expected["CorrB"], abs=1e-8)
    assert found.within == pytest.approx(expected["CorrW"], abs=1e-8)


def test_correlations_of_a_period_from_sums_are_those_of_waba(reference, synth):
    (expected,) = reference.value("waba_contextual", "waba.synth.2024Q1.SE.CE")["Cov.Theorem"]
    found = correlations_of(pairs_of(survey_sums(synth, Settings()).periods[0]))
    names = ("RawCorr", "CorrB", "CorrW")
    assert (found.raw, found.between, found.within) == pytest.approx([expected[name] for name in names], abs=1e-8)


def assert_surplus(found, expected, teams):
    coefficients = [row["Estimate"] for row in expected["coef"]]
    errors = [row["Std. Error"] for row in expected["coef"]]
    assert found.coefficients == pytest.approx(coefficients, abs=1e-5)
    assert found.coefficient_errors == pytest.approx(errors, abs=1e-5)
    assert (found.tau2, found.sigma2) == pytest.approx((expected["tau2"], expected["sigma2"]), abs=1e-5)
    rows = pd.DataFrame(expected["u"]).set_index("team_id").loc[list(teams)]
    assert found.estimates == pytest.approx(rows["u"].to_numpy(), abs=1e-5)
    assert found.errors == pytest.approx(rows["condsd"].to_numpy(), abs=1e-5)


@pytest.mark.parametrize("quarter", ["2024Q1", "2025Q1"])
def test_collective_surplus_is_that_of_lme4(reference, synth, synth_scores, quarter):
    expected = reference.value("waba_contextual", f"surplus.synth.{quarter}")
    rows = synth_scores[synth_scores["quarter"] == quarter]
    found = collective_surplus(rows["SE"].to_numpy(), rows["CE"].to_numpy(), rows["team_id"].to_numpy())
    assert_surplus(found, expected, found.teams)
    at = [period.label.replace("-", "") for period in synth.periods].index(quarter)
    pairs = pairs_of(survey_sums(synth, Settings()).periods[at])
    assert_surplus(surplus_of(pairs, np.array(synth.teams)), expected, synth.teams)
    figures = team_figures(synth, Settings())
    u = pd.DataFrame(expected["u"]).set_index("team_id").loc[list(synth.teams)]
    assert figures.surplus[:, at] == pytest.approx(u["u"].to_numpy(), abs=1e-5)
    assert figures.surplus_high[:, at] == pytest.approx((u["u"] + 1.959964 * u["condsd"]).to_numpy(), abs=1e-5)
