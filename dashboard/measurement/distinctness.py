"""
Distinctness: do the two scales measure two things?

If belief in oneself and belief in the team were one, an item of one scale would go with an item of the other as
closely as with its own. The heterotrait-monotrait ratio (HTMT) sets the two side by side: the mean correlation across
the scales over the geometric mean of those inside them. Near 0 the scales have nothing in common, near 1 they cannot
be told apart.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import NO_VARIANCE, quotient
from dashboard.measurement.sums import AcrossSums, PeriodSums, SurveySums
from dashboard.terms import INDIVIDUAL

Answers = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]


def htmt(individual: Answers, collective: Answers) -> float:
    """
    HTMT of two scales over persons.

    Parameters
    ----------
    individual, collective : (persons, items) of the same persons, reversed items turned round; `nan` where there is no
        answer. Each correlation takes the persons who answered both of its items.

    Returns
    -------
    0 or more, beyond 1 where items go more closely with the other scale than with their own. `nan` with a single item
    on a scale, where an item does not vary, and where the items of a scale do not go together.

    Raises
    ------
    ValueError : when the two do not hold the same number of persons.

    Source
    ------
    Henseler, Ringle & Sarstedt (2015). Same figures as from the pairwise Pearson correlations of R's `cor`.

    >>> own, team = np.array([[1, 2], [2, 1], [3, 4], [4, 4.0]]), np.array([[2, 1], [3, 3], [2, 2], [4, 3.0]])
    >>> round(htmt(own, team), 3)
    0.496
    """
    if len(individual) != len(collective):
        raise ValueError(f"there are {len(individual)} persons on one scale and {len(collective)} on the other")
    answers = np.hstack([np.asarray(individual, float), np.asarray(collective, float)])
    return ratio_of(_pairwise(answers), np.shape(individual)[1])


def distinctness(sums: SurveySums, window: slice = slice(None)) -> float:
    """
    HTMT over the periods of a window.

    Correlations are those inside each period, pooled by its persons, so that a change of the whole organisation on
    both scales does not make them one. Persons who answered every item of both scales.
    """
    periods = sums.periods[window]
    if not periods:
        return float("nan")
    found = np.array([correlations_of_items(period.across) for period in periods])
    persons = np.array([period.across.complete for period in periods], dtype=float)
    weight = np.where(np.isfinite(found), persons[:, None, None], 0.0)
    pooled = quotient((weight * np.nan_to_num(found)).sum(axis=0), weight.sum(axis=0))
    return ratio_of(pooled, _individual_items(periods[0]))


def distinctness_in_period(sums: PeriodSums) -> float:
    """HTMT of one period, over persons who answered every item of both scales."""
    return ratio_of(correlations_of_items(sums.across), _individual_items(sums))


def correlations_of_items(across: AcrossSums) -> Values:
    """(items, items) over complete persons, the individual items first; `nan` for an item that does not vary."""
    if across.complete < 2:
        return np.full_like(across.complete_products, np.nan)
    shared = np.outer(across.complete_total, across.complete_total) / across.complete
    covariance = (across.complete_products - shared) / (across.complete - 1)
    variance = np.diag(covariance)
    spread = np.sqrt(np.where(variance > NO_VARIANCE, variance, np.nan))
    return covariance / np.outer(spread, spread)


def ratio_of(correlations: Values, individual: int) -> float:
    """HTMT from the (items, items) correlations, of which so many items are those of the individual scale."""
    own, team = correlations[:individual, :individual], correlations[individual:, individual:]
    across = correlations[:individual, individual:]
    if min(len(own), len(team)) < 2:
        return float("nan")
    together = [_mean_off_diagonal(scale) for scale in (own, team)]
    if not min(together) > 0:
        return float("nan")
    return float(abs(across.mean()) / np.sqrt(together[0] * together[1]))


def _mean_off_diagonal(correlations: Values) -> float:
    return float(correlations[np.triu_indices(len(correlations), 1)].mean())


def _individual_items(sums: PeriodSums) -> int:
    return len(sums.scales[INDIVIDUAL].complete_total)


def _pairwise(answers: Values) -> Values:
    """(items, items) correlations, each over the persons who answered both items."""
    given = np.isfinite(answers)
    centred = np.where(given, answers - _middle(answers, given), 0.0)
    both = given.astype(float)
    number = both.T @ both
    products, sums, squares = centred.T @ centred, centred.T @ both, (centred**2).T @ both
    enough = np.where(number > 1, number, np.nan)
    covariance = products - sums * sums.T / enough
    variance = squares - sums**2 / enough  # of the row's item, over those who answered the column's as well
    varies = np.where(variance > NO_VARIANCE * enough, variance, np.nan)
    return covariance / np.sqrt(varies * varies.T)


def _middle(answers: Values, given: npt.NDArray[np.bool_]) -> Values:
    return quotient(np.where(given, answers, 0.0).sum(axis=0), given.sum(axis=0), empty=0.0)
