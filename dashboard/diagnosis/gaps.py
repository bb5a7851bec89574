"""
Gaps: collective minus individual level of every team, where the two are asked alike.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.measurement.level_gap import level_gap, readable
from dashboard.measurement.sums import SurveySums
from dashboard.terms import Settings, Survey

GAP_COLUMNS = "team_id period respondents gap gap_low gap_high".split()


def team_gaps(survey: Survey, sums: SurveySums, settings: Settings) -> pd.DataFrame:
    """
    A row per team and period, team by team, `GAP_COLUMNS`, in points; no rows unless items are mirrored.

    `respondents`: persons with both scores. `gap`: mean of their collective − individual score, to be read against
    the organisation's (`quality.level_gap`). The interval rests on the spread pooled over all teams.
    """
    if not readable(survey.instrument):
        return pd.DataFrame(columns=GAP_COLUMNS)
    found = [level_gap(period, settings.interval) for period in sums.periods]
    periods = [period.label for period in survey.periods]
    return pd.DataFrame(
        {
            "team_id": np.repeat(np.array(survey.teams, dtype=object), len(periods)),
            "period": np.tile(np.array(periods, dtype=object), len(survey.teams)),
            "respondents": sums.table([each.respondents for each in found], empty=0.0).ravel(),
            "gap": sums.table([each.gap for each in found]).ravel(),
            "gap_low": sums.table([each.low for each in found]).ravel(),
            "gap_high": sums.table([each.high for each in found]).ravel(),
        },
        columns=GAP_COLUMNS,
    )
