"""
Words of a workspace on the screen: what is kept, what changed since last time, what was brought, undone and erased.

Plain text; the screen escapes what goes through Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.history import Clash, Erased, Import, State, Upload, persons_gone
from dashboard.intake import Renamed, Rescaled, Reworded
from dashboard.terms import Problem, Severity
from dashboard.wording import history_words
from dashboard.wording.numbers import counted

LEAD = (
    "Drop everything at once: the survey, and performance, events, structures or head counts beside it. Nothing is kept before "
    "you press “Use these files”, nothing leaves this machine, and names, e-mails and addresses are dropped on the way in."
)
IN_USE = "In use: what this workspace keeps, {span}, brought last by {who} on {day}."
NOTHING_KEPT = (
    "Nothing was brought into this workspace yet. What you or somebody else brings stays here, and everybody who opens the "
    "workspace sees it."
)
TROUBLE = "The workspace cannot be opened"
TROUBLE_NOTE = "Until that is mended, nothing can be kept; the example organisation opens all the same. What was found, and what to do:"
BACK = "Back to what the workspace keeps"

# ── keeping ──────────────────────────────────────────────────────────────────────────────────────

WILL_KEEP = (
    "Kept in the workspace then: teams, periods, segments and answers, so that next quarter can be set beside them. Respondent "
    "ids are kept as pseudonyms only; names, e-mails, addresses and comments are not kept, and neither are the files themselves."
)
WHO = "Your name (optional)"
WHO_HELP = "It stands in the history beside what you bring, for those who work on it with you."
SOMEBODY = "somebody"
KEEPING = "Keeping it"
TWICE = "Some of this was brought before"
TWICE_NOTE = (
    "Nothing was changed. Replace what was kept with what you bring now, or cancel. A replacement can be undone."
)
REPLACE = "Replace"
CANCEL = "Cancel"
TAKEN_BACK = "It was kept and taken back at once, because it cannot be set against what the workspace keeps."

# ── since last time ──────────────────────────────────────────────────────────────────────────────

SINCE = "Since last time"
AS_CONFIRMED = "Columns as they were confirmed on {day}."
SAME = "The questions, the scales and the {noun} names are the same as last time."
GONE_AND_NEW = {
    "team": "“{before}” is not in the new file, and “{now}” is new: {reason}.",
    "item": "The question “{before}” is not in the new file, and “{now}” is new: {reason}.",
}
ASK = {"team": "Is it the same {noun} under a new name?", "item": "Is it the same question under a new name?"}
YES, NO = "Yes, renamed", "No, another one"
UNANSWERED = "it is not said yet whether this name only changed"
UNANSWERED_REMEDY = "Choose yes or no under “{since}”"

# ── history ──────────────────────────────────────────────────────────────────────────────────────

HISTORY = "What was brought before"
UNDO, REDO = "Undo", "Use it again"
UNDO_HELP = "Takes import {number} back; what it had replaced is in use again. Nothing is deleted."
REDO_HELP = "Puts import {number} in force again."
UNDONE = "Import {number} was taken back."
NAMES_STAY = "Names that were said to have changed stay so; that can be taken back below."
REDONE = "Import {number} is in use again."
ERASE = "Delete for good"
ERASE_NOTE = (
    "Gone from every file of the workspace, from replaced and undone imports too; it cannot be undone. Backups made before are "
    "not reached: delete them, or make new ones."
)
WHAT = "What is to be deleted?"
PERSON, PERIOD, EVERYTHING = "All answers of one person", "One period", "Everything"
TYPE = {
    PERSON: "Type the person’s id as it stands in the files",
    PERIOD: "Type the period to confirm, for example {example}",
    EVERYTHING: "Type “delete everything” to confirm",
}
CONFIRMATION = "delete everything"
NOT_CONFIRMED = "Nothing was deleted: type “delete everything” to confirm."
NOTHING_TYPED = "Nothing was deleted: nothing was typed."
RENAMES = "Names that changed"
RENAMED = "“{old}” is called “{new}” today{until}."
TAKE_BACK = "Take back"
FORGOTTEN = "“{old}” stands for itself again."


def in_use(imports: Sequence[Import], periods: Sequence[str]) -> str:
    """
    What is open, and who brought the last of it.

    Parameters
    ----------
    periods : labels of the survey's periods, in order.
    """
    last = next(one for one in reversed(imports) if not one.undone)
    return IN_USE.format(span=_span(periods), who=last.who, day=last.at[:10])


def _span(periods: Sequence[str]) -> str:
    """
    Periods by their ends.

    >>> _span(["2026-Q1", "2026-Q2"]), _span(["2026-Q1"])
    ('2026-Q1 to 2026-Q2', '2026-Q1')
    """
    if not periods:
        return "no period"
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"


def brought(one: Import) -> str:
    """When and by whom an import was brought, and what became of it as a whole."""
    when = f"{one.at[:10]} {one.at[11:16]} UTC, {one.who}"
    return f"{when}; undone on {one.undone_at[:10]} by {one.undone_by}" if one.undone_at else when


def held(upload: Upload) -> str:
    """What one table of an import holds, and what became of it."""
    span = _span([period.label for period in upload.periods])
    names = ", ".join(file.name for file in upload.files)
    state = "" if upload.state is State.UNDONE else f": {history_words.STATES[upload.state]}"
    return f"{upload.kind.capitalize()}, {span}, {counted(upload.rows, 'row')} from {names}{state}"


def clash(one: Clash) -> str:
    """What would be replaced, in one or two sentences."""
    parts = f" ({', '.join(one.parts)})" if one.parts else ""
    files = " and ".join(one.names)
    found = f"{one.kind.capitalize()} of {one.period}{parts} was brought by {one.who} on {one.at[:10]}, in {files}."
    if one.same_file:
        found += " The content of that file was the very same."
    if one.fewer:
        who = persons_gone(one.fewer)
        found += f" {who[0].upper()}{who[1:]}."
    if one.lost:
        named = ", ".join(one.lost[:3]) + (" …" if len(one.lost) > 3 else "")
        found += f" Not in the new file: {named}; to have both, bring all files of the period together."
    return found


def erased(found: Erased) -> str:
    """What was erased."""
    return (
        f"{counted(found.rows, 'row')} of {counted(found.uploads, 'table')} deleted, from every file of the workspace."
    )


def changes(
    *,
    added: Sequence[str] = (),
    gone: Sequence[str] = (),
    reworded: Sequence[Reworded] = (),
    columns: Sequence[str] = (),
    scales: Sequence[Rescaled] = (),
    new: Sequence[str] = (),
    absent: Sequence[str] = (),
    noun: str = "team",
) -> list[str]:
    """What changed since last time, a sentence each: questions, columns, scales, teams."""
    said = [
        (added, "Questions that were not asked last time, and are not counted: {}."),
        (gone, "Questions that are not asked any more: {}."),
        (columns, "Columns that are not in the file any more: {}."),
        (new, f"New since last time ({counted(len(new), noun)}): {{}}."),
        (absent, f"Not in this file ({counted(len(absent), noun)}): {{}}."),
    ]
    sentences = [sentence.format(_some(names)) for names, sentence in said if names]
    return [*sentences, *map(_reworded, reworded), *map(_rescaled, scales)]


def _reworded(one: Reworded) -> str:
    now, before = one.now.rstrip(". "), one.before.rstrip(". ")
    return f"Asked in other words under the same name, {one.item}: “{now}”, last time “{before}”."


def _some(names: Sequence[str], most: int = 6) -> str:
    """
    The first few names.

    >>> _some(["a", "b", "c"], most=2)
    '“a”, “b” and 1 more'
    """
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _rescaled(one: Rescaled) -> str:
    name, (low, high), (least, most) = one.scale.replace("_", " "), one.before, one.now
    return f"Answers of {name} lie on {least:g}–{most:g}, last time on {low:g}–{high:g}: {one.reason}."


def gone_and_new(pair: Renamed, what: str) -> str:
    """A name that is gone and a new one that may mean the same, with the reason."""
    return GONE_AND_NEW[what].format(before=pair.before, now=pair.now, reason=pair.reason)


def unanswered(pairs: Iterable[Renamed]) -> tuple[Problem, ...]:
    """Renamings about which nothing was said yet."""
    remedy = UNANSWERED_REMEDY.format(since=SINCE)
    return tuple(
        Problem(
            file=f"{pair.before} → {pair.now}",
            found=UNANSWERED,
            remedy=remedy,
            severity=Severity.ERROR,
        )
        for pair in pairs
    )
