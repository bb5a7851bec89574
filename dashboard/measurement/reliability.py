"""
Reliability: do the items of a scale measure one thing, and how exactly?

Alpha needs only variances; omega asks a one-factor model how much of the sum score its factor carries. Both take
persons who answered every item.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.measurement.groups import NO_VARIANCE, quotient
from dashboard.measurement.one_factor import one_factor
from dashboard.measurement.sums import ScaleSums
from dashboard.terms import Estimate

Answers = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]

FEWEST_ITEMS_FOR_OMEGA = 3  # with two the factor is not identified
FEWEST_PERSONS_FOR_OMEGA = 100


def cronbach_alpha(answers: Answers, interval: float = 0.95) -> Estimate:
    """
    Cronbach's alpha with its Feldt interval.

    Parameters
    ----------
    answers : (persons, items), reversed items turned round; `nan` where there is none. Persons with a missing
        answer are left out.
    interval : its coverage.

    Returns
    -------
    `.value`, at most 1 and negative where items contradict each other; `.low`, `.high`. All `nan` with one item,
    fewer than two complete persons, or no variance.

    Source
    ------
    Cronbach (1951); Feldt, Woodruff & Salih (1987): (1 − α) over its estimate follows F(n − 1, (n − 1)(J − 1)).
    Same figures as `cronbach` of the R package multilevel and `alpha.ci` of psych.

    >>> alike = cronbach_alpha(np.array([[1, 2], [2, 2], [4, 5], [5, 4.0]]))
    >>> round(alike.value, 3), round(alike.low, 3), round(alike.high, 3)
    (0.911, -0.381, 0.994)
    """
    complete = _complete(answers)
    return alpha_of(covariance_of(complete), len(complete), interval)


def omega(answers: Answers) -> float:
    """
    Omega: the share of the sum score's variance that one factor carries, (Σλ)² / ((Σλ)² + Σψ).

    Parameters
    ----------
    answers : (persons, items), reversed items turned round; `nan` where there is none. Persons with a missing
        answer are left out.

    Returns
    -------
    0 … 1; `nan` with fewer than 3 items or 100 complete persons, and in a Heywood case (an item left without
    variance of its own), where the model does not hold.

    Source
    ------
    McDonald (1999); loadings by maximum likelihood. Same figures as a one-factor model of the R package lavaan.
    """
    complete = _complete(answers)
    return float(omegas(covariance_of(complete)[None], np.array([len(complete)]))[0])


def item_rest_correlations(answers: Answers) -> Values:
    """
    (items,) how each item goes with the sum of the others, −1 … 1; `nan` where one of the two does not vary.

    Persons with a missing answer are left out.

    >>> item_rest_correlations(np.array([[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5.0]])).round(2)
    array([0.97, 0.81, 0.9 ])
    """
    return item_rest_of(covariance_of(_complete(answers)))


def alpha_of(covariance: Values, persons: int, interval: float = 0.95) -> Estimate:
    """Alpha and its Feldt interval from the (items, items) covariance of the answers of so many complete persons."""
    items, whole = len(covariance), float(covariance.sum())
    if items < 2 or persons < 2 or not whole > NO_VARIANCE:
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    alpha = items / (items - 1) * (1 - float(np.trace(covariance)) / whole)
    tail, df = (1 - interval) / 2, (persons - 1, (persons - 1) * (items - 1))
    low = 1 - (1 - alpha) * float(special.fdtri(*df, 1 - tail))
    high = 1 - (1 - alpha) * float(special.fdtri(*df, tail))
    return Estimate(value=alpha, low=low, high=high)


def omegas(covariances: Values, persons: npt.NDArray[np.integer]) -> Values:
    """(B,) omega from (B, items, items) covariances of so many complete persons each."""
    found = np.full(len(covariances), np.nan)
    fit = (persons >= FEWEST_PERSONS_FOR_OMEGA) & (covariances.shape[1] >= FEWEST_ITEMS_FOR_OMEGA)
    fit &= np.diagonal(covariances, axis1=1, axis2=2).min(axis=1) > NO_VARIANCE
    if fit.any():
        model = one_factor(covariances[fit])
        common = model.loadings.sum(axis=1) ** 2
        found[fit] = common / (common + model.uniquenesses.sum(axis=1))
    return found


def item_rest_of(covariance: Values) -> Values:
    """(items,) item-rest correlations from the covariance of the answers."""
    own = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - own
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + own
    varies = (own > NO_VARIANCE) & (rest > NO_VARIANCE)
    return quotient(with_rest, np.sqrt(np.where(varies, own * rest, 0.0)))


def complete_covariance(sums: ScaleSums) -> Values:
    """(items, items) covariance of the answers of the complete persons of a period; `nan` with fewer than two."""
    if sums.complete < 2:
        return np.full_like(sums.complete_products, np.nan)
    products = sums.complete_products - np.outer(sums.complete_total, sums.complete_total) / sums.complete
    return _snapped(products / (sums.complete - 1))


def covariance_of(answers: Values) -> Values:
    """(items, items) covariance of complete answers; `nan` with fewer than two persons."""
    persons, items = answers.shape
    if persons < 2:
        return np.full((items, items), np.nan)
    centred = answers - answers.mean(axis=0)
    return _snapped(centred.T @ centred / (persons - 1))


def _snapped(covariance: Values) -> Values:
    return np.where(np.abs(covariance) < NO_VARIANCE, 0.0, covariance)


def _complete(answers: Answers) -> Values:
    exact = np.asarray(answers, dtype=np.float64)
    return exact[np.isfinite(exact).all(axis=1)]
