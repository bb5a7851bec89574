"""
Surveys: files of responses to one `Survey`, in an order that does not depend on the order of their rows.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.intake import checks
from dashboard.intake.answers import Asked, Read, ScaleRead, note_missing, read_scale
from dashboard.intake.instruments import check_items, check_named, resolved
from dashboard.intake.names import Names, cleaned, joined_column, persons
from dashboard.intake.notes import Notes
from dashboard.intake.periods import spelled
from dashboard.intake.ranks import in_order
from dashboard.intake.reading import Understood, understand
from dashboard.intake.responses import moments, real, repeated, settle
from dashboard.intake.roles import instrument_from_roles, named_alike, stem
from dashboard.intake.sources import Source, each
from dashboard.intake.table import Table
from dashboard.terms import InputRefused, Instrument, Period, Problem, Settings, SourceFile, Survey

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Ranks = npt.NDArray[np.unsignedinteger]


def read_survey(
    source: Source | Sequence[Source],
    *,
    instrument: Instrument | None = None,
    period: str | None = None,
    settings: Settings | None = None,
) -> Survey:
    """
    The survey in one or several files.

    Parameters
    ----------
    source : a path, bytes or `NamedBytes`, or several of them; one or more periods in each.
    instrument : which column is what; proposed from names, question texts and contents where not given.
    period : the period of files that have no period column.
    settings : `file_bytes` and `minimum_group` are used.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    settings = settings or Settings()
    files = [understand(one, instrument, settings) for one in each(source)]
    gathered = gather(files, instrument, period, settings)
    for lack in checks.lacking(gathered.parts, gathered.instrument):
        lack.notes.error(lack.found, lack.remedy, column=lack.column)
    problems = tuple(problem for file in files for problem in file.notes.problems)
    if any(file.notes.refused for file in files):
        raise InputRefused(problems)
    return gathered.survey(problems)


# ── one file ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(kw_only=True, eq=False)
class Part:
    """The responses of one file: its rows without tests, names as codes."""

    file: Understood
    table: Table
    team: Names | None
    period: Names | None
    periods: Mapping[str, Period] = field(default_factory=dict)
    person: Names | None
    segments: Mapping[str, Names]

    @property
    def notes(self) -> Notes:
        """The notes of the file."""
        return self.file.notes


def _part(file: Understood, table: Table, period: str | None) -> Part:
    notes = file.notes
    keep = real(table, notes)
    table = table if keep.all() else table.take(np.flatnonzero(keep))
    teams = [table[name] for name in file.named("team")]
    team = cleaned(joined_column(teams), table, notes, merge=True) if teams else None
    when, periods = _periods(file, table, period)
    column = file.column("respondent")
    return Part(
        file=file,
        table=table,
        team=team,
        period=when,
        periods=periods,
        person=persons(table[column], table, notes) if column else None,
        segments={name: cleaned(table[name], table, notes) for name in file.named("segment")},
    )


def _periods(file: Understood, table: Table, given: str | None) -> tuple[Names | None, Mapping[str, Period]]:
    column = file.column("period")
    if column is None:
        if given is None or not given.strip():
            return None, {}
        return Names((given,), np.zeros(table.rows, dtype=np.int32)), spelled([given]).periods
    names = cleaned(table[column], table, file.notes)
    found = spelled(names.present())
    checks.note_periods(found, column, file.notes)
    return names, found.periods


# ── all files ─────────────────────────────────────────────────────────────────────────────────────


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
        reads = {(id(read.asked.table), read.asked.item): read for read in self.scales[scale].items}
        whole = all(_is_whole(read.numbers) for read in reads.values())
        shape = (len(self.team) if rows is None else len(rows), len(items))
        out = np.empty(shape, dtype=np.float32 if whole else np.float64, order="F")
        columns = [[reads.get((id(part.table), item)) for part in self.parts] for item in items]
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
        reads = {id(read.asked.table): read for read in self.scales[scale].items if read.asked.item == item}
        places: list[Ranks] = []
        for part in self.parts:
            read = reads.get(id(part.table))
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
                items = list(dict.fromkeys(read.asked.item for read in scale.items if read.answered))
                ranges[scale.low, scale.high].append((name, items))
        return list(ranges.values())

    def segments(self, rows: Rows) -> pd.DataFrame:
        """A categorical column per segment, categories sorted."""
        named: dict[str, None] = {name: None for part in self.parts for name in part.segments}
        columns = {name: self._segment(name, rows) for name in named}
        return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))

    def _segment(self, name: str, rows: Rows) -> pd.Categorical:
        values, codes = _unified([part.segments.get(name) for part in self.parts], self.parts)
        return pd.Categorical.from_codes(codes[rows], categories=list(values))


def gather(
    files: Sequence[Understood], instrument: Instrument | None, period: str | None, settings: Settings
) -> Gathered:
    """
    Everything that the files say together; what is wrong or odd goes into their notes.
    """
    parts = [_part(file, file.table, period) for file in files if file.table is not None]
    proposed = _proposed(parts, instrument)
    if instrument is not None:
        check_named(instrument, parts)
    check_items(proposed, parts)
    scales = _scales(parts, proposed)
    teams, team = _unified([part.team for part in parts], parts)
    people, person = _unified([part.person for part in parts], parts)
    periods, when = _on_time_line(parts)
    gathered = Gathered(
        parts=parts, instrument=proposed, scales=scales, teams=teams, periods=periods, people=people,
        team=team, period=when, person=person, kept=np.zeros(0, dtype=np.intp),
    )  # fmt: skip
    checks.check_columns(parts)
    if parts:
        gathered = _settled(gathered)
        checks.check_responses(gathered, settings)
    return gathered


def _proposed(parts: Sequence[Part], instrument: Instrument | None) -> Instrument:
    """The instrument of all files together: the roles found in each, the first file's first."""
    roles = {row.column: row for part in reversed(parts) for row in part.file.roles}
    ordered = [roles[name] for name in dict.fromkeys(row.column for part in parts for row in part.file.roles)]
    found = instrument_from_roles(ordered, instrument)
    if instrument is None:
        return found
    return replace(
        found,
        team=found.team or instrument.team,
        scales=instrument.scales or found.scales,
        title=instrument.title,
    )


def _scales(parts: Sequence[Part], instrument: Instrument) -> dict[str, ScaleRead]:
    """Every scale of the instrument, then the items that have none yet, block by block."""
    read = {}
    for name, scale in instrument.scales.items():
        asked = [one for item in scale.items for one in _asked(parts, item)]
        read[name] = read_scale(asked, scale.minimum, scale.maximum, of=name.replace("_", " "))
    for block, items in _unassigned(parts).items():
        read[f"?{block}"] = read_scale([one for item in items for one in _asked(parts, item)])
    note_missing(list(read.values()))
    return read


def _asked(parts: Sequence[Part], item: str) -> list[Asked]:
    named = [(part, named_alike(part.table.names, item)) for part in parts]
    return [Asked(item, part.table[name], part.table, part.notes) for part, name in named if name is not None]


def _unassigned(parts: Sequence[Part]) -> dict[str, list[str]]:
    blocks: dict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        for row in part.file.roles:
            if row.role == "item" and row.scale is None:
                blocks[stem(row.column)][row.column] = None
    return {block: list(items) for block, items in blocks.items()}


def _unified(named: Sequence[Names | None], parts: Sequence[Part]) -> tuple[tuple[str, ...], Codes]:
    """The names of all files, sorted, and each row's code into them."""
    if len(named) == 1 and named[0] is not None and named[0].ordered:
        return named[0].values, named[0].codes
    values = _sorted(named)
    index = {value: code for code, value in enumerate(values)}
    codes = [
        np.full(part.table.rows, -1, dtype=np.int32) if names is None else _recoded(names, index)
        for names, part in zip(named, parts, strict=True)
    ]
    return values, np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32)


def _sorted(named: Sequence[Names | None]) -> tuple[str, ...]:
    if len(named) == 1 and named[0] is not None:
        return tuple(sorted(named[0].present()))
    return tuple(sorted({value for names in named if names is not None for value in names.present()}))


def _recoded(names: Names, index: Mapping[str, int]) -> Codes:
    lookup = np.array([*(index.get(value, -1) for value in names.values), -1], dtype=np.int32)
    return lookup[names.codes]


def _on_time_line(parts: Sequence[Part]) -> tuple[tuple[Period, ...], Codes]:
    periods = tuple(sorted({period for part in parts for period in part.periods.values()}))
    place = {period: code for code, period in enumerate(periods)}
    codes = []
    for part in parts:
        if part.period is None:
            codes.append(np.full(part.table.rows, -1, dtype=np.int32))
        else:
            index = {label: place[period] for label, period in part.periods.items()}
            codes.append(_recoded(part.period, index))
    return periods, np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32)


# ── one response per person and period ────────────────────────────────────────────────────────────


def _settled(found: Gathered) -> Gathered:
    """With rows that have no place set aside, one response per person and period, in canonical order."""
    keep = np.ones(len(found.team), dtype=bool)
    for role, codes in (("team", found.team), ("period", found.period)):
        if any(getattr(part, role) is not None for part in found.parts):
            checks.note_homeless(found, codes < 0, role)
            keep &= codes >= 0
    doubled = repeated(np.where(keep, found.person, -1), np.maximum(found.period, 0), len(found.people))
    if len(doubled):
        keep[_dropped(found, doubled)] = False
    return replace(found, kept=canonical(found, np.flatnonzero(keep)))


def _dropped(found: Gathered, rows: Rows) -> Rows:
    keys = found.period[rows].astype(np.int64) * (len(found.people) + 1) + found.person[rows]
    answers = [found.answers(n, dict.fromkeys(r.asked.item for r in s.items), rows) for n, s in found.scales.items()]
    content = np.column_stack([found.team[rows], *(cells.astype(float) for cells in answers)])
    settled = settle(rows, keys, content, _moments(found, rows))
    checks.note_repeats(found, settled, rows, keys)
    return settled.dropped


def _moments(found: Gathered, rows: Rows) -> npt.NDArray[np.float64] | None:
    if not any(part.file.named("time") for part in found.parts):
        return None
    when = [
        moments(part.table[names[-1]]) if (names := part.file.named("time")) else np.full(part.table.rows, np.nan)
        for part in found.parts
    ]
    return np.concatenate(when)[rows]


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
    answers = [found.answers(n, dict.fromkeys(r.asked.item for r in s.items), rows) for n, s in found.scales.items()]
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
