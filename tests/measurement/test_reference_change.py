"""Change against R: the records of `change.json` on who changed; `incremental.json` belongs to performance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from dashboard.measurement import survey_sums
from dashboard.measurement.change import decompose, scored_persons
from dashboard.measurement.growth import growth
from dashboard.measurement.level_gap import level_gap, level_gap_of
from dashboard.measurement.pairs import pairs_of_persons
from dashboard.measurement.sums import waves
from dashboard.terms import Settings
from tests.verdict import naive

CHECKED = {
    "change.synth.SE.2024Q1_2025Q1",
    "change.synth.CE.2024Q1_2025Q1",
    "change.paired.t.T02.CE",  # no figure of the method, but one of the simpler rules it is compared with
    "welch",  # likewise
    "gap.paired.2024Q1",
    "growth.lmer.SE",
    "growth.lmer.CE",
}
ELSEWHERE = {"bh.adjust"}  # several metrics: tests/prediction


def test_every_record_is_checked_here_or_in_prediction(reference):
    assert set(reference.ids("change")) == CHECKED | ELSEWHERE
    assert len(CHECKED) == 7
    assert len(reference.ids("incremental")) == 11  # does collective efficacy go with performance


@pytest.mark.parametrize("track, name", [("SE", "individual_efficacy"), ("CE", "collective_efficacy")])
def test_who_changed_is_what_r_finds(reference, synth, track, name):
    expected = reference.rows("change", f"change.synth.{track}.2024Q1_2025Q1", "team_id").reindex(synth.teams)
    periods = list(waves(synth))
    before, after = (scored_persons(synth, Settings(), name, periods[at]) for at in (0, -1))
    found = decompose(before, after, len(synth.teams))
    stayed = expected["n_stay"].to_numpy() > 0
    assert found.stayers == pytest.approx(expected["n_stay"].to_numpy())
    assert found.leavers == pytest.approx((expected["n1"] - expected["n_stay"]).to_numpy())
    assert found.joiners == pytest.approx((expected["n2"] - expected["n_stay"]).to_numpy())
    assert found.change == pytest.approx(expected["delta_cross"].to_numpy(), abs=1e-8)
    assert found.from_stayers[stayed] == pytest.approx(expected["delta_stayers"].to_numpy()[stayed], abs=1e-8)
    assert found.from_joiners[stayed] == pytest.approx(expected["joiner_effect"].to_numpy()[stayed], abs=1e-8)
    assert found.from_leavers[stayed] == pytest.approx(-expected["leaver_effect"].to_numpy()[stayed], abs=1e-8)
    assert np.isnan(found.from_stayers[~stayed]).all()


def sample(values):
    """One team, one score."""
    column = np.array(values, dtype=float)[:, None]
    return naive._sample(np.zeros(len(column), dtype=int), column, 1)


def test_the_simpler_rules_take_the_t_of_r(reference, synth, synth_scores):
    expected = reference.value("change", "change.paired.t.T02.CE")
    rows = synth_scores[synth_scores["team_id"] == "T02"].pivot_table("CE", "respondent_id", "quarter")
    change = sample((rows["2025Q1"] - rows["2024Q1"]).dropna())
    (t,), (critical,) = (found[0] for found in naive._t(change))
    assert (t, change.freedom[0, 0], change.mean[0, 0]) == pytest.approx(
        (expected["t"], expected["df"], expected["mean"]), abs=1e-8
    )
    half = critical * np.sqrt(change.error2[0, 0])
    assert (change.mean[0, 0] - half, change.mean[0, 0] + half) == pytest.approx(
        (expected["lo"], expected["hi"]), abs=1e-8
    )
    periods = list(waves(synth))
    before, after = (scored_persons(synth, Settings(), "collective_efficacy", periods[at]) for at in (0, -1))
    stayed = decompose(before, after, len(synth.teams)).from_stayers[synth.teams.index("T02")]
    assert stayed == pytest.approx(expected["mean"], abs=1e-8)


def test_the_simpler_rules_take_welchs_t_of_r(reference):
    expected = reference.value("change", "welch")
    (t,), (critical,) = (
        found[0] for found in naive._welch(sample([3.9, 4.2, 4.4, 3.7]), sample([3.2, 3.6, 4.1, 3.9, 2.8]))
    )
    assert t == pytest.approx(expected["t"], abs=1e-8)
    assert critical == pytest.approx(special.stdtrit(expected["df"], 0.975), abs=1e-8)


def test_the_level_gap_is_that_of_r_and_its_interval_from_all_teams(reference, synth, synth_scores):
    expected = reference.rows("change", "gap.paired.2024Q1", "team_id").loc[list(synth.teams)]
    found = level_gap(survey_sums(synth, Settings()).periods[0], 0.95)
    assert found.respondents == pytest.approx(expected["n"].to_numpy())
    assert found.gap == pytest.approx(expected["gap"].to_numpy(), abs=1e-8)
    # R gives every team its own standard deviation; pooled over teams they are the one that all intervals rest on
    n, own = expected["n"].to_numpy(), expected["sd"].to_numpy()
    pooled = np.sqrt(np.nansum((n - 1) * own**2) / (n.sum() - len(n)))
    half = special.stdtrit(n.sum() - len(n), 0.975) * pooled / np.sqrt(n)
    assert found.low == pytest.approx(found.gap - half, abs=1e-8)
    assert found.high == pytest.approx(found.gap + half, abs=1e-8)
    assert found.overall == pytest.approx((n * expected["gap"]).sum() / n.sum(), abs=1e-8)


def test_the_own_interval_of_each_teams_gap_is_that_of_r(reference, synth_scores):
    # one team alone pools nothing, so its interval is the paired t of R
    rows = synth_scores[synth_scores["quarter"] == "2024Q1"]
    for team, row in reference.rows("change", "gap.paired.2024Q1", "team_id").iterrows():
        members = rows[rows["team_id"] == team]
        pairs, _ = pairs_of_persons(members["SE"], members["CE"], members["team_id"].to_numpy())
        found = level_gap_of(pairs)
        if row["sd"] == 0:  # all alike: R has an interval of no width, the method none
            assert np.isnan([found.low[0], found.high[0]]).all()
        else:
            assert (found.low[0], found.high[0]) == pytest.approx((row["lo"], row["hi"]), abs=1e-8, nan_ok=True)


@pytest.mark.parametrize("track", ["SE", "CE"])
def test_growth_is_that_of_lme4(reference, synth_scores, track):
    expected = reference.value("change", f"growth.lmer.{track}")
    columns = (synth_scores[name].to_numpy() for name in (track, "team_id", "respondent_id"))
    quarter = np.unique(synth_scores["quarter"], return_inverse=True)[1].astype(float)
    found = growth(*columns, quarter)
    assert found.criterion == pytest.approx(expected["reml"], abs=1e-6)  # `tol` of the record: 1e-3
    assert [found.intercept, found.slope] == pytest.approx(list(expected["fixef"].values()), abs=1e-5)
    assert [found.intercept_error, found.slope_error] == pytest.approx(list(expected["se"].values()), abs=1e-5)
    person, intercept, slope, together, residual = (row["vcov"] for row in expected["vc"])
    assert found.between_teams == pytest.approx(np.array([[intercept, together], [together, slope]]), abs=1e-5)
    assert (found.between_persons, found.residual) == pytest.approx((person, residual), abs=1e-5)
    assert list(found.teams) == [row["team_id"] for row in expected["coef"]]
    assert found.slopes == pytest.approx([row["slope"] for row in expected["coef"]], abs=1e-5)
