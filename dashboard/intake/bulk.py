"""
Bulk: a million well-formed rows at the speed of the parser.

The first 1,000 rows are read carefully and settle dialect, layout and roles. If nothing about them is odd, pyarrow
parses the whole file: items as small integers, names by dictionary, other columns not at all. The first thing that
does not fit (another number of cells, a word among the answers, a blank line, a misplaced quote) ends the attempt,
and the careful reader takes the whole file. Both make the same `Table`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from dashboard.intake import ranks, vocabulary
from dashboard.intake.exporters import tool_of
from dashboard.intake.layout import lay_out
from dashboard.intake.limits import MOST_COLUMNS
from dashboard.intake.notes import Notes
from dashboard.intake.records import LONGEST_CELL, Dialect, dialect_of, split
from dashboard.intake.roles import SAMPLE, ColumnRole, assign_roles
from dashboard.intake.signatures import foreign
from dashboard.intake.table import Column, RowCodes, Table
from dashboard.intake.two_columns import with_period
from dashboard.terms import Instrument

FROM = 200_000  # bytes; smaller files are read carefully at once
_BLOCK = 4 << 20  # bytes handled at a time
_MARK = b"\xef\xbb\xbf"
_REPLACED = "\ufffd".encode()
_DICTIONARY = pa.dictionary(pa.int32(), pa.string())
_SMALL = pa.int8()


@dataclass(frozen=True, slots=True, eq=False)
class Fast:
    """A file that was read the fast way; `sample` is its beginning with every column."""

    table: Table
    sample: Table
    delimiter: str
    encoding: str
    tool: str | None


@dataclass(frozen=True, slots=True, eq=False)
class _Beginning:
    """What the first rows settle: `start` is the place of the first response's first byte."""

    table: Table
    roles: tuple[ColumnRole, ...]
    dialect: Dialect
    start: int
    tool: str | None


def read(content: bytes, instrument: Instrument | None) -> Fast | None:
    """
    A large well-formed survey; `None` where it is not, and must be read carefully.

    Parameters
    ----------
    content : the bytes of the file.
    instrument : decides roles, as in `assign_roles`.
    """
    if len(content) < FROM or _long_rows(content) or (begun := _beginning(content, instrument)) is None:
        return None
    body = _body(content, begun)
    if body is None or (content.find(b'"', begun.start) >= 0 and not _quotes_fit(body, begun.dialect)):
        return None
    parsed = _parse(body, begun)
    if parsed is None:
        return None
    pa.default_memory_pool().release_unused()
    table = _table(parsed, begun)
    del parsed
    pa.default_memory_pool().release_unused()  # the parser keeps what it used; the arrays to come need the room
    if not _whole(table, begun):
        return None
    encoding = "utf-8-sig" if content.startswith(_MARK) else "utf-8"
    return Fast(table, begun.table, begun.dialect.delimiter or ",", encoding, begun.tool)


# ── the beginning ─────────────────────────────────────────────────────────────────────────────────


def _beginning(content: bytes, instrument: Instrument | None) -> _Beginning | None:
    """The first rows, read carefully; `None` when anything about them is odd."""
    if foreign(content) is not None:
        return None
    mark = len(_MARK) if content.startswith(_MARK) else 0
    ends = _line_ends(content, mark, SAMPLE + 5)
    if len(ends) < 10:
        return None
    try:
        text = content[mark : ends[-1] + 1].decode("utf-8")
    except UnicodeDecodeError:
        return None
    notes = Notes("")
    dialect = dialect_of(text)
    rows = split(text, dialect, notes)
    fits = dialect.quote == '"' and len(rows) == len(ends) and max(map(len, rows)) <= MOST_COLUMNS
    table = lay_out(rows, notes) if fits else None
    if table is None or notes.problems or table.header_rows == 0:
        return None
    table = table.head(SAMPLE)
    if with_period(table) is not table:  # a period of two columns is put together with care
        return None
    roles = assign_roles(table, instrument)
    if not any(role.role == "item" for role in roles):
        return None
    return _Beginning(table, roles, dialect, ends[table.first_data_row - 2] + 1, tool_of(rows[:20]))


def _long_rows(content: bytes) -> bool:
    """Whether a row may hold a cell beyond the limit: some stretch of half as many bytes has no end of line."""
    starts = range(0, len(content), LONGEST_CELL // 2)
    return any(content.find(b"\n", start, start + LONGEST_CELL // 2) < 0 for start in starts[:-1])


def _line_ends(content: bytes, start: int, most: int) -> list[int]:
    ends: list[int] = []
    place = content.find(b"\n", start)
    while place >= 0 and len(ends) < most:
        ends.append(place)
        place = content.find(b"\n", place + 1)
    return ends


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────


def _body(content: bytes, begun: _Beginning) -> pa.Buffer | None:
    """The bytes of the responses, when they are whole UTF-8 lines without anything that text never holds."""
    if b"\x00" in content or not (content.isascii() or _utf8(content)):
        return None
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        return None
    end = len(content)
    if content[end - 2 :] in (b"\n\n", b"\r\n") and content[end - 4 :].count(b"\n") > 1:
        return None
    return pa.py_buffer(content).slice(begun.start)


def _utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8, without the sign that stands for what was unreadable before."""
    if _REPLACED in content:
        return False
    offsets = pa.py_buffer(np.array([0, len(content)], dtype=np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _quotes_fit(body: pa.Buffer, dialect: Dialect) -> bool:
    """Whether every quote opens at the start of a cell or closes at its end; doubled quotes are left to the careful."""
    signs = np.frombuffer(body, dtype=np.uint8)
    quotes = np.concatenate(list(_places(signs, ord('"'))))
    if len(quotes) % 2:
        return False
    outside = np.zeros(256, dtype=bool)
    outside[[ord(dialect.delimiter or ","), ord("\n"), ord("\r")]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = outside[signs[opening[1:] - 1]] if opening[0] == 0 else outside[signs[opening - 1]]
    after = outside[signs[closing[:-1] + 1]] if closing[-1] == len(signs) - 1 else outside[signs[closing + 1]]
    return bool(before.all() and after.all())


def _places(signs: npt.NDArray[np.uint8], sign: int) -> Iterator[npt.NDArray[np.intp]]:
    for start in range(0, max(len(signs), 1), _BLOCK):
        yield np.flatnonzero(signs[start : start + _BLOCK] == sign) + start


def _parse(body: pa.Buffer, begun: _Beginning) -> pa.Table | None:
    """The needed columns; whole numbers as small integers first, as text where that does not fit."""
    kinds = _kinds(begun)
    for types in (kinds, {name: kind if kind != _SMALL else _DICTIONARY for name, kind in kinds.items()}):
        try:
            return pa.csv.read_csv(
                pa.BufferReader(body),
                read_options=pa.csv.ReadOptions(column_names=_column_names(begun), block_size=_BLOCK),
                parse_options=pa.csv.ParseOptions(delimiter=begun.dialect.delimiter, ignore_empty_lines=False),
                convert_options=pa.csv.ConvertOptions(
                    column_types=types, include_columns=list(types), null_values=[""], strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "conversion error" not in str(error):
                return None
        if types == kinds and _SMALL not in kinds.values():
            return None
    return None


def _column_names(begun: _Beginning) -> list[str]:
    """A name per place in the file: the columns', and a stand-in for nameless empty ones."""
    named = {column.place: column.name for column in begun.table.columns}
    return [named.get(place, f"\x00{place}") for place in range(1, begun.table.width + 1)]


def _kinds(begun: _Beginning) -> dict[str, pa.DataType]:
    """Columns that are needed, and how to parse each."""
    kinds = {}
    for column, role in zip(begun.table.columns, begun.roles, strict=True):
        if role.role == "item":
            kinds[column.name] = _SMALL if _small_numbers(column) else _DICTIONARY
        elif role.role == "respondent":
            kinds[column.name] = pa.string()
        elif role.role in ("team", "period", "segment", "time") or _says_state(column):
            kinds[column.name] = _DICTIONARY
    return kinds


def _says_state(column: Column) -> bool:
    """Whether a column may say that a response is a test or unfinished."""
    return bool({vocabulary.key(column.name), vocabulary.key(column.text)} & vocabulary.STATE)


def _small_numbers(column: Column) -> bool:
    return all(value == "" or (value.isascii() and value.isdigit() and len(value) < 3) for value in column.values)


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def _table(parsed: pa.Table, begun: _Beginning) -> Table:
    rows = parsed.num_rows
    nothing = np.broadcast_to(np.zeros(1, dtype=np.int8), rows)
    with ThreadPoolExecutor() as threads:
        read = dict(zip(parsed.column_names, threads.map(_read_column, parsed.columns), strict=True))
    columns = [
        replace(column, **read.get(column.name, {"values": ("",), "codes": nothing, "plain": False}))
        for column in begun.table.columns
    ]
    first = begun.table.first_data_row
    return Table(
        columns=tuple(columns),
        width=begun.table.width,
        lines=np.arange(first, first + rows, dtype=np.int32),
        header_rows=begun.table.header_rows,
        first_data_row=first,
    )


def _read_column(cells: pa.ChunkedArray) -> dict[str, Any]:
    """The values and codes of a parsed column, and whether they are plain."""
    if cells.type == _SMALL:
        values, codes = _of_numbers(cells)
    elif pa.types.is_dictionary(cells.type):
        values, codes = _of_dictionary(cells.unify_dictionaries())
    else:
        return dict(zip(("values", "codes", "plain"), _of_texts(cells), strict=True))
    return {"values": values, "codes": codes, "plain": False}


def _of_numbers(cells: pa.ChunkedArray) -> tuple[tuple[str, ...], RowCodes]:
    """Small integers are codes already: counted from the least, the last one for an empty cell."""
    ends = pa.compute.min_max(cells)
    if not ends["min"].is_valid:
        return ("",), np.zeros(len(cells), dtype=np.uint8)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    numbers = _flat(cells.fill_null(high + 1 if high < 127 else -128)).to_numpy()
    codes = (numbers - np.int8(low)).view(np.uint8)
    return (*map(str, range(low, high + 1)), ""), codes


def _of_dictionary(cells: pa.ChunkedArray) -> tuple[tuple[str, ...], RowCodes]:
    if not cells.num_chunks:
        return (), np.zeros(0, dtype=np.int32)
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in cells.chunks])
    return _trimmed(cells.chunks[0].dictionary.to_pylist(), codes)


def _of_texts(cells: pa.ChunkedArray) -> tuple[tuple[str, ...], RowCodes, bool]:
    """Many different texts: their codes follow their order, so that nothing later need sort them."""
    flat = _flat(cells)
    if _plain(flat) and (ranked := ranks.ranked(*_parts(flat))) is not None:
        return *ranked, True
    encoded = flat.dictionary_encode()
    order = pa.compute.sort_indices(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    texts = encoded.dictionary.take(order)
    values, codes = texts.to_numpy(zero_copy_only=False).tolist(), rank[encoded.indices.to_numpy()]
    return (tuple(values), codes, True) if _plain(texts) else (*_trimmed(values, codes), False)


def _parts(texts: pa.StringArray) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Where each text ends (and the next begins), and their bytes."""
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32, count=len(texts) + 1)
    return ends, np.frombuffer(texts.buffers()[2], dtype=np.uint8, count=int(ends[-1]))


def _plain(texts: pa.StringArray) -> bool:
    """
    Whether texts are such that no cleaning changes one: visible ASCII throughout, each ends in a digit as no word for
    "no answer" does, and none can be a number that a spreadsheet wrote with an exponent.
    """
    if not len(texts) or texts.offset or texts.null_count:
        return False
    ends, signs = _parts(texts)
    if (ends[1:] == ends[:-1]).any() or signs.min() <= ord(" ") or signs.max() > ord("~") or (signs == ord("#")).any():
        return False
    last = signs.take(ends[1:] - 1)
    exponents = ((signs | 32) == ord("e")).any() and (signs.take(ends[:-1]) <= ord("9")).any()
    return bool(last.min() >= ord("0") and last.max() <= ord("9") and not exponents)


def _flat(cells: pa.ChunkedArray) -> pa.Array:
    flat = cells.combine_chunks()
    return flat.chunk(0) if isinstance(flat, pa.ChunkedArray) else flat


def _trimmed(values: Sequence[str], codes: npt.NDArray[np.int32]) -> tuple[tuple[str, ...], RowCodes]:
    """Without white space around the values; those that become one share a code."""
    trimmed = [value.strip() for value in values]
    if trimmed == values:
        return tuple(values), codes
    index: dict[str, int] = {}
    lookup = np.array([index.setdefault(value, len(index)) for value in trimmed], dtype=np.int32)
    return tuple(index), lookup[codes]


def _whole(table: Table, begun: _Beginning) -> bool:
    """Whether every row is a response: none that could be a total, a footnote or another header."""
    by_role: Mapping[str, list[Column]] = {
        wanted: [table[role.column] for role in begun.roles if role.role == wanted]
        for wanted in ("team", "period", "respondent")
    }
    named = [*by_role["team"], *by_role["period"]]
    if any("" in column.values for column in named):
        return False
    several = [column for column in named if len(column.values) < 100_000]
    return not any(
        value in (column.name, column.text) or (not value[-1].isdigit() and vocabulary.TOTAL.match(value))
        for column in several
        for value in column.values
    )
