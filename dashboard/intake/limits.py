"""
Limits: how large a file, a table, a cell may be, so that no input makes the reader hang or eat the machine.

Each limit is stated where it refuses. The size of a file is a setting; the others are far beyond any survey.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.notes import Notes
from dashboard.intake.records import LONGEST_CELL, Row

MOST_COLUMNS = 2_000
MOST_SHEET_CELLS = 30_000_000  # of the rectangle from A1 to the last cell of a worksheet


def within(rows: Sequence[Row], notes: Notes) -> bool:
    """
    Whether the rows of a file keep the limits on columns and cells; the first that does not is noted as an error.

    >>> notes = Notes("wide.csv")
    >>> within([["x"] * 2001], notes), notes.problems[0].found
    (False, 'the row has 2,001 columns; at most 2,000 are read')
    """
    for line, row in enumerate(rows, start=1):
        if len(row) > MOST_COLUMNS and (filled := _filled(row)) > MOST_COLUMNS:
            notes.error(
                f"the row has {filled:,} columns; at most {MOST_COLUMNS:,} are read",
                "Leave out the columns that are not needed and export again",
                line=line,
            )
            return False
    return not notes.refused


def note_long_cells(rows: Sequence[Row], start: int, notes: Notes) -> None:
    """Note, as an error, the first cell of the responses that is longer than any answer; headers are shortened."""
    for line, row in enumerate(rows[start:], start=start + 1):
        if max(map(len, row), default=0) <= LONGEST_CELL:
            continue
        for place, cell in enumerate(row, start=1):
            if len(cell) > LONGEST_CELL:
                notes.error(
                    f"the cell of column {place} has {len(cell):,} characters; at most {LONGEST_CELL:,} are read",
                    "Shorten the cell, or leave the column out; look whether a quote before it is never closed",
                    line=line,
                )
                return


def trimmed(rows: Sequence[Row]) -> list[Row]:
    """Rows without the empty cells that a spreadsheet writes beyond the limit on columns."""
    return [row if len(row) <= MOST_COLUMNS else row[: max(_filled(row), 1)] for row in rows]


def _filled(row: Row) -> int:
    """The number of the last column that is not empty."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
