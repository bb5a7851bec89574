"""
Shapes: tables that are no table of responses, however well they can be read.

A report, a summary, a letter or shifted cells would give figures that look right and are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dashboard.intake.cells import measure, no_answer
from dashboard.intake.kinds import Kind
from dashboard.intake.notes import SHOWN, Notes, joined
from dashboard.intake.periods import is_dated
from dashboard.intake.roles import ColumnRole
from dashboard.intake.table import Column, Table

_EXPORT = "Export the individual responses, one row per person"
_TELLING = frozenset(("team", "period", "respondent", "time", "segment", "personal"))
_SUMMED = re.compile(r"\b(?:grand )?total\b|\bheadcount\b|full-time\s+equivalent|\bsumme\b|\bgesamt\b", re.IGNORECASE)


def check_shape(table: Table, sample: Table, roles: Sequence[ColumnRole], kind: Kind, notes: Notes) -> None:
    """Note, as errors, why a table, which begins with a sample, cannot be a table of responses."""
    if table.width == 1:
        notes.error(
            f"one column was found ({joined(table.names)}): no team and no rating columns, which are needed",
            "Export the responses with the team and one column per question, separated by commas",
        )
    elif kind not in ("survey", "unknown"):
        return
    elif _is_prose(sample, kind):
        notes.problems.clear()
        notes.error("no table was found: the file reads like a letter", "Choose the export of the survey tool")
    elif _is_crosstab(sample) and not _by_person(sample, roles):
        notes.error("this is a summary in percent, not a table of responses", _EXPORT)
    elif kind == "unknown" and _is_summary(sample):
        notes.error("this is a summary with totals, not a table of responses", _EXPORT)
    elif kind == "unknown" and not any(role.role in _TELLING for role in roles):
        notes.error(
            "nothing that a survey has was found: no team, no period, no person, no rating question",
            "Choose the export of the responses, with a row of column names",
        )
    else:
        _check_shifted(table, roles, notes)


def _is_prose(table: Table, kind: Kind) -> bool:
    """Whether what was taken for cells are parts of sentences: hardly any number, many words, few columns."""
    cells = [value for column in table.columns for value in [*column.values, column.name] if value]
    numbers = sum(any(sign.isdigit() for sign in cell) for cell in cells if not cell.startswith("Column "))
    words = sum(len(cell.split()) for cell in cells)
    return kind == "unknown" and table.width <= 4 and numbers < 0.1 * len(cells) and words > 1.5 * len(cells)


def _is_crosstab(table: Table) -> bool:
    filled = sum(column.filled for column in table.columns)
    percent = sum(
        int(count)
        for column in table.columns
        for value, count in zip(column.values, column.counts, strict=True)
        if value.endswith("%") and measure(value) is not None
    )
    return percent > 0.3 * filled


def _by_person(table: Table, roles: Sequence[ColumnRole]) -> bool:
    """Whether each row is a person's own, in one of at most some twenty periods: then percents are answers on 0–100."""
    persons = [sum(map(bool, table[row.column].values)) for row in roles if row.role == "respondent"]
    return any(count > 4 and count > table.rows / 20 for count in persons)


def _is_summary(table: Table) -> bool:
    return sum(bool(_SUMMED.search(name)) for name in table.names) >= 2


# ── shifted cells ─────────────────────────────────────────────────────────────────────────────────


def _check_shifted(table: Table, roles: Sequence[ColumnRole], notes: Notes) -> None:
    """
    Note rows whose cells stand one column too far: a number where the rest of a column has periods, a period where it
    has numbers, and all right again when the cells are moved back.
    """
    by_role = {row.column: row.role for row in roles}
    columns = [column for column in table.columns if by_role[column.name] in ("period", "item")]
    if not columns:
        return
    misfits = np.zeros(table.rows, dtype=np.int32)
    for column in columns:
        odd = np.array([_misfits(value, by_role[column.name]) for value in column.values], dtype=np.int32)
        if odd.any():
            misfits += odd[column.codes]
    suspects = np.flatnonzero(misfits)
    if len(suspects) > 0.2 * table.rows:
        return
    shifted = [int(row) for row in suspects if _moves_back(table, columns, by_role, int(row), int(misfits[row]))]
    for row in shifted[:SHOWN]:
        notes.error(
            "the cells of this row have shifted by one column",
            "Put text that holds the delimiter in quotes, or export the file again",
            line=int(table.lines[row]),
        )


def without_torn(table: Table, roles: Sequence[ColumnRole], notes: Notes) -> Table:
    """
    The table with nothing but ids in short rows whose cells have moved to the left: a row without a period where nearly
    all others name one.
    """
    name = next((row.column for row in roles if row.role == "period"), None)
    if name is None or not table.short:
        return table
    column = table[name]
    dated = np.array([not value or is_dated(value) for value in column.values], dtype=bool)[column.codes]
    torn = np.flatnonzero(~dated & np.isin(table.lines, list(table.short)))
    if not len(torn) or dated.sum() < 0.9 * (table.rows - len(torn)):
        return table
    for row in torn[:SHOWN].tolist():
        notes.warning(
            "cells of this short row have moved to the left, so that none but its id is where it belongs",
            "The row was set aside; correct it, or export the file again",
            line=int(table.lines[row]),
        )
    kept = {row.column for row in roles if row.role == "respondent"}
    return replace(table, columns=tuple(c if c.name in kept else _emptied(c, torn) for c in table.columns))


def _emptied(column: Column, rows: npt.NDArray[np.intp]) -> Column:
    """The column without the cells of some rows."""
    values = column.values if "" in column.values else (*column.values, "")
    codes = column.codes.astype(np.int32)
    codes[rows] = values.index("")
    return replace(column, values=values, codes=codes)


def _misfits(value: str, role: str) -> int:
    """Whether a cell does not belong in its column: a word or a period among answers, a bare word among periods."""
    if not value:
        return 0
    if role == "period":
        return int(not is_dated(value))
    return int(measure(value) is None and not no_answer(value) and not value.startswith("#"))


def _moves_back(table: Table, columns: Sequence[Column], by_role: Mapping[str, str], row: int, now: int) -> bool:
    """Whether the cells fit when each stands one column further left, and did not fit before."""
    cells = {column.place: column.values[int(column.codes[row])] for column in table.columns}
    period = next((column for column in columns if by_role[column.name] == "period"), None)
    if period is None or not is_dated(cells.get(period.place + 1, "")) or is_dated(cells[period.place]):
        return False
    moved = sum(_misfits(cells.get(column.place + 1, ""), by_role[column.name]) for column in columns)
    return moved < now
