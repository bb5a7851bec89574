"""
Pairs: persons with both scores, and what individual and collective efficacy have in common between and inside teams.

Team means say how teams differ, distances from them how persons of one team do. Both come from sums, so the figures
of a hundred thousand teams cost no more than those of ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import NO_VARIANCE, Groups, quotient, within_squares
from dashboard.measurement.sums import PeriodSums
from dashboard.terms import COLLECTIVE, INDIVIDUAL

Scores = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]
Labels = Sequence[Any] | npt.NDArray[Any]


class Inside(NamedTuple):
    """Sums over all persons of squared distances from their team's mean, and of the products of the two distances."""

    individual: float
    collective: float
    product: float

    @property
    def difference(self) -> float:
        """The same of collective − individual."""
        spread = self.individual + self.collective - 2 * self.product
        return spread if spread > NO_VARIANCE * (1 + self.individual + self.collective) else 0.0


class Pairs(NamedTuple):
    """(G,) persons with both scores and the two means of each team, 0 persons and `nan` where nobody has both."""

    sizes: Values
    individual: Values
    collective: Values
    inside: Inside

    def answered(self) -> Pairs:
        """Only the teams in which somebody has both scores."""
        kept = self.sizes > 0
        return self._replace(sizes=self.sizes[kept], individual=self.individual[kept], collective=self.collective[kept])


def pairs_of(sums: PeriodSums) -> Pairs:
    """The pairs of one period, over its teams."""
    across = sums.across
    found = _pairs(
        across.both,
        across.individual,
        across.collective,
        (across.individual_squares, across.collective_squares, across.products),
    )
    origins = (sums.scales[name].origin for name in (INDIVIDUAL, COLLECTIVE))
    return _moved(found, *origins)


def pairs_of_persons(individual: Scores, collective: Scores, teams: Labels) -> tuple[Pairs, npt.NDArray[Any]]:
    """
    The pairs of (persons,) scores, `nan` where a person has none, and the sorted labels of all teams.

    Raises
    ------
    ValueError : when scores and labels are not of one length.
    """
    first, second, of_team = np.asarray(individual, float), np.asarray(collective, float), np.asarray(teams)
    if not first.shape == second.shape == of_team.shape:
        raise ValueError(
            f"there are {len(first)} individual scores, {len(second)} collective ones and {len(of_team)} team labels; "
            "each person needs all three"
        )
    labels, codes = np.unique(of_team, return_inverse=True)
    both = np.isfinite(first) & np.isfinite(second)
    order = np.argsort(codes[both], kind="stable")
    groups = Groups.of(codes[both][order])
    centres = [float(np.median(scores[both])) if both.any() else 0.0 for scores in (first, second)]
    x, y = (scores[both][order] - centre for scores, centre in zip((first, second), centres, strict=True))
    sums = np.zeros((6, len(labels)))
    sums[:, groups.codes] = [groups.sizes, *(groups.sum(part) for part in (x, y, x**2, y**2, x * y))]
    return _moved(_pairs(sums[0], sums[1], sums[2], (sums[3], sums[4], sums[5])), *centres), labels


def _pairs(sizes: Values, individual: Values, collective: Values, squares: tuple[Values, Values, Values]) -> Pairs:
    products = squares[2] - individual * collective / np.maximum(sizes, 1)
    products = np.where(np.abs(products) > NO_VARIANCE * np.maximum(sizes - 1, 1), products, 0.0)
    inside = Inside(
        float(within_squares(sizes, individual, squares[0]).sum()),
        float(within_squares(sizes, collective, squares[1]).sum()),
        float(products.sum()),
    )
    return Pairs(sizes, quotient(individual, sizes), quotient(collective, sizes), inside)


def _moved(pairs: Pairs, individual: float, collective: float) -> Pairs:
    return pairs._replace(individual=pairs.individual + individual, collective=pairs.collective + collective)
