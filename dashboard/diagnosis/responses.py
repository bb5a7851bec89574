"""
Responses: what the verdict works on, the persons of the window who have both scores, in POMP.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding import Responses
from dashboard.diagnosis.headcount import response_rates
from dashboard.measurement import AnswerSpread, SurveySums, scoring
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Period, Scale, Settings, Survey


def verdict_responses(
    survey: Survey,
    span: tuple[Period, ...],
    sums: SurveySums,
    headcount: npt.NDArray[np.float64],
    spread: AnswerSpread,
    settings: Settings,
) -> Responses:
    """
    The persons of the window with both scores.

    Parameters
    ----------
    span : the periods of the window.
    sums : of this survey.
    headcount : (T, Q) over all periods of the survey.
    spread : of single answers in the window.
    """
    first = survey.periods.index(span[0])
    cut = slice(first, first + len(span))
    individual = _pomp(survey, survey.instrument.individual, settings)
    collective = _pomp(survey, survey.instrument.collective, settings)
    inside = (survey.period >= cut.start) & (survey.period < cut.stop)
    kept = inside & np.isfinite(individual) & np.isfinite(collective)
    answered = sums.table([found.respondents for found in sums.periods], empty=0.0)
    respondents = _smaller_group(sums)[:, cut]
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
        response_rate=response_rates(answered[:, cut], headcount[:, cut]),
        respondents=respondents.astype(np.int64),
    )


def _pomp(survey: Survey, scale: Scale, settings: Settings) -> npt.NDArray[np.float64]:
    return scoring.pomp(scoring.person_scores(survey.answers[scale.name], scale, settings), scale)


def _smaller_group(sums: SurveySums) -> npt.NDArray[np.float64]:
    """(T, Q) the persons behind the smaller of both means: what the minimum group is held against."""
    both = (sums.of_scale(name) for name in (INDIVIDUAL, COLLECTIVE))
    individual, collective = (sums.table([each.scored for each in scales], empty=0.0) for scales in both)
    return np.minimum(individual, collective)
