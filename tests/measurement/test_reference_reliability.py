"""Reliability against R: every record of `reliability.json`."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import scale_figures, survey_sums
from dashboard.measurement.distinctness import distinctness, htmt
from dashboard.measurement.invariance import invariance
from dashboard.measurement.nesting import icc
from dashboard.measurement.reliability import alpha_of, cronbach_alpha, item_rest_of, omega
from dashboard.measurement.reliable_change import (
    error_of_change,
    error_of_score,
    reliable_change,
    smallest_reliable_change,
)
from dashboard.terms import Settings

ALPHAS = [
    "cronbach.synth.SE.listwise",
    "cronbach.synth.CE.listwise",
    "cronbach.synth.SE.2024Q1",
    "cronbach.synth.CE.2024Q1",
    "cronbach.synth.SE.2025Q1",
    "cronbach.synth.CE.2025Q1",
]
OMEGAS = ["omega.cfa.synth.CE.pooled", "omega.cfa.synth.SE.pooled"]
CHECKED = {
    *ALPHAS,
    *OMEGAS,
    "psych.alpha.synth.CE.pairwise",
    "htmt.synth.SE.CE",
    "alpha.levels.synth.CE",
    "rci.example",
    "invariance.synth.quarters",
}


def items_of(table, track):
    return table[[f"{track.lower()}{item}" for item in range(1, 6)]]


def test_every_record_is_checked_here(reference):
    assert set(reference.ids("reliability")) == CHECKED
    assert len(CHECKED) == 13


@pytest.mark.parametrize("identity", ALPHAS)
def test_alpha_is_that_of_multilevel(reference, synth_scores, identity):
    _, _, track, part = identity.split(".")
    rows = synth_scores if part == "listwise" else synth_scores[synth_scores["quarter"] == part]
    answers = items_of(rows, track).to_numpy(float)
    expected = reference.value("reliability", identity)
    assert np.isfinite(answers).all(axis=1).sum() == expected["N"]
    assert cronbach_alpha(answers).value == pytest.approx(expected["Alpha"], abs=1e-8)


def test_alpha_of_every_scale_and_period_is_that_of_multilevel(reference, synth):
    table = scale_figures(synth, Settings()).set_index(["scale", "period"])["alpha"]
    for track, name in (("SE", "individual_efficacy"), ("CE", "collective_efficacy")):
        for quarter in ("2024Q1", "2025Q1"):
            expected = reference.value("reliability", f"cronbach.synth.{track}.{quarter}")["Alpha"]
            assert table[name, f"{quarter[:4]}-{quarter[4:]}"] == pytest.approx(expected, abs=1e-8)


def test_alpha_and_item_rest_correlations_of_a_covariance_are_those_of_psych(reference, synth_scores):
    # psych takes each covariance from the persons who answered both items; the two are the same functions of it
    covariance = items_of(synth_scores, "CE").cov().to_numpy()
    expected = reference.value("reliability", "psych.alpha.synth.CE.pairwise")
    assert alpha_of(covariance, len(synth_scores)).value == pytest.approx(expected["total"][0]["raw_alpha"], abs=1e-6)
    assert item_rest_of(covariance) == pytest.approx(list(expected["r_drop"].values()), abs=1e-6)


@pytest.mark.parametrize("identity", OMEGAS)
def test_omega_is_that_of_lavaan(reference, synth_scores, identity):
    answers = items_of(synth_scores, identity.split(".")[3]).to_numpy(float)
    assert omega(answers) == pytest.approx(reference.value("reliability", identity)["omega"], abs=1e-4)


def test_htmt_is_that_of_r(reference, synth, synth_scores):
    expected = reference.value("reliability", "htmt.synth.SE.CE")
    answers = [items_of(synth_scores, track).to_numpy(float) for track in ("SE", "CE")]
    assert htmt(*answers) == pytest.approx(expected, abs=1e-8)
    # inside periods and over complete persons it is another figure of the same size
    assert distinctness(survey_sums(synth, Settings())) == pytest.approx(expected, abs=0.03)


def test_alpha_inside_teams_and_between_them_is_that_of_r(reference, synth_scores):
    expected = reference.value("reliability", "alpha.levels.synth.CE")
    rows = synth_scores[synth_scores["quarter"] == "2025Q1"]
    rows = rows[np.isfinite(items_of(rows, "CE")).all(axis=1)]
    answers, teams = items_of(rows, "CE").to_numpy(float), rows["team_id"].to_numpy()
    means = items_of(rows, "CE").groupby(teams).transform("mean").to_numpy()
    found = icc(answers[:, 0], teams)
    inside = (answers - means).T @ (answers - means) / (found.respondents - found.teams)
    around = means - answers.mean(axis=0)
    between = (around.T @ around / (found.teams - 1) - inside) / found.n0
    assert (found.respondents, found.teams) == (expected["N"], expected["J"])
    assert found.n0 == pytest.approx(expected["n0"], abs=1e-8)
    assert alpha_of(inside, found.respondents).value == pytest.approx(expected["alpha_within"], abs=1e-8)
    assert alpha_of(between, found.teams).value == pytest.approx(expected["alpha_between_latent"], abs=1e-8)
    of_teams = items_of(rows, "CE").groupby(teams).mean().to_numpy()
    assert cronbach_alpha(of_teams).value == pytest.approx(expected["alpha_of_team_means"], abs=1e-8)


def test_reliable_change_is_that_of_r(reference):
    scores = {"deviation": 0.65, "reliability": 0.85}
    found = {
        "sem": error_of_score(**scores),
        "sdiff": error_of_change(**scores),
        "rci_for_half_point": float(reliable_change(0.5, **scores)),
        "min_reliable_change": smallest_reliable_change(**scores),
    }
    assert found == pytest.approx(reference.value("reliability", "rci.example"), abs=1e-8)


def test_invariance_over_quarters_is_that_of_lavaan(reference, synth_scores):
    rows = synth_scores[~synth_scores["team_id"].isin(["T20", "T21", "T22", "T24"])]  # as the record leaves them out
    answers = np.hstack([items_of(rows, track).to_numpy(float) for track in ("SE", "CE")])
    found = invariance(answers, ["SE"] * 5 + ["CE"] * 5, rows["quarter"].to_numpy())
    expected = reference.rows("reliability", "invariance.synth.quarters", "row")
    assert list(found) == list(expected.index)
    for model, row in expected.iterrows():
        assert found[model].freedom == row["df"]
        assert found[model].chi_square == pytest.approx(row["chisq"], abs=1e-5)  # `tol` of the record: 1e-3
        for figure in ("cfi", "rmsea", "srmr"):
            assert getattr(found[model], figure) == pytest.approx(row[figure], abs=1e-6)
