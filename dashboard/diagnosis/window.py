"""
Window: the periods a verdict looks at, all up to the latest eight unless the reader chooses.
"""

from __future__ import annotations

from dashboard.terms import InputRefused, Period, Problem, Severity


def window(
    periods: tuple[Period, ...], longest: int, since: str | None = None, until: str | None = None
) -> tuple[Period, ...]:
    """
    The consecutive surveyed periods from `since` to `until`, at most the `longest` latest of them.

    Raises
    ------
    InputRefused : when a label names no surveyed period, or `since` comes after `until`.
    """
    last = _position(periods, until, len(periods) - 1)
    first = _position(periods, since, 0)
    if first > last:
        raise InputRefused([_backwards(periods[first], periods[last])])
    return periods[max(first, last + 1 - longest) : last + 1]


def _position(periods: tuple[Period, ...], label: str | None, default: int) -> int:
    if label is None:
        return default
    labels = [period.label for period in periods]
    wanted = Period.parse(label).label if label.strip() else label
    if wanted not in labels:
        found = f"the window names {label}, which was not surveyed"
        raise InputRefused([_problem(found, f"Choose one of {', '.join(labels)}")])
    return labels.index(wanted)


def _backwards(first: Period, last: Period) -> Problem:
    return _problem(
        f"the window begins in {first} and ends before that, in {last}", "Choose an earlier begin or a later end"
    )


def _problem(found: str, remedy: str) -> Problem:
    return Problem(file="window", found=found, remedy=remedy, severity=Severity.ERROR)
