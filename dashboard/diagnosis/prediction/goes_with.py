"""
Goes with: the composition of all parts, metric by metric. Does no arithmetic of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from dashboard import measurement
from dashboard.diagnosis.headcount import headcounts
from dashboard.diagnosis.prediction import panel as panels
from dashboard.diagnosis.prediction.benjamini_hochberg import adjusted
from dashboard.diagnosis.prediction.cross_products import redrawn
from dashboard.diagnosis.prediction.difference import Difference
from dashboard.diagnosis.prediction.dominance import dominance
from dashboard.diagnosis.prediction.findings import (
    HALF_COLUMNS,
    POINT_COLUMNS,
    GoesWith,
    MetricFindings,
    nothing,
    without_figures,
)
from dashboard.diagnosis.prediction.interdependence import SCALE, halves
from dashboard.diagnosis.prediction.least_squares import fit, leaves_nothing
from dashboard.diagnosis.prediction.panel import Panel
from dashboard.diagnosis.prediction.permutation import permutation
from dashboard.diagnosis.prediction.reliability_sensitivity import mean_reliability, reliability_sensitivity
from dashboard.diagnosis.prediction.sizes import Extent, extent, smallest_detectable_r
from dashboard.diagnosis.prediction.slopes import slope_table
from dashboard.diagnosis.prediction.standardised import Metric, metrics
from dashboard.diagnosis.prediction.time_line import successive, time_line
from dashboard.diagnosis.prediction.unseen_teams import unseen_teams
from dashboard.measurement.groups import quotient
from dashboard.measurement.scoring import pomp
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Performance, Period, Roster, Settings, Survey

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Believed:
    """
    What teams believed, (T, Q) tables in POMP and persons by period of the survey, or of a time line that has more;
    `error`: variance of each mean of self-efficacy, POMP².

    `few_answered`: team-periods in which too few of the head count answered. `interdependence` (T,), `None` without it.
    """

    individual: Table
    collective: Table
    scored_individual: Table
    scored_collective: Table
    error: Table
    few_answered: npt.NDArray[np.bool_]
    interdependence: Table | None


def goes_with(
    survey: Survey, performance: Performance, *, roster: Roster | None = None, settings: Settings
) -> GoesWith:
    """
    Everything that is found about performance and the beliefs before it; for `disclosure` only.

    Parameters
    ----------
    roster : head counts; team-periods in which too few answered enter no model.
    """
    of_teams = performance.values[performance.values["respondent_id"] == ""]
    line = time_line(survey.periods, of_teams["period"].unique())
    felt = on_time_line(believed(survey, roster, settings), survey.periods, line)
    with threadpool_limits(limits=1, user_api="blas"):  # more threads only wait for each other on small matrices
        found = [
            _metric(metric, felt, survey.teams, line, settings) for metric in metrics(performance, survey.teams, line)
        ]
    corrected = adjusted(np.array([each.p for each in found]))
    return GoesWith(
        metrics=tuple(replace(each, p_adjusted=float(p)) for each, p in zip(found, corrected, strict=True)),
        tests=int(np.isfinite(corrected).sum()),
    )


def believed(survey: Survey, roster: Roster | None, settings: Settings) -> Believed:
    """The team means of both scores in every period, and how exactly they are known."""
    sums = measurement.survey_sums(survey, settings)
    means = {
        name: pomp(sums.table([each.score_means for each in sums.of_scale(name)]), survey.instrument.scales[name])
        for name in (INDIVIDUAL, COLLECTIVE)
    }
    scored = {
        name: sums.table([each.scored for each in sums.of_scale(name)], empty=0.0) for name in (INDIVIDUAL, COLLECTIVE)
    }
    respondents = sums.table([each.respondents for each in sums.periods], empty=0.0)
    headcount = headcounts(roster, survey.teams, survey.periods)
    return Believed(
        individual=means[INDIVIDUAL],
        collective=means[COLLECTIVE],
        scored_individual=scored[INDIVIDUAL],
        scored_collective=scored[COLLECTIVE],
        error=_error_variance(survey, sums),
        few_answered=quotient(respondents, headcount, empty=1.0) < settings.lowest_response_rate,
        interdependence=_interdependence(sums) if SCALE in survey.instrument.scales else None,
    )


def on_time_line(felt: Believed, surveyed: tuple[Period, ...], line: tuple[Period, ...]) -> Believed:
    """The same on a time line that has the surveyed periods and more: nobody answered in the others."""
    at = [line.index(period) for period in surveyed]
    nobody = {"scored_individual": 0.0, "scored_collective": 0.0, "few_answered": False}
    return replace(
        felt,
        **{
            name: _placed(getattr(felt, name), at, len(line), nobody.get(name, np.nan))
            for name in ("individual", "collective", "error", *nobody)
        },
    )


def _placed(table: npt.NDArray[Any], at: list[int], periods: int, empty: float) -> npt.NDArray[Any]:
    """(T, periods) with the columns of a table at their places."""
    placed = np.full((len(table), periods), empty, dtype=table.dtype)
    placed[:, at] = table
    return placed


def panel_of(standard: Table, felt: Believed, line: tuple[Period, ...]) -> Panel:
    """The rows of one metric, (T, Q) in standard deviations on the time line; scores in POMP."""
    return panels.lagged_panel(
        performance=standard,
        individual=felt.individual,
        collective=felt.collective,
        scored_individual=felt.scored_individual,
        scored_collective=felt.scored_collective,
        left_out=felt.few_answered,
        successive=successive(line),
    )


def _metric(
    metric: Metric, felt: Believed, teams: tuple[str, ...], line: tuple[Period, ...], settings: Settings
) -> MetricFindings:
    raw = panel_of(metric.standard, felt, line)
    scatter = MetricFindings(
        metric=metric.name,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        extent=extent(raw.teams),
        teams=raw.teams,
        rows=raw.rows,
        periods=len(np.unique(raw.period)),
        points=_points(raw, teams, line),
        **without_figures(),
    )
    if scatter.extent is Extent.SCATTER:
        return scatter
    if leaves_nothing(fit(raw.performance, raw.design([panels.PERFORMANCE]))):
        return replace(scatter, extent=Extent.SCATTER, repeats=True)
    return replace(scatter, **_figures(raw, felt, settings))


def _figures(raw: Panel, felt: Believed, settings: Settings) -> dict[str, Any]:
    """Parts 1–5 from 12 teams on, all seven from 30."""
    panel, spread = panels.in_deviations(raw)
    draws = redrawn(panel.teams, settings.seed)
    chance = permutation(panel, settings.seed)
    figures = {
        "smallest_r": smallest_detectable_r(panel.teams),
        "spread_individual": spread[panels.INDIVIDUAL],
        "spread_collective": spread[panels.COLLECTIVE],
        "slopes": slope_table(panel, settings.interval),
        "p": chance.p,
        "permutations": chance.permutations,
        "movable": chance.movable,
        "unseen": unseen_teams(panel, draws, interval=settings.interval),
    }
    return figures | (_in_full(raw, panel, felt, draws, settings) if extent(panel.teams) is Extent.FULL else {})


def _in_full(raw: Panel, panel: Panel, felt: Believed, draws: Table, settings: Settings) -> dict[str, Any]:
    reliability = mean_reliability(felt.error[raw.team, raw.before], raw)
    split: tuple[pd.DataFrame, Difference | None] = (nothing(HALF_COLUMNS), None)
    if felt.interdependence is not None:
        split = halves(panel, felt.interdependence, settings.interval)
    return {
        "dominance": dominance(panel, draws, settings.interval),
        "reliability": reliability,
        "sensitivity": reliability_sensitivity(panel, reliability, draws, settings.interval),
        "halves": split[0],
        "between_halves": split[1],
    }


def _points(raw: Panel, teams: tuple[str, ...], line: tuple[Period, ...]) -> pd.DataFrame:
    """Where each team-period lies: collective efficacy before, the metric after."""
    labels = np.array([period.label for period in line], dtype=object)
    columns = (
        np.array(teams, dtype=object)[raw.team],
        labels[raw.before],
        labels[raw.period],
        raw.lagged[panels.COLLECTIVE],
        raw.performance,
    )
    return pd.DataFrame(dict(zip(POINT_COLUMNS, columns, strict=True)))


def _error_variance(survey: Survey, sums: measurement.SurveySums) -> Table:
    """(T, Q) variance of each mean of self-efficacy: spread inside teams of the period over the persons, POMP²."""
    low, high = survey.instrument.individual.bounds
    of_periods = []
    for scale in sums.of_scale(INDIVIDUAL):
        free = float(scale.scored.sum() - np.count_nonzero(scale.scored))
        inside = scale.score_within / free if free > 0 else np.nan
        of_periods.append(quotient(np.full_like(scale.scored, inside), scale.scored))
    return sums.table(of_periods) * (100 / (high - low)) ** 2


def _interdependence(sums: measurement.SurveySums) -> Table:
    """(T,) mean over all persons and periods of each team; `nan` where nobody answered."""
    scales = sums.of_scale(SCALE)
    persons = sums.table([each.scored for each in scales], empty=0.0)
    means = sums.table([each.score_means for each in scales])
    return quotient(np.where(persons > 0, means * persons, 0.0).sum(axis=1), persons.sum(axis=1))
