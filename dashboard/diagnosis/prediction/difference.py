"""
Difference: do two slopes from different teams differ?
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special


class Difference(NamedTuple):
    """First less second, with its error, degrees of freedom, t and two-sided p."""

    value: float
    error: float
    df: float
    t: float
    p: float


def difference(first: tuple[float, float, float], second: tuple[float, float, float]) -> Difference:
    """
    Of two estimates from different teams, each (estimate, error, degrees of freedom).

    Source
    ------
    Welch (1947), Satterthwaite (1946). Of two means with s/√n and n − 1: the figures of `t.test` of R.

    >>> difference((1.0, 0.3, 10), (0.0, 0.4, 10)).t
    2.0
    """
    one, two = first[1] ** 2, second[1] ** 2
    error = float(np.sqrt(one + two))
    if not error > 0:
        return Difference(first[0] - second[0], error, float("nan"), float("nan"), float("nan"))
    df = (one + two) ** 2 / (one**2 / first[2] + two**2 / second[2])
    t = (first[0] - second[0]) / error
    return Difference(first[0] - second[0], error, float(df), t, float(2 * special.stdtr(df, -abs(t))))
