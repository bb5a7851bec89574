"""
Layout: which rows name the columns, which are responses, and which are neither.

Survey tools put one, two or three rows above the responses; people add titles, totals, footnotes and second
tables. What is left out is noted, and a shape that could give wrong answers (shifted cells) is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from dashboard.intake import vocabulary
from dashboard.intake.cells import measure
from dashboard.intake.headers import Header, Named, find_header, is_valued, labels_columns, names_of, width_of
from dashboard.intake.limits import note_long_cells
from dashboard.intake.notes import SHOWN, Notes, counted, joined, listed
from dashboard.intake.records import Row
from dashboard.intake.table import Column, Table, column_of

LONGEST_NAME = 1000  # characters; longer headers are shortened
_SAMPLE = 60


def lay_out(rows: Sequence[Row], notes: Notes, *, cut: bool = False) -> Table | None:
    """
    The table in the rows of a file; `None` when there is none, with the reason in the notes.

    Parameters
    ----------
    rows : every record; its place plus one is its record number.
    cut : whether the text ends without a line break, as after an upload that broke off.
    """
    filled = [place for place, row in enumerate(rows) if "".join(row).strip()]
    if not filled:
        notes.error("the file has no header and no rows", "Export it again with its responses")
        return None
    header = find_header(rows, filled)
    _note_titles([place for place in filled if place < header.start], notes)
    note_long_cells(rows, header.end, notes)
    names = names_of(rows[header.start : header.end], width_of(rows, filled, header))
    body = [place for place in filled if place >= header.end]
    body = _without_repeats(rows, body, header, notes)
    body = _without_endings(rows, body, len(names), notes)
    if _second_table(rows, body, len(names), notes):
        return None
    if header.height == 0:
        notes.warning(
            "the first row looks like data, not like names of columns",
            "The columns were numbered: confirm what they are, or add a header row",
            line=header.start + 1,
        )
    if not body:
        notes.error("the file has a header but no responses", "Export it again with its responses")
        return None
    cells = _squared(rows, body, len(names), notes, cut)
    if notes.refused:
        return None
    short = frozenset(place + 1 for place in body if len(rows[place]) < len(names))
    return _table(names, header, cells, body, notes, short)


# ── rows that are no responses ────────────────────────────────────────────────────────────────────


def _note_titles(titles: Sequence[int], notes: Notes) -> None:
    if titles:
        rows = f"rows {listed(place + 1 for place in titles)} hold" if len(titles) > 1 else f"row {titles[0] + 1} holds"
        notes.warning(
            f"{rows} a title above the header",
            "Left out; check that the names of columns are right",
            line=titles[0] + 1,
        )


def _without_repeats(rows: Sequence[Row], body: Sequence[int], header: Header, notes: Notes) -> list[int]:
    heads = {_stripped(row) for row in rows[header.start : header.end]}
    starts = {head[0] for head in heads}
    repeats = [place for place in body if rows[place][0].strip() in starts and _stripped(rows[place]) in heads]
    for place in repeats[:SHOWN]:
        notes.warning(
            "this row repeats the header, as where files were joined",
            "It was left out; check that all parts belong to this survey",
            line=place + 1,
        )
    gone = set(repeats)
    return [place for place in body if place not in gone]


def _stripped(row: Row) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)


def _without_endings(rows: Sequence[Row], body: Sequence[int], width: int, notes: Notes) -> list[int]:
    """Without totals anywhere and footnotes at the end."""
    gaps = [place for place in body if "" in rows[place] or len(rows[place]) < width]
    totals = {p for p in gaps if _may_be_total(rows[p]) and _is_total(rows[p], vocabulary.GRAND_TOTAL)}
    if _are_named_so(rows, totals, body):
        totals = set()
    kept = [place for place in body if place not in totals]
    footnotes = []
    while len(kept) > 1 and (_is_footnote(rows[kept[-1]], width) or _is_total(rows[kept[-1]], vocabulary.TOTAL)):
        footnotes.append(kept.pop())
    left_out = sorted([*totals, *footnotes])
    if left_out:
        what = "rows are" if len(left_out) > 1 else "row is"
        notes.warning(
            f"rows {listed(place + 1 for place in left_out)} hold totals or footnotes"
            if len(left_out) > 1
            else f"row {left_out[0] + 1} holds a total or a footnote",
            f"The {what} no response and was left out".replace("are no response and was", "are no responses and were"),
            line=left_out[0] + 1,
        )
    return kept


def _are_named_so(rows: Sequence[Row], totals: set[int], body: Sequence[int]) -> bool:
    """Whether the word of supposed totals also stands in whole rows: then a team is called so."""
    words = {cell for place in totals for cell in rows[place] if vocabulary.GRAND_TOTAL.match(cell.strip())}
    return any(word in rows[place] for word in words for place in body if place not in totals)


def _may_be_total(row: Row) -> bool:
    """Whether a row can hold one of the words for a grand total at all: most rows are told apart by this alone."""
    text = "\n".join(row).casefold()
    return any(word in text for word in vocabulary.IN_GRAND_TOTAL)


def _is_total(row: Row, word: re.Pattern[str]) -> bool:
    """A word such as Total, all other names empty, and numbers beside it."""
    cells = _stripped(row)
    if not any(word.match(cell) for cell in cells) or all(cells):
        return False
    words = [cell for cell in cells if cell and measure(cell) is None]
    return len(words) == 1 and sum(map(bool, cells)) > 1


def _is_footnote(row: Row, width: int) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) != 1 or width < 3:
        return False
    only = filled[0]
    return bool(vocabulary.FOOTNOTE.match(only) or vocabulary.TOTAL.match(only)) or len(only.split()) > 3


def _second_table(rows: Sequence[Row], body: Sequence[int], width: int, notes: Notes) -> bool:
    """Whether another table starts below a blank row: words where this one has values, or another shape."""
    for before, place in pairwise(body):
        if place == before + 1:
            continue
        cells = [cell.strip() for cell in rows[place]]
        words = sum(bool(cell) and not is_valued(cell) for cell in cells)
        other = len(cells) != width and len(rows[place]) == len(rows[min(place + 1, len(rows) - 1)])
        if (
            words > 1
            and words == sum(map(bool, cells))
            and (other or labels_columns(cells, [rows[p] for p in body[:_SAMPLE]]))
        ):
            notes.error("a second table starts here", "Save each table in a file of its own", line=place + 1)
            return True
    return False


# ── squaring ──────────────────────────────────────────────────────────────────────────────────────


def _squared(rows: Sequence[Row], body: Sequence[int], width: int, notes: Notes, cut: bool) -> list[Row]:
    """Every row with `width` cells: short ones are filled, empty surplus is cut, longer ones are refused."""
    cells = [rows[place] for place in body]
    short = [(place, len(row)) for place, row in zip(body, cells, strict=True) if len(row) < width]
    longer = [(place, row) for place, row in zip(body, cells, strict=True) if len(row) > width]
    trailing = len(longer) > len(cells) / 2  # every row ends in a delimiter
    long = [(place, len(row)) for place, row in longer if not trailing or any(cell.strip() for cell in row[width:])]
    _note_long(long, width, notes)
    _note_short(short, width, notes, last=body[-1] if cut else -1)
    if not short and all(len(row) == width for row in cells):
        return cells
    return [row[:width] + [""] * (width - len(row)) for row in cells]


def _note_long(long: Sequence[tuple[int, int]], width: int, notes: Notes) -> None:
    for place, found in long[:SHOWN]:
        notes.error(
            f"the row has {found} cells where the header has {width}: its cells have shifted",
            "Put text that holds the delimiter in quotes, or export the file again",
            line=place + 1,
        )
    if len(long) > SHOWN:
        notes.error(f"{len(long) - SHOWN:,} more rows are longer than the header", "Export the file again")


def _note_short(short: Sequence[tuple[int, int]], width: int, notes: Notes, last: int) -> None:
    for place, found in short[:SHOWN]:
        if place == last:
            notes.warning(
                f"the last row has {counted(found, 'cell')}, {width} expected, and no end of line, "
                "as if the file had been cut",
                "Missing answers were left empty; compare the number of rows, or export the file again",
                line=place + 1,
            )
        else:
            notes.warning(
                f"the row has {counted(found, 'cell')}, {width} expected",
                "Missing answers were left empty; check the row",
                line=place + 1,
            )
    if len(short) > SHOWN:
        rest = counted(len(short) - SHOWN, "more row has", "more rows have")
        notes.warning(f"{rest} fewer cells than the header", "Missing answers were left empty; check the rows")


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def _table(
    names: Sequence[Named],
    header: Header,
    cells: Sequence[Row],
    body: Sequence[int],
    notes: Notes,
    short: frozenset[int],
) -> Table:
    columns = [
        column_of(column, place=place, name=named.name, text=named.text)
        for place, (named, column) in enumerate(zip(names, zip(*cells, strict=True), strict=True), start=1)
    ]
    return Table(
        columns=tuple(_with_names(columns, notes, numbered=header.height == 0)),
        width=len(names),
        lines=np.array(body, dtype=np.int32) + 1,
        header_rows=header.height,
        first_data_row=body[0] + 1,
        short=short,
    )


def _with_names(columns: Sequence[Column], notes: Notes, numbered: bool) -> Iterable[Column]:
    """The columns with unique names; nameless empty ones go."""
    empty = [column.place for column in columns if not column.name and not column.filled]
    nameless = [column.place for column in columns if not column.name and column.filled]
    if empty and not numbered:
        several = len(empty) > 1
        notes.warning(
            f"{'columns' if several else 'column'} {listed(empty)} {'have' if several else 'has'} no name and "
            f"{'are' if several else 'is'} empty",
            f"{'They were' if several else 'It was'} ignored",
        )
    for place in nameless if not numbered else ():
        notes.warning(f"column {place} has answers but no name", f"It is called Column {place}: name it in the header")
    ignored = set(empty)
    kept = [_shortened(column, notes) for column in columns if column.place not in ignored]
    return _unique(kept, notes)


def _shortened(column: Column, notes: Notes) -> Column:
    name = column.name or f"Column {column.place}"
    if len(name) > LONGEST_NAME:
        notes.warning(
            f"the name of column {column.place} has {len(name):,} characters", "It was shortened: check the header"
        )
        name = name[:200].rstrip() + "…"
    return Column(
        place=column.place, name=name, text=column.text[:LONGEST_NAME], values=column.values, codes=column.codes
    )


def _unique(columns: Sequence[Column], notes: Notes) -> list[Column]:
    places: dict[str, list[int]] = {}
    for column in columns:
        places.setdefault(column.name, []).append(column.place)
    for name, twice in places.items():
        if len(twice) > 1:
            notes.warning(
                f'columns {listed(twice)} have the same name, "{name}"',
                "The later ones carry a number now: rename them",
                column=name,
            )
    _note_same_text(columns, notes)
    taken, done = set(places), []
    for column in columns:
        name = column.name
        if place_in(places[name], column.place):
            name = _next_free(name, place_in(places[name], column.place) + 1, taken)
        done.append(Column(place=column.place, name=name, text=column.text, values=column.values, codes=column.codes))
    return done


def place_in(places: Sequence[int], place: int) -> int:
    """How many of the places come before one."""
    return list(places).index(place)


def _next_free(name: str, number: int, taken: set[str]) -> str:
    while f"{name} ({number})" in taken:
        number += 1
    taken.add(f"{name} ({number})")
    return f"{name} ({number})"


def _note_same_text(columns: Sequence[Column], notes: Notes) -> None:
    texts = Counter(column.text for column in columns if column.text and column.text != column.name)
    for text in [text for text, times in texts.items() if times > 1][:SHOWN]:
        same = [column.name for column in columns if column.text == text]
        notes.warning(
            f"columns {joined(same)} ask the same question", "Check which of them belong to the scales", column=same[0]
        )
