"""
Among the shown: figures of differences between teams, worked out anew of those teams that are shown.

Shrunken means, standard deviations and ICCs rest on how far teams lie from each other. Worked out of all teams, each
would be a further equation of the hidden ones beside everybody's mean, and two hidden means could be solved. So in
periods in which a team with answers is withheld they are those of the shown teams: they take in the shown means, the
numbers of persons and the spread inside teams, and nothing else. The spread inside is that of all teams together, as
in the intervals of the means; it says nothing of where a team lies.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from dashboard.measurement import nesting, random_intercept
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings

Values = npt.NDArray[np.float64]
NAMES = {INDIVIDUAL: "individual", COLLECTIVE: "collective"}


def shrunken_among_shown(
    teams: pd.DataFrame, scales: pd.DataFrame, periods: set[str], settings: Settings
) -> pd.DataFrame:
    """
    The cleared teams table with the shrunken means of those periods drawn towards the mean of the shown teams.

    Parameters
    ----------
    teams : withheld rows hold no figures.
    scales : of everybody, for the numbers of persons and teams behind the intervals.
    """
    found = teams.copy()
    for scale, rows, within in _parts(teams, scales, periods, settings):
        name = NAMES[scale]
        sizes, means = _shown(teams, rows, name)
        column = f"{name}_shrunken"
        found.loc[rows, column] = np.nan
        if len(sizes) >= settings.shrinkage_teams:
            components = random_intercept.components(sizes, means, within)
            at = rows & np.isfinite(teams[name].to_numpy(float))
            found.loc[at, column] = random_intercept.shrunken(sizes, means, components).estimates
    return found


def spread_among_shown(
    teams: pd.DataFrame, scales: pd.DataFrame, periods: set[str], settings: Settings
) -> pd.DataFrame:
    """The cleared scales table with `sd` and the ICCs of those periods, of the two scales, among the shown teams."""
    found = scales.copy()
    for scale, rows, within in _parts(teams, scales, periods, settings):
        sizes, means = _shown(teams, rows, NAMES[scale])
        at = (scales["scale"] == scale) & (scales["period"] == teams.loc[rows, "period"].iloc[0])
        for column, value in _spread(sizes, means, within, settings).items():
            found.loc[at, column] = value
    return found


def _parts(
    teams: pd.DataFrame, scales: pd.DataFrame, periods: set[str], settings: Settings
) -> Iterator[tuple[str, npt.NDArray[np.bool_], float]]:
    """Scale, the rows of a period, and the sum of squares inside the teams shown there."""
    persons = scales.set_index(["scale", "period"])[["respondents", "teams"]].astype(float)
    for period in sorted(periods):
        rows = (teams["period"] == period).to_numpy(bool)
        for scale, name in NAMES.items():
            free = persons.loc[(scale, period), "respondents"] - persons.loc[(scale, period), "teams"]
            yield scale, rows, _within(teams[rows], name, float(free), settings)


def _within(teams: pd.DataFrame, name: str, free: float, settings: Settings) -> float:
    """The mean square inside teams, as the width of the shown intervals has it, times the shown teams' freedom."""
    shown = teams[np.isfinite(teams[f"{name}_high"].to_numpy(float))]
    if shown.empty or not free >= 1:
        return 0.0
    sizes = shown[f"scored_{name}"].to_numpy(float)
    half = (shown[f"{name}_high"] - shown[name]).to_numpy(float)[0]
    square = sizes[0] * (half / special.stdtrit(free, (1 + settings.interval) / 2)) ** 2
    return float(square * (sizes - 1).sum())


def _shown(teams: pd.DataFrame, rows: npt.NDArray[np.bool_], name: str) -> tuple[Values, Values]:
    """Sizes and means of the teams that are shown."""
    means = teams.loc[rows, name].to_numpy(float)
    known = np.isfinite(means)
    return teams.loc[rows, f"scored_{name}"].to_numpy(float)[known], means[known]


def _spread(sizes: Values, means: Values, within: float, settings: Settings) -> dict[str, float]:
    """`sd` over persons, ICC(1) with its interval, ICC(2), and ICC(1) by REML; `nan` without two teams."""
    if len(sizes) < 2:
        return dict.fromkeys(["sd", "icc1", "icc1_low", "icc1_high", "icc2", "icc1_reml"], float("nan"))
    mean = (sizes * means).sum() / sizes.sum()
    square = (within + (sizes * (means - mean) ** 2).sum()) / (sizes.sum() - 1)
    nested = nesting.nesting_of(sizes, means, within, settings.interval)
    drawn = random_intercept.components(sizes, means, within)
    total = drawn.tau2 + drawn.sigma2
    return {
        "sd": float(np.sqrt(square)),
        "icc1": nested.icc1,
        "icc1_low": nested.low,
        "icc1_high": nested.high,
        "icc2": nested.icc2,
        "icc1_reml": drawn.tau2 / total if total > 0 else float("nan"),
    }
