"""
The table of verdicts as a reader meets it: names of states, gains beside their intervals, no column of codes.
"""

from __future__ import annotations

import pandas as pd

from dashboard.disclosure.released import Released
from dashboard.wording.numbers import interval
from dashboard.wording.overview_words import TABLE
from dashboard.wording.verdicts import VERDICTS


def verdict_view(released: Released) -> pd.DataFrame:
    """A row per team in the order of names, with the columns and headings of `TABLE`; figures stay numbers."""
    table = released.verdicts.sort_values("team_id")
    intervals = {f"{name}_interval": _intervals(table, name) for name in ("individual", "collective")}
    shown = table.assign(label=[VERDICTS[verdict].label for verdict in table["verdict"]], **intervals)
    noun = released.settings.noun.capitalize()
    return shown[list(TABLE)].rename(columns={name: title.format(Noun=noun) for name, title in TABLE.items()})


def _intervals(table: pd.DataFrame, name: str) -> list[str]:
    ends = zip(table[f"{name}_gain_low"], table[f"{name}_gain_high"], strict=True)
    return ["" if low != low else interval(low, high) for low, high in ends]
