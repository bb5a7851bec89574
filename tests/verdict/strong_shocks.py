"""
Strong shocks: what raising the guess of them gains and costs (`compounding.raising`), on the same surveys.

    python -m tests.verdict.strong_shocks      # about ten minutes; writes strong_shocks.csv beside this file

Every organisation is judged as it is, and with shocks that keep their guess. A row per world, teams and periods:

- organizations; raised: in how many of them the guess was; deviation: mean SD of shocks that they were judged by, POMP.
- affected: teams whose individual gain is real and does not compound, among the shown.
- flags, wrong: as it is; flags_by_guess, wrong_by_guess: had the guess stayed; changed: teams flagged in one and not in
  the other.

Result
------
- In worlds of ordinary shocks no flag changes, in none of 108 organisations.
- Under strong shocks 1,000 teams see them: wrong flags fall from .21 to .08 over two periods and from .23 to .11 over
  three. 100 teams see them over three periods (.18 to .15) and not over two, where .23 of the flags stay wrong.
- Where the low catch up (.3 points of gain for every point below), two periods cannot tell it from shocks: 1,000 teams
  get half of the flags that they could have. Over three periods hardly any flag changes.
- Where teams draw apart, strong shocks hide behind it over two periods and are seen in part: .22 to .20.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from dashboard.diagnosis.compounding import Judgement, judge, raising
from dashboard.diagnosis.compounding.paths import SHOCK_GUESS
from dashboard.diagnosis.diagnosis import Reason
from dashboard.terms import Settings
from tests.verdict.simulator import DEPENDENT, SCENARIOS, Simulated, World, simulate

TABLE = Path(__file__).with_suffix(".csv")
SETTINGS = Settings()
WORLDS = {name: SCENARIOS[name] for name in ("strong shocks", "mixed", "one normal", "high turnover")} | DEPENDENT
ORGANIZATIONS = {100: 6, 1000: 3}
MEMBERS, PERIODS = (12, 25), (2, 3)
FIRST_SEED = 500
NEVER = 1e12  # a cost that nothing outweighs


def row(name: str, world: World, teams: int, periods: int) -> dict[str, object]:
    """The organisations of a world, number of teams and number of periods, of every size of teams."""
    found = [
        _organization(simulate(replace(world, teams=teams, members=members, periods=periods), FIRST_SEED + turn))
        for members in MEMBERS
        for turn in range(ORGANIZATIONS[teams])
    ]
    summed = {figure: sum(each[figure] for each in found) for figure in found[0]}
    deviation = round(summed.pop("deviation") / len(found), 2)
    key = {"world": name, "teams": teams, "periods": periods, "organizations": len(found), "deviation": deviation}
    return key | {figure: int(value) for figure, value in summed.items()}


def _organization(simulated: Simulated) -> dict[str, float]:
    found = judge(simulated.responses, SETTINGS)
    deviation = _shock(found)
    raised = deviation > SHOCK_GUESS
    flagged, by_guess = found.flagged, _by_guess(simulated) if raised else found.flagged
    affected = simulated.affected(SETTINGS.gain, SETTINGS.compounding_share)
    return {
        "deviation": deviation,
        "raised": float(raised),
        "affected": (affected & (found.reason != Reason.MINIMUM_GROUP)).sum(),
        "flags": flagged.sum(),
        "wrong": (flagged & ~affected).sum(),
        "flags_by_guess": by_guess.sum(),
        "wrong_by_guess": (by_guess & ~affected).sum(),
        "changed": (flagged != by_guess).sum(),
    }


def _shock(found: Judgement) -> float:
    """SD of the shocks that an organisation is judged by."""
    return float(np.sqrt(found.model.hierarchy.covariances[-1][0, 0])) if found.model else SHOCK_GUESS


def _by_guess(simulated: Simulated) -> np.ndarray:
    with patch.object(raising, "COST", NEVER):
        return judge(simulated.responses, SETTINGS).flagged


def rows() -> Iterator[dict[str, object]]:
    """All rows, told as they come."""
    for name, world in WORLDS.items():
        for teams in ORGANIZATIONS:
            for periods in PERIODS:
                found = row(name, world, teams, periods)
                print(*found.values(), flush=True)
                yield found


def main() -> None:
    """Judge every organisation twice and write the table."""
    found = list(rows())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
