"""
Random intercept: how much do teams differ beyond chance, and what is the best guess of each team's level?

REML for scores y = μ + u_team + e. Its likelihood needs of each team only its size and mean, and of teams of one
size only how many there are, their sum and sum of squares; so it is as quick for 100,000 teams as for ten. It has
one unknown, θ = τ² / σ², which is searched over its whole range and then refined.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from dashboard.measurement.groups import NO_VARIANCE, quotient

Values = npt.NDArray[np.float64]

_RATIOS = np.concatenate([[0.0], np.logspace(-9, 13, 89)])


class Components(NamedTuple):
    """Mean of the teams (μ), variance between them (τ²), variance inside them (σ²)."""

    mean: float
    tau2: float
    sigma2: float


class Shrunken(NamedTuple):
    """(G,) estimates of the team means and their predictive standard errors, in points."""

    estimates: Values
    errors: Values


class _Sizes(NamedTuple):
    """Teams of one size together: the size, how many, Σ of their centred means, Σ of squares."""

    size: Values
    number: Values
    total: Values
    squares: Values
    within: float
    persons: float


NOT_KNOWN = Components(np.nan, np.nan, np.nan)


def components(sizes: Values, means: Values, within: float) -> Components:
    """
    REML variance components.

    Parameters
    ----------
    sizes, means : (G,) persons and mean of each team, sizes at least 1.
    within : sum of squared distances of persons from their team's mean.

    Returns
    -------
    All `nan` with fewer than two teams, or when every team is a team of one. τ² is 0 where teams differ no more
    than chance. Without any spread inside teams σ² is 0 and τ² the variance of the team means.

    Source
    ------
    Patterson & Thompson (1971). Same figures as `lmer(y ~ 1 + (1 | team))` of the R package lme4.
    """
    persons = float(sizes.sum())
    if len(sizes) < 2 or persons <= len(sizes):
        return NOT_KNOWN
    centre = float((sizes * means).sum() / persons)
    if within <= NO_VARIANCE * (persons - len(sizes)):
        between = float(np.var(means, ddof=1))
        return Components(float(means.mean()), between if between > NO_VARIANCE else 0.0, 0.0)
    grouped = _by_size(sizes, means - centre, within)
    ratio = _best_ratio(grouped)
    _, mean, square = _profile(np.array([ratio]), grouped)
    sigma2 = float(square[0]) / (persons - 1)
    return Components(centre + float(mean[0]), ratio * sigma2, sigma2)


def shrunken(sizes: Values, means: Values, found: Components) -> Shrunken:
    """
    μ + λ(m − μ) with λ = τ² / (τ² + σ²/n), and its predictive error √(τ²(1 − λ) + (1 − λ)² / Σw), w = 1/(τ² + σ²/n).

    Of teams that nobody answered in (size 0) both are `nan`.
    """
    answered = sizes > 0
    variance = found.tau2 + found.sigma2 * quotient(np.ones_like(sizes), sizes)
    trust = quotient(np.full_like(sizes, found.tau2), variance, empty=0.0)
    weights = quotient(np.ones_like(sizes), np.where(answered, variance, 0.0), empty=0.0).sum()
    of_mean = 1 / weights if weights > 0 else 0.0
    errors = np.sqrt(found.tau2 * (1 - trust) + (1 - trust) ** 2 * of_mean)
    estimates = found.mean + trust * (np.where(answered, means, 0.0) - found.mean)
    return Shrunken(np.where(answered, estimates, np.nan), np.where(answered, errors, np.nan))


def _by_size(sizes: Values, centred: Values, within: float) -> _Sizes:
    persons = sizes.astype(np.intp)
    number, total, squares = (np.bincount(persons, each) for each in (None, centred, centred**2))
    size = np.flatnonzero(number)
    sums = np.array([size, number[size], total[size], squares[size]], dtype=np.float64)
    return _Sizes(sums[0], sums[1], sums[2], sums[3], within, float(sizes.sum()))


def _best_ratio(teams: _Sizes) -> float:
    """The θ ≥ 0 of largest restricted likelihood."""
    best = int(np.argmin(_deviance(_RATIOS, teams)))
    low, high = _RATIOS[max(best - 1, 0)], _RATIOS[min(best + 1, len(_RATIOS) - 1)]
    if _slope(low, teams) >= 0:
        return float(low)
    if _slope(high, teams) <= 0:
        return float(high)
    return float(brentq(_slope, low, high, args=(teams,), xtol=1e-15, rtol=1e-13))


def _profile(ratios: Values, teams: _Sizes) -> tuple[Values, Values, Values]:
    """(R, sizes) weights, (R,) mean, (R,) weighted sum of squares at each θ."""
    weight = teams.size / (1 + teams.size * ratios[:, None])
    mean = (weight * teams.total).sum(axis=1) / (weight * teams.number).sum(axis=1)
    return weight, mean, teams.within + (weight * _around(mean, teams)).sum(axis=1)


def _around(mean: Values, teams: _Sizes) -> Values:
    """(R, sizes) sum of squared distances of team means from each mean."""
    spread = teams.squares - 2 * mean[:, None] * teams.total + mean[:, None] ** 2 * teams.number
    return np.maximum(spread, 0.0)


def _deviance(ratios: Values, teams: _Sizes) -> Values:
    """(R,) −2 log restricted likelihood, but for a constant."""
    weight, _, square = _profile(ratios, teams)
    sizes = (teams.number * np.log1p(teams.size * ratios[:, None])).sum(axis=1)
    return (teams.persons - 1) * np.log(square) + sizes + np.log((weight * teams.number).sum(axis=1))


def _slope(ratio: float, teams: _Sizes) -> float:
    """Derivative of the deviance by θ."""
    weight, mean, square = _profile(np.array([ratio]), teams)
    drop = (teams.persons - 1) * (weight**2 * _around(mean, teams)).sum(axis=1) / square
    once, twice = (weight * teams.number).sum(axis=1), (weight**2 * teams.number).sum(axis=1)
    return float((once - twice / once - drop)[0])
