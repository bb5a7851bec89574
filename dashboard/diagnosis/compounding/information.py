"""
Information: what the answers of a team say about the path of its mean, and how surely.

Generalised least squares in information form. The 2Q period means θ of a team have the likelihood exp(−½ θ'Λθ + h'θ).
Who answered in m periods adds Ψ⁻¹ at each of them and takes B_m = Ψ⁻¹(Ω⁻¹ + mΨ⁻¹)⁻¹Ψ⁻¹ off every pair of them: the
part of the answers that only tells how this person tends to answer. As B_m depends on m alone, Λ needs counts and h
sums of scores, for all teams at once. Periods come one after the other, each with individual before collective.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.matrices import inverse
from dashboard.diagnosis.compounding.person_covariance import PersonCovariance
from dashboard.diagnosis.compounding.persons import Followed, Persons

Array = npt.NDArray[np.float64]


class Information(NamedTuple):
    """`precision` (T, 2Q, 2Q), Λ in POMP⁻², and `shift` (T, 2Q), h in POMP⁻¹; zero where nobody answered."""

    precision: Array
    shift: Array

    def of(self, teams: npt.NDArray[np.integer] | slice) -> Information:
        """That of some teams."""
        return Information(self.precision[teams], self.shift[teams])

    def at(self, periods: npt.NDArray[np.intp]) -> Information:
        """That of some periods, where the others hold none."""
        if 2 * len(periods) == self.shift.shape[1]:
            return self
        kept = (2 * periods[:, None] + [0, 1]).ravel()
        return Information(self.precision[:, kept[:, None], kept], self.shift[:, kept])


def information(persons: Persons, covariance: PersonCovariance) -> Information:
    """What each team's answers say about its 2Q period means; the same as dense generalised least squares."""
    count, total = persons.cells.count, persons.cells.total
    teams, periods = count.shape
    precision, shift = np.zeros((teams, periods, 2, periods, 2)), np.empty((teams, periods, 2))
    as_seen_once = inverse(covariance.momentary) - habit(covariance, 1)
    for period in range(periods):
        precision[:, period, :, period, :] = count[:, period, None, None] * as_seen_once
        shift[:, period] = total[:, :, period].T @ as_seen_once
    _correct_for_followed(precision, shift, persons.followed, covariance)
    return Information(precision.reshape(teams, 2 * periods, 2 * periods), shift.reshape(teams, 2 * periods))


def habit(covariance: PersonCovariance, times: float) -> Array:
    """B_m: (2, 2), what a person's own habit of answering takes off when seen m times."""
    momentary = inverse(covariance.momentary)
    found: Array = momentary @ np.linalg.inv(inverse(covariance.stable) + times * momentary) @ momentary
    return (found + found.T) / 2


def typical_information(covariance: PersonCovariance, members: float, periods: int, share_followed: float) -> Array:
    """
    (2Q, 2Q) precision of a team in which `members` answer in each period, and anyone again in another with a given
    probability; exact where that is 0 or 1.
    """
    seen = 1 + share_followed * (periods - 1)
    again = np.full((periods, periods), share_followed)
    np.fill_diagonal(again, 1.0)
    alone = np.kron(np.eye(periods), inverse(covariance.momentary))
    together = np.kron(again, habit(covariance, seen))
    return np.asarray(members * (alone - together), dtype=np.float64)


def _correct_for_followed(precision: Array, shift: Array, followed: Followed, covariance: PersonCovariance) -> None:
    """Take B_m off every pair of a person's periods, and put back what was taken off as if seen once."""
    habits = np.array([habit(covariance, times) for times in range(len(followed.answered) + 1)])
    once = habits[1]
    habitual = _habitual(followed, habits)
    for period, here in enumerate(followed.answered.astype(np.float64)):
        back = np.array([followed.by_team(score) for score in followed.scores[:, period]])
        off = np.array([followed.by_team(part * here) for part in habitual])
        shift[:, period] += back.T @ once - off.T
        precision[:, period, :, period, :] += np.tensordot(followed.by_team_and_times(here), once - habits, 1)
    for early, late, both in followed.pairs():
        shared = np.tensordot(followed.by_team_and_times(both), habits, 1)
        precision[:, early, :, late, :] -= shared
        precision[:, late, :, early, :] -= shared


def _habitual(followed: Followed, habits: Array) -> Array:
    """(2, P) B_m times the sum of a person's scores."""
    first, second = followed.scores.sum(axis=1)
    return np.array(
        [row[followed.times, 0] * first + row[followed.times, 1] * second for row in np.moveaxis(habits, 1, 0)]
    )
