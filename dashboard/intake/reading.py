"""
Reading: one file, from its bytes to a table whose columns have roles. Decode → layout → roles; the checks that need
only the table come last.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.intake import archives, bulk, limits, signatures, workbooks
from dashboard.intake.decoding import decode
from dashboard.intake.exporters import tool_of
from dashboard.intake.kinds import Kind, kind_of
from dashboard.intake.layout import lay_out
from dashboard.intake.notes import SHOWN, Notes, counted
from dashboard.intake.records import Row, dialect_of, split
from dashboard.intake.roles import SAMPLE, ColumnRole, assign_roles
from dashboard.intake.shapes import check_shape, without_torn
from dashboard.intake.sources import NamedBytes, Source, fetch
from dashboard.intake.table import Table
from dashboard.intake.two_columns import with_period
from dashboard.terms import InputRefused, Instrument, Settings


class _Hashing(threading.Thread):
    """Takes the digest of a file beside other work, then lets go of its bytes."""

    def __init__(self, file: NamedBytes) -> None:
        super().__init__(daemon=True)
        self.file: NamedBytes | None = file
        self.digest = ""

    def run(self) -> None:
        if self.file is not None:
            self.digest, self.file = self.file.digest, None


@dataclass(kw_only=True)
class Understood:
    """
    What was understood of one file.

    `table` is `None` where there is none, with the reason in `notes`; `sample` is its first rows with every column.
    `refused`: it is a table, but none of responses.
    """

    file: NamedBytes
    notes: Notes = field(init=False)
    encoding: str | None = None
    delimiter: str | None = None
    tool: str | None = None
    table: Table | None = None
    sample: Table | None = None
    roles: tuple[ColumnRole, ...] = ()
    kind: Kind = "unknown"
    kind_reason: str = ""
    refused: bool = False
    hashing: _Hashing = field(init=False)

    def __post_init__(self) -> None:
        self.hashing, self.notes = _Hashing(self.file), Notes(self.file.name)

    def let_go(self) -> None:
        """Take the digest and drop the bytes: they are the largest part of what a big file costs."""
        self.hashing.start()
        self.file = NamedBytes(self.file.name, b"")

    def digest(self) -> str:
        """The sha256 of the file's bytes."""
        self.hashing.join()
        return self.hashing.digest

    def named(self, role: str) -> list[str]:
        """Names of the columns with a role."""
        return [row.column for row in self.roles if row.role == role]

    def column(self, role: str) -> str | None:
        """The first column with a role."""
        return next(iter(self.named(role)), None)


def understand(source: Source, instrument: Instrument | None, settings: Settings, *, quick: bool = True) -> Understood:
    """
    One file as far as it can be understood.

    Parameters
    ----------
    quick : whether a large well-formed file may take the fast way; the result is the same.
    """
    try:
        found = Understood(file=fetch(source, settings))
    except InputRefused as refusal:
        found = Understood(file=NamedBytes(refusal.problems[0].file, b""))
        found.notes.problems.extend(refusal.problems)
        return found
    fast = bulk.read(found.file.content, instrument) if quick else None
    if fast is None:
        _read_carefully(found, found.file.content, settings)
    else:
        found.encoding, found.delimiter, found.tool = fast.encoding, fast.delimiter, fast.tool
        found.table, found.sample = fast.table, fast.sample
    found.let_go()
    _recognise(found, instrument)
    return found


def _recognise(found: Understood, instrument: Instrument | None) -> None:
    """Roles, kind, and whether it is a table of responses at all."""
    if found.table is None or found.sample is None:
        return
    found.roles = assign_roles(found.sample, instrument)
    found.table = without_torn(found.table, found.roles, found.notes)
    found.kind, found.kind_reason = kind_of(found.sample, found.roles)
    check_shape(found.table, found.sample, found.roles, found.kind, found.notes)
    found.refused = found.notes.refused


def _read_carefully(found: Understood, content: bytes, settings: Settings) -> None:
    notes = found.notes
    if archives.is_archive(content):
        inside = archives.unpacked(content, settings.file_bytes, notes)
        if inside is None:
            return
        content = inside
    if not content:
        notes.error("the file is empty", "Export it again with its responses")
    elif signatures.is_workbook(content):
        found.encoding = "xlsx"
        _lay_out(found, workbooks.sheet(content, settings.file_bytes, notes), cut=False)
    elif (foreign := signatures.foreign(content)) is not None:
        notes.error(f"the file is {foreign[0]}", foreign[1])
    else:
        _read_text(found, content)


def _read_text(found: Understood, content: bytes) -> None:
    text, found.encoding = decode(content, found.notes)
    dialect = dialect_of(text)
    found.delimiter = dialect.delimiter
    rows = split(text, dialect, found.notes)
    if "\ufffd" in text or "\x00" in text:
        _note_unreadable(rows, found.notes)
    _lay_out(found, rows, cut=not text.endswith(("\n", "\r")))


def _lay_out(found: Understood, rows: Sequence[Row], cut: bool) -> None:
    if not rows and found.notes.refused:
        return
    rows = limits.trimmed(rows)
    if not limits.within(rows, found.notes):
        return
    found.tool = tool_of(rows[:20])
    table = lay_out(rows, found.notes, cut=cut)
    found.table = None if table is None else with_period(table)
    found.sample = None if found.table is None else found.table.head(SAMPLE)


def _note_unreadable(rows: Sequence[Row], notes: Notes) -> None:
    """NUL bytes refuse a file; characters that could not be decoded are pointed at."""
    broken = [(line, place) for line, place in _cells_with(rows, "\ufffd")]
    for line, place in broken[:SHOWN]:
        notes.warning(
            "the cell holds a character that cannot be read",
            "It was kept as a replacement sign; export the file again as CSV UTF-8",
            line=line,
            column=_name_of(rows, place),
        )
    if len(broken) > SHOWN:
        notes.warning(f"{counted(len(broken) - SHOWN, 'more cell')} cannot be read", "Export again as CSV UTF-8")
    for line, place in list(_cells_with(rows, "\x00"))[:SHOWN]:
        notes.error(
            "the cell holds a NUL byte, which text never does",
            "Export the file again as CSV UTF-8",
            line=line,
            column=_name_of(rows, place),
        )


def _cells_with(rows: Sequence[Row], sign: str) -> Iterator[tuple[int, int]]:
    for line, row in enumerate(rows, start=1):
        if sign in "\t".join(row):
            yield from ((line, place) for place, cell in enumerate(row) if sign in cell)


def _name_of(rows: Sequence[Row], place: int) -> str:
    header = next((row for row in rows if len(row) > 1), [])
    return (header[place].strip() if place < len(header) else "") or f"Column {place + 1}"
