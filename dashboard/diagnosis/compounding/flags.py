"""
Flags: the largest set of most probable teams of which at most the agreed share is expected to be wrong.

A flag is wrong with probability 1 − p, so the expected share of wrong flags is the mean of 1 − p over the flagged (a
Bayesian false discovery rate). Small organisations are held back: there the probabilities themselves are less sure.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.terms import Settings

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def flags(probability: Array, judged: Mask, settings: Settings) -> Mask:
    """
    (T,) which teams are flagged. Teams of equal probability are flagged together or not at all.

    Parameters
    ----------
    probability : (T,) that a team is not compounding; judged : (T,) who may be flagged at all.
    """
    least = _least_probability(int(judged.sum()), settings)
    eligible = np.flatnonzero(judged & (probability >= least))
    order = eligible[np.argsort(-probability[eligible], kind="stable")]
    falling = probability[order]
    wrong = np.cumsum(1 - falling) / np.arange(1, len(order) + 1)
    last_of_equals = np.append(falling[1:] < falling[:-1], True)[: len(order)]
    allowed = np.flatnonzero((wrong <= settings.false_flag_share) & last_of_equals)
    flagged = np.zeros(len(probability), dtype=bool)
    flagged[order[: allowed[-1] + 1 if len(allowed) else 0]] = True
    return flagged


def cut_off(probability: Array, judged: Mask, settings: Settings) -> float:
    """
    The smallest probability at which one more team of this organisation would be flagged; infinite where none ever is.

    It would be where the mean of 1 − p over it and the k teams above it is at most q: at 1 − q + Σ(1 − p − q) over
    those k, as long as it is not above the last of them.
    """
    falling = np.sort(probability[judged])[::-1]
    needed = 1 - settings.false_flag_share + np.append(0.0, np.cumsum(1 - falling - settings.false_flag_share))
    above, next_below = np.append(np.inf, falling), np.append(falling, 0.0)
    place = np.flatnonzero(needed <= above)[-1]
    return max(float(needed[place]), float(next_below[place]), _least_probability(int(judged.sum()), settings))


def _least_probability(judged: int, settings: Settings) -> float:
    if judged < settings.fewest_teams:
        return np.inf
    if judged < settings.few_teams:
        return max(settings.watch_probability, settings.few_teams_probability)
    return settings.watch_probability
