"""
The organisation by period: what a person of it believes of themselves, and what a team of it believes of itself.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from dashboard.measurement.sums import PeriodSums, ScaleSums, SurveySums, survey_sums
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Estimate, Settings, Survey

Values = npt.NDArray[np.float64]

COLUMNS = (
    "period respondents teams individual individual_low individual_high collective collective_low collective_high"
).split()


def organization_by_period(survey: Survey, settings: Settings, sums: SurveySums | None = None) -> pd.DataFrame:
    """
    A row per period, columns `COLUMNS`, in points of the scales; `nan` where there is no figure.

    `individual` is the mean over persons, `collective` the mean of team means: the first is a belief of persons, the
    second one of teams. Persons of one team are no independent witnesses, so both intervals take teams as the
    sampled units, with t on T − 1 degrees of freedom: for team means their standard deviation / √T; for persons the
    linearised variance of a ratio, T / (T − 1) · Σ n² (m − M)² / N² (Cochran 1977, cluster sampling; the CR1
    sandwich error of a mean). With one team, or when all team means are equal, there is no interval.

    Parameters
    ----------
    sums : of this survey, where they are at hand already.
    """
    sums = sums or survey_sums(survey, settings)
    rows = [
        {"period": period.label} | _row(found, settings)
        for period, found in zip(survey.periods, sums.periods, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(period: PeriodSums, settings: Settings) -> dict[str, object]:
    individual = _over_persons(*_scored(period.scales[INDIVIDUAL]), settings.interval)
    collective = _over_teams(_scored(period.scales[COLLECTIVE])[1], settings.interval)
    return {
        "respondents": int(period.respondents.sum()),
        "teams": int(np.count_nonzero(period.respondents)),
        "individual": individual.value,
        "individual_low": individual.low,
        "individual_high": individual.high,
        "collective": collective.value,
        "collective_low": collective.low,
        "collective_high": collective.high,
    }


def _scored(scale: ScaleSums) -> tuple[Values, Values]:
    """Sizes and means of the teams with a score."""
    scored = scale.scored > 0
    return scale.scored[scored], scale.score_means[scored]


def _over_persons(sizes: Values, means: Values, interval: float) -> Estimate:
    if not len(sizes):
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    mean = float((sizes * means).sum() / sizes.sum())
    return _around(mean, sizes * (means - mean) / sizes.sum(), interval)


def _over_teams(means: Values, interval: float) -> Estimate:
    if not len(means):
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    mean = float(means.mean())
    return _around(mean, (means - mean) / len(means), interval)


def _around(mean: float, shares: Values, interval: float) -> Estimate:
    """The interval of a mean to which team t contributes the deviation `shares[t]`."""
    teams, squares = len(shares), float((shares**2).sum())
    if teams < 2 or squares * teams < 1e-11:
        return Estimate(value=mean, low=np.nan, high=np.nan)
    half = float(special.stdtrit(teams - 1, (1 + interval) / 2)) * np.sqrt(teams / (teams - 1) * squares)
    return Estimate(value=mean, low=mean - half, high=mean + half)
