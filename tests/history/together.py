"""
`python -m tests.history.together --processes 6 --imports 10`: several processes bring, read and undo at once.

None is lost: each import that was said to be kept is there, whole, once; versions only grow; nobody sees half of one.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from dashboard.history import Clashed, Workspace
from tests.history import made
from tests.history.forked import Worker, apart

Tell = Callable[[str], None]


def bringing(folder: Path, who: int, imports: int, tell: Tell) -> None:
    """Bring one's own quarters, and once one that everybody brings; look at what is there in between."""
    workspace, version = Workspace(folder, patience=120), 0
    for number in range(imports):
        workspace.add(made.both(made.quarter(1 + who * imports + number)), who=f"process {who}")
        tell(made.quarter(1 + who * imports + number))
        assert all(len(one.uploads) == 2 for one in workspace.imports())
        now = workspace.version()
        assert now > version
        version = now
    try:
        workspace.add(made.both(made.quarter(0)), who=f"process {who}")
        tell("first")
    except Clashed:
        tell("clash")


def look(folder: Path, kept: list[str], tell: Tell) -> None:
    workspace = Workspace(folder)
    assert workspace.check() == ()
    survey = workspace.records().survey
    assert survey is not None
    assert [period.label for period in survey.periods] == sorted([made.quarter(0), *kept])
    assert survey.responses == 12 * (len(kept) + 1)
    assert workspace.version() >= len(kept) + 1
    tell(str(len(workspace.imports())))


def run(folder: Path, processes: int, imports: int) -> str:
    workers = [Worker(lambda tell, who=who: bringing(folder, who, imports, tell)) for who in range(processes)]  # type: ignore[misc]
    said = [word for worker in workers for word in worker.end()[0]]
    assert said.count("first") == 1
    assert said.count("clash") == processes - 1
    kept = [word for word in said if word not in ("first", "clash")]
    assert len(kept) == processes * imports
    (there,) = apart(lambda tell: look(folder, kept, tell))
    assert int(there) == len(kept) + 1
    return (
        f"{processes} processes, {len(kept) + 1} imports kept and {there} found, none twice; of {processes} that "
        f"brought the same quarter at once 1 was kept and {said.count('clash')} were told of it"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=6)
    parser.add_argument("--imports", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        print(run(Path(place) / "workspace", options.processes, options.imports))
