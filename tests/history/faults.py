"""
`python -m tests.history.faults --flips 300`: a full disk, a read-only folder, two writers, a damaged file, a newer one.

Each time: a refusal of the right sort that names the place and the remedy, and everything that was kept is there
after. A flipped byte may also lie where nothing is said; then everything must read as before. What must never happen
is that something else is read, or that a traceback meets the user.
"""

import argparse
import contextlib
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dashboard.history import Why, Workspace, WorkspaceRefused
from dashboard.history.schema import VERSION
from tests.history import made
from tests.history.kill import same, whole

FILE = "workspace.sqlite"
HARMLESS = {"nothing said there", "not in use (check tells)"}


def refused(folder: Path, patience: float = 0.3) -> WorkspaceRefused | None:
    """The refusal met when a workspace is opened, read and added to; `None` where there is none."""
    try:
        workspace = Workspace(folder, patience=patience)
        workspace.records()
        workspace.add(made.survey("2031-Q1"), who="Eve")
    except WorkspaceRefused as refusal:
        met = refusal
    else:
        return None
    assert all(problem.file and problem.found and problem.remedy for problem in met.problems)
    return met


def full_disk(folder: Path) -> str:
    """Import until no byte fits any more: on a disk of its own where the system lets us, else under a limit."""
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=240k", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    try:
        kept, why = _fill(folder, 0 if mounted else 130_000)
        whole(Workspace(folder), kept)  # a full disk can be read
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=20m", str(folder)], check=True)
        Workspace(folder).add(made.both(made.quarter(kept)), who="Ada")
        whole(Workspace(folder), kept + 1)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
    return f"full disk ({'of 240 kB' if mounted else 'by a limit'}): refused as “{why}” after {kept} imports, all whole"


def _fill(folder: Path, limit: int) -> tuple[int, Why]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        workspace, kept = Workspace(folder), 0
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        while kept < 500:
            workspace.add(made.both(made.quarter(kept)), who="Ada")
            kept += 1
        raise AssertionError("the disk was never full")
    except WorkspaceRefused as refusal:
        why = refusal.why
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert why in (Why.FULL, Why.DISK)
    return kept, why


def read_only(folder: Path) -> str:
    made.filled(folder, 2)
    with locked_up(folder):
        refusal = refused(folder)
    assert refusal is not None
    assert refusal.why is Why.READ_ONLY
    whole(Workspace(folder), 2)
    return f"read-only folder: refused as “{refusal.why}”, all whole"


@contextlib.contextmanager
def locked_up(folder: Path) -> Iterator[None]:
    """A folder in which we may not write; the superuser, who may everywhere, is somebody else for the while."""
    owner = os.geteuid()
    for path in (*folder.iterdir(), folder):
        path.chmod(0o444 if path.is_file() else 0o555)
    try:
        if owner == 0:
            os.seteuid(65534)
        yield
    finally:
        if owner == 0:
            os.seteuid(0)
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.chmod(0o600)


def newer(folder: Path) -> str:
    made.filled(folder, 2)
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        file.execute("PRAGMA user_version=99")
    before = (folder / FILE).read_bytes()
    refusal = refused(folder)
    assert refusal is not None
    assert refusal.why is Why.NEWER
    assert (folder / FILE).read_bytes() == before
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        file.execute(f"PRAGMA user_version={VERSION}")
    whole(Workspace(folder), 2)
    return f"newer schema: refused as “{refusal.why}”, no byte changed"


def two_writers(folder: Path) -> str:
    made.filled(folder, 2)
    with contextlib.closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        refusal = refused(folder, patience=0.5)
        waited = time.monotonic() - began
        other.execute("ROLLBACK")
    assert refusal is not None
    assert refusal.why is Why.LOCKED
    assert refused(folder) is None
    whole(Workspace(folder), 2)
    return f"two writers: refused as “{refusal.why}” after {waited:.1f} s, kept as soon as the other was done"


def damaged(folder: Path, flips: int, seed: int) -> str:
    """Flip one to four bytes, or cut the file, anywhere; never may something else be read."""
    made.filled(folder, 3)
    good, chance, met = (folder / FILE).read_bytes(), random.Random(seed), Counter[str]()  # noqa: S311
    for number in range(flips):
        shutil.rmtree(folder.with_name("hurt"), ignore_errors=True)
        hurt = Path(shutil.copytree(folder, folder.with_name("hurt")))
        (hurt / FILE).write_bytes(_cut(good, chance) if number % 10 == 9 else _flipped(good, chance))
        met[_outcome(hurt)] += 1
    whole(Workspace(folder), 3)
    assert set(met) <= {str(why) for why in (Why.DAMAGED, Why.FOREIGN, Why.NEWER)} | HARMLESS, met
    return f"damaged file: {flips} times; " + ", ".join(f"{n} {what}" for what, n in sorted(met.items()))


def _flipped(good: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        hurt[chance.randrange(len(hurt))] ^= chance.randint(1, 255)
    return bytes(hurt)


def _cut(good: bytes, chance: random.Random) -> bytes:
    return good[: chance.randrange(1, len(good))]


def _outcome(folder: Path) -> str:
    refusal = refused(folder)
    if refusal is not None:
        return str(refusal.why)
    workspace = Workspace(folder)
    same(workspace, 3)
    return "not in use (check tells)" if workspace.check() else "nothing said there"


def run(place: Path, flips: int = 300, seed: int = 1) -> list[str]:
    """All faults in an empty folder; what happened, a sentence each."""
    return [
        full_disk(place / "full"),
        read_only(place / "read-only"),
        newer(place / "newer"),
        two_writers(place / "two"),
        damaged(place / "sound", flips, seed),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as here:
        Path(here).chmod(0o755)
        print("\n".join(run(Path(here), options.flips, options.seed)))
