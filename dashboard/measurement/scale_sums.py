"""
Scale sums: what is added up of one scale in one period, and across the two scales of efficacy.

Every figure of a team is a function of counts, sums, sums of squares and cross products over its members.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import quotient, within_squares

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleSums:
    """
    Sums of one scale in one period. Answers are turned round and counted from `origin`, the bottom of the scale.

    Parameters
    ----------
    answered, total, squares : (items, G) number of answers, their sum and sum of squares, per item and team.
    deviations : (items, G) Σ|x − item mean of the team|; `None` but for the collective scale.
    scored, score_total, score_squares : (G,) the same of person scores.
    complete : persons who answered every item; complete_total (items,) and complete_products (items, items)
        are the sums and cross products of their answers.
    at_maximum : answers at the top of the scale, over all items.
    """

    origin: float
    answered: Values
    total: Values
    squares: Values
    deviations: Values | None
    scored: Values
    score_total: Values
    score_squares: Values
    complete: int
    complete_total: Values
    complete_products: Values
    at_maximum: int

    @property
    def score_means(self) -> Values:
        """(G,) mean person score of each team, in points; `nan` where nobody has one."""
        return self.origin + quotient(self.score_total, self.scored)

    @property
    def score_within(self) -> float:
        """Sum of squared distances of person scores from their team's mean."""
        return float(within_squares(self.scored, self.score_total, self.score_squares).sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AcrossSums:
    """
    Sums of one period across the two scales: what individual and collective answers of the same persons have in common.

    Parameters
    ----------
    both : (G,) persons with both scores, of each team.
    individual, collective, individual_squares, collective_squares, products : (G,) sums of their scores, of squares,
        and of products; each scale counted from its own bottom, in points.
    complete : persons who answered every item of both scales; complete_total (items,) and complete_products
        (items, items) are the sums and cross products of their answers, the items of the individual scale first.
    """

    both: Values
    individual: Values
    collective: Values
    individual_squares: Values
    collective_squares: Values
    products: Values
    complete: int
    complete_total: Values
    complete_products: Values
