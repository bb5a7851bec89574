"""Small surveys and workspaces made for tests; the same seed gives the same bytes."""

import contextlib
import sqlite3
from pathlib import Path

import numpy as np

from dashboard import intake
from dashboard.history import Records, Workspace
from dashboard.history.schema import metadata

TEAMS = ("Harbour", "Meadow", "Orchard")


def rows(period: str, seed: int = 1, members: int = 4, teams: tuple[str, ...] = TEAMS, top: int = 5) -> list[str]:
    """Rows of a survey: every member of every team answers."""
    random = np.random.default_rng([seed, *period.encode()])
    return [
        f"{team[:3].lower()}-{member},{team},{period},{'ABC'[member % 3]},"
        + ",".join(map(str, random.integers(1, top + 1, 6)))
        for team in teams
        for member in range(members)
    ]


HEADER = "respondent_id,team,quarter,site,se_1,se_2,se_3,ce_1,ce_2,ce_3"


def csv(*periods: str, **how: object) -> bytes:
    """A survey of some periods as a file."""
    return "\n".join([HEADER, *(row for period in periods for row in rows(period, **how))]).encode()  # type: ignore[arg-type]


def survey(*periods: str, **how: object) -> Records:
    """The same, read."""
    return read(csv(*periods, **how))


def read(content: bytes, name: str = "survey.csv") -> Records:
    return Records(survey=intake.read_survey(intake.NamedBytes(name, content)))


def performance(*periods: str, metric: str = "sales", value: float = 3.0) -> Records:
    """A figure per team, and one of a person, in each period."""
    lines = ["team,quarter,metric,value,respondent_id"]
    for period in periods:
        lines += [f"{team},{period},{metric},{value + place}," for place, team in enumerate(TEAMS)]
        lines.append(f"Harbour,{period},{metric},{value / 2},har-0")
    content = "\n".join(lines).encode()
    return Records(performance=intake.read_performance(intake.NamedBytes("performance.csv", content)))


def both(period: str) -> Records:
    """A survey and performance of one period, brought together."""
    return Records(survey=survey(period).survey, performance=performance(period).performance)


def quarter(number: int) -> str:
    """The label of a quarter, counted from the first of 2020."""
    return f"{2020 + number // 4}-Q{number % 4 + 1}"


def filled(folder: Path, quarters: int) -> Workspace:
    """A workspace with an import for each of some quarters, and one that was undone."""
    workspace = Workspace(folder)
    for number in range(quarters):
        workspace.add(both(quarter(number)), who="Ada")
    workspace.add(survey(quarter(quarters)), who="Ben")
    workspace.undo(who="Ben")
    return workspace


TABLES = {1: ("facts", "imports", "uploads", "files", "slices"), 2: ("renames", "remembered"), 3: ()}
"""What each version of the schema added."""


def as_version(version: int, folder: Path) -> None:
    """Turn a workspace back into one of an earlier schema version: 1, 2 or 3."""
    had = {name for number in range(1, version + 1) for name in TABLES[number]}
    undone = [f"DROP TABLE {name}" for name in reversed(list(metadata.tables)) if name not in had]
    undone += ["ALTER TABLE uploads DROP COLUMN digest"] if version < 2 else []
    undone += ["ALTER TABLE remembered DROP COLUMN texts"] if version == 2 else []
    with contextlib.closing(sqlite3.connect(folder / "workspace.sqlite")) as file:
        file.executescript(f"{'; '.join(undone)}; PRAGMA user_version={version}")


def content(folder: Path) -> bytes:
    """Every byte of every file in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
