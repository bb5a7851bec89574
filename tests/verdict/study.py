"""
The operating characteristics of the verdict: how often it is wrong, what it finds, and what simpler rules would do.

    python -m tests.verdict.study            # the whole grid, to dashboard/wording/operating_characteristics.csv
    python -m tests.verdict.study --quick    # eight cells per scenario, about a minute

Organisations of 20, 100 and 1,000 teams × 4, 8, 12 and 25 members × 2, 4 and 8 periods, in worlds where some teams
are affected (`typical`) and in worlds where none is (`null`); this method and the rules of `naive` on the same surveys.
Each cell is written to a progress file as it is done, so that a run that was stopped goes on where it stopped. Seeds
follow from the cell, so that any cell can be made again alone (`cell_of`), and all scenarios of a size share theirs.

The table has a row per rule × scenario × cell, and rows that pool the cells of a scenario (`teams`, `members`,
`periods` empty) and the scenarios of a kind (`scenario` empty as well):

- organizations, teams_simulated: how many were simulated; fewer organisations where they are large.
- shown: teams with the minimum group in both halves of the window, the same for every rule; judged: those that the
  rule may flag.
- affected: teams whose individual gain is real and does not compound, among all; affected_shown: among the shown.
- flags, wrong, found: flagged teams, and how many of them are not affected and are. Share of wrong flags: wrong /
  flags; recall: found / affected_shown. watched, watched_wrong: the same with the watch list (probability ≥ .50).
- false_per_100: false flags per 100 teams simulated.
- calibration_error: mean distance of stated and true probability over ten bins, weighted by their teams; only for rules
  that state one. A cell of few teams has some by chance alone.
- average_precision: of the order of all shown teams of a cell; pooled rows average cells by affected teams.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dashboard.diagnosis.compounding import judge
from dashboard.diagnosis.compounding.flags import flags
from dashboard.diagnosis.diagnosis import Reason
from dashboard.terms import Settings
from tests.verdict.counts import Counts, Seen, count, pooled
from tests.verdict.naive import NAIVE, naive_rules
from tests.verdict.simulator import NULLS, SCENARIOS, simulate

TABLE = Path(__file__).parents[2] / "dashboard" / "wording" / "operating_characteristics.csv"
METHOD, LENIENT, WATCH = "this method", "this method (q = .20)", "watch list"
RULES = (METHOD, LENIENT, WATCH, *NAIVE)
TEAMS, MEMBERS, PERIODS = (20, 100, 1000), (4, 8, 12, 25), (2, 4, 8)
ORGANIZATIONS = {20: 12, 100: 4, 1000: 1}
SMALL_TEAMS = "small teams"  # always four members, and shown from three answers on

KEY = ("rule", "kind", "scenario", "teams", "members", "periods", "cells")
FIGURES = (
    "organizations",
    "teams_simulated",
    "shown",
    "judged",
    "affected",
    "affected_shown",
    "flags",
    "wrong",
    "found",
    "watched",
    "watched_wrong",
    "false_per_100",
    "calibration_error",
    "average_precision",
)
ROUNDED = {"false_per_100": 3, "calibration_error": 4, "average_precision": 4}


class Cell(NamedTuple):
    """One scenario at one size, and how many organisations of it are simulated."""

    scenario: str
    teams: int
    members: int
    periods: int
    organizations: int

    @property
    def name(self) -> str:
        return "/".join(map(str, self))


def cells_of(quick: bool = False) -> list[Cell]:
    """The whole grid, or the corner of it that takes a minute."""
    sizes = ((20, 100), (8, 12), (2, 4)) if quick else (TEAMS, MEMBERS, PERIODS)
    return [
        Cell(scenario, teams, members, periods, 1 if quick else ORGANIZATIONS[teams])
        for scenario in (*SCENARIOS, *NULLS)
        for teams in sizes[0]
        for members in ((4,) if scenario == SMALL_TEAMS else sizes[1])
        for periods in sizes[2]
    ]


def cell_of(cell: Cell) -> dict[str, Counts]:
    """Simulate the organisations of a cell and count, rule by rule."""
    world = replace({**SCENARIOS, **NULLS}[cell.scenario], teams=cell.teams, members=cell.members, periods=cell.periods)
    settings = Settings(minimum_group=3 if cell.scenario == SMALL_TEAMS else 5)
    first = ((cell.teams * 100 + cell.members) * 10 + cell.periods) * 1000
    seen = [_organization(simulate(world, seed), settings, seed) for seed in range(first, first + cell.organizations)]
    return {rule: count([each[rule] for each in seen]) for rule in RULES}


def _organization(simulated, settings: Settings, seed: int) -> dict[str, Seen]:
    affected = simulated.affected(settings.gain, settings.compounding_share)
    found = judge(simulated.responses, settings)
    judged, shown = found.reason == Reason.NONE, found.reason != Reason.MINIMUM_GROUP
    probability = np.where(shown, found.probability, 0.0)
    watched = judged & (probability >= settings.watch_probability)
    lenient = flags(probability, judged, replace(settings, false_flag_share=0.20))
    own = {METHOD: found.flagged, LENIENT: lenient, WATCH: watched}
    seen = {
        rule: Seen(shown, judged, affected, flagged, probability, probability, watched) for rule, flagged in own.items()
    }
    for name, rule in naive_rules(simulated.responses, settings, seed).items():
        seen[name] = Seen(shown, shown, affected, rule.flagged & shown, rule.score, rule.probability)
    return seen


def run(cells: list[Cell], progress: Path, processes: int) -> dict[str, dict[str, Counts]]:
    """All cells by name; those in the progress file are taken from it, the others are added to it."""
    done = dict(_read(progress)) if progress.exists() else {}
    open_cells = [cell for cell in cells if cell.name not in done]
    with get_context("spawn").Pool(processes) as pool, progress.open("a", encoding="utf-8") as file:
        for cell, found in pool.imap_unordered(_named, open_cells):
            done[cell.name] = found
            file.write(json.dumps([cell.name, {rule: asdict(counts) for rule, counts in found.items()}]) + "\n")
            file.flush()
    return {cell.name: done[cell.name] for cell in cells}


def _named(cell: Cell) -> tuple[Cell, dict[str, Counts]]:
    return cell, cell_of(cell)


def _read(progress: Path) -> Iterator[tuple[str, dict[str, Counts]]]:
    for line in progress.read_text(encoding="utf-8").splitlines():
        name, found = json.loads(line)
        yield name, {rule: Counts(**counts) for rule, counts in found.items()}


def rows_of(cells: list[Cell], found: dict[str, dict[str, Counts]]) -> Iterator[dict[str, object]]:
    """The rows of the table: pooled by kind, pooled by scenario, then cell by cell."""
    for rule in RULES:
        for kind, worlds in (("typical", SCENARIOS), ("null", NULLS)):
            of_kind = [cell for cell in cells if cell.scenario in worlds]
            yield _pooled_row(rule, kind, "", of_kind, found)
            for scenario in worlds:
                own = [cell for cell in of_kind if cell.scenario == scenario]
                yield _pooled_row(rule, kind, scenario, own, found)
                for cell in own:
                    key = (rule, kind, scenario, cell.teams, cell.members, cell.periods, 1)
                    yield _row(key, found[cell.name][rule])


def _pooled_row(rule: str, kind: str, scenario: str, cells: list[Cell], found) -> dict[str, object]:
    counts = pooled([found[cell.name][rule] for cell in cells])
    return _row((rule, kind, scenario, "", "", "", len(cells)), counts)


def _row(key: tuple, counts: Counts) -> dict[str, object]:
    figures = counts.figures()
    figures["teams_simulated"] = figures["teams"]
    rounded = {name: figures[name] for name in FIGURES}
    for name, digits in ROUNDED.items():
        rounded[name] = None if rounded[name] is None else round(rounded[name], digits)
    return dict(zip(KEY, key, strict=True)) | rounded


def write(rows: Iterator[dict[str, object]], table: Path) -> None:
    """As CSV; a figure that is not defined is an empty cell."""
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*KEY, *FIGURES], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Run the study and write its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="eight cells per scenario, one organisation each")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--progress", type=Path, help="kept and taken up again; default: beside the table")
    chosen = parser.parse_args()
    cells = cells_of(chosen.quick)
    progress = chosen.progress or chosen.table.with_suffix(".progress.jsonl")
    write(rows_of(cells, run(cells, progress, chosen.processes)), chosen.table)
    if chosen.progress is None:
        progress.unlink()


if __name__ == "__main__":
    main()
