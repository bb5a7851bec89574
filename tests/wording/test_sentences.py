"""The sentences a leader will repeat: each is read here as it will be read there."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.diagnosis.diagnosis import Organization, Reason, Verdict
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import NEEDS
from dashboard.disclosure import Released
from dashboard.terms import Instrument, Settings, in_order
from dashboard.wording import (
    GLOSSARY,
    VERDICTS,
    evidence,
    figures_words,
    headline,
    overview_words,
    questions,
    story_words,
    team_words,
    words,
)
from dashboard.wording.gates_words import why

QUARTERS = in_order(["2025-Q1", "2025-Q2"])
ROW = {
    "since": "2025-Q1",
    "until": "2025-Q2",
    "respondents_since": 12.0,
    "respondents_until": 13.0,
    "stayers": 11.0,
    "individual_gain": 9.3,
    "individual_gain_low": 4.2,
    "individual_gain_high": 14.1,
    "collective_gain": 1.2,
    "collective_gain_low": -3.8,
    "collective_gain_high": 6.1,
    "probability": 0.931,
    "standard_error": 6.0,
    "sensitivity_individual": 0.97,
    "sensitivity_collective": 0.96,
    "reason": "",
}

# Section 12 of the method: what may not be said, in any sentence.
FORBIDDEN = re.compile(
    r"\b(caus\w*|driv(e|es|ing|en)|ensures?|fail(s|ed|ing|ure)?|rank\w*|significant\w*|underperform\w*|consensus|healthy)\b",
    re.IGNORECASE,
)


def released(settings: Settings | None = None, periods: int = 2, **figures: object) -> Released:
    counts: dict[str, object] = {
        "teams": 26,
        "teams_tested": 24,
        "flagged": 0,
        "watched": 0,
        "expected_false_flags": 0.0,
        "expected_affected": 6.2,
    }
    organization = Organization(
        by_period=pd.DataFrame(),
        verdicts={},
        smallest_detectable_gain={},
        moved_together=False,
        **{**counts, **figures},  # type: ignore[arg-type]
    )
    empty = pd.DataFrame()
    return Released(
        settings=settings or Settings(),
        instrument=Instrument(scales={}),
        periods=QUARTERS[:periods],
        window=QUARTERS[:periods],
        identified=True,
        teams=empty,
        verdicts=pd.DataFrame({"reason": ["minimum group", "minimum group", "ceiling"]}),
        scales=empty,
        organization=organization,
        changes=empty,
        worth_watching=None,
        events=empty,
        metrics=empty,
        problems=(),
        files=(),
        gates=tuple(Gate(need=need, state=GateState.OPEN, found={}, short=()) for need in NEEDS),
    )


def test_the_evidence_says_who_answered_both_gains_and_how_sure() -> None:
    assert evidence(ROW, Settings()) == (
        "11 of 13 answered in both periods. Individual efficacy rose by 9 points [4, 14], collective efficacy rose by "
        "1 [−4, 6]; probability .93 that the individual gain is real and less than half of it is shared."
    )


def test_without_a_person_key_nobody_is_said_to_have_stayed() -> None:
    assert evidence(ROW, Settings(), identified=False).startswith("12 people answered in 2025-Q1, 13 in 2025-Q2. ")


def test_numbers_of_a_withheld_period_are_not_in_the_sentence() -> None:
    row = ROW | {"respondents_since": float("nan"), "stayers": float("nan")}
    assert evidence(row, Settings()).startswith(
        "No head count is shown for 2025-Q1, when a small group answered; other periods carry the gain. Individual"
    )


def test_one_or_two_who_stayed_are_not_counted_out() -> None:
    assert evidence(ROW | {"stayers": 2.0}, Settings()).startswith("Fewer than 3 of 13 answered in both periods.")
    assert evidence(ROW | {"stayers": 0.0}, Settings()).startswith("0 of 13 answered in both periods.")


def test_one_team_has_one_number_of_those_who_stayed() -> None:
    scales = pd.DataFrame({"stayers": [12.0, 11.0], "joiners": [2.0, 2.0], "leavers": [1.0, 1.0]})  # each has its own
    assert (
        team_words.who_title(team_words.as_judged(scales, ROW)) == "11 stayed, fewer than 3 joined, fewer than 3 left"
    )
    assert evidence(ROW, Settings()).startswith("11 of 13 answered in both periods.")
    withheld = ROW | {"stayers": float("nan")}
    assert team_words.who_title(team_words.as_judged(scales, withheld)).startswith("12 stayed")


def test_who_did_not_answer_enough_to_be_judged_is_told_where_two_numbers_meet() -> None:
    row = {"period": "2025-Q2", "respondents": 14.0, "headcount": 15.0}
    told = "14 of 15 answered in 2025-Q2 (93%)"
    both, _ = team_words.response(row, Settings(), ROW)
    assert both == f"{told}, 13 of them enough of both sets of questions."
    assert team_words.response(row, Settings(), ROW | {"respondents_until": 14.0})[0] == f"{told}."
    assert team_words.response(row, Settings(), ROW | {"until": "2025-Q3"})[0] == f"{told}."


def test_a_team_at_the_end_of_the_scale_is_not_asked_to_answer_more() -> None:
    row = ROW | {"verdict": "insufficient", "reason": Reason.CEILING}
    assert questions(row, Settings(noun="crew")) == ("What would be hard enough that this crew is not yet sure of it?",)
    assert "answer" in questions(row | {"reason": Reason.MINIMUM_GROUP}, Settings())[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"collective_gain": -3.4}, "collective efficacy fell by 3 [−4, 6]"),
        ({"collective_gain": -0.4}, "collective efficacy hardly moved [−4, 6]"),
        ({"sensitivity_individual": 0.7}, "(adjusted for little room at the end of the scale)"),
        ({"reason": Reason.CEILING}, "Not judged: answers are so near the end of the scale that a change could hardly"),
        (
            {"reason": Reason.PRECISION, "standard_error": 14.2},
            "Not judged: too few answers (standard error of the shortfall 14 points, at most 12).",
        ),
        (
            {"reason": Reason.RESPONSE_RATE},
            "Not judged: over one half of the window, fewer than 50% of the head count answered.",
        ),
    ],
)
def test_the_evidence_names_what_is_special(change: dict[str, object], sentence: str) -> None:
    assert sentence in evidence(ROW | change, Settings())


def test_a_withheld_team_has_a_reason_and_no_number() -> None:
    assert evidence(ROW | {"reason": Reason.MINIMUM_GROUP}, Settings(minimum_group=6)) == (
        "In one half of the window no period has at least 6 respondents: no figures are shown, to protect them."
    )
    assert evidence(ROW | {"reason": Reason.ONE_PERIOD}, Settings()) == "One period only: no change can be judged."


def test_a_share_other_than_half_is_named() -> None:
    assert "less than 30% of it is shared" in evidence(ROW, Settings(compounding_share=0.3))


def test_the_headline_names_flags_and_expected_false_alarms() -> None:
    assert headline(released(flagged=5, expected_false_flags=0.42)) == (
        "In 5 of 24 teams judged, people grew more confident in their own work while belief in the team did not keep up. "
        "We expect 0.4 of these 5 to be false alarms."
    )


def test_a_single_flag_carries_its_own_probability() -> None:
    assert headline(released(flagged=1, expected_false_flags=0.04)).endswith("that this is a false alarm is .04.")


def test_no_flag_is_never_good_news() -> None:
    said = headline(released(watched=3))
    assert said.startswith("None of 24 teams judged can be flagged")
    assert "That does not mean that all is well: about 6.2 teams are probably affected, and 3 are worth a" in said


def test_one_period_and_few_teams_have_headlines_of_their_own() -> None:
    assert headline(released(periods=1)).startswith("One period only: no change can be judged yet")
    assert headline(released(teams_tested=0)) == (
        "No team can be judged over this window: in hardly any did 5 people answer in both halves of it. That says nothing, "
        "good or bad."
    )
    assert headline(released(teams_tested=5, watched=1)) == (
        "Only 5 teams can be judged; with fewer than 8 teams none is flagged. 1 is worth a conversation."
    )


def test_the_noun_for_a_group_is_a_setting() -> None:
    said = headline(released(Settings(noun="class"), flagged=2, expected_false_flags=0.1))
    assert "2 of 24 classes" in said
    assert "team" not in said


def test_the_noun_brings_its_article() -> None:
    whole = released(Settings(noun="office"))
    assert overview_words.said(overview_words.NOT_ALL_WELL, whole).startswith("An office without a flag is not")
    assert overview_words.said("{not_well}", whole).startswith("An office")
    assert "Mean of an office and its interval" in [
        each.name for _, group in figures_words.groups(whole.settings) for each in group
    ]
    assert story_words.method_title(whole.settings, flags=True).endswith("named an office that is affected")


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    for verdict in Verdict:
        told = words(verdict, Settings(noun="crew"))
        assert told.questions
        assert not re.search(r"team|[{}]", " ".join((told.label, told.meaning, *told.questions)))


def test_no_sentence_says_what_may_not_be_said() -> None:
    every = [words(verdict, Settings()) for verdict in Verdict]
    sentences = [text for told in every for text in (told.label, told.meaning, *told.questions)]
    sentences += [*GLOSSARY.values()]
    sentences += [evidence(ROW | {"reason": reason}, Settings()) for reason in Reason]
    sentences += [
        headline(released(flagged=n, periods=p, teams_tested=t)) for n in (0, 1, 4) for p in (1, 2) for t in (0, 24)
    ]
    for sentence in sentences:
        assert not FORBIDDEN.search(sentence), sentence


def test_where_no_team_may_be_judged_the_headline_says_why() -> None:
    shut = Gate(need="verdicts", state=GateState.CLOSED, found={"htmt": 0.93}, short=("htmt",))
    whole = released(teams_tested=0)
    others = tuple(gate for gate in whole.gates if gate.need != "verdicts")
    assert headline(replace(whole, gates=(shut, *others))) == (
        "No team is judged: the two sets of items measure nearly the same thing (HTMT .93, needed below .85). "
        "That says nothing, good or bad, about any team."
    )


def test_where_nobody_may_be_judged_the_evidence_makes_no_claim() -> None:
    assert evidence(ROW | {"reason": Reason.NOT_DISTINCT}, Settings()) == (
        "Not judged: in this survey the individual and the collective items measure nearly the same thing. "
        "11 of 13 answered in both periods."
    )


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("htmt", 10.3, "HTMT 10.30"),
        ("htmt", 0.8502, "HTMT .8502"),
        ("alpha_individual", 0.6981, "alpha .6981, needed .70"),
        ("alpha_individual", -0.08, "alpha −.08"),
        ("percentile", 0.7486, "74.86% of random"),
        ("percentile", 0.5, "50% of random"),
        ("teams", 1.0, "no more than 1 team answered"),
        ("degrees", 12.0, "(12 beyond one for each team"),
    ],
)
def test_a_figure_never_looks_like_the_limit_it_misses(name: str, value: float, told: str) -> None:
    shut = Gate(need="surplus", state=GateState.CLOSED, found={name: value}, short=(name,))
    assert told in why(shut, Settings())
