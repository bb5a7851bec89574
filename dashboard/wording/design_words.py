"""
Words about what a team could try: the evidence that led to an option, how options are offered, taken up and looked back
on. Plain text; whoever shows it makes it harmless for the place. An option is never a promise: the next survey says how
it went, and even then one figure goes with another and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.terms import Settings
from dashboard.wording import team_words
from dashboard.wording.chart_words import EVENT_KINDS
from dashboard.wording.gates_words import NAMES, Names
from dashboard.wording.numbers import MISSING, counted, interval, plural, points, share, signed
from dashboard.wording.verdicts import VERDICTS

# ── the evidence ─────────────────────────────────────────────────────────────────────────────────

NO_FIGURES = "{no_figures} So these are options for any {noun}, and nothing in them rests on its answers."
CEILING = (
    "Not judged: answers are so near the end of the scale that a change could hardly show. What would be hard enough that the "
    "belief is put to the test?"
)
NOT_JUDGED: Mapping[str, str] = {
    Reason.ONE_PERIOD: "One period only: no change can be judged, so these are options for any {noun}.",
    Reason.MINIMUM_GROUP: "No verdict: in one half of the window no period is shown. These are options for any {noun}.",
    Reason.RESPONSE_RATE: "Not judged: too few of the head count answered. These are options for any {noun}.",
    Reason.PRECISION: "Not judged: too few answers. These are options for any {noun}.",
}
SHAPED = {
    "two camps": "Answers about the {noun} form two camps in {period}; the mean then stands for neither.",
    "spread": "Answers about the {noun} are spread in {period}; a mean hides that.",
}
TOLD_OF = {"coordination": "working together", "heroics": "one or two people", "luck": "luck"}
LONGEST_NAMES = 2  # events named in one sentence


def no_figures(settings: Settings) -> str:
    """Why a team without figures gets options for any team."""
    noun = settings.noun
    first = team_words.NO_FIGURES.format(noun=noun, minimum=settings.minimum_group)
    return NO_FIGURES.format(no_figures=first, noun=noun)


def not_judged(reason: str, settings: Settings) -> str:
    """Why no verdict leads anywhere."""
    return NOT_JUDGED.get(reason, NOT_JUDGED[Reason.PRECISION]).format(noun=settings.noun)


def state(verdict: Mapping[str, Any], settings: Settings, called: Names = NAMES) -> str:
    """The verdict, where the two lines went and, where it is the question, the probability."""
    label, lines = VERDICTS[verdict["verdict"]].label, team_words.lines_title(verdict, settings, called)
    found = f"{label}: {lines[:1].lower()}{lines[1:]}, in points of 100 over the window"
    if verdict["verdict"] not in (Verdict.NOT_COMPOUNDING, Verdict.WATCH):
        return f"{found}."
    place = team_words.place_title(verdict)
    return f"{found}; {place[:1].lower()}{place[1:]}."


def attributed(most: str, said: Mapping[str, float], row: Mapping[str, Any], bounds: tuple[float, float]) -> str:
    """
    What members attribute joint successes to, with how many were asked.

    >>> row = {"period": "2026-Q2", "scored_attribution": 8.0}
    >>> attributed("heroics", {"coordination": 3.5, "heroics": 5.125, "luck": 2.6}, row, (1, 7))
    'Members attribute successes to one or two people (5.1) more than to working together (3.5) or luck (2.6), on a scale from 1 to 7; 8 people, 2026-Q2.'
    """
    others = " or ".join(f"{TOLD_OF[name]} ({points(said[name], 1)})" for name in TOLD_OF if name != most)
    persons = row.get("scored_attribution", np.nan)
    asked = f"{counted(int(persons), 'person')}, " if np.isfinite(persons) else ""
    return (
        f"Members attribute successes to {TOLD_OF[most]} ({points(said[most], 1)}) more than to {others}, on a scale from "
        f"{bounds[0]:g} to {bounds[1]:g}; {asked}{row['period']}."
    )


def shape(found: str, period: str, settings: Settings) -> str:
    """How answers about the team lie, as its page has it."""
    return SHAPED[found].format(noun=settings.noun, period=period)


def joined(changes: pd.DataFrame) -> str:
    """Who came and went, in the words of the team's page."""
    return f"Many are new: {team_words.who_title(changes)} over the window."


def already_there(name: str, period: str, *, carry_on: bool) -> str:
    """A shared-mastery event on record: what to do with it before anything new."""
    what = f"“{name}”" if name else "Shared mastery"
    if carry_on:
        return f"{what} is on record for {period}: carry it on, and compare before starting something else."
    return (
        f"{what} (shared mastery) is on record for {period}: look back on it together before starting something else."
    )


def tools_alone(events: Sequence[tuple[str, str, str]]) -> str:
    """Training and tools without shared mastery; the latest of each kind, by name."""
    latest = {kind: (name, period) for kind, name, period in events}
    told = [f"{_named(kind, name)} in {period}" for kind, (name, period) in latest.items()]
    return f"On record in the window: {' and '.join(told[:LONGEST_NAMES])}, and no shared mastery. What came to members one by one can be used together."


def _named(kind: str, name: str) -> str:
    called = EVENT_KINDS[kind] if kind == "ai_rollout" else EVENT_KINDS[kind].lower()
    return f"“{name}” ({called})" if name else called


def disrupted(name: str, period: str) -> str:
    """A disruption on record."""
    return f"A disruption is on record for {period}{f' (“{name}”)' if name else ''}."


def performance(verdict: Mapping[str, Any], settings: Settings) -> str:
    """What performance says beside the verdict, in the words of the team's page."""
    return (
        team_words.performance_beside(verdict)
        .replace("{nouns}", plural(settings.noun))
        .replace("{noun}", settings.noun)
    )


def few_answered(row: Mapping[str, Any]) -> str:
    """How many of how many answered, and what that asks for first."""
    head = row["headcount"]
    of = f" of {head:.0f}" if np.isfinite(head) and head > 0 else ""
    rate = row["respondents"] / head if of else row["response_rate"]
    return f"{row['respondents']:.0f}{of} answered in {row['period']} ({share(rate)}): hear those who did not."


# ── offering and taking up ───────────────────────────────────────────────────────────────────────

TITLE = "What to try"
LEAD = (
    "Shared-mastery designs: ways of attempting something hard together. Options to talk about with the {noun}, each with what "
    "points to it here. Whether one serves, the next survey can say."
)
POINTS_HERE = "What points to it"
HOW = "How to run it in a quarter"
STEPS, WATCH, REFUTED, SOURCES = (
    "Steps",
    "What to watch next quarter",
    "What would show that it did not work",
    "Sources",
)
BEGUN = "On record since {period}."
TAKE = "We try this"
TAKE_AGAIN = "We do it again"
WHICH_PERIOD = "Period in which it begins"
OWN_NAME = "A name of your own (optional)"
OWN_NAME_HELP = "What the {noun} calls it, for example the delivery it is about. No names of people."
LOG = "Put it on record"
IN_WORKSPACE = (
    "It is kept in the workspace as an event of this {noun} and stands in the history of the page Data, where it can be undone. From "
    "the next survey on, this page shows before and after."
)
IN_SESSION = (
    "It is kept in this tab alone and is gone when the tab is closed or reloaded: download it and bring the file next quarter, "
    "with the survey."
)
TAKEN = "“{name}” is on record for {period}."
TAKEN_BEFORE = "“{name}” is on record for {period} already. Nothing was changed."
GONE_AT_CLOSE = "Taken up in this tab, and gone when it is closed or reloaded. Download the file and bring it next quarter with the survey."
DOWNLOAD = "Download events.csv"
TAKE_BACK = "Take “{name}” back"
TAKEN_BACK = "“{name}” was taken back."
ALL = "All {number} designs"
ALL_NOTE = (
    "A {noun} can take up any of these; what is offered above is only what its figures and events point to. What they have in common: "
    "collective efficacy goes with joint attempts that were hard, succeeded, and are put down to what the {noun} did together "
    "(Bandura 1997). Across many studies it goes with group performance too (Gully and others 2002; Stajkovic and others 2009)."
)

# ── before and after ─────────────────────────────────────────────────────────────────────────────

BEFORE_AFTER = "Before and after"
BEFORE_AFTER_NOTE = (
    "Two surveys beside each other: a change can go with an event, and one {noun} says nothing about whether it does. Who answered can "
    "differ, a {noun} is often chosen for a low level, and low levels tend to be followed by higher ones whatever is done. "
    "Plain means, with {interval} intervals; that of the {noun}’s change is as if other people had answered, so rather too wide. "
    "“Without one”: without shared mastery between the two surveys."
)
NOT_YET = "The next survey will show what came after it."
NO_BEFORE = "There is no survey before it."
WITHHELD = "no figures shown"
OWN_PERIOD = "No survey lies after {period} yet; that of {period} itself may lie before it, within it or after it."
FEW_OTHERS = "Too few {nouns} without shared mastery in between are shown to set beside it."


def taken_up(name: str, period: str) -> str:
    """
    One event as the title of its before and after.

    >>> taken_up("Pre-mortem", "2026-Q3")
    'Pre-mortem, 2026-Q3'
    """
    return f"{name or EVENT_KINDS['shared_mastery']}, {period}"


def with_interval(value: float, low: float, high: float, *, change: bool = False) -> str:
    """
    A level or a change with its interval, in whole points.

    >>> with_interval(55.4, 48.1, 62.7), with_interval(-0.2, -6.0, 5.6, change=True)
    ('55 [48, 63]', '0 [−6, 6]')
    """
    if not np.isfinite(value):
        return MISSING
    return f"{signed(value) if change else points(value)} {interval(low, high)}"


def headings(before: str, after: str, answered: tuple[float, float], others: int, settings: Settings) -> list[str]:
    """
    Columns of the table of before and after; what is not there yet has none.

    >>> headings("2026-Q2", "2026-Q4", (8.0, float("nan")), 12, Settings())[1:]
    ['Before: 2026-Q2, 8 people', 'After: 2026-Q4, no figures shown', 'Change', 'Mean change, 12 teams without one']
    """
    surveys = [
        f"{when}: {label}, {_answered(number)}"
        for when, label, number in (("Before", before, answered[0]), ("After", after, answered[1]))
        if label
    ]
    change = ["Change"] if after else []
    beside = [f"Mean change, {counted(others, settings.noun)} without one"] if after and others else []
    return ["Points of 100", *surveys, *change, *beside]


def _answered(number: float) -> str:
    return counted(int(number), "person") if np.isfinite(number) else WITHHELD
