"""
Store: the SQLite file of a workspace; reading and writing it so that nothing is lost and nothing is half.

Writers queue (`BEGIN IMMEDIATE`) and wait for each other up to `patience`; readers see the state of one moment and
wait for nobody (WAL). A change is on disk before it is said to be done (`synchronous=FULL`), what is deleted is
overwritten (`secure_delete`), and nothing is written outside the folder (`temp_store=MEMORY`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from dashboard.history import schema
from dashboard.history.refusals import Why, refusal, told
from dashboard.history.seal import fact, seal_of, state

NAME = "workspace.sqlite"


class Store:
    """
    The database of one folder. Holds no connection between calls, so that it may be shared by threads and outlive
    whatever others do to the file.

    Parameters
    ----------
    path : of the database; made, with its tables, where there is none.
    patience : seconds to wait for other writers.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self.patience = path, patience
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.engine = _engine(path, patience)
            with self._connected() as connection:
                version = self._recognised(connection)
                self._in_wal(connection)
            if version < schema.VERSION:
                self._brought_up()
            _only_for_the_owner(path)
            with self.reading() as connection:
                self._checked(connection)

    # ── opening ──────────────────────────────────────────────────────────────────────────────────

    def _recognised(self, connection: Connection) -> int:
        """The version of the schema, 0 for a new file; refuses what is no workspace or a newer one."""
        application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
        tables = connection.execute(sa.text("SELECT count(*) FROM sqlite_master")).scalar()
        if application == 0 and version == 0 and not tables:
            return 0
        if application != schema.APPLICATION:
            raise refusal(Why.FOREIGN, self.path)
        if version > schema.VERSION:
            raise refusal(
                Why.NEWER,
                self.path,
                f"it was written by a newer version of this dashboard (schema {version}, this one knows "
                f"{schema.VERSION})",
                "Nothing was changed; install the newer version, or open another folder with --workspace",
            )
        return int(version)

    def _in_wal(self, connection: Connection) -> None:
        """Turn write-ahead logging on; two sessions that open a new file at once wait for each other here."""
        until = time.monotonic() + self.patience
        while True:
            try:
                mode = _pragma(connection, "journal_mode=WAL")
                break
            except sa.exc.OperationalError as error:
                if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
        if mode != "wal":
            raise refusal(
                Why.DISK,
                self.path,
                "the drive does not let several sessions share a database",
                "Choose a folder on a disk of this machine with --workspace",
            )

    def _brought_up(self) -> None:
        """Make the tables, or migrate those of an earlier version; all of it in one transaction."""
        with self._transaction(write=True) as connection:
            version = int(_pragma(connection, "user_version"))  # another session may have done it meanwhile
            if version >= schema.VERSION:
                return
            if version:
                self._checked(connection)
                schema.migrate(connection, version)
            else:
                schema.create(connection)
                state(connection, "version", "0")
            _pragma(connection, f"application_id={schema.APPLICATION}")
            _pragma(connection, f"user_version={schema.VERSION}")
            state(connection, "seal", seal_of(connection))

    def _checked(self, connection: Connection) -> None:
        """Refuse a damaged file."""
        if _pragma(connection, "quick_check") != "ok":
            raise refusal(Why.DAMAGED, self.path)

    # ── using ────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the state of one moment, whole and as it was written."""
        with told(self.path), self._transaction(write=False) as connection:
            if fact(connection, "seal") != seal_of(connection):
                raise refusal(Why.DAMAGED, self.path)
            yield connection

    @contextmanager
    def writing(self, *, counted: bool = True) -> Iterator[Connection]:
        """
        A connection that changes the workspace: all of the change is there after the block, or nothing of it.

        Parameters
        ----------
        counted : whether `version` grows; not where nothing that is found depends on the change.
        """
        with told(self.path), self._transaction(write=True) as connection:
            if fact(connection, "seal") != seal_of(connection):
                raise refusal(Why.DAMAGED, self.path)
            yield connection
            if counted:
                state(connection, "version", str(int(fact(connection, "version") or 0) + 1))
            state(connection, "seal", seal_of(connection))

    def version(self) -> int:
        """A number that grows with every change that is counted, cheap to ask for."""
        with told(self.path), self._connected() as connection:
            return int(fact(connection, "version") or 0)

    def scrub(self) -> None:
        """
        Make what was deleted unreadable in every file: overwrite, rebuild, empty the log.

        Raises
        ------
        WorkspaceRefused : when another session reads for so long that the log cannot be emptied.
        """
        with told(self.path), self._connected() as connection:
            self._emptied(connection)
            connection.exec_driver_sql("VACUUM")
            self._emptied(connection)

    def _emptied(self, connection: Connection) -> None:
        until = time.monotonic() + self.patience
        while connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
            if time.monotonic() > until:
                raise refusal(
                    Why.REMNANTS,
                    self.path,
                    "it is deleted, but another session reads, so remnants may still lie in the file's log",
                    "Close the other sessions and run the same command or history check again",
                )
            time.sleep(0.05)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection outside of any transaction."""
        with self.engine.connect().execution_options(begin="") as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        how = "BEGIN IMMEDIATE" if write else "BEGIN"
        with self.engine.connect().execution_options(begin=how) as connection, connection.begin():
            yield connection


def _engine(path: Path, patience: float) -> Engine:
    address = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(address, poolclass=sa.NullPool, connect_args={"timeout": patience})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Every connection's settings; transactions are begun by `_begin`, not by the driver."""
    connection.isolation_level = None
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if how := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(how)


def _pragma(connection: Connection, pragma: str) -> Any:
    """What a PRAGMA answers: the first value, `None` where it says nothing."""
    answer = connection.exec_driver_sql(f"PRAGMA {pragma}")
    return answer.scalar() if answer.returns_rows else None


def _only_for_the_owner(path: Path) -> None:
    """Let nobody else read the file, where the system knows such rights and the file is ours."""
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        try:
            path.chmod(0o600)
        except PermissionError:
            return  # a folder shared on purpose
