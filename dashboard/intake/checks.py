"""
Checks: what is odd about responses that can be read.

Each check notes what it finds with its place and what was done about it; none changes an answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.intake.cells import range_turned_date
from dashboard.intake.look_alikes import look_alikes
from dashboard.intake.notes import SHOWN, Notes, counted, joined, listed, rows_of
from dashboard.intake.periods import Spelled, unordered
from dashboard.intake.ranges import range_of
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Instrument, Period, Settings

if TYPE_CHECKING:
    from dashboard.intake.directions import Direction
    from dashboard.intake.gathered import Gathered, Part
    from dashboard.intake.responses import Settled

Rows = npt.NDArray[np.intp]
_LOOKED_AT = 5_000  # responses that are enough to see the range of a period
_ENOUGH = 50  # answers of a period, before its range says something
FAR_BEYOND = 0.2  # share of answers beyond the range of another period, before it is another scale
_FEW = 3  # items after which responses that differ are dropped
_RANGE = re.compile(
    r"^(?:\d+ ?[-–—] ?\d+|(?:<|>|≤|≥|over|under|more than|less than|über|unter|mehr als) ?\d+|\d+ ?\+)(?!\w)"
)
_MOST_RANGES = 12  # different ranges that an answer is chosen from
_STRAIGHT = 5  # answers of one value, at least, before they are called the same throughout


class Lack(NamedTuple):
    """What a diagnosis needs and a file does not give."""

    notes: Notes
    found: str
    remedy: str
    column: str | None = None


def lacking(parts: Sequence[Part], instrument: Instrument) -> list[Lack]:
    """What is missing: a choice to be made on screen, a reason to refuse where nobody can be asked."""
    lacks = []
    for part in parts:
        names = joined(part.table.names)
        if part.team is None:
            lacks.append(
                Lack(part.notes, f"no team column was found among {names}", "Name it team, or in an instrument")
            )
        if part.period is None:
            lacks.append(Lack(part.notes, "no period column was found", _name_period(part)))
    if parts:
        lacks += _lacking_scales(parts, instrument)
    return lacks


def _name_period(part: Part) -> str:
    by = part.dated
    if by is None:
        return "Name the period with --period, or add a column period"
    span = by.periods[0] if len(by.periods) == 1 else f"{by.periods[0]} to {by.periods[-1]}"
    return (
        f"Name the period with --period, or take the quarter of each answer ({span}) by the line period = "
        f'"{by.column}" in an instrument'
    )


def _lacking_scales(parts: Sequence[Part], instrument: Instrument) -> list[Lack]:
    open_items = [row.column for part in parts for row in part.file.roles if row.role == "item" and row.scale is None]
    absent = [name for name in (INDIVIDUAL, COLLECTIVE) if name not in instrument.scales]
    if not absent:
        return []
    asked = {INDIVIDUAL: 'about the person ("I can …")', COLLECTIVE: 'about the team ("our team can …")'}
    if open_items:
        found = f"the scale of {joined(list(dict.fromkeys(open_items)))} is not known"
    else:
        found = f"no items {' and none '.join(asked[name] for name in absent)} were found"
    remedy = "Name the items of each scale in an instrument, or call the columns se_1, se_2 … and ce_1, ce_2 …"
    return [Lack(parts[0].notes, found, remedy, open_items[0] if open_items else None)]


# ── periods ───────────────────────────────────────────────────────────────────────────────────────


def note_periods(found: Spelled, column: str, notes: Notes) -> None:
    """Note several spellings of one period, and dates that can be read two ways."""
    for period, labels in found.spellings.items():
        notes.warning(
            f"{len(labels)} spellings of {period} ({joined(labels)})",
            "They were read as one period",
            column=column,
        )
    if found.ambiguous:
        notes.warning(
            f"day and month cannot be told apart in {counted(len(found.ambiguous), 'date')} "
            f"({joined(found.ambiguous, 3)})",
            "The day was taken to stand first: choose, or write dates as 2026-03-31",
            column=column,
        )


def note_waves(same: Mapping[Period, Period], periods: Sequence[Period], parts: Sequence[Part]) -> None:
    """Note wave names that were read as one, and an order that nothing but the alphabet decides."""
    named = [part for part in parts if part.file.column("period")]
    if not named:
        return
    notes, column = named[0].notes, named[0].file.column("period")
    for period in periods:
        labels = sorted({other.label for other, one in same.items() if one == period})
        if len(labels) > 1:
            notes.warning(
                f"{len(labels)} spellings of {period} ({joined(labels)})", "They were read as one period", column=column
            )
    if waves := unordered(periods):
        notes.warning(
            f"nothing says which comes first of the periods {joined([wave.label for wave in waves])}",
            f"They were put in the order {joined([period.label for period in periods])}: number them, or give dates",
            column=column,
        )


# ── columns ───────────────────────────────────────────────────────────────────────────────────────


def check_columns(parts: Sequence[Part]) -> None:
    """Note personal columns, items without answers, and files without persons or questions."""
    for part in parts:
        _note_personal(part)
        _note_unanswered(part)
        _note_ranges_turned_dates(part)
        if part.file.column("respondent") is None:
            part.notes.warning(
                "no respondent id: persons cannot be followed from period to period",
                "Bring a pseudonymous id if there is one; change is then estimated more exactly",
            )
        if not part.file.named("item"):
            part.notes.warning("no rating question was found", "Check that this is the export of the responses")


def _note_ranges_turned_dates(part: Part) -> None:
    """Note ranges such as 1-5 that a spreadsheet took for days, where what stands beside them shows that."""
    for role in part.file.roles:
        if role.role not in ("team", "segment", "item", "ignored"):
            continue
        column = part.table[role.column]
        given = [(place, value) for place, value in enumerate(column.values) if value and column.counts[place]]
        meant = {place: range_ for place, value in given if (range_ := range_turned_date(value))}
        beside = any(_RANGE.match(value) for _, value in given)
        if not meant or not (beside or (len(meant) == len(given) <= _MOST_RANGES and role.role != "ignored")):
            continue
        rows = column.rows(list(meant))
        told = [f"{column.values[place]} for {range_}" for place, range_ in meant.items()]
        part.notes.warning(
            f"{counted(len(rows), 'cell')} {'hold' if len(rows) > 1 else 'holds'} a day and a month where a range was "
            f"probably meant ({joined(told, 3)})",
            "Kept as they are: a spreadsheet made dates of them; export again and bring the file without opening it "
            "there, or format the column as text first",
            line=int(part.table.lines[rows[0]]),
            column=column.name,
        )


def _note_personal(part: Part) -> None:
    names = part.file.named("personal")
    if not names:
        return
    places = [part.table[name].place for name in names]
    several = len(names) > 1
    part.notes.warning(
        f"{'columns' if several else 'column'} {listed(places)} ({joined(names)}) {'hold' if several else 'holds'} "
        "personal data",
        f"{'They were' if several else 'It was'} dropped before anything is stored",
        column=names[0],
    )


def _note_unanswered(part: Part) -> None:
    for name in part.file.named("item"):
        if not part.table[name].filled:
            part.notes.warning("the column has no answers", "It was left out", column=name)


def note_direction(part: Part, item: str, direction: Direction, *, worded: bool) -> None:
    """Ask whether an item is reversed, where its name or wording says so or its answers run against the others."""
    column = part.table.named_alike(item)
    known = any(row.column == column and row.reversed for row in part.file.roles)
    told = "" if direction.correlation != direction.correlation else f" (r = {direction.correlation:.2f})"
    if direction.reversed and not known:
        part.notes.choice(
            f"the question is worded the other way round than the rest of its scale{told} and was taken as reversed",
            "Confirm it; where its answers were turned before the export, say that it is not reversed",
            column=column,
        )
    elif direction.asked:
        why = (
            f"it should run against the other items and goes with them{told}: it was probably turned before the export"
            if worded
            else f"its answers run against those of the other items{told}, and its wording does not say why"
        )
        part.notes.choice(f"{why}; it was not turned", "Say whether it is reversed", column=column)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────


def note_homeless(found: Gathered, rows: npt.NDArray[np.bool_], role: str) -> None:
    """Note rows without a team or a period."""
    for part, lines in found.lines(np.flatnonzero(rows)):
        if getattr(part, role) is None:
            continue
        part.notes.warning(
            f"{rows_of(lines)} {'have' if len(lines) > 1 else 'has'} no {role}",
            "Set aside; fill in the cells if they are known",
            line=lines[0],
            column=part.file.column(role),
        )


def note_repeats(found: Gathered, settled: Settled, rows: Rows, keys: npt.NDArray[np.int64]) -> None:
    """Note what became of several responses of one person in one period."""
    _note_dropped(found, settled.collapsed, "the same person gave them before, word for word", "One of each was kept")
    _note_dropped(found, settled.older, "the same person answered again later in the period", "The latest was kept")
    if len(settled.undecided):
        _note_undecided(found, settled.undecided, rows, keys)


def _note_dropped(found: Gathered, dropped: Rows, why: str, done: str) -> None:
    for part, lines in found.lines(dropped):
        part.notes.warning(
            f"{counted(len(lines), 'response was', 'responses were')} left out, as {why} ({rows_of(lines)})",
            f"{done}; check that the ids are right",
            line=lines[0],
            column=part.file.column("respondent"),
        )


def _note_undecided(found: Gathered, undecided: Rows, rows: Rows, keys: npt.NDArray[np.int64]) -> None:
    groups: dict[int, list[int]] = defaultdict(list)
    chosen = np.isin(rows, undecided)
    for row, key in zip(rows[chosen].tolist(), keys[chosen].tolist(), strict=True):
        groups[key].append(row)
    done = "All of them were set aside, as the file does not say which is the latest; delete all but one"
    for group in list(groups.values())[:SHOWN]:
        where = found.lines(np.array(group, dtype=np.intp))
        part, lines = where[0]
        places = " and ".join(
            rows_of(at) + (f" of {other.file.file.name}" if len(where) > 1 else "") for other, at in where
        )
        part.notes.warning(
            f"{places} are the same respondent twice in one period, with different answers", done,
            line=lines[-1], column=part.file.column("respondent"),
        )  # fmt: skip
    if len(groups) > SHOWN:
        part = found.lines(undecided)[0][0]
        part.notes.warning(
            f"{len(groups) - SHOWN:,} more persons answered twice in one period, differently",
            done,
            column=part.file.column("respondent"),
        )


def check_responses(found: Gathered, settings: Settings) -> None:
    """Note answers that are the same throughout, and teams below the minimum group."""
    notes = found.parts[0].notes
    _note_changed_scales(found, notes)
    straight = _straight(found)
    if straight:
        who = "respondent" if len(found.periods) < 2 else "response"
        notes.warning(
            f"{counted(straight, who)} gave the same answer throughout",
            "Kept; look whether they read the questions",
        )
    _ask_look_alikes(found, notes)
    small = _small_teams(found, settings)
    if small:
        notes.warning(
            f"{counted(small, 'team')} below the minimum of {settings.minimum_group} respondents in a period",
            "Not shown on their own, and counted in the total where the rules allow",
        )


def _ask_look_alikes(found: Gathered, notes: Notes) -> None:
    """Ask whether teams whose names look the same are the same; they are never joined."""
    column = found.parts[0].file.column("team")
    for pair in look_alikes(found.teams)[:SHOWN]:
        told = f'the teams "{pair.one}" and "{pair.other}" {pair.why}'
        done = "They were kept apart: if they are one team, write both alike"
        if pair.foreign:
            notes.warning(told, done, column=column)
        else:
            notes.choice(told, done, column=column)


def _note_changed_scales(found: Gathered, notes: Notes) -> None:
    """Note scales whose answers go far beyond in one period what they reach in another, as when a scale was changed."""
    rows = found.kept[:: max(len(found.kept) // _LOOKED_AT, 1)]
    for name, scale in found.scales.items():
        given = _by_period(found.answers(name, scale.names, rows), found.period[rows])
        found_ranges = ((place, range_of(counts)) for place, counts in given.items())
        ranges = {place: (of.low, of.high) for place, of in found_ranges if of.low is not None and of.high is not None}
        if len(ranges) < 2:
            continue
        narrow, wide = (by(ranges, key=lambda place: (ranges[place][1], place)) for by in (min, max))
        low, high = ranges[narrow]
        beyond = sum(count for value, count in given[wide].items() if not low <= value <= high)
        if beyond > FAR_BEYOND * sum(given[wide].values()):
            notes.warning(
                f"answers of {joined(scale.names, 3)} lie on {_ends(ranges[narrow])} in {found.periods[narrow]} and on "
                f"{_ends(ranges[wide])} in {found.periods[wide]}",
                "Both were read on the wider range; periods on different scales cannot be compared",
                column=scale.names[0],
            )


def _by_period(answers: npt.NDArray[np.floating], period: npt.NDArray[np.int32]) -> dict[int, dict[float, int]]:
    """How often each answer was given, per period with enough answers to tell its range."""
    found = {}
    for place in np.unique(period).tolist():
        cells = answers[period == place]
        values, counts = np.unique(cells[~np.isnan(cells)], return_counts=True)
        if counts.sum() >= _ENOUGH:
            found[place] = dict(zip(values.tolist(), counts.tolist(), strict=True))
    return found


def _ends(of: tuple[float, float]) -> str:
    return f"{of[0]:g}–{of[1]:g}"


def _straight(found: Gathered) -> int:
    """Responses that give one answer on all items of the scales that share a range; of several ranges the most."""
    asked = ([(name, item) for name, items in scales for item in items] for scales in found.alike())
    return max((_same_answers(found, items) for items in asked if len(items) >= _STRAIGHT), default=0)


def _same_answers(found: Gathered, items: Sequence[tuple[str, str]]) -> int:
    """
    Responses with one answer on all of some items, at least five of them.

    Rows with answers that differ drop out after a few items, so that most are looked at but briefly.
    """
    distinct = found.distinct([scale for scale, _ in items])
    none = len(distinct)
    value = found.ranks(*items[0], distinct, None)
    answered, alike, rows = (value != none).astype(np.int8 if len(items) < 128 else np.int32), found.is_kept(), None
    for place, (scale, item) in enumerate(items[1:], start=1):
        cells = found.ranks(scale, item, distinct, rows)
        alike &= (cells == value) | (cells == none) | (value == none)
        answered += cells != none
        value = np.minimum(value, cells)
        if place % _FEW == 0:
            rows = np.flatnonzero(alike) if rows is None else rows[alike]
            value, answered, alike = value[alike], answered[alike], np.ones(len(rows), dtype=bool)
    return int((answered[alike] >= _STRAIGHT).sum())


def _small_teams(found: Gathered, settings: Settings) -> int:
    """Teams with fewer respondents than the minimum in a period in which they answered at all."""
    if not found.teams:
        return 0
    kept = slice(None) if found.is_kept().all() else found.kept  # the order does not matter
    group = np.maximum(found.period[kept], 0) * len(found.teams)
    group += found.team[kept]
    sizes = np.bincount(group, minlength=len(found.teams) * max(len(found.periods), 1)).reshape(-1, len(found.teams))
    return int(((sizes > 0) & (sizes < settings.minimum_group)).any(axis=0).sum())
