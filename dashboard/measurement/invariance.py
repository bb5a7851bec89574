"""
Invariance: do the items mean the same in every period?

If a scale is to be compared over time, its items must go with what it measures as closely ("metric": equal loadings)
and stand as high at the same level of it ("scalar": equal intercepts as well) in one period as in the next. Three
models, each holding more equal than the last, are fitted to all periods at once; where the fit hardly drops from one
to the next (CFI by less than .01, Cheung & Rensvold 2002), the equality may stand.

The periods are taken as independent samples, and teams are not known to the model. Both are untrue of a survey that is
repeated in teams, so χ² is not to be trusted, and only the differences of CFI and RMSEA are to be read. It decides
nothing: items that drift are named one by one (`drift`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.measurement.equal_factors import Equal, Fitted, Flags, Samples, Values, fit, misfit
from dashboard.measurement.groups import NO_VARIANCE

Answers = npt.NDArray[np.floating]

MODELS: tuple[Equal, ...] = ("configural", "metric", "scalar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """
    How well a model fits: `chi_square` with `freedom` degrees; `cfi`, the share of the misfit of unrelated items that
    it takes away, 0 … 1; `rmsea`, misfit per degree of freedom; `srmr`, typical residual of a correlation.
    """

    chi_square: float
    freedom: int
    cfi: float
    rmsea: float
    srmr: float


def invariance(answers: Answers, scales: npt.ArrayLike, periods: npt.NDArray[Any]) -> dict[Equal, Fit]:
    """
    Fit of the configural, metric and scalar model over periods, by maximum likelihood.

    Parameters
    ----------
    answers : (responses, J), reversed items turned round; `nan` where there is none. Responses with a missing answer
        are left out.
    scales : (J,) label of the scale that each item belongs to.
    periods : (responses,) label of each response.

    Returns
    -------
    A `Fit` per model; nothing where an item does not vary in a period.

    Raises
    ------
    ValueError : with one period, with no more complete responses than items in one, or with a scale of fewer than two
        items (three where it stands alone).

    Source
    ------
    Jöreskog (1971); Bentler (1990) for the CFI, Steiger (1998) for the RMSEA of several groups. Same figures as `cfa`
    of the R package lavaan with `group.equal` empty, "loadings", and "loadings" and "intercepts".

    >>> random = np.random.default_rng(3)
    >>> answers = random.standard_normal((600, 1)) + 0.8 * random.standard_normal((600, 4))
    >>> answers[300:, 0] += 0.8  # in the second period one item is answered higher at the same level
    >>> fits = invariance(answers, ["team"] * 4, np.repeat([1, 2], 300))
    >>> [(name, fit.freedom, round(fit.cfi, 2)) for name, fit in fits.items()]
    [('configural', 4, 1.0), ('metric', 7, 1.0), ('scalar', 10, 0.91)]
    """
    of_items = np.unique(np.asarray(scales), return_inverse=True)[1]
    pattern = of_items[:, None] == np.arange(of_items.max() + 1)
    samples = _samples(np.asarray(answers, dtype=np.float64), periods)
    _check(samples, pattern)
    if np.diagonal(samples.covariances, axis1=1, axis2=2).min() <= NO_VARIANCE:
        return {}
    return {equal: _described(samples, fit(samples, pattern, equal)) for equal in MODELS}


def _samples(answers: Values, periods: npt.NDArray[Any]) -> Samples:
    """Of complete responses, items in units of their spread over all: that changes no figure, and eases the search."""
    complete = np.isfinite(answers).all(axis=1)
    labels, period = np.unique(np.asarray(periods)[complete], return_inverse=True)
    centred = answers[complete] - answers[complete].mean(axis=0)
    spread = centred.std(axis=0)
    centred /= np.where(spread > 0, spread, 1.0)
    parts = [centred[period == at] for at in range(len(labels))]
    return Samples(
        np.array([float(len(part)) for part in parts]),
        np.array([part.mean(axis=0) for part in parts]),
        np.array([np.cov(part.T, ddof=0) for part in parts]),
    )


def _check(samples: Samples, pattern: Flags) -> None:
    items, of_scale = len(pattern), pattern.sum(axis=0)
    if len(samples.sizes) < 2:
        raise ValueError("invariance over periods needs two periods with complete responses")
    if samples.sizes.min() <= items:
        raise ValueError(f"{items} items need more than {items} complete responses in every period")
    if of_scale.min() < (2 if len(of_scale) > 1 else 3):
        raise ValueError("a scale needs two items, or three where it stands alone")


def _described(samples: Samples, fitted: Fitted) -> Fit:
    periods, items = samples.means.shape
    persons, means, covariances = samples.sizes.sum(), fitted.model.means, fitted.model.covariances
    chi_square = float(samples.sizes @ misfit(samples, means, covariances))
    freedom = periods * items * (items + 3) // 2 - fitted.free
    beyond = max(chi_square - freedom, 0.0)
    unrelated = _misfit_of_unrelated(samples) - periods * items * (items - 1) // 2
    return Fit(
        chi_square=chi_square,
        freedom=freedom,
        cfi=1 - beyond / max(unrelated, beyond) if beyond else 1.0,
        rmsea=float(np.sqrt(periods * beyond / (freedom * persons))),
        srmr=_typical_residual(samples, means, covariances),
    )


def _misfit_of_unrelated(samples: Samples) -> float:
    """χ² of the model in which no item goes with another; means and variances as they are."""
    alone = np.diagonal(samples.covariances, axis1=1, axis2=2)[:, :, None] * np.eye(samples.means.shape[1])
    return float(samples.sizes @ misfit(samples, samples.means, alone))


def _typical_residual(samples: Samples, means: Values, covariances: Values) -> float:
    """SRMR: root of the mean squared residual of correlations, variances and means, in units of each item's spread."""
    items = means.shape[1]
    spread = np.sqrt(np.diagonal(samples.covariances, axis1=1, axis2=2))
    residual = (samples.covariances - covariances) / (spread[:, :, None] * spread[:, None, :])
    below = residual[:, *np.tril_indices(items)]
    of_means = (samples.means - means) / spread
    squares = (below**2).sum(axis=1) + (of_means**2).sum(axis=1)
    per_period = np.sqrt(squares / (items * (items + 3) / 2))
    return float(samples.sizes @ per_period / samples.sizes.sum())
