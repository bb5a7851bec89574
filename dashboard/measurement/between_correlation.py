"""
Between correlation: what would two figures of teams correlate if a team's mean were exact?

Means of few members carry the members' own differences, which correlate as members do inside teams. The correlation of
means therefore lies between that of the teams and that inside them, nearer to the latter the less reliable the means
are. Taking the part inside teams as known, the other follows. It says what might be, not what was measured: a small
sample's correction can lie beyond −1 … 1, and nothing in the product is shown corrected.
"""

from __future__ import annotations

import numpy as np


def reliability_of_means(icc1: float, size: float) -> float:
    """
    ICC(2) of means of so many members, from ICC(1): k·ICC(1) / (1 + (k − 1)·ICC(1)) (Spearman-Brown).

    >>> round(reliability_of_means(0.26, 4.13), 3)
    0.592
    """
    return size * icc1 / (1 + (size - 1) * icc1)


def corrected_between_correlation(within: float, between: float, icc2: float, other_icc2: float) -> float:
    """
    Correlation of two figures of teams, corrected for the unreliability of their means.

    Parameters
    ----------
    within : correlation of members' distances from their team's mean, −1 … 1.
    between : correlation of team means, −1 … 1.
    icc2, other_icc2 : reliability of the means of each figure, above 0 and at most 1; from ICC(1) by
        `reliability_of_means`.

    Returns
    -------
    r_w + (r_b − r_w) / √(ICC(2)·ICC(2)'), not cut at −1 or 1; `nan` where a reliability is not above 0: such means
    say nothing about their teams.

    Source
    ------
    Maltarich, Bliese & Carpenter (2026). Same figures as `correct.gcor` of the R package multilevel 2.8.

    >>> round(corrected_between_correlation(0.35, 0.25, 0.59, 0.52), 4)
    0.1695
    """
    if not min(icc2, other_icc2) > 0:
        return float("nan")
    return within + (between - within) / float(np.sqrt(icc2 * other_icc2))
