"""
Records: what is brought together, and what a workspace gives back: a survey and what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.terms import Events, Performance, Roster, Structures, Survey

Record = Survey | Performance | Events | Structures | Roster
KINDS = ("survey", "performance", "events", "structures", "roster")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """Each as `intake` reads it, by the names that `dashboard.diagnose` takes; `None` where there is none."""

    survey: Survey | None = None
    performance: Performance | None = None
    events: Events | None = None
    structures: Structures | None = None
    roster: Roster | None = None

    def each(self) -> Iterator[tuple[str, Record]]:
        """Those that are there, with their kinds."""
        for kind in KINDS:
            record = getattr(self, kind)
            if record is not None:
                yield kind, record

    def as_arguments(self) -> dict[str, Record | None]:
        """For `dashboard.diagnose(**…)`."""
        return {kind: getattr(self, kind) for kind in KINDS}


PARTS = {"performance": "metric", "structures": "structure"}
"""Kinds whose periods have parts that are brought on their own: the column that names the part."""
TAKEN_UP = "taken up, outcome open"
"""The outcome of an event that was taken up in the app: a part of its own, beside the events that files bring."""


def table_of(record: Record) -> pd.DataFrame:
    """The rows of a record that is no survey."""
    if isinstance(record, Performance):
        return record.values
    if isinstance(record, Events):
        return record.events
    if isinstance(record, Structures):
        return record.states
    if isinstance(record, Roster):
        return record.headcounts
    raise TypeError(f"{type(record).__name__} is no table")


def slices_of(kind: str, record: Record) -> set[tuple[str, str]]:
    """(period, part) of everything a record speaks of; two records with one in common cannot stand side by side."""
    if isinstance(record, Survey):
        return {(record.periods[place].label, "") for place in np.unique(record.period).tolist()}
    table = table_of(record)
    return {(str(period), part) for period, part in zip(table["period"], parts_of(kind, table), strict=True)}


def parts_of(kind: str, table: pd.DataFrame) -> list[str]:
    """
    (rows,) the part of its period that each row of a table is of; "" where periods have none.

    >>> events = {"team": ["Atlas", "Atlas"], "name": ["Pre-mortem", "Course"], "outcome": [TAKEN_UP, "done"]}
    >>> parts_of("events", pd.DataFrame(events))
    ['Atlas: Pre-mortem', '']
    """
    if kind in PARTS:
        return [str(part) for part in table[PARTS[kind]]]
    if kind != "events":
        return [""] * len(table)
    rows = zip(table["team"], table["name"], table["outcome"], strict=True)
    return [f"{team}: {name}" if outcome == TAKEN_UP else "" for team, name, outcome in rows]
