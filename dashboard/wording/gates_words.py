"""
Words of the gates: what a figure may be called on these data, and why not more.

The same sentence stands beside the figure, on the method screen and in every export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import gate
from dashboard.terms import Settings
from dashboard.wording.numbers import plural, points


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

CLAIMS: Mapping[str, str] = {
    "individual_mean": "a mean of individual efficacy",
    "collective_mean": "a figure of the {noun}, and not only its members’ views of it",
    "surplus": "what the {noun} believes beyond its members",
    "level_gap": "how far the two levels lie apart",
    "verdicts": "verdicts on whether gains compound",
    "prediction": "whether collective efficacy goes with performance",
}

_SHORT: Mapping[str, str] = {
    "alpha_individual": "the individual items hang together too loosely (alpha {value}, needed .70)",
    "alpha_collective": "the collective items hang together too loosely (alpha {value}, needed .70)",
    "icc1_low": "members of a {noun} answer hardly more alike than people of different {nouns} (ICC(1) could be {value})",
    "percentile": "half of the {nouns} agree no more than {value} of random groups of their size, needed 75%",
    "htmt": "the two sets of items measure nearly the same thing (HTMT {value}, needed below .85)",
    "teams": "only {count} {nouns} answered, needed 10",
    "mirrored": "the collective items are not declared to be the individual ones with “we” for “I”",
    "periods": "there is one period only",
    "degrees": "too few people answered to know how much people differ ({count} beyond one for each {noun}, needed 30)",
    "drifting": "{count} of the items moved away from the others, so they may no longer mean what they meant",
    "lagged": "only {count} {nouns} have performance in two successive periods and answers in the first of them, needed 12",
}
_UNKNOWN: Mapping[str, str] = {
    "alpha_individual": "the reliability of the individual scale cannot be worked out",
    "alpha_collective": "the reliability of the collective scale cannot be worked out",
    "icc1_low": "how much {nouns} differ cannot be worked out",
    "percentile": "agreement cannot be held against random groups",
    "htmt": "whether the two scales are distinct cannot be worked out",
}
_CAUTION: Mapping[str, str] = {
    "alpha_individual": "alpha of the individual items is {value}, below .70, and may be above it",
    "alpha_collective": "alpha of the collective items is {value}, below .70, and may be above it",
    "drifting": "{count} of the items seem to have moved away from the others, which chance can do as well",
}
_ONE_ITEM = {"drifting": "one of the items"}


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
    """What falls short; of what closes a gate the doubts beside it are not told."""
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
    if value == 1 and name in _ONE_ITEM:
        text = text.replace("{count} of the items", _ONE_ITEM[name])
    return text.format(**words, value=_value(name, value), count=f"{value:.0f}")


def _value(name: str, value: float) -> str:
    return f"{value:.0%}" if name == "percentile" else points(value, 2).replace("0.", ".", 1)


def _closed(diagnosis: Diagnosis, need: str) -> bool:
    return bool(diagnosis.gates) and gate(diagnosis, need).state is GateState.CLOSED
