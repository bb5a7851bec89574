"""
Team table: the figures of all teams and periods as the table that is promised to users.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.diagnosis import MORE_TEAM_COLUMNS, TEAM_COLUMNS
from dashboard.diagnosis.headcount import response_rate
from dashboard.measurement import TeamFigures
from dashboard.terms import Survey

SCORED = ["scored_individual", "scored_collective", "scored_attribution"]


def team_table(figures: TeamFigures, survey: Survey, headcount: npt.NDArray[np.float64]) -> pd.DataFrame:
    """
    A row per team and period, team by team, with `TEAM_COLUMNS`, `MORE_TEAM_COLUMNS` and `scored_…`, the persons
    behind each mean. `response_rate`: respondents over head count, 1 at most, `nan` without a head count.
    """
    shape = (len(survey.teams), len(survey.periods))
    columns: dict[str, object] = {
        "team_id": np.repeat(np.array(survey.teams, dtype=object), shape[1]),
        "period": np.tile(np.array([period.label for period in survey.periods], dtype=object), shape[0]),
        "headcount": headcount.ravel(),
        "withheld": "",
        "shape": figures.shape.astype(object).ravel(),
        "response_rate": response_rate(figures.respondents, headcount).ravel(),
    }
    names = [*TEAM_COLUMNS, *MORE_TEAM_COLUMNS, *SCORED]
    columns |= {name: getattr(figures, name).ravel() for name in names if name not in columns}
    return pd.DataFrame(columns)[names]
