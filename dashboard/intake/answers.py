"""
Answers: cells of items as numbers on the range of their scale.

The items of a scale are read together, over all files: one ladder of labels, one range. What is no answer becomes
missing, is counted, and is noted in the file it stands in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dashboard.intake.cells import no_answer, number, spreadsheet_error
from dashboard.intake.labels import Reading, read_labels
from dashboard.intake.notes import SHOWN, Notes, counted, joined, rows_of
from dashboard.intake.ranges import Range, range_of
from dashboard.intake.table import Column, Table

Numbers = npt.NDArray[np.float64]
LONGEST_SHOWN = 24  # characters of a cell that is no answer
_ENOUGH_FOR_FEWER_RUNGS = 30  # labelled answers, before a ladder without a middle is believed


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One item in one file."""

    item: str
    column: Column
    table: Table
    notes: Notes


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One item in one file, read: `numbers` per distinct value of its column, `nan` where that is no answer."""

    asked: Asked
    numbers: Numbers

    @property
    def answered(self) -> int:
        """Number of rows with an answer."""
        return int(self.asked.column.counts[~np.isnan(self.numbers)].sum())


@dataclass(frozen=True, eq=False)
class ScaleRead:
    """
    A scale over all files: its range (`None` when no common one holds the answers), its items as read, and those that
    were left out because they were answered on another scale or by nobody.
    """

    low: float | None
    high: float | None
    items: tuple[Read, ...]
    left_out: frozenset[str] = field(default=frozenset())

    @cached_property
    def _by_place(self) -> dict[tuple[int, str], Read]:
        return {(id(read.asked.table), read.asked.item): read for read in self.items}

    def read(self, table: Table, item: str) -> Read | None:
        """An item in one file, `None` where the file does not ask it."""
        return self._by_place.get((id(table), item))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The items, each once."""
        return tuple(dict.fromkeys(read.asked.item for read in self.items))


def read_scale(
    asked: Sequence[Asked], low: float | None = None, high: float | None = None, *, of: str = ""
) -> ScaleRead:
    """
    The answers of one scale.

    Parameters
    ----------
    asked : its items in all files.
    low, high : its range where an instrument states it; else the smallest common one is taken.
    of : what the scale is called, for the notes.
    """
    labels = _labels(asked)
    read = [_read(one, labels) for one in asked]
    _note_contradictions(read, labels)
    _note_languages(read, labels)
    if low is None or high is None:
        return _on_found_range(read, labels, of)
    clipped = tuple(_clip(one, Range(low, high)) for one in read)
    return ScaleRead(low, high, clipped)


def _labels(asked: Sequence[Asked]) -> Reading | None:
    """The ladder of all items together."""
    used: Counter[str] = Counter()
    for one in asked:
        used.update({v: int(n) for v, n in zip(one.column.values, one.column.counts, strict=True) if n and v})
    words = {value for value in used if number(value) is None}
    return read_labels(words, enough=sum(used[word] for word in words) >= _ENOUGH_FOR_FEWER_RUNGS)


def _read(asked: Asked, labels: Reading | None) -> Read:
    known = labels.numbers if labels else {}
    numbers = np.array([_number(value, known) for value in asked.column.values], dtype=float)
    return Read(asked, numbers)


def _number(value: str, known: Mapping[str, float]) -> float:
    if value in known:
        return known[value]
    read = number(value)
    return np.nan if read is None else read


def _on_found_range(read: Sequence[Read], labels: Reading | None, of: str) -> ScaleRead:
    """On the smallest common range; items on another one are left out."""
    if labels is not None and labels.rungs:
        return _on_ladder(read, labels.rungs, of)
    odd = _on_another_scale(read)
    for one in odd:
        _note_other_scale(one, range_of(_counts([one])))
    left_out = frozenset(one.asked.item for one in odd)
    rest = [one for one in read if one.asked.item not in left_out]
    return _finished(rest, range_of(_counts(rest)), left_out, of)


def _on_ladder(read: Sequence[Read], rungs: int, of: str) -> ScaleRead:
    """On the range of the labels' ladder, unless numbers beside the labels go beyond it."""
    counts = _counts(read)
    beyond = any(value > rungs or value < 1 for value in counts)
    return _finished(read, range_of(counts) if beyond else Range(1.0, float(rungs)), frozenset(), of)


def _finished(read: Sequence[Read], found: Range, left_out: frozenset[str], of: str) -> ScaleRead:
    if found.low is None and any(one.answered for one in read):
        for one in read[:1]:
            one.asked.notes.error(
                f"answers {'of ' + of if of else ''} lie on no common scale".replace("  ", " "),
                "Name the minimum and maximum of the scale in an instrument",
                column=one.asked.column.name,
            )
        return ScaleRead(None, None, (), left_out)
    clipped = tuple(_clip(one, found) for one in read)
    return ScaleRead(found.low, found.high, clipped, left_out)


def _counts(read: Sequence[Read]) -> Counter[float]:
    counts: Counter[float] = Counter()
    for one in read:
        for value, count in zip(one.numbers.tolist(), one.asked.column.counts.tolist(), strict=True):
            if value == value and count:
                counts[value] += count
    return counts


# ── another scale in the midst ────────────────────────────────────────────────────────────────────


def _on_another_scale(read: Sequence[Read]) -> list[Read]:
    """
    Items that were answered on a wider scale than the rest: a fifth of their answers lies beyond it.

    Only where at least two thirds of the items share one range and were answered often enough to tell.
    """
    by_item: dict[str, list[Read]] = defaultdict(list)
    for one in read:
        by_item[one.asked.item].append(one)
    counts = {item: _counts(ones) for item, ones in by_item.items()}
    ends = {item: (found.low, found.high) for item, found in ((i, range_of(c)) for i, c in counts.items())}
    most = Counter(end for end in ends.values() if end[0] is not None).most_common(1)
    if not most or most[0][1] < max(2, 2 * len(by_item) / 3):
        return []
    low, high = most[0][0]
    odd = {item for item, count in counts.items() if ends[item] != (low, high) and _beyond(count, low or 0, high or 0)}
    return [one for one in read if one.asked.item in odd]


def _beyond(counts: Mapping[float, int], low: float, high: float) -> bool:
    found = range_of(counts)
    answers = {value: count for value, count in counts.items() if value not in found.codes}
    total = sum(answers.values())
    return total >= 20 and sum(n for value, n in answers.items() if not low <= value <= high) >= 0.2 * total


def _note_other_scale(read: Read, found: Range) -> None:
    ends = "another scale" if found.low is None else f"another scale ({found.low:g}–{found.high:g})"
    read.asked.notes.warning(
        f"its answers lie on {ends} than those of the other items",
        "It was left out and not averaged with the others; give it a scale of its own",
        column=read.asked.column.name,
    )


# ── what is no answer ─────────────────────────────────────────────────────────────────────────────


def _clip(read: Read, found: Range) -> Read:
    """The item with everything off the range missing."""
    low, high = found.low, found.high
    if low is None or high is None:
        return read
    inside = (read.numbers >= low) & (read.numbers <= high)
    return Read(read.asked, np.where(inside, read.numbers, np.nan))


def note_missing(scales: Sequence[ScaleRead]) -> None:
    """Note, per file, what was taken as missing in the items of some scales."""
    by_notes: dict[int, list[tuple[Read, ScaleRead]]] = defaultdict(list)
    for scale in scales:
        for read in scale.items:
            by_notes[id(read.asked.notes)].append((read, scale))
    for reads in by_notes.values():
        _note_file(reads)


def _note_file(reads: Sequence[tuple[Read, ScaleRead]]) -> None:
    """Sort the cells without an answer by why, then note each sort."""
    notes = reads[0][0].asked.notes
    words: Counter[str] = Counter()
    lines: list[int] = []
    codes: dict[str, list[tuple[Read, int]]] = defaultdict(list)
    off: list[tuple[Read, ScaleRead, list[int]]] = []
    for read, scale in reads:
        column, by_sort = read.asked.column, _sorted_places(read, scale)
        _note_strange(read, by_sort["strange"])
        words.update({column.values[place]: int(column.counts[place]) for place in by_sort["word"]})
        lines += [int(read.asked.table.lines[column.first(place)]) for place in by_sort["word"]]
        for place in by_sort["code"]:
            codes[column.values[place]].append((read, place))
        off += [(read, scale, by_sort["off"])] if by_sort["off"] else []
    _note_words(words, lines, notes)
    _note_codes(codes, notes)
    _note_off_scale(off)


def _sorted_places(read: Read, scale: ScaleRead) -> dict[str, list[int]]:
    """The distinct values without an answer, by why: `word`, `code`, `off` the scale, or `strange`."""
    column = read.asked.column
    found: dict[str, list[int]] = defaultdict(list)
    for place in np.flatnonzero(np.isnan(read.numbers) & (column.counts > 0)).tolist():
        value = column.values[place]
        stated = number(value)
        if stated is not None:
            found["code" if _is_code(stated, scale) else "off"].append(place)
        elif value and (spreadsheet_error(value) or not no_answer(value)):
            found["strange"].append(place)
        elif value:
            found["word"].append(place)
    return found


def _is_code(stated: float, scale: ScaleRead) -> bool:
    return scale.low is not None and stated in range_of({scale.low + 1: 1, stated: 1}).codes


def _note_words(words: Mapping[str, int], lines: Sequence[int], notes: Notes) -> None:
    if words:
        total = counted(sum(words.values()), "cell")
        says = "says" if sum(words.values()) == 1 else "say"
        notes.warning(
            f"{total} {says} that there is no answer ({joined(sorted(words))})",
            "Taken as missing; check that none of them is an answer",
            line=min(lines),
        )


def _note_codes(codes: Mapping[str, list[tuple[Read, int]]], notes: Notes) -> None:
    """Few cells with their rows, many by count."""
    for code, cells in sorted(codes.items()):
        count = sum(int(read.asked.column.counts[place]) for read, place in cells)
        told = f"{code}, a code for no answer"
        done = "Taken as missing; state the range in an instrument if it is an answer"
        rows = [(read, row) for read, place in cells for row in read.asked.column.rows([place])[: SHOWN + 1].tolist()]
        if count > SHOWN:
            read, row = rows[0]
            notes.warning(f"{counted(count, 'cell')} of items hold {told}", done, line=int(read.asked.table.lines[row]))
            continue
        for read, row in rows:
            line, column = int(read.asked.table.lines[row]), read.asked.column.name
            notes.warning(f"the cell holds {told}", done, line=line, column=column)


def _note_strange(read: Read, places: Sequence[int]) -> None:
    if not places:
        return
    column = read.asked.column
    values = [column.values[place] for place in places]
    rows = column.rows(places)
    errors = all(map(spreadsheet_error, values))
    what = "error values of a spreadsheet" if errors else "no numbers and no known label"
    told = f"{what} ({joined([_shown(value) for value in values])})"
    read.asked.notes.warning(
        f"{rows_of(read.asked.table.lines[rows].tolist())} {'holds' if len(rows) == 1 else 'hold'} {told}",
        "Taken as missing; correct the cells or export the file again",
        line=int(read.asked.table.lines[rows[0]]),
        column=column.name,
    )


def _shown(value: str) -> str:
    """A cell as a message repeats it; what may be somebody's remark is not repeated."""
    return value if len(value) <= LONGEST_SHOWN else "a longer text"


def _note_off_scale(off: Sequence[tuple[Read, ScaleRead, list[int]]]) -> None:
    total = sum(int(read.asked.column.counts[places].sum()) for read, _, places in off)
    for read, scale, places in off:
        column, ends = read.asked.column, f"{scale.low:g}–{scale.high:g}"
        rows = column.rows(places)
        if total > 2 * SHOWN:
            read.asked.notes.warning(
                f"{counted(len(rows), 'answer')} outside {ends} ({joined([column.values[p] for p in places])})",
                "Set to missing; check whether another scale was used",
                line=int(read.asked.table.lines[rows[0]]),
                column=column.name,
            )
            continue
        for row in rows.tolist():
            read.asked.notes.warning(
                f"{column.values[column.codes[row]]} lies outside {ends}",
                "Set to missing and counted; correct it in the file if it is a slip",
                line=int(read.asked.table.lines[row]),
                column=column.name,
            )


# ── labels ────────────────────────────────────────────────────────────────────────────────────────


def _note_contradictions(read: Sequence[Read], labels: Reading | None) -> None:
    if labels is None or not labels.contradictions:
        return
    for notes, names in _columns_by_file(read, set(labels.contradictions)):
        notes.error(
            f"columns {joined(names)} give the same label different numbers ({joined(labels.contradictions)})",
            "Label and number contradict: export the answers as numbers, or as labels alone",
            column=names[0],
        )


def _note_languages(read: Sequence[Read], labels: Reading | None) -> None:
    if labels is None or len(labels.languages) < 2:
        return
    for notes, names in _columns_by_file(read, None):
        notes.warning(
            f"columns {joined(names)} hold labels in {joined(labels.languages)}",
            "Both were mapped to one scale: confirm that the labels mean the same",
            column=names[0],
        )


def _columns_by_file(read: Sequence[Read], labels: set[str] | None) -> list[tuple[Notes, list[str]]]:
    files: dict[int, tuple[Notes, list[str]]] = {}
    for one in read:
        if labels is None or any(label in value.casefold() for value in one.asked.column.values for label in labels):
            files.setdefault(id(one.asked.notes), (one.asked.notes, []))[1].append(one.asked.column.name)
    return list(files.values())
