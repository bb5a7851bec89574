"""
Schema: the tables of a workspace, and how a workspace of an earlier version becomes one of this version.

Uploads are never changed by an import: an import adds rows, an undo sets a mark. What is in use follows from the
rows: of each slice (kind, period, part) the latest import that is not undone. The tables are SQLAlchemy's, so that
another database can hold them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 4
APPLICATION = 0x43454448  # says in the file's header that it is a workspace of this dashboard
metadata = MetaData()

facts = Table("facts", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))
"""`version` counts changes; `seal`, `key` (the fingerprint of the key), `settings` and `scrub` stand here too."""

imports = Table(
    "imports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("undone_at", String(32)),
    Column("undone_by", Text),
    sqlite_autoincrement=True,
)
"""What was brought together: all of it is there, or none."""

uploads = Table(
    "uploads",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("import_number", ForeignKey("imports.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""One kept table: a survey or what stands beside it. `mapping` is TOML, `digest` the sha256 of `content`."""

files = Table(
    "files",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("upload", ForeignKey("uploads.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("row_count", Integer, nullable=False),
)
"""The files a table was read from, with the sha256 of their bytes; the bytes themselves are not kept."""

slices = Table(
    "slices",
    metadata,
    Column("upload", ForeignKey("uploads.number", ondelete="CASCADE"), primary_key=True),
    Column("period", String(300), primary_key=True),
    Column("part", String(300), primary_key=True),
)
"""What a table speaks of: periods, and within them its parts (the metrics of performance, the structures)."""

renames = Table(
    "renames",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("what", String(10), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("until", String(300)),
    sqlite_autoincrement=True,
)
"""Teams and items that changed their names, in the order in which this was said."""

remembered = Table(
    "remembered",
    metadata,
    Column("shape", String(64), primary_key=True),
    Column("columns", Text, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("texts", Text, nullable=False, server_default="{}"),
)
"""Instruments by the columns of the file they were confirmed for; `texts`: what each item asked, as JSON."""

storyline = Table(
    "storyline",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("edits", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""What presenters changed in the story, as JSON; at most one row."""


def create(connection: Connection) -> None:
    """Make the tables of this version."""
    metadata.create_all(connection)


def _to_2(connection: Connection) -> None:
    """Version 1 kept no digest of its tables, no renames and no instruments."""
    connection.execute(sa.text("ALTER TABLE uploads ADD COLUMN digest VARCHAR(64) NOT NULL DEFAULT ''"))
    for row in connection.execute(sa.select(uploads.c.number, uploads.c.content)).all():
        digest = hashlib.sha256(row.content).hexdigest()
        connection.execute(sa.update(uploads).where(uploads.c.number == row.number).values(digest=digest))
    metadata.create_all(connection, tables=[renames])
    columns = "columns TEXT NOT NULL, instrument TEXT NOT NULL, at VARCHAR(32) NOT NULL"
    connection.execute(sa.text(f"CREATE TABLE remembered (shape VARCHAR(64) NOT NULL PRIMARY KEY, {columns})"))


def _to_3(connection: Connection) -> None:
    """Version 2 kept no question texts beside the instruments."""
    connection.execute(sa.text("ALTER TABLE remembered ADD COLUMN texts TEXT DEFAULT '{}' NOT NULL"))


def _to_4(connection: Connection) -> None:
    """Version 3 kept nothing of the story."""
    metadata.create_all(connection, tables=[storyline])


MIGRATIONS: dict[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4}
"""
Version → the step to the next one. Steps run in one transaction, so a workspace is of one version or the other. A step
makes what its version had, in words of its own where `metadata` has gone on since.
"""


def migrate(connection: Connection, version: int) -> None:
    """Take a workspace of an earlier version to this one."""
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
