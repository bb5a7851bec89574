"""
Moved together: did the whole organisation move, rather than some of its teams?

A good year, a change of wording or a new survey tool lifts both scales in every team, and looks like gain. It cannot be
told from real change without a group for comparison; so it is pointed out.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from dashboard.diagnosis.compounding.gains import Gains
from dashboard.terms import Settings

MOVING_SHARE = 0.95  # of teams that must move the organisation's way on each scale


def moved_together(gains: Gains, settings: Settings) -> bool:
    """
    Whether both scales moved the same way, each on average by at least the smallest gain that counts, and so alike in
    all teams that on each scale at least 95 % of them moved that way. Never with too few teams for flags.
    """
    deviation = np.sqrt(np.diagonal(gains.covariance))
    same_way = gains.mean[0] * gains.mean[1] > 0
    far_enough = np.abs(gains.mean) >= np.maximum(settings.gain, ndtri(MOVING_SHARE) * deviation)
    return bool(gains.teams >= settings.fewest_teams and same_way and far_enough.all())
