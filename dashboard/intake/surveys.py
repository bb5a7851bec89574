"""
Surveys: files of responses to one `Survey`, in an order that does not depend on the order of their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dashboard.intake import checks
from dashboard.intake.answers import Asked, ScaleRead, note_missing, read_scale
from dashboard.intake.directions import Direction, directions
from dashboard.intake.gathered import Gathered, Part, canonical, recoded, unified
from dashboard.intake.instruments import check_items, check_named
from dashboard.intake.names import Names, cleaned, joined_column, persons
from dashboard.intake.periods import same_waves, spelled
from dashboard.intake.questions import is_turned
from dashboard.intake.reading import Understood, understand
from dashboard.intake.responses import dated, moments, real, repeated, settle
from dashboard.intake.roles import ColumnRole, instrument_from_roles, stem
from dashboard.intake.sources import PeriodsGiven, Source, each, period_of
from dashboard.intake.table import Table
from dashboard.terms import InputRefused, Instrument, Period, Settings, Survey

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
_LOOKED_AT = 5_000  # responses that are enough to see which way an item runs


def read_survey(
    source: Source | Sequence[Source],
    *,
    instrument: Instrument | None = None,
    period: PeriodsGiven = None,
    settings: Settings | None = None,
) -> Survey:
    """
    The survey in one or several files.

    Parameters
    ----------
    source : a path, bytes or `NamedBytes`, or several of them; one or more periods in each.
    instrument : which column is what; proposed from names, question texts and contents where not given.
    period : the period of files that have no period column: one for all, or name of the file → period.
    settings : `file_bytes` and `minimum_group` are used.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    settings = settings or Settings()
    files = [understand(one, instrument, settings) for one in each(source)]
    gathered = gather(files, instrument, period, settings)
    for lack in checks.lacking(gathered.parts, gathered.instrument):
        lack.notes.error(lack.found, lack.remedy, column=lack.column)
    problems = tuple(problem for file in files for problem in file.notes.problems)
    if any(file.notes.refused for file in files):
        raise InputRefused(problems)
    return gathered.survey(problems)


# ── one file ──────────────────────────────────────────────────────────────────────────────────────


def _part(file: Understood, table: Table, given: PeriodsGiven) -> Part:
    period = period_of(file.file.name, given)
    notes = file.notes
    keep = real(table, notes)
    table = table if keep.all() else table.take(np.flatnonzero(keep))
    teams = [table[name] for name in file.named("team")]
    team = cleaned(joined_column(teams), table, notes, merge=True) if teams else None
    when, periods = _periods(file, table, period)
    column = file.column("respondent")
    return Part(
        file=file,
        table=table,
        team=team,
        period=when,
        periods=periods,
        person=persons(table[column], table, notes) if column else None,
        segments={name: cleaned(table[name], table, notes) for name in file.named("segment")},
        dated=dated(table, file.named("time")) if when is None else None,
    )


def _periods(file: Understood, table: Table, given: str | None) -> tuple[Names | None, Mapping[str, Period]]:
    column = file.column("period")
    if column is None:
        if given is None or not given.strip():
            return None, {}
        return Names((given,), np.zeros(table.rows, dtype=np.int32)), spelled([given]).periods
    names = cleaned(table[column], table, file.notes)
    found = spelled(names.present())
    checks.note_periods(found, column, file.notes)
    return names, found.periods


# ── all files ─────────────────────────────────────────────────────────────────────────────────────


def gather(
    files: Sequence[Understood],
    instrument: Instrument | None,
    period: PeriodsGiven,
    settings: Settings,
) -> Gathered:
    """
    Everything that the files say together; what is wrong or odd goes into their notes.
    """
    parts = [_part(file, file.table, period) for file in files if file.table is not None]
    proposed = _proposed(parts, instrument)
    if instrument is not None:
        check_named(instrument, parts)
    check_items(proposed, parts)
    scales = _scales(parts, proposed)
    teams, team = unified([part.team for part in parts], parts)
    people, person = unified([part.person for part in parts], parts)
    periods, when = _on_time_line(parts)
    gathered = Gathered(
        parts=parts, instrument=proposed, scales=scales, teams=teams, periods=periods, people=people,
        team=team, period=when, person=person, kept=np.zeros(0, dtype=np.intp),
    )  # fmt: skip
    checks.check_columns(parts)
    if parts and (instrument is None or not instrument.scales):
        gathered = replace(gathered, instrument=_turned(gathered))
    if parts:
        gathered = _settled(gathered)
        checks.check_responses(gathered, settings)
    return gathered


def _proposed(parts: Sequence[Part], instrument: Instrument | None) -> Instrument:
    """The instrument of all files together: the roles found in each, the first file's first."""
    roles = {row.column: row for part in reversed(parts) for row in part.file.roles}
    ordered = [roles[name] for name in dict.fromkeys(row.column for part in parts for row in part.file.roles)]
    found = instrument_from_roles(ordered, instrument)
    if instrument is None:
        return found
    return replace(
        found,
        team=found.team or instrument.team,
        scales=instrument.scales or found.scales,
        title=instrument.title,
    )


def _scales(parts: Sequence[Part], instrument: Instrument) -> dict[str, ScaleRead]:
    """Every scale of the instrument, then the items that have none yet, block by block."""
    read = {}
    for name, scale in instrument.scales.items():
        asked = [one for item in scale.items for one in _asked(parts, item)]
        read[name] = read_scale(asked, scale.minimum, scale.maximum, of=name.replace("_", " "))
    for block, items in _unassigned(parts).items():
        read[f"?{block}"] = read_scale([one for item in items for one in _asked(parts, item)])
    note_missing(list(read.values()))
    return read


# ── items that run the other way ──────────────────────────────────────────────────────────────────


def _turned(found: Gathered) -> Instrument:
    """The instrument with items reversed where wording and answers say so; the roles of the files say why."""
    rows = np.arange(0, len(found.team), max(len(found.team) // _LOOKED_AT, 1))
    scales = dict(found.instrument.scales)
    for name, scale in scales.items():
        items = [item for item in found.scales[name].names if item in scale.items]
        if len(items) < 2:
            continue
        told = {row.column: row for part in reversed(found.parts) for row in part.file.roles}
        said = [told[item].reversed or is_turned(told[item].text or item) for item in items]
        proposed = dict(zip(items, directions(found.answers(name, items, rows), said), strict=True))
        _tell(found.parts, proposed, dict(zip(items, said, strict=True)))
        scales[name] = replace(scale, reversed=tuple(item for item in items if proposed[item].reversed))
    return replace(found.instrument, scales=scales)


def _tell(parts: Sequence[Part], proposed: Mapping[str, Direction], said: Mapping[str, bool]) -> None:
    for item, direction in proposed.items():
        part = next(part for part in parts if part.table.named_alike(item) is not None)
        checks.note_direction(part, item, direction, worded=said[item])
    for part in parts:
        part.file.roles = tuple(
            replace(row, reversed=proposed[row.column].reversed, reason=_with_direction(row, proposed[row.column]))
            if row.column in proposed
            else row
            for row in part.file.roles
        )


def _with_direction(row: ColumnRole, direction: Direction) -> str:
    if direction.reversed and not row.reversed:
        return f"{row.reason}; worded the other way round, so taken as reversed"
    if row.reversed and not direction.reversed:
        return f"{row.reason}, but its answers go with the others, so it was not turned again"
    return row.reason


def _asked(parts: Sequence[Part], item: str) -> list[Asked]:
    named = [(part, part.table.named_alike(item)) for part in parts]
    return [Asked(item, part.table[name], part.table, part.notes) for part, name in named if name is not None]


def _unassigned(parts: Sequence[Part]) -> dict[str, list[str]]:
    blocks: dict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        for row in part.file.roles:
            if row.role == "item" and row.scale is None:
                blocks[stem(row.column)][row.column] = None
    return {block: list(items) for block, items in blocks.items()}


def _on_time_line(parts: Sequence[Part]) -> tuple[tuple[Period, ...], Codes]:
    one = same_waves(period for part in parts for period in part.periods.values())
    periods = tuple(sorted(set(one.values())))
    place = {period: periods.index(same) for period, same in one.items()}
    checks.note_waves(one, periods, parts)
    codes = []
    for part in parts:
        if part.period is None:
            codes.append(np.full(part.table.rows, -1, dtype=np.int32))
        else:
            index = {label: place[period] for label, period in part.periods.items()}
            codes.append(recoded(part.period, index))
    return periods, np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32)


# ── one response per person and period ────────────────────────────────────────────────────────────


def _settled(found: Gathered) -> Gathered:
    """With rows that have no place set aside, one response per person and period, in canonical order."""
    keep = np.ones(len(found.team), dtype=bool)
    for role, codes in (("team", found.team), ("period", found.period)):
        if any(getattr(part, role) is not None for part in found.parts):
            checks.note_homeless(found, codes < 0, role)
            keep &= codes >= 0
    if any(part.dated and len(part.dated.periods) > 1 for part in found.parts):
        return replace(found, kept=canonical(found, np.flatnonzero(keep)))  # nobody said yet which quarters they are
    doubled = repeated(np.where(keep, found.person, -1), np.maximum(found.period, 0), len(found.people))
    if len(doubled):
        keep[_dropped(found, doubled)] = False
    return replace(found, kept=canonical(found, np.flatnonzero(keep)))


def _dropped(found: Gathered, rows: Rows) -> Rows:
    keys = found.period[rows].astype(np.int64) * (len(found.people) + 1) + found.person[rows]
    answers = [found.answers(n, s.names, rows) for n, s in found.scales.items()]
    content = np.column_stack([found.team[rows], *(cells.astype(float) for cells in answers)])
    settled = settle(rows, keys, content, _moments(found, rows))
    checks.note_repeats(found, settled, rows, keys)
    return settled.dropped


def _moments(found: Gathered, rows: Rows) -> npt.NDArray[np.float64] | None:
    if not any(part.file.named("time") for part in found.parts):
        return None
    when = [
        moments(part.table[names[-1]]) if (names := part.file.named("time")) else np.full(part.table.rows, np.nan)
        for part in found.parts
    ]
    return np.concatenate(when)[rows]
