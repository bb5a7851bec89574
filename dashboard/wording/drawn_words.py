"""
Words on and beside the charts that are taken away: a figure with its interval, as marks say it and tables hold it.

Plain text; whoever draws it makes it harmless.
"""

from __future__ import annotations

import math

from dashboard.wording.numbers import interval, points, signed

NO_FIGURE = "no figure"
NOT_SHOWN = "not shown"
ANSWERED = "answered"
NAME, KIND, PERIOD = "Name", "Marked as", "Period"
WIDE, MIDDLE = 8.0, 3.0  # of a span of figures: from here on they are said whole, with one place, else with two


def digits(low: float, high: float) -> int:
    """
    Places behind the dot that the figures of a chart are said with: whole where they differ by points of 100.

    >>> digits(-12, 31), digits(-0.4, 0.9)
    (0, 2)
    """
    span = high - low
    return 0 if span >= WIDE else 1 if span >= MIDDLE else 2


def figure(value: float, low: float = math.nan, high: float = math.nan, places: int = 0, change: bool = False) -> str:
    """
    A figure with its interval where it has one; a change carries its sign.

    >>> figure(9.2, 4, 14, change=True), figure(61.7), figure(float("nan"))
    ('+9 [4, 14]', '62', 'no figure')
    """
    if not math.isfinite(value):
        return NO_FIGURE
    said = signed(value, places) if change else points(value, places)
    return f"{said} {interval(low, high, places)}" if math.isfinite(low) and math.isfinite(high) else said


def people(count: float) -> str:
    """
    A number of respondents; a dash when it is not known.

    >>> people(14.0)
    '14'
    """
    return points(count)


def answered(people: float) -> str:
    """
    How many answered.

    >>> answered(14.0)
    'answered: 14'
    """
    return f"{ANSWERED}: {points(people)}"
