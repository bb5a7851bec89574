"""
Taking up: a design that a team decides to try, as an event like any other.

It is written as a row of an events file and read as one, so that what was taken up in the app and what a file brings
are the same thing, and next quarter's page sets before and after beside each other for both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from dashboard.designs.design import Design
from dashboard.history.records import TAKEN_UP
from dashboard.terms import Period
from dashboard.wording import escape

COLUMNS = ("period", "team", "kind", "name", "outcome")
FILE = "taken up in the app"
"""What the history calls the file that there is none of."""
LABELS = {0.25: "{year}-Q{part}", 0.5: "{year}-H{part}", 1.0: "{year}"}  # length in years → how a period is written
MONTH = 1 / 12

Row = tuple[str, str, str, str, str]


def row(design: Design, team: str, period: str, own_name: str = "") -> Row:
    """
    The event: shared mastery, by the design's name, with the team's own after it.

    >>> from dashboard.designs import BY_KEY
    >>> row(BY_KEY["pre-mortem"], "Atlas", "2026-Q3", " spring  release ")
    ('2026-Q3', 'Atlas', 'shared_mastery', 'Pre-mortem: spring release', 'taken up, outcome open')
    """
    own = " ".join(own_name.split())
    return (period, team, "shared_mastery", f"{design.name}: {own}" if own else design.name, TAKEN_UP)


def written(rows: Iterable[Row]) -> bytes:
    """Rows as an events file: UTF-8, comma, header."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([COLUMNS, *rows])
    return sink.getvalue().encode()


def following(period: Period) -> Period | None:
    """
    The next period of the calendar, as long as this one; `None` after the name of a wave.

    >>> [following(Period.parse(label)) for label in ("2026-Q4", "2026-H1", "2026-12", "2026", "wave 2")]
    [Period('2027-Q1'), Period('2026-H2'), Period('2027-01'), Period('2027'), None]
    """
    if not period.dated:
        return None
    _, begins, length, *_ = period.order
    start = begins + length + 1e-6
    year = int(start)
    part = 1 + int((start - year) / length)
    if abs(length - MONTH) < 1e-6:
        return Period.parse(f"{year}-{part:02d}")
    return Period.parse(LABELS[length].format(year=year, part=part))


def rows(content: bytes) -> list[Row]:
    """
    The rows of a file that `written` wrote.

    >>> rows(written([("2026-Q3", "Atlas", "shared_mastery", "Pre-mortem", TAKEN_UP)]))[0][:2]
    ('2026-Q3', 'Atlas')
    """
    found = csv.reader(io.StringIO(content.decode(), newline=""))
    return [(period, team, kind, name, outcome) for period, team, kind, name, outcome in list(found)[1:]]


def harmless(event: Row) -> Row:
    """The row for a file that leaves the app: no spreadsheet takes a cell of it for a formula."""
    period, team, kind, name, outcome = map(escape.cell, event)
    return (period, team, kind, name, outcome)
