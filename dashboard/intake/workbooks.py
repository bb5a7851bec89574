"""
Workbooks: the rows of an Excel sheet, as its export would write them.

calamine reads the sheet; before it may, the workbook is looked through: a small file can unpack to far more
than a survey holds, or say that its last cell stands a million rows down and sixteen thousand columns across.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine

from dashboard.intake.limits import MOST_COLUMNS, MOST_SHEET_CELLS
from dashboard.intake.notes import Notes
from dashboard.intake.records import Row

_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'\br="([A-Z]{1,4})([0-9]{1,8})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,8})"')
_TAIL = 200  # bytes kept from one chunk to the next, so that nothing is cut in two
_SAVE = "Save it as CSV UTF-8 in Excel"
_RATIO = 1032  # deflate never packs tighter


def sheet(content: bytes, most: int, notes: Notes) -> list[Row]:
    """
    The rows of the largest sheet of a workbook; empty where there is none, with the reason in the notes.

    Parameters
    ----------
    most : bytes; a workbook that unpacks to more than five times as many is refused.
    """
    if not _modest(content, 5 * most, notes):
        return []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (python_calamine.CalamineError, ValueError, OverflowError):
        notes.error("the file is an Excel workbook that cannot be opened", _SAVE)
        return []
    tables = [(name, rows) for name, rows in sheets if len(rows) > 1]
    if not tables:
        notes.error("the file is an Excel workbook without a table", "Export it again with its responses")
        return []
    name, rows = max(tables, key=lambda table: _cells(table[1]))
    if len(tables) > 1:
        notes.warning(
            f"the workbook has {len(tables)} sheets with rows; the largest, {name[:60]}, was read",
            "Save the others as files of their own if they are needed",
        )
    return _moved_left([[written(cell) for cell in row] for row in rows])


def _cells(rows: Sequence[Sequence[Any]]) -> int:
    return sum(cell not in ("", None) for row in rows for cell in row)


def _moved_left(rows: list[Row]) -> list[Row]:
    """Without empty columns before the first that holds anything."""
    first = min((place for row in rows for place, cell in enumerate(row) if cell), default=0)
    return [row[first:] for row in rows] if first else rows


def written(cell: object) -> str:
    """
    A spreadsheet's cell as its export would write it: whole numbers without a point, dates in ISO form.

    >>> written(3.0), written(datetime.datetime(2026, 3, 31)), written(True), written(None)
    ('3', '2026-03-31', 'TRUE', '')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


# ── before it is opened ───────────────────────────────────────────────────────────────────────────


def _modest(content: bytes, most: int, notes: Notes) -> bool:
    """Whether a workbook is no larger inside than a survey can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            members = parts.infolist()
            stated = sum(part.file_size for part in members)
            if stated > most or (len(content) * _RATIO > most and not _tells_truly(parts, most)):
                notes.error(
                    f"the workbook unpacks to more than {most / 1e6:,.0f} MB, which is the most that is read", _SAVE
                )
                return False
            sheets = [part for part in members if part.filename.lower().startswith("xl/worksheets/sheet")]
            return all(_compact(parts, part, notes) for part in sheets)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        notes.error("the file is an Excel workbook that cannot be opened", _SAVE)
    return False


def _chunks(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(part) as member:
        while chunk := member.read(_CHUNK):
            yield chunk


def _tells_truly(parts: zipfile.ZipFile, most: int) -> bool:
    """Whether what a workbook holds is as large as it says: it is unpacked, up to the limit, and forgotten."""
    size = 0
    for part in parts.infolist():
        for chunk in _chunks(parts, part):
            size += len(chunk)
            if size > most:
                return False
    return True


def _compact(parts: zipfile.ZipFile, part: zipfile.ZipInfo, notes: Notes) -> bool:
    """Whether the rectangle that holds all cells of a sheet is no larger than can be kept."""
    rows = columns = 0
    before = b""
    for chunk in _chunks(parts, part):
        text = before + chunk
        before = text[-_TAIL:]
        for letters, row in set(_REFERENCE.findall(text)):
            columns, rows = max(columns, _number(letters)), max(rows, int(row))
        rows = max([rows, *map(int, _ROW.findall(text))])
    if columns > MOST_COLUMNS:
        notes.error(
            f"a sheet of the workbook has {columns:,} columns; at most {MOST_COLUMNS:,} are read",
            "Leave out the columns that are not needed and save it again",
        )
    elif rows * columns > MOST_SHEET_CELLS:
        notes.error(
            f"a sheet of the workbook stretches over {rows:,} rows and {columns:,} columns; at most "
            f"{MOST_SHEET_CELLS:,} cells are read",
            _SAVE,
        )
    return not notes.refused


def _number(letters: bytes) -> int:
    """
    The number of a column by its letters.

    >>> _number(b"A"), _number(b"AA"), _number(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
