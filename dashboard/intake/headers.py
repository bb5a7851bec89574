"""
Headers: which rows name the columns, and what the columns are called.

One row of names is the rule. Survey tools write codes over question texts (Qualtrics adds a row of JSON), or questions
that stretch over their choices (SurveyMonkey, LimeSurvey); people put titles above; some files have no header at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.intake import vocabulary
from dashboard.intake.cells import clean, measure, no_answer
from dashboard.intake.labels import label_of
from dashboard.intake.periods import is_dated
from dashboard.intake.records import Row

_SAMPLE = 60  # rows that are looked at
_IMPORT_ID = re.compile(r"^\{\s*[\"']ImportId[\"']")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_KNOWN = frozenset(vocabulary.TEAM + vocabulary.PERIOD + vocabulary.RESPONDENT) | {"metric", "value", "kind"}


@dataclass(frozen=True, slots=True)
class Header:
    """
    `start`: index of the first row that names columns; `height`: number of such rows, 0 where there is none.
    """

    start: int
    height: int

    @property
    def end(self) -> int:
        """Index of the first row below."""
        return self.start + self.height


# ── the header ────────────────────────────────────────────────────────────────────────────────────


def find_header(rows: Sequence[Row], filled: Sequence[int]) -> Header:
    start = _first_of_table(rows, filled)
    sample = [rows[place] for place in filled if place >= start][:_SAMPLE]
    if len(sample) > 2 and any(_IMPORT_ID.match(cell.strip()) for cell in sample[2]):
        return Header(start, 3)
    if len(sample) > 1 and any(_IMPORT_ID.match(cell.strip()) for cell in sample[1]):
        return Header(start, 2)
    if _is_data(sample[0], sample[1:]):
        return Header(start, 0)
    height = 1
    while height < min(3, len(sample)) and _names_too(sample[height], sample[:height], sample[height + 1 :]):
        height += 1
    return Header(start, height)


def _first_of_table(rows: Sequence[Row], filled: Sequence[int]) -> int:
    """The first row below the titles: titles fill a single cell of a table of three columns or more."""
    width = Counter(len(rows[place]) for place in filled[:_SAMPLE]).most_common(1)[0][0]
    if width < 3:
        return filled[0]
    for place in filled[:12]:
        if sum(bool(cell.strip()) for cell in rows[place]) > 1:
            return place
    return filled[0]


def _is_data(first: Row, rest: Sequence[Row]) -> bool:
    """Whether the first row is a response: numbers or periods stand where the rows below have them."""
    cells = [cell.strip() for cell in first]
    if any(vocabulary.key(cell) in _KNOWN for cell in cells):
        return False
    alike = [place for place, cell in enumerate(cells) if is_valued(cell) and _share_valued(rest, place) > 0.6]
    numbers = [cells[place] for place in alike]
    if numbers and numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(numbers) > 2:
        return False
    return len(alike) >= max(1, len(cells) // 4)


def _names_too(row: Row, above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether a row goes on labelling the columns: it fills blanks of the row above, or is text over numbers."""
    if not below:
        return False
    cells = [cell.strip() for cell in row]
    upper = [cell.strip() for cell in above[-1]]
    if vocabulary.TOTAL.match(cells[0]) or cells == upper:
        return False
    fills = sum(bool(cell) and not up and not is_valued(cell) for cell, up in zip(cells, upper, strict=False))
    if fills >= 2 and fills >= sum(not up for up in upper) * 0.6 and not any(map(is_valued, cells)):
        return True
    return labels_columns(cells, below)


def labels_columns(cells: Sequence[str], below: Sequence[Row]) -> bool:
    """
    Text where the column below holds numbers or few repeated answers, in most columns that can tell.

    A row with a date where the column below has dates is a response, however unlike the others its words are.
    """
    telling = differing = 0
    for place, cell in enumerate(cells):
        column = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        if not cell or len(column) < 1:
            continue
        if is_dated(cell) and all(map(is_dated, column)):
            return False
        if _share_valued(below, place) > 0.6:
            telling, differing = telling + 1, differing + (not is_valued(cell) and not no_answer(cell))
        elif len(column) > 5 and len(set(column)) < len(column) / 2:
            telling, differing = telling + 1, differing + (cell not in column and label_of(cell) is None)
    return telling >= 2 and differing >= 0.6 * telling


def _share_valued(rows: Sequence[Row], place: int) -> float:
    cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
    return sum(map(is_valued, cells)) / len(cells) if cells else 0.0


def is_valued(cell: str) -> bool:
    """Whether a cell is a value rather than a word: a number or a date."""
    return bool(cell) and (measure(cell) is not None or is_dated(cell))


# ── names ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    text: str


def width_of(rows: Sequence[Row], filled: Sequence[int], header: Header) -> int:
    if header.height:
        return max(len(row) for row in rows[header.start : header.end])
    return Counter(len(rows[place]) for place in filled).most_common(1)[0][0]


def names_of(header: Sequence[Row], width: int) -> list[Named]:
    """
    A name and a question text per column.

    Codes above texts (Qualtrics) give both. A question over its choices (SurveyMonkey, LimeSurvey) fills to the right
    and is joined with each choice; "Response" alone says nothing.
    """
    rows = [[_plain(cell) for cell in row] + [""] * (width - len(row)) for row in header]
    rows = [row for row in rows if not any(_IMPORT_ID.match(cell) for cell in row)]
    if not rows:
        return [Named("", "")] * width
    if len(rows) == 1:
        return [Named(cell, "") for cell in rows[0]]
    if sum(map(bool, rows[0])) >= 0.9 * sum(map(bool, rows[1])) and not _spread(rows):
        return [Named(name or text, text) for name, text in zip(rows[0], rows[1], strict=True)]
    return _joined_names(rows)


def _spread(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the upper row has questions that stretch over several choices below."""
    return sum(bool(low) and not up for up, low in zip(rows[0], rows[1], strict=True)) >= 2 or (
        sum(low in _ANY_RESPONSE for low in rows[1]) > len(rows[1]) / 2
    )


_ANY_RESPONSE = frozenset(("Response", "Open-Ended Response", "Antwort", "Réponse", "Respuesta"))


def _joined_names(rows: Sequence[Sequence[str]]) -> list[Named]:
    named, question = [], ""
    for upper, *lower in zip(*rows, strict=True):
        question = upper or question
        choices = [cell for cell in lower if cell and cell not in _ANY_RESPONSE]
        text = " – ".join(part for part in (question, *choices) if part)
        named.append(Named(text if choices or upper else "", text if choices or upper else ""))
    return named


def _plain(cell: str) -> str:
    """A header cell without markup, hidden characters and line breaks."""
    return " ".join(clean(_TAGS.sub(" ", cell)).text.split())
