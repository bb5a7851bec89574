"""The made diagnosis with units above its teams, with gaps, with surplus, or of any number of teams."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.disclosure import Released
from tests.screens import made

UNITS = ("North", "South", "West")
WITHHELD = "withheld so that a smaller team cannot be worked out"


def with_units(whole: Released, names: tuple[str, str, str] = UNITS) -> Released:
    """Teams in turn in three units; the last is withheld in the last period; Zephyr lies in none."""
    teams = list(dict.fromkeys(whole.teams["team_id"]))
    unit = {team: names[at % 3] for at, team in enumerate(teams) if team != "Zephyr"}
    parents = whole.teams[["team_id", "period"]].assign(unit=whole.teams["team_id"].map(unit)).dropna()
    rows = [_unit(name, at, period.label, whole) for at, name in enumerate(names) for period in whole.periods]
    return replace(whole, units=pd.DataFrame(rows), parents=parents.reset_index(drop=True))


def _unit(name: str, at: int, period: str, whole: Released) -> dict[str, object]:
    row: dict[str, object] = {"unit": name, "period": period}
    figures = {"individual": 3.2 + 0.2 * at, "collective": 3.1 + 0.1 * at}  # 55, 60, 65 and 52.5, 55, 57.5 POMP
    hidden = at == 2 and period == whole.periods[-1].label
    for scale, level in figures.items():
        row |= {scale: level, f"{scale}_low": level - 0.1, f"{scale}_high": level + 0.1}
    found = {"teams": 8.0, "respondents": 80.0 - 10 * at, **row, "withheld": WITHHELD if hidden else ""}
    empty = ("teams", "respondents", *(key for key in row if key not in ("unit", "period")))
    return found | dict.fromkeys(empty, np.nan) if hidden else found


def with_gaps(whole: Released) -> Released:
    """Atlas lies far below the organisation's gap of −.1 points, Cobalt far above it, everyone else on it."""
    gap = whole.teams["team_id"].map({"Atlas": -0.9, "Cobalt": 0.9}).fillna(-0.1).mask(whole.teams["withheld"] != "")
    gaps = whole.teams[["team_id", "period", "respondents"]].assign(gap=gap, gap_low=gap - 0.4, gap_high=gap + 0.4)
    quality = pd.DataFrame({"period": [period.label for period in whole.periods], "level_gap": -0.1})
    return replace(whole, gaps=gaps, quality=quality)


def with_surplus(whole: Released) -> Released:
    """Atlas has a surplus of −.6 points (−15 POMP), Cobalt of +.4 (10), everyone else of none."""
    surplus = whole.teams["team_id"].map({"Atlas": -0.6, "Cobalt": 0.4}).fillna(0.0).mask(whole.teams["withheld"] != "")
    figures = {"surplus": surplus, "surplus_low": surplus - 0.2, "surplus_high": surplus + 0.2}
    return replace(whole, teams=whole.teams.assign(**figures))


def with_gate(whole: Released, need: str, state: GateState, short: str, value: float) -> Released:
    """The same with one gate in another state."""
    others = tuple(gate for gate in made.open_gates() if gate.need != need)
    return replace(whole, gates=(*others, Gate(need=need, state=state, found={short: value}, short=(short,))))


def of_size(number: int) -> Released:
    """The made diagnosis with so many teams, those of the cast over and over."""
    whole = made.released()
    times = -(-number // len(made.TEAMS))
    tables = {name: _repeated(getattr(whole, name), times, number) for name in ("teams", "verdicts")}
    return replace(whole, **tables)


def _repeated(table: pd.DataFrame, times: int, number: int) -> pd.DataFrame:
    copies = [table.assign(team_id=[f"{name} {copy:03d}" for name in table["team_id"]]) for copy in range(times)]
    whole = pd.concat(copies, ignore_index=True)
    kept = list(dict.fromkeys(whole["team_id"]))[:number]
    return whole[whole["team_id"].isin(kept)].reset_index(drop=True)


def all_withheld(whole: Released) -> Released:
    """Not one team that may be shown."""
    figures = whole.teams.columns.difference(["team_id", "period", "withheld"])
    nothing = dict.fromkeys(figures, np.nan)
    return replace(whole, teams=whole.teams.assign(**nothing, withheld="below the minimum group"))
