"""
Scale figures: is each scale good enough to be believed, period by period?
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.measurement.groups import quotient, snapped
from dashboard.measurement.nesting import nesting_of
from dashboard.measurement.random_intercept import components
from dashboard.measurement.reliability import alpha_of, complete_covariance, omegas
from dashboard.measurement.sums import ScaleSums, SurveySums, survey_sums
from dashboard.terms import COLLECTIVE, Scale, Settings, Survey

COLUMNS = (
    "scale period items respondents teams missing_share mean sd alpha alpha_low alpha_high omega "
    "icc1 icc1_low icc1_high icc2 ceiling_share icc1_reml"
).split()


def scale_figures(survey: Survey, settings: Settings, sums: SurveySums | None = None) -> pd.DataFrame:
    """
    A row per scale of the instrument and period of the survey, columns `COLUMNS`; `nan` where there is no figure.

    `items`; `respondents`: persons with a score; `teams`: teams with one. `missing_share`: unanswered items among
    all items put to the persons who responded in the period. `mean`: over persons, but of the collective scale the
    mean of team means, each team counting once; `sd`: over persons; both in points. `alpha` with its Feldt
    interval, `omega`, `icc1` with its F interval, `icc2`: see `reliability` and `nesting`. `ceiling_share`: answers
    at the top of the scale among all answers. `icc1_reml`: τ² / (τ² + σ²) of the random intercept, which unlike
    `icc1` cannot be negative.

    Parameters
    ----------
    sums : of this survey, where they are at hand already.
    """
    sums = sums or survey_sums(survey, settings)
    rows = [row for scale in survey.instrument.scales.values() for row in _rows_of_scale(survey, scale, sums, settings)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows_of_scale(survey: Survey, scale: Scale, sums: SurveySums, settings: Settings) -> list[dict[str, object]]:
    figures = sums.of_scale(scale.name)
    items = len(scale.items)
    covariances = np.reshape([complete_covariance(each) for each in figures], (len(figures), items, items))
    omega = omegas(covariances, np.array([each.complete for each in figures]))
    return [
        {
            "scale": scale.name,
            "period": survey.periods[at].label,
            "items": items,
            "missing_share": _missing_share(each, int(sums.periods[at].responses.sum())),
            "ceiling_share": _share(each.at_maximum, each.answered.sum()),
            "omega": float(omega[at]),
        }
        | _level(each, scale)
        | _alpha(covariances[at], each.complete, settings)
        | _nesting(each, settings)
        for at, each in enumerate(figures)
    ]


def _level(sums: ScaleSums, scale: Scale) -> dict[str, object]:
    persons = float(sums.scored.sum())
    total, squares = float(sums.score_total.sum()), float(sums.score_squares.sum())
    over_persons = sums.origin + total / persons if persons else np.nan
    over_teams = float(sums.score_means[sums.scored > 0].mean()) if persons else np.nan
    variance = (squares - total**2 / persons) / (persons - 1) if persons > 1 else np.nan
    return {
        "respondents": int(persons),
        "teams": int(np.count_nonzero(sums.scored)),
        "mean": over_teams if scale.name == COLLECTIVE else over_persons,
        "sd": float(np.sqrt(snapped(variance))),
    }


def _alpha(covariance: npt.NDArray[np.float64], persons: int, settings: Settings) -> dict[str, object]:
    alpha = alpha_of(covariance, persons, settings.interval)
    return {"alpha": alpha.value, "alpha_low": alpha.low, "alpha_high": alpha.high}


def _nesting(sums: ScaleSums, settings: Settings) -> dict[str, object]:
    scored = sums.scored > 0
    found = nesting_of(sums.scored[scored], sums.score_means[scored], sums.score_within, settings.interval)
    reml = components(sums.scored[scored], sums.score_means[scored], sums.score_within)
    return {
        "icc1": found.icc1,
        "icc1_low": found.low,
        "icc1_high": found.high,
        "icc2": found.icc2,
        "icc1_reml": _share(reml.tau2, reml.tau2 + reml.sigma2),
    }


def _missing_share(sums: ScaleSums, responses: int) -> float:
    return 1 - _share(float(sums.answered.sum()), responses * len(sums.answered))


def _share(part: float, whole: float) -> float:
    return float(quotient(np.array(part, dtype=float), np.array(whole, dtype=float)))
