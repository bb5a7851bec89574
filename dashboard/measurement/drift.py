"""
Item drift: does an item still mean what it meant?

An item whose mean moves away from that of its scale has changed its meaning (a new tool, another wording), and
a change of the scale's mean may then be a change of words. Listed from a quarter of a point on.

How far an item stands from its scale is the mean of what each person answers above or below their own mean answer, so
what persons share (leniency, mood, a real gain) does not enter. Two standard errors of its change are found and the
larger one stands: one takes persons as independent of each other and of themselves a period later, √(v₂/n₂ + v₁/n₁)
with v the variance of those distances over the n persons who answered every item; the other takes teams as the sampled
units, √(T/(T − 1) Σ D²), D being what a team adds to the change (linearised, as for every mean over persons here).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import quotient
from dashboard.measurement.reliability import complete_covariance
from dashboard.measurement.sums import ScaleSums, SurveySums

Values = npt.NDArray[np.float64]

NOTED_DRIFT = 0.25  # points of the scale


class Drift(NamedTuple):
    """
    (Q, items) in points, reversed items turned round.

    `mean` : of the item. `offset` : less the mean of the scale's items. `drift` : change of the offset since the first
    period in which every item was answered, 0 there; `error` : its standard error. `nan` where an item has no answer;
    a scale of one item has no drift.
    """

    mean: Values
    offset: Values
    drift: Values
    error: Values


def drift_of(sums: SurveySums, scale: str) -> Drift:
    """The drift of every item of a scale."""
    periods = sums.of_scale(scale)
    items = len(periods[0].total) if periods else 0
    means = np.reshape([each.origin + _item_means(each) for each in periods], (len(periods), items))
    offset = means - means.mean(axis=1, keepdims=True)
    answered = np.isfinite(offset).all(axis=1)
    if items < 2 or not answered.any():
        return Drift(means, offset, np.full_like(means, np.nan), np.full_like(means, np.nan))
    first = int(np.argmax(answered))
    errors = np.sqrt(np.fmax(_errors_by_person(periods, first), _errors_by_team(sums, scale, first)))
    errors[first] = 0.0
    return Drift(means, offset, offset - offset[first], np.where(answered[:, None], errors, np.nan))


def _item_means(sums: ScaleSums) -> Values:
    return quotient(sums.total.sum(axis=1), sums.answered.sum(axis=1))


def _errors_by_person(periods: list[ScaleSums], first: int) -> Values:
    """(Q, items) squared standard errors with persons as the sampled units."""
    squares = np.array([_residual_variance(each) / max(each.complete, 1) for each in periods])
    return squares + squares[first]


def _residual_variance(sums: ScaleSums) -> Values:
    """(items,) variance of each answer less the person's own mean answer."""
    covariance = complete_covariance(sums)
    variance = np.diag(covariance) - 2 * covariance.mean(axis=1) + covariance.mean()
    return np.asarray(np.maximum(variance, 0.0))


def _errors_by_team(sums: SurveySums, scale: str, first: int) -> Values:
    """(Q, items) squared standard errors with teams as the sampled units; `nan` with a single one."""
    at_first = _parts(sums, first, scale)
    squares = [np.square(_parts(sums, at, scale) - at_first).sum(axis=1) for at in range(len(sums.periods))]
    either = np.zeros((len(sums.periods), sums.teams), dtype=bool)
    for position, period in enumerate(sums.periods):
        either[position, period.teams] = True
    number = np.count_nonzero(either | either[first], axis=1)[:, None].astype(float)
    return np.asarray(np.array(squares) * quotient(number, number - 1))


def _parts(sums: SurveySums, position: int, scale: str) -> Values:
    """(items, T) what each team adds to the offsets of a period, beyond what an average team would."""
    period = sums.periods[position]
    found = period.scales[scale]
    persons = found.answered.sum(axis=1, keepdims=True)
    share = (found.total - _item_means(found)[:, None] * found.answered) / np.where(persons > 0, persons, np.nan)
    parts = np.zeros((len(share), sums.teams))
    parts[:, period.teams] = share - share.mean(axis=0)
    return parts
