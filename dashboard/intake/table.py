"""
Table: the rows of a file as columns, each cell text kept once.

A column of a million cells holds few different texts. A `Column` keeps each text once and a code per row, so
that whatever must be understood (a number, a label, a period, a hidden character) is understood once per text,
and everything per row is arithmetic on codes. Reading carefully and reading fast both end in a `Table`; nothing
after it knows which way it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dashboard.intake import vocabulary

Counts = npt.NDArray[np.int64]
RowCodes = npt.NDArray[np.integer]


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """
    Parameters
    ----------
    place : position in the file, from 1.
    name : as in the header, unique in its table.
    text : the question, "" where the header only has a name.
    values : (distinct,) cells as written but for white space around, each once; "" where empty.
    codes : (rows,) index into `values`.
    plain : whether it is known that the values are visible ASCII texts that mean themselves, stand in order, and are
        each held by some row, so that none need be looked at.
    """

    place: int
    name: str
    text: str = ""
    values: tuple[str, ...]
    codes: RowCodes
    plain: bool = False

    @cached_property
    def counts(self) -> Counts:
        """(distinct,) number of rows that hold each value."""
        if self.codes.itemsize == 1 and len(self.values) < 32:  # comparing bytes is faster than counting them
            return np.array([np.count_nonzero(self.codes == code) for code in range(len(self.values))], dtype=np.int64)
        return np.bincount(self.codes, minlength=len(self.values))

    @property
    def filled(self) -> int:
        """Number of cells that are not empty."""
        return len(self.codes) - (int(self.counts[self.values.index("")]) if "" in self.values else 0)

    @property
    def question(self) -> str:
        """The text a respondent met, the name where nothing else is known."""
        return self.text or self.name

    def first(self, value: int) -> int:
        """The first row that holds a value, by its code."""
        return int(np.argmax(self.codes == value))

    def rows(self, values: Sequence[int]) -> npt.NDArray[np.intp]:
        """Rows that hold any of some values, by their codes."""
        chosen = np.zeros(len(self.values), dtype=bool)
        chosen[list(values)] = True
        return np.flatnonzero(chosen[self.codes])

    def take(self, rows: npt.NDArray[np.intp]) -> Column:
        """The column of some rows only, with the values that they hold, in the order of the rows."""
        codes, used = pd.factorize(self.codes[rows])
        return replace(self, values=tuple(self.values[code] for code in used), codes=codes.astype(np.int32))


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """
    Parameters
    ----------
    columns : those that were read, in the file's order.
    width : number of columns of the file.
    lines : (rows,) record number of each row in its file, from 1.
    header_rows : records that name or label the columns.
    first_data_row : record number of the first response.
    short : record numbers of the rows that had fewer cells than the header.
    """

    columns: tuple[Column, ...]
    width: int
    lines: npt.NDArray[np.int32]
    header_rows: int
    first_data_row: int
    short: frozenset[int] = frozenset()

    @property
    def rows(self) -> int:
        """Number of rows of data."""
        return len(self.lines)

    def __getitem__(self, name: str) -> Column:
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {vocabulary.key(column.name): column.name for column in reversed(self.columns)}

    def named_alike(self, wanted: str) -> str | None:
        """
        The column that a name means: the very name, else one that differs in case and signs only.

        >>> column = column_of(["Alpha"], place=1, name="Team ID")
        >>> table = Table(columns=(column,), width=1, lines=np.array([2]), header_rows=1, first_data_row=2)
        >>> table.named_alike("team_id"), table.named_alike("se_1")
        ('Team ID', None)
        """
        return wanted if wanted in self._by_name else self._by_key.get(vocabulary.key(wanted))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def take(self, rows: npt.NDArray[np.intp]) -> Table:
        """The table of some rows only."""
        columns = tuple(column.take(rows) for column in self.columns)
        return replace(self, columns=columns, lines=self.lines[rows])

    def head(self, rows: int) -> Table:
        """The first rows."""
        return self if self.rows <= rows else self.take(np.arange(rows))


def _each_once(cells: Sequence[str]) -> tuple[RowCodes, Sequence[str]]:
    """(rows,) codes, and the texts that they stand for in the order in which they come."""
    try:
        coded = pa.array(cells, type=pa.string()).dictionary_encode()
    except (pa.ArrowInvalid, UnicodeEncodeError):  # half a character, or more text than its offsets reach
        codes, texts = pd.factorize(np.array([*cells, ""], dtype=object)[:-1])
        return codes, texts
    return coded.indices.to_numpy(), coded.dictionary.to_pylist()


def column_of(cells: Sequence[str], *, place: int, name: str, text: str = "") -> Column:
    """
    A column from its cells.

    >>> column = column_of(["Alpha", "Beta ", "Alpha"], place=2, name="team")
    >>> column.values, column.codes.tolist(), column.counts.tolist()
    (('Alpha', 'Beta'), [0, 1, 0], [2, 1])
    """
    raw, distinct = _each_once(cells)
    again, values = pd.factorize(np.array([*(cell.strip() for cell in distinct), ""], dtype=object)[:-1])
    codes = again[raw].astype(np.int32) if len(distinct) else np.zeros(0, dtype=np.int32)
    return Column(place=place, name=name, text=text, values=tuple(values), codes=codes)
