"""
Interdependence: does collective efficacy count for more where members depend on each other?

In the literature it does (.45 against .34; Gully, Incalcaterra, Joshi & Beaubien 2002). Here teams are split at the
median of how interdependent their members say they are, and only with 60 teams or more: halves of fewer say nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from dashboard.diagnosis.prediction.difference import Difference, difference
from dashboard.diagnosis.prediction.findings import HALF_COLUMNS, nothing
from dashboard.diagnosis.prediction.panel import Panel
from dashboard.diagnosis.prediction.sizes import SPLIT_FROM
from dashboard.diagnosis.prediction.slopes import slope_of_collective

SCALE = "interdependence"
HIGHER, LOWER = "higher", "lower"
Values = npt.NDArray[np.float64]


def halves(panel: Panel, interdependence: Values, interval: float) -> tuple[pd.DataFrame, Difference | None]:
    """
    `HALF_COLUMNS` for the higher and the lower half of teams, and their difference; nothing with fewer than 60 teams.

    Parameters
    ----------
    panel : in standard deviations. interdependence : (T,) mean of each team by code, `nan` where nobody answered.
    """
    named = panel.team[panel.starts]
    level = interdependence[named]
    known = np.isfinite(level)
    if np.count_nonzero(known) < SPLIT_FROM or np.ptp(level[known]) == 0:
        return nothing(HALF_COLUMNS), None
    middle = float(np.median(level[known]))
    parts = {HIGHER: level > middle, LOWER: level <= middle}
    found, rows = {}, []
    for name, members in parts.items():
        part = panel.only(np.isin(panel.team, named[known & members]))
        found[name] = slope_of_collective(part)
        rows.append((name, *_with_ends(found[name], interval), part.teams, part.rows))
    return pd.DataFrame(rows, columns=HALF_COLUMNS), difference(found[HIGHER], found[LOWER])


def _with_ends(slope: tuple[float, float, float], interval: float) -> tuple[float, float, float]:
    half = float(special.stdtrit(slope[2], (1 + interval) / 2)) * slope[1]
    return slope[0], slope[0] - half, slope[0] + half
