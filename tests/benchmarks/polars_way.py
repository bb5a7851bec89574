"""
With polars, lazily, so that its optimiser sees the whole way from the file to the figures.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

try:
    import polars as pl
except ImportError:  # of the optional extra `bench`
    pl = None

from tests.benchmarks.figures import ITEMS, KEYS, NEEDED, Figures, scales, spearman_brown


def tables(path: Path) -> Figures:
    """One query per table."""
    given = [item for items in ITEMS.values() for item in items]
    answers = pl.scan_csv(path, schema_overrides=dict.fromkeys(given, pl.Float64)).select(*KEYS, *given)
    scored = answers.with_columns(_score(items).alias(scale) for scale, items in ITEMS.items())
    teams, *alphas = pl.collect_all([_teams(scored), *(_alpha(answers, scale) for scale in ITEMS)])
    found = teams.to_pandas()
    found["agreement_ad"] = found[[f"ad_{item}" for item in ITEMS["collective"]]].mean(axis=1)
    entering = found[[f"n_{item}" for item in ITEMS["collective"]]].ge(2).sum(axis=1)
    found["rwg_uniform"] = spearman_brown(found[[f"var_{i}" for i in ITEMS["collective"]]].mean(axis=1), entering)
    return Figures(found[found["respondents"] > 0], scales(found, pd.concat(table.to_pandas() for table in alphas)))


def _score(items: list[str]):
    enough = pl.sum_horizontal(pl.col(items).is_not_null()) >= NEEDED
    return pl.when(enough).then(pl.mean_horizontal(pl.col(items)))


def _teams(scored):
    items = ITEMS["collective"]
    scales = [pl.col(scale) for scale in ITEMS]
    return scored.group_by(KEYS).agg(
        pl.any_horizontal(pl.col(list(ITEMS)).is_not_null()).sum().alias("respondents"),
        *(scale.mean() for scale in scales),
        *(scale.count().name.prefix("n_") for scale in scales),
        *(scale.var().name.prefix("var_") for scale in scales),
        *(pl.col(item).count().name.prefix("n_") for item in items),
        *(pl.col(item).var().name.prefix("var_") for item in items),
        *(_deviation(item) for item in items),
    )


def _deviation(item: str):
    column = pl.col(item)
    mean = (column - column.mean()).abs().mean()
    return pl.when(column.count() >= 2).then(mean).alias(f"ad_{item}")


def _alpha(answers, scale: str):
    items = ITEMS[scale]
    complete = answers.drop_nulls(items).group_by("quarter")
    parts = complete.agg(
        pl.sum_horizontal(pl.col(item).var() for item in items).alias("parts"),
        pl.sum_horizontal(items).var().alias("whole"),
    )
    count = len(items)
    return parts.select(
        "quarter", scale=pl.lit(scale), alpha=count / (count - 1) * (1 - pl.col("parts") / pl.col("whole"))
    )
