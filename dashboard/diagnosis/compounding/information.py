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
from dashboard.diagnosis.compounding.persons import Cells, Followed, Persons

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
        kept = (2 * periods[:, None] + [0, 1]).ravel()
        return Information(self.precision[:, kept[:, None], kept], self.shift[:, kept])


def information(persons: Persons, covariance: PersonCovariance) -> Information:
    """What each team's answers say about its 2Q period means; the same as dense generalised least squares."""
    cells, followed = persons.cells, persons.followed
    teams, periods = cells.count.shape
    momentary = inverse(covariance.momentary)
    precision = np.zeros((teams, periods, 2, periods, 2))
    shift = np.einsum("ab,bjt->jta", momentary, cells.total)
    for period in range(periods):
        precision[:, period, :, period, :] = cells.count[:, period, None, None] * momentary
    _take_off_those_seen_once(precision, shift, cells, followed, habit(covariance, 1))
    for times in np.unique(followed.times):
        _take_off_those_followed(precision, shift, followed, int(times), habit(covariance, times))
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
    precision: Array = members * (alone - np.kron(again, habit(covariance, seen)))
    return precision


def _take_off_those_seen_once(precision: Array, shift: Array, cells: Cells, followed: Followed, off: Array) -> None:
    teams, periods = cells.count.shape
    for period in range(periods):
        here = followed.answered[period]
        team = followed.team[here]
        again = np.bincount(team, minlength=teams)
        total = [np.bincount(team, score[here], minlength=teams) for score in followed.scores[:, period]]
        precision[:, period, :, period, :] -= (cells.count[:, period] - again)[:, None, None] * off
        shift[:, period] -= (cells.total[:, :, period] - np.array(total)).T @ off


def _take_off_those_followed(precision: Array, shift: Array, followed: Followed, times: int, off: Array) -> None:
    teams = len(precision)
    those = followed.times == times
    team, answered = followed.team[those], followed.answered[:, those]
    summed = followed.scores[:, :, those].sum(axis=1)
    for period, here in enumerate(answered):
        total = np.array([np.bincount(team[here], score[here], minlength=teams) for score in summed])
        shift[:, period] -= total.T @ off
        for other in range(period, len(answered)):
            both = np.bincount(team[here & answered[other]], minlength=teams)[:, None, None] * off
            precision[:, period, :, other, :] -= both
            if other > period:
                precision[:, other, :, period, :] -= both
