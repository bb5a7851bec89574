"""
Candidates: other ways to the verdict, held against the present one on the same surveys. None was clearly better.

    python -m tests.verdict.candidates      # about half an hour; writes candidates.csv beside this file

Every organisation is simulated once and taken as far as each team's own gain; a candidate goes on from there its own
way. Worlds are those of the study and `OTHERS`, in which no default was chosen. `all stuck` is left out: it holds most
flags of all, and every candidate finds nearly all of it. In the table, per number of teams and set of worlds:

- wrong, recall at q = .10, and precision: average precision over the judged teams of a world and size.
- recall_gain: how much more is found at the q at which as many flags are wrong as the present method has at q = .10.
- precision_gain: of average precision. The standard errors are of the paired differences: over 200 bootstrap draws of
  organisations for recall, over worlds and sizes for precision.

Candidates
----------
mixture from 20 teams : two kinds of teams allowed for from 20 judged teams on, not from 60.
few teams like many : the rule for fewer than 20 judged teams (p ≥ .90) dropped.
uncertain spread : probabilities averaged over what is not known of the spread of gains, with fewer than 60 judged teams
    (importance sampling), and the rule for few teams dropped: the model's own uncertainty in its place.
four kinds : four normals for the gains, not two: heavier tails, skewness, more kinds of teams.
gentler end of scale : gains divided by the sensitivity to the power of .85, as the correction overshoots by 15 %.
performance : one record per scale that goes with the gain (r = .4), its noise known: more than any real metric says.
shock of 3 guessed : with two periods a shock cannot be told from a gain, and its SD is taken to be 2 points; here 3.
spread known, covariances known : bounds, in `mixed` only. What is to be had at most from a better curve of gains, and
    from better estimates of shocks, levels and persons; both use the simulator's truth.

Result
------
Of what needs no other data nothing is clearly better, so the method stays as it is (figures in candidates.csv):

- Its estimates of shocks, levels and persons leave little to gain: the true ones add .009 ± .005 of average precision
  with 20 teams, and −.002 to 0 with 40 and more.
- The true curve of gains would add .011 to .019 from 40 teams on (.039 with 20), and four kinds get .001 of it, at a
  recall that is lower by .007 at q = .10.
- A mixture from 20 teams finds more at q = .10 with 40 teams (.134 for .111), but not more at equal shares of wrong
  flags (.001 ± .021), and orders teams worse (−.004 ± .001).
- Dropping the rule for few teams raises wrong flags from .060 to .083 in worlds it was not made for, for .005 of
  recall; integrating over the uncertain spread does not mend that (.071, recall .001 more).
- The gentler correction at the end of the scale changes nothing beyond chance.
- A larger guess of shocks costs two fifths of the recall in `mixed` over two periods (.219 to .135) and lowers the
  wrong flags under strong shocks from .23 to .19 only. A guess that is raised where the answers insist does better and
  costs nothing there (`strong_shocks`); it became part of the method after these figures were taken, and changes them
  under strong shocks over two periods alone.
- Records of performance do add: .013 to .022 of precision (± .004 at most), .02 to .05 of recall in the study's worlds
  (± .02 at most). That is a bound, for records of a noise that is known and shared by all teams; what is left when it
  must be learnt was found to be .005 to .02 when the method was made, with more wrong flags in small organisations.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.metrics import average_precision_score

from dashboard.diagnosis.compounding import gains, hierarchy, paths, sufficiency
from dashboard.diagnosis.compounding.flags import flags
from dashboard.diagnosis.compounding.gains import Gains
from dashboard.diagnosis.compounding.information import information
from dashboard.diagnosis.compounding.matrices import covariance_of, inverse, inverse_pair
from dashboard.diagnosis.compounding.own_gains import OwnGains, own_gains
from dashboard.diagnosis.compounding.person_covariance import PersonCovariance, person_covariance
from dashboard.diagnosis.compounding.persons import persons_of
from dashboard.diagnosis.compounding.posterior import posterior
from dashboard.diagnosis.compounding.states import probability_not_compounding
from dashboard.diagnosis.diagnosis import Reason
from dashboard.terms import Settings
from tests.verdict.simulator import KIND_MEANS, OTHERS, SCENARIOS, Simulated, World, simulate

TABLE = Path(__file__).with_suffix(".csv")
SETTINGS = Settings()
ORGANIZATIONS = {20: 12, 40: 8, 100: 6, 400: 2}
MEMBERS, PERIODS = (8, 12, 25), (2, 4)
TYPICAL = [name for name in SCENARIOS if name not in ("all stuck", "anonymous")]
SHARES = np.array([0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12, 0.13, 0.14, 0.16, 0.18, 0.20])  # q, for the curve
PRESENT = "present"
DRAWS = 200


@dataclass(frozen=True, kw_only=True)
class Case:
    """One organisation: its teams' own gains before the end-of-scale correction, their room, and the truth."""

    own: OwnGains
    room: np.ndarray
    judged: np.ndarray
    gain: np.ndarray
    affected: np.ndarray
    world: World
    seed: int

    @property
    def corrected(self) -> OwnGains:
        return self.own.at_sensitivity(self.room)


class Candidate(NamedTuple):
    """Probability (T,) of every team of a case; and the settings that flags are given by."""

    probability: Callable[[Case], np.ndarray]
    settings: Settings = SETTINGS


def case(world: World, seed: int, *, known: bool = False) -> Case:
    """An organisation as far as the own gains; with the true covariances, where they are known."""
    simulated = simulate(world, seed)
    responses = simulated.responses
    persons = persons_of(responses)
    answers = information(persons, _true_persons(world) if known else person_covariance(persons))
    fitted = _true_paths(simulated, world, answers) if known else _fitted(answers, persons, world.periods)
    found = hierarchy.posterior(answers, fitted)
    own = own_gains(found, fitted)
    room = sufficiency.team_sensitivity(found.middle, responses, SETTINGS)
    judged = sufficiency.reasons(responses, own, room, SETTINGS) == Reason.NONE
    truth = {"gain": simulated.gain, "affected": simulated.affected(), "world": world, "seed": seed}
    return Case(own=own, room=room, judged=judged, **truth)


def _fitted(answers, persons, periods: int) -> hierarchy.Hierarchy:
    return hierarchy.fit(answers, np.flatnonzero(persons.cells.count.any(axis=1)), periods, SETTINGS)


def _true_persons(world: World) -> PersonCovariance:
    """Of the simulator; a mean of five rounded items adds their noise and that of rounding to the mood."""
    noise = (world.item_noise**2 + 25**2 / 12) / 5
    momentary = world.mood**2 + np.diag(np.square(world.own_mood) + noise)
    return PersonCovariance(stable=world.leniency**2 + np.diag(np.square(world.own_stable)), momentary=momentary)


def _true_paths(simulated: Simulated, world: World, answers) -> hierarchy.Hierarchy:
    drift = world.drift**2 * np.eye(2) * (world.periods > 2)
    known = {
        "level": covariance_of(world.level_spread, 0.6),
        "shock": covariance_of((world.shock, world.shock), world.shock_correlation),
        "trend": np.cov(simulated.gain.T) - (world.periods - 1) * drift,
        "drift": drift,
    }
    parts = paths.parts_of(world.periods)
    covariances = tuple(known[part.name] for part in parts)
    mean = hierarchy._mean(answers, inverse(paths.covariance(parts, covariances)))
    return hierarchy.Hierarchy(parts=parts, covariances=covariances, mean=mean)


def _probability(own: OwnGains, spread: Gains) -> np.ndarray:
    return probability_not_compounding(posterior(own, spread), SETTINGS)


def _from(own: OwnGains, case: Case, settings: Settings = SETTINGS) -> np.ndarray:
    """The present method from the own gains on."""
    return _probability(own, gains.fit(own.of(case.judged if case.judged.any() else ~case.judged), settings))


def present(case: Case) -> np.ndarray:
    """As the method is."""
    return _from(case.corrected, case)


def mixture_from_twenty(case: Case) -> np.ndarray:
    """Two kinds of teams from 20 judged teams on."""
    return _from(case.corrected, case, replace(SETTINGS, mixture_teams=20))


def gentler(case: Case) -> np.ndarray:
    """A weaker end-of-scale correction."""
    return _from(case.own.at_sensitivity(case.room**0.85), case)


def performance(case: Case) -> np.ndarray:
    """A record per scale, r = .4 with the true gain, as a second measure of known noise."""
    variance = case.gain.var(axis=0) * (1 / 0.4**2 - 1)
    record = case.gain + np.sqrt(variance) * np.random.default_rng((case.seed, 3)).standard_normal(case.gain.shape)
    own = case.corrected
    precision, more = inverse_pair(own.covariance), np.diag(1 / variance)
    covariance = inverse_pair(precision + more)
    shift = np.einsum("jab,jb->ja", precision, own.gain) + record @ more
    return _from(OwnGains(np.einsum("jab,jb->ja", covariance, shift), covariance), case)


def four_kinds(case: Case) -> np.ndarray:
    """Four normals, one at each corner, shrunk as two are."""
    own, judged = case.corrected, case.judged
    if judged.sum() < SETTINGS.mixture_teams:
        return present(case)
    seen = own.of(judged)
    one = gains.normal(seen, _guess())
    corners = one.mean + 0.8 * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]]) @ np.linalg.cholesky(one.covariance).T
    kinds = gains._Kinds(np.full(4, 0.25), corners, np.repeat(one.covariance[None], 4, axis=0))
    last = -np.inf
    for _ in range(gains.ROUNDS):
        share, fit_now = gains.responsibilities(seen, *kinds)
        if fit_now - last < gains.ENOUGH:
            break
        last, kinds = fit_now, gains._kinds_anew(seen, kinds, share, one)
    return _probability(own, _spread(*kinds, one))


def uncertain_spread(case: Case, draws: int = 40) -> np.ndarray:
    """The one normal's covariance drawn around its estimate and weighted by how well it fits and was expected."""
    own, judged = case.corrected, case.judged
    if not judged.any() or judged.sum() >= SETTINGS.mixture_teams:
        return present(case)
    seen = own.of(judged)
    estimate = gains.normal(seen, _guess()).covariance
    deviation = np.sqrt(np.diagonal(estimate))
    centre = np.append(np.log(deviation), np.arctanh(estimate[0, 1] / deviation.prod()))
    width = np.array([0.4, 0.4, 0.5]) * min(1.0, 1.3 * np.sqrt(20 / judged.sum()))
    half = np.random.default_rng((case.seed, 4)).standard_normal((draws // 2, 3))
    steps = np.concatenate([half, -half])
    found, weight = [], []
    for first, second, turned in centre + steps * width:
        covariance = covariance_of((np.exp(first), np.exp(second)), np.tanh(turned))
        one = gains._located(seen, covariance)
        found.append(_probability(own, _spread(np.ones(1), one.mean[None], covariance[None], one)))
        weight.append(_restricted(seen, one) - 3 * _distance(covariance))
    weight = np.array(weight) + (steps**2).sum(axis=1) / 2
    share = np.exp(weight - weight.max())
    return share @ np.array(found) / share.sum()


def spread_known(case: Case) -> np.ndarray:
    """The five kinds of the simulator with their true shares, moved by what the organisation's mood adds."""
    own, world = case.corrected, case.world
    mood = (own.gain - case.gain)[case.judged].mean()
    drift = world.drift**2 * (world.periods - 1) * (world.periods > 2)
    covariances = np.repeat((world.gain_spread**2 + drift) * np.eye(2)[None], len(KIND_MEANS), axis=0)
    one = gains.Normal(KIND_MEANS[0], covariances[0], 0.5 * np.eye(2))
    return _probability(own, _spread(np.array(world.shares), KIND_MEANS + mood, covariances, one))


def _guess() -> np.ndarray:
    return covariance_of((paths.GAIN_GUESS, paths.GAIN_GUESS), paths.CORRELATION_GUESS)


def _spread(weights: np.ndarray, means: np.ndarray, covariances: np.ndarray, one: gains.Normal) -> Gains:
    located = {"mean": one.mean, "covariance": one.covariance, "mean_covariance": one.mean_covariance}
    return Gains(weights=weights, means=means, covariances=covariances, **located, teams=0)


def _restricted(own: OwnGains, one: gains.Normal) -> float:
    """Restricted log likelihood of the own gains under a normal, but for a constant."""
    total, away = one.covariance + own.covariance, own.gain - one.mean
    distance = np.einsum("ja,jab,jb->", away, inverse_pair(total), away) + np.log(np.linalg.det(total)).sum()
    return float(np.log(np.linalg.det(one.mean_covariance)) - distance) / 2


def _distance(covariance: np.ndarray) -> float:
    """−2/ν log of the inverse Wishart density around the guess, but for a constant."""
    return float(np.log(np.linalg.det(covariance)) + np.trace(_guess() @ np.linalg.inv(covariance)))


LENIENT = replace(SETTINGS, few_teams_probability=SETTINGS.watch_probability)
CANDIDATES = {
    PRESENT: Candidate(present),
    "mixture from 20 teams": Candidate(mixture_from_twenty),
    "few teams like many": Candidate(present, LENIENT),
    "uncertain spread": Candidate(uncertain_spread, LENIENT),
    "four kinds": Candidate(four_kinds),
    "gentler end of scale": Candidate(gentler),
    "performance": Candidate(performance),
}


class Tried(NamedTuple):
    """A candidate on some organisations: probabilities, and (n, q, 2) flags and wrong ones."""

    probability: list[np.ndarray]
    flags: np.ndarray


def tried(candidate: Candidate, cases: list[Case]) -> Tried:
    """Flags at every q of the curve."""
    probability = [candidate.probability(each) for each in cases]
    counts = [
        [_counts(p, each, replace(candidate.settings, false_flag_share=float(q))) for q in SHARES]
        for p, each in zip(probability, cases, strict=True)
    ]
    return Tried(probability, np.array(counts, dtype=float))


def _counts(probability: np.ndarray, each: Case, settings: Settings) -> tuple[int, int]:
    flagged = flags(probability, each.judged, settings)
    return int(flagged.sum()), int((flagged & ~each.affected).sum())


class _Curve(NamedTuple):
    wrong: np.ndarray
    recall: np.ndarray


def _curve(counts: np.ndarray, affected: np.ndarray, weight: np.ndarray) -> _Curve:
    """Share of wrong flags and recall at every q, organisations weighted."""
    flagged, wrong = np.einsum("nqc,n->cq", counts, weight)
    return _Curve(wrong / np.maximum(flagged, 1), (flagged - wrong) / (affected @ weight))


def _recall_gain(tried: Tried, base: Tried, affected: np.ndarray, weight: np.ndarray) -> float:
    """At the present method's share of wrong flags."""
    at = int(np.flatnonzero(SETTINGS.false_flag_share == SHARES)[0])
    present, other = (_curve(each.flags, affected, weight) for each in (base, tried))
    rising = np.maximum.accumulate(other.wrong) + 1e-9 * np.arange(len(SHARES))
    base_rising = np.maximum.accumulate(present.wrong) + 1e-9 * np.arange(len(SHARES))
    target = base_rising[at]
    return float(np.interp(target, rising, other.recall) - np.interp(target, base_rising, present.recall))


def _precision_gains(tried: Tried, base: Tried, cases: list[Case]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per world and size: average precision, what the candidate adds, and affected teams."""
    places: dict[World, list[int]] = {}
    for place, each in enumerate(cases):
        places.setdefault(each.world, []).append(place)
    rows = []
    for own in places.values():
        truth = np.concatenate([cases[i].affected[cases[i].judged] for i in own])
        scores = [np.concatenate([each.probability[i][cases[i].judged] for i in own]) for each in (tried, base)]
        if truth.any():
            found, before = (average_precision_score(truth, score) for score in scores)
            rows.append((found, found - before, truth.sum()))
    found, gained, weight = np.array(rows).T
    return found, gained, weight


def compared(name: str, own: Tried, base: Tried, cases: list[Case]) -> dict[str, object]:
    """The figures of one candidate on some organisations."""
    affected = np.array([(each.affected & each.judged).sum() for each in cases], dtype=float)
    once = np.ones(len(cases))
    random = np.random.default_rng(SETTINGS.seed)
    drawn = random.multinomial(len(cases), once / len(cases), DRAWS).astype(float)
    at = int(np.flatnonzero(SETTINGS.false_flag_share == SHARES)[0])
    curve = _curve(own.flags, affected, once)
    precision, gained, weight = _precision_gains(own, base, cases)
    mean = np.average(gained, weights=weight)
    return {
        "candidate": name,
        "organizations": len(cases),
        "flags": int(own.flags[:, at, 0].sum()),
        "wrong": round(float(curve.wrong[at]), 3),
        "recall": round(float(curve.recall[at]), 4),
        "precision": round(float(np.average(precision, weights=weight)), 4),
        "recall_gain": round(_recall_gain(own, base, affected, once), 4),
        "recall_gain_error": round(float(np.std([_recall_gain(own, base, affected, each) for each in drawn])), 4),
        "precision_gain": round(float(mean), 4),
        "precision_gain_error": round(float(np.sqrt((weight**2 * (gained - mean) ** 2).sum()) / weight.sum()), 4),
    }


def worlds_of(names: dict[str, World], teams: int) -> Iterable[tuple[World, int]]:
    """Every world and seed at a number of teams."""
    for world in names.values():
        for members in MEMBERS:
            for periods in PERIODS:
                sized = replace(world, teams=teams, members=members, periods=periods)
                first = teams * 100_000 + members * 1000 + periods * 100
                yield from ((sized, first + index) for index in range(ORGANIZATIONS[teams]))


def rows_of(teams: int) -> Iterable[dict[str, object]]:
    """All candidates at a number of teams: in the study's worlds, in other worlds, and the bounds in `mixed`."""
    sets = {"study": {name: SCENARIOS[name] for name in TYPICAL}, "others": OTHERS}
    for name, worlds in sets.items():
        cases = [case(*each) for each in worlds_of(worlds, teams)]
        base = tried(CANDIDATES[PRESENT], cases)
        for label, candidate in CANDIDATES.items():
            yield {"teams": teams, "worlds": name} | compared(label, tried(candidate, cases), base, cases)
    yield from ({"teams": teams, "worlds": "mixed"} | row for row in _bounds(teams))


def _bounds(teams: int) -> Iterable[dict[str, object]]:
    pairs = list(worlds_of({"mixed": SCENARIOS["mixed"]}, teams))
    cases = [case(*each) for each in pairs]
    base = tried(CANDIDATES[PRESENT], cases)
    yield compared(PRESENT, base, base, cases)
    yield compared("spread known", tried(Candidate(spread_known), cases), base, cases)
    known = [replace(case(*each, known=True), judged=own.judged) for each, own in zip(pairs, cases, strict=True)]
    yield compared("covariances known", tried(Candidate(present), known), base, cases)


def shock_rows(teams: int, guess: float = 3.0) -> Iterable[dict[str, object]]:
    """Two periods, where shocks cannot be told from gains: a larger guess of them, right and wrong."""
    for name in ("mixed", "strong shocks"):
        pairs = [each for each in worlds_of({name: SCENARIOS[name]}, teams) if each[0].periods == 2]
        cases = [case(*each) for each in pairs]
        before, paths.SHOCK_GUESS = paths.SHOCK_GUESS, guess
        careful = [case(*each) for each in pairs]
        paths.SHOCK_GUESS = before
        base = tried(CANDIDATES[PRESENT], cases)
        labels = {PRESENT: cases, f"shock of {guess:.0f} guessed": careful}
        for label, own in labels.items():
            found = compared(label, tried(Candidate(present), own), base, cases)
            yield {"teams": teams, "worlds": f"{name}, two periods"} | found


def main() -> None:
    """Write the table, a line at a time."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for teams in ORGANIZATIONS:
            for row in (*rows_of(teams), *(shock_rows(teams) if teams == 400 else ())):
                if writer is None:
                    writer = csv.DictWriter(file, list(row), lineterminator="\n")
                    writer.writeheader()
                writer.writerow(row)
                print(*row.values(), sep="\t", flush=True)


if __name__ == "__main__":
    main()
