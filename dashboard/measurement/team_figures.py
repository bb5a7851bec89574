"""
Team figures: what the answers say about each team in each period, and how exactly.

A team's mean comes with an interval whose width rests on the spread inside *all* teams of the period: the own
spread of five people says too little about itself. All figures are raw; what is too small to be shown is taken out
by the gate, not here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.measurement import random_intercept
from dashboard.measurement.agreement import average_deviations, rwg_js
from dashboard.measurement.agreement_by_chance import agreement_percentiles
from dashboard.measurement.groups import quotient
from dashboard.measurement.shape import shapes
from dashboard.measurement.sums import PeriodSums, ScaleSums, SurveySums, survey_sums
from dashboard.measurement.surplus import surplus_in_period
from dashboard.terms import ATTRIBUTIONS, COLLECTIVE, INDIVIDUAL, Settings, Survey

Table = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TeamFigures:
    """
    Tables of (teams, periods); `nan` where there is no figure, counts 0. Means and their intervals in points.

    `respondents` : persons with either of the two scores; `scored_…` : persons behind each mean.
    `…_low`, `…_high` : interval of the mean at `Settings.interval`, from the pooled spread inside teams.
    `…_shrunken` : REML estimate, drawn towards the mean of all teams as far as the team's own mean is uncertain.
    `agreement_ad`, `rwg_uniform`, `rwg_skew` : agreement on the collective scale; `nan` for a team of one.
    `agreement_percentile` : share of random groups of the team's size that are less alike; see `agreement_by_chance`.
    `shape` : "two camps", "close", "spread" or ""; see `shape`.
    `surplus` : belief in the team beyond what its members' belief in themselves predicts, with its interval from the
        conditional error; see `surplus`.
    `attribution_…` : mean of the attribution scale; `nan` everywhere where the survey has no such scale.
    `scored_attribution` : persons behind the attribution mean that rests on fewest of them; 0 without such a scale.
    """

    respondents: Table
    scored_individual: Table
    scored_collective: Table
    individual: Table
    individual_low: Table
    individual_high: Table
    individual_shrunken: Table
    collective: Table
    collective_low: Table
    collective_high: Table
    collective_shrunken: Table
    agreement_ad: Table
    rwg_uniform: Table
    rwg_skew: Table
    agreement_percentile: Table
    shape: Words
    surplus: Table
    surplus_low: Table
    surplus_high: Table
    attribution_coordination: Table
    attribution_heroics: Table
    attribution_luck: Table
    attribution_help: Table
    scored_attribution: Table


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Level:
    """(T, Q) tables of one scale."""

    scored: Table
    mean: Table
    low: Table
    high: Table
    shrunken: Table


def team_figures(survey: Survey, settings: Settings, sums: SurveySums | None = None) -> TeamFigures:
    """
    The figures of every team in every period.

    Parameters
    ----------
    sums : of this survey, where they are at hand already.
    """
    sums = sums or survey_sums(survey, settings)
    individual, collective = (_level(sums, name, settings) for name in (INDIVIDUAL, COLLECTIVE))
    options = survey.instrument.collective.options
    agreeing = sums.of_scale(COLLECTIVE)
    rwg = [rwg_js(scale, options) for scale in agreeing]
    surplus = [surplus_in_period(period, settings.interval) for period in sums.periods]
    return TeamFigures(
        respondents=sums.table([period.respondents for period in sums.periods], empty=0.0),
        scored_individual=individual.scored,
        scored_collective=collective.scored,
        individual=individual.mean,
        individual_low=individual.low,
        individual_high=individual.high,
        individual_shrunken=individual.shrunken,
        collective=collective.mean,
        collective_low=collective.low,
        collective_high=collective.high,
        collective_shrunken=collective.shrunken,
        agreement_ad=sums.table([average_deviations(scale) for scale in agreeing]),
        rwg_uniform=sums.table([each["uniform"] for each in rwg]),
        rwg_skew=sums.table([each["slight skew"] for each in rwg]),
        agreement_percentile=sums.table(agreement_percentiles(survey, settings, sums)),
        shape=_word_table(sums, shapes(survey, settings, sums)),
        surplus=sums.table([each.estimates for each in surplus]),
        surplus_low=sums.table([each.low for each in surplus]),
        surplus_high=sums.table([each.high for each in surplus]),
        attribution_coordination=_means(sums, "attribution_coordination"),
        attribution_heroics=_means(sums, "attribution_heroics"),
        attribution_luck=_means(sums, "attribution_luck"),
        attribution_help=_means(sums, "attribution_help"),
        scored_attribution=sums.table([_fewest(period) for period in sums.periods], empty=0.0),
    )


def half_widths(scale: ScaleSums, interval: float) -> Table:
    """
    (G,) half the width of the interval of each team's mean: t √(MSW / n), t with N − T degrees of freedom.

    `nan` where nobody is scored, and everywhere when no team has a spread of its own: an interval without width
    would claim what is not known.
    """
    df = scale.scored.sum() - np.count_nonzero(scale.scored)
    spread = scale.score_within
    if df < 1 or spread == 0:
        return np.full_like(scale.scored, np.nan)
    t = float(special.stdtrit(df, (1 + interval) / 2))
    return t * np.sqrt(quotient(np.full_like(scale.scored, spread / df), scale.scored))


def _level(sums: SurveySums, name: str, settings: Settings) -> _Level:
    scales = sums.of_scale(name)
    mean = sums.table([scale.score_means for scale in scales])
    half = sums.table([half_widths(scale, settings.interval) for scale in scales])
    return _Level(
        scored=sums.table([scale.scored for scale in scales], empty=0.0),
        mean=mean,
        low=mean - half,
        high=mean + half,
        shrunken=sums.table([_shrunken(scale, settings) for scale in scales]),
    )


def _shrunken(scale: ScaleSums, settings: Settings) -> Table:
    """(G,) shrunken means; `nan` with too few teams to know how much teams differ."""
    scored, means = scale.scored > 0, scale.score_means
    if np.count_nonzero(scored) < settings.shrinkage_teams:
        return np.full_like(means, np.nan)
    found = random_intercept.components(scale.scored[scored], means[scored], scale.score_within)
    return random_intercept.shrunken(scale.scored, means, found).estimates


def _means(sums: SurveySums, name: str) -> Table:
    """(T, Q) team means of a scale the survey may not have."""
    empty = [np.full(len(period.teams), np.nan) for period in sums.periods]
    return sums.table(
        [
            period.scales[name].score_means if name in period.scales else nothing
            for period, nothing in zip(sums.periods, empty, strict=True)
        ]
    )


def _word_table(sums: SurveySums, column: list[Words]) -> Words:
    """(T, Q) words; "" where a team has no response."""
    table = np.full((sums.teams, len(sums.periods)), "", dtype="<U9", order="F")
    for position, (period, words) in enumerate(zip(sums.periods, column, strict=True)):
        table[period.teams, position] = words
    return table


def _fewest(period: PeriodSums) -> Table:
    """(G,) the smallest number of scored persons over the attribution scales of the survey."""
    scored = [period.scales[name].scored for name in ATTRIBUTIONS if name in period.scales]
    return np.minimum.reduce(scored) if scored else np.zeros(len(period.teams))
