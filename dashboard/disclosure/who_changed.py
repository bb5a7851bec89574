"""
Who changed: the parts of a change rest on fewer persons than a team's mean, so they need more than it does.

A part is a distance between means of stayers, joiners and leavers. Over two windows whose stayers differ by one person,
exact parts are two equations, and that person's score is their solution; likewise from one quarter's survey to the
next. So parts stand only over the usual window, only where each group is nobody or the minimum group, and in whole
points of 100.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis

GROUPS = ["stayers", "joiners", "leavers"]
PARTS = ["from_stayers", "from_joiners", "from_leavers"]


def protected_parts(changes: pd.DataFrame, diagnosis: Diagnosis) -> pd.DataFrame:
    """The changes with only those parts that may be shown; numbers of persons and the change itself stay."""
    if changes.empty:
        return changes
    sizes = changes[GROUPS].to_numpy(float)
    small = ((sizes > 0) & (sizes < diagnosis.settings.minimum_group)).any(axis=1)
    usual = diagnosis.window == diagnosis.periods[-diagnosis.settings.window :]
    step = _point_of_100(changes, diagnosis)[:, None]
    whole = (changes[PARTS].to_numpy(float) / step).round() * step + 0.0
    whole[small | (not usual)] = np.nan
    return changes.assign(**dict(zip(PARTS, whole.T, strict=True)))


def _point_of_100(changes: pd.DataFrame, diagnosis: Diagnosis) -> npt.NDArray[np.float64]:
    """(rows,) what one point of 100 is in points of each row's scale."""
    lengths = {name: scale.bounds[1] - scale.bounds[0] for name, scale in diagnosis.instrument.scales.items()}
    return changes["scale"].map(lengths).to_numpy(float) / 100
