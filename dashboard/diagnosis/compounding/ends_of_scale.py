"""
Ends of the scale: how much of a real change can still show in the answers.

Who already answers "5" cannot answer higher. Single answers are taken as a normal clipped to 0 … 100; when the normal
beneath moves, the mean of the clipped answers moves by the share P(0 < answer < 100) of it. This share, relative to
that at a comfortable level of 60, is the sensitivity of a team at its level.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtr

Array = npt.NDArray[np.float64]

SMALLEST_SPREAD, LARGEST_SPREAD = 0.5, 500.0  # POMP, of the normal beneath the answers
EDGE = 0.1  # POMP: no mean of clipped answers lies at the very end
GRID = 4001


class Clipped(NamedTuple):
    """Mean, SD and share strictly inside of a normal clipped to 0 … 100."""

    mean: Array
    deviation: Array
    inside: Array


def clipped(centre: npt.ArrayLike, spread: float) -> Clipped:
    """
    A normal with some centres and one spread, clipped to 0 … 100.

    >>> [float(figure.round(2)) for figure in clipped(50.0, 10.0)]
    [50.0, 10.0, 1.0]
    >>> [float(figure.round(2)) for figure in clipped(100.0, 20.0)]
    [92.02, 11.68, 0.5]
    """
    centre = np.asarray(centre, dtype=np.float64)
    low, high = -centre / spread, (100 - centre) / spread
    inside = ndtr(high) - ndtr(low)
    above = ndtr(-high)
    at_low, at_high = _density(low), _density(high)
    mean = 100 * above + centre * inside + spread * (at_low - at_high)
    inner = (centre**2 + spread**2) * inside + spread * (centre * at_low - (100 + centre) * at_high)
    return Clipped(mean, np.sqrt(np.maximum(100**2 * above + inner - mean**2, 0.0)), inside)


def spread_beneath(answer_spread: float, answer_mean: float) -> float:
    """
    The SD of the normal whose clipped answers have this SD at this mean, POMP; by root finding (Brent).

    >>> round(spread_beneath(float(clipped(80.0, 25.0).deviation), float(clipped(80.0, 25.0).mean)), 2)
    25.0
    """
    if not np.isfinite(answer_spread + answer_mean):
        return SMALLEST_SPREAD

    def too_wide(logarithm: float) -> float:
        return _deviation_at(answer_mean, float(np.exp(logarithm))) - answer_spread

    low, high = np.log(SMALLEST_SPREAD), np.log(LARGEST_SPREAD)
    if too_wide(low) >= 0:
        return SMALLEST_SPREAD
    if too_wide(high) <= 0:
        return LARGEST_SPREAD
    return float(np.exp(brentq(too_wide, low, high, xtol=1e-13)))


def sensitivity(level: Array, answer_spread: Array, answer_mean: Array, reference: float, smallest: float) -> Array:
    """
    (T, 2) share of a real change that can show at a team's level, relative to the reference level.

    Parameters
    ----------
    level : (T, 2) in POMP. answer_spread, answer_mean : (2,) of single answers in POMP, `nan` where unknown.
    reference : POMP, the level with full sensitivity. smallest : share below which none falls; none is above 1.
    """
    found = np.empty_like(level)
    for scale in range(2):
        spread = spread_beneath(float(answer_spread[scale]), float(answer_mean[scale]))
        at = _inside_at(np.append(level[:, scale], reference), spread)
        found[:, scale] = at[:-1] / at[-1]
    return np.clip(found, smallest, 1.0)


def _inside_at(mean: Array, spread: float) -> Array:
    """Share of answers strictly inside, where the clipped answers have these means."""
    beneath = clipped(_centres(spread), spread)
    return np.interp(mean, beneath.mean, beneath.inside)


def _deviation_at(mean: float, spread: float) -> float:
    beneath = clipped(_centres(spread), spread)
    return float(np.interp(np.clip(mean, EDGE, 100 - EDGE), beneath.mean, beneath.deviation))


def _centres(spread: float) -> Array:
    return np.linspace(-4 * spread, 100 + 4 * spread, GRID)


def _density(z: Array) -> Array:
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
