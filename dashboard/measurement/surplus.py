"""
Collective surplus: belief in the team beyond what its members' belief in themselves predicts.

Members who believe in themselves tend to believe in their team. What of a team's collective efficacy is left when
that is taken out, of each person inside the team and of the team as a whole, is the team's own part:

    CE_ti = γ00 + γ10 (SE_ti − mean_t SE) + γ01 mean_t SE + u_t + e_ti

u_t is the surplus. It is drawn towards 0 as far as it is uncertain, so a small team shows a large one only on strong
evidence. As SE_ti − mean_t SE adds up to 0 in every team, γ10 stands apart from all else and is found exactly from
sums inside teams; the other coefficients and u_t are those of team means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.measurement.groups import NO_VARIANCE
from dashboard.measurement.pairs import Pairs, pairs_of, pairs_of_persons
from dashboard.measurement.random_intercept import Regression, regression
from dashboard.measurement.sums import PeriodSums

Scores = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]
Labels = Sequence[Any] | npt.NDArray[Any]

FEWEST_TEAMS = 3  # two coefficients of team means, and something left to differ
COEFFICIENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surplus:
    """
    `coefficients`, `coefficient_errors` : (3,) γ00 (points), γ10 inside teams, γ01 between them, and standard errors.
    `tau2`, `sigma2` : variance between teams that SE does not predict, and inside teams; squared points.
    `teams` : (G,) labels. `estimates`, `errors` : (G,) u_t and its conditional standard error, in points; `nan` for a
    team in which nobody has both scores.
    """

    coefficients: Values
    coefficient_errors: Values
    tau2: float
    sigma2: float
    teams: npt.NDArray[Any]
    estimates: Values
    errors: Values


class Surpluses(NamedTuple):
    """(G,) the surplus of each team and the ends of its interval, in points."""

    estimates: Values
    low: Values
    high: Values


def collective_surplus(individual: Scores, collective: Scores, teams: Labels) -> Surplus:
    """
    The surplus of every team, by REML.

    Parameters
    ----------
    individual, collective : (persons,) scores in points, `nan` where a person has none; persons without both are
        left out.
    teams : (persons,) label of each person's team.

    Returns
    -------
    All `nan` with fewer than 3 teams, where individual scores do not vary inside teams or between them, and where
    persons of a team differ in nothing but what their individual scores predict. With τ² = 0 every surplus is 0:
    teams differ no more than chance, and the error then says nothing.

    Raises
    ------
    ValueError : when scores and labels are not of one length.

    Source
    ------
    Raudenbush & Bryk (2002), chapter 5. Same figures as `lmer(CE ~ within + between + (1 | team))` of the R package
    lme4, errors as its conditional variances.
    """
    pairs, labels = pairs_of_persons(individual, collective, teams)
    return surplus_of(pairs, labels)


def surplus_of(pairs: Pairs, labels: npt.NDArray[Any]) -> Surplus:
    """The surplus from what persons with both scores have in common."""
    answered = pairs.answered()
    if not _varies(answered):
        return _not_known(labels)
    slope, rest = _inside_teams(pairs)
    found = _between_teams(answered, rest)
    variance = found.tau2 + found.sigma2 / np.maximum(pairs.sizes, 1)
    trust = found.tau2 / variance
    expected = found.coefficients[0] + found.coefficients[1] * pairs.individual
    errors = np.where(pairs.sizes > 0, np.sqrt(found.tau2 * (1 - trust)), np.nan)
    coefficient_errors = np.sqrt(np.diag(found.covariance))
    return Surplus(
        coefficients=np.array([found.coefficients[0], slope, found.coefficients[1]]),
        coefficient_errors=np.array(
            [coefficient_errors[0], np.sqrt(found.sigma2 / pairs.inside.individual), coefficient_errors[1]]
        ),
        tau2=found.tau2,
        sigma2=found.sigma2,
        teams=labels,
        estimates=trust * (pairs.collective - expected),
        errors=errors,
    )


def surplus_in_period(sums: PeriodSums, interval: float) -> Surpluses:
    """The surplus of every team of a period, and its interval; none where τ² = 0, as it would have no width."""
    found = surplus_of(pairs_of(sums), sums.teams)
    half = float(special.ndtri((1 + interval) / 2)) * np.where(found.errors > 0, found.errors, np.nan)
    return Surpluses(found.estimates, found.estimates - half, found.estimates + half)


def _varies(pairs: Pairs) -> bool:
    """Whether there is spread enough for every coefficient and both variances."""
    free = pairs.sizes.sum() - len(pairs.sizes) - 1
    if len(pairs.sizes) < FEWEST_TEAMS or free < 1:
        return False
    if not (pairs.inside.individual > NO_VARIANCE * free and np.var(pairs.individual) > NO_VARIANCE):
        return False
    return _inside_teams(pairs)[1] > NO_VARIANCE * free


def _inside_teams(pairs: Pairs) -> tuple[float, float]:
    """γ10, and the sum of squares inside teams that it leaves."""
    slope = pairs.inside.product / pairs.inside.individual
    return slope, pairs.inside.collective - slope * pairs.inside.product


def _between_teams(pairs: Pairs, rest: float) -> Regression:
    """γ00 and γ01 with both variances; means are centred while they are worked on."""
    persons = pairs.sizes.sum()
    x, y = (float((pairs.sizes * means).sum() / persons) for means in (pairs.individual, pairs.collective))
    design = np.column_stack([np.ones(len(pairs.sizes)), pairs.individual - x])
    found = regression(pairs.sizes, design, pairs.collective - y, rest, persons - COEFFICIENTS)
    back = np.array([[1.0, -x], [0.0, 1.0]])
    coefficients = back @ found.coefficients + np.array([y, 0.0])
    return found._replace(coefficients=coefficients, covariance=back @ found.covariance @ back.T)


def _not_known(labels: npt.NDArray[Any]) -> Surplus:
    empty = np.full(len(labels), np.nan)
    nothing = np.full(COEFFICIENTS, np.nan)
    return Surplus(
        coefficients=nothing,
        coefficient_errors=nothing,
        tau2=np.nan,
        sigma2=np.nan,
        teams=labels,
        estimates=empty,
        errors=empty,
    )
