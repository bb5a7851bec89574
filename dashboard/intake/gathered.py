"""
Gathered: the responses of all files together, before and after they become a survey.

Rows stay where their files have them; answers are looked up through the codes of their columns, so that nothing is
copied until the rows of the survey and their order are settled.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.intake.answers import Read, ScaleRead
from dashboard.intake.instruments import resolved
from dashboard.intake.names import Names
from dashboard.intake.notes import Notes
from dashboard.intake.ranks import in_order
from dashboard.intake.reading import Understood
from dashboard.intake.responses import Dated
from dashboard.intake.table import Table
from dashboard.terms import Instrument, Period, Problem, SourceFile, Survey

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Ranks = npt.NDArray[np.unsignedinteger]


@dataclass(kw_only=True, eq=False)
class Part:
    """The responses of one file: its rows without tests, names as codes; `dated`, where no period is known."""

    file: Understood
    table: Table
    team: Names | None
    period: Names | None
    periods: Mapping[str, Period] = field(default_factory=dict)
    person: Names | None
    segments: Mapping[str, Names]
    dated: Dated | None = None

    @property
    def notes(self) -> Notes:
        """The notes of the file."""
        return self.file.notes


@dataclass(kw_only=True, eq=False)
class Gathered:
    """All files together, rows in the order of the files; `kept` are those of the survey, in canonical order."""

    parts: Sequence[Part]
    instrument: Instrument
    scales: Mapping[str, ScaleRead]
    teams: tuple[str, ...]
    periods: tuple[Period, ...]
    people: tuple[str, ...]
    team: Codes
    period: Codes
    person: Codes
    kept: Rows

    def survey(self, problems: Sequence[Problem]) -> Survey:
        """The survey; every role must have been found."""
        kept = self.kept
        instrument = resolved(self.instrument, self.scales)
        return Survey(
            instrument=instrument,
            teams=self.teams,
            periods=self.periods,
            team=self.team[kept],
            period=self.period[kept],
            respondent=self.person[kept],
            respondents=_objects(self.people),
            answers={name: self.answers(name, scale.items, kept) for name, scale in instrument.scales.items()},
            segments=self.segments(kept),
            problems=tuple(problems),
            files=tuple(_source_file(part) for part in self.parts),
        )

    def answers(self, scale: str, items: Iterable[str], rows: Rows | None = None) -> npt.NDArray[np.floating]:
        """(rows, items) the answers of one scale; of all rows in the order of the files where none are named."""
        items = list(items)
        whole = all(_is_whole(read.numbers) for read in self.scales[scale].items)
        shape = (len(self.team) if rows is None else len(rows), len(items))
        out = np.empty(shape, dtype=np.float32 if whole else np.float64, order="F")
        columns = [[self.scales[scale].read(part.table, item) for part in self.parts] for item in items]
        with ThreadPoolExecutor() as threads:
            deque(threads.map(lambda place: self._fill(out[:, place], columns[place], rows), range(len(items))), 0)
        return out

    def _fill(self, out: npt.NDArray[np.floating], reads: Sequence[Read | None], rows: Rows | None) -> None:
        """The answers to one item."""
        if len(reads) == 1 and reads[0] is not None:
            codes = reads[0].asked.column.codes
            codes = codes if rows is None else codes.take(rows)
            reads[0].numbers.astype(out.dtype).take(codes, out=out, mode="clip")
            return
        cells = [
            np.full(part.table.rows, np.nan, dtype=out.dtype)
            if read is None
            else read.numbers.astype(out.dtype).take(read.asked.column.codes)
            for part, read in zip(self.parts, reads, strict=True)
        ]
        together = np.concatenate(cells)
        out[:] = together if rows is None else together.take(rows)

    def lines(self, rows: Rows) -> list[tuple[Part, list[int]]]:
        """Where rows stand: each file that holds some, with their record numbers."""
        found, start = [], 0
        for part in self.parts:
            inside = np.sort(rows[(rows >= start) & (rows < start + part.table.rows)]) - start
            if len(inside):
                found.append((part, part.table.lines[inside].tolist()))
            start += part.table.rows
        return found

    def is_kept(self) -> npt.NDArray[np.bool_]:
        """(rows,) whether a row of the files belongs to the survey."""
        kept = np.zeros(len(self.team), dtype=bool)
        kept[self.kept] = True
        return kept

    def distinct(self, scales: Sequence[str]) -> npt.NDArray[np.float64]:
        """The different answers that were given on some scales, in order."""
        numbers = [read.numbers for scale in dict.fromkeys(scales) for read in self.scales[scale].items]
        answers = np.unique(np.concatenate(numbers))
        return answers[~np.isnan(answers)]

    def ranks(self, scale: str, item: str, distinct: npt.NDArray[np.float64], rows: Rows | None) -> Ranks:
        """(rows,) the place of each answer among some distinct ones, `len(distinct)` where there is none."""
        places: list[Ranks] = []
        for part in self.parts:
            read = self.scales[scale].read(part.table, item)
            if read is None:
                places.append(np.full(part.table.rows, len(distinct), dtype=np.uint16))
            else:
                place = np.where(np.isnan(read.numbers), len(distinct), np.searchsorted(distinct, read.numbers))
                kind: npt.DTypeLike = np.uint8 if len(distinct) < 255 else np.uint16
                places.append(np.asarray(place, dtype=kind).take(read.asked.column.codes))
        together = places[0] if len(places) == 1 else np.concatenate(places)
        return together if rows is None else together.take(rows)

    def alike(self) -> list[list[tuple[str, list[str]]]]:
        """Scales, with their items, that share one range: those whose answers can be the same throughout."""
        ranges: dict[tuple[float, float], list[tuple[str, list[str]]]] = defaultdict(list)
        for name, scale in self.scales.items():
            if scale.low is not None and scale.high is not None:
                answered = {read.asked.item for read in scale.items if read.answered}
                items = [item for item in scale.names if item in answered]
                ranges[scale.low, scale.high].append((name, items))
        return list(ranges.values())

    def segments(self, rows: Rows) -> pd.DataFrame:
        """A categorical column per segment, categories sorted."""
        named: dict[str, None] = {name: None for part in self.parts for name in part.segments}
        columns = {name: self._segment(name, rows) for name in named}
        return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))

    def _segment(self, name: str, rows: Rows) -> pd.Categorical:
        values, codes = unified([part.segments.get(name) for part in self.parts], self.parts)
        return pd.Categorical.from_codes(codes[rows], categories=list(values))


def unified(named: Sequence[Names | None], parts: Sequence[Part]) -> tuple[tuple[str, ...], Codes]:
    """The names of all files, sorted, and each row's code into them."""
    if len(named) == 1 and named[0] is not None and named[0].ordered:
        return named[0].values, named[0].codes
    values = _sorted(named)
    index = {value: code for code, value in enumerate(values)}
    codes = [
        np.full(part.table.rows, -1, dtype=np.int32) if names is None else recoded(names, index)
        for names, part in zip(named, parts, strict=True)
    ]
    return values, np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32)


def _sorted(named: Sequence[Names | None]) -> tuple[str, ...]:
    if len(named) == 1 and named[0] is not None:
        return tuple(sorted(named[0].present()))
    return tuple(sorted({value for names in named if names is not None for value in names.present()}))


def recoded(names: Names, index: Mapping[str, int]) -> Codes:
    lookup = np.array([*(index.get(value, -1) for value in names.values), -1], dtype=np.int32)
    return lookup[names.codes]


def canonical(found: Gathered, rows: Rows) -> Rows:
    """Rows by period, team and person; persons without an id by their answers and segments."""
    whole = len(rows) == len(found.team)
    period, team, person = (c if whole else c[rows] for c in (found.period, found.team, found.person))
    people = len(found.people) + 1
    key = period * np.int64(len(found.teams) + 1)
    key += team
    key *= people
    key += person
    if len(key) > 1 and (key[1:] > key[:-1]).all():
        return rows
    if (person >= 0).all():
        return rows[in_order(key)]
    answers = [found.answers(n, s.names, rows) for n, s in found.scales.items()]
    columns = [cells[:, place] for cells in answers for place in range(cells.shape[1])]
    segments = found.segments(rows)
    columns += [segments[name].cat.codes.to_numpy() for name in segments.columns]
    return rows[np.lexsort((*reversed(columns), key))]


def _objects(values: Sequence[str]) -> npt.NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _is_whole(numbers: npt.NDArray[np.float64]) -> bool:
    return bool((np.isnan(numbers) | (numbers == np.round(numbers))).all())


def _source_file(part: Part) -> SourceFile:
    assert part.file.table is not None  # noqa: S101
    return SourceFile(name=part.file.file.name, digest=part.file.digest(), kind="survey", rows=part.file.table.rows)
