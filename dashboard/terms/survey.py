"""
Survey: the answers of persons in periods, as arrays, in an order of their own.

Rows stand in canonical order (period, team, respondent, then the answers), so that nothing later depends
on the order of a file's rows. No object per respondent exists anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.terms.instrument import Instrument
from dashboard.terms.period import Period
from dashboard.terms.problem import Problem

Codes = npt.NDArray[np.int32]
Answers = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read: its name, the sha256 of its bytes, what it was taken for, and its rows of data."""

    name: str
    digest: str
    kind: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """
    Parameters
    ----------
    instrument : resolved: every scale has its range, every role its column.
    teams : (T,) names, sorted; exactly as written in the file but for white space around them.
    periods : (Q,) in natural order.
    team, period : (responses,) index into `teams` and `periods`.
    respondent : (responses,) index into `respondents`, −1 where a person gave no id.
    respondents : (R,) distinct ids, sorted.
    answers : scale name → (responses, items) answers as given, *not* turned round for reversed items, `nan` where
        there is none; columns in the order of the scale's items, Fortran order; float32 while all are whole
        numbers, else float64.
    segments : (responses,) rows, one categorical column per segment.
    """

    instrument: Instrument
    teams: tuple[str, ...]
    periods: tuple[Period, ...]
    team: Codes
    period: Codes
    respondent: Codes
    respondents: npt.NDArray[np.object_]
    answers: Mapping[str, Answers]
    segments: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    files: tuple[SourceFile, ...] = ()

    @property
    def responses(self) -> int:
        """Number of responses, one per person and period."""
        return len(self.team)

    @property
    def identified(self) -> bool:
        """Whether persons can be followed from period to period."""
        return bool(len(self.respondents))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Performance:
    """
    `values`: one row per value, sorted, columns `team` (str), `period` (label), `metric` (str), `value` (float),
    `respondent_id` (str, "" = the value of the team), `higher_is_better` (bool), `unit` (str).
    """

    values: pd.DataFrame
    periods: tuple[Period, ...]
    problems: tuple[Problem, ...] = ()
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """
    `events`: columns `team` ("" = everyone), `period` (label), `date` (ISO or ""), `kind` (`shared_mastery`,
    `individual_training`, `ai_rollout`, `disruption`, `other`), `name`, `outcome`, `participants` (float).
    """

    events: pd.DataFrame
    periods: tuple[Period, ...]
    problems: tuple[Problem, ...] = ()
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Structures:
    """`states`: columns `structure`, `team`, `period` (label), `health` (0–100), `name`, `adopted`."""

    states: pd.DataFrame
    periods: tuple[Period, ...]
    problems: tuple[Problem, ...] = ()
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roster:
    """`headcounts`: columns `team`, `period` (label), `headcount` (float), `parent` ("" = none)."""

    headcounts: pd.DataFrame
    periods: tuple[Period, ...]
    problems: tuple[Problem, ...] = field(default=())
    files: tuple[SourceFile, ...] = ()
