"""
Look-alikes: team names that a reader would take for one another.

Letters of other scripts that look like Latin ones, accents, signs and spaces between words, a zero for an O. Whether
two such names are one team is asked and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

_FOREIGN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρυχ",
    "ABESIJKMHOPCTYXaeopcyxijsdhlqwABEZHIKMNOPTYXaovpux",
)
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "’": "'", "–": "-", "—": "-"})
_MOST = 5_000  # teams; more are not compared


class LookAlike(NamedTuple):
    """Two names and how they differ; `foreign`: by letters of another script, which no reader can see."""

    one: str
    other: str
    why: str
    foreign: bool


def look_alikes(names: Sequence[str]) -> list[LookAlike]:
    """
    Pairs of names that look the same, each name beside the first of its kind.

    >>> for pair in look_alikes(["Alpha", "\u0410lpha", "Zoe", "Zo\xeb", "01", "1", "Team 1", "Team-1"]):
    ...     print(pair.why)
    look the same, and one has letters of another script
    differ in an accent only
    differ in signs between words only
    >>> look_alikes(["Team 1.1", "Team 11", "Team 1-10"])
    []
    """
    if len(names) > _MOST:
        return []
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_skeleton(name)].append(name)
    pairs = [(group[0], other) for skeleton, group in groups.items() if skeleton for other in group[1:]]
    return [LookAlike(one, other, *_why(one, other)) for one, other in pairs]


def _latin(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_FOREIGN)


def _bare(name: str) -> str:
    parted = unicodedata.normalize("NFD", _latin(name).casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _skeleton(name: str) -> str:
    """What is left of a name to a quick eye; names of signs and figures alone are told apart by each of them."""
    bare = _bare(name)
    if not any(sign.isalpha() for sign in bare):
        return bare
    return _words(name).translate(_ALIKE)


def _why(one: str, other: str) -> tuple[str, bool]:
    if _latin(one).casefold() == _latin(other).casefold():
        return "look the same, and one has letters of another script", True
    if _bare(one) == _bare(other):
        return "differ in an accent only", False
    if _words(one) == _words(other):
        return "differ in signs between words only", False
    return "differ in signs that look alike", False


def _words(name: str) -> str:
    """Letters and figures without the signs between them; but 1.1 is not 11."""
    return re.sub(r"[^\w·]|_", "", re.sub(r"(?<=\d)[^\w]+(?=\d)", "·", _bare(name)))
