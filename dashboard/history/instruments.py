"""
Instruments by the shape of a file: what was confirmed for columns of these names, proposed again for the next file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.schema import remembered
from dashboard.terms import Instrument

_ALIKE = 0.5  # share of all columns that two files of one survey have in common, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """
    The instrument of an earlier file. `columns`: that file's; `gone`, `new`: columns it had and the file at hand has
    not, and the other way round (both empty: the same shape); `at`: when it was confirmed.
    """

    instrument: Instrument
    columns: tuple[str, ...]
    at: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def same_shape(self) -> bool:
        """Whether the file at hand has exactly these columns."""
        return not self.gone and not self.new


def remember(connection: Connection, columns: Iterable[str], instrument: Instrument, at: str) -> None:
    """Keep an instrument for files of these columns, in place of an earlier one."""
    named = sorted(set(columns))
    connection.execute(sa.delete(remembered).where(remembered.c.shape == _shape(named)))
    connection.execute(
        sa.insert(remembered).values(
            shape=_shape(named), columns=json.dumps(named), instrument=instrument.to_toml(), at=at
        )
    )


def recall(connection: Connection, columns: Iterable[str]) -> Remembered | None:
    """The instrument of the file most like one of these columns; the latest of several, `None` where none is alike."""
    here = set(columns)
    best: tuple[float, str] = (_ALIKE, "")
    found = None
    for row in connection.execute(sa.select(remembered)).all():
        there = set(json.loads(row.columns))
        rank = (len(here & there) / max(len(here | there), 1), row.at)
        if rank >= best:
            best, found = rank, (row, there)
    if found is None:
        return None
    row, there = found
    return Remembered(
        instrument=Instrument.from_toml(row.instrument),
        columns=tuple(sorted(there)),
        at=row.at,
        gone=tuple(sorted(there - here)),
        new=tuple(sorted(here - there)),
    )


def _shape(columns: list[str]) -> str:
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()
