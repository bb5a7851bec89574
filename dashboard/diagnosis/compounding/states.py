"""
States: the probability of each thing that may have happened to a team's gains (a individual, c collective).

With δ the smallest gain that counts and ρ the share of an individual gain expected of the team:

- not compounding: a ≥ δ and c ≤ ρa
- compounding: a ≥ δ and c > ρa
- collective-led: a < δ and c ≥ δ
- steady: both inside ±δ
- eroding: a ≤ −δ or c ≤ −δ, and neither reaches δ

Exactly one of them holds, and all are corners of one bivariate normal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from dashboard.diagnosis.compounding.bivariate_normal import below
from dashboard.diagnosis.compounding.posterior import Posterior
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]


class States(NamedTuple):
    """(T,) probability of each state; they add up to 1."""

    not_compounding: Array
    compounding: Array
    collective_led: Array
    steady: Array
    eroding: Array


def states(known: Posterior, settings: Settings) -> States:
    """The probability of each state for every team."""
    of_kinds = [
        _of_kind(gain, covariance, settings.gain, settings.compounding_share)
        for gain, covariance in zip(known.gain, known.covariance, strict=True)
    ]
    return States(*np.clip(np.einsum("kj,ksj->sj", known.share, np.array(of_kinds)), 0.0, 1.0))


def probability_not_compounding(known: Posterior, settings: Settings) -> Array:
    """(T,) P(a ≥ δ and c ≤ ρa) alone."""
    of_kinds = [
        _not_compounding(gain, covariance, settings.gain, settings.compounding_share)
        for gain, covariance in zip(known.gain, known.covariance, strict=True)
    ]
    return (known.share * np.array(of_kinds)).sum(axis=0)


def _of_kind(gain: Array, covariance: Array, counts: float, share: float) -> tuple[Array, ...]:
    deviation = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    correlation = covariance[:, 0, 1] / deviation.prod(axis=1)
    low, high = ((-counts - gain) / deviation).T, ((counts - gain) / deviation).T

    def under(first: Array, second: Array) -> Array:
        return below(first, second, correlation)

    bad = _not_compounding(gain, covariance, counts, share)
    neither_up = under(high[0], high[1])
    steady = neither_up - under(low[0], high[1]) - under(high[0], low[1]) + under(low[0], low[1])
    return bad, ndtr(-high[0]) - bad, ndtr(high[0]) - neither_up, steady, neither_up - steady


def _not_compounding(gain: Array, covariance: Array, counts: float, share: float) -> Array:
    """a ≥ δ and ρa − c ≥ 0."""
    return both_reach(gain, covariance, np.array([[1.0, 0.0], [share, -1.0]]), (counts, 0.0))


def both_reach(centre: Array, covariance: Array, directions: Array, bounds: tuple[float, float]) -> Array:
    """
    (T,) P(d₁'g ≥ bound₁ and d₂'g ≥ bound₂) for g ~ N(centre, covariance), with d₁, d₂ the rows of `directions`.

    >>> both_reach(np.zeros((1, 2)), np.eye(2)[None], np.eye(2), (0.0, 0.0))
    array([0.25])
    """
    spread = directions @ covariance @ directions.T
    deviation = np.sqrt(np.diagonal(spread, axis1=1, axis2=2))
    above = (centre @ directions.T - bounds) / deviation
    return below(above[:, 0], above[:, 1], spread[:, 0, 1] / deviation.prod(axis=1))
