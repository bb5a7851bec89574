"""
Words of the app itself: its name, the start page, and the states in which there is nothing to show yet or any more.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.diagnosis.diagnosis import Verdict
from dashboard.disclosure.released import Released
from dashboard.wording.numbers import counted, interval, plural, points, signed

TITLE = "Collective Efficacy"
SENTENCE = "Everyone gets better at their own work. Does the team?"
LEAD = (
    "A group acts on what it believes it can do together. That belief grows from things it tried together and mastered, and it "
    "is not the sum of what its members believe of themselves. This dashboard sets the two beside each other, per {noun} and "
    "period, and says with a stated error rate where individual gains are not compounding."
)
IDEA_ALT = (
    "A schematic picture: the line of what people can do rises, the line of what the team can do together stays nearly flat; "
    "the space between them is what does not compound."
)
EXPLORE = "Explore the example organisation"
EXPLORE_NOTE = (
    "26 teams of an engineering company in which everyone received an AI assistant. Made up, nothing of yours needed."
)
BRING = "Bring your own files"
PRIVATE = "It runs on this machine; nothing is sent anywhere."
CONTINUE = "Continue with {what}"
STANDING = (
    (
        "Two beliefs, side by side",
        "“I can …” and “our {noun} can …”, per {noun} and period, each with how many answered.",
    ),
    (
        "A verdict with an error rate",
        "Which {nouns}’ gains are not compounding, and how many of them may be false alarms.",
    ),
    ("{Nouns}, never persons", "Groups too small to be shown are not shown. No ranks, no outside benchmarks."),
)

NOTHING_OPEN = "Nothing is open yet"
NOTHING_OPEN_NOTE = (
    "This page shows what was found in a survey. Open the example organisation, or bring your files. Files are kept for this "
    "browser tab only: after a reload they are to be brought again."
)
REFUSED = "These files cannot be set against each other"
REFUSED_NOTE = "Nothing was changed. What was found, and what to do:"
FAILED = "This page could not be made"
FAILED_NOTE = (
    "The fault is the program’s, not yours. What you brought is still here. Reload the page or go to another one; the terminal "
    "in which the app was started says what happened."
)
EXAMPLE_MISSING = (
    "The example organisation is not part of this installation. Install it anew from a clone, or bring your files."
)
EXAMPLE = "Example organisation"
COMPUTING = "Reading the answers and setting the two against each other …"
FROM, TO = "From", "To"
BACKWARDS = "The window must begin before it ends; until then the usual one is shown."
MORE_EVENTS = "+{more} more events"
FIND_ONE = "By its name"
STATES = (
    ((Verdict.COMPOUNDING,), "compounding"),
    ((Verdict.NOT_COMPOUNDING,), "not yet"),
    ((Verdict.WATCH, Verdict.UNCLEAR, Verdict.INSUFFICIENT), "cannot tell"),
    ((Verdict.COLLECTIVE_LED, Verdict.STEADY, Verdict.ERODING), "steady or other"),
)
WITHOUT = "Not used then: {names}."
USE_OTHERS = "Use the other files"
PAGES = {
    "start": ("Start", "What this is, and two ways on."),
    "data": ("Data", "Bring files, see how they were understood, correct it, use them."),
    "overview": ("Overview", "The headline, the map of gains, and whom to talk with."),
    "contrast": ("Contrast", "Individual beside collective, per team and period, and rolled up."),
    "team": ("Team", "One team: its two lines, who changed, and what to ask."),
    "goes": ("What goes with it", "Whether collective efficacy goes with the performance of the next period."),
    "present": ("Present", "The story for a room, full screen; the same as slides, paper, page and tables."),
    "method": ("Method", "What each figure is, its source, and what may not be claimed."),
}


def what_is_open(names: tuple[str, ...]) -> str:
    """The files that are open, the first two by name."""
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {counted(len(names) - 1, 'more file')}"


def standing(noun: str) -> tuple[tuple[str, str], ...]:
    """What the dashboard stands for: a title and a sentence each."""
    nouns = plural(noun)
    words = {"noun": noun, "nouns": nouns, "Nouns": nouns.capitalize()}
    return tuple((title.format(**words), sentence.format(**words)) for title, sentence in STANDING)


def states_told(verdicts: Mapping[str, int]) -> list[tuple[int, str]]:
    """
    How many teams are in each state a leader asks about, with its name; the rest only where there is one.

    >>> states_told({"compounding": 5, "not compounding": 6, "watch": 4, "unclear": 8})
    [(5, 'compounding'), (6, 'not yet'), (12, 'cannot tell')]
    """
    told = [(sum(verdicts.get(state, 0) for state in states), name) for states, name in STATES]
    return told if told[-1][0] else told[:-1]


def level(released: Released, scale: str) -> tuple[str, str, str]:
    """
    The organisation's level on `individual` or `collective`: now, its change over the window, its interval.

    `released.organization.by_period` must already be in POMP, see `units.in_pomp`; a part without figures is empty.
    """
    table = released.organization.by_period.set_index("period")
    since, until = released.window[0].label, released.window[-1].label
    if until not in table.index:
        return points(np.nan), "", ""
    now = table.loc[until]
    low, high, change = now[f"{scale}_low"], now[f"{scale}_high"], now[scale] - table[scale].get(since, np.nan)
    ends = f"95% interval {interval(low, high)}" if np.isfinite([low, high]).all() else ""
    moved = f"{signed(change)} since {named(since)}" if since != until and np.isfinite(change) else ""
    return points(now[scale]), moved, ends


def named(period: str) -> str:
    """
    A period within a sentence; a bare number says that it is one.

    >>> named("2025-Q1"), named("0")
    ('2025-Q1', 'period 0')
    """
    return f"period {period}" if period.isdigit() and len(period) < 4 else period


def which(noun: str) -> str:
    """The question of the page of one team as long as none is chosen."""
    return f"Which {noun}?"


def everyone_else(noun: str, some_named: bool) -> str:
    """The heading of the teams that are not listed above."""
    return f"All {'other ' if some_named else ''}{plural(noun)}"
