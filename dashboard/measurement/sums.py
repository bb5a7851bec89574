"""
Sums: the one place where rows of answers become sums per team, period and item.

Every figure of a team is a function of counts, sums, sums of squares and cross products over its members.
This module makes them, one period at a time, and decides nothing; what describes a team reads the sums and never a
row, so that another engine (a warehouse, a cluster) could make them instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dashboard.measurement import adding, tallying
from dashboard.measurement.groups import Groups, Indices, Values
from dashboard.measurement.scale_sums import AcrossSums, ScaleSums
from dashboard.measurement.scoring import Answers
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Scale, Settings, Survey

__all__ = ["AcrossSums", "PeriodSums", "ScaleSums", "SurveySums", "Wave", "survey_sums", "waves"]

MOST_AT_ONCE = min(4, os.cpu_count() or 1)  # periods, each on a core of its own; more would only need more memory


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wave:
    """The rows of one period, by team: `rows` selects them from the survey, `groups` are its teams."""

    rows: slice | Indices
    groups: Groups


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


def survey_sums(survey: Survey, settings: Settings) -> SurveySums:
    """Every sum that the figures of a survey need, in one pass over its rows, one period at a time."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        periods = tuple(threads.map(lambda wave: _period_sums(survey, wave, settings), waves(survey)))
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
    across, of_efficacy = _efficacy_sums(survey, wave, settings)
    individual, collective = of_efficacy[INDIVIDUAL], of_efficacy[COLLECTIVE]
    return PeriodSums(
        teams=wave.groups.codes,
        responses=wave.groups.sizes,
        respondents=individual.scored + collective.scored - across.both,
        scales={
            name: of_efficacy.get(name) or _scale_sums(survey.answers[name][wave.rows], scale, wave.groups, settings)
            for name, scale in survey.instrument.scales.items()
        },
        across=across,
    )


def _efficacy_sums(survey: Survey, wave: Wave, settings: Settings) -> tuple[AcrossSums, dict[str, ScaleSums]]:
    """What goes across the two scales of efficacy, and the sums of each; both summed the same way."""
    names, groups = (INDIVIDUAL, COLLECTIVE), wave.groups
    given = [(survey.answers[name][wave.rows], survey.instrument.scales[name]) for name in names]
    if all(tallying.countable(*each, groups, settings) for each in given):
        one, other = (tallying.scale_sums(*each, groups, settings) for each in given)
        return tallying.across_sums(one, other, groups), dict(zip(names, (one[0], other[0]), strict=True))
    first, second = (adding.scale_sums(*each, groups, settings) for each in given)
    return adding.across_sums(first, second, groups), dict(zip(names, (first[0], second[0]), strict=True))


def _scale_sums(answers: Answers, scale: Scale, groups: Groups, settings: Settings) -> ScaleSums:
    if tallying.countable(answers, scale, groups, settings):
        if len(scale.items) == 1:
            return tallying.single_item_sums(answers, scale, groups)
        return tallying.scale_sums(answers, scale, groups, settings)[0]
    return adding.scale_sums(answers, scale, groups, settings)[0]
