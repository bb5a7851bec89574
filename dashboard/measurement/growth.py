"""
Growth: one straight line per team, with persons who come back.

y = (β₀ + b₀) + (β₁ + b₁) t + person + e: intercept and slope (b₀, b₁) are bivariate normal across teams, a person adds
the same at all times. REML needs of a team only cross products: those of its rows, and those of the sums of its
persons, by how often they answered. A person who answered m times is then weighed by θ/(1 + mθ), θ the variance of
persons in units of the residual one; a team by (I + AG)⁻¹ with its 2 × 2 information A (Woodbury, twice). Nothing
grows with the number of rows but the making of these sums.

The verdict does not use it: its paths have trend, drift and shock on both scales at once. This is the plain growth
model that the field knows, for one scale, to compare with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize

from dashboard.measurement.groups import NO_VARIANCE

Values = npt.NDArray[np.float64]
Labels = npt.NDArray[Any]

# Variances in units of the residual one: as large as it, as lme4 begins; and small, lest a search that leaps to the
# edge, where the slope is level, stays there.
_STARTS = (np.array([1.0, 0.0, 1.0, 1.0]), np.array([0.5, 0.0, 0.1, 0.2]))
_FLAT = 1e-13  # relative change of the criterion at which the search ends
_LINE = 2  # coefficients: intercept and slope


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Growth:
    """
    `intercept` and `slope` of the organisation's line and their standard errors; `between_teams` (2, 2), covariance
    of teams' intercepts and slopes; `between_persons` and `residual` variance; `criterion`, −2 log restricted
    likelihood; `teams` (T,) labels and `slopes` (T,) of their lines, drawn towards the organisation's. Units of the
    scores, slopes per unit of time.
    """

    intercept: float
    slope: float
    intercept_error: float
    slope_error: float
    between_teams: Values
    between_persons: float
    residual: float
    criterion: float
    teams: Labels
    slopes: Values


class _Products(NamedTuple):
    """
    Cross products of (1, t, y): (T, 3, 3) of the rows of each team; (M, T, 3, 3) of the sums of its persons who
    answered `times` (M,), of whom there are `persons` (M,). `rows` in all.
    """

    of_rows: Values
    of_sums: Values
    times: Values
    persons: Values
    rows: int


class _Fit(NamedTuple):
    """At one set of variances: information (2, 2), coefficients (2,), residual variance, criterion."""

    information: Values
    coefficients: Values
    residual: float
    criterion: float


def growth(scores: Values, teams: Labels, respondents: Labels, time: Values) -> Growth:
    """
    Straight lines of teams by REML.

    Parameters
    ----------
    scores : (responses,) person scores; `nan` where there is none, and the response is left out.
    teams, respondents : (responses,) label of each. A person is a respondent in a team: whoever changes team is
        another person there.
    time : (responses,) when, in whatever unit; 0 is where the intercept stands.

    Returns
    -------
    All figures `nan` with fewer than three teams, where nobody answered twice, with a single time, and without any
    spread around lines of persons. Variances may be 0.

    Source
    ------
    Bliese & Ployhart (2002). Same figures as `lmer(y ~ t + (1 + t | team) + (1 | respondent))` of the R package lme4.

    >>> random = np.random.default_rng(1)
    >>> team, person, time = np.repeat(np.arange(40), 24), np.repeat(np.arange(320), 3), np.tile(np.arange(3.0), 320)
    >>> line = 3 + 0.5 * random.standard_normal(40)[team] + (0.2 + 0.1 * random.standard_normal(40)[team]) * time
    >>> found = growth(line + 0.4 * random.standard_normal(960), team, person, time)
    >>> round(found.slope, 2), round(found.residual, 2)
    (0.23, 0.16)
    """
    scored = np.isfinite(scores)
    names, team = np.unique(np.asarray(teams)[scored], return_inverse=True)
    columns = np.column_stack([np.ones_like(scores), time, scores])[scored].astype(np.float64)
    products = _products(columns, team, np.asarray(respondents)[scored], len(names))
    if not _defined(products):
        return _undefined(names)
    searches = [_search(start, products) for start in _STARTS]
    return _growth(min(searches, key=lambda chosen: _fit(chosen, products).criterion), products, names)


def _search(start: Values, products: _Products) -> Values:
    """The variances of smallest criterion, no deviation negative."""
    found: Values = optimize.minimize(
        lambda chosen: _fit(chosen, products).criterion,
        start,
        method="L-BFGS-B",
        bounds=[(0, None), (None, None), (0, None), (0, None)],
        options={"ftol": _FLAT, "gtol": 1e-7},
    ).x
    return found


def _growth(chosen: Values, products: _Products, names: Labels) -> Growth:
    found, (across, persons) = _fit(chosen, products), _variances(chosen)
    errors = np.sqrt(found.residual * np.diag(np.linalg.inv(found.information)))
    return Growth(
        intercept=float(found.coefficients[0]),
        slope=float(found.coefficients[1]),
        intercept_error=float(errors[0]),
        slope_error=float(errors[1]),
        between_teams=found.residual * across,
        between_persons=found.residual * persons,
        residual=found.residual,
        criterion=found.criterion,
        teams=names,
        slopes=found.coefficients[1] + _effects(found.coefficients, across, persons, products)[:, 1],
    )


def _undefined(names: Labels) -> Growth:
    figures = "intercept slope intercept_error slope_error between_persons residual criterion".split()
    return Growth(
        **dict.fromkeys(figures, np.nan),
        between_teams=np.full((_LINE, _LINE), np.nan),
        teams=names,
        slopes=np.full(len(names), np.nan),
    )


def _products(columns: Values, team: npt.NDArray[np.intp], respondents: Labels, teams: int) -> _Products:
    names, respondent = np.unique(respondents, return_inverse=True)
    persons, person = np.unique(team * len(names) + respondent, return_inverse=True)
    answered = np.bincount(person)
    sums: Values = np.column_stack([np.bincount(person, column, len(persons)) for column in columns.T])
    times, how_often = np.unique(answered, return_inverse=True)
    place = how_often * teams + persons // len(names)
    return _Products(
        of_rows=_crossed(columns, team, teams),
        of_sums=_crossed(sums, place, len(times) * teams).reshape(len(times), teams, 3, 3),
        times=times.astype(float),
        persons=np.bincount(how_often).astype(float),
        rows=len(columns),
    )


def _crossed(columns: Values, group: npt.NDArray[np.intp], groups: int) -> Values:
    """(groups, 3, 3) sums of products of the columns."""
    found = np.empty((groups, columns.shape[1], columns.shape[1]))
    for one, first in enumerate(columns.T):
        for other, second in enumerate(columns.T):
            found[:, one, other] = np.bincount(group, first * second, groups)
    return found


def _defined(products: _Products) -> bool:
    teams = len(products.of_rows)
    if teams < 3 or products.rows - products.persons.sum() < 2:
        return False
    together = products.of_rows.sum(axis=0)
    spread_of_time = together[1, 1] - together[0, 1] ** 2 / together[0, 0]
    within = together - (products.of_sums / products.times[:, None, None, None]).sum(axis=(0, 1))
    if spread_of_time <= NO_VARIANCE * products.rows or within[1, 1] <= NO_VARIANCE * products.rows:
        return False
    around = within[2, 2] - within[1, 2] ** 2 / within[1, 1]
    return bool(around > NO_VARIANCE * products.rows)


def _variances(chosen: Values) -> tuple[Values, float]:
    """G (2, 2) by its Cholesky factor, and θ, both in units of the residual variance."""
    factor = np.array([[chosen[0], 0.0], [chosen[1], chosen[2]]])
    return factor @ factor.T, float(chosen[3])


def _weighed(persons: float, products: _Products) -> Values:
    """(T, 3, 3) cross products once what persons have in common with themselves is taken out."""
    weight = persons / (1 + products.times * persons)
    return products.of_rows - np.tensordot(weight, products.of_sums, 1)


def _fit(chosen: Values, products: _Products) -> _Fit:
    """The restricted likelihood, coefficients and residual variance profiled out."""
    across, persons = _variances(chosen)
    known = _weighed(persons, products)
    line = known[:, :_LINE, :_LINE]
    inflated = np.eye(_LINE) + line @ across  # I + AG
    drawn = across @ np.linalg.inv(inflated)  # (G⁻¹ + A)⁻¹, also for a singular G
    left = (known - known[:, :, :_LINE] @ drawn @ known[:, :_LINE, :]).sum(axis=0)
    information = left[:_LINE, :_LINE]
    coefficients = np.linalg.solve(information, left[:_LINE, 2])
    freedom = products.rows - _LINE
    residual = float(left[2, 2] - coefficients @ left[:_LINE, 2]) / freedom
    sizes = products.persons @ np.log1p(products.times * persons) + np.log(np.linalg.det(inflated)).sum()
    known_of_line = np.linalg.slogdet(information)[1]
    criterion = float(sizes + known_of_line + freedom * (1 + np.log(2 * np.pi * residual)))
    return _Fit(information, coefficients, residual, criterion)


def _effects(coefficients: Values, across: Values, persons: float, products: _Products) -> Values:
    """(T, 2) what each team's line adds to the organisation's: G (I + AG)⁻¹ X'W(y − Xβ)."""
    known = _weighed(persons, products)
    line = known[:, :_LINE, :_LINE]
    surprise = known[:, :_LINE, 2] - line @ coefficients
    drawn = across @ np.linalg.inv(np.eye(_LINE) + line @ across)
    return np.einsum("tab,tb->ta", drawn, surprise)
