"""
One factor: the maximum-likelihood model of items that share a single cause, S ≈ λλ' + diag(ψ).

Given the uniquenesses ψ, the best loadings λ are the first principal axis of the answers scaled by them (Lawley);
given λ, ψ is what they leave of each variance. Repeating the two until nothing moves solves the likelihood
equations. All covariance matrices of a scale, one per period, are solved together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

HEYWOOD = 0.005  # a uniqueness below this share of the item's variance
_STEPS = 500
_STILL = 1e-9


class OneFactor(NamedTuple):
    """(B, items) loadings and uniquenesses, in points and squared points; `nan` where the model does not hold."""

    loadings: Values
    uniquenesses: Values


def one_factor(covariances: Values) -> OneFactor:
    """
    Fit the model to each of (B, items, items) covariances; every item must vary.

    `nan` in a Heywood case, without a common factor, and where the steps do not settle.

    >>> loadings = np.array([0.8, 0.7, 0.6, 0.5])
    >>> model = one_factor((np.outer(loadings, loadings) + np.diag([0.4, 0.5, 0.6, 0.7]))[None])
    >>> model.loadings.round(3), model.uniquenesses.round(3)
    (array([[0.8, 0.7, 0.6, 0.5]]), array([[0.4, 0.5, 0.6, 0.7]]))
    """
    deviations = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    correlations = covariances / (deviations[:, :, None] * deviations[:, None, :])
    uniqueness, settled = _settle(correlations)
    loadings = _loadings(correlations, uniqueness)
    holds = settled & (uniqueness > HEYWOOD).all(axis=1) & loadings.any(axis=1)
    loadings, uniqueness = loadings * deviations, uniqueness * deviations**2
    return OneFactor(np.where(holds[:, None], loadings, np.nan), np.where(holds[:, None], uniqueness, np.nan))


def _settle(correlations: Values) -> tuple[Values, npt.NDArray[np.bool_]]:
    """Uniquenesses that no longer move, and where that was reached."""
    uniqueness = np.full(correlations.shape[:2], 0.5)
    change = np.full(len(correlations), np.inf)
    for _ in range(_STEPS):
        following = np.maximum(1 - _loadings(correlations, uniqueness) ** 2, HEYWOOD / 2)
        change = np.abs(following - uniqueness).max(axis=1)
        uniqueness = following
        if (change < _STILL).all():
            break
    return uniqueness, change < _STILL


def _loadings(correlations: Values, uniqueness: Values) -> Values:
    """The best loadings at given uniquenesses; the largest one positive, zero where there is no common factor."""
    scale = np.sqrt(uniqueness)
    roots, axes = np.linalg.eigh(correlations / (scale[:, :, None] * scale[:, None, :]))
    loadings = scale * axes[:, :, -1] * np.sqrt(np.maximum(roots[:, -1:] - 1, 0))
    return loadings * np.where(loadings.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
