"""
Sources: where the bytes of a file come from: a path, bytes, or bytes with a name (an upload).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake.notes import Notes
from dashboard.terms import InputRefused, Problem, Settings, Severity


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """The content of a file and what it is called."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """The sha256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


Source = str | os.PathLike[str] | bytes | NamedBytes
PeriodsGiven = str | Mapping[str, str] | None
"""The period of files that have no period column: one for all, or name of the file → period."""


def period_of(name: str, given: PeriodsGiven) -> str | None:
    """
    The period that was given for one file.

    >>> period_of("a.csv", "2026-Q1"), period_of("a.csv", {"b.csv": "2026-Q1"})
    ('2026-Q1', None)
    """
    return given.get(name) if isinstance(given, Mapping) else given


def fetch(source: Source, settings: Settings) -> NamedBytes:
    """
    The bytes of a source.

    Raises
    ------
    InputRefused : when it cannot be opened, is no file or is larger than `settings.file_bytes`.
    """
    if isinstance(source, bytes):
        source = NamedBytes("input.csv", source)
    if isinstance(source, NamedBytes):
        _refuse_large(source.name, len(source.content), settings)
        return source
    path = Path(source)
    try:
        _refuse_large(path.name, path.stat().st_size, settings)
        return NamedBytes(path.name, path.read_bytes())
    except OSError as error:
        notes = Notes(path.name)
        notes.error(f"it cannot be opened ({error.strerror or error})", "Check the name and that the file can be read")
        raise notes.refusal() from error


def each(source: Source | Sequence[Source]) -> list[Source]:
    """
    One source or several, as a list.

    Raises
    ------
    InputRefused : when there is none.

    >>> each("a.csv"), each(["a.csv", "b.csv"])
    (['a.csv'], ['a.csv', 'b.csv'])
    """
    if isinstance(source, str | bytes | os.PathLike | NamedBytes):
        return [source]
    if not (several := list(source)):
        found, remedy = "no file was given", "Give at least one"
        raise InputRefused([Problem(file="input", found=found, remedy=remedy, severity=Severity.ERROR)])
    return several


def _refuse_large(name: str, size: int, settings: Settings) -> None:
    if size <= settings.file_bytes:
        return
    notes = Notes(name)
    notes.error(
        f"it has {size / 1e6:,.0f} MB; at most {settings.file_bytes / 1e6:,.0f} MB are read",
        "Split it by period and bring the parts together, or leave out columns that are not needed",
    )
    raise notes.refusal()
