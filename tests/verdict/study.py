"""
The larger run behind the claims: error rates, recall, calibration and coverage over a grid of organisations.

Not a test (it takes minutes): `python -m tests.verdict.study [repeats] [scenario …]` prints a table. Every row pools
its organisations: flags, share of wrong flags, recall, the same for the watch list, calibration error of the
probability (ten bins, weighted), its mean beside the true share, coverage of the 90 % intervals, judged share, false
flags per 100 teams.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from dataclasses import replace

from tests.verdict.simulator import NULLS, SCENARIOS
from tests.verdict.tally import HEADER, Tally, tally

GRID = [(teams, members, periods) for teams in (20, 100, 400) for members in (4, 8, 12) for periods in (2, 4, 8)]


def main(repeats: int, names: list[str]) -> None:
    """Print the grid for `mixed`, then every other scenario and null world at two sizes."""
    print(f"{'':38s}{HEADER}")
    chosen = names or [*SCENARIOS, *NULLS]
    for name in chosen:
        base = {**SCENARIOS, **NULLS}[name]
        cells = GRID if name == "mixed" else [(100, 8, 2), (100, 8, 4), (100, 12, 8)]
        pooled = Tally()
        for teams, members, periods in cells:
            world = replace(
                base, teams=teams, periods=periods, members=base.members if name == "small teams" else members
            )
            count = max(1, round(repeats * 100 / teams)) if teams < 400 else max(1, repeats // 4)
            found = tally((world, 1000 * periods + seed) for seed in range(count))
            print(f"{name:20s}{teams:5d} × {members:2d} × {periods}  {found.row()}", flush=True)
            pooled.join(found)
        print(f"{name:20s}{'pooled':>16s}  {pooled.row()}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4, sys.argv[2:])
