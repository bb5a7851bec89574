"""
Events: what happened to a team or to everyone, on a day or in a period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.intake import vocabulary
from dashboard.intake.cells import measure, no_answer
from dashboard.intake.companions import Companion, Texts, finished, frame, mapped, opened
from dashboard.intake.notes import joined
from dashboard.intake.periods import day_of
from dashboard.intake.sources import PeriodsGiven, Source
from dashboard.intake.table import Column
from dashboard.terms import Events, Settings

_LISTED = re.compile(r"\s*(?:[;,/&\n]|\band\b|\bund\b)\s*")


def read_events(
    source: Source | Sequence[Source], *, period: PeriodsGiven = None, settings: Settings | None = None
) -> Events:
    """
    Events of a team, or of everyone where the team is empty.

    A kind that is not known is kept as `other`, with its word as the name where there is none.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = opened(source, period, settings or Settings(), "events")
    events, common = finished(companions, event_rows, ["period", "date", "team", "kind", "name"])
    return Events(events=events, **common)


def event_rows(one: Companion) -> pd.DataFrame:
    dates, labels = _dates(one)
    kinds, names = _kinds(one)
    participants = one.find("participants", "attendees", "teilnehmer", "n")
    return frame(
        one,
        {
            "team": one.texts(one.role("team"), merge=True),
            "period": labels,
            "date": dates,
            "kind": kinds,
            "name": names,
            "outcome": one.texts(one.find("outcome", "result", "ergebnis")),
            "participants": _participants(one, participants),
        },
    )


def _participants(one: Companion, column: Column | None) -> npt.NDArray[np.float64]:
    """
    (rows,) how many took part; where persons are named they are counted, and their names are dropped.
    """
    if column is None:
        return np.full(one.table.rows, np.nan)
    named = {value: _LISTED.split(value.strip(" ;,")) for value in column.values if any(map(str.isalpha, value))}
    named = {value: names for value, names in named.items() if not no_answer(value)}
    if not named:
        return one.figures(column)
    one.notes.warning(
        "the column names persons",
        "They were counted and their names dropped before anything is stored; write their number",
        line=int(one.table.lines[column.rows([column.values.index(next(iter(named)))])[0]]),
        column=column.name,
    )
    counted = [float(len([name for name in named[value] if name.strip()])) if value in named else (
        found.value if (found := measure(value)) else np.nan) for value in column.values]  # fmt: skip
    return np.array(counted, dtype=float)[column.codes]


def _dates(one: Companion) -> tuple[Texts, Texts]:
    """(date, period) of each row: a date gives its quarter where no period is named."""
    column = one.find("date", "event_date", "day", "datum")
    texts = one.texts(column)
    days = {text: day_of(text) for text in set(texts.tolist())}
    iso = {text: "" if day is None else day.isoformat() for text, day in days.items()}
    dates = mapped(texts, iso)
    named = one.role("period")
    if column is None or (named is not None and named.name == column.name):
        return dates, one.labels()
    labels = np.where(one.texts(named) == "", texts, one.texts(named)).astype(object)
    return dates, one.on_time_line(labels, named or column)


def _kinds(one: Companion) -> tuple[Texts, Texts]:
    column = one.find("kind", "event_kind", "type", "event_type", "art")
    names = one.texts(one.find("name", "title", "event", "description", "bezeichnung"))
    if column is None:
        if one.file.table is not None:
            one.notes.error("no kind column was found", f"Name each event's kind: {joined(vocabulary.EVENT_KINDS)}")
        return np.full(one.table.rows, "other", dtype=np.object_), names
    words = one.texts(column)
    keys = {word: vocabulary.key(word) for word in set(words.tolist())}
    unknown = sorted(word for word, key in keys.items() if word and key not in vocabulary.EVENT_KINDS)
    if unknown:
        lines = one.table.lines[np.isin(words, unknown)].tolist()
        one.notes.warning(
            f"kinds that are not known: {joined(unknown, 5)}",
            f"Taken as other; known are {joined(vocabulary.EVENT_KINDS)}",
            line=lines[0],
            column=column.name,
        )
    kinds = [keys[word] if keys[word] in vocabulary.EVENT_KINDS else "other" for word in words.tolist()]
    named = [
        name or (word if word in unknown else "") for name, word in zip(names.tolist(), words.tolist(), strict=True)
    ]
    return np.array(kinds, dtype=np.object_), np.array(named, dtype=np.object_)
