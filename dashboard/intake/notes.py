"""
Notes: every problem of one file, collected while it is read.

Reading goes on as long as anything can still be learnt, so that a user meets all problems at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.terms import InputRefused, Problem, Severity

SHOWN = 12  # problems of one sort that are listed one by one; the rest is counted


class Notes:
    """The problems of one file, in the order they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def error(self, found: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        """Note what refuses the file."""
        self._add(Severity.ERROR, found, remedy, line, column)

    def warning(self, found: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        """Note what was repaired, left out, set aside or looks odd."""
        self._add(Severity.WARNING, found, remedy, line, column)

    def choice(self, found: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        """Note what a person should decide."""
        self._add(Severity.CHOICE, found, remedy, line, column)

    def _add(self, severity: Severity, found: str, remedy: str, line: int | None, column: str | None) -> None:
        self.problems.append(
            Problem(file=self.file, found=found, remedy=remedy, severity=severity, line=line, column=column)
        )

    @property
    def refused(self) -> bool:
        """Whether any problem refuses the file."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def refusal(self) -> InputRefused:
        """The exception that carries everything noted so far."""
        return InputRefused(self.problems)


def listed(numbers: Iterable[int]) -> str:
    """
    Numbers as a reader lists them, runs drawn together.

    >>> listed([42, 43]), listed([11, 12, 13, 20]), listed([7])
    ('42 and 43', '11–13 and 20', '7')
    """
    return joined([str(a) if a == b else f"{a}–{b}" for a, b in _runs(sorted(set(numbers)))])


def joined(words: Sequence[str], most: int = SHOWN) -> str:
    """
    Words with commas and an "and"; the rest is counted.

    >>> joined(["Q1"]), joined(["Q1", "Q2", "Q3"])
    ('Q1', 'Q1, Q2 and Q3')
    """
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def counted(number: int, one: str, many: str | None = None) -> str:
    """
    A number with its noun.

    >>> counted(1, "row"), counted(1200, "row"), counted(2, "person", "people")
    ('1 row', '1,200 rows', '2 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def rows_of(lines: Sequence[int], most: int = 200) -> str:
    """
    Rows by their numbers, while they are few enough to be looked up.

    >>> rows_of([22]), rows_of([42, 43]), rows_of(range(1, 300))
    ('row 22', 'rows 42 and 43', '299 rows')
    """
    if len(lines) > most:
        return counted(len(lines), "row")
    return f"{'row' if len(lines) == 1 else 'rows'} {listed(lines)}"


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as (first, last) of their runs; a run of two stays two."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [part for a, b in runs for part in ([(a, a), (b, b)] if b == a + 1 else [(a, b)])]
