"""
Problem: one thing that is wrong or odd in what a user brought, and what to do about it.

A problem always says the place, what was found there and the remedy. Problems are collected, never
raised one at a time; input with at least one error is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`choice`: to be asked; `warning`: read, but said; `error`: refused."""

    CHOICE = "choice"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One problem.

    `line` is the number of the CSV record in its file, counted from 1 (the header is one), `column`
    the column's name; either is `None` where the problem belongs to the whole file or column.
    `found` and `remedy` are plain sentences without Markdown; `found` has no full stop at its end.

    >>> print(Problem(file="survey.csv", line=214, found="a quote opened here is never closed",
    ...               remedy="Close it, or export the file again", severity=Severity.ERROR))
    survey.csv, line 214: a quote opened here is never closed. Close it, or export the file again.
    """

    file: str
    found: str
    remedy: str
    severity: Severity
    line: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        """Where: file, line and column as far as they are known."""
        line = f", line {self.line}" if self.line is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        return f"{self.file}{line}{column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.found.rstrip('.')}. {self.remedy.rstrip('.')}."


class InputRefused(Exception):
    """
    What was brought cannot be used; `problems` holds every problem found, at least one an error.

    Its text is one problem a line, ready for a terminal.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those problems that refuse the input."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
