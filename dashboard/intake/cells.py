"""
Cells: what one text means on its own: a number, nothing, a spreadsheet's error, a hidden character.

Asked once per distinct text of a column, never per row.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_NO_ANSWER = frozenset(
    " ".join(word.split())
    for word in """
    n/a|na|n.a.|n. a.|<na>|none|null|nil|-|--|---|–|—|.|..|?|missing|m|blank|no answer|not answered|
    not applicable|not stated|prefer not to say|prefer not to answer|rather not say|don't know|dont know|do not know|
    don’t know|unknown|can't say|cannot say|no basis|no basis for evaluation|no opinion|unfamiliar (n/a)|not sure|
    skipped|declined|decline to answer|i don't know|i do not know|dk|k.a.|k. a.|ka|keine angabe|keine antwort|
    weiß nicht|weiss nicht|weiß ich nicht|kann ich nicht beurteilen|nicht beurteilbar|nicht zutreffend|entfällt|
    kein kommentar|nicht beantwortet|sans réponse|ne sait pas|sans opinion|no sabe|no contesta|ns/nc
    """.split("|")
)
_EXCEL_ERROR = re.compile(
    r"^#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|WERT!|BEZUG!|NV|ZAHL!|GETTING_DATA|#+)$", re.I
)
_PLAIN = re.compile(r"^[+-]?\d+(?:\.\d*)?$|^[+-]?\.\d+$")
_EXPONENT = re.compile(r"^[+-]?\d+(?:[.,]\d+)?E[+-]?\d{1,2}$", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_GROUPS = re.compile(r"^[+-]?\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?$")
_LOOSE_GROUPS = re.compile(r"^[+-]?\d+(?:[.'’ \u00a0\u202f]\d{3})+,\d+$|^[+-]?\d+(?:[,'’ \u00a0\u202f]\d{3})+\.\d+$")
_DAMAGED_ID = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_MONTHS = {
    name: place
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "jan feb mrz apr mai jun jul aug sep okt nov dez")
    for place, name in enumerate(names.split(), start=1)
}
_MONTH = r"(?:jan|feb|mar|mrz|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,2}"
_DAY_MONTH = re.compile(
    rf"^(?:(?P<d1>\d{{1,2}})[-. ]{{1,2}}(?P<m1>{_MONTH})|(?P<m2>{_MONTH})[- ](?P<d2>\d{{1,2}}))\.?$", re.IGNORECASE
)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_HIDDEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"  # joiners belong inside some scripts and emoji
)
_LINES = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]+\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def no_answer(text: str) -> bool:
    """
    Whether a cell of an item says that there is no answer.

    >>> [no_answer(t) for t in ("N/A", "keine Angabe", "-", "Agree", "")]
    [True, True, True, False, True]
    """
    return not text or " ".join(text.casefold().split()) in _NO_ANSWER or spreadsheet_error(text)


def spreadsheet_error(text: str) -> bool:
    """Whether a cell is an error value of a spreadsheet, or a number too wide for its column (`####`)."""
    return bool(_EXCEL_ERROR.match(text))


def number(text: str) -> float | None:
    """
    A number as people write it: plain, with decimal comma or as percent; no grouping, exponent, `inf` or `0x5`.

    >>> number("3"), number("3,5"), number("-1"), number("80 %"), number("1e400"), number("1_0"), number("1.000.000")
    (3.0, 3.5, -1.0, 80.0, None, None, None)
    """
    if not text.isascii():
        return None
    if text.endswith("%"):
        text = text[:-1].rstrip()
    if _PLAIN.match(text):
        return float(text)
    return float(text.replace(",", ".")) if _DECIMAL_COMMA.match(text) else None


class Measured(NamedTuple):
    """A number, and how it was written: "" plain, else "decimal comma", "grouped" or "percent"."""

    value: float
    form: str


def measure(text: str) -> Measured | None:
    """
    A number of a metric: also with grouped thousands, an exponent, a percent or a currency sign.

    A single point or comma before three digits is read as a decimal point, as a thousands comma respectively.

    >>> measure("12’345"), measure("1000.234,5"), measure("2,035"), measure("37 %"), measure("£1,200.50")
    (Measured(value=12345.0, form='grouped'), Measured(value=1000234.5, form='grouped'),
     Measured(value=2035.0, form='grouped'), Measured(value=37.0, form='percent'),
     Measured(value=1200.5, form='grouped'))
    """
    bare = text.strip("$€£¥ \u00a0")
    if bare.endswith("%"):
        inner = measure(bare[:-1].rstrip())
        return None if inner is None else Measured(inner.value, "percent")
    if (plain := number(bare)) is not None and not (_GROUPS.match(bare) and "," in bare):
        return Measured(plain, "decimal comma" if "," in bare else "")
    if _EXPONENT.match(bare):
        return Measured(float(bare.replace(",", ".")), "")
    if _GROUPS.match(bare) or _LOOSE_GROUPS.match(bare):
        return Measured(_ungrouped(bare), "grouped")
    return None


def _ungrouped(text: str) -> float:
    """The last of two different signs is the decimal one; a sign that occurs once alone or often groups."""
    text = re.sub(r"['’ \u00a0\u202f]", "", text)
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        decimal = "." if point > comma else ","
        return float(text.replace("," if decimal == "." else ".", "").replace(decimal, "."))
    return float(text.replace(",", "").replace(".", "") if text.count(".") != 1 else text.replace(",", ""))


def damaged_id(text: str) -> bool:
    """
    Whether a spreadsheet turned a long number into `6.34E+17`.

    >>> damaged_id("6.34E+17"), damaged_id("R0001")
    (True, False)
    """
    return bool(_DAMAGED_ID.match(text))


def range_turned_date(text: str) -> str | None:
    """
    The range of numbers that a spreadsheet probably took for a day and a month, the smaller number first.

    >>> [range_turned_date(t) for t in ("5-Jan", "01-May", "10. Jun", "Nov-20", "1. März", "1-5", "May", "31-Feb-2026")]
    ['1-5', '1-5', '6-10', '11-20', '1-3', None, None, None]
    """
    match = _DAY_MONTH.match(text)
    if match is None:
        return None
    name = unicodedata.normalize("NFKD", match["m1"] or match["m2"]).casefold().replace("\u0308", "")[:3]
    low, high = sorted((int(match["d1"] or match["d2"]), _MONTHS[name]))
    return f"{low}-{high}"


class Cleaned(NamedTuple):
    """A name without what cannot be seen, and what was removed: "", "hidden" or "control"."""

    text: str
    removed: str


def clean(text: str) -> Cleaned:
    """
    A name as it should be kept: composed Unicode, no control or hidden characters, no white space around it.

    >>> clean("Alpha\u200b"), clean("Beta\x07\x1b[31m"), clean("two\\nlines"), clean("Zoe\u0308").text == "Zo\xeb"
    (Cleaned(text='Alpha', removed='hidden'), Cleaned(text='Beta', removed='control'),
     Cleaned(text='two lines', removed='control'), True)
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text.strip(), "")
    composed = unicodedata.normalize("NFC", text).strip()
    visible = _HIDDEN.sub("", composed)
    printable = _CONTROL.sub("", _LINES.sub(" ", _ANSI.sub("", visible)).replace("\t", " "))
    removed = "control" if printable != visible.replace("\t", " ") else "hidden" if visible != composed else ""
    return Cleaned(printable.strip(), removed)


def spelling(name: str) -> str:
    """
    What two spellings of one name have in common: case and the amount of white space do not count.

    >>> spelling("Team  ALPHA") == spelling("Team Alpha"), spelling("01") == spelling("1")
    (True, False)
    """
    return " ".join(name.casefold().split())
