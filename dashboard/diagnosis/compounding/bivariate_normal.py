"""
Bivariate normal: the probability of a quadrant, exactly and for many at once, by Owen's T.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, owens_t

Array = npt.NDArray[np.float64]

_NOT_QUITE_ZERO = 1e-200  # stands for a bound nearer to zero, where T(0, ±∞) = ±1/4 is a limit


def below(first: Array, second: Array, correlation: Array) -> Array:
    """
    Φ₂: P(X ≤ first, Y ≤ second) of standard normals with a correlation strictly between −1 and 1.

    Source
    ------
    Owen (1956), Tables for computing bivariate normal probabilities, Annals of Mathematical Statistics 27, 1075–1090.

    >>> float(below(np.array(0.0), np.array(0.0), np.array(0.5)).round(6))  # 1/4 + arcsin(1/2) / 2π = 1/3
    0.333333
    """
    first, second = (np.where(np.abs(bound) < _NOT_QUITE_ZERO, _NOT_QUITE_ZERO, bound) for bound in (first, second))
    across = np.sqrt((1 - correlation) * (1 + correlation))
    slices = owens_t(first, (second / first - correlation) / across)
    slices = slices + owens_t(second, (first / second - correlation) / across)
    apart = np.where((first > 0) == (second > 0), 0.0, 0.5)
    return np.clip((ndtr(first) + ndtr(second)) / 2 - slices - apart, 0.0, 1.0)
