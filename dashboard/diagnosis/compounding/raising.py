"""
Raising: when are shocks larger than supposed, if too few periods show them?

With two or three periods a shock can hardly be told from a gain, and its covariance is not estimated but guessed. One
thing tells them apart all the same. A shock lifts a team's first period and is gone in the last, so teams that begin
high seem to lose and those that begin low seem to gain; a gain has nothing to do with where a team began. That last is
an assumption and no fact: where the low really do catch up, it takes gain for shock. So the guess is only ever raised,
as a whole, by a factor v of at least 1, and only where the answers insist: every further guess's worth of variance
must be worth a stated amount of log likelihood (an exponential prior of v − 1). An organisation with ordinary shocks
is judged by the guess itself; one with strong shocks names fewer teams and is less often wrong; one whose weak teams
catch up names fewer than it could.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

COST = 4.0  # log likelihood that every further guess's worth of variance must be worth


def raised(guess: Array, expected: Array, copies: int) -> Array:
    """
    The guess times v ≥ 1: the round of EM in which v has the largest expected likelihood, less its cost.

    Parameters
    ----------
    guess : (2, 2), POMP².
    expected : (2, 2) mean over the copies of all teams of what the last round expects of a shock's square.
    copies : how many shocks that is: teams × periods.

    Returns
    -------
    v·guess with COST·v² + copies·v = copies·v̂, v̂ = tr(guess⁻¹ expected) / 2; the guess itself where v̂ calls for less.

    >>> guess = np.array([[4.0, 2.0], [2.0, 4.0]])
    >>> [float(raised(guess, seen * guess, copies=200)[0, 0].round(2)) for seen in (0.5, 1.01, 1.5)]
    [4.0, 4.0, 5.83]
    """
    seen = float(np.trace(np.linalg.solve(guess, expected))) / 2
    factor = (np.sqrt(copies**2 + 4 * COST * copies * seen) - copies) / (2 * COST)
    return max(factor, 1.0) * guess
