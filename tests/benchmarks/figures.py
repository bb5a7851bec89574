"""
Figures that every way to the tables must give alike, before its time counts.

Of every team and period: persons with either score, both means, AD and r_WG(J) of the collective scale. Of every scale
and period: ICC(1) and alpha. Ours gives more; a contender that gives this much does the work that nobody can leave out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

KEYS = ["team_id", "quarter"]
ITEMS = {"individual": [f"se_{item}" for item in range(1, 6)], "collective": [f"ce_{item}" for item in range(1, 6)]}
NEEDED = 4  # of five items: two thirds, rounded up
OPTIONS = 5
NULL = (OPTIONS**2 - 1) / 12  # variance of answers without any agreement
OF_TEAMS = ["respondents", "individual", "collective", "agreement_ad", "rwg_uniform"]
OF_SCALES = ["icc1", "alpha"]
TOLERANCE = 1e-9


class Figures(NamedTuple):
    """`teams`: `KEYS`, `OF_TEAMS`, a row per team that answered in a quarter; `scales`: scale, quarter, `OF_SCALES`."""

    teams: pd.DataFrame
    scales: pd.DataFrame


def difference(one: Figures, other: Figures, alike: Sequence[str] = OF_TEAMS) -> float:
    """The largest distance between figures of the same name, infinite where one has a figure that the other lacks."""
    of_teams = _apart(one.teams, other.teams, KEYS, list(alike))
    return max(of_teams, _apart(one.scales, other.scales, ["scale", "quarter"], OF_SCALES))


def _apart(one: pd.DataFrame, other: pd.DataFrame, keys: list[str], columns: list[str]) -> float:
    first, second = (table.set_index(keys)[columns].astype(float).sort_index() for table in (one, other))
    if not first.index.equals(second.index) or (first.isna() != second.isna()).to_numpy().any():
        return np.inf
    return float(np.nanmax(np.abs(first.to_numpy() - second.to_numpy()), initial=0.0))


def nesting(scores: pd.DataFrame) -> pd.DataFrame:
    """ICC(1) of every period from `quarter`, and `n`, `mean`, `squares` (inside) of each team; `nan` never enters."""
    scores = scores[scores["n"] > 0]
    rows = []
    for quarter, teams in scores.groupby("quarter"):
        n, mean = teams["n"].to_numpy(float), teams["mean"].to_numpy(float)
        persons, count = n.sum(), len(n)
        between = (n * (mean - (n * mean).sum() / persons) ** 2).sum() / (count - 1)
        within = teams["squares"].sum() / (persons - count)
        size = (persons - (n**2).sum() / persons) / (count - 1)
        rows.append((quarter, (between - within) / (between + (size - 1) * within)))
    return pd.DataFrame(rows, columns=["quarter", "icc1"])


def alpha(items: np.ndarray) -> float:
    """Cronbach's alpha of (persons, items) answers, of those who gave all."""
    complete = items[~np.isnan(items).any(axis=1)]
    count = items.shape[1]
    return float(count / (count - 1) * (1 - complete.var(axis=0, ddof=1).sum() / complete.sum(axis=1).var(ddof=1)))


def spearman_brown(variance: pd.Series, items: pd.Series) -> pd.Series:
    """r_WG(J) from the mean variance of a team's items and their number, cut before the step."""
    share = np.minimum(variance.where(variance >= 1e-11, 0.0) / NULL, 1.0)
    return items * (1 - share) / (items * (1 - share) + share)


def scales(teams: pd.DataFrame, alphas: pd.DataFrame) -> pd.DataFrame:
    """Both scales, from a row per team with `n_…`, the mean and `var_…` of each, and a row per alpha."""
    found = []
    for scale in ITEMS:
        renamed = {f"n_{scale}": "n", scale: "mean", f"var_{scale}": "var"}
        by_team = teams[["quarter", *renamed]].rename(columns=renamed)
        by_team["squares"] = (by_team["var"] * (by_team["n"] - 1)).fillna(0.0)
        found.append(nesting(by_team).assign(scale=scale).merge(alphas, on=["scale", "quarter"]))
    return pd.concat(found)
