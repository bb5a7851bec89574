"""
Matrices: the little linear algebra that the verdict needs, on stacks of small symmetric matrices.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NO_INFORMATION = 1e-6  # precision per POMP² that stands for none: a standard deviation of 1000 points


def covariance_of(deviations: tuple[float, float], correlation: float) -> Array:
    """
    (2, 2) covariance matrix from two standard deviations and their correlation.

    >>> covariance_of((6.0, 6.0), 0.5)
    array([[36., 18.], [18., 36.]])
    """
    first, second = deviations
    shared = correlation * first * second
    return np.array([[first**2, shared], [shared, second**2]])


def at_least(matrices: Array, smallest: float) -> Array:
    """Symmetric matrices with every eigenvalue raised to at least `smallest`."""
    values, vectors = np.linalg.eigh((matrices + np.swapaxes(matrices, -1, -2)) / 2)
    raised: Array = (vectors * np.maximum(values, smallest)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    return raised


def inverse(matrices: Array) -> Array:
    """Inverses of symmetric positive definite matrices, symmetric to the last digit."""
    found = np.linalg.inv(matrices)
    return (found + np.swapaxes(found, -1, -2)) / 2


def kron(left: Array, right: Array) -> Array:
    """
    The Kronecker product of two matrices; numpy's own takes long to start.

    >>> kron(np.eye(2), np.array([[1.0, 2.0]]))
    array([[1., 2., 0., 0.],
           [0., 0., 1., 2.]])
    """
    rows, columns = left.shape[0] * right.shape[0], left.shape[1] * right.shape[1]
    return (left[:, None, :, None] * right[None, :, None, :]).reshape(rows, columns)


def inverse_last(matrices: Array) -> Array:
    """
    Inverses of symmetric positive definite matrices that stand along the last axis: (n, n, T), symmetric as well.

    By sweeping out one row after the other, of all matrices at once; for small ones many times faster than one by one.

    >>> inverse_last(np.array([[2.0, 1.0], [1.0, 1.0]])[:, :, None])[:, :, 0].round(9)
    array([[ 1., -1.],
           [-1.,  2.]])
    """
    left = -matrices
    for place in range(len(left)):
        row = left[place].copy()
        scaled = row / row[place]
        left -= row[:, None] * scaled
        left[place] = left[:, place] = scaled
        left[place, place] = -1 / row[place]
    return (left + np.swapaxes(left, 0, 1)) / 2


def inverse_pair(matrices: Array) -> Array:
    """Inverses of (…, 2, 2) positive definite matrices in closed form, many times faster than in general."""
    first, shared, second = matrices[..., 0, 0], matrices[..., 0, 1], matrices[..., 1, 1]
    determinant = first * second - shared**2
    found = np.empty_like(matrices)
    found[..., 0, 0], found[..., 1, 1] = second / determinant, first / determinant
    found[..., 0, 1] = found[..., 1, 0] = -shared / determinant
    return found


def product_pair(left: Array, right: Array) -> Array:
    """Products of (…, 2, 2) matrices written out, many times faster than in general."""
    found = np.empty(np.broadcast_shapes(left.shape, right.shape))
    for row in range(2):
        for column in range(2):
            found[..., row, column] = (
                left[..., row, 0] * right[..., 0, column] + left[..., row, 1] * right[..., 1, column]
            )
    return found


def times(matrices: Array, vectors: Array) -> Array:
    """Each matrix times its vector: (…, a, b) and (…, b) → (…, a)."""
    return np.einsum("...ab,...b->...a", matrices, vectors)


def quadratic(matrices: Array, direction: Array) -> Array:
    """d' A d of each matrix: the variance along a direction."""
    return np.einsum("...ab,a,b->...", matrices, direction, direction)


def outer(vectors: Array) -> Array:
    """v v' of each vector."""
    return vectors[..., :, None] * vectors[..., None, :]
