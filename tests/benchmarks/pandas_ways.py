"""
With pandas: as it is usually written, a function of a team given to `groupby.apply`, and as a patient person writes it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from tests.benchmarks.figures import ITEMS, KEYS, NEEDED, NULL, Figures, alpha, nesting, spearman_brown


def usual(path: Path) -> Figures:
    """One function per team and period."""
    answers = _read(path)
    teams = answers.groupby(KEYS, group_keys=True)[[*ITEMS["collective"], *ITEMS]].apply(_team).reset_index()
    return Figures(teams[teams["respondents"] > 0], _scales(answers))


def vectorised(path: Path) -> Figures:
    """Only the built-in aggregates of grouped columns."""
    answers = _read(path)
    groups = answers.groupby(KEYS, observed=True)
    items = groups[ITEMS["collective"]]
    counts, distances = items.count(), (answers[ITEMS["collective"]] - items.transform("mean")).abs()
    deviation = distances.groupby([answers[key] for key in KEYS], observed=True).mean().where(counts >= 2)
    teams = groups[list(ITEMS)].mean()
    either = answers[list(ITEMS)].notna().any(axis=1)
    teams["respondents"] = either.groupby([answers[key] for key in KEYS], observed=True).sum()
    teams["agreement_ad"] = deviation.mean(axis=1)
    teams["rwg_uniform"] = spearman_brown(items.var().mean(axis=1), (counts >= 2).sum(axis=1))
    teams = teams.reset_index()
    return Figures(teams[teams["respondents"] > 0], _scales(answers))


def _read(path: Path) -> pd.DataFrame:
    answers = pd.read_csv(path)
    for scale, items in ITEMS.items():
        enough = answers[items].notna().sum(axis=1) >= NEEDED
        answers[scale] = answers[items].mean(axis=1).where(enough)
    return answers


def _team(team: pd.DataFrame) -> pd.Series:
    items = team[ITEMS["collective"]]
    items = items.loc[:, items.notna().sum() >= 2]
    share = min(items.var().mean() / NULL, 1.0) if items.shape[1] else np.nan
    count = items.shape[1]
    return pd.Series(
        {
            "respondents": team[list(ITEMS)].notna().any(axis=1).sum(),
            "individual": team["individual"].mean(),
            "collective": team["collective"].mean(),
            "agreement_ad": (items - items.mean()).abs().mean().mean(),
            "rwg_uniform": count * (1 - share) / (count * (1 - share) + share) if count else np.nan,
        }
    )


def _scales(answers: pd.DataFrame) -> pd.DataFrame:
    found = []
    for scale, items in ITEMS.items():
        by_team = answers.groupby(KEYS, observed=True)[scale].agg(["count", "mean", "var"]).reset_index()
        by_team = by_team.rename(columns={"count": "n"})
        by_team["squares"] = (by_team["var"] * (by_team["n"] - 1)).fillna(0.0)
        icc1 = nesting(by_team).set_index("quarter")
        icc1["alpha"] = [alpha(given[items].to_numpy(float)) for _, given in answers.groupby("quarter")]
        found.append(icc1.reset_index().assign(scale=scale))
    return pd.concat(found)
