"""
Responses: what the verdict works on, the persons of the window who have both scores, in POMP.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding import Responses
from dashboard.diagnosis.headcount import response_rates
from dashboard.measurement import AnswerSpread, TeamFigures, scoring
from dashboard.terms import Period, Scale, Settings, Survey


def verdict_responses(
    survey: Survey,
    span: tuple[Period, ...],
    figures: TeamFigures,
    headcount: npt.NDArray[np.float64],
    spread: AnswerSpread,
    settings: Settings,
) -> Responses:
    """
    The persons of the window with both scores.

    Parameters
    ----------
    span : the periods of the window.
    figures, headcount : (T, Q) tables over all periods of the survey.
    spread : of single answers in the window.
    """
    first = survey.periods.index(span[0])
    cut = slice(first, first + len(span))
    individual = _pomp(survey, survey.instrument.individual, settings)
    collective = _pomp(survey, survey.instrument.collective, settings)
    inside = (survey.period >= cut.start) & (survey.period < cut.stop)
    kept = inside & np.isfinite(individual) & np.isfinite(collective)
    respondents = _smaller_group(figures)[:, cut]
    return Responses(
        team=survey.team[kept],
        period=survey.period[kept] - first,
        respondent=survey.respondent[kept],
        individual=individual[kept],
        collective=collective[kept],
        teams=len(survey.teams),
        periods=len(span),
        answer_spread=spread.spread,
        answer_mean=spread.mean,
        response_rate=response_rates(figures.respondents[:, cut], headcount[:, cut]),
        respondents=respondents.astype(np.int64),
    )


def _pomp(survey: Survey, scale: Scale, settings: Settings) -> npt.NDArray[np.float64]:
    return scoring.pomp(scoring.person_scores(survey.answers[scale.name], scale, settings), scale)


def _smaller_group(figures: TeamFigures) -> npt.NDArray[np.float64]:
    """(T, Q) the persons behind the smaller of both means: what the minimum group is held against."""
    return np.minimum(figures.scored_individual, figures.scored_collective)
