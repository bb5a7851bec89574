"""
Responses: which rows are answers of a person to this survey, and one row per person and period.

Previews, tests and unfinished responses are left out (unless nothing else is there). Several answers of one person in
one period are never averaged: repeats collapse, else the latest is kept where the file says when, else all are set
aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.intake import vocabulary
from dashboard.intake.notes import Notes, counted
from dashboard.intake.periods import day_of, spelled, without_clock
from dashboard.intake.table import Column, Table

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Codes = npt.NDArray[np.int32]
Moments = npt.NDArray[np.float64]
_TEST = frozenset(("survey preview", "survey test", "preview", "test", "spam", "umfragevorschau", "umfragetest"))
_NOT_DONE = frozenset(("false", "0", "no", "nein", "falsch", "incomplete", "partial", "unfinished"))
_DONE = frozenset(("true", "1", "yes", "ja", "wahr", "complete", "completed", "finished"))
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?")


def real(table: Table, notes: Notes) -> Mask:
    """
    (rows,) whether a row is a response to keep; tests and unfinished responses are not, and are noted.
    """
    keep = np.ones(table.rows, dtype=bool)
    for sort, find in (("preview or test", _tests), ("unfinished", _unfinished)):
        found = find(table) & keep
        if found.all() or not (keep & ~found).any():
            continue
        if found.any():
            count = int(found.sum())
            notes.warning(
                f"{counted(count, f'{sort} response')} {'is' if count == 1 else 'are'} among the rows",
                f"{'It was' if count == 1 else 'They were'} left out",
                line=int(table.lines[int(np.argmax(found))]),
            )
            keep &= ~found
    return keep


def _where(column: Column, says: Callable[[str], bool]) -> Mask:
    chosen = np.array([says(value.casefold()) for value in column.values], dtype=bool)
    return chosen[column.codes] if len(chosen) else np.zeros(len(column.codes), dtype=bool)


def _tests(table: Table) -> Mask:
    found = np.zeros(table.rows, dtype=bool)
    for column in table.columns:
        if {vocabulary.key(column.name), vocabulary.key(column.text)} & {"status", "response_type", "antworttyp"}:
            found |= _where(column, lambda value: value in _TEST)
            if {value for value in column.values if value} <= {"0", "1", "2", "4", "8", "16", "32"}:
                found |= _where(column, lambda value: value in ("1", "2", "8"))
    return found


def _unfinished(table: Table) -> Mask:
    found = np.zeros(table.rows, dtype=bool)
    for column in table.columns:
        name = vocabulary.key(column.name)
        if name not in vocabulary.STATE:
            continue
        values = {value.casefold() for value in column.values if value}
        if name in ("finished", "beendet", "completed") and values <= _NOT_DONE | _DONE:
            found |= _where(column, lambda value: value in _NOT_DONE)
        if name in ("submitdate", "date_submitted", "datum_abgeschickt") and values:
            found |= _where(column, lambda value: not value)
    return found


class Dated(NamedTuple):
    """The column that says when each response was given, and the quarters in which that was, in order."""

    column: str
    periods: tuple[str, ...]


def dated(table: Table, columns: Sequence[str]) -> Dated | None:
    """
    By which column responses can be told apart where no column names their period; `None` where none can.

    Parameters
    ----------
    columns : those that say when a response was given; the last that holds a date in every row is taken.
    """
    for name in reversed(columns):
        days = sorted({without_clock(value) for value in table[name].values if value})
        if days and table[name].filled == table.rows and all(map(day_of, days)):
            return Dated(name, tuple(period.label for period in sorted(set(spelled(days).periods.values()))))
    return None


def moments(column: Column) -> Moments:
    """
    (rows,) when each response was given, as a number that grows with time; `nan` where that cannot be read.
    """
    return np.array([_moment(value) for value in column.values], dtype=float)[column.codes]


def _moment(value: str) -> float:
    day = day_of(value)
    if day is None:
        return float("nan")
    clock = _CLOCK.search(value)
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    if clock and clock[4]:
        hours = hours % 12 + (12 if clock[4].lower() == "pm" else 0)
    return datetime(day.year, day.month, day.day).timestamp() + hours * 3600 + minutes * 60 + seconds


def repeated(person: Codes, period: Codes, persons: int) -> Rows:
    """
    Rows of persons who stand more than once in a period; rows without a person (−1) are nobody's repeat.

    >>> repeated(np.array([0, 1, 0, -1, -1]), np.array([0, 0, 0, 0, 0]), 2).tolist()
    [0, 2]
    """
    keys = period.astype(np.int64) * (persons + 1) + person
    known = person >= 0
    if persons * (int(period.max(initial=0)) + 1) > 8 * len(keys) + 1000:
        _, keys = np.unique(keys, return_inverse=True)
    rows = np.flatnonzero(known) if not known.all() else None
    keys = keys if rows is None else keys[rows]
    seen = np.zeros(int(keys.max(initial=0)) + 1, dtype=bool)
    seen[keys] = True
    if np.count_nonzero(seen) == len(keys):
        return np.zeros(0, dtype=np.intp)
    twice = np.flatnonzero(np.bincount(keys)[keys] > 1)
    return twice if rows is None else rows[twice]


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Rows to drop, and why: `collapsed` repeat another row, `older` were answered again, `undecided` contradict."""

    collapsed: Rows
    older: Rows
    undecided: Rows
    groups: npt.NDArray[np.int64]

    @property
    def dropped(self) -> Rows:
        """All rows that go."""
        return np.concatenate([self.collapsed, self.older, self.undecided])


def settle(rows: Rows, keys: npt.NDArray[np.int64], content: npt.NDArray[np.float64], when: Moments | None) -> Settled:
    """
    One response per person and period.

    Parameters
    ----------
    rows : rows of persons who stand more than once in a period.
    keys : (rows,) the same number for the same person and period.
    content : (rows, cells) team and answers, `nan` where there is none.
    when : (rows,) the moment of each, `None` where no file says.

    >>> content = np.array([[0, 1.0], [0, 1.0], [0, 2.0]])
    >>> settle(np.arange(3), np.array([7, 7, 7]), content, np.array([1.0, 1.0, 2.0])).dropped.tolist()
    [1, 0]
    >>> settle(np.arange(3), np.array([7, 7, 7]), content, None).undecided.tolist()
    [0, 2]
    """
    _, same = np.unique(np.nan_to_num(content, nan=-np.inf), axis=0, return_inverse=True)
    same = same.reshape(-1)
    moment = np.zeros(len(rows)) if when is None else np.nan_to_num(when, nan=-np.inf)
    order = np.lexsort((-moment, same, keys))
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (keys[order][1:] != keys[order][:-1]) | (same[order][1:] != same[order][:-1])
    collapsed, left = order[~first], order[first]
    undecided, older = _later(keys[left], moment[left], when is not None)
    return Settled(rows[np.sort(collapsed)], rows[left[older]], rows[left[undecided]], keys[left[undecided | older]])


def _later(keys: npt.NDArray[np.int64], moment: Moments, timed: bool) -> tuple[Mask, Mask]:
    """(undecided, older) among different responses: older ones where a single latest one exists, else all undecided."""
    _, group = np.unique(keys, return_inverse=True)
    latest = np.full(group.max(initial=-1) + 1, -np.inf)
    np.maximum.at(latest, group, moment)
    is_latest = (moment == latest[group]) & np.isfinite(moment)
    winners = np.bincount(group, weights=is_latest)[group]
    several = np.bincount(group)[group] > 1
    decided = several & (winners == 1) & timed
    return several & ~decided, decided & ~is_latest
