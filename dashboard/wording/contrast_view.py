"""
The rows of the contrast of both levels: released teams or units in POMP, in an order a reader chose, as tables to read.

Picks and converts; every figure was found below. No row carries its place in the order: there are no ranks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.gates import carried
from dashboard.disclosure.released import Released
from dashboard.terms import INDIVIDUAL
from dashboard.wording.units import in_pomp, surplus_in_pomp

ENDS = ("", "_low", "_high")


class Order(StrEnum):
    """What the rows are sorted by, as it stands in the address."""

    NAME = "name"
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    GAP = "gap"
    INDIVIDUAL_GAIN = "individual-gain"
    COLLECTIVE_GAIN = "collective-gain"
    UNIT = "unit"
    RESPONDENTS = "answered"


class Measure(StrEnum):
    """What the cells of the heat map show, as it stands in the address."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    SURPLUS = "surplus"


class Level(StrEnum):
    """Teams, or the units above them, as it stands in the address."""

    TEAMS = "teams"
    UNITS = "units"


COLUMN_OF: Mapping[Order, str] = {
    Order.NAME: "name",
    Order.INDIVIDUAL: "individual",
    Order.COLLECTIVE: "collective",
    Order.GAP: "gap",
    Order.INDIVIDUAL_GAIN: "individual_gain",
    Order.COLLECTIVE_GAIN: "collective_gain",
    Order.UNIT: "unit",
    Order.RESPONDENTS: "respondents",
}


def rows_at(released: Released, period: str, level: Level) -> pd.DataFrame:
    """
    A row per team or unit with a place in one period, in the order of names.

    Columns `name respondents withheld`, the two levels with `_low _high` (and `_shrunken` of teams); of teams `unit` and,
    as far as they may be shown, `gap gap_low gap_high` and both gains over the window with their ends. POMP.
    """
    if level is Level.UNITS:
        units = released.units[released.units["period"] == period]
        return _sorted(in_pomp(units, released.instrument).rename(columns={"unit": "name"}), "name")
    teams = in_pomp(released.teams[released.teams["period"] == period], released.instrument)
    found = teams.merge(_unit_of(released, period), on="team_id", how="left").merge(
        _gains(released), on="team_id", how="left"
    )
    if gap_is_read(released):
        found = found.merge(_gaps(released, period), on="team_id", how="left")
    return _sorted(found.assign(unit=found["unit"].fillna("")).rename(columns={"team_id": "name"}), "name")


def gap_is_read(released: Released) -> bool:
    """Whether the two levels may be set against each other on these data."""
    return bool(released.gates) and not released.gaps.empty and carried(released, "level_gap")


def surplus_is_read(released: Released) -> bool:
    """Whether the collective surplus may be shown, and there is any."""
    surplus = released.teams["surplus"].to_numpy(float)
    return bool(released.gates) and carried(released, "surplus") and bool(np.isfinite(surplus).any())


def orders(rows: pd.DataFrame) -> list[Order]:
    """What these rows can be sorted by."""
    told = [order for order, column in COLUMN_OF.items() if column in rows and _differs(rows[column])]
    return told or [Order.NAME]


def in_order(rows: pd.DataFrame, order: Order) -> pd.DataFrame:
    """
    The rows in an order: names and units from A to Z, figures from the highest down, rows without a figure last.

    >>> rows = pd.DataFrame({"name": ["A", "B", "C"], "individual": [50.0, None, 61.0]})
    >>> list(in_order(rows, Order.INDIVIDUAL)["name"])
    ['C', 'A', 'B']
    """
    column = COLUMN_OF[order]
    if order is Order.NAME or column not in rows:
        return rows
    if order is Order.UNIT:
        alone = rows["unit"] == ""
        return (
            rows.assign(alone=alone).sort_values(["alone", "unit", "name"]).drop(columns="alone").reset_index(drop=True)
        )
    values = pd.Series(drawn(rows, column), index=rows.index)
    return rows.loc[values.sort_values(ascending=False, kind="stable", na_position="last").index].reset_index(drop=True)


def cells(released: Released, measure: Measure, level: Level) -> pd.DataFrame:
    """
    A row per team or unit and period of the window: `name period respondents withheld`, `raw`, its interval `low`,
    `high`, and `value`, the mean drawn towards all where there is one (POMP).
    """
    table = surplus_in_pomp(_in_window(released, level), released.instrument)
    return pd.DataFrame(
        {
            "name": table["unit" if level is Level.UNITS else "team_id"],
            "period": table["period"],
            "respondents": table["respondents"],
            "withheld": table["withheld"],
            "raw": table[str(measure)].astype(float),
            "low": table[f"{measure}_low"].astype(float),
            "high": table[f"{measure}_high"].astype(float),
            "value": drawn(table, str(measure)),
        }
    ).reset_index(drop=True)


def drawn(rows: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    """(rows,) the means as charts draw them: towards all where that is known, as answered elsewhere."""
    raw = rows[column].astype(float)
    if f"{column}_shrunken" in rows:
        raw = rows[f"{column}_shrunken"].astype(float).fillna(raw)
    found: npt.NDArray[np.float64] = raw.to_numpy(float)
    return found


def common_ends(released: Released, level: Level) -> pd.DataFrame:
    """All intervals of all periods of the window, for the one axis of all teams, or of all units (POMP)."""
    return _in_window(released, level)


def common_span(released: Released, level: Level, narrowest: float = 30.0) -> tuple[float, float]:
    """The lowest and the highest mean of both levels in the window, at least `narrowest` POMP points apart."""
    table = _in_window(released, level)
    values = np.concatenate([drawn(table, "individual"), drawn(table, "collective")])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 100.0
    low, high = float(values.min()), float(values.max())
    more = max(0.0, narrowest - (high - low)) / 2
    return low - more, high + more


def _in_window(released: Released, level: Level) -> pd.DataFrame:
    table = released.units if level is Level.UNITS else released.teams
    return in_pomp(table[table["period"].isin([period.label for period in released.window])], released.instrument)


def _differs(column: pd.Series) -> bool:
    return len(column.dropna().unique()) > 1


def _sorted(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return rows.sort_values(column, kind="stable").reset_index(drop=True)


def _unit_of(released: Released, period: str) -> pd.DataFrame:
    """The unit of each team in the period."""
    parents = released.parents
    if parents.empty:
        return pd.DataFrame({"team_id": pd.Series(dtype=object), "unit": pd.Series(dtype=object)})
    return parents.loc[parents["period"] == period, ["team_id", "unit"]]


def _gains(released: Released) -> pd.DataFrame:
    """Both gains over the window, in POMP already; none where one period leaves nothing to gain."""
    names = [f"{scale}_gain{end}" for scale in ("individual", "collective") for end in ENDS]
    return released.verdicts[["team_id", *(names if len(released.window) > 1 else [])]]


def _gaps(released: Released, period: str) -> pd.DataFrame:
    """Collective less individual level of each team in the period."""
    low, high = released.instrument.scales[INDIVIDUAL].bounds
    gaps = released.gaps[released.gaps["period"] == period]
    converted = {f"gap{end}": 100 * gaps[f"gap{end}"].astype(float) / (high - low) for end in ENDS}
    return gaps[["team_id"]].assign(**converted)
