"""
Own gains: what a team's own answers say about its gain, before it is compared with any other team.

The hierarchy gives each team a posterior N(m, P), drawn towards the organisation's mean by a prior N(μ, T). Dividing
that prior out leaves the likelihood N(x | gain, V) of the team's own answers. Gains are then spread anew by a better
description than one normal curve (`gains`), without using the prior twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.hierarchy import Hierarchy, PathPosterior
from dashboard.diagnosis.compounding.matrices import NO_INFORMATION, at_least, inverse_pair, quadratic, times

Array = npt.NDArray[np.float64]


class OwnGains(NamedTuple):
    """`gain` (T, 2) and its `covariance` (T, 2, 2), POMP: x and V of the likelihood of each team's own answers."""

    gain: Array
    covariance: Array

    def of(self, teams: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> OwnGains:
        """That of some teams."""
        return OwnGains(self.gain[teams], self.covariance[teams])

    def at_sensitivity(self, sensitivity: Array) -> OwnGains:
        """
        Gains as they would be with room on the scale: x / k, V / (k k').

        Parameters
        ----------
        sensitivity : (T, 2), the share of a real change that can show in the answers.
        """
        room = sensitivity[:, :, None] * sensitivity[:, None, :]
        return OwnGains(self.gain / sensitivity, self.covariance / room)

    def shortfall_error(self, compounding_share: float) -> Array:
        """(T,) standard error of the shortfall ρa − c that the team's own answers leave, POMP."""
        return np.sqrt(quadratic(self.covariance, np.array([compounding_share, -1.0])))


def own_gains(posterior: PathPosterior, hierarchy: Hierarchy) -> OwnGains:
    """
    The likelihood of each team's gain: V = (P⁻¹ − T⁻¹)⁻¹, x = V (P⁻¹ m − T⁻¹ μ).

    A direction in which the answers say nothing gets a standard deviation of a thousand points.
    """
    prior = inverse_pair(hierarchy.gain_covariance)
    precision = inverse_pair(posterior.gain_covariance)
    own = inverse_pair(at_least(precision - prior, NO_INFORMATION))
    shift = times(precision, posterior.gain) - prior @ hierarchy.gain_mean
    return OwnGains(times(own, shift), own)
