"""
Random intercept: how much do teams differ beyond chance, and what is the best guess of each team's level?

REML for scores y = x'β + u_team + e, where x is 1 and, if one is given, a figure of the team. Its likelihood needs of
each team only its size, mean and figure, and of teams of one size only their cross products; so it is as quick for
100,000 teams as for ten. It has one unknown, θ = τ² / σ², which is searched over its whole range and then refined.
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


class Regression(NamedTuple):
    """(P,) coefficients, of 1 first; their (P, P) covariance; variance between teams beyond them; inside teams."""

    coefficients: Values
    covariance: Values
    tau2: float
    sigma2: float


class _Sizes(NamedTuple):
    """
    Teams of one size together: (S,) the size and (S, P + 1, P + 1) cross products of (x, mean) over such teams; sum
    of squares inside teams; degrees of freedom.
    """

    size: Values
    products: Values
    number: Values
    within: float
    df: float


class _Profile(NamedTuple):
    """At each of (R,) θ: (R, S) weights, (R, P, P) information, (R, P) coefficients, (R,) sum of squares."""

    weight: Values
    information: Values
    coefficients: Values
    square: Values


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
    found = regression(sizes, np.ones((len(sizes), 1)), means - centre, within, persons - 1)
    return Components(centre + float(found.coefficients[0]), found.tau2, found.sigma2)


def regression(sizes: Values, design: Values, means: Values, within: float, df: float) -> Regression:
    """
    REML of team means on figures of the teams.

    Parameters
    ----------
    sizes, means : (G,) persons and mean of each team, sizes at least 1.
    design : (G, P) figures of each team, 1 first, of full rank; all centred near 0, so that no digits are lost.
    within : sum of squared distances of persons from what is known of them inside their team; positive.
    df : persons less all coefficients, those inside teams too.
    """
    grouped = _by_size(sizes, np.column_stack([design, means]), within, df)
    ratio = _best_ratio(grouped)
    best = _profile(np.array([ratio]), grouped)
    sigma2 = float(best.square[0]) / df
    return Regression(best.coefficients[0], sigma2 * np.linalg.inv(best.information[0]), ratio * sigma2, sigma2)


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


def _by_size(sizes: Values, columns: Values, within: float, df: float) -> _Sizes:
    persons = sizes.astype(np.intp)
    number = np.bincount(persons)
    size = np.flatnonzero(number)
    width = columns.shape[1]
    products = np.empty((len(size), width, width))
    for one in range(width):
        for other in range(one, width):
            sums = np.bincount(persons, columns[:, one] * columns[:, other])[size]
            products[:, one, other] = products[:, other, one] = sums
    return _Sizes(size.astype(np.float64), products, number[size].astype(np.float64), within, df)


def _best_ratio(teams: _Sizes) -> float:
    """The θ ≥ 0 of largest restricted likelihood."""
    best = int(np.argmin(_deviance(_RATIOS, teams)))
    low, high = _RATIOS[max(best - 1, 0)], _RATIOS[min(best + 1, len(_RATIOS) - 1)]
    if _slope(low, teams) >= 0:
        return float(low)
    if _slope(high, teams) <= 0:
        return float(high)
    return float(brentq(_slope, low, high, args=(teams,), xtol=1e-15, rtol=1e-13))


def _profile(ratios: Values, teams: _Sizes) -> _Profile:
    weight = teams.size / (1 + teams.size * ratios[:, None])
    products = np.einsum("rs,sij->rij", weight, teams.products)
    information = products[:, :-1, :-1]
    coefficients = np.linalg.solve(information, products[:, :-1, -1:])[:, :, 0]
    square = teams.within + (weight * _around(coefficients, teams)).sum(axis=1)
    return _Profile(weight, information, coefficients, square)


def _around(coefficients: Values, teams: _Sizes) -> Values:
    """(R, S) sum of squared distances of team means from what each set of coefficients expects."""
    distance = np.column_stack([-coefficients, np.ones(len(coefficients))])
    return np.maximum(np.einsum("ri,sij,rj->rs", distance, teams.products, distance), 0.0)


def _deviance(ratios: Values, teams: _Sizes) -> Values:
    """(R,) −2 log restricted likelihood, but for a constant."""
    found = _profile(ratios, teams)
    sizes = (teams.number * np.log1p(teams.size * ratios[:, None])).sum(axis=1)
    return teams.df * np.log(found.square) + sizes + np.linalg.slogdet(found.information)[1]


def _slope(ratio: float, teams: _Sizes) -> float:
    """Derivative of the deviance by θ."""
    found = _profile(np.array([ratio]), teams)
    weight = found.weight[0]
    drop = teams.df * (weight**2 * _around(found.coefficients, teams)[0]).sum() / found.square[0]
    lost = np.einsum("s,sij->ij", weight**2, teams.products[:, :-1, :-1])
    known = np.trace(np.linalg.solve(found.information[0], lost))
    return float((weight * teams.number).sum() - known - drop)
