"""
Assembling: the kept tables that are in use, put together as if all files had been read at once.

Every period of a survey comes from one upload, so nothing is ever averaged or counted twice. What differs between
uploads is brought together and said: renamed teams and items, scales whose range grew, items turned round in one
quarter and not in another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dashboard.history import packing
from dashboard.history.records import parts_of
from dashboard.history.renames import Rename, called
from dashboard.intake.checks import FAR_BEYOND
from dashboard.terms import (
    Events,
    Instrument,
    Performance,
    Period,
    Problem,
    Roster,
    Scale,
    Severity,
    SourceFile,
    Structures,
    Survey,
    in_order,
)

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
_SORTED_BY = {
    "performance": ["team", "period", "metric"],  # then by id and value: the order in which an upload has them
    "events": ["period", "date", "team", "kind", "name"],
    "structures": ["structure", "team", "period", "health"],
    "roster": ["team", "period", "headcount"],
}
"""As intake sorts them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """One upload as it is read back; `slices` are those it is in use for."""

    kind: str
    table: pa.Table
    mapping: str
    problems: tuple[Problem, ...]
    files: tuple[SourceFile, ...]
    slices: frozenset[tuple[str, str]]

    @property
    def instrument(self) -> Instrument:
        """The instrument of a survey's upload."""
        return Instrument.from_toml(self.mapping)


# ── a survey ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """The rows of one upload that are in use: names of teams and persons as texts per code."""

    instrument: Instrument
    rows: npt.NDArray[np.intp]
    team: npt.NDArray[np.object_]
    period: npt.NDArray[np.object_]
    person: tuple[Codes, npt.NDArray[np.object_]]
    answers: Mapping[str, npt.NDArray[np.floating]]
    segments: Mapping[str, tuple[Codes, npt.NDArray[np.object_]]]


def survey(kept: Sequence[Kept], teams: Sequence[Rename], items: Sequence[Rename]) -> Survey | None:
    """The survey of all uploads in use, the earliest first; `None` where there is none."""
    if not kept:
        return None
    parts = [_part(one, teams, items) for one in kept]
    instrument, notes = _together([part.instrument for part in parts], parts)
    periods = in_order(label for part in parts for label in set(part.period.tolist()))
    labels = {period.label: code for code, period in enumerate(periods)}
    team_names = tuple(sorted({name for part in parts for name in set(part.team.tolist())}))
    people = _people([part.person[1] for part in parts])
    whole = Survey(
        instrument=instrument,
        teams=team_names,
        periods=periods,
        team=_looked_up([part.team for part in parts], {name: code for code, name in enumerate(team_names)}),
        period=_looked_up([part.period for part in parts], labels),
        respondent=_coded([part.person for part in parts], people),
        respondents=_objects(people),
        answers={name: _answers(parts, instrument.scales[name]) for name in instrument.scales},
        segments=_segments(parts),
        problems=(*(problem for one in kept for problem in one.problems), *notes),
        files=tuple(file for one in kept for file in one.files),
    )
    return _in_order(whole)


def _part(kept: Kept, teams: Sequence[Rename], items: Sequence[Rename]) -> _Part:
    period, labels = packing.coded(kept.table, "period")
    used = {label for label, _ in kept.slices}
    rows = np.flatnonzero(np.array([*(label in used for label in labels), False])[period])
    instrument, last = kept.instrument, Period.parse(max(used, key=Period.parse))
    return _Part(
        instrument=renamed(instrument, last, items),
        rows=rows,
        team=_team_names(kept.table, rows, period, labels, teams),
        period=labels[period[rows]],
        person=_persons(kept.table, rows),
        answers={name: cells[rows] for name, cells in packing.unpacked_answers(kept.table, instrument).items()},
        segments={name: (codes[rows], values) for name, (codes, values) in packing.segments(kept.table).items()},
    )


def _team_names(
    table: pa.Table, rows: npt.NDArray[np.intp], period: Codes, labels: npt.NDArray[np.object_], said: Sequence[Rename]
) -> npt.NDArray[np.object_]:
    """(rows,) what the team of each row is called today."""
    team, names = packing.coded(table, "team")
    if not said:
        return names[team[rows]]
    today = np.array(
        [[called(name, Period.parse(label), said) for name in names.tolist()] for label in labels.tolist()],
        dtype=object,
    )
    return today[period[rows], team[rows]]


def _persons(table: pa.Table, rows: npt.NDArray[np.intp]) -> tuple[Codes, npt.NDArray[np.object_]]:
    """(rows,) codes of persons, −1 where there is none; and their pseudonyms in the order of their ids."""
    person, names = packing.coded(table, "respondent")
    rank = table[packing.RANK].to_numpy()[rows]
    ranks, first, place = np.unique(rank, return_index=True, return_inverse=True)
    nobody = int(ranks[:1].tolist() == [-1])
    return (place - nobody).astype(np.int32), names[person[rows][first[nobody:]]]


def _people(lists: Sequence[npt.NDArray[np.object_]]) -> list[str]:
    """
    All persons once, in an order that is that of each list as far as the lists agree.

    Each list stands in the order of its ids, which nobody knows any more; who is new is put between the neighbours.

    >>> _people([np.array(["a", "c", "e"], dtype=object), np.array(["a", "b", "c", "f"], dtype=object)])
    ['a', 'b', 'c', 'e', 'f']
    """
    places = pd.Series(dtype=float)
    for names in lists:
        known = places.reindex(names).to_numpy()
        new = np.isnan(known)
        own = pd.Series(_between(known, places.max() + 1 if len(places) else 0.0)[new], index=names[new])
        places = own if places.empty else pd.concat([places, own])
    return [str(name) for name in places.sort_values(kind="stable").index]


def _between(known: npt.NDArray[np.float64], end: float) -> npt.NDArray[np.float64]:
    """Places for those who have none yet (`nan`): between their neighbours, and `end` or later after the last."""
    at, own = np.flatnonzero(~np.isnan(known)), np.arange(len(known))
    if not len(at):
        return np.asarray(end + own, dtype=np.float64)
    inside = np.asarray(np.interp(own, at, np.maximum.accumulate(known[at])), dtype=np.float64)
    inside[: at[0]] -= (at[0] - own[: at[0]]) / len(known)
    inside[at[-1] + 1 :] = end + own[at[-1] + 1 :]
    return inside


def renamed(instrument: Instrument, period: Period, said: Sequence[Rename]) -> Instrument:
    """The instrument with its items called as they are today; the answers keep their order."""
    if not said:
        return instrument
    scales = {}
    for name, scale in instrument.scales.items():
        items = tuple(called(item, period, said) for item in scale.items)
        turned = tuple(called(item, period, said) for item in scale.reversed)
        fits = len(set(items)) == len(items)  # a name that is taken already is left alone
        scales[name] = replace(scale, items=items, reversed=turned) if fits else scale
    return replace(instrument, scales=scales)


def _together(instruments: Sequence[Instrument], parts: Sequence[_Part]) -> tuple[Instrument, list[Problem]]:
    """One instrument for all uploads: the latest one's, with what only earlier ones have; and what differed."""
    latest, notes = instruments[-1], list[Problem]()
    named = dict.fromkeys(name for one in (latest, *instruments) for name in one.scales)
    scales = {}
    for name in named:
        found = [(part, part.instrument.scales[name]) for part in parts if name in part.instrument.scales]
        scales[name] = _one_scale([scale for _, scale in found])
        notes += _changes(name, found, scales[name])
    segments = tuple(dict.fromkeys(name for one in instruments for name in one.segments))
    return replace(latest, scales=scales, segments=segments), notes


def _one_scale(scales: Sequence[Scale]) -> Scale:
    """The smallest range that holds all; items in the order in which they came; turned round as said last."""
    bounds = [scale.bounds for scale in scales]
    items = tuple(dict.fromkeys(item for scale in scales for item in scale.items))
    turned = {item: item in scale.reversed for scale in scales for item in scale.items}
    return Scale(
        name=scales[0].name,
        items=items,
        minimum=min(low for low, _ in bounds),
        maximum=max(high for _, high in bounds),
        reversed=tuple(item for item in items if turned[item]),
    )


def _changes(name: str, found: Sequence[tuple[_Part, Scale]], one: Scale) -> list[Problem]:
    """What a reader must know of a scale that was not the same in all uploads."""
    notes = []
    narrow, wide = (by(found, key=lambda pair: pair[1].bounds[1] - pair[1].bounds[0]) for by in (min, max))
    low, high = narrow[1].bounds
    answers = wide[0].answers[name]
    given = answers[~np.isnan(answers)]
    if narrow is not wide and len(given) and ((given < low) | (given > high)).mean() > FAR_BEYOND:
        notes.append(
            _warning(
                f"answers of {name.replace('_', ' ')} lie on {low:g}–{high:g} in {_when(narrow[0])} and on "
                f"{wide[1].bounds[0]:g}–{wide[1].bounds[1]:g} in {_when(wide[0])}",
                "Both were read on the wider range; periods on different scales cannot be compared",
            )
        )
    for item in one.items:
        notes += _changes_of_item(item, found)
    return notes


def _changes_of_item(item: str, found: Sequence[tuple[_Part, Scale]]) -> list[Problem]:
    """Whether an item was not asked everywhere, or turned round in one upload and not in another."""
    notes = []
    absent = [part for part, scale in found if item not in scale.items]
    asked = [(part, item in scale.reversed) for part, scale in found if item in scale.items]
    if absent:
        notes.append(
            _warning(
                f"{item} is missing in {_when(*absent)} and asked in {_when(*(part for part, _ in asked))}",
                "Counted as not answered there; scores may not be comparable. If it was renamed, say so",
            )
        )
    turned, straight = ([part for part, is_turned in asked if is_turned is wanted] for wanted in (True, False))
    if turned and straight:
        notes.append(
            _warning(
                f"{item} is reversed in {_when(*turned)} and not in {_when(*straight)}",
                "Each period is scored as it was confirmed; bring one of them again if that is a slip",
            )
        )
    return notes


def _warning(found: str, remedy: str) -> Problem:
    return Problem(file="history", found=found, remedy=remedy, severity=Severity.WARNING)


def _when(*parts: _Part) -> str:
    """The periods of some uploads, by their ends where they are several."""
    periods = in_order({label for part in parts for label in set(part.period.tolist())})
    return periods[0].label if len(periods) == 1 else f"{periods[0].label} to {periods[-1].label}"


def _answers(parts: Sequence[_Part], scale: Scale) -> npt.NDArray[np.floating]:
    """(responses, items) the answers of one scale, `nan` where an upload did not ask an item."""
    kinds = {part.answers[scale.name].dtype for part in parts if scale.name in part.answers}
    out = np.full((sum(len(part.rows) for part in parts), len(scale.items)), np.nan, dtype=max(kinds), order="F")
    start = 0
    for part in parts:
        end = start + len(part.rows)
        own = part.instrument.scales.get(scale.name)
        for place, item in enumerate(own.items if own else ()):
            cells = part.answers[scale.name][:, place]
            if own is not None and (item in own.reversed) != (item in scale.reversed):
                cells = sum(scale.bounds) - cells
            out[start:end, scale.items.index(item)] = cells
        start = end
    return out


def _segments(parts: Sequence[_Part]) -> pd.DataFrame:
    names = dict.fromkeys(name for part in parts for name in part.segments)
    nothing = (np.zeros(0, dtype=np.int32), _objects([]))
    columns = {}
    for name in names:
        held = [part.segments.get(name, nothing) for part in parts]
        found = [
            (codes if len(codes) else np.full(len(part.rows), -1, dtype=np.int32), values)
            for (codes, values), part in zip(held, parts, strict=True)
        ]
        used = {values[code] for codes, values in found for code in np.unique(codes[codes >= 0]).tolist()}
        categories = sorted(used)
        columns[name] = pd.Categorical.from_codes(_coded(found, categories), categories=categories)
    return pd.DataFrame(columns, index=pd.RangeIndex(sum(len(part.rows) for part in parts)))


def _looked_up(texts: Sequence[npt.NDArray[np.object_]], index: Mapping[str, int]) -> Codes:
    together = np.concatenate(list(texts))
    codes, values = pd.factorize(together)
    return np.array([index[value] for value in values] or [0], dtype=np.int32)[codes]


def _coded(named: Sequence[tuple[Codes, npt.NDArray[np.object_]]], names: Sequence[str]) -> Codes:
    """Codes into names common to all, −1 where there is none."""
    index = {name: code for code, name in enumerate(names)}
    lookups = [np.array([*(index.get(v, -1) for v in values), -1], dtype=np.int32) for _, values in named]
    return np.concatenate([lookup[codes] for lookup, (codes, _) in zip(lookups, named, strict=True)])


def _in_order(found: Survey) -> Survey:
    """Rows by period, team and person; persons without an id by their answers and segments, as intake has it."""
    key = (found.period * np.int64(len(found.teams) + 1) + found.team) * (len(found.respondents) + 1) + found.respondent
    if (found.respondent >= 0).all():
        order = np.argsort(key, kind="stable")
    else:
        columns = [cells[:, place] for cells in found.answers.values() for place in range(cells.shape[1])]
        columns += [found.segments[name].cat.codes.to_numpy() for name in found.segments.columns]
        order = np.lexsort((*reversed(columns), key))
    return replace(
        found,
        team=found.team[order],
        period=found.period[order],
        respondent=found.respondent[order],
        answers={name: np.asfortranarray(cells[order]) for name, cells in found.answers.items()},
        segments=found.segments.iloc[order].reset_index(drop=True),
    )


def _objects(values: Sequence[str]) -> npt.NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


# ── what stands beside it ─────────────────────────────────────────────────────────────────────────


def beside(
    kind: str, kept: Sequence[Kept], said: Sequence[Rename]
) -> Performance | Events | Structures | Roster | None:
    """The record of one kind of all uploads in use; `None` where there is none."""
    if not kept:
        return None
    frames = [_rows_in_use(one, said) for one in kept]
    together = pd.concat(frames, ignore_index=True)
    if kind == "roster" and said:
        together = _added_up(together)
    table = together.sort_values(_SORTED_BY[kind], kind="stable", ignore_index=True)
    periods = in_order(label for label in set(table["period"].tolist()) if label)
    problems = tuple(problem for one in kept for problem in one.problems)
    files = tuple(file for one in kept for file in one.files)
    if kind == "performance":
        return Performance(values=table, periods=periods, problems=problems, files=files)
    if kind == "events":
        return Events(events=table, periods=periods, problems=problems, files=files)
    if kind == "structures":
        return Structures(states=table, periods=periods, problems=problems, files=files)
    return Roster(headcounts=table, periods=periods, problems=problems, files=files)


def _rows_in_use(kept: Kept, said: Sequence[Rename]) -> pd.DataFrame:
    rows = packing.frame(kept.table)
    wanted = [slice_ in kept.slices for slice_ in zip(rows["period"], parts_of(kept.kind, rows), strict=True)]
    used = rows[wanted]
    if not said:
        return used
    names = {
        pair: called(pair[0], Period.parse(pair[1]), said)
        for pair in set(zip(used["team"], used["period"], strict=True))
    }
    today = [names[pair] for pair in zip(used["team"], used["period"], strict=True)]
    return used.assign(team=pd.Series(today, index=used.index, dtype=used["team"].dtype))


def _added_up(headcounts: pd.DataFrame) -> pd.DataFrame:
    """Head counts of teams that are one team today."""
    keys = ["team", "period"]
    if not headcounts.duplicated(keys).any():
        return headcounts
    summed = headcounts.groupby(keys, as_index=False, sort=False).agg({"headcount": "sum", "parent": "first"})
    return summed[list(headcounts.columns)]
