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
class AcrossSums:
    """
    Sums of one period across the two scales: what individual and collective answers of the same persons have in common.

    Parameters
    ----------
    both : (G,) persons with both scores, of each team.
    individual, collective, individual_squares, collective_squares, products : (G,) sums of their scores, of squares,
        and of products; each scale counted from its own bottom, in points.
    complete : persons who answered every item of both scales; complete_total (items,) and complete_products
        (items, items) are the sums and cross products of their answers, the items of the individual scale first.
    """

    both: Values
    individual: Values
    collective: Values
    individual_squares: Values
    collective_squares: Values
    products: Values
    complete: int
    complete_total: Values
    complete_products: Values


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
    across: AcrossSums


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
    """
    One period's answers to one scale while they are summed; `matrix` (persons, items) is 0 where none is given, and in
    the end where a person is not complete; `scores` (persons,) is 0 where there is none.
    """

    matrix: Values
    complete: Flags
    number: npt.NDArray[np.int16]
    total: Values
    scores: Values
    scored: Flags
    at_maximum: int = 0
    whole: bool = True

    @classmethod
    def of(cls, persons: int, items: int) -> _Answers:
        return cls(
            matrix=np.empty((persons, items), order="F"),
            complete=np.ones(persons, dtype=bool),
            number=np.zeros(persons, dtype=np.int16),
            total=np.zeros(persons),
            scores=np.zeros(persons),
            scored=np.zeros(persons, dtype=bool),
        )

    def score(self, settings: Settings) -> None:
        """Scores of the persons who answered enough."""
        scores = mean_answers(self.total, self.number, self.matrix.shape[1], settings)
        self.scored = np.isfinite(scores)
        self.scores = np.where(self.scored, scores, 0.0)


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
    groups, scales, seen = wave.groups, {}, {}
    for name, scale in survey.instrument.scales.items():
        answers = _Answers.of(*survey.answers[name][wave.rows].shape)
        scales[name] = _scale_sums(answers, survey.answers[name][wave.rows], scale, groups, settings)
        if name in (INDIVIDUAL, COLLECTIVE):
            seen[name] = answers
    individual, collective = seen[INDIVIDUAL], seen[COLLECTIVE]
    return PeriodSums(
        teams=groups.codes,
        responses=groups.sizes,
        respondents=groups.count(individual.scored | collective.scored),
        scales=scales,
        across=_across_sums(individual, collective, scales[INDIVIDUAL], scales[COLLECTIVE], groups),
    )


def _scale_sums(seen: _Answers, answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> ScaleSums:
    """The sums of one scale in one period; `seen` is filled on the way."""
    low, _ = scale.bounds
    items = np.stack([_item_sums(seen, answers, scale, item, groups) for item in range(len(scale.items))], axis=1)
    seen.score(settings)
    of_scores = groups.moments(seen.scores, seen.scored)
    seen.matrix[~seen.complete] = 0.0
    return ScaleSums(
        origin=low,
        answered=items[0],
        total=items[1],
        squares=items[2],
        deviations=items[3] if scale.name == COLLECTIVE else None,
        scored=of_scores[0],
        score_total=of_scores[1],
        score_squares=of_scores[2],
        complete=int(np.count_nonzero(seen.complete)),
        complete_total=_totals(seen.matrix),
        complete_products=_cross_products(seen.matrix, seen.matrix, seen.whole),
        at_maximum=seen.at_maximum,
    )


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


def _across_sums(one: _Answers, other: _Answers, first: ScaleSums, second: ScaleSums, groups: Groups) -> AcrossSums:
    """The sums across two scales. Complete persons: those of either scale less those complete on it alone."""
    both = one.scored & other.scored
    alone = one.matrix[np.flatnonzero(one.complete & ~other.complete)]
    other_alone = other.matrix[np.flatnonzero(other.complete & ~one.complete)]
    across = _cross_products(one.matrix, other.matrix, one.whole and other.whole)
    return AcrossSums(
        **_score_sums(np.where(both, one.scores, 0.0), np.where(both, other.scores, 0.0), both, groups),
        complete=int(np.count_nonzero(one.complete & other.complete)),
        complete_total=np.concatenate(
            [first.complete_total - _totals(alone), second.complete_total - _totals(other_alone)]
        ),
        complete_products=np.block(
            [
                [first.complete_products - _cross_products(alone, alone, one.whole), across],
                [across.T, second.complete_products - _cross_products(other_alone, other_alone, other.whole)],
            ]
        ),
    )


def _score_sums(one: Values, other: Values, both: Flags, groups: Groups) -> dict[str, Values]:
    """(G,) sums over the persons with both scores; scores are 0 elsewhere."""
    return {
        "both": groups.count(both),
        "individual": groups.sum(one),
        "collective": groups.sum(other),
        "individual_squares": groups.sum(one**2),
        "collective_squares": groups.sum(other**2),
        "products": groups.sum(one * other),
    }


def _totals(matrix: Values) -> Values:
    return np.array([exact_total(column) for column in matrix.T])


def _cross_products(one: Values, other: Values, whole: bool) -> Values:
    """(items, other items) sums of products of columns, the same in whatever order the rows stand."""
    if whole:
        return one.T @ other
    return np.array([[exact_total(column * another) for another in other.T] for column in one.T])
