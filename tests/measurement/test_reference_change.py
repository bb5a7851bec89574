"""Change against R: the records of `change.json` on who changed; `incremental.json` belongs to performance."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement.change import decompose, scored_persons
from dashboard.measurement.sums import waves
from dashboard.terms import Settings

CHECKED = {"change.synth.SE.2024Q1_2025Q1", "change.synth.CE.2024Q1_2025Q1"}
LEFT = {
    "change.paired.t.T02.CE",  # a t-test of one team: the verdict takes its place
    "gap.paired.2024Q1",  # level gap between the two scales
    "bh.adjust",  # several metrics
    "welch",  # no figure of the method
    "growth.lmer.SE",  # the verdict's hierarchy
    "growth.lmer.CE",
}


def test_every_record_is_checked_here_or_named_as_left(reference):
    assert set(reference.ids("change")) == CHECKED | LEFT
    assert len(CHECKED) == 2
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
