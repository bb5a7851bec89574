"""
Words on charts: axes with their unit, names of regions, and what appears under the pointer.

Everything that comes from data passes `escape.html` here, because Plotly reads HTML in its texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.wording import escape
from dashboard.wording.numbers import counted, interval, points, probability, share, signed
from dashboard.wording.verdicts import VERDICTS

LEVEL = "Points of 100"
CHANGE = "Part of the change (points of 100)"
GAP = "Belief in the {noun} beyond what members’ belief in themselves predicts (points of 100)"
SCHEMATIC = "Schematic, not data"
PARTING = ("what people can do", "what the team can do together", "does not compound")
PARTS = {"stayers": "Stayed", "joiners": "Joined", "leavers": "Left"}
EVENT_KINDS = {
    "shared_mastery": "Shared mastery",
    "individual_training": "Individual training",
    "ai_rollout": "AI roll-out",
    "disruption": "Disruption",
    "other": "Event",
}


def gain(name: str) -> str:
    """
    The title of an axis of gains.

    >>> gain("Collective efficacy")
    'Gain in collective efficacy (points of 100)'
    """
    return f"Gain in {escape.html(name[:1].lower() + name[1:])} (points of 100)"


def label(name: str) -> str:
    """
    A name as a bold label beside a line, on two lines where it is long.

    >>> label("Members’ views of their team")
    '<b>Members’ views<br>of their team</b>'
    """
    words = escape.html(name).split(" ")
    lines = (
        [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        if len(name) > 20
        else [" ".join(words)]
    )
    return f"<b>{'<br>'.join(lines)}</b>"


def region(share_expected: float, gain: float, noun: str) -> str:
    """The name of the region of a map where an individual gain counts and is not shared; `noun` is what a group is called."""
    part = part_of(share_expected)
    return f"<b>Not compounding</b><br>members gained {points(gain)} or more,<br>the {escape.html(noun)} less than {part} of it"


def line(share_expected: float) -> str:
    """The name of the compounding line."""
    return f"compounding line: {part_of(share_expected)} is shared"


def part_of(value: float) -> str:
    """A share in words where there is one: half, else percent."""
    return "half" if value == 0.5 else share(value)


def team_point(row: Mapping[str, Any]) -> str:
    """What appears under the pointer on a team's mark; the axes say what is across and up. `row` of the released verdicts."""
    return (
        f"<b>{escape.html(row['team_id'])}</b><br>"
        f"{VERDICTS[row['verdict']].label}; probability of not compounding {probability(row['probability'])}<br>"
        f"Across {_gain(row, 'individual_gain')}<br>"
        f"Up {_gain(row, 'collective_gain')}<br>"
        f"{_answered(row)}"
    )


def _gain(row: Mapping[str, Any], name: str) -> str:
    return f"{signed(row[name])} {interval(row[f'{name}_low'], row[f'{name}_high'])}"


def _answered(row: Mapping[str, Any]) -> str:
    since, until = points(row["respondents_since"]), points(row["respondents_until"])
    return f"answered: {since} in {escape.html(row['since'])}, {until} in {escape.html(row['until'])}"


def level_point(name: str, row: Mapping[str, Any], column: str) -> str:
    """What appears under the pointer on a team's mean in one period; levels in POMP."""
    ends = interval(row[f"{column}_low"], row[f"{column}_high"])
    return (
        f"<b>{escape.html(row['period'])}</b> · {escape.html(name)}<br>mean {points(row[column])} {ends}, "
        f"drawn towards all: {points(row[f'{column}_shrunken'])}<br>{counted(int(row['respondents']), 'person')} answered"
    )


def gap_point(row: Mapping[str, Any]) -> str:
    """What appears under the pointer on a team's gap in one period; a row of `worth_watching`."""
    return (
        f"<b>{escape.html(row['team_id'])}</b><br>"
        f"individual {points(row['individual'])}, collective {points(row['collective'])}<br>"
        f"gap {signed(row['gap'])} {interval(row['gap_low'], row['gap_high'])}, "
        f"probability {probability(row['probability'])}<br>{counted(int(row['respondents']), 'person')} answered"
    )


def events(happened: Sequence[tuple[object, object]]) -> str:
    """The label of the line of one period's events, (kind, name) each: the first, and how many more there are."""
    names = list(dict.fromkeys(_event(str(kind), str(name)) for kind, name in happened))
    more = f" + {len(names) - 1}" if len(names) > 1 else ""
    return f"{names[0]}{more}"


def _event(kind: str, name: str) -> str:
    label = name or EVENT_KINDS.get(kind, EVENT_KINDS["other"])
    return escape.html(label if len(label) <= 26 else f"{label[:25].rstrip()}…")


def tick(period: str) -> str:
    """
    A period as the label of an axis: a quarter on two short lines, anything else as it is, cut when long.

    >>> tick("2026-Q1"), tick("wave <2>")
    ('Q1<br>2026', 'wave &lt;2&gt;')
    """
    year, _, quarter = period.partition("-")
    if quarter.startswith("Q") and year.isdigit():
        return f"{quarter}<br>{year}"
    return escape.html(period if len(period) <= 14 else f"{period[:13]}…")
