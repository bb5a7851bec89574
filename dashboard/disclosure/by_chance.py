"""
By chance: how often people dealt to the teams at random would be as alike inside them as they are.

A figure of the whole organisation that takes a second, so it is worked out only when somebody asks for it, and not with
every diagnosis. It passes the gate here: an organisation below the minimum group has no figure.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.measurement import nesting, scoring
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Scale, Settings, Survey

COLUMNS = "scale period respondents shuffles p".split()
SHUFFLES = 1000
FEWEST_SHUFFLES = 100
DEALT = 6_000_000  # persons dealt in all on one scale, well under half a second


def alike_by_chance(survey: Survey, settings: Settings, period: str) -> pd.DataFrame:
    """
    A row for the individual and the collective scale in one period, columns `COLUMNS`.

    `p`: share of shuffles in which the teams differ at least as much as they do, (1 + b) / (1 + shuffles), between
    1 / (1 + shuffles) and 1; `nan` with one team, where everyone has the same score, and below the minimum group.
    `shuffles`: 1,000, fewer where many answered (at least 100).

    Parameters
    ----------
    period : label of a surveyed period.

    Raises
    ------
    ValueError : for a period that was not surveyed.
    """
    labels = [each.label for each in survey.periods]
    if period not in labels:
        raise ValueError(f"no answers are of {period}; surveyed were {', '.join(labels)}")
    rows = np.flatnonzero(survey.period == labels.index(period))
    scales = (survey.instrument.scales[name] for name in (INDIVIDUAL, COLLECTIVE))
    return pd.DataFrame([_of_scale(survey, scale, rows, period, settings) for scale in scales], columns=COLUMNS)


def _of_scale(survey: Survey, scale: Scale, rows: np.ndarray, period: str, settings: Settings) -> dict[str, object]:
    scores = scoring.person_scores(survey.answers[scale.name][rows], scale, settings)
    persons = int(np.isfinite(scores).sum())
    shuffles = int(np.clip(DEALT // max(persons, 1), FEWEST_SHUFFLES, SHUFFLES))
    shown = persons >= settings.minimum_group
    return {
        "scale": scale.name,
        "period": period,
        "respondents": persons if shown else np.nan,
        "shuffles": shuffles,
        "p": nesting.permutation_p(scores, survey.team[rows], shuffles, settings.seed) if shown else np.nan,
    }
