"""
Period: one wave of the survey, whatever the organisation calls it.

Quarters, months, half-years, years and dates share one time line; a date belongs to its quarter. Anything else is
a wave name and is ordered as a person would order it (`wave 2` before `wave 10`, `pre` before `post`), after all dated
periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

_QUARTER = re.compile(
    r"^(?:(?P<y1>(?:19|20)\d\d)\s*[-_/. ]?\s*Q(?P<q1>[1-4])|Q(?P<q2>[1-4])\s*[-_/. ]?\s*(?P<y2>(?:19|20)\d\d))$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"^(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_ISO_DATE = re.compile(r"^(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?$")
_LOCAL_DATE = re.compile(r"^(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?:[T ,].*)?$")
_HALF = re.compile(
    r"^(?:(?P<y1>(?:19|20)\d\d)\s*[-_/. ]?\s*H(?P<h1>[12])|H(?P<h2>[12])\s*[-_/. ]?\s*(?P<y2>(?:19|20)\d\d))$", re.I
)
# Only what no decimal number (3.15) and no rating (8/10, 12/20) looks like.
_NUMBERED_MONTH = re.compile(r"^(?P<m>0[1-9]|1[0-2])(?:[-/.](?P<y>(?:19|20)\d\d)|/(?P<short>2[3-9]|3\d))$")
_NAMED_MONTH = re.compile(
    r"^(?:(?P<n1>[^\W\d_]{3,9})\.?[-/ ]*(?P<y1>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)[-/ ]*(?P<n2>[^\W\d_]{3,9})\.?)$"
)
_MONTHS = (
    "jan january januar", "feb february februar", "mar march märz mrz", "apr april", "may mai", "jun june juni",
    "jul july juli", "aug august", "sep sept september", "oct october okt oktober", "nov november",
    "dec december dez dezember",
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_STAGES = {"pre": -1, "before": -1, "baseline": -1, "vorher": -1, "post": 1, "after": 1, "followup": 1, "nachher": 1}
_WORDS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"(\d+)")

SortKey = tuple[int, float, float, tuple[tuple[int, int, str], ...], str]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """
    One period; compares and sorts in natural order, equal by its order and label.

    >>> sorted([Period.parse("Q2 2026"), Period.parse("2026Q1")])
    [Period('2026-Q1'), Period('2026-Q2')]
    >>> [p.label for p in sorted(map(Period.parse, ["wave 10", "wave 2", "T0_pre"]))]
    ['T0_pre', 'wave 2', 'wave 10']
    >>> Period.parse("2026-05-17").label
    '2026-Q2'
    """

    order: SortKey = field(repr=False)
    label: str

    def __repr__(self) -> str:
        return f"Period({self.label!r})"

    def __str__(self) -> str:
        return self.label

    @classmethod
    def parse(cls, text: str) -> Period:
        """
        The period a label or date names.

        Parameters
        ----------
        text : any non-empty label; surrounding white space is dropped. A date whose day and month
            could be told apart either way is read day first.

        Raises
        ------
        ValueError : when the text is empty.
        """
        label = " ".join(text.split())
        if not label:
            raise ValueError("a period needs a label")
        if match := _QUARTER.match(label):
            return cls._quarter(int(match["y1"] or match["y2"]), int(match["q1"] or match["q2"]))
        if match := _HALF.match(label):
            return cls._half(int(match["y1"] or match["y2"]), int(match["h1"] or match["h2"]))
        if month := _month(label):
            return cls._dated(month[0], (month[1] - 1) / 12, 1 / 12, f"{month[0]}-{month[1]:02d}")
        if _YEAR.match(label):
            return cls._dated(int(label), 0.0, 1.0, label)
        if day := parse_date(label):
            return cls.of_date(day)
        return cls((1, float(_stage(label)), 0.0, _natural(label), label), label)

    @classmethod
    def of_date(cls, day: date) -> Period:
        """The quarter a day lies in."""
        return cls._quarter(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def _quarter(cls, year: int, quarter: int) -> Period:
        return cls._dated(year, (quarter - 1) / 4, 0.25, f"{year}-Q{quarter}")

    @classmethod
    def _half(cls, year: int, half: int) -> Period:
        return cls._dated(year, (half - 1) / 2, 0.5, f"{year}-H{half}")

    @classmethod
    def _dated(cls, year: int, fraction: float, length: float, label: str) -> Period:
        return cls((0, year + fraction, length, (), label), label)

    @property
    def dated(self) -> bool:
        """Whether the period lies on the calendar (a wave name does not)."""
        return self.order[0] == 0

    def contains(self, day: date) -> bool:
        """Whether a day lies inside this period; never for a wave name."""
        moment = day.year + (day.month - 1) / 12
        return self.dated and self.order[1] - 1e-9 <= moment < self.order[1] + self.order[2] - 1e-9


def parse_date(text: str) -> date | None:
    """
    The day a date names, `None` when the text is no date.

    ISO order, or day and month in either order with the year last. Where both could be the month,
    the day is taken to stand first (intake says so in a problem of its own).

    >>> parse_date("2026-02-11"), parse_date("14.03.2026"), parse_date("3/14/2026"), parse_date("Alpha")
    (datetime.date(2026, 2, 11), datetime.date(2026, 3, 14), datetime.date(2026, 3, 14), None)
    """
    label = text.strip()
    if match := _ISO_DATE.match(label):
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _LOCAL_DATE.match(label):
        first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
        return _day(year, first, second) if second > 12 else _day(year, second, first)
    return None


def in_order(labels: Iterable[str]) -> tuple[Period, ...]:
    """The distinct periods that labels name, in natural order."""
    return tuple(sorted({Period.parse(label) for label in labels}))


def _month(label: str) -> tuple[int, int] | None:
    """Year and month of `2026-02`, `02/2026`, `02/26`, `Feb 2026`."""
    if match := _MONTH.match(label):
        return int(match["y"]), int(match["m"])
    if match := _NUMBERED_MONTH.match(label):
        return int(match["y"] or f"20{match['short']}"), int(match["m"])
    if match := _NAMED_MONTH.match(label):
        month = _MONTH_OF.get((match["n1"] or match["n2"]).casefold())
        return (int(match["y1"] or match["y2"]), month) if month else None
    return None


def _stage(label: str) -> int:
    """−1 for what a name says came before, 1 for after, 0 otherwise."""
    stages = [_STAGES[word] for word in _WORDS.findall(label.casefold().replace("-", "")) if word in _STAGES]
    return stages[0] if stages else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _natural(label: str) -> tuple[tuple[int, int, str], ...]:
    parts = _DIGITS.split(label.casefold())
    return tuple((1, int(part[:300]), "") if part.isdecimal() else (0, 0, part) for part in parts if part)
