"""
Detectable gain: how large must an individual gain be before this method finds it?

Small teams say little, so most real cases in them stay unflagged. This says it in points, for a team of a given size in
this very organisation: the smallest individual gain, the collective one flat, that is found with 80 % probability.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import count

import numpy as np
import numpy.typing as npt
from scipy.special import logit

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
STEPS = 512  # up to the largest: to a tenth of a point
NEVER = 1e-9  # a probability below which none need be told from another


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
    reached = cache(partial(_reached, model, own, noise, settings))
    return {"flag": _smallest(reached, model.flag_cut_off), "watch": _smallest(reached, settings.watch_probability)}


def _smallest(reached: Callable[[int], float], cut_off: float) -> float:
    """The first step at which the cut-off is reached: between two, one is guessed from them, then the middle one."""
    low, high = 0, STEPS
    if not reached(high) >= cut_off:
        return np.nan
    for turn in count():
        if high - low == 1:
            break
        guess = _crossing(low, high, reached, cut_off) if turn % 2 else (low + high) / 2
        middle = min(max(round(guess), low + 1), high - 1)
        if reached(middle) >= cut_off:
            high = middle
        else:
            low = middle
    return LARGEST * high / STEPS


def _crossing(low: int, high: int, reached: Callable[[int], float], cut_off: float) -> float:
    """Where a straight line between two steps meets the cut-off, on the scale of log odds."""
    below, wanted, above = logit(np.clip([reached(low), cut_off, reached(high)], NEVER, 1 - NEVER))
    return low + (high - low) * float((wanted - below) / max(above - below, NEVER))


def _reached(model: Model, own: OwnGains, noise: Array, settings: Settings, step: int) -> float:
    """The probability that 80 % of teams with a gain reach or surpass; the same noise is added to each gain."""
    gain = np.array([LARGEST * step / STEPS, 0.0])
    seen = OwnGains(noise + gain, own.covariance)  # one covariance for all
    probability = probability_not_compounding(gain_posterior(seen, model.gains), settings)
    place = DRAWS - math.ceil(POWER * DRAWS)
    return float(np.partition(probability, place)[place])


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
