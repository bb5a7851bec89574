"""
The rules that people use instead: first period against last, one team at a time.

Each is written as favourably as its users would write it, and looks at the same teams: those that reach the minimum
group in both halves of the window. `score` orders the teams as the rule would, surest first; it is the distance by
which the rule's own test is passed or missed. With a the individual and c the collective gain, δ, ρ as in the method:

- differences of means: a ≥ δ and c ≤ ρa, of the raw means.
- individual significant and collective not: a > 0 at two-sided 5 %, c not, by Welch's test of two independent samples.
- matched pairs: the same rule by the paired test of those who answered both times.
- matched contrast: a ≥ δ and ρa − c > 0 at one-sided 5 %, in those who answered both times.
- bootstrap: a ≥ δ and c ≤ ρa in at least nine of ten draws of persons; Bayesian bootstrap (exponential weights).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from dashboard.diagnosis.compounding import Responses
from dashboard.terms import Settings

LEVEL = 0.05
DRAWS, SURE = 200, 0.9
NOT_AT_ALL = -1e9  # score of a team that a rule can say nothing about

DIFFERENCE = "difference of team means"
WELCH = "individual significant and collective not (Welch)"
PAIRED = "individual significant and collective not (matched pairs)"
CONTRAST = "matched contrast at 5 %"
BOOTSTRAP = "bootstrap at least .9"
NAIVE = (DIFFERENCE, WELCH, PAIRED, CONTRAST, BOOTSTRAP)


class Ruled(NamedTuple):
    """(T,) who is flagged; the score that orders teams; the probability of being affected where the rule states one."""

    flagged: np.ndarray
    score: np.ndarray
    probability: np.ndarray | None = None


class _Sample(NamedTuple):
    """Per team (T, 2) mean, (T, 2) squared standard error and (T, 1) degrees of freedom of a mean."""

    mean: np.ndarray
    error2: np.ndarray
    freedom: np.ndarray


def naive_rules(responses: Responses, settings: Settings, seed: int) -> dict[str, Ruled]:
    """What each rule flags. A team with fewer than two answers that the rule needs is never flagged."""
    ends = [_scores(responses, responses.period == period) for period in (0, responses.periods - 1)]
    samples = [_sample(*end, responses.teams) for end in ends]
    change = _sample(*_changes(responses), responses.teams)
    share = settings.compounding_share
    contrast = _sample(*_changes(responses, np.array([[1.0, share], [0.0, -1.0]])), responses.teams)
    gain = samples[1].mean - samples[0].mean
    found = {
        DIFFERENCE: _passed(gain[:, 0] - settings.gain, share * gain[:, 0] - gain[:, 1], strict=False),
        WELCH: _one_of_two(*_welch(*samples)),
        PAIRED: _one_of_two(*_t(change)),
        CONTRAST: _contrast(contrast, settings),
        BOOTSTRAP: _bootstrap(responses, settings, seed),
    }
    return {name: _clean(rule) for name, rule in found.items()}


def _scores(responses: Responses, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Team (n,) and both scores (n, 2) of some rows."""
    return responses.team[rows], np.stack([responses.individual[rows], responses.collective[rows]], axis=1)


def _changes(responses: Responses, mixed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Team (p,) and change of both scores (p, 2) of persons known in the first and the last period."""
    known = responses.respondent >= 0
    first, last = (np.flatnonzero(known & (responses.period == t)) for t in (0, responses.periods - 1))
    people = responses.respondent.max(initial=0) + 1
    keys = [responses.team[rows] * people + responses.respondent[rows] for rows in (first, last)]
    _, before, after = np.intersect1d(*keys, assume_unique=True, return_indices=True)
    scores = np.stack([responses.individual, responses.collective], axis=1)
    change = scores[last[after]] - scores[first[before]]
    return responses.team[last[after]], change if mixed is None else change @ mixed


def _sample(team: np.ndarray, scores: np.ndarray, teams: int) -> _Sample:
    count = np.bincount(team, minlength=teams)[:, None].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = _summed(team, scores, teams) / count
        variance = _summed(team, (scores - mean[team]) ** 2, teams) / (count - 1)
        return _Sample(mean, variance / count, count - 1)


def _summed(team: np.ndarray, values: np.ndarray, teams: int) -> np.ndarray:
    return np.stack([np.bincount(team, column, minlength=teams) for column in values.T], axis=1)


def _welch(before: _Sample, after: _Sample) -> tuple[np.ndarray, np.ndarray]:
    """(T, 2) t of the change and its critical value, with Welch's degrees of freedom."""
    with np.errstate(invalid="ignore", divide="ignore"):
        error2 = before.error2 + after.error2
        freedom = error2**2 / (before.error2**2 / before.freedom + after.error2**2 / after.freedom)
        return (after.mean - before.mean) / np.sqrt(error2), stdtrit(freedom, 1 - LEVEL / 2)


def _t(change: _Sample) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(invalid="ignore", divide="ignore"):
        critical = np.broadcast_to(stdtrit(change.freedom, 1 - LEVEL / 2), change.mean.shape)
        return change.mean / np.sqrt(change.error2), critical


def _one_of_two(t: np.ndarray, critical: np.ndarray) -> Ruled:
    return _passed((t - critical)[:, 0], (critical - t)[:, 1])


def _contrast(contrast: _Sample, settings: Settings) -> Ruled:
    """Columns of the sample: the individual gain, and the shortfall ρa − c."""
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(contrast.error2)
        beyond = contrast.mean[:, 1] / error[:, 1] - stdtrit(contrast.freedom[:, 0], 1 - LEVEL)
        return _passed((contrast.mean[:, 0] - settings.gain) / error[:, 0], beyond, strict=False)


def _bootstrap(responses: Responses, settings: Settings, seed: int) -> Ruled:
    """A person keeps their weight in both periods, so that who answered twice is drawn with both answers."""
    ends = np.flatnonzero((responses.period == 0) | (responses.period == responses.periods - 1))
    team, last = responses.team[ends], responses.period[ends] == responses.periods - 1
    _, person = np.unique(_person_keys(responses)[ends], return_inverse=True)
    scores = np.stack([np.ones(len(ends)), responses.individual[ends], responses.collective[ends]], axis=1)
    random = np.random.default_rng((seed, 2))
    held, cell = np.zeros(responses.teams), team * 2 + last
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(DRAWS):
            weight = random.standard_exponential(person.max(initial=0) + 1)[person, None]
            total = _summed(cell, weight * scores, 2 * responses.teams).reshape(-1, 2, 3)
            change = np.diff(total[..., 1:] / total[..., :1], axis=1)[:, 0]
            failing = change[:, 1] <= settings.compounding_share * change[:, 0]
            held += (change[:, 0] >= settings.gain) & failing
    share = held / DRAWS
    return Ruled(share >= SURE, share, share)


def _person_keys(responses: Responses) -> np.ndarray:
    """One number per person and team; every anonymous row is a person of its own."""
    people = responses.respondent.max(initial=0) + 1
    key = responses.team.astype(np.int64) * people + responses.respondent
    return np.where(responses.respondent >= 0, key, -1 - np.arange(len(key)))


def _passed(first: np.ndarray, second: np.ndarray, *, strict: bool = True) -> Ruled:
    """Both distances must be above zero (or at it, where the rule says "at least")."""
    score = np.minimum(first, second)
    return Ruled(score > 0 if strict else score >= 0, score)


def _clean(rule: Ruled) -> Ruled:
    return rule._replace(score=np.where(np.isfinite(rule.score), rule.score, NOT_AT_ALL))
