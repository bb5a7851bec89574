"""
Two columns, one period: a year beside a quarter, a half or a month.

The period is added to the table as a column of its own, called by both names, so that an instrument can name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from dashboard.intake import vocabulary
from dashboard.intake.names import joined_column
from dashboard.intake.table import Column, Table
from dashboard.terms import Period

_YEARS = frozenset(("year", "survey_year", "fiscal_year", "jahr", "année", "annee", "año", "ano", "anno"))
_YEAR = re.compile(r"^((?:19|20)\d\d)(?:\.0)?$")
_PARTS: tuple[tuple[frozenset[str], str, int], ...] = (
    (frozenset(("quarter", "survey_quarter", "quartal", "trimestre", "trim", "qtr", "q")), "Q", 4),
    (frozenset(("half", "half_year", "semester", "halbjahr", "semestre")), "H", 2),
    (frozenset(("month", "survey_month", "monat", "mois", "mes")), "", 12),
)
_NUMBER = re.compile(r"^(?:[A-Za-z]{1,10}\.?\s*)?0?(\d{1,2})(?:\.0|\.?\s*[^\W\d]+)?$")


def with_period(table: Table) -> Table:
    """
    The table with a column for the period that a year and a part of it make; as it is where there are no such two.

    >>> from dashboard.intake.table import column_of
    >>> import numpy as np
    >>> year = column_of(["2026", "2026"], place=1, name="Year")
    >>> quarter = column_of(["1", "Q2"], place=2, name="Quarter")
    >>> table = Table(columns=(year, quarter), width=2, lines=np.array([2, 3]), header_rows=1, first_data_row=2)
    >>> with_period(table)["Year + Quarter"].values
    ('2026-Q1', '2026-Q2')
    """
    years = [column for column in table.columns if vocabulary.key(column.name) in _YEARS]
    year = next((column for column in years if _all(column, _is_year)), None)
    if year is None:
        return table
    for words, letter, most in _PARTS:
        for column in table.columns:
            if vocabulary.key(column.name) in words and _all(column, partial(_is_part, most)):
                return _joined(table, year, column, letter)
    return table


def _is_year(value: str) -> bool:
    return _YEAR.match(value) is not None


def _all(column: Column, fits: Callable[[str], bool]) -> bool:
    values = [value for value in column.values if value]
    return bool(values) and all(map(fits, values))


def _is_part(most: int, value: str) -> bool:
    if match := _NUMBER.match(value):
        return 1 <= int(match[1]) <= most
    return most == 12 and Period.parse(f"{value} 2026").dated


def _joined(table: Table, year: Column, part: Column, letter: str) -> Table:
    pairs = joined_column([year, part])
    labels = tuple(_label(value.split(" ", 1), letter) for value in pairs.values)
    place = max(column.place for column in table.columns) + 1
    column = replace(pairs, place=place, values=labels, name=f"{year.name} + {part.name}", text="")
    return replace(table, columns=(*table.columns, column))


def _label(parts: Sequence[str], letter: str) -> str:
    """2026 and 1 as `2026-Q1`; nothing where either is empty."""
    year = _YEAR.match(parts[0])
    if year is None or len(parts) < 2:
        return ""
    number = _NUMBER.match(parts[1])
    if number is None:
        return Period.parse(f"{parts[1]} {year[1]}").label
    return f"{year[1]}-{letter}{number[1]}" if letter else f"{year[1]}-{int(number[1]):02d}"
