"""
With duckdb: two statements over the file.
"""

from __future__ import annotations

from pathlib import Path

try:
    import duckdb
except ImportError:  # of the optional extra `bench`
    duckdb = None

from tests.benchmarks.figures import ITEMS, NEEDED, Figures, scales, spearman_brown

COLLECTIVE = ITEMS["collective"]


def tables(path: Path) -> Figures:
    """A table of answers in memory, then one statement per table of figures."""
    with duckdb.connect() as base:
        given = ", ".join(f"{item}::DOUBLE AS {item}" for items in ITEMS.values() for item in items)
        scores = ", ".join(f"{_score(items)} AS {scale}" for scale, items in ITEMS.items())
        base.execute(f"CREATE TABLE given AS SELECT team_id, quarter, {given} FROM read_csv(?)", [str(path)])  # noqa: S608
        base.execute(f"CREATE TABLE answers AS SELECT *, {scores} FROM given")  # noqa: S608
        teams = base.sql(_TEAMS).df()
        alphas = base.sql(_ALPHAS).df()
    teams["agreement_ad"] = teams[[f"ad_{item}" for item in COLLECTIVE]].mean(axis=1)
    entering = teams[[f"n_{item}" for item in COLLECTIVE]].ge(2).sum(axis=1)
    teams["rwg_uniform"] = spearman_brown(teams[[f"var_{item}" for item in COLLECTIVE]].mean(axis=1), entering)
    return Figures(teams[teams["respondents"] > 0], scales(teams, alphas))


def _score(items: list[str]) -> str:
    answered = " + ".join(f"({item} IS NOT NULL)::INT" for item in items)
    total = " + ".join(f"coalesce({item}, 0)" for item in items)
    return f"CASE WHEN {answered} >= {NEEDED} THEN ({total}) / ({answered}) END"


def _each(template: str, names: list[str]) -> str:
    return ", ".join(template.format(name) for name in names)


def _alpha(scale: str) -> str:
    items = ITEMS[scale]
    parts, whole = " + ".join(f"var_samp({item})" for item in items), " + ".join(items)
    size = len(items) / (len(items) - 1)
    present = " AND ".join(f"{item} IS NOT NULL" for item in items)
    return f"SELECT '{scale}' AS scale, quarter, {size} * (1 - ({parts}) / var_samp({whole})) AS alpha FROM answers WHERE {present} GROUP BY quarter"  # noqa: S608, E501


_ALPHAS = " UNION ALL ".join(_alpha(scale) for scale in ITEMS)
_TEAMS = f"""
    WITH middle AS (SELECT team_id, quarter, {_each("avg({0}) AS mean_{0}", COLLECTIVE)} FROM answers GROUP BY ALL)
    SELECT team_id, quarter,
        count(coalesce(individual, collective)) AS respondents,
        {_each("avg({0}) AS {0}, count({0}) AS n_{0}, var_samp({0}) AS var_{0}", list(ITEMS))},
        {_each("count({0}) AS n_{0}, var_samp({0}) AS var_{0}", COLLECTIVE)},
        {_each("CASE WHEN count({0}) >= 2 THEN avg(abs({0} - mean_{0})) END AS ad_{0}", COLLECTIVE)}
    FROM answers JOIN middle USING (team_id, quarter) GROUP BY team_id, quarter
"""  # noqa: S608
