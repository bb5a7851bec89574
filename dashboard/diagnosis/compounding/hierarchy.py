"""
Hierarchy: how the paths of all teams of this organisation differ, and what that says about each of them.

The covariances of the parts of a path are found by a penalised EM: every round guesses the parts of each team from its
answers and the covariances, then the covariances from these guesses. The penalty, an inverse Wishart of weight 6 around
stated guesses, keeps an organisation of few teams from believing its own accidents. Shocks keep their guess below four
periods, or are raised as a whole (`raising`). The period means of the organisation are free; not knowing them exactly
is allowed for (REML).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding import paths
from dashboard.diagnosis.compounding.information import Information
from dashboard.diagnosis.compounding.matrices import inverse, inverse_last, kron
from dashboard.diagnosis.compounding.raising import raised
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]

PRIOR_WEIGHT = 6.0  # teams that the guesses count for
MOST_ROUNDS = 500  # while a guess is being raised, which goes slowly
ENOUGH = 1e-4  # relative change of every covariance at which EM has settled
BARELY_KNOWN = 1e-8  # precision of a period mean that nobody's answers tell, POMP⁻²
BLOCK = 512  # teams taken at once, so that they fit into the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hierarchy:
    """
    `parts` of a path with their (2, 2) `covariances` across teams, POMP²; `mean` (2Q,) of the organisation, POMP.
    """

    parts: tuple[paths.Part, ...]
    covariances: tuple[Array, ...]
    mean: Array

    @property
    def gain_mean(self) -> Array:
        """μ: (2,) gain of the organisation."""
        return self.mean[-2:] - self.mean[:2]

    @property
    def gain_covariance(self) -> Array:
        """T: (2, 2) of gains across teams."""
        return paths.gain_covariance(self.parts, self.covariances)

    @property
    def middle_mean(self) -> Array:
        """(2,) level of the organisation at mid-window: at first and half the gain."""
        return (self.mean[-2:] + self.mean[:2]) / 2


class _Stacked(NamedTuple):
    """Information with teams along the last axis: `precision` (2Q, 2Q, T), `shift` (2Q, T)."""

    precision: Array
    shift: Array

    @classmethod
    def of(cls, answers: Information) -> _Stacked:
        return cls(np.ascontiguousarray(answers.precision.transpose(1, 2, 0)), np.ascontiguousarray(answers.shift.T))


class PathPosterior(NamedTuple):
    """What is known of every team: `gain` (T, 2), `gain_covariance` (T, 2, 2), `middle` (T, 2) level, POMP."""

    gain: Array
    gain_covariance: Array
    middle: Array


def fit(answers: Information, in_model: npt.NDArray[np.intp], periods: int, settings: Settings) -> Hierarchy:
    """
    The hierarchy of an organisation.

    Parameters
    ----------
    answers : of all teams.
    in_model : indices of the teams it may learn from; covariances from at most `settings.model_teams` of them.
    """
    parts = paths.parts_of(periods)
    found = covariances(answers.of(_drawn(in_model, settings)), parts, settings.model_iterations)
    mean = _mean(answers.of(in_model), inverse(paths.covariance(parts, found)))
    return Hierarchy(parts=parts, covariances=found, mean=mean)


def covariances(answers: Information, parts: Sequence[paths.Part], iterations: int) -> tuple[Array, ...]:
    """
    The covariance of every part across teams, by penalised REML-type EM from the guesses.

    What is not estimated keeps its guess for at most so many iterations. Only if it would be raised then, the search
    goes on, raising it; else the result is the same, to the last digit, as if it could not be.
    """
    stacked, guesses = _Stacked.of(answers), tuple(part.guess for part in parts)
    found = _settled(stacked, parts, guesses, iterations, raising=False)
    more = _em_step(stacked, parts, found, raising=True)
    if any(not part.estimated and each[0, 0] > part.guess[0, 0] for part, each in zip(parts, more, strict=True)):
        return _settled(stacked, parts, more, MOST_ROUNDS, raising=True)
    return found


def _settled(
    answers: _Stacked, parts: Sequence[paths.Part], found: tuple[Array, ...], rounds: int, *, raising: bool
) -> tuple[Array, ...]:
    for _ in range(rounds):
        last, found = found, _em_step(answers, parts, found, raising=raising)
        if max(np.abs(new - old).max() / np.trace(old) for new, old in zip(found, last, strict=True)) < ENOUGH:
            break
    return found


def em_step(answers: Information, parts: Sequence[paths.Part], last: Sequence[Array]) -> tuple[Array, ...]:
    """One round, raising guesses: never lowers the penalised restricted likelihood."""
    return _em_step(_Stacked.of(answers), parts, last, raising=True)


def _em_step(
    answers: _Stacked, parts: Sequence[paths.Part], last: Sequence[Array], *, raising: bool
) -> tuple[Array, ...]:
    teams = answers.shift.shape[1]
    across = inverse(paths.covariance(parts, last))
    spread = _spread(answers, across)
    return tuple(
        _updated(part, _expected(part, old, across, spread), teams) if part.estimated or raising else old
        for part, old in zip(parts, last, strict=True)
    )


def posterior(answers: Information, hierarchy: Hierarchy) -> PathPosterior:
    """What the hierarchy and a team's own answers say about its gain and level, shocks left out."""
    across = inverse(paths.covariance(hierarchy.parts, hierarchy.covariances))
    to_gain = paths.gain_with_path(hierarchy.parts, hierarchy.covariances) @ across
    to_middle = paths.middle_with_path(hierarchy.parts, hierarchy.covariances) @ across
    found = [
        _posterior(answers.of(slice(start, start + BLOCK)), hierarchy, across, to_gain, to_middle)
        for start in range(0, max(len(answers.shift), 1), BLOCK)
    ]
    return PathPosterior(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _posterior(
    answers: Information, hierarchy: Hierarchy, across: Array, to_gain: Array, to_middle: Array
) -> PathPosterior:
    stacked = _Stacked.of(answers)
    spread = inverse_last(stacked.precision + across[:, :, None])
    surprise = (spread * (stacked.shift + (across @ hierarchy.mean)[:, None])).sum(axis=1).T - hierarchy.mean
    known = paths.gain_with_path(hierarchy.parts, hierarchy.covariances) @ to_gain.T
    of_gain = np.tensordot(to_gain, spread, 1)
    return PathPosterior(
        hierarchy.gain_mean + surprise @ to_gain.T,
        hierarchy.gain_covariance - known + np.einsum("gbt,hb->tgh", of_gain, to_gain),
        hierarchy.middle_mean + surprise @ to_middle.T,
    )


def _drawn(in_model: npt.NDArray[np.intp], settings: Settings) -> npt.NDArray[np.intp]:
    if len(in_model) <= settings.model_teams:
        return in_model
    chosen = np.random.default_rng(settings.seed).choice(in_model, settings.model_teams, replace=False)
    return np.sort(chosen)


def _mean(answers: Information, across: Array) -> Array:
    """Period means of the organisation by generalised least squares over all teams."""
    summed = np.zeros_like(across)
    shift = np.zeros(len(across))
    for start in range(0, len(answers.shift), BLOCK):
        block = _Stacked.of(answers.of(slice(start, start + BLOCK)))
        spread = inverse_last(block.precision + across[:, :, None])
        summed += spread.sum(axis=2)
        shift += (spread * block.shift).sum(axis=(1, 2))
    return _solved(across, summed, shift, len(answers.shift))[0]


def _solved(across: Array, summed: Array, shift: Array, teams: int) -> tuple[Array, Array]:
    """
    m and its covariance C from ΣM and ΣMh: C⁻¹ = Σ (K⁻¹ − K⁻¹ M K⁻¹), m = C Σ K⁻¹ M h.

    A period that none of these teams answered has a mean that is barely known.
    """
    precision = teams * across - across @ summed @ across + BARELY_KNOWN * np.eye(len(across))
    uncertainty = inverse(precision)
    return uncertainty @ (across @ shift), uncertainty


def _spread(answers: _Stacked, across: Array) -> Array:
    """S̄ = mean of M + (t − m)(t − m)' + D C D' with D = I − M K⁻¹ = M Λ, what not knowing m adds."""
    spread = inverse_last(answers.precision + across[:, :, None])
    own = (spread * answers.shift).sum(axis=1)
    summed, (rows, teams) = spread.sum(axis=2), own.shape
    mean, uncertainty = _solved(across, summed, own.sum(axis=1), teams)
    drawn = (across @ mean) @ spread.reshape(rows, -1)
    distance = own + drawn.reshape(rows, teams) - mean[:, None]
    return (summed + distance @ distance.T + _unsure(spread, summed, across, uncertainty)) / teams


def _unsure(spread: Array, summed: Array, across: Array, uncertainty: Array) -> Array:
    """Σ D C D' = J C − (ΣM) K⁻¹C − C K⁻¹ (ΣM) + Σ M (K⁻¹ C K⁻¹) M."""
    once = summed @ across @ uncertainty
    inner = across @ uncertainty @ across
    right = (inner @ spread.reshape(len(inner), -1)).reshape(spread.shape)
    twice = np.matmul(spread, np.swapaxes(right, 1, 2)).sum(axis=0)
    return spread.shape[2] * uncertainty - once - once.T + twice


def _expected(part: paths.Part, old: Array, across: Array, spread: Array) -> Array:
    """ΣE blocks, of E = Z − B H Z + B S̄ B', B = Z H' K⁻¹, Z = I ⊗ Σ_c: (2, 2) expected squares, summed over copies."""
    alone = kron(np.eye(part.copies), old)
    with_path = kron(part.loading.T, old)
    onto = with_path @ across
    expected = alone - onto @ with_path.T + onto @ spread @ onto.T
    return np.einsum("cacb->ab", expected.reshape(part.copies, 2, part.copies, 2))


def _updated(part: paths.Part, blocks: Array, teams: int) -> Array:
    """Σ_c ← (J ΣE blocks + ν Σ⁰) / (J copies + ν), or the guess, where need be raised."""
    if not part.estimated:
        return raised(part.guess, blocks / part.copies, teams * part.copies)
    found: Array = (teams * blocks + PRIOR_WEIGHT * part.guess) / (teams * part.copies + PRIOR_WEIGHT)
    return (found + found.T) / 2
