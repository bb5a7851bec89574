"""
Names: teams, periods, segments and persons of a file as codes into cleaned names.

A name is kept as written but for what cannot be seen. Spellings of one team that differ in case, space or hidden
characters alone are one team, under its most frequent spelling, and this is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.intake.cells import clean, damaged_id, no_answer, spelling
from dashboard.intake.notes import SHOWN, Notes, counted, joined
from dashboard.intake.table import Column, Table

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """
    `values`: (distinct,) names, none empty; `codes`: (rows,) index into them, −1 where the cell is empty; `ordered`:
    whether it is known that the names stand in order and every one is held by some row.
    """

    values: tuple[str, ...]
    codes: Codes
    ordered: bool = False

    def present(self) -> tuple[str, ...]:
        """Names that some row holds."""
        if self.ordered:
            return self.values
        used = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))
        if used.all():
            return self.values
        return tuple(value for value, count in zip(self.values, used, strict=True) if count)


def joined_column(columns: Sequence[Column]) -> Column:
    """
    One column from several that name a thing together, such as battalion and company.

    Cells are joined by a space; the code of a row is found from the codes of its parts.
    """
    first = columns[0]
    for second in columns[1:]:
        pairs = first.codes.astype(np.int64) * len(second.values) + second.codes
        distinct, codes = np.unique(pairs, return_inverse=True)
        parts = (divmod(pair, len(second.values)) for pair in distinct.tolist())
        values = tuple(f"{first.values[a]} {second.values[b]}".strip() for a, b in parts)
        name = f"{first.name} + {second.name}"
        first = Column(place=first.place, name=name, values=values, codes=codes.astype(np.int32))
    return first


def cleaned(column: Column, table: Table, notes: Notes, *, merge: bool = False) -> Names:
    """
    The names in a column.

    Parameters
    ----------
    merge : whether spellings that differ in case and white space alone are one name.
    """
    texts = _cleaned_texts(column, table, notes)
    if merge:
        texts = _merged(texts, column, notes)
    return _coded(texts, column)


def _cleaned_texts(column: Column, table: Table, notes: Notes) -> list[str]:
    together = "".join(column.values)
    if together.isascii() and together.isprintable():
        return list(column.values)
    texts, removed = [], defaultdict(list)
    for place, value in enumerate(column.values):
        text, what = clean(value)
        texts.append(text)
        if what:
            removed[what].append(place)
    for what, places in removed.items():
        _note_removed(what, places, column, table, notes)
    _note_twice_decoded(texts, column, notes)
    return texts


def _note_removed(what: str, places: Sequence[int], column: Column, table: Table, notes: Notes) -> None:
    sort = "control characters" if what == "control" else "hidden characters"
    for place in places[:SHOWN]:
        count = int(column.counts[place])
        notes.warning(
            f"{sort} were removed from {counted(count, 'cell')} ({clean(column.values[place]).text[:60]})",
            "Check that the name is right",
            line=int(table.lines[column.first(place)]),
            column=column.name,
        )
    if len(places) > SHOWN:
        notes.warning(
            f"{sort} were removed from {len(places) - SHOWN:,} more names", "Check the names", column=column.name
        )


_TWICE = ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã©", "Ã¨", "Ã«", "Ã±", "Ã¸", "Ã¥", "Ã¡", "Ã³", "â€™", "â€“", "â€œ", "Â ")


def _note_twice_decoded(texts: Sequence[str], column: Column, notes: Notes) -> None:
    if odd := [text for text in texts if any(mark in text for mark in _TWICE)]:
        notes.warning(
            f"names look as if they had been decoded twice ({joined(sorted(odd)[:3])})",
            "Export the file again as CSV UTF-8",
            column=column.name,
        )


def _merged(texts: Sequence[str], column: Column, notes: Notes) -> list[str]:
    """Texts with every spelling replaced by the most frequent one of its name; ties go to the first in order."""
    counts: dict[str, int] = defaultdict(int)
    for text, count in zip(texts, column.counts.tolist(), strict=True):
        counts[text] += count
    if len({spelling(text) for text in counts}) == len(counts) == len(texts):
        return list(texts)
    groups: dict[str, set[str]] = defaultdict(set)
    for text, count in counts.items():
        if text and count:
            groups[spelling(text)].add(text)
    chosen = {text: min(group, key=lambda t: (-counts[t], t)) for group in groups.values() for text in group}
    raw = _raw_spellings(texts, column)
    for group in groups.values():
        best = chosen[next(iter(group))]
        spellings = len({form for text in group for form in raw[text]})
        if spellings > 1:
            notes.warning(
                f'"{best}" is written in {spellings} spellings that differ in case, space or hidden characters',
                f'They were merged into "{best}"; correct the file if they are different teams',
                column=column.name,
            )
    return [chosen.get(text, text) for text in texts]


def _raw_spellings(texts: Sequence[str], column: Column) -> dict[str, set[str]]:
    """The spellings behind each cleaned name; composed and decomposed Unicode count as one."""
    raw: dict[str, set[str]] = defaultdict(set)
    for text, value, count in zip(texts, column.values, column.counts.tolist(), strict=True):
        if count:
            raw[text].add(value if clean(value).removed else text)
    return raw


def _coded(texts: Sequence[str], column: Column) -> Names:
    """Names from a text per distinct value of a column."""
    index: dict[str, int] = {"": -1}
    for text in texts:
        if text not in index:
            index[text] = len(index) - 1
    if len(index) - 1 == len(texts):  # nothing empty, nothing merged: the column's own codes serve
        return Names(tuple(texts), column.codes.astype(np.int32, copy=False))
    lookup = np.array([index[text] for text in texts], dtype=np.int32)
    return Names(tuple(text for text in index if text), lookup[column.codes])


def persons(column: Column, table: Table, notes: Notes) -> Names | None:
    """
    The respondents of a file; `None` where their ids were damaged and rows must be counted instead.
    """
    if column.plain:
        return Names(column.values, column.codes.astype(np.int32, copy=False), ordered=True)
    values = [value for value in column.values if value]
    if values and sum(map(damaged_id, values)) > len(values) / 2:
        notes.warning(
            f"the ids were damaged by a spreadsheet ({values[0]}): many persons share one",
            "Rows were counted instead; export the file again and do not open it in a spreadsheet first",
            column=column.name,
        )
        return None
    texts = ["" if _no_id(text) else text for text in _cleaned_texts(column, table, notes)]
    names = _coded(texts, column)
    blank = int((names.codes < 0).sum())
    if blank:
        notes.warning(
            f"{counted(blank, 'row has', 'rows have')} no respondent id",
            "Kept as a person of that period who cannot be followed",
            line=int(table.lines[int(np.argmax(names.codes < 0))]),
            column=column.name,
        )
    return names


def _no_id(text: str) -> bool:
    """Whether a cell says that there is no id; no such word ends in a digit."""
    return not text[-1:].isdigit() and no_answer(text)
