"""
Records: text to rows of cells, by the dialect it is written in.

Rows are CSV records: a quoted cell may hold line breaks. Only CR LF, LF, or CR alone (where no LF occurs) end a
row; the other characters that Unicode calls line breaks are text. Quotes that go wrong are noted with their row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.intake.notes import SHOWN, Notes

LONGEST_CELL = 32_768  # characters; longer ones are no answer, and mostly a quote that is never closed
_LOOKED_AT = 400_000  # characters that are enough to see how rows are written
DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'^\s*"?sep=(.)"?\s*$', re.IGNORECASE)
_SAMPLE = 100

Row = list[str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows are written; `delimiter` is `None` where nothing separates cells, `skipped` counts a `sep=` line."""

    delimiter: str | None
    quote: str
    newline: str
    skipped: int = 0


def dialect_of(text: str) -> Dialect:
    """
    The dialect of a text, from its first rows.

    >>> dialect_of("team;se_1\\nAlpha;3,5\\n").delimiter
    ';'
    """
    newline = "\n" if "\n" in text else "\r"
    text = _begun(text, newline)
    first, _, rest = text.partition(newline)
    if match := _SEPARATOR_LINE.match(first):
        return Dialect(match[1], _quote_of(rest, match[1], newline), newline, skipped=1)
    shapes = {d: _shape(text, Dialect(d, '"', newline)) for d in DELIMITERS}
    best = max(DELIMITERS, key=lambda d: shapes[d])
    if shapes[best] <= 0:
        return Dialect(None, '"', newline)
    return Dialect(best, _quote_of(text, best, newline), newline)


def _begun(text: str, newline: str) -> str:
    """The first rows of a long text, whole as long as they are no longer than any row may be."""
    if len(text) <= _LOOKED_AT:
        return text
    end = text.find(newline, _LOOKED_AT, 2 * _LOOKED_AT)
    return text[: _LOOKED_AT if end < 0 else end + 1]


def _shape(text: str, dialect: Dialect) -> float:
    """How well a delimiter fits: the number of cells of most rows, weighed by how many rows and the first agree."""
    rows = [row for row in split(text, dialect, Notes(""), limit=_SAMPLE) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0.0
    width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]))
    fitting = agreeing / len(rows) * (1.0 if len(rows[0]) == width else 0.5)
    return fitting**2 * (width - 1)


def _quote_of(text: str, delimiter: str, newline: str) -> str:
    cells = text.partition(newline)[0].strip("\r").split(delimiter)
    single = [cell for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'"]
    return "'" if len(single) > len(cells) / 2 else '"'


def split(text: str, dialect: Dialect, notes: Notes, limit: int | None = None) -> list[Row]:
    """
    The rows of a text; the place of a row in the list plus one is its record number.

    Parameters
    ----------
    limit : stop after so many rows.

    >>> dialect = Dialect(",", '"', "\\n")
    >>> split('a,b\\n"x, y","two\\nlines"\\n', dialect, Notes("f.csv"))
    [['a', 'b'], ['x, y', 'two\\nlines']]
    """
    lines = text.split(dialect.newline)
    if lines and not lines[-1]:
        lines.pop()
    if dialect.newline == "\n":
        lines = [line.removesuffix("\r") for line in lines]
        lines = _without_lone_returns(lines, dialect.delimiter or ",")
    if dialect.delimiter is None:
        return [[line] for line in lines[:limit]]
    return _Splitter(lines, dialect, notes).rows(len(lines) if limit is None else limit)


def _without_lone_returns(lines: list[str], delimiter: str) -> list[str]:
    """Lines cut at a CR where each part is a whole row, as in files joined from two systems."""
    if not any("\r" in line for line in lines):
        return lines
    cells = min(line.count(delimiter) for line in lines[:20])
    cut = []
    for line in lines:
        parts = line.split("\r")
        whole = len(parts) > 1 and all(part.count(delimiter) >= max(cells, 1) for part in parts)
        cut += parts if whole else [line]
    return cut


def _well_quoted(line: str, quote: str, delimiter: str) -> Row | None:
    """
    The cells of a row each of whose quotes opens or closes a whole cell; `None` where one does not, or is doubled.

    >>> _well_quoted("'a';b;;'c;d'", "'", ";"), _well_quoted("a'b", "'", ";"), _well_quoted("'a ''b'", "'", ";")
    (['a', 'b', '', 'c;d'], None, None)
    """
    outside, inside = line.split(quote)[::2], line.split(quote)[1::2]
    last = len(outside) - 1
    if last != len(inside) or not last:
        return None
    cells: Row = []
    for place, part in enumerate(outside):
        start, end = place > 0, place < last
        if part or (start and end):
            if (start and not part.startswith(delimiter)) or (end and not part.endswith(delimiter)):
                return None
            if not (start and end) or part != delimiter:
                cells += part[start : len(part) - end].split(delimiter)
        if end:
            cells.append(inside[place])
    return cells


class _Splitter:
    """Cuts lines into rows, and remembers where it is."""

    def __init__(self, lines: Sequence[str], dialect: Dialect, notes: Notes) -> None:
        q, d = re.escape(dialect.quote), re.escape(dialect.delimiter or ",")
        self.lines, self.dialect, self.notes = lines, dialect, notes
        self.cell = re.compile(rf"(?: *{q}((?:[^{q}]|{q}{q})*+){q}([^{d}]*+)|([^{d}]*+))({d}|\Z)")
        self.opened = re.compile(rf" *{q}")
        self.place, self.unclosed, self.strays = dialect.skipped, 0, 0
        self.done: list[Row] = [[] for _ in range(dialect.skipped)]

    def rows(self, limit: int) -> list[Row]:
        quote, delimiter = self.dialect.quote, self.dialect.delimiter
        while self.place < len(self.lines) and len(self.done) < limit:
            line = self.lines[self.place]
            self.place += 1
            if quote not in line:
                self.done.append(line.split(delimiter))
            else:
                self.done.append(_well_quoted(line, quote, delimiter or ",") or self._quoted(line))
        return self.done

    def _quoted(self, line: str) -> Row:
        """The cells of a row with quotes; a quoted cell may go on over several lines."""
        cells: Row = []
        at, end = 0, "start"
        quote, delimiter = self.dialect.quote, self.dialect.delimiter or ","
        while end:
            opened = line.find(quote, at)
            if opened < 0:
                return cells + line[at:].split(delimiter)
            if (cut := line.rfind(delimiter, at, opened)) >= 0:  # the cells without quotes before it
                cells += line[at:cut].split(delimiter)
                at = cut + 1
            match = self.cell.match(line, at)
            if match is None:  # cannot be: the pattern matches any text
                return cells
            inside, tail, plain, end = match.groups()
            if inside is None and self.opened.match(plain):
                if len(plain) <= LONGEST_CELL and (more := self._until_next_quote()):
                    line, end = f"{line}\n{more}", "open"
                    continue
                self._never_closed()
            elif inside is None and plain.count(quote) % 2 and quote == '"':
                self._note_stray(len(cells))
            if inside is not None:
                self._check(inside, tail.strip(), len(cells))
                plain = inside.replace(quote * 2, quote) + tail.rstrip()
            cells.append(plain)
            at = match.end()
        return cells

    def _until_next_quote(self) -> str:
        """The lines up to the next one with a quote, "" where there is none."""
        for place in range(self.place, len(self.lines)):
            if self.dialect.quote in self.lines[place]:
                taken, self.place = self.lines[self.place : place + 1], place + 1
                return "\n".join(taken)
        return ""

    def _check(self, inside: str, tail: str, cell: int) -> None:
        """Note a quote closed too early, or too late: then the cell has swallowed whole rows."""
        header = next((row for row in self.done if len(row) > 1), [])
        inner = inside.split("\n")[1:-1]
        swallowed = len(header) > 2 and any(
            line.count(self.dialect.delimiter or ",") >= len(header) - 1 for line in inner
        )
        if swallowed or (tail and "\n" in inside):
            self._never_closed()
        elif tail:
            self.notes.warning(
                "text follows the closing quote of a cell: the quote was closed too early",
                "It was kept as part of the cell; double the quotes inside quoted text",
                line=len(self.done) + 1,
                column=header[cell].strip() if cell < len(header) else f"Column {cell + 1}",
            )

    def _note_stray(self, cell: int) -> None:
        self.strays += 1
        if self.strays <= SHOWN:
            header = next((row for row in self.done if len(row) > 1), [])
            self.notes.warning(
                "a single quotation mark stands in a cell without quotes",
                "It was kept as part of the cell; check that no quote was lost",
                line=len(self.done) + 1,
                column=header[cell].strip() if cell < len(header) else f"Column {cell + 1}",
            )

    def _never_closed(self) -> None:
        self.unclosed += 1
        if self.unclosed > SHOWN:
            return
        self.notes.error(
            "a quote opened here is never closed", "Close it, or export the file again", line=len(self.done) + 1
        )
