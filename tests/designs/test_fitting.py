"""What a team is offered, and that each rule speaks where its evidence is and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard import designs
from dashboard.designs import GENERAL, Option
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.disclosure import Released
from dashboard.terms import Scale, Settings
from dashboard.wording import design_words, gates_words
from tests.screens import made
from tests.wording.sentences import Sentence
from tests.wording.test_what_may_not_be_said import found

EVENTS = ["team_id", "period", "date", "kind", "name", "outcome", "participants"]
SCALES = {
    f"attribution_{name}": Scale(name=f"attribution_{name}", items=(name,), minimum=1, maximum=7)
    for name in ("coordination", "heroics", "luck")
}


def case(*events: tuple[str, str, str, str], teams: dict[str, object] | None = None, **verdict: object) -> Released:
    """The made diagnosis with these events (team, period, kind, name) alone, and figures of every team changed."""
    whole = made.released()
    figures = {"shape": "close", "scored_attribution": np.nan, "response_rate": 0.9} | (teams or {})
    rows = [(team, period, "", kind, name, "", np.nan) for team, period, kind, name in events]
    instrument = replace(whole.instrument, scales={**whole.instrument.scales, **SCALES})
    return replace(
        whole,
        instrument=instrument,
        events=pd.DataFrame(rows, columns=EVENTS),
        verdicts=whole.verdicts.assign(performance="", **verdict),
        teams=whole.teams.assign(**figures),
        changes=whole.changes.assign(joiners=1.0),
    )


def keys(options: tuple[Option, ...]) -> list[str]:
    return [option.design.key for option in options]


def because(options: tuple[Option, ...]) -> str:
    return "\n".join(sentence for option in options for sentence in option.because)


def attributed(coordination: float, heroics: float, luck: float) -> dict[str, object]:
    return {
        "attribution_coordination": coordination,
        "attribution_heroics": heroics,
        "attribution_luck": luck,
        "scored_attribution": 8.0,
    }


# ── every rule ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        (Verdict.NOT_COMPOUNDING, "joint-task"),
        (Verdict.WATCH, "swarm"),
        (Verdict.COMPOUNDING, "visit"),
        (Verdict.COLLECTIVE_LED, "runbook"),
        (Verdict.STEADY, "joint-task"),
        (Verdict.ERODING, "review"),
        (Verdict.UNCLEAR, "review"),
    ],
)
def test_the_state_leads_to_its_first_design(verdict: Verdict, first: str) -> None:
    options = designs.fitting(case(verdict=str(verdict)), "Atlas")
    assert keys(options)[0] == first
    assert 2 <= len(options) <= 3
    # made: individual gain 12.4, collective .8, its interval on both sides of 0
    assert "individual efficacy rose by about 12, collective efficacy hardly moved" in options[0].because[0]


def test_the_probability_is_said_as_on_the_screen_where_it_is_the_question() -> None:
    (first, *_) = designs.fitting(case(), "Atlas")
    assert first.because[0].endswith("not compounding with probability .97.")  # made: .97
    (first, *_) = designs.fitting(case(), "Cobalt")
    assert "probability" not in first.because[0]


def test_what_is_put_down_to_one_or_two_people_leads_to_a_lead_that_goes_round() -> None:
    options = designs.fitting(case(teams=attributed(3.4, 5.4, 2.6)), "Atlas")
    assert keys(options)[:2] == ["joint-task", "rotating-lead"]
    assert (
        "one or two people (5.4) more than to working together (3.4) or luck (2.6), on a scale from 1 to 7; 8 people, "
        "2026-Q2." in because(options)
    )


def test_luck_leads_to_a_pre_mortem() -> None:
    assert "pre-mortem" in keys(designs.fitting(case(teams=attributed(3.0, 3.0, 4.0)), "Atlas"))


def test_a_difference_of_less_than_half_a_point_of_seven_says_nothing() -> None:
    options = designs.fitting(case(teams=attributed(3.6, 4.0, 2.0)), "Atlas")  # .4 of 6
    assert "attribute" not in because(options)


def test_working_together_is_something_to_show_where_it_works_and_no_reason_elsewhere() -> None:
    whole = case(teams=attributed(5.5, 3.0, 2.0))
    assert "working together (5.5)" in because(designs.fitting(whole, "Cobalt"))  # compounding
    assert "working together" not in because(designs.fitting(whole, "Iris"))  # watch


@pytest.mark.parametrize(("shape", "key"), [("two camps", "pairing"), ("spread", "review")])
def test_the_shape_of_answers_brings_in_its_design(shape: str, key: str) -> None:
    options = designs.fitting(case(teams={"shape": shape}), "Atlas")
    assert key in keys(options)
    assert design_words.shape(shape, "2026-Q2", Settings()) in because(options)


def test_many_joiners_lead_to_pairs() -> None:
    whole = case()
    many = replace(whole, verdicts=whole.verdicts.assign(stayers=8.0, respondents_until=14.0, respondents_since=11.0))
    assert "pairing" in keys(designs.fitting(many, "Atlas"))
    assert "Many are new: 8 stayed, 6 joined, 3 left over the window." in because(designs.fitting(many, "Atlas"))


def test_few_joiners_and_unknown_ones_lead_nowhere() -> None:
    whole = case()
    two_of_three = replace(
        whole, verdicts=whole.verdicts.assign(stayers=1.0, respondents_until=3.0, respondents_since=3.0)
    )
    unknown = replace(whole, changes=whole.changes.assign(joiners=np.nan))
    for each in (two_of_three, unknown, replace(two_of_three, identified=False)):
        assert "Many are new" not in because(designs.fitting(each, "Atlas"))


def test_training_and_tools_alone_lead_to_their_joint_use() -> None:
    whole = case(("", "2025-Q2", "ai_rollout", "Assistant"), ("Atlas", "2025-Q4", "individual_training", "Course"))
    options = designs.fitting(whole, "Atlas")
    assert "runbook" in keys(options)
    said = because(options)
    assert "“Assistant” (AI roll-out) in 2025-Q2 and “Course” (individual training) in 2025-Q4" in said


def test_a_design_that_was_taken_up_is_carried_on_first() -> None:
    whole = case(("Atlas", "2026-Q3", "shared_mastery", "Pre-mortem: release"))  # after the last survey, 2026-Q2
    first = designs.fitting(whole, "Atlas")[0]
    assert (first.design.key, first.begun) == ("pre-mortem", "2026-Q3")
    assert first.because == (
        "“Pre-mortem: release” is on record for 2026-Q3: carry it on, and compare before starting something else.",
    )


def test_shared_mastery_of_another_kind_is_looked_back_on_first() -> None:
    whole = case(("Atlas", "2025-Q3", "shared_mastery", "Joint migration"), ("", "2025-Q2", "ai_rollout", "Assistant"))
    options = designs.fitting(whole, "Atlas")
    assert keys(options)[0] == "review"
    assert options[0].begun == ""
    assert "no shared mastery" not in because(options)


def test_events_of_others_and_from_before_the_window_lead_nowhere() -> None:
    whole = case(("Cobalt", "2026-Q1", "shared_mastery", "Pre-mortem"), ("Atlas", "2024-Q4", "disruption", "Outage"))
    options = designs.fitting(whole, "Atlas")
    assert "on record" not in because(options)


def test_a_disruption_leads_to_a_rehearsal() -> None:
    options = designs.fitting(case(("Atlas", "2025-Q4", "disruption", "Outage")), "Atlas")
    assert "rehearsal" in keys(options)
    assert "A disruption is on record for 2025-Q4 (“Outage”)." in because(options)


def test_performance_beside_is_a_weak_hint_and_said_so() -> None:
    whole = case()
    agreeing = replace(whole, verdicts=whole.verdicts.assign(performance="agrees"))
    assert "A weak hint." in because(designs.fitting(agreeing, "Atlas"))
    assert "{" not in because(designs.fitting(agreeing, "Atlas"))
    assert "weak hint" not in because(designs.fitting(agreeing, "Cobalt"))  # compounding: it is not the question


def test_where_few_answered_they_are_heard_first() -> None:
    few = case(teams={"response_rate": 0.6, "headcount": 20.0, "respondents": 12.0})
    options = designs.fitting(few, "Kestrel")  # eroding
    assert "12 of 20 answered in 2026-Q2 (60%): hear those who did not." in because(options)


def test_at_the_end_of_the_scale_something_harder_is_offered() -> None:
    whole = case(verdict="insufficient", reason=str(Reason.CEILING))
    assert keys(designs.fitting(whole, "Atlas"))[:2] == ["rehearsal", "visit"]


# ── what is hidden stays hidden ──────────────────────────────────────────────────────────────────


def test_a_withheld_team_gets_only_what_fits_any_team_and_no_figure() -> None:
    whole = case(("", "2025-Q2", "ai_rollout", "Assistant"), ("Zephyr", "2025-Q4", "disruption", "Outage"))
    options = designs.fitting(whole, "Zephyr")  # made: below the minimum group in every period
    assert keys(options) == [design.key for design in GENERAL]
    assert re.findall(r"\d+", because(options)) == ["5", "5"]  # the minimum group, once an option; nothing of the team
    assert "for any team" in because(options)


def test_a_team_without_figures_still_carries_on_what_it_took_up() -> None:
    whole = case(("Zephyr", "2026-Q3", "shared_mastery", "Pre-mortem"))
    options = designs.fitting(whole, "Zephyr")
    assert keys(options)[0] == "pre-mortem"
    assert set(keys(options)[1:]) <= {design.key for design in GENERAL}


def test_a_closed_gate_takes_the_verdict_away_and_says_why() -> None:
    shut = Gate(need="verdicts", state=GateState.CLOSED, found={"htmt": 0.93}, short=("htmt",))
    others = tuple(gate for gate in made.open_gates() if gate.need != "verdicts")
    whole = replace(case(verdict="insufficient", reason=str(Reason.NOT_DISTINCT)), gates=(*others, shut))
    options = designs.fitting(whole, "Atlas")
    assert keys(options) == [design.key for design in GENERAL]
    assert gates_words.why(shut, Settings()) in options[0].because
    assert "rose" not in because(options)


def test_where_the_mean_is_members_views_it_is_called_so() -> None:
    shut = Gate(need="collective_mean", state=GateState.CLOSED, found={"icc1_low": -0.02}, short=("icc1_low",))
    others = tuple(gate for gate in made.open_gates() if gate.need != "collective_mean")
    said = because(designs.fitting(replace(case(), gates=(*others, shut)), "Atlas"))
    assert "members’ views of their team hardly moved" in said
    assert "collective efficacy rose" not in said


def test_one_period_leads_to_what_fits_any_team() -> None:
    options = designs.fitting(replace(made.one_period(), events=pd.DataFrame(columns=EVENTS)), "Atlas")
    assert keys(options) == [design.key for design in GENERAL]
    assert because(options).startswith("One period only: no change can be judged")


# ── as a whole ───────────────────────────────────────────────────────────────────────────────────


def test_the_order_of_rows_changes_nothing() -> None:
    whole = made.released()
    turned = replace(whole, verdicts=whole.verdicts.iloc[::-1], events=whole.events.iloc[::-1])
    for team in made.GIVEN:
        assert designs.fitting(whole, team) == designs.fitting(turned, team)


def test_every_team_has_two_or_three_options_each_with_its_reason() -> None:
    whole = made.released()
    for team in made.GIVEN:
        options = designs.fitting(whole, team)
        assert 2 <= len(options) <= 3
        assert len(set(keys(options))) == len(options)
        assert all(option.because and all(option.because) for option in options)


def test_no_reason_says_what_may_not_be_said() -> None:
    hard = [
        case(teams=attributed(3.4, 5.4, 2.6)),
        case(("Atlas", "2025-Q4", "disruption", ""), ("", "2025-Q2", "ai_rollout", ""), teams={"shape": "two camps"}),
        case(("Atlas", "2025-Q4", "shared_mastery", ""), teams={"shape": "spread", "response_rate": 0.4}),
        made.released(),
        made.one_period(),
    ]
    said = [
        Sentence(team, sentence)
        for whole in hard
        for team in made.GIVEN
        for option in designs.fitting(whole, team)
        for sentence in option.because
    ]
    assert len(said) > 60
    assert found(said) == []


def test_an_organisation_of_classrooms_reads_classrooms() -> None:
    whole = case()
    options = designs.fitting(replace(whole, settings=Settings(noun="classroom")), "Atlas")
    assert options[0].design.idea == (
        "A piece of work, hard for this classroom, that no member or pair could finish alone."
    )


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no team called 'Nobody'"):
        designs.fitting(made.released(), "Nobody")
