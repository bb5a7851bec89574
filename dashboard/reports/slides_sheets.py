"""
The sheet behind a chart: its data, for whoever edits the chart. The same bytes for the same data.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Sequence
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dashboard.reports.slides_xml import clean
from dashboard.wording import escape

SHEET = "Sheet1"
LONG_AGO = datetime.datetime(2000, 1, 1)  # in place of the time of writing
Cell = float | str


class Column(NamedTuple):
    """A column under its heading; `nan` is an empty cell."""

    heading: str
    cells: tuple[Cell, ...]


def sheet(columns: Sequence[Column]) -> bytes:
    """A workbook of one sheet; text that looks like a formula is text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": LONG_AGO})
        page = book.add_worksheet(SHEET)
        for at, column in enumerate(columns):
            page.write_string(0, at, escape.cell(clean(column.heading)))
            for row, cell in enumerate(column.cells, start=1):
                if isinstance(cell, str):
                    page.write_string(row, at, escape.cell(clean(cell)))
                elif math.isfinite(cell):
                    page.write_number(row, at, cell)
    return out.getvalue()


def heading(column: int) -> str:
    """
    The cell of a column's heading.

    >>> heading(1)
    'Sheet1!$B$1'
    """
    return f"{SHEET}!${xl_col_to_name(column)}$1"


def below(column: int, cells: int) -> str:
    """
    The cells under a column's heading.

    >>> below(0, 3)
    'Sheet1!$A$2:$A$4'
    """
    name = xl_col_to_name(column)
    return f"{SHEET}!${name}$2:${name}${cells + 1}"
