"""
Sums: the one place where rows of answers become sums per team, period and item.

Every figure of a team is a function of counts, sums, sums of squares and cross products over its members.
This module makes them and decides nothing; all other modules of this floor read the sums and never a row,
so that another engine (a warehouse, a cluster) could make them instead.

A sum of floating-point numbers depends on their order in its last digits. Here it does not: values are first
rounded to a grid so fine that it does not matter (a 2⁻⁵¹ part of the largest possible sum) and so coarse that
adding them is exact (Demmel & Nguyen 2015, pre-rounding). Whole answers lie on the grid already.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dashboard.measurement.scoring import Answers, person_scores, turned
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Scale, Settings, Survey

Values = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

NO_VARIANCE = 1e-11  # below it a variance is rounding, and is zero


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """
    Runs of equal codes in sorted rows: `codes`, `starts`, `sizes`, each (G,), no group empty.

    >>> groups = Groups.of(np.array([2, 2, 5]))
    >>> groups.codes, groups.sum(np.array([1.0, 2.0, 4.0])), groups.each_row(np.array([7.0, 9.0]))
    (array([2, 5]), array([3., 4.]), array([7., 7., 9.]))
    """

    codes: npt.NDArray[np.integer]
    starts: Indices
    sizes: Indices

    @classmethod
    def of(cls, codes: npt.NDArray[np.integer]) -> Groups:
        """The groups of rows whose codes are sorted."""
        first = np.ones(len(codes), dtype=bool)
        np.not_equal(codes[1:], codes[:-1], out=first[1:])
        starts = np.flatnonzero(first)
        return cls(codes=codes[starts], starts=starts, sizes=np.diff(starts, append=len(codes)))

    def sum(self, values: Values | Flags) -> Values:
        """(G,) the exact sum over each group of (rows,) values without `nan`, in whatever order they stand."""
        if not len(self.starts):
            return np.zeros(0)
        addends = values if values.dtype == bool else _on_grid(values.astype(np.float64, copy=False), self.sizes.max())
        return np.add.reduceat(addends, self.starts, dtype=np.float64)

    def each_row(self, values: Values) -> Values:
        """(rows,) for each row the value of its group."""
        return np.repeat(values, self.sizes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wave:
    """The rows of one period, by team: `rows` selects them from the survey, `groups` are its teams."""

    rows: slice | Indices
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleSums:
    """
    Sums of one scale in one period. Answers are turned round and counted from the middle of the scale, `centre`.

    Parameters
    ----------
    answered, total, squares : (items, G) number of answers, their sum and sum of squares, per item and team.
    deviations : (items, G) Σ|x − item mean of the team|; `None` where not asked for.
    scored, score_total, score_squares : (G,) the same of person scores.
    complete : persons who answered every item; complete_total (items,) and complete_products (items, items)
        are the sums and cross products of their answers.
    at_maximum : answers at the top of the scale, over all items.
    """

    centre: float
    answered: Values
    total: Values
    squares: Values
    deviations: Values | None
    scored: Values
    score_total: Values
    score_squares: Values
    complete: int
    complete_total: Values
    complete_products: Values
    at_maximum: int

    @property
    def score_means(self) -> Values:
        """(G,) mean person score of each team, in points; `nan` where nobody has one."""
        return self.centre + quotient(self.score_total, self.scored)

    @property
    def score_within(self) -> float:
        """Sum of squared distances of person scores from their team's mean."""
        return float(within_squares(self.scored, self.score_total, self.score_squares).sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeriodSums:
    """
    Sums of one period over its G teams with any response.

    `teams` : (G,) team codes. `responses`, `respondents` : (G,) rows; persons with either of the two scores.
    """

    teams: npt.NDArray[np.integer]
    responses: Indices
    respondents: Values
    scales: Mapping[str, ScaleSums]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SurveySums:
    """All sums of a survey: `periods` in order, each over its own teams, coded below `teams`."""

    teams: int
    periods: tuple[PeriodSums, ...]

    def table(self, column: list[Values], empty: float = np.nan) -> Values:
        """(T, Q) from one (G,) array per period; `empty` where a team has no response."""
        table = np.full((self.teams, len(self.periods)), empty)
        for position, (period, values) in enumerate(zip(self.periods, column, strict=True)):
            table[period.teams, position] = values
        return table


def survey_sums(survey: Survey, settings: Settings) -> SurveySums:
    """Every sum that the figures of a survey need, in one pass over its rows, one period at a time."""
    periods = tuple(_period_sums(survey, wave, settings) for wave in waves(survey))
    return SurveySums(teams=len(survey.teams), periods=periods)


def waves(survey: Survey) -> Iterator[Wave]:
    """The periods in order; rows that stand sorted already are taken as they are, without a copy."""
    cell = survey.period.astype(np.int64) * len(survey.teams) + survey.team
    order = None if (cell[1:] >= cell[:-1]).all() else np.argsort(cell, kind="stable")
    period = survey.period if order is None else survey.period[order]
    bounds = np.searchsorted(period, np.arange(len(survey.periods) + 1))
    for begin, end in pairwise(bounds):
        rows = slice(int(begin), int(end)) if order is None else order[begin:end]
        yield Wave(rows=rows, groups=Groups.of(survey.team[rows]))


def exact_total(values: Values) -> float:
    """The sum of values without `nan`, the same in whatever order they stand."""
    return float(_on_grid(values, len(values)).sum())


def within_squares(count: Values, total: Values, squares: Values) -> Values:
    """Sum of squared distances from the mean, from counts, sums and sums of squares; 0 where it is rounding."""
    spread = squares - total * quotient(total, count, empty=0.0)
    return np.where(spread > NO_VARIANCE * np.maximum(count - 1, 1), spread, 0.0)


def quotient(above: Values, below: Values, empty: float = np.nan) -> Values:
    """above / below, `empty` where below is not positive."""
    return np.divide(above, below, out=np.full(np.shape(above), empty), where=np.asarray(below) > 0)


def _on_grid(values: Values, count: int | np.integer) -> Values:
    """Values rounded so that any sum of `count` of them is exact."""
    largest = float(np.abs(values).max(initial=0.0)) * float(count)
    if largest == 0.0:
        return values
    shift = math.ldexp(1.5, math.frexp(largest)[1] + 1)
    return (values + shift) - shift


def _period_sums(survey: Survey, wave: Wave, settings: Settings) -> PeriodSums:
    groups, scales = wave.groups, {}
    anyone = np.zeros(int(groups.sizes.sum()), dtype=bool)
    for name, scale in survey.instrument.scales.items():
        answers = survey.answers[name][wave.rows]
        scores = person_scores(answers, scale, settings)
        scales[name] = _scale_sums(answers, scores, scale, groups)
        if name in (INDIVIDUAL, COLLECTIVE):
            anyone |= np.isfinite(scores)
    return PeriodSums(teams=groups.codes, responses=groups.sizes, respondents=groups.sum(anyone), scales=scales)


def _scale_sums(answers: Answers, scores: Values, scale: Scale, groups: Groups) -> ScaleSums:
    low, high = scale.bounds
    centre = (low + high) / 2
    centred = np.empty(answers.shape, order="F")
    given = np.empty(answers.shape, dtype=bool, order="F")
    sums = np.empty((4, len(scale.items), len(groups.codes)))
    for item in range(len(scale.items)):
        column = turned(answers, scale, item) - centre
        given[:, item] = np.isfinite(column)
        centred[:, item] = np.where(given[:, item], column, 0.0)
        sums[:, item] = _item_sums(centred[:, item], given[:, item], groups, scale.name == COLLECTIVE)
    complete = np.logical_and.reduce(given, axis=1)
    scored = np.isfinite(scores)
    centred_scores = np.where(scored, scores - centre, 0.0)
    at_maximum = int(np.count_nonzero(centred == high - centre))
    centred *= complete[:, None]
    return ScaleSums(
        centre=centre,
        answered=sums[0],
        total=sums[1],
        squares=sums[2],
        deviations=sums[3] if scale.name == COLLECTIVE else None,
        scored=groups.sum(scored),
        score_total=groups.sum(centred_scores),
        score_squares=groups.sum(centred_scores**2),
        complete=int(np.count_nonzero(complete)),
        complete_total=np.array([exact_total(column) for column in centred.T]),
        complete_products=_cross_products(centred, whole=answers.dtype == np.float32),
        at_maximum=at_maximum,
    )


def _item_sums(column: Values, given: Flags, groups: Groups, deviations: bool) -> Values:
    """(4, G) answers, their sum, sum of squares and sum of absolute deviations, the last `nan` unless asked for."""
    answered, total = groups.sum(given), groups.sum(column)
    distances = np.full_like(total, np.nan)
    if deviations:
        from_mean = np.abs(column - groups.each_row(quotient(total, answered, empty=0.0)))
        distances = groups.sum(from_mean * given)
    return np.array([answered, total, groups.sum(column**2), distances])


def _cross_products(matrix: Values, whole: bool) -> Values:
    """(items, items) sums of products of columns, the same in whatever order the rows stand."""
    if whole:  # products of whole or half numbers add up exactly
        return matrix.T @ matrix
    items = matrix.shape[1]
    products = np.empty((items, items))
    for one in range(items):
        for other in range(one, items):
            total = exact_total(matrix[:, one] * matrix[:, other])
            products[one, other] = products[other, one] = total
    return products
