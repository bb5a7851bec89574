"""
Companions: the files that stand beside a survey: performance, events, structures and the roster.

Each is a small table; all are read the same way: columns found by name, names cleaned, periods put on the time line,
figures read as people write them, and every cell that could not be used noted with its row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.intake import checks, vocabulary
from dashboard.intake.cells import Measured, measure, no_answer
from dashboard.intake.kinds import Kind, metric_columns
from dashboard.intake.names import cleaned, joined_column
from dashboard.intake.notes import Notes, counted, joined, rows_of
from dashboard.intake.periods import day_of, spelled
from dashboard.intake.reading import Understood, understand
from dashboard.intake.sources import Source, each
from dashboard.intake.table import Column, Table
from dashboard.terms import (
    Events,
    InputRefused,
    Performance,
    Period,
    Problem,
    Roster,
    Settings,
    Severity,
    SourceFile,
    Structures,
)

Texts = npt.NDArray[np.object_]
Figures = npt.NDArray[np.float64]
_YES = frozenset(("true", "1", "yes", "y", "ja", "wahr", "higher", "up"))
_NO = frozenset(("false", "0", "no", "n", "nein", "falsch", "lower", "down"))


# ── what all of them share ────────────────────────────────────────────────────────────────────────


@dataclass(kw_only=True, eq=False)
class Companion:
    """One file being read: its columns by what they are for, and the rows that can be used so far."""

    file: Understood
    table: Table
    given: str | None
    usable: npt.NDArray[np.bool_]
    periods: dict[str, Period] = field(default_factory=dict)

    @property
    def notes(self) -> Notes:
        """The notes of the file."""
        return self.file.notes

    def find(self, *words: str) -> Column | None:
        """The first column with one of some names."""
        keys = {vocabulary.key(column.name): column for column in reversed(self.table.columns)}
        return next((keys[word] for word in words if word in keys), None)

    def role(self, role: str) -> Column | None:
        """The column that has a role of a survey; several of a team are joined."""
        columns = [self.table[name] for name in self.file.named(role)]
        return joined_column(columns) if columns else None

    def texts(self, column: Column | None, *, merge: bool = False) -> Texts:
        """(rows,) the cleaned text of each row, "" where there is none."""
        if column is None:
            return np.full(self.table.rows, "", dtype=object)
        names = cleaned(column, self.table, self.notes, merge=merge)
        return np.array([*names.values, ""], dtype=object)[names.codes]

    def require(self, texts: Texts, what: str, column: Column | None) -> None:
        """Set aside rows without a name."""
        self.set_aside(texts == "", f"no {what}", column)

    def set_aside(self, rows: npt.NDArray[np.bool_], why: str, column: Column | None) -> None:
        """Set rows aside and note them."""
        lost = rows & self.usable
        if lost.any():
            lines = self.table.lines[lost].tolist()
            self.notes.warning(
                f"{rows_of(lines)} {'have' if len(lines) > 1 else 'has'} {why}",
                "Set aside; correct the cells if the rows matter",
                line=lines[0],
                column=column.name if column else None,
            )
            self.usable &= ~rows

    def labels(self) -> Texts:
        """(rows,) the label of each row's period; rows without one are set aside."""
        column = self.role("period")
        if column is None:
            if not (self.given and self.given.strip()):
                self.lack("no period column was found", "Name the period with --period, or add a column period")
                return np.full(self.table.rows, "", dtype=object)
            texts = np.full(self.table.rows, self.given, dtype=object)
        else:
            texts = self.texts(column)
        return self.on_time_line(texts, column)

    def on_time_line(self, texts: Texts, column: Column | None) -> Texts:
        """(rows,) the label of the period that each text names; rows without one are set aside."""
        found = spelled(sorted(set(texts.tolist())))
        if column is not None:
            checks.note_periods(found, column.name, self.notes)
        self.periods.update(found.periods)
        out = _mapped(texts, {"": ""} | {text: period.label for text, period in found.periods.items()})
        self.require(out, "period", column)
        return out

    def lack(self, found: str, remedy: str) -> None:
        """Note what is missing: a choice on screen, an error where nobody can be asked (see `_refuse_choices`)."""
        self.notes.choice(found, remedy)

    def figures(self, column: Column) -> Figures:
        """(rows,) the number of each row, `nan` where there is none; what could not be read is noted."""
        read = _as_written([measure(value) for value in column.values], column)
        numbers = np.array([np.nan if one is None else one.value for one in read], dtype=float)
        _note_formats(read, column, self.notes)
        strange = [
            place
            for place, value in enumerate(column.values)
            if read[place] is None and column.counts[place] and not no_answer(value)
        ]
        if strange:
            lines = self.table.lines[column.rows(strange)].tolist()
            self.notes.warning(
                f"{counted(len(lines), 'cell')} {'hold' if len(lines) > 1 else 'holds'} no number "
                f"({joined([column.values[place][:40] for place in strange], 5)})",
                "Taken as missing; correct the cells",
                line=lines[0],
                column=column.name,
            )
        return numbers[column.codes]


def _as_written(read: Sequence[Measured | None], column: Column) -> list[Measured | None]:
    """
    The figures of a column by one decimal sign: where other cells show that the comma is the decimal one, "2,035" is.
    """
    commas = any(one is not None and one.form == "decimal comma" for one in read)
    if not commas:
        return list(read)
    return [
        Measured(float(value.replace(",", ".")), "decimal comma")
        if one is not None and one.form == "grouped" and value.count(",") == 1 and "." not in value and len(value) < 8
        else one
        for one, value in zip(read, column.values, strict=True)
    ]


def _note_formats(read: Sequence[Measured | None], column: Column, notes: Notes) -> None:
    for place, one in enumerate(read):
        if one is not None and one.form in ("grouped", "percent") and column.counts[place]:
            how = "with grouped thousands" if one.form == "grouped" else "as percent"
            notes.warning(
                f"numbers are written {how}: {column.values[place]} was read as {one.value:,.10g}",
                "Check that this is right; a plain number format is safer",
                column=column.name,
            )
            return


def _opened(source: Source | Sequence[Source], period: str | None, settings: Settings, kind: Kind) -> list[Companion]:
    """Every file as a companion of a kind; files that are no table are refused later, with all others."""
    found = []
    for one in each(source):
        file = understand(one, None, settings, quick=False)
        file.kind = kind
        found.append(_companion(file, period))
    return found


def _companion(file: Understood, period: str | None) -> Companion:
    table = file.table or Table(columns=(), width=0, lines=np.zeros(0, dtype=np.int32), header_rows=0, first_data_row=0)
    return Companion(file=file, table=table, given=period, usable=np.ones(table.rows, dtype=bool))


def _finished(
    companions: Sequence[Companion], rows: Callable[[Companion], pd.DataFrame], by: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The rows of all files, sorted, with the fields every result has; refuses all problems at once."""
    frames = [rows(one) for one in companions if one.file.table is not None]
    _refuse_choices(companions)
    problems = tuple(problem for one in companions for problem in one.notes.problems)
    if any(one.notes.refused for one in companions):
        raise InputRefused(problems)
    together = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(by))
    periods = tuple(sorted({period for one in companions for period in one.periods.values()}))
    files = tuple(_source_file(one) for one in companions)
    order = together.sort_values(list(by), kind="stable", ignore_index=True)
    return order, {"periods": periods, "problems": problems, "files": files}


def _refuse_choices(companions: Sequence[Companion]) -> None:
    """What a person would choose on screen is an error where nobody can be asked."""
    for one in companions:
        problems: list[Problem] = []
        for problem in one.notes.problems:
            if problem.severity is Severity.CHOICE:
                one.notes.error(problem.found, problem.remedy, line=problem.line, column=problem.column)
            else:
                problems.append(problem)
        raised = [p for p in one.notes.problems if p.severity is Severity.ERROR and p not in problems]
        one.notes.problems[:] = [*problems, *raised]


def _source_file(one: Companion) -> SourceFile:
    return SourceFile(name=one.file.file.name, digest=one.file.digest(), kind=one.file.kind, rows=one.table.rows)


def _frame(one: Companion, columns: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(dict(columns))[one.usable]


# ── performance ───────────────────────────────────────────────────────────────────────────────────


def read_performance(
    source: Source | Sequence[Source], *, period: str | None = None, settings: Settings | None = None
) -> Performance:
    """
    Performance figures: long (metric, value) or wide (a column per metric).

    A row with a `respondent_id` is individual performance, one without is the team's. Unknown columns of a long file
    are ignored.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = _opened(source, period, settings or Settings(), "performance")
    values, common = _finished(companions, _performance_rows, ["team", "period", "metric", "respondent_id", "value"])
    return Performance(values=values, **common)


def _performance_rows(one: Companion) -> pd.DataFrame:
    teams, labels = _team(one), one.labels()
    person = one.texts(one.find(*vocabulary.PERSON))
    metric, value = one.find("metric", "kpi", "measure", "kennzahl"), one.find("value", "wert", "amount")
    if metric is not None and value is not None:
        return _long(one, teams, labels, person, metric, value)
    return _wide(one, teams, labels, person)


def _team(one: Companion) -> Texts:
    column = one.role("team")
    if column is None:
        one.lack(f"no team column was found among {joined(one.table.names)}", "Name it team or team_id")
    texts = one.texts(column, merge=True)
    if column is not None:
        one.require(texts, "team", column)
    return texts


def _long(one: Companion, teams: Texts, labels: Texts, person: Texts, metric: Column, value: Column) -> pd.DataFrame:
    names, figures = one.texts(metric, merge=True), one.figures(value)
    one.require(names, "metric", metric)
    one.set_aside(np.isnan(figures), "no value", value)
    return _frame(
        one,
        {
            "team": teams,
            "period": labels,
            "metric": names,
            "value": figures,
            "respondent_id": person,
            "higher_is_better": _directions(one, names),
            "unit": one.texts(one.find("unit", "einheit", "units")),
        },
    )


def _directions(one: Companion, metrics: Texts) -> npt.NDArray[np.bool_]:
    """(rows,) whether more is better; where cells of one metric disagree or cannot be read, said, and taken as yes."""
    column = one.find("higher_is_better", "higherisbetter", "direction", "higher_better")
    if column is None:
        return np.ones(one.table.rows, dtype=bool)
    said = one.texts(column)
    words = [text.casefold() for text in said.tolist()]
    strange = sorted({word for word in words if word and word not in _YES | _NO})
    if strange:
        one.notes.warning(
            f"{joined(strange, 5)} does not say whether higher is better",
            "Taken as true; write true or false",
            column=column.name,
        )
    lower = np.array([word in _NO for word in words], dtype=bool)
    frame = pd.DataFrame({"metric": metrics, "lower": lower, "said": said != ""})
    by_metric = frame[frame["said"]].groupby("metric")["lower"].agg(["any", "all"])
    for name in by_metric.index[by_metric["any"] != by_metric["all"]]:
        one.notes.warning(
            f"{name} is said to be better higher in some rows and lower in others",
            "Each row was taken as it says; give every row of a metric the same direction",
            column=column.name,
        )
    return ~(lower | (frame["metric"].isin(by_metric.index[by_metric["all"]]).to_numpy() & ~frame["said"].to_numpy()))


def _wide(one: Companion, teams: Texts, labels: Texts, person: Texts) -> pd.DataFrame:
    metrics = metric_columns(one.table, one.file.roles)
    if not metrics and one.file.table is not None:
        one.notes.error(
            "no metric and value columns and no column of figures were found",
            "Bring a column metric and a column value, or one column of numbers per metric",
        )
    frames = [_of_metric(one, column, teams, labels, person) for column in metrics]
    return pd.concat(frames) if frames else _frame(one, {"team": teams})


def _of_metric(one: Companion, column: Column, teams: Texts, labels: Texts, person: Texts) -> pd.DataFrame:
    figures = one.figures(column)
    frame = _frame(
        one,
        {
            "team": teams, "period": labels, "metric": column.name, "value": figures, "respondent_id": person,
            "higher_is_better": True, "unit": "",
        },
    )  # fmt: skip
    return frame[frame["value"].notna()]


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def read_events(
    source: Source | Sequence[Source], *, period: str | None = None, settings: Settings | None = None
) -> Events:
    """
    Events of a team, or of everyone where the team is empty.

    A kind that is not known is kept as `other`, with its word as the name where there is none.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = _opened(source, period, settings or Settings(), "events")
    events, common = _finished(companions, _event_rows, ["period", "date", "team", "kind", "name"])
    return Events(events=events, **common)


def _event_rows(one: Companion) -> pd.DataFrame:
    dates, labels = _dates(one)
    kinds, names = _kinds(one)
    participants = one.find("participants", "attendees", "teilnehmer", "n")
    return _frame(
        one,
        {
            "team": one.texts(one.role("team"), merge=True),
            "period": labels,
            "date": dates,
            "kind": kinds,
            "name": names,
            "outcome": one.texts(one.find("outcome", "result", "ergebnis")),
            "participants": np.full(one.table.rows, np.nan) if participants is None else one.figures(participants),
        },
    )


def _dates(one: Companion) -> tuple[Texts, Texts]:
    """(date, period) of each row: a date gives its quarter where no period is named."""
    column = one.find("date", "event_date", "day", "datum")
    texts = one.texts(column)
    days = {text: day_of(text) for text in set(texts.tolist())}
    iso = {text: "" if day is None else day.isoformat() for text, day in days.items()}
    dates = _mapped(texts, iso)
    named = one.role("period")
    if column is None or (named is not None and named.name == column.name):
        return dates, one.labels()
    labels = np.where(one.texts(named) == "", texts, one.texts(named)).astype(object)
    return dates, one.on_time_line(labels, named or column)


def _mapped(texts: Texts, meanings: Mapping[str, str]) -> Texts:
    """What each text means."""
    return np.array([meanings[text] for text in texts.tolist()], dtype=np.object_)


def _kinds(one: Companion) -> tuple[Texts, Texts]:
    column = one.find("kind", "event_kind", "type", "event_type", "art")
    names = one.texts(one.find("name", "title", "event", "description", "bezeichnung"))
    if column is None:
        if one.file.table is not None:
            one.notes.error("no kind column was found", f"Name each event's kind: {joined(vocabulary.EVENT_KINDS)}")
        return np.full(one.table.rows, "other", dtype=np.object_), names
    words = one.texts(column)
    keys = {word: vocabulary.key(word) for word in set(words.tolist())}
    unknown = sorted(word for word, key in keys.items() if word and key not in vocabulary.EVENT_KINDS)
    if unknown:
        lines = one.table.lines[np.isin(words, unknown)].tolist()
        one.notes.warning(
            f"kinds that are not known: {joined(unknown, 5)}",
            f"Taken as other; known are {joined(vocabulary.EVENT_KINDS)}",
            line=lines[0],
            column=column.name,
        )
    kinds = [keys[word] if keys[word] in vocabulary.EVENT_KINDS else "other" for word in words.tolist()]
    named = [
        name or (word if word in unknown else "") for name, word in zip(names.tolist(), words.tolist(), strict=True)
    ]
    return np.array(kinds, dtype=np.object_), np.array(named, dtype=np.object_)


# ── structures and roster ─────────────────────────────────────────────────────────────────────────


def read_structures(
    source: Source | Sequence[Source], *, period: str | None = None, settings: Settings | None = None
) -> Structures:
    """
    The state of shared structures: health from 0 to 100 per structure, team and period.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = _opened(source, period, settings or Settings(), "structures")
    states, common = _finished(companions, _structure_rows, ["structure", "team", "period", "health"])
    return Structures(states=states, **common)


def _structure_rows(one: Companion) -> pd.DataFrame:
    teams, labels = _team(one), one.labels()
    column, health = one.find("structure", "structure_id", "struktur"), one.find("health", "state", "zustand")
    if column is None or health is None:
        one.notes.error(
            "no structure and health columns were found", "Bring the columns structure, team, period and health"
        )
        return _frame(one, {"structure": teams})
    structures, figures = one.texts(column, merge=True), one.figures(health)
    one.require(structures, "structure", column)
    one.set_aside(np.isnan(figures), "no health", health)
    one.set_aside((figures < 0) | (figures > 100), "a health outside 0–100", health)
    return _frame(
        one,
        {
            "structure": structures,
            "team": teams,
            "period": labels,
            "health": figures,
            "name": one.texts(one.find("name", "title", "bezeichnung")),
            "adopted": one.texts(one.find("adopted", "since", "introduced", "eingeführt")),
        },
    )


def read_roster(
    source: Source | Sequence[Source], *, period: str | None = None, settings: Settings | None = None
) -> Roster:
    """
    Head counts per team and period, and the unit above each team.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = _opened(source, period, settings or Settings(), "roster")
    headcounts, common = _finished(companions, _roster_rows, ["team", "period", "headcount"])
    return Roster(
        headcounts=_one_each(headcounts, companions[0].notes), **{**common, "problems": _problems(companions)}
    )


def _problems(companions: Sequence[Companion]) -> tuple[Problem, ...]:
    return tuple(problem for one in companions for problem in one.notes.problems)


def _one_each(headcounts: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """One head count per team and period; the largest where files contradict."""
    twice = headcounts.duplicated(["team", "period"], keep="last")
    if twice.any():
        differing = headcounts.groupby(["team", "period"])["headcount"].nunique().gt(1).sum()
        if differing:
            notes.warning(
                f"{counted(int(differing), 'team')} with two head counts in one period",
                "The larger was kept; leave one row per team and period",
            )
    return headcounts[~twice].reset_index(drop=True)


def _roster_rows(one: Companion) -> pd.DataFrame:
    teams, labels = _team(one), one.labels()
    column = one.find("headcount", "head_count", "members", "size", "fte", "kopfzahl", "anzahl")
    if column is None:
        if one.file.table is not None:
            one.notes.error("no headcount column was found", "Name the column headcount")
        return _frame(one, {"team": teams})
    figures = one.figures(column)
    one.set_aside(np.isnan(figures), "no head count", column)
    one.set_aside(figures < 0, "a head count below zero", column)
    parent = one.texts(one.find("parent", "parent_unit", "department", "abteilung", "division"))
    return _frame(one, {"team": teams, "period": labels, "headcount": figures, "parent": parent})


# ── inspecting ────────────────────────────────────────────────────────────────────────────────────

_ROWS: Mapping[str, Callable[[Companion], pd.DataFrame]] = {
    "performance": _performance_rows,
    "events": _event_rows,
    "structures": _structure_rows,
    "roster": _roster_rows,
}


def check_companion(found: Understood, period: str | None) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """
    Read a file as its kind without using it: (teams, periods, respondents or rows) as far as they are known.
    """
    one = _companion(found, period)
    if found.kind not in _ROWS:
        return (), (), one.table.rows
    frame = _ROWS[found.kind](one)
    teams = tuple(sorted({team for team in frame["team"] if team})) if "team" in frame else ()
    periods = tuple(sorted(set(one.periods.values())))
    people = set(one.texts(one.find(*vocabulary.PERSON)).tolist()) - {""}
    anonymous = one.table.rows if not people else 0
    return teams, tuple(map(str, periods)), len(people) or anonymous
