"""
Words of the team screen: titles that state the finding, who answered, what this size can show, and what the survey
cannot tell. Plain text; the screen escapes what goes through Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.diagnosis.compounding.detectable import LARGEST
from dashboard.diagnosis.diagnosis import OF_EVERYBODY, Verdict
from dashboard.disclosure.released import Released
from dashboard.terms import Settings
from dashboard.wording.gates_words import NAMES, Names, names
from dashboard.wording.numbers import MISSING, counted, plural, points, probability, share, signed

CHOOSE = "Choose a {noun}"
UNKNOWN = (
    "There is no {noun} called “{name}” in these data. Choose one from the list; names are spelled as in your file."
)
NO_FIGURES = (
    "This {noun} has no figures here, and none can be worked out from others: fewer than {minimum} people answered, or its "
    "figures would give a smaller {noun} away."
)
WHO = "Who changed"
SIZE = "What a {noun} of this size can show"
CANNOT = "What the survey cannot tell"
ASK = "What to ask this {noun}"
PERFORMANCE = "Beside it: performance"
EVENTS = (
    "Vertical lines are events of this {noun} or of everyone. They go with a change or not; they do not explain it."
)
RAW = (
    "Filled dots and lines: means drawn towards all as far as few answers make them uncertain. Hollow dots: the plain means "
    "with their 95% interval. A missing period is left open."
)
CANNOT_TELL = (  # the first stays where there is room for few
    "Anything about one person. It is not for appraisal.",
    "Why it is so. Nothing here says that a training, a tool or a person produced a gain or held it back.",
    "Whether the belief is justified. Confidence can be illusion; performance beside it is a weak hint.",
    "What people think who did not answer.",
)
AGREES = {
    "agrees": (
        "Performance points the same way: members’ own metrics moved more favourably than the {noun}’s, compared with other "
        "{nouns}. A weak hint."
    ),
    "silent": "Performance points neither way.",
    "disagrees": (
        "Performance points the other way: the {noun}’s metrics moved more favourably than its members’ own, compared with "
        "other {nouns}. A weak hint."
    ),
}
FEW_ANSWERED = (
    "Those who answered are too few to stand for the {noun}: read its figures of this period as theirs alone. Where it is "
    "so over one half of the window, the {noun} is not judged, and what is learnt from all {nouns} about gains leaves it out."
)
SOME_ANSWERED = "Read with caution: those who did not answer may see it differently."
NO_PERSON_KEY = "The survey has no respondent id, so who stayed, joined or left is not known."
FEW_PERSONS = (
    "The parts are not shown: one of the groups is fewer than {minimum} people, or this is not the usual window. Parts of several "
    "windows, set against each other, could tell on one person."
)
NO_CHANGE_KNOWN = "There are no figures for the first and the last period of the window to compare."
NO_METRICS = "No performance of this {noun} was brought."


def performance_beside(verdict: Mapping[str, Any]) -> str:
    """What performance says about not compounding, where that is the question; empty elsewhere."""
    asked = verdict["verdict"] in (Verdict.NOT_COMPOUNDING, Verdict.WATCH)
    return AGREES.get(verdict["performance"], "") if asked else ""


def lines_title(verdict: Mapping[str, Any], settings: Settings, called: Names = NAMES) -> str:
    """
    What the two lines did over the window; a direction only where the interval carries one, or the gain is one that counts.

    Parameters
    ----------
    verdict : a row of the released verdicts.
    called : what the two means may be called on these data.
    """
    gains = [verdict["individual_gain"], verdict["collective_gain"]]
    if not np.isfinite(gains).all() or verdict["reason"] in OF_EVERYBODY:
        return f"{called.individual} and {called.within().collective} over the periods"
    individual, collective = (_moved(verdict, gain, settings) for gain in ("individual_gain", "collective_gain"))
    return f"{called.individual} {individual}, {called.within().collective} {collective}"


def _moved(verdict: Mapping[str, Any], name: str, settings: Settings) -> str:
    """
    >>> row = {"gain": 1.3, "gain_low": -5.0, "gain_high": 8.0}
    >>> _moved(row, "gain", Settings()), _moved(row | {"gain_low": 0.2}, "gain", Settings())
    ('hardly moved', 'rose by about 1')
    """
    gain = verdict[name]
    size = points(abs(gain))
    open_to_both = verdict[f"{name}_low"] <= 0 <= verdict[f"{name}_high"]
    if size == "0" or (open_to_both and abs(gain) < settings.gain):
        return "hardly moved"
    return f"{'rose' if gain > 0 else 'fell'} by about {size}"


def lines_alt(name: str, verdict: Mapping[str, Any], settings: Settings, called: Names = NAMES) -> str:
    """The lines for those who cannot see them."""
    title = lines_title(verdict, settings, called)
    return f"{name}: {title}, in points of 100, from {verdict['since']} to {verdict['until']}, with intervals."


def place_title(verdict: Mapping[str, Any]) -> str:
    """What the ellipse on the map says."""
    return f"Not compounding with probability {probability(verdict['probability'])}"


PLACE_NOTE = "The two gains lie inside the ellipse with a probability of about 90%."


def as_judged(changes: pd.DataFrame, verdict: Mapping[str, Any]) -> pd.DataFrame:
    """
    Who changed with the numbers of persons that the verdict rests on, who answered enough of both sets of questions; each
    scale has its own, and a reader would meet two numbers of those who stayed. As they are where the verdict has none.

    Parameters
    ----------
    changes : rows of one team, a row per scale. verdict : its row of the released verdicts.
    """
    stayed = verdict["stayers"]
    joined, left = verdict["respondents_until"] - stayed, verdict["respondents_since"] - stayed
    known = changes[["stayers", "joiners", "leavers"]].to_numpy(float)
    if not np.isfinite([joined, left]).all() or not np.isfinite(known).all():
        return changes
    return changes.assign(stayers=stayed, joiners=joined, leavers=left)


def who_title(changes: pd.DataFrame) -> str:
    """Who the change came from, in numbers of persons."""
    first = changes.iloc[0]
    stayed, joined, left = (_count(first[part]) for part in ("stayers", "joiners", "leavers"))
    return f"{stayed} stayed, {joined} joined, {left} left"


def _count(value: float) -> str:
    if not np.isfinite(value):
        return MISSING
    return "fewer than 3" if 0 < value < 3 else f"{value:.0f}"


def who_total(changes: pd.DataFrame, called: Names = NAMES) -> str:
    """The change the parts add up to."""
    within = called.within()
    by_scale = changes.set_index("scale")["change"]
    individual, collective = by_scale.get("individual_efficacy", np.nan), by_scale.get("collective_efficacy", np.nan)
    return (
        f"Together {signed(individual, 1)} points on {within.individual} and {signed(collective, 1)} on {within.collective}, between "
        f"the plain means of the first and the last period. The gain above differs: it leaves out who came and went, the mood of "
        f"the day and chance, and is drawn towards what is usual here."
    )


def who_alt(changes: pd.DataFrame, called: Names = NAMES) -> str:
    """The bars for those who cannot see them."""
    return f"Parts of the change of the mean: {who_title(changes)}. {who_total(changes, called)}"


def size_told(released: Released, respondents: float) -> str:
    """The smallest individual gain that a team of this size would have shown, with collective efficacy flat."""
    table, called = released.organization.smallest_detectable_gain, names(released).within()
    if not table or not np.isfinite(respondents):
        return "It is known once there are two periods with enough answers, and verdicts are carried."
    size = max((members for members in table if members <= respondents), default=min(table))
    watch, flag = (_gain(table[size][way]) for way in ("watch", "flag"))
    exactly = "" if size == respondents else " (the nearest smaller size worked out)"
    return (
        f"With {size} people answering each time in {counted(len(released.window), 'period')}{exactly}, a gain in "
        f"{called.individual} must be {watch} to reach the watch list in four of five cases, and {flag} for a flag, where "
        f"{called.collective} did not move. Smaller ones exist and are mostly missed."
    )


def _gain(value: float) -> str:
    return (
        f"at least {points(value)} points"
        if np.isfinite(value)
        else f"more than {points(LARGEST)} points, if it shows at all,"
    )


def response(row: Mapping[str, Any], settings: Settings, verdict: Mapping[str, Any]) -> tuple[str, bool]:
    """
    How many of how many answered in one period, with what that allows; and whether it is so few that it is greyed.

    Parameters
    ----------
    row : of the released teams table. verdict : the team's, whose number of persons is told where it is another.
    """
    answered, head = row["respondents"], row["headcount"]
    if not np.isfinite(answered):
        return "", True
    known = np.isfinite(head) and head > 0
    rate = answered / head if known else row.get("response_rate", np.nan)
    if not np.isfinite(rate):
        told = f"{counted(int(answered), 'person')} answered in {row['period']}{_both_sets(row, verdict)}"
        return f"{told}; response rate unknown.", False
    of = f" of {head:.0f}" if known else ""
    first = f"{answered:.0f}{of} answered in {row['period']} ({share(rate)}){_both_sets(row, verdict)}."
    if rate < settings.lowest_response_rate:
        return f"{first} {FEW_ANSWERED.format(noun=settings.noun, nouns=plural(settings.noun))}", True
    return f"{first} {SOME_ANSWERED}" if rate < settings.cautious_response_rate else first, False


def _both_sets(row: Mapping[str, Any], verdict: Mapping[str, Any]) -> str:
    """
    >>> row = {"period": "2026-Q2", "respondents": 10.0}
    >>> _both_sets(row, {"until": "2026-Q2", "respondents_until": 9.0})
    ', 9 of them enough of both sets of questions'
    """
    both = verdict["respondents_until"]
    if row["period"] != verdict["until"] or not both < row["respondents"]:
        return ""
    return f", {both:.0f} of them enough of both sets of questions"


def metric_title(metric: str, rows: pd.DataFrame) -> str:
    """A metric, and where it went."""
    name = metric.replace("_", " ").capitalize()
    values = rows.dropna(subset=["value"])["value"].astype(float)
    return name if len(values) < 2 else f"{name}: {values.iloc[0]:,.4g} → {values.iloc[-1]:,.4g}"


def metric_note(rows: pd.DataFrame) -> str:
    """The unit of a metric, and which way is better."""
    unit = next((str(unit) for unit in rows["unit"] if str(unit)), "")
    better = "more is better" if bool(rows["higher_is_better"].iloc[0]) else "less is better"
    return f"{unit.capitalize()}; {better}" if unit else better.capitalize()
