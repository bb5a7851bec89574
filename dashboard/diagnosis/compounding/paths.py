"""
Paths: how the mean of a team may move over the window.

θ_t = mean of the organisation + level + x_t · trend + drift_t + shock_t, with x_t from 0 to 1. Level and trend are
drawn once per team, drift is a random walk, shock is what holds for one period only. Every part is a pair
(individual, collective), normal across teams. The *gain* of a team is trend and drift from the first period to the
last, without the shocks: what one survey caught on a good or bad day is not a gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.matrices import covariance_of, kron

Array = npt.NDArray[np.float64]

CORRELATION_GUESS = 0.5
LEVEL_GUESS = 6.0  # standard deviations across teams, POMP
GAIN_GUESS = 5.0
SHOCK_GUESS = 2.0
PERIODS_THAT_SHOW_SHOCKS = 4  # with fewer, shock and drift cannot be told apart


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """
    One part of a path: `loading` (Q, copies) says where each of its independent copies counts, `gain` and `middle`
    (copies,) what each adds to the gain and to the level at mid-window, `guess` (2, 2) its expected covariance;
    `estimated` is false where the guess is kept, or raised as a whole where the answers insist (`raising`).
    """

    name: str
    loading: Array
    gain: Array
    middle: Array
    guess: Array
    estimated: bool = True

    @property
    def copies(self) -> int:
        return self.loading.shape[1]


def parts_of(periods: int) -> tuple[Part, ...]:
    """
    The parts of a path over some periods: no trend with one period, no drift with two, shock guessed below four.

    >>> [part.name for part in parts_of(2)]
    ['level', 'trend', 'shock']
    """
    one, none = np.ones(1), np.zeros(periods)
    level = Part(name="level", loading=np.ones((periods, 1)), gain=0 * one, middle=one, guess=_guess(LEVEL_GUESS))
    shock = Part(
        name="shock",
        loading=np.eye(periods),
        gain=none,
        middle=none,
        guess=_guess(SHOCK_GUESS),
        estimated=periods >= PERIODS_THAT_SHOW_SHOCKS,
    )
    return (level, *_movements(periods), shock)


def covariance(parts: Sequence[Part], of_parts: Sequence[Array]) -> Array:
    """K: (2Q, 2Q) covariance across teams of the period means."""
    return np.sum(
        [kron(part.loading @ part.loading.T, each) for part, each in zip(parts, of_parts, strict=True)], axis=0
    )


def gain_covariance(parts: Sequence[Part], of_parts: Sequence[Array]) -> Array:
    """T: (2, 2) covariance across teams of the gains."""
    return np.sum([(part.gain @ part.gain) * each for part, each in zip(parts, of_parts, strict=True)], axis=0)


def gain_with_path(parts: Sequence[Part], of_parts: Sequence[Array]) -> Array:
    """(2, 2Q) covariance of a team's gain with its period means."""
    return _with_path([(part.gain @ part.loading.T, each) for part, each in zip(parts, of_parts, strict=True)])


def middle_with_path(parts: Sequence[Part], of_parts: Sequence[Array]) -> Array:
    """(2, 2Q) covariance of a team's level at mid-window (first level and half the gain) with its period means."""
    return _with_path([(part.middle @ part.loading.T, each) for part, each in zip(parts, of_parts, strict=True)])


def _movements(periods: int) -> tuple[Part, ...]:
    """Trend and drift, which share the expected variance of the gain between them."""
    if periods < 2:
        return ()
    steps = periods - 1
    variance = _guess(GAIN_GUESS)
    straight = np.linspace(0.0, 1.0, periods)[:, None]
    if steps == 1:
        return (_movement("trend", straight, variance),)
    walk = np.tril(np.ones((periods, steps)), -1)
    return _movement("trend", straight, variance / 2), _movement("drift", walk, variance / 2 / steps)


def _movement(name: str, loading: Array, guess: Array) -> Part:
    return Part(name=name, loading=loading, gain=loading[-1], middle=loading[-1] / 2, guess=guess)


def _guess(deviation: float) -> Array:
    return covariance_of((deviation, deviation), CORRELATION_GUESS)


def _with_path(weighted: Sequence[tuple[Array, Array]]) -> Array:
    return np.sum([kron(weights[None, :], each) for weights, each in weighted], axis=0)
