"""
Refusals: why a workspace cannot be opened, read or written, in the words of the person who meets it.

Whatever SQLite or the disk says comes out as one problem with place, what was found and what to do. Nothing was
changed when a refusal is raised: every change is one transaction.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import sqlalchemy.exc

from dashboard.terms import InputRefused, Problem, Severity


class Why(StrEnum):
    """The reasons a workspace refuses."""

    LOCKED = "locked"
    READ_ONLY = "read-only"
    FULL = "full"
    DISK = "disk"
    DAMAGED = "damaged"
    NEWER = "newer"
    FOREIGN = "foreign"
    KEY = "key"
    CLASH = "clash"
    ABSENT = "absent"
    REMNANTS = "remnants"


class WorkspaceRefused(InputRefused):
    """A workspace cannot do what was asked; `why` says the sort, `problems` the place, the finding and the remedy."""

    def __init__(self, why: Why, problems: list[Problem]) -> None:
        self.why = why
        super().__init__(problems)


_SAID = {
    Why.LOCKED: (
        "another session has been writing for too long",
        "Nothing was changed; wait a moment and do it again",
    ),
    Why.READ_ONLY: (
        "the folder or the file cannot be written",
        "Nothing was changed; allow writing there, or choose another folder with --workspace",
    ),
    Why.FULL: (
        "the disk is full",
        "Nothing was changed and what was kept before is whole; make room and do it again",
    ),
    Why.DISK: (
        "the disk could not be read or written",
        "What was kept before is whole as far as the disk gives it; check the disk, then run history check",
    ),
    Why.DAMAGED: (
        "the file is damaged",
        "Nothing was changed; copy the file away and restore your last backup with history restore",
    ),
    Why.FOREIGN: (
        "the file is no workspace of this dashboard",
        "Nothing was changed; choose another folder with --workspace, or move the file away",
    ),
}
_BY_CODE = {
    sqlite3.SQLITE_BUSY: Why.LOCKED,
    sqlite3.SQLITE_LOCKED: Why.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Why.LOCKED,
    sqlite3.SQLITE_PERM: Why.READ_ONLY,
    sqlite3.SQLITE_READONLY: Why.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Why.READ_ONLY,
    sqlite3.SQLITE_FULL: Why.FULL,
    sqlite3.SQLITE_IOERR: Why.DISK,
    sqlite3.SQLITE_CORRUPT: Why.DAMAGED,
    sqlite3.SQLITE_ERROR: Why.DAMAGED,  # our statements are fixed: where one fails, a table is not what it was
    sqlite3.SQLITE_TOOBIG: Why.DAMAGED,
    sqlite3.SQLITE_MISMATCH: Why.DAMAGED,
    sqlite3.SQLITE_NOTADB: Why.FOREIGN,
}


def refusal(why: Why, place: Path | str, found: str = "", remedy: str = "") -> WorkspaceRefused:
    """A refusal with its usual words, or with other ones."""
    usual = _SAID.get(why, ("", ""))
    problem = Problem(file=str(place), found=found or usual[0], remedy=remedy or usual[1], severity=Severity.ERROR)
    return WorkspaceRefused(why, [problem])


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Turn what the database or the disk says into a refusal; what is a fault of ours stays what it is."""
    try:
        yield
    except (sqlalchemy.exc.DBAPIError, sqlite3.Error) as error:
        known = _of(getattr(error, "orig", None) or error, place)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # in the midst of a message about the damage
        raise refusal(Why.DAMAGED, place) from error
    except OSError as error:
        raise _of_disk(error, place) from error


def _of(error: BaseException, place: Path) -> WorkspaceRefused | None:
    if str(error).startswith("Could not decode"):
        return refusal(Why.DAMAGED, place)
    why = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return None if why is None else refusal(why, place)


_BY_ERRNO = {
    errno.ENOSPC: Why.FULL,
    errno.EDQUOT: Why.FULL,
    errno.EFBIG: Why.FULL,
    errno.EACCES: Why.READ_ONLY,
    errno.EPERM: Why.READ_ONLY,
    errno.EROFS: Why.READ_ONLY,
    errno.ENOTDIR: Why.READ_ONLY,
    errno.EEXIST: Why.READ_ONLY,  # a file has the name of the folder
}


def _of_disk(error: OSError, place: Path) -> WorkspaceRefused:
    return refusal(_BY_ERRNO.get(error.errno or 0, Why.DISK), error.filename or place)
