"""
Organisations of any size: files of answers, and answers as the verdict gets them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dashboard.diagnosis.compounding import Responses
from tests.verdict.simulator import World, simulate

GENERATOR = Path(__file__).parents[2] / "data" / "samples" / "generate.py"
MEMBERS = 20  # of a team
PERIODS = 4
SEED = 7


def file_of(rows: int, folder: Path) -> Path:
    """A survey of so many responses: teams of twenty, everyone answers in each of four quarters."""
    people = rows // PERIODS
    into = folder / str(rows)
    size = ["--teams", str(people // MEMBERS), "--people", str(people), "--periods", str(PERIODS)]
    subprocess.run([sys.executable, str(GENERATOR), *size, "--survey-only", "--out", str(into)], check=True)
    return into / "survey.csv"


def responses_of(teams: int) -> Responses:
    """Scores of teams of about eight over four periods, three quarters of whom answer."""
    return simulate(World(teams=teams, periods=PERIODS), seed=SEED).responses
