"""
Erasing: persons, periods, imports or everything, gone from every file of the workspace for good.

Kept tables are otherwise never changed; for erasure each one that holds such rows is written anew without them, those
of undone and of replaced imports as well, so that no undo brings anything back. Names that only the erased rows had
go with them, and so do the remarks on those files, which may repeat a cell. Overwriting on disk is `Store.scrub`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history import packing, renames, story
from dashboard.history.assembling import Kept
from dashboard.history.log import problems_to_json
from dashboard.history.records import parts_of
from dashboard.history.schema import imports, metadata, slices, uploads
from dashboard.history.seal import fact, state
from dashboard.terms import Problem, Severity

Which = Callable[[str, pa.Table], npt.NDArray[np.bool_]]
"""(kind, table) → (rows,) whether a row is to be erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many rows of how many uploads were erased; rows of replaced and undone imports count too."""

    rows: int
    uploads: int


def person(pseudonym: str) -> Which:
    """Rows of one person."""

    def which(kind: str, table: pa.Table) -> npt.NDArray[np.bool_]:
        if kind not in packing.PERSON:
            return np.zeros(table.num_rows, dtype=bool)
        return _is(table, packing.PERSON[kind], pseudonym)

    return which


def period(label: str) -> Which:
    """Rows of one period, of every kind."""
    return lambda _, table: _is(table, "period", label)


def rows(connection: Connection, which: Which, load: Callable[[int], Kept]) -> Erased:
    """Erase rows from every upload that has some."""
    lost, touched = 0, 0
    for number, kind in connection.execute(sa.select(uploads.c.number, uploads.c.kind)).all():
        table = load(number).table
        gone = which(kind, table)
        if gone.any():
            lost, touched = lost + int(gone.sum()), touched + 1
            _rewrite(connection, number, kind, packing.without(table, gone))
    _tidy(connection, load)
    return Erased(rows=lost, uploads=touched)


def whole_import(connection: Connection, number: int, load: Callable[[int], Kept]) -> Erased:
    """Erase everything one import brought."""
    query = sa.select(uploads.c.row_count).where(uploads.c.import_number == number)
    counts = list(connection.execute(query).scalars())
    connection.execute(sa.delete(imports).where(imports.c.number == number))
    _tidy(connection, load)
    return Erased(rows=sum(counts), uploads=len(counts))


def everything(connection: Connection) -> Erased:
    """Erase all of it: uploads, log, names, instruments, settings, and the link to the key."""
    counts = list(connection.execute(sa.select(uploads.c.row_count)).scalars())
    version = fact(connection, "version")
    for table in reversed(metadata.sorted_tables):
        connection.execute(sa.delete(table))
    state(connection, "version", version)
    state(connection, "scrub", "due")
    return Erased(rows=sum(counts), uploads=len(counts))


def _is(table: pa.Table, column: str, name: str) -> npt.NDArray[np.bool_]:
    codes, values = packing.coded(table, column)
    return np.array([*(value == name for value in values), False])[codes]


def _rewrite(connection: Connection, number: int, kind: str, left: pa.Table) -> None:
    """Put what is left of an upload in its place; nothing of it, where nothing is left."""
    this = uploads.c.number == number
    if not left.num_rows:
        connection.execute(sa.delete(uploads).where(this))
        return
    content = packing.to_bytes(left)
    digest, note = packing.digest_of(content), problems_to_json([_remark(kind)])
    connection.execute(
        sa.update(uploads).where(this).values(content=content, digest=digest, row_count=left.num_rows, problems=note)
    )
    connection.execute(sa.delete(slices).where(slices.c.upload == number))
    connection.execute(
        sa.insert(slices), [{"upload": number, "period": p, "part": part} for p, part in sorted(spoken(kind, left))]
    )


def spoken(kind: str, table: pa.Table) -> set[tuple[str, str]]:
    """(period, part) of a kept table."""
    periods = table["period"].to_pylist()
    parts = [""] * len(periods) if kind == "survey" else parts_of(kind, packing.frame(table))
    return set(zip(periods, parts, strict=True))


def _remark(kind: str) -> Problem:
    return Problem(
        file="history",
        found=f"rows of this {kind} were erased since it was brought, and the remarks on its files with them",
        remedy="Nothing to do",
        severity=Severity.WARNING,
    )


def _tidy(connection: Connection, load: Callable[[int], Kept]) -> None:
    """Drop imports that hold nothing any more and names that nothing has, and note that the disk is to be scrubbed."""
    holding = sa.select(uploads.c.import_number)
    connection.execute(sa.delete(imports).where(imports.c.number.not_in(holding)))
    teams: set[str] = set()
    items: set[str] = set()
    for number, kind in connection.execute(sa.select(uploads.c.number, uploads.c.kind)).all():
        kept = load(number)
        if "team" in kept.table.column_names:
            teams |= set(packing.coded(kept.table, "team")[1].tolist())
        if kind == "survey":
            items |= {item for scale in kept.instrument.scales.values() for item in scale.items}
    renames.forget_unused(connection, "team", teams)
    renames.forget_unused(connection, "item", items)
    story.after_erasure(connection, teams | {one.new for one in renames.said(connection, "team")})
    state(connection, "scrub", "due")
