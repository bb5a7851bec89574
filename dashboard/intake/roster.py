"""
Roster: how many people a team has, and the unit above it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.intake.companions import Companion, finished, frame, opened, problems_of, team_names
from dashboard.intake.notes import Notes, counted
from dashboard.intake.sources import PeriodsGiven, Source
from dashboard.terms import Roster, Settings


def read_roster(
    source: Source | Sequence[Source], *, period: PeriodsGiven = None, settings: Settings | None = None
) -> Roster:
    """
    Head counts per team and period, and the unit above each team.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = opened(source, period, settings or Settings(), "roster")
    headcounts, common = finished(companions, roster_rows, ["team", "period", "headcount"])
    return Roster(
        headcounts=_one_each(headcounts, companions[0].notes), **{**common, "problems": problems_of(companions)}
    )


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


def roster_rows(one: Companion) -> pd.DataFrame:
    teams, labels = team_names(one), one.labels()
    column = one.find("headcount", "head_count", "members", "size", "fte", "kopfzahl", "anzahl")
    if column is None:
        if one.file.table is not None:
            one.notes.error("no headcount column was found", "Name the column headcount")
        return frame(one, {"team": teams})
    figures = one.figures(column)
    one.set_aside(np.isnan(figures), "no head count", column)
    one.set_aside(figures < 0, "a head count below zero", column)
    parent = one.texts(one.find("parent", "parent_unit", "department", "abteilung", "division"))
    return frame(one, {"team": teams, "period": labels, "headcount": figures, "parent": parent})
