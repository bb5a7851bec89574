"""
What others would call a verdict, to set the time of ours beside: differences of means, and a test per team.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import ttest_ind

from dashboard.diagnosis.compounding import Responses


def differences(responses: Responses) -> np.ndarray:
    """(T, 2) change of each team's means from the first period to the last: the least that any verdict must add up."""
    size = responses.teams * responses.periods
    cell = responses.team * responses.periods + responses.period
    counts = np.maximum(np.bincount(cell, minlength=size), 1)
    scores = (responses.individual, responses.collective)
    means = [(np.bincount(cell, s, minlength=size) / counts).reshape(-1, responses.periods) for s in scores]
    return np.column_stack([mean[:, -1] - mean[:, 0] for mean in means])


def tested(responses: Responses) -> pd.DataFrame:
    """Welch's test of every team and scale, as it is usually written."""
    table = pd.DataFrame(
        {
            "team": responses.team,
            "period": responses.period,
            "individual": responses.individual,
            "collective": responses.collective,
        }
    )
    return table.groupby("team")[["period", "individual", "collective"]].apply(_tests, responses.periods - 1)


def _tests(team: pd.DataFrame, last: int) -> pd.Series:
    first, until = team[team["period"] == 0], team[team["period"] == last]
    found = {}
    for scale in ("individual", "collective"):
        found[scale] = until[scale].mean() - first[scale].mean()
        enough = min(len(first), len(until)) >= 2
        found[f"{scale}_p"] = ttest_ind(until[scale], first[scale], equal_var=False).pvalue if enough else np.nan
    return pd.Series(found)
