"""
Archives: a ZIP or gzip file with one table inside is that table; anything else about an archive is refused.

Several survey tools hand out a ZIP around one CSV. Nothing is written to disk, no path inside an archive is followed,
and unpacking stops at the limit whatever the archive says about its own size.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from dashboard.intake.notes import Notes, joined
from dashboard.intake.signatures import is_workbook, office

_ARCHIVES = (".zip", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tar", ".jar")
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
READABLE = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm")  # of a table, alone or inside an archive
UNPACKED = (".zip", ".gz")  # archives that one table is read from
_UNPACK = "Unpack it and bring the table inside"


def is_archive(content: bytes) -> bool:
    """Whether bytes are gzip, or a ZIP and no file of an office program."""
    if content[:2] == b"\x1f\x8b":
        return True
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not (is_workbook(content) or office(content))


def unpacked(content: bytes, most: int, notes: Notes) -> bytes | None:
    """
    The table in an archive; `None` where there is not exactly one, with the reason in the notes.

    Parameters
    ----------
    most : bytes; what unpacks to more is refused.

    >>> import gzip
    >>> unpacked(gzip.compress(b"team,se_1"), 100, Notes("a.csv.gz"))
    b'team,se_1'
    >>> notes = Notes("bomb.gz")
    >>> unpacked(gzip.compress(bytes(10**6)), 1000, notes), notes.problems[0].found
    (None, 'the file is a gzip archive that unpacks to more than 0 MB; at most 0 MB are read')
    """
    zipped = content[:2] == b"PK"
    sort = "ZIP" if zipped else "gzip"
    try:
        inside = _of_zip(content, most, notes) if zipped else _inflated(zlib.decompressobj(31), content, most)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        notes.error(f"the file is a {sort} archive that cannot be opened", f"Download it again. {_UNPACK}")
        return None
    if inside is None:
        return None
    if len(inside) > most:
        notes.error(
            f"the file is a {sort} archive that unpacks to more than {most / 1e6:,.0f} MB; "
            f"at most {most / 1e6:,.0f} MB are read",
            "Split the table by period and bring the parts together",
        )
        return None
    if inside.startswith(_MAGIC) and not is_workbook(inside):
        _refuse_nested(sort, notes)
        return None
    return inside


def _refuse_nested(sort: str, notes: Notes) -> None:
    notes.error(f"the file is a {sort} archive with another archive inside: none are opened", _UNPACK)


def _of_zip(content: bytes, most: int, notes: Notes) -> bytes | None:
    """The one member that may be a table; one byte more than the limit where it is too large."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not _aside(member)]
        tables = [member for member in members if member.filename.lower().endswith(READABLE)]
        chosen = tables or members
        if any(member.filename.lower().endswith(_ARCHIVES) for member in members) and not tables:
            _refuse_nested("ZIP", notes)
            return None
        if len(chosen) != 1:
            what = f"{len(chosen)} files ({joined([member.filename[:60] for member in chosen], 3)})" if chosen else ""
            notes.error(f"the file is a ZIP archive with {what or 'no file'} inside, not one table", _UNPACK)
            return None
        if others := [member.filename[:60] for member in members if member is not chosen[0]]:
            notes.warning(
                f"the ZIP archive also holds {joined(others, 3)}", "Only the table was read; the rest was left alone"
            )
        if chosen[0].flag_bits & 1:
            notes.error("the file is a ZIP archive with a password", _UNPACK)
            return None
        with archive.open(chosen[0]) as member:
            return member.read(most + 1)


def _aside(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder or what a system puts beside files."""
    parts = member.filename.split("/")
    return member.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith(".") or not parts[-1]


def _inflated(inflater: zlib._Decompress, content: bytes, most: int) -> bytes:
    """At most one byte more than the limit."""
    inside = inflater.decompress(content, most + 1)
    if len(inside) <= most and not inflater.eof:
        raise zlib.error("cut short")
    return inside
