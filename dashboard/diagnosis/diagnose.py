"""
Diagnose: the composition of all findings into one Diagnosis. Does no arithmetic of its own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
from threadpoolctl import threadpool_limits

from dashboard import measurement
from dashboard.diagnosis import beside
from dashboard.diagnosis.compounding import judge
from dashboard.diagnosis.cross_section import worth_watching
from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gaps import team_gaps
from dashboard.diagnosis.governing import governed
from dashboard.diagnosis.headcount import headcounts
from dashboard.diagnosis.organization import organization, typical_sizes
from dashboard.diagnosis.parents import parent_table, parents
from dashboard.diagnosis.quality import quality
from dashboard.diagnosis.responses import verdict_responses
from dashboard.diagnosis.team_table import team_table
from dashboard.diagnosis.units import unit_table
from dashboard.diagnosis.verdict_table import verdict_table
from dashboard.diagnosis.window import window
from dashboard.terms import Events, Performance, Period, Roster, Settings, Structures, Survey


def diagnose(
    survey: Survey,
    *,
    performance: Performance | None = None,
    events: Events | None = None,
    structures: Structures | None = None,
    roster: Roster | None = None,
    settings: Settings,
    since: str | None = None,
    until: str | None = None,
) -> Diagnosis:
    """
    Everything that is found in a survey and what was brought beside it; for `disclosure` only, not yet for showing.

    Raises
    ------
    InputRefused : when the files have no team in common, or the window names no surveyed period.
    """
    warnings = beside.unmatched(survey, performance, events, roster)
    span = window(survey.periods, settings.window, since, until)
    sums = measurement.survey_sums(survey, settings)
    headcount = headcounts(roster, survey.teams, survey.periods)
    above = parents(survey, roster, settings)
    spread = measurement.answer_spread(survey, settings, _positions(survey, span), sums)
    responses = verdict_responses(survey, span, sums, headcount, spread, settings)
    # Numpy lets other threads run: verdicts on one core, figures on another. One thread of BLAS each: the same digits.
    with threadpool_limits(limits=1, user_api="blas"), ThreadPoolExecutor(1) as aside:
        judging = aside.submit(judge, responses, settings)
        figures = measurement.team_figures(survey, settings, sums)
        scales = measurement.scale_figures(survey, settings, sums)
        items = measurement.item_figures(survey, settings, sums)
        changes = _changes(survey, span, settings)
        judgement = judging.result()
    own_sizes = typical_sizes(responses.respondents, settings.minimum_group)
    distinct = measurement.distinctness.distinctness(sums, _positions(survey, span))
    by_period = measurement.organization_by_period(survey, settings, sums)
    agreement = beside.performance_beside(performance, survey.teams, span, settings)
    records = (survey, *(item for item in (performance, events, structures, roster) if item is not None))
    found = Diagnosis(
        settings=settings,
        instrument=survey.instrument,
        periods=survey.periods,
        window=span,
        identified=survey.identified,
        teams=team_table(figures, survey, headcount),
        verdicts=verdict_table(judgement, survey.teams, span, responses.respondents.astype(float), agreement),
        scales=scales,
        organization=organization(judgement, by_period, len(span), settings, own_sizes, distinct),
        changes=changes,
        worth_watching=worth_watching(responses, survey.teams, settings) if len(survey.periods) == 1 else None,
        events=beside.team_events(events),
        metrics=beside.team_metrics(performance),
        problems=(*(problem for record in records for problem in record.problems), *warnings),
        files=tuple(file for record in records for file in record.files),
        quality=quality(survey, sums),
        items=items,
        gaps=team_gaps(survey, sums, settings),
        units=unit_table(above, survey.periods, figures),
        parents=parent_table(above, survey),
    )
    return governed(found)


def _positions(survey: Survey, span: tuple[Period, ...]) -> slice:
    first = survey.periods.index(span[0])
    return slice(first, first + len(span))


def _changes(survey: Survey, span: tuple[Period, ...], settings: Settings) -> pd.DataFrame:
    """Who changed over the window; nobody, where it is one period."""
    if len(span) < 2:
        return pd.DataFrame(columns=measurement.change.COLUMNS)
    return measurement.changes(survey, settings, survey.periods.index(span[0]), survey.periods.index(span[-1]))
