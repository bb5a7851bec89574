"""
Seal: a digest of everything a workspace says, so that a damaged byte is found and never taken for what was kept.

SQLite finds damage to its own structure but not to a letter of a name. The seal covers every field of every table;
the large tables stand in it by their own digests, which are checked when they are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.schema import facts, metadata, uploads


def seal_of(connection: Connection) -> str:
    """The sha256 of all rows of all tables, in the order of their keys, and of the tables' own definitions."""
    seal = hashlib.sha256()
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column is not uploads.c.content]
        query = sa.select(*columns).order_by(*table.primary_key.columns)
        if table is facts:
            query = query.where(facts.c.name != "seal")
        for row in connection.execute(query):
            seal.update(_line(table.name, row))
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name"):
            seal.update(_line("schema", row))
    return seal.hexdigest()


def _line(table: str, row: Iterable[object]) -> bytes:
    return json.dumps([table, *row], default=repr).encode()


def fact(connection: Connection, name: str) -> str | None:
    """A fact of the workspace, `None` where it is not known."""
    value: str | None = connection.execute(sa.select(facts.c.value).where(facts.c.name == name)).scalar()
    return value


def state(connection: Connection, name: str, value: str | None) -> None:
    """Write a fact, or take it back."""
    connection.execute(sa.delete(facts).where(facts.c.name == name))
    if value is not None:
        connection.execute(sa.insert(facts).values(name=name, value=value))
