"""
Numbers as readers meet them: one minus sign, no false precision, the interval beside the figure.
"""

from __future__ import annotations

import math
import re

MINUS = "−"
MISSING = "–"

_ARTICLE = re.compile(r"\b([Aa]) (?=\{noun\})")
_VOWEL = re.compile(r"(?!uni|use|eu|one)[aeiou]", re.IGNORECASE)  # as it is spoken: a unit, an office


def points(value: float, digits: int = 0) -> str:
    """
    A figure in points; a dash when there is none.

    >>> points(61.7), points(-0.2), points(float("nan"))
    ('62', '0', '–')
    """
    if not math.isfinite(value):
        return MISSING
    if not digits:  # most figures are whole
        whole = round(value)
        return str(whole) if whole >= 0 else f"{MINUS}{-whole}"
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


def signed(value: float, digits: int = 0) -> str:
    """
    A change in points, with its sign.

    >>> signed(9.2), signed(-3.6), signed(0.3)
    ('+9', '−4', '0')
    """
    text = points(value, digits)
    return text if text == MISSING or text.startswith(MINUS) or float(text) == 0 else f"+{text}"


def interval(low: float, high: float, digits: int = 0) -> str:
    """
    The ends of an interval.

    >>> interval(-4.1, 6)
    '[−4, 6]'
    """
    return f"[{points(low, digits)}, {points(high, digits)}]"


def probability(value: float) -> str:
    """
    A probability to two places, never said to be sure.

    >>> probability(0.934), probability(0.9999), probability(0.0001)
    ('.93', '> .99', '< .01')
    """
    if not math.isfinite(value):
        return MISSING
    if value > 0.99:
        return "> .99"
    if value < 0.01:
        return "< .01"
    return f"{value:.2f}".removeprefix("0")


def share(value: float) -> str:
    """
    A share in percent.

    >>> share(0.8125)
    '81%'
    """
    return MISSING if not math.isfinite(value) else f"{100 * value:.0f}%"


def expected(value: float) -> str:
    """
    An expected number of teams: one place below ten, whole above.

    >>> expected(0.42), expected(24.3), expected(0.01)
    ('0.4', '24', 'fewer than 0.1')
    """
    if value < 0.05:
        return "fewer than 0.1"
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def about(value: float) -> str:
    """
    An expected number within a sentence.

    >>> about(6.2), about(0.01)
    ('about 6.2', 'fewer than 0.1')
    """
    return expected(value) if value < 0.05 else f"about {expected(value)}"


def counted(number: int, noun: str) -> str:
    """
    A number with its noun.

    >>> counted(1, "team"), counted(3, "team"), counted(2, "person")
    ('1 team', '3 teams', '2 people')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """
    The plural of a noun that is a setting (team, class, family, person).

    >>> plural("team"), plural("class"), plural("facility")
    ('teams', 'classes', 'facilities')
    """
    if noun == "person":
        return "people"
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def articled(text: str, noun: str) -> str:
    """
    A text with `a {noun}` in it, with the article that the noun takes.

    >>> articled("A {noun} without a flag; a {noun}", "office"), articled("Find a {noun}", "unit")
    ('An {noun} without a flag; an {noun}', 'Find a {noun}')
    """
    return _ARTICLE.sub(r"\1n ", text) if _VOWEL.match(noun) else text
