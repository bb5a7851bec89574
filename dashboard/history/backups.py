"""
Backups: one file that holds a whole workspace, made while others work, and the way back.

The key of the respondent ids is not in it, unless it is asked for in a file of its own: a backup that leaves the house
gives no ids away. Without the key, though, persons of a restored workspace can be neither followed nor found; keep it
in another place.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history import schema
from dashboard.history.pseudonyms import synced
from dashboard.history.refusals import Why, refusal, told
from dashboard.history.seal import fact, seal_of, state


def write(source: Path, target: Path) -> None:
    """
    Copy a database to a file, whole or not at all, by SQLite's online backup.

    Raises
    ------
    WorkspaceRefused : when the file would lie inside the workspace, or cannot be written.
    """
    if source.parent.resolve() in target.resolve().parents:
        raise refusal(
            Why.READ_ONLY, target, "a backup in the workspace's own folder is lost with it", "Choose another folder"
        )
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    with told(target):
        try:
            _copied(source, waiting)
            waiting.chmod(0o600)
            os.replace(waiting, target)
            synced(target.parent)
        finally:
            for left in (waiting, *(waiting.with_name(waiting.name + end) for end in ("-wal", "-shm", "-journal"))):
                left.unlink(missing_ok=True)


def _copied(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    with target.open("rb") as file:
        os.fsync(file.fileno())


def opened(path: Path) -> sa.Engine:
    """
    A backup in memory, brought to this version; the file itself is only read.

    Raises
    ------
    WorkspaceRefused : when it is missing, damaged, of a newer version, or no backup.
    """
    with told(path):
        if not path.is_file():
            raise refusal(Why.ABSENT, path, "there is no such file", "Name the file that history backup wrote")
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as file:
            _recognised(file, path)
            with engine.connect() as connection:
                held = connection.connection.driver_connection
                assert isinstance(held, sqlite3.Connection)  # noqa: S101
                file.backup(held)
        with engine.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
            schema.migrate(connection, version)
            if version == schema.VERSION and fact(connection, "seal") != seal_of(connection):
                raise refusal(Why.DAMAGED, path, remedy="Nothing was changed; take another backup")
        return engine


def _recognised(file: sqlite3.Connection, path: Path) -> None:
    application = file.execute("PRAGMA application_id").fetchone()[0]
    version = file.execute("PRAGMA user_version").fetchone()[0]
    if application != schema.APPLICATION:
        raise refusal(
            Why.FOREIGN, path, "the file is no backup of a workspace", "Name a file that history backup wrote"
        )
    if version > schema.VERSION:
        raise refusal(
            Why.NEWER, path, f"it was written by a newer version (schema {version})", "Install the newer version"
        )
    if file.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise refusal(Why.DAMAGED, path, remedy="Nothing was changed; take another backup")


def put_back(backup: Connection, live: Connection) -> None:
    """Put everything of a backup in the place of everything there is; `version` goes on growing."""
    version = max(int(fact(one, "version") or 0) for one in (backup, live))
    for table in reversed(schema.metadata.sorted_tables):
        live.execute(sa.delete(table))
    for table in schema.metadata.sorted_tables:
        for row in backup.execute(sa.select(table)):
            live.execute(sa.insert(table).values(**row._mapping))
    state(live, "version", str(version))
    state(live, "scrub", "due")
