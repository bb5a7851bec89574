"""
Verdict table: the judgement of all teams as the table that is promised to users.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.compounding import Judgement
from dashboard.diagnosis.diagnosis import MORE_VERDICT_COLUMNS, VERDICT_COLUMNS
from dashboard.terms import Period


def verdict_table(
    judgement: Judgement,
    teams: tuple[str, ...],
    span: tuple[Period, ...],
    respondents: npt.NDArray[np.float64],
    performance: npt.NDArray[np.object_],
) -> pd.DataFrame:
    """
    A row per team with `VERDICT_COLUMNS` and `MORE_VERDICT_COLUMNS`; `evidence` is left to the floor of words.

    Parameters
    ----------
    respondents : (T, Q) over the window.
    performance : (T,) what the performance figures say beside the verdict.
    """
    covariance = judgement.gain_covariance
    columns: dict[str, object] = {
        "team_id": list(teams),
        "since": span[0].label,
        "until": span[-1].label,
        "respondents_since": respondents[:, 0],
        "respondents_until": respondents[:, -1],
        "stayers": judgement.stayers.astype(float) if len(span) > 1 else np.nan,
        "probability": judgement.probability,
        "verdict": _words(judgement.verdict),
        "flagged": judgement.flagged.astype(int),
        "evidence": "",
        "reason": _words(judgement.reason),
        "shortfall": judgement.shortfall,
        "shortfall_low": judgement.shortfall_low,
        "shortfall_high": judgement.shortfall_high,
        "standard_error": judgement.standard_error,
        "variance_individual": covariance[:, 0, 0],
        "variance_collective": covariance[:, 1, 1],
        "covariance": covariance[:, 0, 1],
        "performance": performance,
    }
    for at, scale in enumerate(("individual", "collective")):
        columns[f"{scale}_gain"] = judgement.gain[:, at]
        columns[f"{scale}_gain_low"] = judgement.gain_low[:, at]
        columns[f"{scale}_gain_high"] = judgement.gain_high[:, at]
        columns[f"sensitivity_{scale}"] = judgement.sensitivity[:, at]
    columns |= {f"probability_{state}": values for state, values in judgement.states.items()}
    return pd.DataFrame(columns)[[*VERDICT_COLUMNS, *MORE_VERDICT_COLUMNS]]


def _words(values: npt.NDArray[np.object_]) -> list[str]:
    return [str(value) for value in values]
