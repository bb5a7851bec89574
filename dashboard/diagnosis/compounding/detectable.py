"""
Detectable gain: how large must an individual gain be before this method finds it?

Small teams say little, so most real cases in them stay unflagged. This says it in points, for a team of a given size in
this very organisation: the smallest individual gain, the collective one flat, that is found with 80 % probability.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding import paths
from dashboard.diagnosis.compounding.hierarchy import Hierarchy, posterior
from dashboard.diagnosis.compounding.information import Information, typical_information
from dashboard.diagnosis.compounding.judgement import Model
from dashboard.diagnosis.compounding.own_gains import OwnGains, own_gains
from dashboard.diagnosis.compounding.posterior import posterior as gain_posterior
from dashboard.diagnosis.compounding.states import probability_not_compounding
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]

POWER = 0.8
LARGEST = 60.0  # POMP: a gain beyond it is not a gain anybody makes
DRAWS = 1000
HALVINGS = 9  # to a tenth of a point


def detectable_gain(model: Model, members: int, periods: int, settings: Settings) -> dict[str, float]:
    """
    The smallest individual gain, with no collective one, that a team of this size shows with 80 % probability.

    Parameters
    ----------
    members : who answer in each period; they come back as often as members of this organisation do.
    periods : surveys in the window. Other than the model's own: the same change, surveyed so often.

    Returns
    -------
    "flag": where one more team would be flagged in this organisation; "watch": where it comes on the watch list.
    POMP; `nan` above 60 points, and for teams that are too small or too imprecise to be judged at all.
    """
    own = _own_error(model, members, periods)
    too_few = members < settings.minimum_group or periods < 2
    if too_few or own.shortfall_error(settings.compounding_share)[0] > settings.largest_standard_error:
        return {"flag": np.nan, "watch": np.nan}
    noise = _draws(settings.seed) @ np.linalg.cholesky(own.covariance[0]).T
    return {
        "flag": _smallest(model, own, noise, model.flag_cut_off, settings),
        "watch": _smallest(model, own, noise, settings.watch_probability, settings),
    }


def _smallest(model: Model, own: OwnGains, noise: Array, cut_off: float, settings: Settings) -> float:
    """By bisection over the gain; the same noise is added to each."""
    low, high = 0.0, LARGEST
    if not _found(model, own, noise, high, cut_off, settings):
        return np.nan
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _found(model, own, noise, middle, cut_off, settings):
            high = middle
        else:
            low = middle
    return high


def _found(model: Model, own: OwnGains, noise: Array, gain: float, cut_off: float, settings: Settings) -> bool:
    """Whether at least 80 % of teams with this gain reach the cut-off."""
    seen = OwnGains(noise + np.array([gain, 0.0]), np.broadcast_to(own.covariance, (len(noise), 2, 2)))
    probability = probability_not_compounding(gain_posterior(seen, model.gains), settings)
    return bool((probability >= cut_off).mean() >= POWER)


def _own_error(model: Model, members: int, periods: int) -> OwnGains:
    """What the answers of a typical team of this size leave open about its gain."""
    hierarchy = _surveyed(model.hierarchy, periods)
    precision = typical_information(model.persons, members, periods, model.share_followed)
    known = posterior(Information(precision[None], (precision @ hierarchy.mean)[None]), hierarchy)
    return own_gains(known, hierarchy)


def _surveyed(hierarchy: Hierarchy, periods: int) -> Hierarchy:
    """The same levels, gains and shocks, with another number of surveys; the gain's variance is shared as guessed."""
    if len(hierarchy.mean) == 2 * periods:
        return hierarchy
    known = dict(zip((part.name for part in hierarchy.parts), hierarchy.covariances, strict=True))
    parts = paths.parts_of(periods)
    guessed = paths.gain_covariance(parts, [part.guess for part in parts])
    share = {part.name: part.guess[0, 0] / guessed[0, 0] for part in parts}
    found = tuple(
        known[part.name] if part.name in ("level", "shock") else share[part.name] * hierarchy.gain_covariance
        for part in parts
    )
    ends = np.array([hierarchy.mean[:2], hierarchy.mean[-2:]])
    straight = np.linspace(0.0, 1.0, periods)[:, None]
    return replace(hierarchy, parts=parts, covariances=found, mean=(ends[0] + straight * (ends[1] - ends[0])).ravel())


def _draws(seed: int) -> Array:
    half = np.random.default_rng(seed).standard_normal((DRAWS // 2, 2))
    return np.concatenate([half, -half])
