"""
Words of the data screen: what a file was taken for and why, its problems in groups, and what is still to be chosen.

Plain text; the screen escapes what goes through Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.intake import Dated, Inspection
from dashboard.terms import Problem, Severity
from dashboard.wording.numbers import counted

TITLE = "Bring your files"
LEAD = (
    "Drop everything at once: the survey, and performance, events, structures or head counts beside it. Nothing is used before "
    "you press “Use these files”, nothing leaves this machine, and names, e-mails and addresses are dropped on the way in."
)
DROP = "Survey and other files (CSV, TSV, XLSX, one of them in a ZIP, or an instrument as TOML)"
USE = "Use these files"
AGAIN = "Start over"
REMOVE = "Remove"
READING = "Looking at {name}"
STEPS = {
    "survey": "Reading the survey",
    "performance": "Reading performance",
    "events": "Reading events",
    "structures": "Reading structures",
    "roster": "Reading head counts",
    "diagnosis": "Setting individual and collective efficacy against each other",
}
KIND = "Taken for"
KINDS = {
    "survey": "Survey: one row per person and period",
    "performance": "Performance: figures of teams or members",
    "events": "Events",
    "structures": "Shared structures and their health",
    "roster": "Head counts",
    "instrument": "Instrument: which column is what",
    "unknown": "Not used",
}
PERIOD = "Which period are these answers from?"
PERIOD_HELP = "For example 2026-Q3. It is the period of all rows of this file, which names none itself."
BY_DATE = "Take the quarter of each answer ({span}, by {column})"
BY_DATE_HELP = "For a file that holds several quarters and says so in no column but the date of each answer."
ROLES = "What each column is"
ROLES_HELP = "Change roles, scales or whether an item is reversed, then read the file again with them."
READ_AGAIN = "Read again with these roles"
CHOSEN = "chosen by you"
ROLE_NAMES = {
    "column": "Column",
    "text": "Question",
    "role": "Role",
    "scale": "Scale",
    "reversed": "Reversed",
    "reason": "Why",
}
DROPPED = "Dropped: {columns}. They hold personal data and are not kept."
FIRST = "First answers"
PROBLEMS = "What was found in these files"
PROBLEMS_NONE = "No problem was found."
DOWNLOAD_PROBLEMS = "Download all problems (CSV)"
DOWNLOAD_INSTRUMENT = "Download the instrument (TOML)"
SURVEY_MISSING = (
    "A survey is needed: a file with one row per person and answers to “I can …” and “our team can …” questions."
)
REFUSED = "Some of it cannot be used yet"
REFUSED_NOTE = (
    "Everything you entered is still here. Correct it above or in the file, and press “Use these files” again."
)
USED = "In use: {what}. Bring other files here to replace them."
SETTINGS = "Settings"
NOUN = "What is a group called?"
NOUN_HELP = "Team, classroom, unit, store … used everywhere."
MINIMUM = "Smallest group that is shown"
MINIMUM_HELP = "Figures of fewer people are withheld everywhere; never below 3."
SEVERITIES = {
    Severity.ERROR: "Must be mended",
    Severity.CHOICE: "To be chosen",
    Severity.WARNING: "Repaired, left out or worth a look",
}
UNREADABLE = "It cannot be read as it is; below stands why, and what to do. To go on without it, remove it."
ON_SCREEN = {  # what a remedy of the command line becomes where there are fields
    "take the quarter of each answer": "Name the period in the field “{period}”, or press “Take the quarter of each answer”",
    "--period": "Name the period in the field “{period}”, or add a column period to the file",
    "(--replace)": "Replace it or cancel, as you are asked after “{use}”; until then nothing is changed",
    "Name it team": "Give one column the role team under “{roles}”",
    "Name the items of each scale": "Choose the scale of each question under “{roles}”, or bring an instrument",
}
TOOLS = {
    "qualtrics": "Qualtrics",
    "surveymonkey": "SurveyMonkey",
    "limesurvey": "LimeSurvey",
    "redcap": "REDCap",
    "google forms": "Google Forms",
    "microsoft forms": "Microsoft Forms",
}
EMPTY = (
    "Nothing brought yet. The example organisation’s files show what they may look like; README and Method say more."
)
MORE_PLACES = "and {more} more"
PLACES = 5


class Group(NamedTuple):
    """Problems of one kind: how grave, what was found, what to do, where."""

    severity: Severity
    found: str
    remedy: str
    places: tuple[str, ...]


def taken_for(inspection: Inspection) -> str:
    """What a file was taken for, and why, in one sentence."""
    if inspection.verdict == "refuse":
        return UNREADABLE
    kind = KINDS[inspection.kind].split(":")[0]
    reason = inspection.kind_reason.rstrip(".")
    tool = f" Exported by {TOOLS.get(inspection.tool, inspection.tool)}." if inspection.tool else ""
    return f"{kind}, because {reason}.{tool}" if reason else f"{kind}.{tool}"


def amount(inspection: Inspection) -> str:
    """Rows, people, teams, periods and questions of a file."""
    parts = [counted(inspection.rows, "row")]
    if inspection.kind == "survey":
        parts.append(counted(inspection.respondents, "person"))
    if inspection.teams:
        parts.append(counted(len(inspection.teams), "team"))
    if inspection.periods:
        parts.append(_periods(inspection.periods))
    if inspection.items:
        parts.append(counted(len(inspection.items), "question"))
    return " · ".join(parts)


def by_date(found: Dated) -> str:
    """
    The way to take periods from dates.

    >>> by_date(Dated("RecordedDate", ("2026-Q1", "2026-Q2")))
    'Take the quarter of each answer (2026-Q1 to 2026-Q2, by RecordedDate)'
    """
    ends = found.periods[0] if len(found.periods) == 1 else f"{found.periods[0]} to {found.periods[-1]}"
    return BY_DATE.format(span=ends, column=found.column)


def _periods(periods: Sequence[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{counted(len(periods), 'period')}, {periods[0]} to {periods[-1]}"


def state(inspection: Inspection) -> str:
    """Whether a file can be used, in a word or two."""
    errors = sum(problem.severity is Severity.ERROR for problem in inspection.problems)
    choices = sum(problem.severity is Severity.CHOICE for problem in inspection.problems)
    if errors:
        return f"Cannot be used: {counted(errors, 'problem')}"
    if choices:
        return f"{counted(choices, 'choice')} open"
    warnings = len(inspection.problems)
    return f"Ready, {counted(warnings, 'remark')}" if warnings else "Ready"


def grouped(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """
    Problems of one kind together, the gravest first: alike are those that differ in figures and quoted text only.
    """
    groups: dict[tuple[Severity, str, str], list[Problem]] = {}
    for problem in map(on_screen, problems):
        key = (problem.severity, _shape(problem.found), _shape(problem.remedy))
        groups.setdefault(key, []).append(problem)
    ordered = sorted(groups.values(), key=lambda group: tuple(SEVERITIES).index(group[0].severity))
    return tuple(
        Group(group[0].severity, group[0].found, group[0].remedy, tuple(problem.place for problem in group))
        for group in ordered
    )


def on_screen(problem: Problem) -> Problem:
    """The problem with a remedy that names a field of the screen instead of an option of the command line."""
    for sign, remedy in ON_SCREEN.items():
        if sign in problem.remedy:
            return replace(problem, remedy=remedy.format(period=PERIOD, roles=ROLES, use=USE))
    return problem


def _shape(text: str) -> str:
    return re.sub(r"“[^”]*”|'[^']*'|\"[^\"]*\"|\d+(?:[.,]\d+)*", "…", text)


def places(group: Group) -> str:
    """Where the problems of one kind are; the first few."""
    shown = "; ".join(group.places[:PLACES])
    more = len(group.places) - PLACES
    return f"{shown} {MORE_PLACES.format(more=more)}" if more > 0 else shown
