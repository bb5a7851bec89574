"""
Team table: the figures of all teams and periods as the table that is promised to users.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.diagnosis import TEAM_COLUMNS
from dashboard.measurement import TeamFigures
from dashboard.terms import Survey

SCORED = ["scored_individual", "scored_collective", "scored_attribution"]


def team_table(figures: TeamFigures, survey: Survey, headcount: npt.NDArray[np.float64]) -> pd.DataFrame:
    """
    A row per team and period, team by team, with `TEAM_COLUMNS` and `scored_…`, the persons behind each mean.

    What later sections of the method fill stays empty.
    """
    shape = (len(survey.teams), len(survey.periods))
    columns: dict[str, object] = {
        "team_id": np.repeat(np.array(survey.teams, dtype=object), shape[1]),
        "period": np.tile(np.array([period.label for period in survey.periods], dtype=object), shape[0]),
        "headcount": headcount.ravel(),
        "withheld": "",
    }
    for name in (*TEAM_COLUMNS, *SCORED):
        if name not in columns:
            values = getattr(figures, name, None)
            columns[name] = np.full(shape[0] * shape[1], np.nan) if values is None else np.ravel(values)
    return pd.DataFrame(columns)[[*TEAM_COLUMNS, *SCORED]]
