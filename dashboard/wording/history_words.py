"""
History in words: what was brought when, by whom, and what became of it; for a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.history import Erased, Import, State, Upload
from dashboard.wording.escape import plain
from dashboard.wording.numbers import counted

EMPTY = "Nothing was brought into this workspace yet."
WELL = "The workspace is whole: structure, seal, every table and the key."
NO_KEY = (
    "The key of the respondent ids is not in the backup. Copy it as well (--key-to) and keep it in another place: "
    "without it, persons of a restored workspace can be neither followed nor found."
)
BACKUPS = "Backups that were made before still hold it: delete them, or make new ones."
CONFIRM = "This cannot be undone"
STATES = {
    State.IN_USE: "in use",
    State.PARTLY: "in use in part, the rest was replaced",
    State.REPLACED: "replaced by a later import",
    State.UNDONE: "undone",
}


def import_summary(one: Import) -> str:
    """One import: when, by whom, and a line for each table."""
    undone = f", undone {_day(one.undone_at)} by {one.undone_by}" if one.undone_at else ""
    head = f"{one.number}  {_day(one.at)}  {one.who}{undone}"
    return "\n".join([plain(head), *(f"     {plain(_upload(upload))}" for upload in one.uploads)])


def _upload(upload: Upload) -> str:
    periods = [period.label for period in upload.periods]
    span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}" if periods else "no period"
    names = ", ".join(file.name for file in upload.files)
    return f"{upload.kind}, {span}, {counted(upload.rows, 'row')} from {names}: {STATES[upload.state]}"


def _day(moment: str) -> str:
    """
    A moment for a reader.

    >>> _day("2026-07-02T09:14:31+00:00")
    '2026-07-02 09:14 UTC'
    """
    return f"{moment[:10]} {moment[11:16]} UTC"


def imports_summary(imports: Sequence[Import]) -> str:
    """All imports, the earliest first."""
    return "\n".join(map(import_summary, imports)) or EMPTY


def erased(found: Erased) -> str:
    """What was erased, and what a workspace cannot reach."""
    what = f"Erased {counted(found.rows, 'row')} of {counted(found.uploads, 'table')}, from every file of the folder."
    return f"{what} {BACKUPS}"
