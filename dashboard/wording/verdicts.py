"""
Verdicts in words: what each state is called, what it means, the evidence behind it, and what to ask the team.

A team is *not yet compounding*; it does not fail. Nothing here says why it is so, and "no flag" is never "healthy".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.diagnosis.diagnosis import OF_EVERYBODY, Reason, Verdict
from dashboard.disclosure.released import Released
from dashboard.terms import Settings
from dashboard.wording.gates_words import NAMES, Names, names
from dashboard.wording.numbers import counted, interval, points, probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a verdict is called, what it means in one sentence, and what to ask the team about it; with `{noun}` for team."""

    label: str
    meaning: str
    questions: tuple[str, ...]


VERDICTS: Mapping[str, Words] = {
    Verdict.NOT_COMPOUNDING: Words(
        label="Not yet compounding",
        meaning="People grew more confident in their own work, and belief in the {noun} did not keep up.",
        questions=(
            "When did this {noun} last take on something that needed everyone?",
            "What has one of you learned this year that the others could use tomorrow, and how would they find out?",
            "If any one of you were away for a month, what would the {noun} no longer dare to take on?",
        ),
    ),
    Verdict.WATCH: Words(
        label="Worth a conversation",
        meaning="More likely than not, individual gains are not compounding; the data do not suffice for a flag.",
        questions=(
            "Does what the figures suggest match what you see?",
            "Which piece of work next quarter could only succeed together?",
        ),
    ),
    Verdict.COMPOUNDING: Words(
        label="Compounding",
        meaning="People grew more confident in their own work, and belief in the {noun} rose with it.",
        questions=(
            "What did you do together that worked, and to what do you put it down?",
            "Which other {noun} could visit and see it?",
        ),
    ),
    Verdict.COLLECTIVE_LED: Words(
        label="Collective-led",
        meaning="Belief in the {noun} rose while members' confidence in their own work stayed where it was.",
        questions=("What did the {noun} manage together that nobody would have tried alone?",),
    ),
    Verdict.STEADY: Words(
        label="Steady",
        meaning="Neither individual nor collective efficacy moved by more than the smallest gain that counts.",
        questions=("What would have to be different for this {noun} to try something harder together?",),
    ),
    Verdict.ERODING: Words(
        label="Possibly eroding",
        meaning="Individual or collective efficacy may have gone down. This state is right in about four of ten cases.",
        questions=(
            "What became harder since the window began?",
            "Which of the things the {noun} used to do together have stopped?",
        ),
    ),
    Verdict.UNCLEAR: Words(
        label="Unclear",
        meaning="No reading of the changes is more likely than not.",
        questions=("What do you see that the figures cannot?",),
    ),
    Verdict.INSUFFICIENT: Words(
        label="Cannot be judged",
        meaning="The answers do not suffice for a verdict; the reason stands beside it. This is not good news or bad.",
        questions=("What would make it easier for more of you to answer?",),
    ),
}


def words(verdict: str, settings: Settings) -> Words:
    """
    The words of a verdict, with this organisation's noun for a group.

    >>> words("compounding", Settings(noun="crew")).questions[1]
    'Which other crew could visit and see it?'
    """
    found = VERDICTS[Verdict(verdict)]
    return Words(
        label=found.label,
        meaning=found.meaning.format(noun=settings.noun),
        questions=tuple(question.format(noun=settings.noun) for question in found.questions),
    )


def evidence(verdict: Mapping[str, Any], settings: Settings, identified: bool = True, called: Names = NAMES) -> str:
    """
    One plain sentence or two: who answered, both gains with their intervals, and the probability.

    Parameters
    ----------
    verdict : a row of the released verdicts.
    identified : whether persons can be followed from period to period.
    called : what the two means may be called on these data.
    """
    if verdict["reason"] in _WITHOUT_FIGURES:
        return _WITHOUT_FIGURES[verdict["reason"]].format(minimum=settings.minimum_group)
    told = "" if verdict["reason"] in OF_EVERYBODY else _gains(verdict, settings, called)
    parts = [_limits(verdict, settings), _who(verdict, identified), told]
    return " ".join(part for part in parts if part)


def with_evidence(released: Released) -> pd.DataFrame:
    """The released verdicts with their `evidence` written."""
    values = [released.verdicts[column].tolist() for column in _READ]
    rows = (dict(zip(_READ, row, strict=True)) for row in zip(*values, strict=True))
    called = names(released)
    sentences = [evidence(row, released.settings, released.identified, called) for row in rows]
    return released.verdicts.assign(evidence=sentences)


_READ = (
    "reason since until respondents_since respondents_until stayers individual_gain individual_gain_low "
    "individual_gain_high collective_gain collective_gain_low collective_gain_high probability standard_error "
    "sensitivity_individual sensitivity_collective"
).split()


_WITHOUT_FIGURES = {
    Reason.ONE_PERIOD: "One period only: no change can be judged.",
    Reason.MINIMUM_GROUP: (
        "In one half of the window no period has at least {minimum} respondents: no figures are shown, to protect them."
    ),
}


def _limits(verdict: Mapping[str, Any], settings: Settings) -> str:
    match verdict["reason"]:
        case Reason.RESPONSE_RATE:
            share = f"{settings.lowest_response_rate:.0%}"
            return f"Not judged: over one half of the window, fewer than {share} of the head count answered."
        case Reason.PRECISION:
            error, most = points(verdict["standard_error"]), points(settings.largest_standard_error)
            return f"Not judged: too few answers (standard error of the shortfall {error} points, at most {most})."
        case Reason.CEILING:
            return "Not judged: answers are so near the end of the scale that a change could hardly show."
    return _OF_EVERYBODY.get(verdict["reason"], "")


_OF_EVERYBODY = {
    Reason.FEW_ANSWERS: "Not judged: too few people answered in the whole organisation to know how much people differ.",
    Reason.NOT_DISTINCT: "Not judged: in this survey the individual and the collective items measure nearly the same thing.",
    Reason.DRIFT: "Not judged: an item moved away from the others of its scale, so it may no longer mean what it meant.",
}


def _who(verdict: Mapping[str, Any], identified: bool) -> str:
    since, until = verdict["respondents_since"], verdict["respondents_until"]
    if not (since >= 0 and until >= 0):
        ends = [str(verdict[end]) for end, n in (("since", since), ("until", until)) if not n >= 0]
        return f"No head count is shown for {' and '.join(ends)}, when a small group answered; other periods carry the gain."
    if identified and verdict["stayers"] >= 0 and since and until:
        stayed = "Fewer than 3" if 0 < verdict["stayers"] < 3 else f"{verdict['stayers']:.0f}"
        return f"{stayed} of {until:.0f} answered in both periods."
    return f"{counted(int(since), 'person')} answered in {verdict['since']}, {until:.0f} in {verdict['until']}."


REASON_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    Reason.CEILING: ("What would be hard enough that this {noun} is not yet sure of it?",),
    Reason.ONE_PERIOD: ("What do you expect the next survey to show, and why?",),
}


def questions(verdict: Mapping[str, Any], settings: Settings) -> tuple[str, ...]:
    """What to ask a team, by its verdict and, where it cannot be judged, by the reason."""
    asked = REASON_QUESTIONS.get(verdict["reason"], VERDICTS[verdict["verdict"]].questions)
    return tuple(question.format(noun=settings.noun) for question in asked)


def _gains(verdict: Mapping[str, Any], settings: Settings, called: Names) -> str:
    individual = f"{called.individual} {_moved(verdict, 'individual_gain', named=True)}"
    collective = f"{called.within().collective} {_moved(verdict, 'collective_gain')}"
    chance = probability(verdict["probability"])
    adjusted = _adjusted(verdict, settings)
    tail = f"probability {chance} that the individual gain is real and {_less_than(settings)} of it is shared"
    return f"{individual}, {collective}{adjusted}; {tail}."


def _moved(verdict: Mapping[str, Any], gain: str, named: bool = False) -> str:
    value = verdict[gain]
    size = points(abs(value))
    ends = interval(verdict[f"{gain}_low"], verdict[f"{gain}_high"])
    if size == "0":
        return f"hardly moved {ends}"
    unit = (" point" if size == "1" else " points") if named else ""
    return f"{'rose' if value > 0 else 'fell'} by {size}{unit} {ends}"


def _adjusted(verdict: Mapping[str, Any], settings: Settings) -> str:
    room = min(verdict["sensitivity_individual"], verdict["sensitivity_collective"])
    return " (adjusted for little room at the end of the scale)" if room < settings.noted_sensitivity else ""


def _less_than(settings: Settings) -> str:
    return "less than half" if settings.compounding_share == 0.5 else f"less than {settings.compounding_share:.0%}"
