"""
The tables beside the two charts of the contrast, as a reader meets them: figures beside how many answered and how sure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.disclosure.released import Released
from dashboard.wording import gates_words
from dashboard.wording.contrast_view import Level, Measure
from dashboard.wording.contrast_words import measure_label, noun_of
from dashboard.wording.numbers import MISSING, interval, points, signed

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

ANSWERED, SURE, ABOUT, PERIOD, WHY = "Answered", "{name}: 95%", "{name}: about 90%", "Period", "Without figures"


def rows_table(rows: pd.DataFrame, released: Released, level: Level) -> pd.DataFrame:
    """The rows of `contrast_view.rows_at` with headings; means as answered, in points of 100."""
    names = gates_words.names(released)
    shown = {noun_of(released.settings, level).capitalize(): rows["name"]}
    if "unit" in rows and (rows["unit"] != "").any():
        shown[released.settings.parent_noun.capitalize()] = rows["unit"]
    if level is Level.UNITS:
        shown[noun_of(released.settings, Level.TEAMS).capitalize() + "s counted"] = rows["teams"].astype(float)
    shown[ANSWERED] = rows["respondents"].astype(float)
    headed = {"individual": names.individual, "collective": names.collective, "gap": "Collective less individual"}
    gains = {
        f"{scale}_gain": f"Gain in {headed[scale][:1].lower()}{headed[scale][1:]}"
        for scale in ("individual", "collective")
    }
    for column, name in {**headed, **gains}.items():
        if column in rows:
            shown[name] = rows[column].astype(float)
            shown[(ABOUT if column in gains else SURE).format(name=name)] = _intervals(
                rows, f"{column}_low", f"{column}_high"
            )
    shown[WHY] = rows["withheld"]
    return pd.DataFrame(shown)


def cells_table(
    cells: pd.DataFrame, names: list[str], released: Released, measure: Measure, level: Level
) -> pd.DataFrame:
    """The cells of the heat map, row by row in the order of `names`; means as answered, in points of 100."""
    place = {name: at for at, name in enumerate(names)}
    ordered = cells.assign(place=cells["name"].map(place)).sort_values("place", kind="stable")
    name = measure_label(measure, released)
    return pd.DataFrame(
        {
            noun_of(released.settings, level).capitalize(): ordered["name"],
            PERIOD: ordered["period"],
            ANSWERED: ordered["respondents"].astype(float),
            name: ordered["raw"].astype(float),
            SURE.format(name=name): _intervals(ordered, "low", "high"),
            WHY: ordered["withheld"],
        }
    ).reset_index(drop=True)


def as_shown(table: pd.DataFrame) -> Styler:
    """The table with figures written as everywhere else; sorting still goes by the figures."""
    writes: dict[str, Callable[[float], str]] = {
        name: signed if name.startswith(("Gain", "Collective less", "Collective surplus")) else points
        for name in table.select_dtypes("number").columns
    }
    styled: Styler = table.style.format(writes)
    return styled


def _intervals(table: pd.DataFrame, low: str, high: str) -> list[str]:
    ends = zip(table[low].astype(float), table[high].astype(float), strict=True)
    return [MISSING if one != one else interval(one, other) for one, other in ends]
