"""
Log: what was brought when and by whom, what of it is in use, and what a new import would take the place of.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.records import Record, Records, slices_of
from dashboard.history.schema import files, imports, slices, uploads
from dashboard.terms import Period, Problem, Severity, SourceFile, in_order

Slice = tuple[str, str, str]
"""(kind, period, part): what stands in one upload only."""


class State(StrEnum):
    """What became of an upload."""

    IN_USE = "in use"
    PARTLY = "partly replaced"
    REPLACED = "replaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One kept table: its kind, the files it was read from, what it speaks of, and what became of it."""

    number: int
    kind: str
    rows: int
    files: tuple[SourceFile, ...]
    periods: tuple[Period, ...]
    parts: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What was brought together. `at`, `undone_at`: moments in UTC, ISO 8601."""

    number: int
    at: str
    who: str
    uploads: tuple[Upload, ...]
    undone_at: str | None = None
    undone_by: str | None = None

    @property
    def undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files of all its uploads."""
        return tuple(file for upload in self.uploads for file in upload.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """
    A period (of a kind) that an earlier import holds already. Both never stand side by side.

    `parts`: the metrics or structures concerned, empty for other kinds. `same_file`: whether the very same bytes
    were brought. `lost`: teams of the earlier version that the new one does not have. `fewer`: how many of the persons
    of its survey the new one does not have; never who they are or where.
    """

    kind: str
    period: str
    parts: tuple[str, ...]
    import_number: int
    at: str
    who: str
    names: tuple[str, ...]
    file: str
    same_file: bool
    lost: tuple[str, ...]
    fewer: int = 0

    def problem(self, severity: Severity = Severity.ERROR) -> Problem:
        """The clash as it is told: an error where nobody can be asked, else a warning."""
        what = f"{self.kind} of {self.period}" + (f" ({', '.join(self.parts)})" if self.parts else "")
        found = (
            f"{what} was brought before, in {' and '.join(self.names)}: import {self.import_number} of {self.at[:10]}"
        )
        if self.same_file:
            found += ", from a file of the very same content"
        if self.fewer:
            found += f"; {persons_gone(self.fewer)}"
        remedy = "Replace it (--replace), or cancel; until then nothing is changed, and both never stand side by side"
        if self.lost:
            teams = f"{len(self.lost)} of its teams" if len(self.lost) > 1 else "a team"
            found += f"; {teams} would be missing ({', '.join(self.lost[:3])}{' …' if len(self.lost) > 3 else ''})"
            remedy += ". To have both, bring all files of the period together"
        return Problem(file=self.file, found=found, remedy=remedy, severity=severity)


def persons_gone(fewer: int) -> str:
    """
    How many persons of an earlier version are not in a new one.

    >>> persons_gone(1), persons_gone(1200)
    ('1 person who answered then is no longer there', '1,200 persons who answered then are no longer there')
    """
    who = "1 person who answered then is" if fewer == 1 else f"{fewer:,} persons who answered then are"
    return f"{who} no longer there"


def owners(connection: Connection) -> dict[Slice, int]:
    """Slice → the upload that is in use for it: the latest that is not undone."""
    query = (
        sa.select(uploads.c.kind, slices.c.period, slices.c.part, sa.func.max(uploads.c.number))
        .join(uploads, uploads.c.number == slices.c.upload)
        .join(imports, imports.c.number == uploads.c.import_number)
        .where(imports.c.undone_at.is_(None))
        .group_by(uploads.c.kind, slices.c.period, slices.c.part)
    )
    return {(kind, period, part): number for kind, period, part, number in connection.execute(query)}


def all_imports(connection: Connection) -> tuple[Import, ...]:
    """Every import, the earliest first."""
    by_import: dict[int, list[Upload]] = defaultdict(list)
    in_use = defaultdict(set)
    for (_, period, part), number in owners(connection).items():
        in_use[number].add((period, part))
    sources, spoken = _files(connection), _slices(connection)
    rows = connection.execute(sa.select(imports).order_by(imports.c.number)).all()
    undone = {row.number for row in rows if row.undone_at is not None}
    columns = (uploads.c.number, uploads.c.import_number, uploads.c.kind, uploads.c.row_count)
    for row in connection.execute(sa.select(*columns).order_by(uploads.c.number)):
        state = _state(spoken[row.number], in_use[row.number], row.import_number in undone)
        by_import[row.import_number].append(
            Upload(
                number=row.number,
                kind=row.kind,
                rows=row.row_count,
                files=tuple(_source(file, row.kind) for file in sources[row.number]),
                periods=in_order(period for period, _ in spoken[row.number]),
                parts=tuple(sorted({part for _, part in spoken[row.number]} - {""})),
                state=state,
            )
        )
    return tuple(
        Import(
            number=row.number, at=row.at, who=row.who, uploads=tuple(by_import[row.number]),
            undone_at=row.undone_at, undone_by=row.undone_by,
        )
        for row in rows
    )  # fmt: skip


def _state(spoken: set[tuple[str, str]], in_use: set[tuple[str, str]], undone: bool) -> State:
    if undone:
        return State.UNDONE
    if not in_use:
        return State.REPLACED
    return State.IN_USE if in_use == spoken else State.PARTLY


def _files(connection: Connection) -> Mapping[int, list[sa.Row[tuple[object, ...]]]]:
    found: dict[int, list[sa.Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(sa.select(files).order_by(files.c.number)):
        found[row.upload].append(row)
    return found


def _slices(connection: Connection) -> Mapping[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in connection.execute(sa.select(slices)):
        found[row.upload].add((row.period, row.part))
    return found


def _source(row: sa.Row[tuple[object, ...]], kind: str) -> SourceFile:
    return SourceFile(name=row.name, digest=row.digest, kind=kind, rows=row.row_count)


def sources(connection: Connection, upload: int, kind: str) -> tuple[SourceFile, ...]:
    """The files of one upload."""
    query = sa.select(files).where(files.c.upload == upload).order_by(files.c.number)
    return tuple(_source(row, kind) for row in connection.execute(query))


def brought_before(connection: Connection, digests: Iterable[str]) -> dict[str, Import]:
    """Digest of a file's bytes → the latest import, not undone, that brought the same bytes."""
    wanted = set(digests)
    return {
        file.digest: one
        for one in all_imports(connection)
        if not one.undone
        for file in one.files
        if file.digest in wanted
    }


def clashes(
    connection: Connection,
    records: Records,
    lost: Callable[[int, str, Record], set[str]],
    fewer: Callable[[int, str, Record], int],
) -> tuple[Clash, ...]:
    """
    What the records would take the place of, an entry per kind, period and earlier import.

    Parameters
    ----------
    lost : (upload, period, record) → the teams that the upload has in the period and the record has not.
    fewer : the same → the number of such persons.
    """
    by_upload = {upload.number: (one, upload) for one in all_imports(connection) for upload in one.uploads}
    held = owners(connection)
    found = []
    for kind, record in records.each():
        parts: dict[tuple[str, int], list[str]] = defaultdict(list)
        for period, part in sorted(slices_of(kind, record)):
            if (number := held.get((kind, period, part))) is not None:
                parts[period, number].append(part)
        for (period, number), named in parts.items():
            at = number, period, record
            found.append(_clash(record, period, named, *by_upload[number], lost(*at), fewer(*at)))
    return tuple(found)


def _clash(
    record: Record, period: str, parts: Sequence[str], earlier: Import, kept: Upload, lost: set[str], fewer: int
) -> Clash:
    digests = {file.digest for file in kept.files}
    return Clash(
        kind=kept.kind,
        period=period,
        parts=tuple(part for part in parts if part),
        import_number=earlier.number,
        at=earlier.at,
        who=earlier.who,
        names=tuple(file.name for file in kept.files),
        file=", ".join(file.name for file in record.files) or kept.kind,
        same_file=any(file.digest in digests for file in record.files),
        lost=tuple(sorted(lost)),
        fewer=fewer,
    )


def problems_to_json(problems: Sequence[Problem]) -> str:
    """Problems as they are kept."""
    return json.dumps([[p.file, p.line, p.column, p.found, p.remedy, str(p.severity)] for p in problems])


def problems_from_json(text: str) -> tuple[Problem, ...]:
    """Problems as they were kept."""
    return tuple(
        Problem(file=file, line=line, column=column, found=found, remedy=remedy, severity=Severity(severity))
        for file, line, column, found, remedy, severity in json.loads(text)
    )
