"""
Head count: how many of a team could have answered, where a roster says so.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.terms import Period, Roster

Table = npt.NDArray[np.float64]


def headcounts(roster: Roster | None, teams: tuple[str, ...], periods: tuple[Period, ...]) -> Table:
    """(T, Q) head counts, `nan` where the roster says nothing."""
    labels = [period.label for period in periods]
    if roster is None or roster.headcounts.empty:
        return np.full((len(teams), len(labels)), np.nan)
    table = roster.headcounts
    wide = pd.pivot_table(table, index="team", columns="period", values="headcount", aggfunc="last")
    found: Table = wide.reindex(index=list(teams), columns=labels).to_numpy(float)
    return found


def response_rate(respondents: Table, headcount: Table) -> Table:
    """(T, Q) respondents over head count, 1 at most (a roster may be older than the survey); `nan` without one."""
    known = np.divide(respondents, headcount, out=np.full_like(headcount, np.nan), where=headcount > 0)
    return np.minimum(known, 1.0)


def response_rates(respondents: Table, headcount: Table) -> Table:
    """
    (T, 2) response rate of the first and the last half of the window, `nan` without head counts.

    Parameters
    ----------
    respondents, headcount : (T, Q) over the window; halves are the first and last ⌈Q/2⌉ periods.
    """
    length = -(-respondents.shape[1] // 2)
    return np.column_stack([_rate(respondents[:, cut], headcount[:, cut]) for cut in (np.s_[:length], np.s_[-length:])])


def _rate(respondents: Table, headcount: Table) -> Table:
    """Answers over head count, of the periods in which both are known."""
    known = (headcount > 0) & (respondents > 0)
    persons = np.where(known, headcount, 0.0).sum(axis=1)
    answers = np.where(known, respondents, 0.0).sum(axis=1)
    return np.divide(answers, persons, out=np.full(len(persons), np.nan), where=persons > 0)
