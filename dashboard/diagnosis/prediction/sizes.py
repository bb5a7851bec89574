"""
Sizes: how much may be said with so many teams, and which association would be found at all.
"""

from __future__ import annotations

import math
from enum import StrEnum

from scipy import special

SCATTER_BELOW, FULL_FROM, SPLIT_FROM = 12, 30, 60  # teams


class Extent(StrEnum):
    """How much is said: a scatter without a number; slopes and predictions as exploratory; all seven parts."""

    SCATTER = "scatter"
    EXPLORATORY = "exploratory"
    FULL = "full"


def extent(teams: int) -> Extent:
    """
    >>> [str(extent(teams)) for teams in (11, 12, 29, 30)]
    ['scatter', 'exploratory', 'exploratory', 'full']
    """
    if teams < SCATTER_BELOW:
        return Extent.SCATTER
    return Extent.EXPLORATORY if teams < FULL_FROM else Extent.FULL


def smallest_detectable_r(teams: int, power: float = 0.80, level: float = 0.05) -> float:
    """
    The smallest correlation between teams that so many find with the given power, two-sided (Fisher's z); 1 with
    3 or fewer.

    >>> round(smallest_detectable_r(30), 2)
    0.49
    """
    return math.tanh(_effort(power, level) / math.sqrt(teams - 3)) if teams > 3 else 1.0


def teams_needed(r: float, power: float = 0.80, level: float = 0.05) -> int:
    """
    How many teams find a correlation of this size with the given power.

    >>> teams_needed(0.35)
    62
    """
    return math.ceil((_effort(power, level) / math.atanh(r)) ** 2 + 3)


def _effort(power: float, level: float) -> float:
    return float(special.ndtri(1 - level / 2) + special.ndtri(power))
