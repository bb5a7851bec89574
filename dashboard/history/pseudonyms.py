"""
Pseudonyms: what a workspace keeps in place of respondent ids.

A pseudonym is the HMAC-SHA256 of an id under a key of 256 bits (its first 128 bits, in hexadecimal). Persons can be
followed from quarter to quarter and found again by their re-entered id, but nobody can tell an id from a pseudonym,
nor try ids out, without the key. The key lies in a file of its own beside the database, readable by its owner only,
and is in no backup of the database: who takes away the database alone has no ids.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from dashboard.history.refusals import Why, refusal
from dashboard.intake.cells import clean

NAME = "respondents.key"
_BYTES = 32
_KEPT = 16


class Pseudonyms:
    """The key of a workspace at work."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def fingerprint(self) -> str:
        """Tells one key from another and gives neither away."""
        return hmac.digest(self._key, b"which key is this", "sha256")[:8].hex()

    def of(self, respondents: Iterable[str]) -> list[str]:
        """
        The pseudonym of each id; none for an empty one.

        >>> [len(name) for name in Pseudonyms(bytes(32)).of(["p1", ""])]
        [32, 0]
        """
        key = self._key
        return [
            hmac.digest(key, one.encode("utf-8", "surrogatepass"), "sha256")[:_KEPT].hex() if one else ""
            for one in respondents
        ]

    def of_entered(self, respondent: str) -> str:
        """The pseudonym of an id as a person types it, cleaned as ids in files are."""
        return self.of([clean(respondent).text])[0]


def read(path: Path) -> Pseudonyms:
    """
    The key in a file.

    Raises
    ------
    WorkspaceRefused : when there is none or it is no key.
    """
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise _lost(path, "the key of the respondent ids is missing") from None
    except ValueError:
        raise _lost(path, "this is no key of respondent ids") from None
    if len(key) != _BYTES:
        raise _lost(path, "this is no key of respondent ids")
    return Pseudonyms(key)


def written_new(path: Path) -> Pseudonyms:
    """A new key, on disk before it is used; to be called by one writer at a time."""
    return write(path, secrets.token_bytes(_BYTES))


def copied(source: Path, target: Path) -> Pseudonyms:
    """The key of one file, written to another."""
    return write(target, read(source)._key)


def write(path: Path, key: bytes) -> Pseudonyms:
    """Put a key into its file, whole or not at all."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    waiting.unlink(missing_ok=True)
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(waiting, path)
    synced(path.parent)
    return Pseudonyms(key)


def synced(folder: Path) -> None:
    """Have the names in a folder on disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _lost(path: Path, found: str) -> Exception:
    return refusal(
        Why.KEY,
        path,
        found,
        "Nothing was changed; put the file back from where you keep a copy of it: without it, persons can be neither "
        "followed nor found",
    )
