"""
Measuring: seconds in pairs, memory in processes of their own, and how both grow.

A machine is never the same for two seconds, so a contender is timed right beside the baseline, both in one process,
each first as often as the other; a ratio is taken within its pair and the median over pairs is told.
"""

from __future__ import annotations

import gc
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Paired(NamedTuple):
    """Seconds on the clock of a contender, and what they are of the baseline's: median, lowest and highest pair."""

    seconds: float
    ratio: float
    low: float
    high: float
    fastest: float
    cores: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:9.3f} s {self.ratio:8.2f} × ({self.low:.2f} … {self.high:.2f}), "
            f"fastest {self.fastest:.2f}, cores {self.cores:.2f}"
        )


class _Took(NamedTuple):
    clock: float
    cores: float


def paired(contender: Callable[[], Any], baseline: Callable[[], Any], pairs: int) -> Paired:
    """Both once unmeasured, then pair by pair; who goes first alternates."""
    contender(), baseline()
    ours: list[_Took] = []
    theirs: list[_Took] = []
    for pair in range(pairs):
        for step, took in ((contender, ours), (baseline, theirs))[:: 1 if pair % 2 else -1]:
            took.append(_took(step))
    ratios = [one.clock / other.clock for one, other in zip(ours, theirs, strict=True)]
    cores = [one.cores / max(other.cores, 1e-9) for one, other in zip(ours, theirs, strict=True)]
    return Paired(
        seconds=statistics.median(one.clock for one in ours),
        ratio=statistics.median(ratios),
        low=min(ratios),
        high=max(ratios),
        fastest=min(one.clock for one in ours) / min(other.clock for other in theirs),
        cores=statistics.median(cores),
    )


def once(step: Callable[[], Any]) -> float:
    """Seconds on the clock of a single run."""
    return _took(step).clock


def _took(step: Callable[[], Any]) -> _Took:
    gc.collect()
    clock, cores = time.perf_counter(), time.process_time()
    step()
    return _Took(time.perf_counter() - clock, time.process_time() - cores)


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """
    The slope of time over size where both are logarithms: 1 where ten times as much takes ten times as long.

    >>> round(exponent([10, 100, 1000], [1, 10, 100]), 9)
    1.0
    """
    x, y = [math.log(size) for size in sizes], [math.log(took) for took in seconds]
    return statistics.linear_regression(x, y).slope if len(x) > 1 else math.nan


def peak() -> float:
    """The most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage may still hold the peak of the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if platform.system() == "Darwin" else 1024) / 1e6


def memory(step: Callable[[], Any]) -> dict[str, float]:
    """MB: `start`, what this process held when everything was imported, and `work`, what the step needed beyond it."""
    start = peak()
    step()
    return {"start": start, "work": peak() - start}


def in_its_own_process(*asked: str) -> dict[str, float]:
    """What this very command answers to other options, as JSON."""
    command = [sys.executable, "-m", "tests.benchmarks", *asked]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    answered: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answered
