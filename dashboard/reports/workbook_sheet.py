"""
A sheet of a workbook: cells by kind of figure, text that is never a formula, columns as wide as what they hold.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any

import xlsxwriter

from dashboard.charts.palette import LIGHT
from dashboard.wording import escape, report_words
from dashboard.wording.workbook_words import FORMATS, TEXT

LONG_AGO = datetime.datetime(2000, 1, 1)
LONGEST = 32_000  # letters of a cell, which Excel holds
NARROWEST, WIDEST = 9, 46  # letters
GREY_GROUND = "#eceef1"


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook, title: str) -> None:
        self.book = book
        maker = {"title": escape.plain(title)[:255], "author": report_words.MAKER, "created": LONG_AGO}
        book.set_properties(maker)
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "font_color": LIGHT.ink}
        )
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._kinds = {
            (kind, grey): book.add_format(
                {"num_format": code} | ({"font_color": LIGHT.muted, "bg_color": GREY_GROUND} if grey else {})
            )
            for kind, code in FORMATS.items()
            for grey in (False, True)
        }

    def of(self, kind: str, grey: bool) -> Any:
        """The format of a kind of figure, in a row that is withheld or not."""
        return self._kinds[kind, grey]


class Sheet:
    """One sheet, filled from above."""

    def __init__(self, styles: Styles, name: str) -> None:
        self._styles = styles
        self._page = styles.book.add_worksheet(name)
        self._page.set_landscape()
        self._page.set_paper(9)  # A4
        self._page.fit_to_pages(1, 0)
        self._widths: dict[int, int] = {}
        self._next = 0

    def headings(self, names: Sequence[str]) -> None:
        """The first row: what each column is called; it and the first column stay in view."""
        for at, name in enumerate(names):
            self._text(0, at, name, self._styles.heading)
            self._widen(at, max(map(len, name.split(" ")), default=0) + 2)
        self._page.freeze_panes(1, 1)
        self._page.repeat_rows(0)

    def cell(self, row: int, column: int, value: Any, kind: str, grey: bool = False) -> None:
        """One cell; a figure that is not there is an empty one."""
        style = self._styles.of(kind if _is_number(value) else TEXT, grey)
        if _is_number(value):
            self._page.write_number(row, column, _released(value), style)
        elif _is_empty(value):
            self._page.write_blank(row, column, None, style)
        else:
            self._text(row, column, str(value), style)
            self._widen(column, len(str(value)))

    def filter(self, rows: int, columns: int) -> None:
        """Let the reader filter and sort the rows."""
        self._page.autofilter(0, 0, max(rows, 1), max(columns - 1, 0))

    def section(self, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table below what is there, under its title."""
        self._text(self._next, 0, title, self._styles.title)
        self._next += 1
        for at, name in enumerate(headings):
            self._text(self._next, at, name, self._styles.heading)
        self._next += bool(headings)
        for row in rows:
            for at, value in enumerate(row):
                self._text(self._next, at, str(value), self._styles.wrapped)
                self._widen(at, len(str(value)))
            self._next += 1
        self._next += 1

    def fit(self, widest: int = WIDEST) -> None:
        """Make each column as wide as what it holds, within limits."""
        for at, letters in self._widths.items():
            self._page.set_column(at, at, min(max(letters + 1, NARROWEST), widest))

    def _text(self, row: int, column: int, text: str, style: Any) -> None:
        self._page.write_string(row, column, escape.cell(escape.plain(text))[:LONGEST], style)

    def _widen(self, column: int, letters: int) -> None:
        self._widths[column] = max(self._widths.get(column, 0), letters)


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)


def _is_empty(value: Any) -> bool:
    """Nothing, or what stands for it in a table."""
    return value is None or str(value) in ("", "nan", "<NA>", "None", "NaT")


def _released(value: Any) -> float:
    """The figure to as many places as the CSV file has."""
    return int(value) if isinstance(value, Integral) else float(f"{value:.12g}")
