"""
Decoding: bytes to text, and how sure we are of it.

A byte-order mark or valid UTF-8 is certain. Everything else is a guess, and said to be one: names are what a
wrong guess damages. Mac Roman keeps its accented letters at 0x80–0x9F, the Windows code page at 0xC0–0xFF;
scripts without Latin letters come in runs of high bytes, and charset-normalizer tells them apart.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import charset_normalizer
import numpy as np

from dashboard.intake.notes import Notes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_END = re.compile(rb"[\r\n]")
_NEVER_LATIN = np.isin(np.arange(256), list(b"\x81\x8d\x8f\x90\x9d\xfe\xff"))  # whether a byte is no Latin letter
_LOOKED_AT = 400  # lines with bytes beyond ASCII
_MAC_LETTER = re.compile(
    rb"(?<=[A-Za-z])[\x80-\x91\x95\x98-\x9f](?=[A-Za-z])|(?<=[A-Za-z])[\x80-\x9f](?=[,;\t|\r\n\"])"
)
_WINDOWS_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")


class Decoded(NamedTuple):
    """Text, and the name of its encoding."""

    text: str
    encoding: str


def decode(content: bytes, notes: Notes) -> Decoded:
    """
    The text of a file.

    Notes a warning where the encoding is a guess; bytes that cannot be read become U+FFFD and are
    reported with their row by `layout`.

    >>> decode("Zoë".encode("utf-16"), Notes("a.csv"))
    Decoded(text='Zoë', encoding='utf-16')
    """
    encoding = _certain(content)
    if encoding is None:
        encoding = _guess(content)
        if encoding != "utf-8":
            notes.warning(
                f"the encoding is not stated and was guessed to be {encoding}",
                "Check that names with accents are right, or export again as CSV UTF-8",
            )
    return Decoded(content.decode(encoding, errors="replace"), encoding)


def _certain(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return _wide(content) or "utf-8"


def _wide(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: every second byte, or three of four, is NUL."""
    start = content[:4000]
    nul = [start[place::4].count(0) * 4 / max(len(start), 4) for place in range(4)]
    named = {(0, 1, 1, 1): "utf-32-le", (1, 1, 1, 0): "utf-32-be", (0, 1, 0, 1): "utf-16-le", (1, 0, 1, 0): "utf-16-be"}
    return named.get(tuple(int(share > 0.7) for share in nul))  # type: ignore[arg-type]


def _guess(content: bytes) -> str:
    if wide := _wide(content):
        return wide
    if _damaged_utf8(content):
        return "utf-8"
    sample = b"\n".join(islice(_beyond_ascii(content), _LOOKED_AT))
    if _in_runs(sample):
        found = charset_normalizer.from_bytes(sample).best()
        if found is not None and not _latin(sample, found.encoding) and _readable(content, found.encoding):
            return found.encoding
    return "mac_roman" if len(_MAC_LETTER.findall(sample)) > len(_WINDOWS_LETTER.findall(sample)) else "cp1252"


def _beyond_ascii(content: bytes) -> Iterator[bytes]:
    """The lines that hold bytes beyond ASCII."""
    at, places = 0, np.flatnonzero(np.frombuffer(content, dtype=np.uint8) > 127)
    while (next_one := int(np.searchsorted(places, at))) < len(places):
        place = int(places[next_one])
        end = found.start() if (found := _END.search(content, place)) else len(content)
        yield content[max(content.rfind(b"\n", at, place), content.rfind(b"\r", at, place), at - 1) + 1 : end]
        at = end + 1


def _damaged_utf8(content: bytes) -> bool:
    """Whether it is UTF-8 with a few broken bytes: far more whole characters than broken ones, or never letters."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    signs = np.frombuffer(content, dtype=np.uint8)
    high = int(np.count_nonzero(signs > 127))
    whole = len(text) - (len(content) - high) - broken  # every ASCII byte stays one character
    return whole > 3 * broken or (whole == 0 and np.count_nonzero(_NEVER_LATIN[signs]) == high)


def _in_runs(sample: bytes) -> bool:
    high = len(_HIGH.findall(sample))
    return sum(len(run) for run in re.findall(rb"[\x80-\xff]{2,}", sample)) > 0.6 * high


def _latin(sample: bytes, encoding: str) -> bool:
    """Whether a sample read in an encoding has Latin letters beyond ASCII: Mac Roman or Windows, then."""
    letters = [sign for sign in sample.decode(encoding, errors="replace") if ord(sign) > 127 and sign.isalpha()]
    return 2 * sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters) >= len(letters)


def _readable(content: bytes, encoding: str) -> bool:
    try:
        return "\ufffd" not in content.decode(encoding, errors="replace")
    except LookupError:
        return False
