"""Reliability against R: every record of `reliability.json` that the method uses."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement import scale_figures
from dashboard.measurement.reliability import alpha_of, cronbach_alpha, item_rest_of, omega
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
CHECKED = {*ALPHAS, *OMEGAS, "psych.alpha.synth.CE.pairwise"}
LEFT = {
    "alpha.levels.synth.CE",  # alpha by level: no figure of the method
    "htmt.synth.SE.CE",  # distinctness of the two scales: with the gates
    "rci.example",  # change of one person, which is never shown
    "invariance.synth.quarters",  # item drift takes its place
}


def items_of(table, track):
    return table[[f"{track.lower()}{item}" for item in range(1, 6)]]


def test_every_record_is_checked_here_or_named_as_left(reference):
    assert set(reference.ids("reliability")) == CHECKED | LEFT
    assert len(CHECKED) == 9


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
