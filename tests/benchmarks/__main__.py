"""
The benchmark: from a file to the tables, and to the verdicts, beside everything else one might use.

    python -m tests.benchmarks              10,000, 100,000 and 1,000,000 rows; 1,000, 10,000 and 100,000 teams
    python -m tests.benchmarks --quick      smaller, in about a minute
    python -m tests.benchmarks --profile    and says where the time of the largest file goes
    pip install -e ".[bench]"               polars and duckdb beside it; R with `multilevel` where installed

The baseline of the tables is a bare `pyarrow.csv` read of the same bytes: no reader can be faster. That of the verdicts
are differences of team means: no verdict can add up less. Before any time counts, all ways must give the same figures
to 1e-9, and shuffled answers the same verdicts. Memory is the peak of a process of its own, beyond what it held when
everything was imported. Nothing is asserted about time: seconds belong to a machine, ratios much less so.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pyarrow.csv

from dashboard.diagnosis.compounding import Responses, judge
from dashboard.terms import Settings
from tests.benchmarks import duckdb_way, naive, organizations, ours, pandas_ways, polars_way, r_way
from tests.benchmarks.figures import TOLERANCE, Figures, difference
from tests.benchmarks.measuring import exponent, in_its_own_process, memory, once, paired

BARE = "pyarrow.csv.read_csv"
R = "R multilevel"
LONGEST = 30.0  # seconds; what would take longer is left out
Way = Callable[[Path], Any]
TABLES: dict[str, Callable[[Path], Figures] | None] = {
    ours.TABLES: ours.tables,
    "polars": polars_way.tables if polars_way.pl else None,
    "duckdb": duckdb_way.tables if duckdb_way.duckdb else None,
    "pandas, vectorised": pandas_ways.vectorised,
    "pandas, groupby.apply": pandas_ways.usual,
}
STEPS: dict[str, Way | None] = {BARE: pyarrow.csv.read_csv, **TABLES, ours.VERDICTS: ours.verdicts}


def say(*words: object) -> None:
    """Print at once, as some steps take long."""
    print(*words, flush=True)


# ── from the file to the tables ───────────────────────────────────────────────────────────────────


def tables(sizes: Sequence[int], pairs: int, folder: Path) -> None:
    """Every way at every size."""
    seconds: dict[str, dict[int, float]] = {name: {} for name in (*STEPS, R)}
    files = {size: organizations.file_of(size, folder) for size in sizes}
    say_memory(files[sizes[-1]])
    for size, path in files.items():
        say(f"\n{size:,} rows, {path.stat().st_size / 1e6:.1f} MB; {pairs} pairs, ratio to a bare read\n")
        same(path, size, seconds)
        for name in (ours.TABLES, ours.VERDICTS, "polars", "duckdb", "pandas, vectorised", "pandas, groupby.apply"):
            _time(name, path, size, pairs, seconds)
        _time_r(path, seconds)
    say("\ngrowth exponent (all sizes; last step)\n")
    for name, took in seconds.items():
        if len(took) > 1:
            say(f"{name:26} {_growth(took)}")


def same(path: Path, size: int, seconds: dict[str, dict[int, float]]) -> None:
    """Refuse to go on where two ways differ; ways that are too slow at this size are left out here as well."""
    expected = ours.tables(path)
    for name, way in TABLES.items():
        if way and not _too_long(seconds[name], size):
            apart = difference(expected, way(path))
            if not apart <= TOLERANCE:
                raise SystemExit(f"{name} differs by {apart:g}: no time counts")
    say(f"all figures alike to {TOLERANCE:g}")


def _time(name: str, path: Path, size: int, pairs: int, seconds: dict[str, dict[int, float]]) -> None:
    step = STEPS[name]
    if step is None:
        say(f"{name:26} not installed")
    elif expected := _too_long(seconds[name], size):
        say(f"{name:26} left out: would take about {expected:,.0f} s")
    else:
        found = paired(partial(step, path), partial(pyarrow.csv.read_csv, path), pairs)
        seconds[name][size] = found.seconds
        say(f"{name:26} {found}")
        if name == ours.TABLES:
            seconds[BARE][size] = found.seconds / found.ratio


def _time_r(path: Path, seconds: dict[str, dict[int, float]]) -> None:
    """One run at the smallest size: an analysis of variance over a factor of all teams grows with their square."""
    if not r_way.installed():
        say(f"{R:26} not installed")
    elif not seconds[R]:
        took, found = r_way.tables(path)
        bare = once(partial(pyarrow.csv.read_csv, path))
        apart = difference(ours.tables(path), found, r_way.ALIKE)
        seconds[R][path.stat().st_size] = took
        say(f"{R:26} {took:9.3f} s {took / bare:8.0f} × (one run); means, ICC(1) and alpha differ by {apart:.0e}")


def _too_long(took: dict[int, float], size: int) -> float:
    """Seconds to expect where they are too many, else 0."""
    if not took:
        return 0.0
    last = max(took)
    expected = took[last] * size / last
    return expected if expected > LONGEST else 0.0


def _growth(took: dict[int, float]) -> str:
    sizes, seconds = list(took), list(took.values())
    return f"{exponent(sizes, seconds):.2f}; {exponent(sizes[-2:], seconds[-2:]):.2f}"


# ── memory ────────────────────────────────────────────────────────────────────────────────────────


def say_memory(path: Path) -> None:
    """Of every way that ends, at the largest size."""
    size = path.stat().st_size / 1e6
    say(f"memory beyond the start of a process of its own, {size:.0f} MB of file\n")
    for name, step in STEPS.items():
        if step and name != "pandas, groupby.apply":
            found = in_its_own_process("--memory-of", name, "--survey", str(path))
            times = found["work"] / size
            say(f"{name:26} {found['work']:7.0f} MB, {times:.1f} × the file (start {found['start']:.0f} MB)")


# ── verdicts ──────────────────────────────────────────────────────────────────────────────────────


def verdicts(sizes: Sequence[int], pairs: int) -> None:
    """The engine alone, from persons' scores to flags."""
    took: dict[int, float] = {}
    slow: dict[int, float] = {}
    for teams in sizes:
        responses = organizations.responses_of(teams)
        say(
            f"\n{teams:,} teams × {responses.periods} periods, {len(responses.team):,} answers; {pairs} pairs, ratio to"
        )
        say("differences of team means\n")
        verdicts_are_the_same(responses)
        found = paired(partial(judge, responses, Settings()), partial(naive.differences, responses), pairs)
        took[teams] = found.seconds
        say(f"{'ours: verdicts':26} {found}")
        _time_tests(responses, teams, slow)
    say(f"\ngrowth exponent (all sizes; last step): {_growth(took)}")


def _time_tests(responses: Responses, teams: int, took: dict[int, float]) -> None:
    if expected := _too_long(took, teams):
        say(f"{'Welch by groupby.apply':26} left out: would take about {expected:,.0f} s")
        return
    took[teams] = once(partial(naive.tested, responses))
    say(f"{'Welch by groupby.apply':26} {took[teams]:9.3f} s (one run)")


def verdicts_are_the_same(responses: Responses) -> None:
    """In whatever order the answers come."""
    order = np.random.default_rng(1).permutation(len(responses.team))
    names = ("team", "period", "respondent", "individual", "collective")
    shuffled = replace(responses, **{name: getattr(responses, name)[order] for name in names})
    one, other = (judge(each, Settings()) for each in (responses, shuffled))
    if not (one.flagged == other.flagged).all() or not np.array_equal(
        one.probability, other.probability, equal_nan=True
    ):
        raise SystemExit("shuffled answers give other verdicts: no time counts")
    say("the same verdicts for shuffled answers, to the last digit")


# ── the command ───────────────────────────────────────────────────────────────────────────────────


def profile(path: Path, lines: int = 45) -> None:
    """Print where the time of the longest step goes, by time below and within each function."""
    profiler = cProfile.Profile()
    profiler.runcall(ours.verdicts, path)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure, beside other ways.")
    parser.add_argument("--quick", action="store_true", help="10,000 and 100,000 rows, 1,000 and 10,000 teams, 3 pairs")
    parser.add_argument("--only", choices=["tables", "verdicts"], help="half of it")
    parser.add_argument("--pairs", type=int, default=None, help="7")
    parser.add_argument("--profile", action="store_true", help="say where the time goes, too")
    parser.add_argument("--memory-of", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--survey", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        print(json.dumps(memory(partial(STEPS[options.memory_of], options.survey))))
        return
    run(options)


def run(options: argparse.Namespace) -> None:
    """All that was asked for."""
    pairs = options.pairs or (3 if options.quick else 7)
    largest = 2 if options.quick else 3
    versions = f"python {sys.version.split()[0]}, pyarrow {pyarrow.__version__}, numpy {np.__version__}"
    say(f"{versions}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        if options.only != "verdicts":
            tables([10_000, 100_000, 1_000_000][:largest], pairs, Path(folder))
        if options.only != "tables":
            verdicts([1_000, 10_000, 100_000][:largest], pairs)
        if options.profile:
            profile(organizations.file_of(1_000_000, Path(folder)))


if __name__ == "__main__":
    main()
