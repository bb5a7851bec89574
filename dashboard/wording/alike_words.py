"""
Words on how alike members answer: by how much of a category they differ, how that compares with random groups, in which
shape, and how it would look to r_WG. A finding about the answers, never a mark; plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.wording.numbers import points

TITLE = "How alike members answer"
UNKNOWN = "How alike members answer is not available"
SHAPES: Mapping[str, str] = {
    "two camps": (
        "Answers form two camps: between people’s scores lies a gap of at least a quarter of the scale, with three people or more on "
        "either side. The mean then stands for neither."
    ),
    "close": "Answers lie close together.",
    "spread": "Answers are spread; a mean hides that.",
}
IDENTICAL = (
    "All gave the same answers. That can be real; it can also be answers copied from one another, a row filled in "
    "without reading, or the end of the scale."
)
NEARLY = "Nearly the same answer everywhere can also come from copying, or from an end of the scale."
NO_FAULT = "Wide spread is a finding, not a fault."
NEARLY_NONE = 0.05  # of a category


def title(row: Mapping[str, Any], noun: str) -> str:
    """
    By how much answers differ, in categories.

    Parameters
    ----------
    row : of the released teams table, one team and period. noun : what a group is called.
    """
    deviation = row["agreement_ad"]
    if not np.isfinite(deviation):
        return UNKNOWN
    if deviation == 0:
        return f"Everyone gave the same answers about the {noun}"
    return f"Answers about the {noun} differ by {_of_a_category(deviation)}"


def _of_a_category(deviation: float) -> str:
    """
    >>> _of_a_category(0.62), _of_a_category(1.44), _of_a_category(0.01)
    ('0.6 of a category', '1.4 categories', 'less than 0.1 of a category')
    """
    if deviation < 0.05:
        return "less than 0.1 of a category"
    text = points(deviation, 1)
    return f"{text} of a category" if deviation < 0.95 else f"{text} categories" if text != "1.0" else "one category"


def sentences(row: Mapping[str, Any], options: int) -> tuple[str, ...]:
    """
    What stands under the title, two paragraphs; nothing where agreement is not available.

    Parameters
    ----------
    row : as in `title`, with `agreement_percentile` and `shape` as far as they are known.
    options : answer options of the collective scale.
    """
    deviation = row["agreement_ad"]
    if not np.isfinite(deviation):
        return ()
    found = " ".join(each for each in (percentile(row), _shape(row, deviation), _identical(deviation)) if each)
    return tuple(each for each in (found, _average(deviation, options)) if each)


def _average(deviation: float, options: int) -> str:
    limit = points(options / 6, 1)
    if deviation == 0:
        return f"Their distance from the mean is 0; up to {limit} of a category counts as close."
    return (
        f"That is how far members’ answers lie from their mean, on average over the questions; up to {limit} of a category counts as "
        f"close. {NO_FAULT}"
    )


def percentile(row: Mapping[str, Any]) -> str:
    """
    How the team's agreement compares with random groups; empty where it was not compared.

    >>> percentile({"agreement_percentile": 0.83, "period": "2026-Q2"})
    'More alike than 83 of 100 random groups of the same size, drawn from everyone who answered in 2026-Q2.'
    """
    value = row.get("agreement_percentile", np.nan)
    if not np.isfinite(value):
        return ""
    drawn = f"random groups of the same size, drawn from everyone who answered in {row['period']}"
    number = round(100 * value)
    if number >= 100:
        return f"More alike than nearly all {drawn}."
    return f"More alike than {number} of 100 {drawn}." if number else f"Less alike than nearly all {drawn}."


def _shape(row: Mapping[str, Any], deviation: float) -> str:
    return "" if deviation == 0 else SHAPES.get(str(row.get("shape", "")), "")


def _identical(deviation: float) -> str:
    if deviation == 0:
        return IDENTICAL
    return NEARLY if deviation < NEARLY_NONE else ""


def as_range(row: Mapping[str, Any]) -> str:
    """r_WG under its two ideas of random answers, as a range and never as one number; empty where there is none."""
    low, high = sorted((row["rwg_uniform"], row["rwg_skew"]))
    if not (np.isfinite(low) and np.isfinite(high)):
        return ""
    return (
        f"r_WG lies between {points(low, 2)} and {points(high, 2)}, depending on what random answers would look like: a range, never a "
        f"gate. It grows with the number of questions at the same spread."
    )
