"""
`python -m tests.history.kill --times 200`: kill −9 at random moments of import, erasure and migration.

After each kill the workspace is opened by another process. What was said to be done is there; what was under way is
there whole or not at all; everything that was there before is there still, to the last answer.
"""

import argparse
import contextlib
import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from dashboard.history import Workspace, packing
from dashboard.history.schema import VERSION, uploads
from tests.history import made
from tests.history.forked import Worker, apart, void

Tell = Callable[[str], None]
BEFORE = 4  # quarters that stand before the blow
PEOPLE = [f"{team[:3].lower()}-{member}" for team in made.TEAMS for member in range(4)]


def whole(workspace: Workspace, quarters: int, without: frozenset[str] = frozenset()) -> None:
    """Nothing is damaged, and everything that was kept of some quarters is there."""
    assert workspace.check() == ()
    same(workspace, quarters, without)


def same(workspace: Workspace, quarters: int, without: frozenset[str] = frozenset()) -> None:
    """What is in use of some quarters is what was brought, to the last answer."""
    survey = workspace.records().survey
    assert survey is not None or not quarters
    for number in range(quarters):
        assert survey is not None
        place = [one.label for one in survey.periods].index(made.quarter(number))
        cells = np.column_stack(list(survey.answers.values()))[survey.period == place]
        assert sorted(cells.tolist()) == expected(made.quarter(number), without)


def expected(period: str, without: frozenset[str] = frozenset()) -> list[list[float]]:
    """The same from what was made."""
    lines = (row.split(",") for row in made.rows(period))
    return sorted([float(cell) for cell in line[4:]] for line in lines if line[0] not in without)


# ── import ────────────────────────────────────────────────────────────────────────────────────────


def importing(folder: Path, tell: Tell) -> None:
    brought = [made.both(made.quarter(BEFORE + number)) for number in range(8)]
    workspace = Workspace(folder)
    tell("ready")
    for number, records in enumerate(brought):
        workspace.add(records, who="Cem")
        tell(str(number))


def after_import(folder: Path, said: list[str], tell: Tell) -> None:
    workspace = Workspace(folder)
    done = len(said)
    imports = [one for one in workspace.imports() if not one.undone]
    assert len(imports) - BEFORE in (done, done + 1), (len(imports), said)
    assert all(sorted(upload.kind for upload in one.uploads) == ["performance", "survey"] for one in imports)
    whole(workspace, len(imports))
    tell("whole" if len(imports) - BEFORE > done else "absent")


# ── erasure ───────────────────────────────────────────────────────────────────────────────────────


def erasing(folder: Path, tell: Tell) -> None:
    workspace = Workspace(folder)
    tell("ready")
    for respondent in PEOPLE[:5]:
        workspace.erase_respondent(respondent)
        tell(respondent)


def after_erasure(folder: Path, said: list[str], tell: Tell) -> None:
    workspace = Workspace(folder)
    left = left_in(workspace)
    gone = [one for one in PEOPLE if not left[one]]
    assert gone in (PEOPLE[: len(said)], PEOPLE[: len(said) + 1]), (gone, said)
    assert all(left[one] == BEFORE + 1 for one in PEOPLE if one not in gone), left  # the undone import's as well
    whole(workspace, BEFORE, frozenset(gone))
    bytes_left = made.content(folder)
    for one in gone:
        assert pseudonym(workspace, one).encode() not in bytes_left, one
    tell("whole" if len(gone) > len(said) else "absent")


def left_in(workspace: Workspace) -> Counter[str]:
    """In how many surveys each person still stands, those of undone imports too."""
    names = {pseudonym(workspace, one): one for one in PEOPLE}
    left: Counter[str] = Counter()
    with workspace._store.reading() as connection:
        for row in connection.execute(uploads.select().where(uploads.c.kind == "survey")):
            held = packing.coded(packing.from_bytes(row.content), "respondent")[1]
            left.update(names[one] for one in held.tolist())
    return left


def pseudonym(workspace: Workspace, respondent: str) -> str:
    return workspace._key(create=False).of_entered(respondent)


# ── migration ─────────────────────────────────────────────────────────────────────────────────────


def migrating(folder: Path, tell: Tell) -> None:
    tell("ready")
    Workspace(folder)
    tell("migrated")


def after_migration(folder: Path, said: list[str], tell: Tell) -> None:
    with contextlib.closing(sqlite3.connect(folder / "workspace.sqlite")) as file:
        version = file.execute("PRAGMA user_version").fetchone()[0]
        names = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
    assert (version == VERSION) == ("renames" in names)
    assert not (said and version == 1)
    workspace = Workspace(folder)
    assert len(workspace.imports()) == BEFORE + 1
    whole(workspace, BEFORE)
    tell("whole" if version == VERSION and not said else "absent")


SORTS = {
    "import": (importing, after_import),
    "erasure": (erasing, after_erasure),
    "migration": (migrating, after_migration),
}


def prepare(folder: Path) -> dict[str, Path]:
    """The workspace each sort starts from."""
    apart(lambda _: void(made.filled(folder / "now", BEFORE)))
    shutil.copytree(folder / "now", folder / "earlier")
    made.as_version(1, folder / "earlier")
    return {"import": folder / "now", "erasure": folder / "now", "migration": folder / "earlier"}


def once(sort: str, start: Path, folder: Path, chance: random.Random, span: float) -> tuple[str, bool]:
    """One kill: what became of the change under way, and whether there was one."""
    work, look = SORTS[sort]
    shutil.copytree(start, folder)
    worker = Worker(lambda tell: work(folder, tell))
    assert worker.wait_for_word() == "ready"
    said, killed = worker.kill_after(chance.uniform(0, span))
    found = apart(lambda tell: look(folder, said, tell))
    shutil.rmtree(folder)
    return found[0], killed


def spans(starts: dict[str, Path], folder: Path) -> dict[str, float]:
    """Seconds that each sort of work takes here when it is let be."""
    found = {}
    for sort, (work, _) in SORTS.items():
        shutil.copytree(starts[sort], folder)
        worker = Worker(lambda tell, work=work: work(folder, tell))  # type: ignore[misc]
        worker.wait_for_word()
        began = time.monotonic()
        worker.end()
        found[sort] = time.monotonic() - began
        shutil.rmtree(folder)
    return found


def run(times: int, seed: int, span: float | None = None) -> dict[str, Counter[str]]:
    """Kill so many times, within `span` seconds or as long as the work takes here, and count per sort."""
    chance, counts = random.Random(seed), {sort: Counter[str]() for sort in SORTS}  # noqa: S311
    with tempfile.TemporaryDirectory() as place:
        starts = prepare(Path(place))
        lasting = spans(starts, Path(place) / "trial") if span is None else dict.fromkeys(SORTS, span)
        for number in range(times):
            sort = list(SORTS)[number % len(SORTS)]
            became, killed = once(sort, starts[sort], Path(place) / "trial", chance, lasting[sort])
            counts[sort][f"killed at work, change under way {became}" if killed else "was done before the kill"] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--span", type=float, help="seconds within which to kill (default: as long as the work takes)")
    options = parser.parse_args()
    counts = run(options.times, options.seed, options.span)
    for sort, found in counts.items():
        print(f"{sort}: {sum(found.values())} times; " + "; ".join(f"{n} {what}" for what, n in sorted(found.items())))
    print(f"{options.times} kills: nothing lost, nothing half")


if __name__ == "__main__":
    main()
