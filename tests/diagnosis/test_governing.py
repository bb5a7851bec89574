"""Governing: what a closed gate takes off stands in no table any more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dashboard
from dashboard.diagnosis.diagnose import diagnose
from dashboard.diagnosis.diagnosis import Diagnosis, Reason, Verdict
from dashboard.diagnosis.gate import GateState
from dashboard.diagnosis.gates import gate
from dashboard.diagnosis.governing import governed
from dashboard.terms import COLLECTIVE, Settings, Survey
from tests.diagnosis.dealt import dealt_anew


@pytest.fixture(scope="module")
def example() -> Survey:
    return dashboard.read_survey(dashboard.samples.folder() / "survey.csv")


@pytest.fixture(scope="module")
def found(example: Survey) -> Diagnosis:
    return diagnose(example, settings=Settings())


def with_distinctness(diagnosis: Diagnosis, htmt: float) -> Diagnosis:
    return governed(replace(diagnosis, organization=replace(diagnosis.organization, distinctness=htmt)))


def test_scales_that_measure_one_thing_judge_nobody(found: Diagnosis) -> None:
    assert found.organization.flagged > 0
    shut = with_distinctness(found, 0.93)
    assert set(shut.verdicts["verdict"]) == {Verdict.INSUFFICIENT}
    assert shut.verdicts["flagged"].sum() == 0
    assert shut.organization.flagged == shut.organization.teams_tested == shut.organization.watched == 0
    assert shut.organization.verdicts[Verdict.INSUFFICIENT] == shut.organization.teams


def test_what_one_period_says_of_a_team_beyond_its_members_goes_with_the_surplus(example: Survey) -> None:
    last = example.period == len(example.periods) - 1
    one = replace(
        example,
        periods=example.periods[-1:],
        team=example.team[last],
        period=np.zeros(int(last.sum()), dtype=np.int32),
        respondent=example.respondent[last],
        answers={name: np.asfortranarray(values[last]) for name, values in example.answers.items()},
        segments=example.segments[last].reset_index(drop=True),
    )
    alone = diagnose(one, settings=Settings())
    assert alone.worth_watching is not None
    assert alone.worth_watching["gap"].notna().any()
    shut = with_distinctness(alone, 0.93).worth_watching
    assert shut is not None
    assert shut[["gap", "gap_low", "gap_high", "probability"]].isna().all(axis=None)


def test_every_team_that_was_judged_is_told_why_it_is_not_and_others_keep_their_reason(found: Diagnosis) -> None:
    shut = with_distinctness(found, 0.93)
    judged = found.verdicts["reason"] == Reason.NONE
    assert set(shut.verdicts.loc[judged, "reason"]) == {Reason.NOT_DISTINCT}
    assert (shut.verdicts.loc[~judged, "reason"] == found.verdicts.loc[~judged, "reason"]).all()


def test_a_team_that_is_not_judged_keeps_its_figures_and_probability(found: Diagnosis) -> None:
    shut = with_distinctness(found, 0.93)
    for column in ("probability", "individual_gain", "collective_gain_high"):
        np.testing.assert_array_equal(shut.verdicts[column], found.verdicts[column])


def test_surplus_and_level_gap_have_no_figures_behind_closed_gates(found: Diagnosis) -> None:
    teams = found.teams.assign(surplus=0.1, surplus_low=-0.1, surplus_high=0.3)
    gaps = teams[["team_id", "period"]].assign(gap=0.2, gap_low=0.0, gap_high=0.4)
    shut = with_distinctness(replace(found, teams=teams, gaps=gaps), 0.93)
    assert shut.teams[["surplus", "surplus_low", "surplus_high"]].isna().all(axis=None)
    assert shut.teams["collective"].notna().any()  # the mean stays; its name goes
    assert gate(shut, "level_gap").state is GateState.CLOSED  # items are not declared as mirrored
    assert shut.gaps[["gap", "gap_low", "gap_high"]].isna().all(axis=None)


@pytest.mark.parametrize("seed", range(3))
def test_teams_dealt_at_random_lose_every_claim_about_teams(example: Survey, seed: int) -> None:
    dealt = dashboard.diagnose(dealt_anew(example, seed))
    closed = {each.need for each in dealt.gates if each.state is GateState.CLOSED}
    assert {"collective_mean", "surplus", "level_gap", "prediction"} <= closed
    assert "individual_mean" not in closed  # the items still hang together
    assert dealt.teams[["surplus", "surplus_low", "surplus_high"]].isna().all(axis=None)
    assert dealt.organization.flagged == 0
    assert dashboard.wording.gates_words.collective_name(dealt) == "Members’ views of their team"
    icc = dealt.scales[(dealt.scales["scale"] == COLLECTIVE) & (dealt.scales["period"] == dealt.window[-1].label)]
    assert icc["icc1_low"].item() <= 0
