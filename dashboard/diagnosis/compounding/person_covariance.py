"""
Person covariance: how far members differ for good, and how far one member differs from day to day.

A score is the team's mean, plus what is stable in the person (Ω: their leniency, which lifts both scales), plus what is
momentary (Ψ: a mood on the day, and chance). Who answers twice cancels the stable part out of the change; how much that
is worth depends on these two matrices, which are pooled over the organisation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.matrices import at_least
from dashboard.diagnosis.compounding.persons import Followed, Persons
from dashboard.measurement.groups import exact_total

Array = npt.NDArray[np.float64]

MOMENTARY_GUESS = np.array([[100.0, 25.0], [25.0, 85.0]])  # Ψ₀, POMP²
STABLE_GUESS = np.array([[170.0, 90.0], [90.0, 120.0]])  # Ω₀, POMP²
GUESS_WORTH = 10.0  # degrees of freedom
SMALLEST_EIGENVALUE = 4.0  # POMP²


class PersonCovariance(NamedTuple):
    """(2, 2) covariance over (individual, collective), POMP²: `stable` (Ω) and `momentary` (Ψ) parts of a person."""

    stable: Array
    momentary: Array


class _Scatter(NamedTuple):
    squares: Array
    freedom: float


def person_covariance(persons: Persons) -> PersonCovariance:
    """
    Ψ from the changes of persons seen twice, Ω as what is left of the differences between members.

    2Ψ = Σ (d − d̄)(d − d̄)' / Σ (n_match − 1) over teams and all pairs of periods; Ω = W − Ψ with W the covariance within
    team and period. Each is pooled with a guess worth 10 degrees of freedom; eigenvalues are at least 4 POMP².
    Without anyone seen twice Ψ is its guess, and only the sum Ω + Ψ matters.
    """
    changes, within = _changes(persons.followed), _within(persons)
    weight = changes.freedom + GUESS_WORTH
    momentary = at_least((changes.squares / 2 + GUESS_WORTH * MOMENTARY_GUESS) / weight, SMALLEST_EIGENVALUE)
    left = within.squares - within.freedom * momentary
    stable = (left + GUESS_WORTH * STABLE_GUESS) / (within.freedom + GUESS_WORTH)
    return PersonCovariance(at_least(stable, SMALLEST_EIGENVALUE), momentary)


def _changes(followed: Followed) -> _Scatter:
    """Scatter of matched changes around their team's mean change, over all pairs of periods."""
    squares, freedom = np.zeros((2, 2)), 0.0
    for early, late, both in followed.pairs():
        count = followed.by_team(both)
        changes = (followed.scores[:, late] - followed.scores[:, early]) * both
        means = [followed.by_team(change) / np.maximum(count, 1) for change in changes]
        apart = np.array([(change - mean[followed.team]) * both for change, mean in zip(changes, means, strict=True)])
        squares += apart @ apart.T
        freedom += float(np.maximum(count - 1, 0).sum())
    return _Scatter(squares, freedom)


def _within(persons: Persons) -> _Scatter:
    """Scatter of scores around the mean of their team and period."""
    count = persons.cells.count.ravel()
    means = persons.cells.total.reshape(2, -1) / np.maximum(count, 1)
    first, second = (score - mean[persons.cell] for score, mean in zip(persons.scores, means, strict=True))
    shared = exact_total(first * second)
    squares = np.array([[exact_total(first**2), shared], [shared, exact_total(second**2)]])
    return _Scatter(squares, float(np.maximum(count - 1, 0).sum()))
