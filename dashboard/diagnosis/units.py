"""
Units: the same two figures one level up, so that small teams count where they cannot be shown.

Individual efficacy of a unit is the mean over its persons. Collective efficacy is the mean of its *team means*: each
team holds one belief about itself, however many members it has. The unit is made of all its teams, of each of which
some members answered. So its intervals hold what is uncertain inside teams, from the spread pooled over all teams of
the period (method.md 2), and nothing of how teams differ.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.parents import NO_PARENT, Names
from dashboard.measurement import TeamFigures
from dashboard.terms import Period

Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]

UNIT_COLUMNS = (
    "unit period teams respondents individual individual_low individual_high "
    "collective collective_low collective_high withheld"
).split()
SCORED = ["scored_individual", "scored_collective"]


def unit_table(names: Names, periods: tuple[Period, ...], figures: TeamFigures) -> pd.DataFrame:
    """
    A row per unit and period in which it has teams, unit by unit.

    Parameters
    ----------
    names : (T, Q) the unit above each team in each period, "" for none.
    figures : of every team in every period.

    Returns
    -------
    `UNIT_COLUMNS` and `SCORED`, the persons behind each mean. `teams` are those with a respondent; means and the ends
    of their intervals are in points of their scale, `nan` where there is none.
    """
    found, units = pd.factorize(np.append(names.ravel(), NO_PARENT), sort=True)  # "" sorts first
    codes, shape = found[:-1].reshape(names.shape), (len(units) - 1, len(periods))
    columns = [_of_period(codes[:, at], at, len(units), figures) for at in range(len(periods))]
    table = pd.DataFrame(
        {
            "unit": np.repeat(units[1:], shape[1]),
            "period": np.tile(np.array([period.label for period in periods], dtype=object), shape[0]),
            **{name: np.column_stack([column[name][1:] for column in columns]).ravel() for name in columns[0]},
            "withheld": "",
        }
    )
    return table.loc[table["members"] > 0, [*UNIT_COLUMNS, *SCORED]].reset_index(drop=True)


def _of_period(codes: Codes, at: int, units: int, figures: TeamFigures) -> Mapping[str, Values]:
    """(units,) the figures of each unit in one period; `members` are its teams, whether anybody answered or not."""
    respondents, persons, answering = (
        column[:, at] for column in (figures.respondents, figures.scored_individual, figures.scored_collective)
    )
    teams = (answering > 0).astype(float)  # each counts alike in the collective figure
    return {
        "members": np.bincount(codes, minlength=units).astype(float),
        "teams": _total(codes, (respondents > 0).astype(float), units),
        "respondents": _total(codes, respondents, units),
        "scored_individual": _total(codes, persons, units),
        "scored_collective": _total(codes, answering, units),
        **_mean("individual", codes, persons, units, figures.individual[:, at], figures.individual_high[:, at]),
        **_mean("collective", codes, teams, units, figures.collective[:, at], figures.collective_high[:, at]),
    }


def _mean(name: str, codes: Codes, weights: Values, units: int, means: Values, highs: Values) -> dict[str, Values]:
    """
    (units,) the weighted mean of team means with its interval.

    All team intervals of a period rest on one pooled spread and one t, so the half width of Σ w m is √Σ (w h)².
    """
    known, whole = weights > 0, _total(codes, weights, units)
    share = weights / np.where(whole > 0, whole, np.nan)[codes]
    value = _total(codes[known], (share * means)[known], units, empty=np.nan)
    half = np.sqrt(_total(codes[known], ((share * (highs - means)) ** 2)[known], units, empty=np.nan))
    return {name: value, f"{name}_low": value - half, f"{name}_high": value + half}


def _total(codes: Codes, values: Values, units: int, empty: float = 0.0) -> Values:
    """(units,) the sum over the teams of each unit; `empty` where it has none."""
    total = np.bincount(codes, weights=values, minlength=units)
    return np.where(np.bincount(codes, minlength=units) > 0, total, empty)
