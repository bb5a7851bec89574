"""
Instruments by the shape of a file: what was confirmed for columns of these names, proposed again for the next file.

What each item asked is kept beside it: a survey tool that numbers its columns anew gives an old question a new name,
or, worse, an old name to a new question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.schema import remembered
from dashboard.terms import Instrument

_ALIKE = 0.5  # share of all columns that two files of one survey have in common, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """
    The instrument of an earlier file. `columns`: that file's; `gone`, `new`: columns it had and the file at hand has
    not, and the other way round (both empty: the same shape); `at`: when it was confirmed; `texts`: item → question.
    """

    instrument: Instrument
    columns: tuple[str, ...]
    at: str
    texts: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def same_shape(self) -> bool:
        """Whether the file at hand has exactly these columns."""
        return not self.gone and not self.new


def remember(
    connection: Connection,
    columns: Iterable[str],
    instrument: Instrument,
    at: str,
    texts: Mapping[str, str] | None = None,
) -> None:
    """
    Keep an instrument for files of these columns, in place of an earlier one.

    Parameters
    ----------
    texts : column → question; those of the instrument's items are kept.
    """
    named = sorted(set(columns))
    items = [item for scale in instrument.scales.values() for item in scale.items]
    asked = {item: texts[item] for item in items if texts and texts.get(item, item) != item}
    connection.execute(sa.delete(remembered).where(remembered.c.shape == _shape(named)))
    connection.execute(
        sa.insert(remembered).values(
            shape=_shape(named),
            columns=json.dumps(named),
            instrument=instrument.to_toml(),
            at=at,
            texts=json.dumps(asked, ensure_ascii=False),
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
        texts=json.loads(row.texts),
        gone=tuple(sorted(there - here)),
        new=tuple(sorted(here - there)),
    )


def for_columns(instrument: Instrument, columns: Iterable[str], stated: Instrument | None = None) -> Instrument:
    """
    An instrument as it should be remembered for a file: what the file has, and only ranges that a person stated.

    A range that was found in answers is found anew next quarter, when somebody may use an option nobody used before.

    Parameters
    ----------
    stated : the instrument a person wrote or corrected, if any.
    """
    here = set(columns)
    scales = {}
    for name, scale in instrument.scales.items():
        items = tuple(item for item in scale.items if item in here)
        said = stated.scales.get(name) if stated else None
        if items:
            scales[name] = replace(
                scale,
                items=items,
                reversed=tuple(item for item in scale.reversed if item in items),
                minimum=said.minimum if said else None,
                maximum=said.maximum if said else None,
            )
    return replace(instrument, scales=scales, segments=tuple(name for name in instrument.segments if name in here))


def _shape(columns: list[str]) -> str:
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()
