"""
A million answers: how long reading and diagnosing take, and how much memory, against a bare `pyarrow.csv` read.

    python tests/benchmarks/million.py                   generates the survey, measures, prints
    python tests/benchmarks/million.py --profile         and says where the time goes
    python tests/benchmarks/million.py --people 25000    a tenth of it

All three are timed in one process on one file, in an order that turns from round to round, so that whatever else the
machine does falls on all alike; a ratio is taken within its round and the median over rounds is printed. Memory is the
peak of a process of its own for each, beyond what that process held when everything was imported. Nothing is asserted:
a figure depends on the machine, the ratios much less. Not collected by pytest.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow
import pyarrow.csv

import dashboard

GENERATOR = Path(__file__).parents[2] / "data" / "samples" / "generate.py"
MEMBERS = 20  # a team


def bare(path: Path) -> None:
    """What nothing can be faster than: the parser, with its own guesses of types."""
    pyarrow.csv.read_csv(path)


def read(path: Path) -> None:
    """Decode, lay out, find roles, check, and put into order."""
    dashboard.read_survey(path)


def diagnose(path: Path) -> None:
    """From the file to the tables of the released diagnosis."""
    dashboard.diagnose(dashboard.read_survey(path))


STEPS: dict[str, Callable[[Path], None]] = {
    "pyarrow.csv.read_csv": bare,
    "read_survey": read,
    "read_survey + diagnose": diagnose,
}


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


class Seconds(NamedTuple):
    """How long a step took: on the clock, and of all cores together."""

    clock: float
    cores: float


def timed(path: Path, rounds: int) -> dict[str, list[Seconds]]:
    """Seconds of every step in every round; the first step of a round changes from round to round."""
    names = list(STEPS)
    for name in names:  # once unmeasured: imports on first use, the file in the cache
        STEPS[name](path)
    seconds: dict[str, list[Seconds]] = {name: [] for name in names}
    for turn in range(rounds):
        for place in range(len(names)):
            name = names[(turn + place) % len(names)]
            seconds[name].append(_seconds(STEPS[name], path))
    return seconds


def _seconds(step: Callable[[Path], None], path: Path) -> Seconds:
    clock, cores = time.perf_counter(), time.process_time()
    step(path)
    return Seconds(time.perf_counter() - clock, time.process_time() - cores)


def ratios(each: Sequence[float], base: Sequence[float]) -> list[float]:
    """Each round's ratio."""
    return [one / other for one, other in zip(each, base, strict=True)]


# ── memory ────────────────────────────────────────────────────────────────────────────────────────


def peak() -> float:
    """The most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage may still hold the peak of the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if platform.system() != "Darwin" else most / 1024**2


def in_its_own_process(name: str, path: Path) -> dict[str, float]:
    """Peak memory in MB: `start`, after imports, and `work`, what the step needed beyond it."""
    asked = [sys.executable, __file__, "--memory-of", name, "--survey", str(path)]
    answered: dict[str, float] = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    return answered


def _memory_of(name: str, path: Path) -> None:
    start = peak()
    STEPS[name](path)
    print(json.dumps({"start": start, "work": peak() - start}))


# ── the report ────────────────────────────────────────────────────────────────────────────────────


def report(path: Path, rounds: int) -> None:
    """Print seconds, ratios and memory."""
    memory = {name: in_its_own_process(name, path) for name in STEPS}  # before this process grows
    seconds = timed(path, rounds)
    size = path.stat().st_size / 1e6
    print(f"{size:.0f} MB, {rounds} rounds, {os.cpu_count()} cores, pyarrow {pyarrow.__version__}")
    print(f"{'':24} {'seconds':>8} {'ratio':>6} {'from':>6} {'to':>6} {'fastest':>8} {'cores':>6} {'memory':>7}")
    for name, each in seconds.items():
        print(f"{name:24} {_figures(each, seconds['pyarrow.csv.read_csv'])} {memory[name]['work']:7.0f}")
    print(
        "seconds: median on the clock; ratio: median over rounds, from lowest to highest; fastest: ratio of the\n"
        "fastest rounds; cores: median ratio of the time of all cores together, steadier on a busy machine;\n"
        f"memory: MB beyond the {memory['read_survey']['start']:.0f} MB of a process that has imported everything"
    )


def _figures(each: Sequence[Seconds], base: Sequence[Seconds]) -> str:
    clock, base_clock = [one.clock for one in each], [one.clock for one in base]
    to_base = ratios(clock, base_clock)
    cores = ratios([one.cores for one in each], [one.cores for one in base])
    figures = statistics.median(to_base), min(to_base), max(to_base)
    shown = " ".join(f"{figure:6.2f}" for figure in figures)
    fastest = min(clock) / min(base_clock)
    return f"{statistics.median(clock):8.3f} {shown} {fastest:8.2f} {statistics.median(cores):6.2f}"


def profile(path: Path, lines: int = 40) -> None:
    """Print where the time of the longest step goes, by time within and below each function."""
    profiler = cProfile.Profile()
    profiler.runcall(diagnose, path)
    pstats.Stats(profiler).strip_dirs().sort_stats("cumulative").print_stats(lines)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def generated(folder: Path, people: int, periods: int) -> Path:
    """A survey in which everyone answers in every quarter."""
    size = ["--teams", str(people // MEMBERS), "--people", str(people), "--periods", str(periods)]
    start = time.perf_counter()
    subprocess.run([sys.executable, str(GENERATOR), *size, "--survey-only", "--out", str(folder)], check=True)
    print(f"{people * periods:,} rows of {people // MEMBERS:,} teams generated in {time.perf_counter() - start:.1f} s")
    return folder / "survey.csv"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure reading and diagnosing a million answers.")
    parser.add_argument("--people", type=int, default=250_000)
    parser.add_argument("--periods", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--survey", type=Path, metavar="FILE", help="measure this file instead")
    parser.add_argument("--profile", action="store_true", help="say where the time goes, too")
    parser.add_argument("--memory-of", choices=list(STEPS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        _memory_of(options.memory_of, options.survey)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.survey or generated(Path(folder), options.people, options.periods)
        report(path, options.rounds)
        if options.profile:
            profile(path)


if __name__ == "__main__":
    main()
