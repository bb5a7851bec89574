"""
Workbook: the tables of a released diagnosis for whoever reads on in a spreadsheet.

The same figures as in the CSV files, under headings that are read rather than typed; withheld rows are grey and say
why. Text is never a formula. The same diagnosis gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import xlsxwriter

from dashboard.diagnosis.diagnosis import SCALE_COLUMNS, TEAM_COLUMNS, VERDICT_COLUMNS, Reason
from dashboard.diagnosis.units import UNIT_COLUMNS
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.reports.goes_with import SLOPES, slopes_table
from dashboard.reports.tables import PROBLEM_COLUMNS, organization, problems_table
from dashboard.reports.workbook_method import sections
from dashboard.reports.workbook_sheet import Sheet, Styles
from dashboard.wording import gates_words, report_words, workbook_words
from dashboard.wording.numbers import plural
from dashboard.wording.workbook_words import SHEETS, Column


class Table(NamedTuple):
    """A table of the diagnosis: its name, its rows, the columns that come first, and which rows are withheld."""

    name: str
    rows: pd.DataFrame
    first: Sequence[str]
    withheld: Sequence[bool] = ()

    @property
    def columns(self) -> list[str]:
        """Every column in the order of the CSV file."""
        return [*self.first, *(name for name in self.rows.columns if name not in self.first)]


def workbook(released: Released, goes_with: GoesWithReleased | None = None) -> bytes:
    """The tables of the diagnosis as an Excel workbook; `goes_with` where performance was brought."""
    words = _words(released)
    tables = list(_tables(released, goes_with))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        styles = Styles(book, released.instrument.title or report_words.MAKER)
        _organization(Sheet(styles, SHEETS["organization"]), organization(released, goes_with), words)
        for table in tables:
            _table(Sheet(styles, SHEETS[table.name]), table, words)
        method = Sheet(styles, SHEETS["method"])
        for title, headings, rows in sections(released, list(_columns(tables, words))):
            method.section(title, headings, rows)
        method.fit(widest=70)
    return out.getvalue()


def _words(released: Released) -> dict[str, str]:
    """What stands in the headings."""
    noun, unit = released.settings.noun, released.settings.parent_noun
    called = gates_words.names(released)
    return {
        "noun": noun,
        "nouns": plural(noun),
        "Noun": noun.capitalize(),
        "Nouns": plural(noun).capitalize(),
        "unit": unit,
        "Unit": unit.capitalize(),
        "individual": called.individual,
        "collective": called.collective,
    }


def _tables(released: Released, goes_with: GoesWithReleased | None) -> Iterator[Table]:
    """The tables there are, each with its columns in the order of its file."""
    verdicts, teams, units = released.verdicts, released.teams, released.units
    by_period = released.organization.by_period
    yield Table("by_period", by_period, list(by_period.columns))
    yield Table("verdicts", verdicts, VERDICT_COLUMNS, list(verdicts["reason"] == Reason.MINIMUM_GROUP))
    yield Table("teams", teams, TEAM_COLUMNS, _withheld(teams))
    if not units.empty:
        yield Table("units", units, UNIT_COLUMNS, _withheld(units))
    if released.worth_watching is not None:
        yield Table("worth_watching", released.worth_watching, ["team_id"])
    yield Table("scales", released.scales, SCALE_COLUMNS)
    if goes_with is not None and not (slopes := slopes_table(goes_with)).empty:
        yield Table("slopes", slopes, SLOPES)
    yield Table("problems", problems_table(released.problems), PROBLEM_COLUMNS)


def _withheld(rows: pd.DataFrame) -> list[bool]:
    reasons = rows["withheld"]
    return list(reasons.notna() & (reasons.astype(str) != ""))


def _table(sheet: Sheet, table: Table, words: Mapping[str, str]) -> None:
    """A sheet of one table: headings that stay in view, filters, a row per row."""
    columns = [_said(workbook_words.column(table.name, name), words) for name in table.columns]
    sheet.headings([column.heading for column in columns])
    withheld = table.withheld or [False] * len(table.rows)
    for at, (name, column) in enumerate(zip(table.columns, columns, strict=True)):
        for row, (value, grey) in enumerate(zip(table.rows[name].tolist(), withheld, strict=True), start=1):
            sheet.cell(row, at, value, column.kind, grey=grey)
    sheet.filter(len(table.rows), len(columns))
    sheet.fit()


def _said(column: Column, words: Mapping[str, str]) -> Column:
    return column._replace(heading=column.heading.format(**words), what=column.what.format(**words))


def _columns(tables: Sequence[Table], words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """What each column of each sheet is."""
    for table in tables:
        for name in table.columns:
            column = _said(workbook_words.column(table.name, name), words)
            yield SHEETS[table.name], column.heading, name, column.what, workbook_words.UNITS[column.kind]


def _organization(sheet: Sheet, whole: Mapping[str, Any], words: Mapping[str, str]) -> None:
    """Figures of the whole organisation, a row each."""
    sheet.headings(workbook_words.FIGURE_HEADINGS)
    row = 0
    for name, value in whole.items():
        if name in workbook_words.APART:
            continue
        heading = workbook_words.ORGANIZATION.get(name, name.replace("_", " ")).format(**words)
        for said, figure in _leaves(heading, value):
            row += 1
            sheet.cell(row, 0, said, workbook_words.TEXT)
            sheet.cell(row, 1, figure, workbook_words.COUNT if isinstance(figure, int) else workbook_words.FIGURE)
    sheet.fit(widest=80)


def _leaves(said: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every figure within a value with the way to it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name not in workbook_words.IN_A_SHEET:
                yield from _leaves(f"{said}: {str(name).replace('_', ' ')}", part)
    elif isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value, start=1):
            yield from _leaves(f"{said} {number}", part)
    elif isinstance(value, list | tuple):
        yield said, ", ".join(map(str, value))
    elif isinstance(value, bool):
        yield said, workbook_words.YES_NO[value]
    elif hasattr(value, "item"):
        yield from _leaves(said, value.item())
    else:
        yield said, None if isinstance(value, float) and not math.isfinite(value) else value
