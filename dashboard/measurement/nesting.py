"""
Nesting: is there anything of the team in its members' answers?

Persons sit in teams. If members of a team answer more alike than persons of different teams, a part of an answer
belongs to the team. ICC(1) is that part of one person's score; ICC(2) says how far the mean of a team can be
trusted; shrunken means draw what cannot be trusted towards the organisation's mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.measurement import random_intercept
from dashboard.measurement.groups import NO_VARIANCE, Groups, quotient, snapped, within_squares
from dashboard.measurement.pairs import Pairs, pairs_of_persons

Scores = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]
Labels = Sequence[Any] | npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """
    How much of the scores belongs to the teams.

    `icc1` with its interval `low`, `high`; `icc2`; `between`, `within`: mean squares (MSB, MSW); `n0`: effective
    team size; `teams`, `respondents`: with at least one score. `nan` where not defined.
    """

    icc1: float
    low: float
    high: float
    icc2: float
    between: float
    within: float
    n0: float
    teams: int
    respondents: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShrunkenMeans:
    """
    REML random intercept: `mean`, `tau2`, `sigma2`; and for each of `teams` (sorted labels) the shrunken mean in
    `estimates` with its predictive standard error in `errors`, `nan` for a team without any score.
    """

    mean: float
    tau2: float
    sigma2: float
    teams: npt.NDArray[Any]
    estimates: Values
    errors: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlations:
    """Of two scores: over all persons (`raw`), of team means (`between`), of distances from them (`within`)."""

    raw: float
    between: float
    within: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Teams:
    """Scored persons by team: `labels` of all teams, and sums over them."""

    labels: npt.NDArray[Any]
    sizes: Values
    means: Values
    within: float


def icc(scores: Scores, teams: Labels, interval: float = 0.95) -> Nesting:
    """
    ICC(1) with its F interval, and ICC(2), from a one-way analysis of variance.

    Parameters
    ----------
    scores : (persons,), `nan` where a person has none.
    teams : (persons,) label of each person's team.

    Returns
    -------
    ICC(1) and ICC(2) at most 1; negative where members are less alike than strangers, and shown as it is. `nan`
    with one team, with teams of one only, and where everyone has the same score. Without spread inside any team
    both are 1: check the data.

    Source
    ------
    Shrout & Fleiss (1979); Bliese (2000); n0 instead of the mean team size for teams of unequal size.

    >>> found = icc(np.array([1, 2, 3, 4, 5, 6.0]), ["a", "a", "b", "b", "c", "c"])
    >>> found.between, found.within, round(found.icc1, 3), found.icc2  # team means 1.5, 3.5, 5.5
    (8.0, 0.5, 0.882, 0.9375)
    """
    found = _teams(scores, teams)
    scored = found.sizes > 0
    return nesting_of(found.sizes[scored], found.means[scored], found.within, interval)


def nesting_of(sizes: Values, means: Values, within: float, interval: float = 0.95) -> Nesting:
    """As `icc`, from (G,) team sizes of at least 1, team means, and the sum of squares inside teams."""
    persons, teams = float(sizes.sum()), len(sizes)
    msb, n0 = _between(sizes, means) if teams > 1 else (np.nan, np.nan)
    msw = snapped(within / (persons - teams)) if persons > teams else np.nan
    low, high = _interval(msb, msw, n0, (teams - 1, persons - teams), interval)
    below = msb + (n0 - 1) * msw
    return Nesting(
        icc1=(msb - msw) / below if below > 0 else np.nan,
        low=low,
        high=high,
        icc2=(msb - msw) / msb if msb > 0 else np.nan,
        between=msb,
        within=msw,
        n0=n0,
        teams=teams,
        respondents=int(persons),
    )


def shrunken_means(scores: Scores, teams: Labels) -> ShrunkenMeans:
    """
    The best guess of every team's mean under a REML random intercept.

    Parameters
    ----------
    scores : (persons,), `nan` where a person has none.
    teams : (persons,) label of each person's team.

    Returns
    -------
    With τ² = 0 all estimates are equal. Everything `nan` with one team or with teams of one only; from how many
    teams on the estimates are shown is settled elsewhere (`Settings.shrinkage_teams`).

    Source
    ------
    Same figures as `lmer(y ~ 1 + (1 | team))` of the R package lme4.

    >>> found = shrunken_means(np.array([1, 2, 3, 4, 5, 6.0]), ["a", "a", "b", "b", "c", "c"])
    >>> round(found.mean, 2), round(found.sigma2, 2), round(found.tau2, 2)  # balanced: (MSB − MSW) / n
    (3.5, 0.5, 3.75)
    >>> found.estimates.round(3)  # 3.5 ± 2 · 3.75 / 4
    array([1.625, 3.5  , 5.375])
    """
    found = _teams(scores, teams)
    scored = found.sizes > 0
    variance = random_intercept.components(found.sizes[scored], found.means[scored], found.within)
    shrunken = random_intercept.shrunken(found.sizes, found.means, variance)
    return ShrunkenMeans(
        mean=variance.mean,
        tau2=variance.tau2,
        sigma2=variance.sigma2,
        teams=found.labels,
        estimates=shrunken.estimates,
        errors=shrunken.errors,
    )


def permutation_p(scores: Scores, teams: Labels, shuffles: int = 1000, seed: int = 0) -> float:
    """
    How often persons dealt to the teams at random are as alike inside them: (1 + b) / (1 + shuffles).

    Between 1 / (1 + shuffles) and 1; `nan` with one team or where everyone has the same score.
    """
    values, codes, _ = _scored(scores, teams)
    order = np.argsort(codes, kind="stable")
    groups, values = Groups.of(codes[order]), values[order]
    if len(groups.codes) < 2 or not np.var(values) > NO_VARIANCE:
        return float("nan")
    random = np.random.default_rng(seed)
    values = values - values.mean()
    observed = _between_squares(values, groups)
    dealt = np.array([_between_squares(random.permutation(values), groups) for _ in range(shuffles)])
    return float((1 + np.count_nonzero(dealt >= observed - 1e-12 * abs(observed))) / (1 + shuffles))


def correlations(one: Scores, other: Scores, teams: Labels) -> Correlations:
    """
    How two scores of the same persons go together, over persons, between teams and within them, −1 … 1.

    Persons without both scores are left out; team means count by their size. `nan` where one does not vary.

    Source
    ------
    Dansereau, Alutto & Yammarino (1984). Same figures as `waba` of the R package multilevel.
    """
    return correlations_of(pairs_of_persons(one, other, teams)[0])


def correlations_of(pairs: Pairs) -> Correlations:
    """As `correlations`, from what persons with both scores have in common."""
    answered = pairs.answered()
    around = np.column_stack([answered.individual, answered.collective])
    around = around - answered.sizes @ around / max(float(answered.sizes.sum()), 1.0)
    between = (answered.sizes[:, None] * around).T @ around
    inside = np.array(
        [[pairs.inside.individual, pairs.inside.product], [pairs.inside.product, pairs.inside.collective]]
    )
    persons = float(pairs.sizes.sum())
    return Correlations(
        raw=_correlation(between + inside, persons),
        between=_correlation(between, persons),
        within=_correlation(inside, persons),
    )


def _teams(scores: Scores, teams: Labels) -> _Teams:
    values, codes, labels = _scored(scores, teams)
    order = np.argsort(codes, kind="stable")
    groups = Groups.of(codes[order])
    centre = float(np.median(values)) if len(values) else 0.0
    centred = values[order] - centre
    sizes, total, squares = sums = np.zeros((3, len(labels)))
    sums[:, groups.codes] = groups.moments(centred, np.ones(len(centred), dtype=bool))
    within = float(within_squares(sizes, total, squares).sum())
    return _Teams(labels=labels, sizes=sizes, means=centre + quotient(total, sizes), within=within)


def _scored(scores: Scores, teams: Labels) -> tuple[Values, npt.NDArray[np.intp], npt.NDArray[Any]]:
    """Scores and team codes of persons who have a score, and the labels of all teams, sorted."""
    values, of_team = np.asarray(scores, dtype=np.float64), np.asarray(teams)
    if values.shape != of_team.shape:
        raise ValueError(f"there are {len(values)} scores and {len(of_team)} team labels; each person needs both")
    labels, codes = np.unique(of_team, return_inverse=True)
    known = np.isfinite(values)
    return values[known], codes[known], labels


def _between(sizes: Values, means: Values) -> tuple[float, float]:
    """MSB and n0."""
    persons, df = float(sizes.sum()), len(sizes) - 1
    distances = means - (sizes * means).sum() / persons
    return snapped(float((sizes * distances**2).sum()) / df), (persons - float((sizes**2).sum()) / persons) / df


def _interval(msb: float, msw: float, n0: float, df: tuple[float, float], interval: float) -> tuple[float, float]:
    """The F interval of ICC(1); both ends 1, its limit, without spread inside teams."""
    if not (np.isfinite(msb) and np.isfinite(msw)) or msb + msw == 0:
        return np.nan, np.nan
    if msw == 0:
        return 1.0, 1.0
    ratio, upper = msb / msw, (1 + interval) / 2
    bounds = ratio / special.fdtri(*df, upper), ratio * special.fdtri(*df[::-1], upper)
    low, high = ((bound - 1) / (bound - 1 + n0) for bound in bounds)
    return float(low), float(high)


def _between_squares(values: Values, groups: Groups) -> float:
    return float((np.add.reduceat(values, groups.starts) ** 2 / groups.sizes).sum())


def _correlation(products: Values, persons: float) -> float:
    if not np.diag(products).min() > NO_VARIANCE * max(persons, 1.0):
        return float("nan")
    return float(products[0, 1] / np.sqrt(products[0, 0] * products[1, 1]))
