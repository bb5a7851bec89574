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
from dashboard.intake.kinds import Kind
from dashboard.intake.names import cleaned, joined_column
from dashboard.intake.notes import Notes, counted, joined, rows_of
from dashboard.intake.periods import spelled
from dashboard.intake.reading import Understood, understand
from dashboard.intake.sources import PeriodsGiven, Source, each, period_of
from dashboard.intake.table import Column, Table
from dashboard.terms import (
    InputRefused,
    Period,
    Problem,
    Settings,
    Severity,
    SourceFile,
)

Texts = npt.NDArray[np.object_]
Figures = npt.NDArray[np.float64]


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
        out = mapped(texts, {"": ""} | {text: period.label for text, period in found.periods.items()})
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


def opened(source: Source | Sequence[Source], period: PeriodsGiven, settings: Settings, kind: Kind) -> list[Companion]:
    """Every file as a companion of a kind; files that are no table are refused later, with all others."""
    found = []
    for one in each(source):
        file = understand(one, None, settings, quick=False)
        file.kind = kind
        _refuse_questions(file)
        found.append(companion(file, period_of(file.file.name, period)))
    return found


def _refuse_questions(file: Understood) -> None:
    """A survey brought as something else would put answers of persons where figures of teams belong."""
    asked = [role.column for role in file.roles if role.role == "item" and role.scale is not None]
    if asked:
        file.notes.error(
            f"{joined(asked[:3])} {'is a question' if len(asked) == 1 else 'are questions'} of a survey",
            f"Bring this file as a survey, not as {file.kind}",
            column=asked[0],
        )


def companion(file: Understood, period: str | None) -> Companion:
    table = file.table or Table(columns=(), width=0, lines=np.zeros(0, dtype=np.int32), header_rows=0, first_data_row=0)
    return Companion(file=file, table=table, given=period, usable=np.ones(table.rows, dtype=bool))


def finished(
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


def frame(one: Companion, columns: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(dict(columns))[one.usable]


def team_names(one: Companion) -> Texts:
    column = one.role("team")
    if column is None:
        one.lack(f"no team column was found among {joined(one.table.names)}", "Name it team or team_id")
    texts = one.texts(column, merge=True)
    if column is not None:
        one.require(texts, "team", column)
    return texts


def mapped(texts: Texts, meanings: Mapping[str, str]) -> Texts:
    """What each text means."""
    return np.array([meanings[text] for text in texts.tolist()], dtype=np.object_)


def problems_of(companions: Sequence[Companion]) -> tuple[Problem, ...]:
    return tuple(problem for one in companions for problem in one.notes.problems)
