"""
Words of the tour: four stops for who opens the app for the first time, each on the page it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.wording.numbers import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """`page`: where it stands, as the address names it. `title`, `text`: what it says."""

    page: str
    title: str
    text: str


STOPS = (
    Stop(
        page="overview",
        title="Begin with the sentence",
        text="The headline says in how many {nouns} individual gains are not compounding, and how many of these may be false alarms. "
        "Below it are the two levels with their intervals. Each question mark opens a definition.",
    ),
    Stop(
        page="overview",
        title="Then read the map",
        text="Each mark is one {noun}. To the right, people grew surer of their own work; upwards, of what they can do together. Below "
        "the dashed line less than the agreed part is shared. Choose a mark to open its {noun}.",
    ),
    Stop(
        page="team",
        title="Open one {noun}",
        text="Its page shows both lines with their intervals, who came and went, how alike members answer, what could be tried, and what "
        "to ask. Nothing there is about one person, and small groups are withheld.",
    ),
    Stop(
        page="method",
        title="Know how sure it is",
        text="Here stand every formula with its source, which claims these data carry, how often the verdict is wrong, and what may not "
        "be said. To take the result to a room, open Present.",
    ),
)
NEXT, BACK, END, DONE = "Next", "Back", "End the tour", "Done"
AROUND = "Show me around"
AROUND_HELP = "Four stops, with the example organisation where nothing else is open."


def title(at: int, noun: str) -> str:
    """
    Where on the way a stop is, and its name.

    >>> title(2, "team")
    '3 of 4 · Open one team'
    """
    return f"{at + 1} of {len(STOPS)} · {_said(STOPS[at].title, noun)}"


def text(at: int, noun: str) -> str:
    """What a stop says."""
    return _said(STOPS[at].text, noun)


def _said(words: str, noun: str) -> str:
    return words.format(noun=noun, nouns=plural(noun))
