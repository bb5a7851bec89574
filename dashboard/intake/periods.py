"""
Periods as a column spells them: labels, dates whose order is settled by the whole column, other languages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dashboard.terms import Period, parse_date

_SHORT = re.compile(
    r"^(?:(?P<q1>[1-4])\s*\.?\s*(?:Q|T|Quartal|Quarter|trimestre)[\s'’/.-]*(?P<y1>(?:19|20)?\d\d)"
    r"|(?:Q|T|Quartal|Quarter|trimestre)\s*(?P<q2>[1-4])[\s'’/.,-]*(?P<y2>(?:19|20)?\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)\s*[-/.]?\s*(?:T|Quartal|Quarter|trimestre)\s*(?P<q3>[1-4])"
    r"|FY\s*(?P<y4>(?:19|20)?\d\d)\s*[-/]?\s*Q(?P<q4>[1-4])|Q(?P<q5>[1-4])\s*[-/]?\s*FY\s*(?P<y5>(?:19|20)?\d\d))$",
    re.IGNORECASE,
)
_TWO_WAYS = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?:[T ,].*)?$")
_WORDS = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"(?<=\d)(?:T|,? +)(?=\d{1,2}:\d{2})")
_MONTH_YEAR = re.compile(r"^(?P<m>0?[1-9]|1[0-2])[-/.](?P<y>(?:19|20)\d\d)$")


class Spelled(NamedTuple):
    """
    `periods`: label → its period. `spellings`: period → labels, only where several (dates are no spellings).
    `ambiguous`: dates whose day and month cannot be told apart by anything in the column.
    """

    periods: Mapping[str, Period]
    spellings: Mapping[Period, tuple[str, ...]]
    ambiguous: tuple[str, ...]


def spelled(labels: Sequence[str]) -> Spelled:
    """
    The periods that a column's labels name.

    >>> found = spelled(["2026-Q1", "Q1 2026", "1Q26", "2026Q1", "T1 2026"])
    >>> {str(period) for period in found.periods.values()}, len(found.spellings)
    ({'2026-Q1'}, 1)
    >>> spelled(["03/25/2026", "04/02/2026"]).periods["04/02/2026"]  # the 25 shows that the month stands first
    Period('2026-Q2')
    """
    month_first = _month_first(labels)
    by_day = {day: _period(day, bool(month_first)) for day in {without_clock(label) for label in labels} if day}
    periods = {label: by_day[without_clock(label)] for label in labels if label.strip()}
    named: dict[Period, list[str]] = defaultdict(list)
    for label, period in periods.items():
        if parse_date(label) is None:
            named[period].append(label)
    several = {period: tuple(sorted(set(labels))) for period, labels in named.items() if len(set(labels)) > 1}
    ambiguous = tuple(sorted(label for label in periods if _turns(label))) if month_first is None else ()
    return Spelled(periods, several, ambiguous)


def without_clock(label: str) -> str:
    """
    A moment without its time of day; any other label as it is.

    >>> without_clock("2026-03-31 09:14:07"), without_clock("31/3/2026T9:14"), without_clock(" wave 2 ")
    ('2026-03-31', '31/3/2026', 'wave 2')
    """
    return _CLOCK.split(label.strip(), maxsplit=1)[0] if ":" in label else label.strip()


def same_waves(periods: Iterable[Period]) -> dict[Period, Period]:
    """
    Wave names that differ in case, space and signs alone, each with the one that stands for all of them.

    >>> found = same_waves(map(Period.parse, ["wave 1", "Wave 1", "wave_2", "2026-Q1"]))
    >>> [found[Period.parse(label)].label for label in ("wave 1", "Wave 1", "wave_2")]
    ['Wave 1', 'Wave 1', 'wave_2']

    The one with most words stands, as people write it: Wave 1 rather than WAVE_1.
    """
    alike: dict[str, list[Period]] = defaultdict(list)
    for period in dict.fromkeys(periods):
        alike[period.label if period.dated else "".join(_WORDS.findall(period.label.casefold()))].append(period)
    found: dict[Period, Period] = {}
    for group in alike.values():
        stands = min(group, key=lambda one: (-one.label.count(" "), one.label))
        found |= dict.fromkeys(group, stands)
    return found


def unordered(periods: Sequence[Period]) -> tuple[Period, ...]:
    """
    Periods whose order nothing but the alphabet decides, and wave names beside dated periods.

    >>> unordered([Period.parse(label) for label in ("T0_pre", "wave 2", "wave 10")])
    ()
    >>> [period.label for period in unordered([Period.parse("autumn"), Period.parse("spring")])]
    ['autumn', 'spring']
    """
    waves = sorted(period for period in periods if not period.dated)
    if waves and len(waves) < len(periods):
        return tuple(waves)
    found = [pair for pair in pairwise(waves) if not _told_apart(*pair)]
    return tuple(dict.fromkeys(period for pair in found for period in pair))


def _told_apart(one: Period, other: Period) -> bool:
    """Whether a stage (pre, post) or a number decides which of two waves comes first."""
    if one.order[1] != other.order[1]:
        return True
    first, second = next(((a, b) for a, b in zip(one.order[3], other.order[3], strict=False) if a != b), (None, None))
    return first is not None and second is not None and first[0] == second[0] == 1


def is_dated(label: str) -> bool:
    """
    Whether a text names a quarter, month, year or day.

    >>> is_dated("2026-Q1"), is_dated("1. Quartal 2026"), is_dated("wave 2"), is_dated("3")
    (True, True, False, False)
    """
    return bool(label.strip()) and _period(label, False).dated


def day_of(label: str, month_first: bool = False) -> date | None:
    """The day a date names, in the order of its column."""
    match = _TWO_WAYS.match(label.strip())
    if match and month_first and int(match[1]) <= 12:
        return parse_date(f"{match[3]}-{match[1]}-{match[2]}")
    return parse_date(label)


def _period(label: str, month_first: bool) -> Period:
    text = " ".join(label.split())
    if match := _SHORT.match(text):
        found = match.groupdict()
        year = next(found[f"y{n}"] for n in range(1, 6) if found[f"y{n}"])
        quarter = next(found[f"q{n}"] for n in range(1, 6) if found[f"q{n}"])
        return Period.parse(f"{year if len(year) == 4 else '20' + year}-Q{quarter}")
    if match := _MONTH_YEAR.match(text):
        return Period.parse(f"{match['y']}-{int(match['m']):02d}")
    if day := day_of(text, month_first):
        return Period.of_date(day)
    return Period.parse(text)


def _month_first(labels: Sequence[str]) -> bool | None:
    """Whether the column writes the month first; `None` when it cannot be told and would matter."""
    pairs = [(int(match[1]), int(match[2])) for label in labels if (match := _TWO_WAYS.match(label.strip()))]
    if any(first > 12 for first, _ in pairs):
        return False
    if any(second > 12 for _, second in pairs):
        return True
    return None if any(_turns(label) for label in labels) else False


def _turns(label: str) -> bool:
    """Whether a date lies in another quarter when day and month change places."""
    match = _TWO_WAYS.match(label.strip())
    if not match or int(match[1]) > 12 or int(match[2]) > 12:
        return False
    return (int(match[1]) - 1) // 3 != (int(match[2]) - 1) // 3
