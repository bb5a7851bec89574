"""
Gains over teams: how the true gains of this organisation's teams are spread.

First one normal curve. Gains are not one bell, though: some teams compound, some do not; so from 60 judged teams on
two kinds of teams are allowed for, each a normal of its own (extreme deconvolution: the curves are those of the true
gains, with the error of every team's own estimate taken out). Both kinds are drawn towards the one normal, and the
search stops early; a team's probability must not hang on a kind that three teams make up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.matrices import covariance_of, inverse_pair, outer, product_pair, times
from dashboard.diagnosis.compounding.own_gains import OwnGains
from dashboard.diagnosis.compounding.paths import CORRELATION_GUESS, GAIN_GUESS
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]

PRIOR_WEIGHT = 6.0  # teams that the guess of the gains' covariance counts for
COVARIANCE_WEIGHT, MEAN_WEIGHT, SHARE_WEIGHT = 4.0, 2.0, 2.0  # pseudo-teams of each kind, all like the one normal
SECOND_START = np.array([0.8, -0.8])  # more individual, less collective gain, in units of the one normal
ENOUGH = 1e-5  # log likelihood per team; stopping here is part of the method
SETTLED = 1e-4  # relative change of the one normal's covariance
ROUNDS = 500
MOST_TEAMS = 3000  # more tell hardly anything new about two normals, and take longer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gains:
    """
    The distribution of true gains across teams, a mixture of K = 1 or 2 normals.

    `weights` (K,), `means` (K, 2) POMP, `covariances` (K, 2, 2) POMP²; `mean` (2,), `covariance` (2, 2) of the one
    normal, and `mean_covariance` (2, 2), how uncertain its mean is; `teams` it was learnt from.
    """

    weights: Array
    means: Array
    covariances: Array
    mean: Array
    covariance: Array
    mean_covariance: Array
    teams: int


class Normal(NamedTuple):
    """Mean (2,), covariance (2, 2), and covariance of the mean's estimate (2, 2)."""

    mean: Array
    covariance: Array
    mean_covariance: Array


class _Kinds(NamedTuple):
    weights: Array
    means: Array
    covariances: Array


def fit(own: OwnGains, settings: Settings) -> Gains:
    """The distribution of true gains behind the own estimates of the judged teams (one at least)."""
    if len(own.gain) > MOST_TEAMS:
        chosen = np.random.default_rng(settings.seed).choice(len(own.gain), MOST_TEAMS, replace=False)
        own = own.of(np.sort(chosen))
    one = normal(own, covariance_of((GAIN_GUESS, GAIN_GUESS), CORRELATION_GUESS))
    kinds = _Kinds(np.ones(1), one.mean[None], one.covariance[None])
    if len(own.gain) >= settings.mixture_teams:
        kinds = mixture(own, one)
    return Gains(
        weights=kinds.weights,
        means=kinds.means,
        covariances=kinds.covariances,
        mean=one.mean,
        covariance=one.covariance,
        mean_covariance=one.mean_covariance,
        teams=len(own.gain),
    )


def normal(own: OwnGains, guess: Array) -> Normal:
    """One normal, by EM with a flat mean (REML) and an inverse Wishart penalty of weight 6 around a guess."""
    found = _located(own, guess)
    for _ in range(ROUNDS):
        last, found = found, _located(own, _spread_anew(own, found, guess))
        if np.abs(found.covariance - last.covariance).max() < SETTLED * np.trace(last.covariance):
            break
    return found


def mixture(own: OwnGains, one: Normal) -> _Kinds:
    """
    Two kinds of teams by heteroscedastic EM, each shrunk to the one normal.

    Source
    ------
    Bovy, Hogg & Roweis (2011), Extreme deconvolution, Annals of Applied Statistics 5, 1657–1677.
    """
    second = one.mean + np.linalg.cholesky(one.covariance) @ SECOND_START
    kinds = _Kinds(np.full(2, 0.5), np.array([one.mean, second]), np.array([one.covariance, one.covariance]))
    last = -np.inf
    for _ in range(ROUNDS):
        share, fit_now = responsibilities(own, kinds.weights, kinds.means, kinds.covariances)
        if fit_now - last < ENOUGH:
            break
        last = fit_now
        kinds = _kinds_anew(own, kinds, share, one)
    return kinds


def responsibilities(own: OwnGains, weights: Array, means: Array, covariances: Array) -> tuple[Array, float]:
    """(K, T) probability of each kind given a team's own estimate, and the mean log likelihood per team."""
    log = np.array([_log_density(own, *kind) for kind in zip(weights, means, covariances, strict=True)])
    top = log.max(axis=0)
    share = np.exp(log - top)
    total = share.sum(axis=0)
    return share / total, float((top + np.log(total)).mean())


class TeamsOfKind(NamedTuple):
    """Were every team of one kind: its expected gain (T, 2), the covariance around it, and the share not its own."""

    gain: Array
    covariance: Array
    drawn: Array


def teams_of_kind(own: OwnGains, mean: Array, covariance: Array) -> TeamsOfKind:
    """b = μ + T(T + V)⁻¹(x − μ), B = T − T(T + V)⁻¹T = DT and D = I − T(T + V)⁻¹ = V(T + V)⁻¹ of every team."""
    precision = inverse_pair(covariance + own.covariance)
    drawn = product_pair(own.covariance, precision)
    surprise = times(precision, own.gain - mean)
    return TeamsOfKind(mean + surprise @ covariance, product_pair(drawn, covariance), drawn)


def carried(share: Array, covariance: Array) -> Array:
    """D C D' of every team: what an uncertain mean adds where a share D of it enters."""
    return product_pair(product_pair(share, covariance), np.swapaxes(share, -1, -2))


def _located(own: OwnGains, covariance: Array) -> Normal:
    """The normal with this covariance and the mean that fits best."""
    precision = inverse_pair(covariance + own.covariance)
    mean_covariance = inverse_pair(precision.sum(axis=0))
    mean = mean_covariance @ times(precision, own.gain).sum(axis=0)
    return Normal(mean, covariance, mean_covariance)


def _spread_anew(own: OwnGains, last: Normal, guess: Array) -> Array:
    teams = teams_of_kind(own, last.mean, last.covariance)
    unsure = carried(teams.drawn, last.mean_covariance)
    second = (outer(teams.gain - last.mean) + teams.covariance + unsure).sum(axis=0)
    return _symmetric((second + PRIOR_WEIGHT * guess) / (len(own.gain) + PRIOR_WEIGHT))


def _kinds_anew(own: OwnGains, last: _Kinds, share: Array, one: Normal) -> _Kinds:
    counts = share.sum(axis=1)
    weights = (counts + SHARE_WEIGHT) / (counts + SHARE_WEIGHT).sum()
    found = [_kind_anew(own, *kind, one) for kind in zip(share, last.means, last.covariances, strict=True)]
    return _Kinds(weights, *(np.array(column) for column in zip(*found, strict=True)))


def _kind_anew(own: OwnGains, share: Array, mean: Array, covariance: Array, one: Normal) -> tuple[Array, Array]:
    teams = teams_of_kind(own, mean, covariance)
    count = share.sum()
    centre = (share @ teams.gain + MEAN_WEIGHT * one.mean) / (count + MEAN_WEIGHT)
    second = np.einsum("j,jab->ab", share, outer(teams.gain - centre) + teams.covariance)
    pulled = MEAN_WEIGHT * outer(centre - one.mean) + COVARIANCE_WEIGHT * one.covariance
    return centre, _symmetric((second + pulled) / (count + COVARIANCE_WEIGHT + 1))


def _log_density(own: OwnGains, weight: float, mean: Array, covariance: Array) -> Array:
    total = covariance + own.covariance
    distance = own.gain - mean
    away = np.einsum("ja,jab,jb->j", distance, inverse_pair(total), distance)
    determinant = total[:, 0, 0] * total[:, 1, 1] - total[:, 0, 1] ** 2
    return np.log(weight) - (away + np.log(determinant)) / 2 - np.log(2 * np.pi)


def _symmetric(matrix: Array) -> Array:
    return (matrix + matrix.T) / 2
