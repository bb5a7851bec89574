"""
Words of the gates: what a figure may be called on these data, and why not more.

The same sentence stands beside the figure, on the method screen and in every export.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import ALIKE, DISTINCT, RELIABLE, carried
from dashboard.terms import Settings
from dashboard.wording.numbers import articled, counted, plural, points


class Names(NamedTuple):
    """What the two means are called, each as a sentence begins with it."""

    individual: str
    collective: str

    def within(self) -> Names:
        """The same inside a sentence."""
        return Names(*(name[:1].lower() + name[1:] for name in self))


NAMES = Names("Individual efficacy", "Collective efficacy")  # where the data carry both
ITEMS_ONLY = "Mean of the individual items"
MEMBERS_VIEWS = "Members’ views of their {noun}"

_SHORT: Mapping[str, str] = {
    "alpha_individual": "the individual items hang together too loosely (alpha {value}, needed .70)",
    "alpha_collective": "the collective items hang together too loosely (alpha {value}, needed .70)",
    "icc1_low": "members of a {noun} answer hardly more alike than people of different {nouns} (ICC(1) could be {value})",
    "percentile": "half of the {nouns} agree no more than {value} of random groups of their size, needed 75%",
    "htmt": "the two sets of items measure nearly the same thing (HTMT {value}, needed below .85)",
    "teams": "no more than {count} answered, needed 10",
    "mirrored": "the collective items are not declared to be the individual ones with “we” for “I”",
    "periods": "there is one period only",
    "degrees": "too few people answered to know how much people differ ({value} beyond one for each {noun}, needed 30)",
    "drifting": "at least one item moved away from the others, so the scale may no longer mean what it meant",
    "lagged": "performance in two successive periods, and answers in the first of them, is there for {count}, needed 12",
}
_UNKNOWN: Mapping[str, str] = {
    "alpha_individual": "the reliability of the individual scale cannot be worked out",
    "alpha_collective": "the reliability of the collective scale cannot be worked out",
    "icc1_low": "how much {nouns} differ cannot be worked out",
    "percentile": "agreement cannot be held against random groups",
    "htmt": "whether the two scales are distinct cannot be worked out",
}
_CAUTION: Mapping[str, str] = {
    "alpha_individual": "alpha of the individual items is {value}, below .70, and its interval reaches that",
    "alpha_collective": "alpha of the collective items is {value}, below .70, and its interval reaches that",
    "drifting": "at least one item seems to have moved away from the others, which chance can do as well",
}
_NEEDED = {"alpha_individual": RELIABLE, "alpha_collective": RELIABLE, "htmt": DISTINCT, "percentile": ALIKE}


def names(diagnosis: Diagnosis) -> Names:
    """What the two means may be called on these data."""
    return Names(individual_name(diagnosis), collective_name(diagnosis))


def individual_name(diagnosis: Diagnosis) -> str:
    """What the mean of the individual items may be called."""
    return ITEMS_ONLY if _closed(diagnosis, "individual_mean") else NAMES.individual


def collective_name(diagnosis: Diagnosis) -> str:
    """What the mean of the collective items may be called: a figure of the team, or its members' views."""
    if _closed(diagnosis, "collective_mean"):
        return MEMBERS_VIEWS.format(noun=diagnosis.settings.noun)
    return NAMES.collective


def why(found: Gate, settings: Settings) -> str:
    """
    One sentence on why a claim is not carried, or only with caution; empty where it is carried.

    >>> gate = Gate(need="surplus", state=GateState.CLOSED, found={"htmt": 0.93}, short=("htmt",))
    >>> why(gate, Settings())
    'Not shown: the two sets of items measure nearly the same thing (HTMT .93, needed below .85).'
    """
    if found.state is GateState.OPEN:
        return ""
    reasons = [_reason(name, found, settings) for name in _named(found)]
    first = "With caution" if found.state is GateState.CAUTION else _first(found, settings)
    return f"{first}: {', and '.join(reasons)}."


def _first(found: Gate, settings: Settings) -> str:
    """How a sentence about a closed gate begins."""
    match found.need:
        case "individual_mean":
            return f"Called “{ITEMS_ONLY.lower()}”"
        case "collective_mean":
            return f"Called “{MEMBERS_VIEWS.format(noun=settings.noun).lower()}”"
        case "verdicts":
            return f"No {settings.noun} is judged"
    return "Not shown"


def _named(found: Gate) -> list[str]:
    """What falls short; what is not known only where nothing else does."""
    if found.state is GateState.CAUTION:
        return list(found.short)
    known = [name for name in found.short if np.isfinite(found.found[name])]
    return known or list(found.short)


def _reason(name: str, found: Gate, settings: Settings) -> str:
    value, noun = found.found[name], settings.noun
    words = {"noun": noun, "nouns": plural(noun)}
    if not np.isfinite(value):
        return _UNKNOWN.get(name, _SHORT[name]).format(**words, value="", count="")
    texts = _CAUTION if found.state is GateState.CAUTION else {}
    text = texts.get(name, _SHORT[name])
    return articled(text, noun).format(**words, value=_value(name, value), count=counted(int(value), noun))


def _value(name: str, value: float) -> str:
    if name == "percentile":
        return _apart(value, _NEEDED[name], lambda digits: f"{value:.{digits}%}", 0)
    if name == "degrees":
        return points(value)
    return _apart(value, _NEEDED.get(name, np.nan), lambda digits: _decimal(value, digits), 2)


def _apart(value: float, needed: float, write: Callable[[int], str], digits: int) -> str:
    """The figure with as many digits as it takes not to look like what is needed."""
    close = round(value, digits + 2 * (digits == 0)) == needed and value != needed
    return write(digits + 2) if close else write(digits)


def _decimal(value: float, digits: int) -> str:
    """A figure between −1 and 1 without its zero; others as they are."""
    return re.sub(r"^(−?)0\.", r"\1.", points(value, digits))


def _closed(diagnosis: Diagnosis, need: str) -> bool:
    return bool(diagnosis.gates) and not carried(diagnosis, need)
