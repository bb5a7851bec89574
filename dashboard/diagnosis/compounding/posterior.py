"""
Posterior: what is known of each team's gain, its own answers and all teams' gains taken together.

A mixture of one normal per kind of team. Means, covariances and intervals of it, along any direction.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from dashboard.diagnosis.compounding.gains import Gains, carried, responsibilities, teams_of_kind
from dashboard.diagnosis.compounding.matrices import outer, quadratic
from dashboard.diagnosis.compounding.own_gains import OwnGains

Array = npt.NDArray[np.float64]

HALVINGS = 10  # of the interval between the kinds' own quantiles


class Posterior(NamedTuple):
    """`share` (K, T) of each kind, `gain` (K, T, 2) and `covariance` (K, T, 2, 2) were the team of that kind; POMP."""

    share: Array
    gain: Array
    covariance: Array

    @property
    def mean(self) -> Array:
        """(T, 2) expected gain."""
        return np.einsum("kj,kja->ja", self.share, self.gain)

    @property
    def total_covariance(self) -> Array:
        """(T, 2, 2) covariance of the gain, within and between the kinds."""
        away = outer(self.gain - self.mean)
        return np.einsum("kj,kjab->jab", self.share, self.covariance + away)

    def interval(self, direction: Array, coverage: float) -> tuple[Array, Array]:
        """(T,) lower and upper end of the equal-tailed interval of direction · gain."""
        centres = self.gain @ direction
        deviations = np.sqrt(quadratic(self.covariance, direction))
        tail = (1 - coverage) / 2
        return self._quantile(centres, deviations, tail), self._quantile(centres, deviations, 1 - tail)

    def _quantile(self, centres: Array, deviations: Array, probability: float) -> Array:
        """A quantile of the mixture lies between those of its kinds: halve from there, then one step of Newton's."""
        of_kinds = centres + deviations * ndtri(probability)
        if len(of_kinds) == 1:
            return of_kinds[0]
        low, high = of_kinds.min(axis=0), of_kinds.max(axis=0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            too_low = self._below(middle, centres, deviations) < probability
            low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
        middle = (low + high) / 2
        beyond = self._below(middle, centres, deviations) - probability
        density = (self.share * _density((middle - centres) / deviations) / deviations).sum(axis=0)
        return np.clip(middle - beyond / density, low, high)

    def _below(self, value: Array, centres: Array, deviations: Array) -> Array:
        """(T,) probability that the gain lies below a value."""
        found: Array = (self.share * ndtr((value - centres) / deviations)).sum(axis=0)
        return found


def _density(z: Array) -> Array:
    found: Array = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return found


def posterior(own: OwnGains, gains: Gains) -> Posterior:
    """Every team's gain, given its own answers and how gains are spread; the mean's own uncertainty is added."""
    share, _ = responsibilities(own, gains.weights, gains.means, gains.covariances)
    kinds = [
        teams_of_kind(own, mean, covariance) for mean, covariance in zip(gains.means, gains.covariances, strict=True)
    ]
    unsure = [carried(kind.drawn, gains.mean_covariance) for kind in kinds]
    covariance = np.array([kind.covariance + more for kind, more in zip(kinds, unsure, strict=True)])
    return Posterior(share, np.array([kind.gain for kind in kinds]), covariance)
