"""
Within and between: do teams that believe more perform better, or does a team perform better when it believes more?

The two can differ in sign. Each score is split into the mean of the team over its rows and the deviation of each row
from it (Mundlak 1978), and both get a slope of their own. A mean over all rows knows later periods, so this describes
and never predicts: nothing of it enters the predictions for unseen teams.
"""

from __future__ import annotations

import numpy as np

from dashboard.diagnosis.prediction.least_squares import Slopes
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, INTERCEPT, Design, Panel, Values
from dashboard.diagnosis.prediction.team_intercept import TeamIntercept, team_intercept

WITHIN, BETWEEN = "within", "between"
SPLIT = (INDIVIDUAL, COLLECTIVE)


def fitted(panel: Panel) -> TeamIntercept:
    """kpi_q on deviations and team means of both scores at q − 1 and the period, with an intercept for each team."""
    return team_intercept(panel.performance, _design(panel), panel.team)


def within_between(panel: Panel) -> Slopes:
    """
    The four slopes, named `within individual_before`, `between collective_before` and so on.

    Degrees of freedom by where a predictor varies (Pinheiro & Bates 2000): slopes between teams by the number of teams,
    slopes within by the number of rows in them.
    """
    model = fitted(panel)
    names = tuple(f"{part} {name}" for part in (WITHIN, BETWEEN) for name in SPLIT)
    at = [model.names.index(name) for name in names]
    between = panel.teams - 1 - len(SPLIT)
    within = panel.rows - panel.teams - (len(model.names) - 1 - len(SPLIT))
    df = np.array([float(within if name.startswith(WITHIN) else between) for name in names])
    known = df > 0
    return Slopes(
        names=names,
        estimates=np.where(known, model.estimates[at], np.nan),
        errors=np.where(known, model.errors[at], np.nan),
        df=np.where(known, df, np.nan),
    )


def _design(panel: Panel) -> Design:
    plain = panel.design(SPLIT)
    team = np.repeat(np.arange(panel.teams), np.diff(panel.starts, append=panel.rows))
    means = {name: _team_means(panel.lagged[name], team)[team] for name in SPLIT}
    columns = [plain.matrix[:, 0]]
    columns += [panel.lagged[name] - means[name] for name in SPLIT]
    columns += [means[name] for name in SPLIT]
    periods = plain.matrix[:, 1 + len(SPLIT) :]
    names = [f"{part} {name}" for part in (WITHIN, BETWEEN) for name in SPLIT]
    labels = (INTERCEPT, *names, *plain.names[1 + len(SPLIT) :])
    return Design(np.column_stack([*columns, periods]), labels)


def _team_means(values: Values, team: np.ndarray) -> Values:
    found: Values = np.bincount(team, weights=values) / np.bincount(team)
    return found
