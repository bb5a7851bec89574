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
    The probability at which one more team of this organisation would be flagged; infinite where none ever is.

    With k flags whose expected wrong share leaves room, that is 1 − q less the room: 1 − (q(k + 1) − Σ(1 − p)).
    """
    flagged = flags(probability, judged, settings)
    wrong = float((1 - probability[flagged]).sum())
    room = settings.false_flag_share * (int(flagged.sum()) + 1) - wrong
    return max(1 - room, _least_probability(int(judged.sum()), settings))


def _least_probability(judged: int, settings: Settings) -> float:
    if judged < settings.fewest_teams:
        return np.inf
    if judged < settings.few_teams:
        return max(settings.watch_probability, settings.few_teams_probability)
    return settings.watch_probability
