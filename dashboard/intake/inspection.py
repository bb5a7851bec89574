"""
Inspection: what was understood of one file, without using it. Never raises on what a file contains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from dashboard.intake import checks, vocabulary
from dashboard.intake.companions import Companion, companion
from dashboard.intake.events import event_rows
from dashboard.intake.gathered import Gathered
from dashboard.intake.instruments import read_instrument
from dashboard.intake.kinds import Kind
from dashboard.intake.performance import performance_rows
from dashboard.intake.reading import Understood, understand
from dashboard.intake.responses import Dated
from dashboard.intake.roles import ColumnRole
from dashboard.intake.roster import roster_rows
from dashboard.intake.sources import NamedBytes, Source
from dashboard.intake.structures import structure_rows
from dashboard.intake.surveys import gather
from dashboard.terms import InputRefused, Instrument, Problem, Settings, Severity

PREVIEW = 5  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFound:
    """One item as understood: its range, and how many rows have an answer."""

    column: str
    text: str
    scale: str | None
    minimum: float | None
    maximum: float | None
    answered: int
    missing: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inspection:
    """
    What was understood of one file.

    The fields of `inspect --json`, and: `kind_reason`; `roles`, a row per column to show and correct;
    `instrument`, as proposed; `preview`, the first rows without personal columns and comments; `team_sizes`, the
    responses of each team in the latest period; `dated`, of a file without a period, when its answers were given.
    """

    file: str
    kind: Kind
    verdict: str
    kind_reason: str
    tool: str | None
    encoding: str | None
    delimiter: str | None
    header_rows: int
    first_data_row: int | None
    rows: int
    columns: int
    team_column: str | None
    period_column: str | None
    respondent_column: str | None
    respondents: int
    teams: tuple[str, ...]
    periods: tuple[str, ...]
    items: tuple[ItemFound, ...]
    segments: tuple[str, ...]
    personal_columns: tuple[str, ...]
    problems: tuple[Problem, ...]
    roles: tuple[ColumnRole, ...]
    instrument: Instrument | None
    preview: pd.DataFrame
    team_sizes: Mapping[str, int] = field(default_factory=dict)
    dated: Dated | None = None

    def also(self, problems: Iterable[Problem]) -> Inspection:
        """The same with more problems, which may change its verdict: what is known beside the file."""
        every = [*self.problems, *problems]
        return replace(self, problems=tuple(every), verdict=verdict_of(every))

    def to_json(self) -> dict[str, Any]:
        """The object that `inspect --json` prints for this file."""
        names = (
            "file kind verdict tool encoding delimiter header_rows first_data_row rows columns team_column "
            "period_column respondent_column respondents"
        ).split()
        plain: dict[str, Any] = {name: getattr(self, name) for name in names}
        for name in ("teams", "periods", "segments", "personal_columns"):
            plain[name] = list(getattr(self, name))
        plain["items"] = [_item_json(item) for item in self.items]
        plain["problems"] = [_problem_json(problem) for problem in self.problems]
        order = [*names, "teams", "periods", "items", "segments", "personal_columns", "problems"]
        return {name: plain[name] for name in order}


def _item_json(item: ItemFound) -> dict[str, Any]:
    names = ("column", "text", "scale", "minimum", "maximum", "answered", "missing", "reason")
    return {name: getattr(item, name) for name in names}


def _problem_json(problem: Problem) -> dict[str, Any]:
    names = ("line", "column", "found", "remedy")
    return {name: getattr(problem, name) for name in names} | {"severity": str(problem.severity)}


def inspect(
    source: Source,
    *,
    instrument: Instrument | None = None,
    period: str | None = None,
    settings: Settings | None = None,
    kind: Kind | None = None,
) -> Inspection:
    """
    What is understood of one file.

    Parameters
    ----------
    source : a path, bytes or `NamedBytes`.
    instrument, period : as for `read_survey`.
    kind : what a person says the file is, where the proposal is wrong.
    """
    settings = settings or Settings()
    if kind == "instrument" or (kind is None and _name(source).lower().endswith(".toml")):
        return _inspect_instrument(source)
    found = understand(source, instrument, settings)
    found.kind = kind or found.kind
    if found.notes.refused:
        return _refused(found)
    if found.kind not in ("survey", "unknown"):
        return _inspect_other(found, period)
    gathered = gather([found], instrument, period, settings)
    for lack in checks.lacking(gathered.parts, gathered.instrument) if found.kind == "survey" else ():
        lack.notes.choice(lack.found, lack.remedy, column=lack.column)
    return _of_survey(found, gathered)


def _name(source: Source) -> str:
    if isinstance(source, NamedBytes):
        return source.name
    return "" if isinstance(source, bytes) else PurePath(source).name


def verdict_of(problems: list[Problem]) -> str:
    """`refuse` with any error, `read_warn` with any warning, else `read`; a choice changes nothing."""
    severities = {problem.severity for problem in problems}
    return "refuse" if Severity.ERROR in severities else "read_warn" if Severity.WARNING in severities else "read"


def _of_survey(found: Understood, gathered: Gathered) -> Inspection:
    part = gathered.parts[0]
    distinct = len(gathered.people) if part.person is not None else 0
    anonymous = int((gathered.person < 0).sum())
    return _inspection(
        found,
        respondents=distinct + anonymous,
        teams=gathered.teams,
        periods=tuple(period.label for period in gathered.periods),
        items=_items(gathered),
        instrument=gathered.instrument,
        team_sizes=_team_sizes(gathered),
        dated=part.dated,
    )


def _team_sizes(gathered: Gathered) -> dict[str, int]:
    kept = gathered.kept[gathered.period[gathered.kept] == len(gathered.periods) - 1]
    team = gathered.team[kept]
    sizes = np.bincount(team[team >= 0], minlength=len(gathered.teams)).tolist()
    return {name: size for name, size in zip(gathered.teams, sizes, strict=True) if size}


def _items(gathered: Gathered) -> tuple[ItemFound, ...]:
    part = gathered.parts[0]
    read = {one.asked.column.name: (one, scale) for scale in gathered.scales.values() for one in scale.items}
    found = []
    for row in part.file.roles:
        if row.role != "item":
            continue
        one, scale = read.get(row.column, (None, None))
        answered = one.answered if one else 0
        found.append(
            ItemFound(
                column=row.column, text=row.text, scale=row.scale, reason=row.reason,
                minimum=scale.low if scale else None, maximum=scale.high if scale else None,
                answered=answered, missing=part.table.rows - answered,
            )
        )  # fmt: skip
    return tuple(found)


def _inspect_other(found: Understood, period: str | None) -> Inspection:
    teams, periods, people = _as_companion(found, period)
    return _inspection(found, respondents=people, teams=teams, periods=periods, items=(), instrument=None)


def _refused(found: Understood) -> Inspection:
    """A file that holds no responses that could be counted."""
    return _inspection(found, respondents=0, teams=(), periods=(), items=(), instrument=None)


def _inspect_instrument(source: Source) -> Inspection:
    name = _name(source) or "instrument.toml"
    found = Understood(file=NamedBytes(name, b""), kind="instrument")
    found.kind_reason = "it is a TOML file"
    found.encoding = "utf-8"
    instrument = None
    try:
        instrument = read_instrument(source)
    except InputRefused as refusal:
        found.notes.problems.extend(refusal.problems)
    return _inspection(found, respondents=0, teams=(), periods=(), items=(), instrument=instrument)


def _inspection(
    found: Understood,
    *,
    respondents: int,
    teams: tuple[str, ...],
    periods: tuple[str, ...],
    items: tuple[ItemFound, ...],
    instrument: Instrument | None,
    team_sizes: Mapping[str, int] | None = None,
    dated: Dated | None = None,
) -> Inspection:
    table = found.table
    return Inspection(
        file=found.file.name,
        kind=found.kind,
        verdict=verdict_of(found.notes.problems),
        kind_reason=found.kind_reason,
        tool=found.tool,
        encoding=found.encoding,
        delimiter=found.delimiter,
        header_rows=table.header_rows if table else 0,
        first_data_row=table.first_data_row if table else None,
        rows=table.rows if table and not found.refused else 0,
        columns=table.width if table else 0,
        team_column=" + ".join(found.named("team")) or None,
        period_column=found.column("period"),
        respondent_column=found.column("respondent"),
        respondents=respondents,
        teams=teams,
        periods=periods,
        items=items,
        segments=tuple(found.named("segment")),
        personal_columns=_personal(found),
        problems=tuple(found.notes.problems),
        roles=found.roles,
        instrument=instrument,
        preview=_preview(found),
        team_sizes=team_sizes or {},
        dated=dated,
    )


def _personal(found: Understood) -> tuple[str, ...]:
    """Columns that are dropped; what an event or a structure is called is no person's name."""
    things = found.kind in ("events", "structures")
    return tuple(column for column in found.named("personal") if not (things and column.casefold() == "name"))


def _preview(found: Understood) -> pd.DataFrame:
    """The first rows as text, without personal columns and comments."""
    if found.table is None:
        return pd.DataFrame()
    hidden = {*found.named("personal"), *found.named("comment")}
    if found.kind == "events":  # persons may be named there
        hidden |= {name for name in found.table.names if vocabulary.key(name) in ("participants", "attendees")}
    head = found.table.head(PREVIEW)
    return pd.DataFrame(
        {
            column.name: np.array(column.values, dtype=object)[column.codes] if column.values else []
            for column in head.columns
            if column.name not in hidden
        }
    )


_ROWS: Mapping[str, Callable[[Companion], pd.DataFrame]] = {
    "performance": performance_rows,
    "events": event_rows,
    "structures": structure_rows,
    "roster": roster_rows,
}


def _as_companion(found: Understood, period: str | None) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """
    Read a file as its kind without using it: (teams, periods, respondents or rows) as far as they are known.
    """
    one = companion(found, period)
    if found.kind not in _ROWS:
        return (), (), one.table.rows
    frame = _ROWS[found.kind](one)
    teams = tuple(sorted({team for team in frame["team"] if team})) if "team" in frame else ()
    periods = tuple(sorted(set(one.periods.values())))
    people = set(one.texts(one.find(*vocabulary.PERSON)).tolist()) - {""}
    anonymous = one.table.rows if not people else 0
    return teams, tuple(map(str, periods)), len(people) or anonymous
