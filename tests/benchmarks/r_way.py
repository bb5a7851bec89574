"""
With R: `multilevel`, the package that this field uses. A process of its own, which times itself without its start.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from tests.benchmarks.figures import Figures

# Version 2.7 leaves whole persons out of AD and r_WG(J) where one item is missing; 2.8 the item alone, as we do.
ALIKE = ("respondents", "individual", "collective")
SCRIPT = Path(__file__).with_name("tables.R")


@cache
def installed() -> bool:
    """Whether R and its package `multilevel` are there."""
    command = ["Rscript", "-e", "library(multilevel)"]
    return bool(shutil.which("Rscript")) and subprocess.run(command, capture_output=True).returncode == 0


def tables(path: Path) -> tuple[float, Figures]:
    """Seconds that R took, and its figures."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["Rscript", str(SCRIPT), str(path), folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        teams, scales = (pd.read_csv(Path(folder) / f"{name}.csv") for name in ("teams", "scales"))
    return float(done.stdout.split()[-1]), Figures(teams, scales)
