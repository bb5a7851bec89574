"""
Equal factors: one factor per scale in each of several periods, with some of the model held equal over periods.

Means are ν + Λα and covariances ΛLL'Λ' + Ψ, with Ψ diagonal; the first item of a scale has the loading 1 and gives the
factor its unit. What is held equal is one number in several places: every place knows its number, and its slope is
the sum of those of its places. The search is by BFGS on the normal likelihood; variances of single items are searched
by their logarithm and stay positive.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
Equal = Literal["configural", "metric", "scalar"]

_FIXED = -1
_SETTLED = 1e-6  # slope per person at which the search ends


class Samples(NamedTuple):
    """Sizes (G,), means (G, J) and covariances (G, J, J) of each period, these over the number and not one less."""

    sizes: Values
    means: Values
    covariances: Values


class Model(NamedTuple):
    """
    Per period: `loadings` (G, J, K); `roots` (G, K, K), lower triangles L; `unique` (G, J), log variances of single
    items; `intercepts` (G, J); `levels` (G, K) of the factors.
    """

    loadings: Values
    roots: Values
    unique: Values
    intercepts: Values
    levels: Values

    @property
    def means(self) -> Values:
        """(G, J)."""
        return self.intercepts + np.einsum("gjk,gk->gj", self.loadings, self.levels)

    @property
    def covariances(self) -> Values:
        """(G, J, J)."""
        common = self.loadings @ self.roots
        own = np.exp(self.unique)[:, :, None] * np.eye(self.unique.shape[1])
        return common @ np.swapaxes(common, 1, 2) + own


class _Places(NamedTuple):
    """Of every part of the model: which free number stands in each place, `_FIXED` where none does; and what then."""

    number: tuple[Numbers, ...]
    otherwise: tuple[Values, ...]

    @property
    def free(self) -> int:
        return 1 + max(int(part.max()) for part in self.number)

    def filled(self, numbers: Values) -> Model:
        parts = zip(self.number, self.otherwise, strict=True)
        return Model(*(np.where(place == _FIXED, fixed, numbers[place]) for place, fixed in parts))

    def gathered(self, slopes: Model) -> Values:
        """(free,) slope of each number: the sum over its places."""
        found = np.zeros(self.free)
        for place, slope in zip(self.number, slopes, strict=True):
            np.add.at(found, place[place != _FIXED], slope[place != _FIXED])
        return found


class Fitted(NamedTuple):
    """The model of largest likelihood and how many free numbers it has, means of single items among them."""

    model: Model
    free: int


def fit(samples: Samples, pattern: Flags, equal: Equal) -> Fitted:
    """
    Maximum likelihood.

    Parameters
    ----------
    samples : items in units that make their variances about 1.
    pattern : (J, K) which item belongs to which scale.
    equal : over periods. "configural": nothing; "metric": loadings; "scalar": loadings and intercepts.
    """
    places = _places(samples, pattern, equal)
    found = optimize.minimize(
        _misfit_and_slope,
        places.gathered(_start(samples, pattern)) / places.gathered(_ones(places)),
        args=(samples, places),
        jac=True,
        method="BFGS",
        options={"gtol": _SETTLED, "maxiter": 5000},
    )
    own_means = 0 if equal == "scalar" else samples.means.size
    return Fitted(places.filled(found.x), places.free + own_means)


def misfit(samples: Samples, means: Values, covariances: Values) -> Values:
    """(G,) −2 log likelihood ratio against the samples' own means and covariances, per person."""
    away = samples.means - means
    seen = samples.covariances + away[:, :, None] * away[:, None, :]
    sizes = np.linalg.slogdet(covariances)[1] - np.linalg.slogdet(samples.covariances)[1]
    traces: Values = np.trace(np.linalg.solve(covariances, seen), axis1=1, axis2=2)
    return sizes + traces - means.shape[1]


def _places(samples: Samples, pattern: Flags, equal: Equal) -> _Places:
    """Numbers in the order of the parts; where they are equal over periods, the same in each."""
    periods, (items, factors) = len(samples.sizes), pattern.shape
    markers = pattern & (np.cumsum(pattern, axis=0) == 1)
    scalar, later = equal == "scalar", np.arange(periods)[:, None] > 0
    own = {  # what is free, and whether it is the same over periods
        "loadings": (np.broadcast_to(pattern & ~markers, (periods, items, factors)), equal != "configural"),
        "roots": (np.broadcast_to(np.tri(factors, dtype=bool), (periods, factors, factors)), False),
        "unique": (np.ones((periods, items), dtype=bool), False),
        "intercepts": (np.full((periods, items), scalar), True),
        "levels": (np.broadcast_to(scalar & later, (periods, factors)), False),
    }
    numbers, following = [], 0
    for part in Model._fields:
        free, alike = own[part]
        numbers.append(_numbered(free, following, alike))
        following = max(following, int(numbers[-1].max()) + 1)
    none = np.zeros(())
    return _Places(tuple(numbers), (markers.astype(float), none, none, samples.means, none))


def _numbered(free: Flags, first: int, alike: bool) -> Numbers:
    """Numbers from the first on in the free places, over periods the same where they are alike."""
    own = free[:1] if alike else free
    numbers = np.full(own.shape, _FIXED, dtype=np.intp)
    numbers[own] = first + np.arange(own.sum())
    return np.broadcast_to(numbers, free.shape)


def _start(samples: Samples, pattern: Flags) -> Model:
    """Every item half its factor's."""
    periods, (items, factors) = len(samples.sizes), pattern.shape
    return Model(
        loadings=np.ones((periods, items, factors)),
        roots=np.tile(np.sqrt(0.5) * np.eye(factors), (periods, 1, 1)),
        unique=np.full((periods, items), np.log(0.5)),
        intercepts=samples.means,
        levels=np.zeros((periods, factors)),
    )


def _ones(places: _Places) -> Model:
    return Model(*(np.ones(part.shape) for part in places.number))


def _misfit_and_slope(numbers: Values, samples: Samples, places: _Places) -> tuple[float, Values]:
    """Mean misfit per person, and its slope by every free number."""
    model, share = places.filled(numbers), samples.sizes / samples.sizes.sum()
    means, covariances = model.means, model.covariances
    value = float(share @ misfit(samples, means, covariances))
    return value, places.gathered(_slopes(model, samples, share))


def _slopes(model: Model, samples: Samples, share: Values) -> Model:
    """
    By every place of the model. With W = Σ⁻¹ − Σ⁻¹(S + dd')Σ⁻¹ the misfit's slope by Σ and w = −2Σ⁻¹d that by the
    means, d = m − μ: by Λ it is 2WΛLL' + wα', by L 2Λ'WΛL, by log ψ diag(W)ψ, by ν w, by α Λ'w.
    """
    away = samples.means - model.means
    inverse = np.linalg.inv(model.covariances)
    seen = samples.covariances + away[:, :, None] * away[:, None, :]
    by_covariance = share[:, None, None] * (inverse - inverse @ seen @ inverse)
    by_mean = -2 * share[:, None] * np.einsum("gij,gj->gi", inverse, away)
    common = model.loadings @ model.roots
    drawn = by_covariance @ common
    return Model(
        loadings=2 * drawn @ np.swapaxes(model.roots, 1, 2) + by_mean[:, :, None] * model.levels[:, None, :],
        roots=2 * np.swapaxes(model.loadings, 1, 2) @ drawn,
        unique=np.diagonal(by_covariance, axis1=1, axis2=2) * np.exp(model.unique),
        intercepts=by_mean,
        levels=np.einsum("gjk,gj->gk", model.loadings, by_mean),
    )
