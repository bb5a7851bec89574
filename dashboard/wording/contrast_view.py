"""
The rows of the contrast of both levels: released teams or units in POMP, in an order a reader chose, as tables to read.

Picks and converts; every figure was found below. No row carries its place in the order: there are no ranks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from dashboard.diagnosis.gate import GateState
from dashboard.diagnosis.gates import gate
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
    return bool(released.gates) and not released.gaps.empty and _carried(released, "level_gap")


def surplus_is_read(released: Released) -> bool:
    """Whether the collective surplus may be shown, and there is any."""
    surplus = released.teams["surplus"].to_numpy(float)
    return bool(released.gates) and _carried(released, "surplus") and bool(np.isfinite(surplus).any())


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
    return rows.sort_values(column, ascending=False, kind="stable", na_position="last").reset_index(drop=True)


def cells(released: Released, measure: Measure, level: Level) -> pd.DataFrame:
    """
    A row per team or unit and period of the window: `name period respondents withheld`, `raw`, its interval `low`,
    `high`, and `value`, the mean drawn towards all where there is one (POMP).
    """
    table, key = (released.units, "unit") if level is Level.UNITS else (released.teams, "team_id")
    table = table[table["period"].isin([period.label for period in released.window])]
    table = surplus_in_pomp(in_pomp(table, released.instrument), released.instrument)
    raw = table[str(measure)].astype(float)
    drawn = table[f"{measure}_shrunken"].astype(float).fillna(raw) if f"{measure}_shrunken" in table else raw
    figures = {"raw": raw, "low": table[f"{measure}_low"], "high": table[f"{measure}_high"], "value": drawn}
    keys = {"name": table[key], "period": table["period"], "respondents": table["respondents"]}
    return pd.DataFrame({**keys, "withheld": table["withheld"], **figures}).reset_index(drop=True)


def common_ends(released: Released) -> pd.DataFrame:
    """Intervals of all teams and units in all periods of the window, for one axis (POMP)."""
    labels = [period.label for period in released.window]
    tables = [table[table["period"].isin(labels)] for table in (released.teams, released.units) if len(table)]
    return in_pomp(pd.concat(tables), released.instrument)


def common_span(released: Released) -> tuple[float, float]:
    """The lowest and the highest mean of both levels, over all teams, units and periods of the window (POMP)."""
    levels = [Level.TEAMS] + [Level.UNITS] * (not released.units.empty)
    both = [
        cells(released, measure, level)["value"]
        for measure in (Measure.INDIVIDUAL, Measure.COLLECTIVE)
        for level in levels
    ]
    values = pd.concat(both).to_numpy(float)
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if values.size else (0.0, 100.0)


def _carried(released: Released, need: str) -> bool:
    return gate(released, need).state is not GateState.CLOSED


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
