"""
Named: the teams that get a slide of their own, and how a slide names and follows them.

Flagged ones; where none is, the watch list, never the two together. Five at most: the most probable, shown in
alphabetical order, so that no order is a rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Verdict
from dashboard.diagnosis.gates import carried
from dashboard.disclosure.released import Released
from dashboard.wording.escape import plain
from dashboard.wording.overview_words import scope

AT_MOST = 5
LISTED = (Verdict.NOT_COMPOUNDING, Verdict.WATCH)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """`teams`: names in alphabetical order, of `verdict`; `more`: how many of the same have no slide."""

    teams: tuple[str, ...]
    more: int
    verdict: Verdict


def named(released: Released) -> Named:
    """Whom to discuss; with one period whom to watch, and nobody where that is nobody."""
    if released.worth_watching is not None:
        watched = likely(released)
        return _most_probable(watched, Verdict.WATCH)
    for verdict in LISTED:
        found = released.verdicts[released.verdicts["verdict"] == verdict]
        if len(found) and carried(released, "verdicts"):
            return _most_probable(found, verdict)
    return Named(teams=(), more=0, verdict=Verdict.NOT_COMPOUNDING)


def likely(released: Released) -> pd.DataFrame:
    """With one period: the rows of teams that are more probably worth watching than not."""
    table = released.worth_watching
    if table is None:
        return pd.DataFrame({"team_id": [], "probability": []})
    return table[table["probability"].astype(float) >= released.settings.watch_probability]


def most_probable(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """So many rows with the highest probability, by name where it is the same, in alphabetical order."""
    first = table.sort_values(["probability", "team_id"], ascending=[False, True], kind="stable").head(number)
    return first.sort_values("team_id", kind="stable")


def _most_probable(table: pd.DataFrame, verdict: Verdict) -> Named:
    shown = most_probable(table, AT_MOST)["team_id"]
    return Named(teams=tuple(shown), more=len(table) - len(shown), verdict=verdict)


def verdict_of(team: str, released: Released) -> Row:
    """The row of the verdicts of one team, with its name in plain letters."""
    row = released.verdicts[released.verdicts["team_id"] == team].iloc[0].to_dict()
    return {str(name): value for name, value in row.items()} | {"team_id": plain(team)}


def latest(released: Released, teams: Iterable[str]) -> dict[str, Row]:
    """Of each team the last row of the window with figures, the last of all where none has any; levels in points."""
    wanted = list(teams)
    order = {period.label: at for at, period in enumerate(released.periods)}
    table = released.teams[released.teams["team_id"].isin(wanted)]
    at, inside = table["period"].map(order), table["period"].isin([period.label for period in released.window])
    shown = (inside & np.isfinite(table["collective"].astype(float))).to_numpy()
    last = table.iloc[np.lexsort((at, shown))].drop_duplicates("team_id", keep="last")
    found = {str(row["team_id"]): row for row in last.to_dict(orient="records")}
    return {team: {str(name): value for name, value in found[team].items()} for team in wanted if team in found}


def source(released: Released) -> str:
    """The small line below a slide: whose answers, from when to when, how many."""
    return plain(scope(released))


def numbers(values: pd.Series) -> tuple[float, ...]:
    """A column as plain numbers, `nan` where there is none."""
    return tuple(float(value) for value in values)
