"""
Sums: the one place where rows of answers become sums per team, period and item.

Every figure of a team is a function of counts, sums, sums of squares and cross products over its members.
This module makes them, one period at a time, and decides nothing; what describes a team reads the sums and never a
row, so that another engine (a warehouse, a cluster) could make them instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import (
    Flags,
    Groups,
    Indices,
    Values,
    exact_total,
    is_whole,
    quotient,
    within_squares,
)
from dashboard.measurement.scoring import Answers, above_minimum, mean_answers
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Scale, Settings, Survey


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wave:
    """The rows of one period, by team: `rows` selects them from the survey, `groups` are its teams."""

    rows: slice | Indices
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleSums:
    """
    Sums of one scale in one period. Answers are turned round and counted from `origin`, the bottom of the scale.

    Parameters
    ----------
    answered, total, squares : (items, G) number of answers, their sum and sum of squares, per item and team.
    deviations : (items, G) Σ|x − item mean of the team|; `None` but for the collective scale.
    scored, score_total, score_squares : (G,) the same of person scores.
    complete : persons who answered every item; complete_total (items,) and complete_products (items, items)
        are the sums and cross products of their answers.
    at_maximum : answers at the top of the scale, over all items.
    """

    origin: float
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
        return self.origin + quotient(self.score_total, self.scored)

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

    def of_scale(self, name: str) -> list[ScaleSums]:
        """The sums of one scale, period by period."""
        return [period.scales[name] for period in self.periods]

    def table(self, column: list[Values], empty: float = np.nan) -> Values:
        """(T, Q) from one (G,) array per period; `empty` where a team has no response."""
        table = np.full((self.teams, len(self.periods)), empty, order="F")
        for position, (period, values) in enumerate(zip(self.periods, column, strict=True)):
            table[period.teams, position] = values
        return table


@dataclass(slots=True, kw_only=True, eq=False)
class _Answers:
    """One period's answers to one scale while they are summed; `matrix` (persons, items) is 0 where none is given."""

    matrix: Values
    complete: Flags
    number: npt.NDArray[np.int16]
    total: Values
    at_maximum: int = 0
    whole: bool = True

    @classmethod
    def of(cls, persons: int, items: int) -> _Answers:
        return cls(
            matrix=np.empty((persons, items), order="F"),
            complete=np.ones(persons, dtype=bool),
            number=np.zeros(persons, dtype=np.int16),
            total=np.zeros(persons),
        )


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


def _period_sums(survey: Survey, wave: Wave, settings: Settings) -> PeriodSums:
    groups, scales = wave.groups, {}
    anyone = np.zeros(int(groups.sizes.sum()), dtype=bool)
    for name, scale in survey.instrument.scales.items():
        scales[name], scored = _scale_sums(survey.answers[name][wave.rows], scale, groups, settings)
        if name in (INDIVIDUAL, COLLECTIVE):
            anyone |= scored
    return PeriodSums(teams=groups.codes, responses=groups.sizes, respondents=groups.count(anyone), scales=scales)


def _scale_sums(answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> tuple[ScaleSums, Flags]:
    """The sums of one scale in one period, and which persons have a score."""
    low, _ = scale.bounds
    seen = _Answers.of(*answers.shape)
    items = np.stack([_item_sums(seen, answers, scale, item, groups) for item in range(len(scale.items))], axis=1)
    scores = mean_answers(seen.total, seen.number, len(scale.items), settings)
    scored = np.isfinite(scores)
    of_scores = groups.moments(np.where(scored, scores, 0.0), scored)
    seen.matrix[~seen.complete] = 0.0
    sums = ScaleSums(
        origin=low,
        answered=items[0],
        total=items[1],
        squares=items[2],
        deviations=items[3] if scale.name == COLLECTIVE else None,
        scored=of_scores[0],
        score_total=of_scores[1],
        score_squares=of_scores[2],
        complete=int(np.count_nonzero(seen.complete)),
        complete_total=np.array([exact_total(column) for column in seen.matrix.T]),
        complete_products=_cross_products(seen.matrix, seen.whole),
        at_maximum=seen.at_maximum,
    )
    return sums, scored


def _item_sums(seen: _Answers, answers: Answers, scale: Scale, item: int, groups: Groups) -> Values:
    """(4, G) answers, their sum, sum of squares and sum of absolute deviations (`nan` but for the collective scale)."""
    low, high = scale.bounds
    column = above_minimum(answers, scale, item)
    given = np.isfinite(column)
    column[~given] = 0.0
    seen.matrix[:, item] = column
    seen.complete &= given
    seen.number += given
    seen.total += column
    seen.at_maximum += int(np.count_nonzero(column == high - low))
    whole = is_whole(column)
    seen.whole &= whole
    moments = groups.moments(column, given, whole)
    if scale.name != COLLECTIVE:
        return np.vstack([moments, np.full_like(moments[:1], np.nan)])
    distances = np.abs(column - groups.each_row(quotient(moments[1], moments[0], empty=0.0)))
    distances[~given] = 0.0
    return np.vstack([moments, groups.sum(distances)])


def _cross_products(matrix: Values, whole: bool) -> Values:
    """(items, items) sums of products of columns, the same in whatever order the rows stand."""
    if whole:
        return matrix.T @ matrix
    items = matrix.shape[1]
    products = np.empty((items, items))
    for one in range(items):
        for other in range(one, items):
            products[one, other] = products[other, one] = exact_total(matrix[:, one] * matrix[:, other])
    return products
