"""
Judgement: what was found about every team, and the model of the organisation that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.gains import Gains
from dashboard.diagnosis.compounding.hierarchy import Hierarchy
from dashboard.diagnosis.compounding.person_covariance import PersonCovariance

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """
    What was learnt of the organisation as a whole.

    Parameters
    ----------
    persons : covariances of a member's stable and momentary part.
    share_followed : how likely who answers in one period answers in another given one.
    hierarchy : how the paths of teams differ. gains : how their true gains are spread.
    flag_cut_off : probability at which one more team would be flagged; infinite where none ever is.
    """

    persons: PersonCovariance
    share_followed: float
    hierarchy: Hierarchy
    gains: Gains
    flag_cut_off: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judgement:
    """
    Arrays over all teams, in the order of their codes; POMP. Withheld teams have `nan` for every figure.

    Parameters
    ----------
    gain, gain_low, gain_high : (T, 2) posterior mean and interval of the individual and the collective gain.
    gain_covariance : (T, 2, 2) of the posterior.
    shortfall, shortfall_low, shortfall_high : (T,) of what was expected of the team and did not come, ρa − c.
    standard_error : (T,) of the shortfall, from the team's own answers alone.
    probability : (T,) that the individual gain is real and is not compounding.
    states : name → (T,) probability of `compounding`, `collective_led`, `steady`, `eroding`.
    sensitivity : (T, 2) share of a real change that can show at the team's `level` (T, 2), that at mid-window.
    verdict, reason : (T,) of `Verdict` and `Reason`. flagged : (T,) bool.
    stayers : (T,) persons who answered in both the first and the last period of the window.
    model : `None` where no change can be judged.
    teams_tested : teams that could be judged. expected_false_flags : Σ(1 − p) over the flags.
    expected_affected : Σp over all teams with a probability.
    moved_together : nearly all teams moved alike on both scales, perhaps by an organisation-wide mood or method shift.
    """

    gain: Array
    gain_low: Array
    gain_high: Array
    gain_covariance: Array
    shortfall: Array
    shortfall_low: Array
    shortfall_high: Array
    standard_error: Array
    probability: Array
    states: Mapping[str, Array]
    sensitivity: Array
    level: Array
    verdict: npt.NDArray[np.object_]
    reason: npt.NDArray[np.object_]
    flagged: npt.NDArray[np.bool_]
    stayers: npt.NDArray[np.int64]
    model: Model | None
    teams_tested: int
    expected_false_flags: float
    expected_affected: float
    moved_together: bool
