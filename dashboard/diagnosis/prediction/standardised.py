"""
Standardised: a metric of performance as standard deviations between teams of the same period, more is better.

Metrics have their own units and their own drift; within metric × period neither matters. Different metrics are never
pooled, and neither are different units of one metric.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.terms import Performance, Period

Table = npt.NDArray[np.float64]
FEWEST_TEAMS = 3  # with fewer a standard deviation between teams says nothing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Metric:
    """One metric in one unit: `standard` (T, Q) in standard deviations of its period, more is better."""

    name: str
    unit: str
    higher_is_better: bool
    standard: Table


def metrics(performance: Performance, teams: tuple[str, ...], periods: tuple[Period, ...]) -> Iterator[Metric]:
    """
    Each metric of the teams, by name and unit; values of single members are never among them.

    Parameters
    ----------
    teams : of the survey. periods : of the time line. Values of others are left out; several values of a team in one
        period are averaged.
    """
    values = performance.values
    labels = {period.label: at for at, period in enumerate(periods)}
    codes = {team: at for at, team in enumerate(teams)}
    of_teams = values[(values["respondent_id"] == "") & values["team"].isin(codes) & values["period"].isin(labels)]
    for (name, unit), rows in of_teams.groupby(["metric", "unit"], sort=True):
        good = np.where(rows["higher_is_better"], 1.0, -1.0)
        signed = _table(rows, good * rows["value"].to_numpy(float), codes, labels)
        yield Metric(
            name=str(name),
            unit=str(unit),
            higher_is_better=bool(rows["higher_is_better"].iloc[0]),
            standard=standardised(signed),
        )


def standardised(values: Table) -> Table:
    """
    (T, Q) less the mean of the column, over its standard deviation; `nan` with fewer than 3 teams or no spread.

    >>> standardised(np.array([[1.0], [2.0], [3.0]])).ravel()
    array([-1.,  0.,  1.])
    """
    known = np.isfinite(values)
    number = known.sum(axis=0)
    mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(number, 1)
    away = np.where(known, values - mean, np.nan)
    spread = np.sqrt(np.nansum(away**2, axis=0) / np.maximum(number - 1, 1))
    varies = (number >= FEWEST_TEAMS) & (spread > 1e-9 * np.maximum(np.abs(mean), 1e-300))
    return np.divide(away, spread, out=np.full_like(away, np.nan), where=varies & known)


def _table(rows: pd.DataFrame, values: Table, codes: dict[str, int], labels: dict[str, int]) -> Table:
    """(T, Q) means of the values."""
    cell = rows["team"].map(codes).to_numpy(int) * len(labels) + rows["period"].map(labels).to_numpy(int)
    known = np.isfinite(values)
    cells = len(codes) * len(labels)
    number = np.bincount(cell[known], minlength=cells)
    total = np.bincount(cell[known], weights=values[known], minlength=cells)
    mean = np.divide(total, number, out=np.full(cells, np.nan), where=number > 0)
    return mean.reshape(len(codes), len(labels))
