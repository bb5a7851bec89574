"""
Signatures: what a file really is, by its first bytes, whatever its name says.
"""

from __future__ import annotations

import io
import re
import zipfile

_SAVE = "Open it in its program and save the table as CSV UTF-8"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file (.xls)", "Open it in Excel and save it as CSV UTF-8"),
    (b"\x89PNG\r\n", "a picture (PNG)", "Export the responses as CSV"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Export the responses as CSV"),
    (b"GIF8", "a picture (GIF)", "Export the responses as CSV"),
    (b"BM", "a picture (BMP)", "Export the responses as CSV"),
    (b"%PDF", "a PDF document", "Export the responses as CSV"),
    (b"SQLite format 3\x00", "an SQLite database", "Export the table of responses as CSV"),
    (b"PAR1", "a Parquet file", "Write the table as CSV UTF-8"),
    (b"ARROW1", "an Arrow file", "Write the table as CSV UTF-8"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and bring the CSV inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it and bring the CSV inside"),
    (b"Rar!", "a RAR archive", "Unpack it and bring the CSV inside"),
    (b"BZh", "a bzip2 archive", "Unpack it and bring the CSV inside"),
    (b"\xfd7zXZ", "an xz archive", "Unpack it and bring the CSV inside"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it and bring the CSV inside"),
    (b"$FL2", "an SPSS file (.sav)", "Export the data from SPSS as CSV UTF-8"),
    (b"$FL3", "an SPSS file (.zsav)", "Export the data from SPSS as CSV UTF-8"),
    (b"<stata_dta>", "a Stata file", "Export the data from Stata as CSV UTF-8"),
    (b"RDX", "an R data file", "Write the table with write.csv"),
    (b"{\\rtf", "a text document (RTF)", _SAVE),
    (b"\x80\x04\x95", "a Python pickle", "Write the table as CSV UTF-8"),
    (b"\x93NUMPY", "a NumPy file", "Write the table as CSV UTF-8"),
    (b"\x89HDF", "an HDF5 file", "Write the table as CSV UTF-8"),
    (b"\x7fELF", "a program", "Choose the export of the survey tool"),
    (b"MZ\x90", "a program", "Choose the export of the survey tool"),
)
_WEB_PAGE = re.compile(rb"^\s*(<!doctype html|<html|<head|<body|<script|<table|<div|<!--)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml", re.IGNORECASE)
_JSON = re.compile(rb"^\s*[\[{]\s*(\"[^\"]*\"\s*:|[\[{\]}])")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


_INSIDE: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)", "Save it as CSV UTF-8 in Excel"),
    ("word/document.xml", "a Word document", "Export the responses as CSV"),
    ("ppt/presentation.xml", "a PowerPoint presentation", "Export the responses as CSV"),
    ("content.xml", "an OpenDocument file", "Save the table as CSV UTF-8"),
)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an Excel workbook (.xlsx, .xlsm)."""
    return "xl/workbook.xml" in _members(content)


def _members(content: bytes) -> frozenset[str]:
    """Names of what a ZIP file holds, empty where it is none or cannot be opened."""
    if content[:4] != b"PK\x03\x04":
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return frozenset(parts.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return frozenset()


def office(content: bytes) -> tuple[str, str] | None:
    """What a file of an office program other than an Excel workbook is, and what to do; `None` when it is none."""
    inside = _members(content)
    return next(((what, remedy) for member, what, remedy in _INSIDE if member in inside), None)


def foreign(content: bytes) -> tuple[str, str] | None:
    """
    What a file is that is no text table, and what to do; `None` when it may be one.

    >>> foreign(b"%PDF-1.7 ...")
    ('a PDF document', 'Export the responses as CSV')
    >>> foreign(b"team,quarter,se_1") is None
    True
    """
    if content[:2] == b"PK" and content[2:4] in (b"\x03\x04", b"\x05\x06"):
        return office(content) or ("a ZIP archive", "Unpack it and bring the CSV inside")
    for magic, what, remedy in _MAGIC:
        if content.startswith(magic) and not (magic == b"BM" and content[6:10] != bytes(4)):
            return what, remedy
    return _foreign_text(content)


def _foreign_text(content: bytes) -> tuple[str, str] | None:
    start = content[:4000]
    for mark in _TEXT_MARKS:
        start = start.removeprefix(mark)
    if _WEB_PAGE.match(start) or (_XML.match(start) and b"<html" in start.lower()):
        return "a web page, perhaps a login page saved instead of the export", "Sign in and export again as CSV"
    if _XML.match(start):
        return "an XML document", _SAVE
    if _JSON.match(start):
        return "JSON, not a table", "Export the responses as CSV"
    return None
