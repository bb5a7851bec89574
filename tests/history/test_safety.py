"""Nothing lost, nothing half, nothing left: failures, erasure, backups, migration; the long runs in short."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy

from dashboard.history import Why, Workspace, WorkspaceRefused
from dashboard.terms import InputRefused, Instrument
from tests.history import erase, faults, made

ROOT = Path(__file__).parents[2]


def run(command: str, *options: str) -> str:
    """A run in a process of its own: what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.history.{command}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_killed_at_random_moments_nothing_is_lost_and_nothing_is_half() -> None:
    assert "3 kills: nothing lost, nothing half" in run("kill", "--times", "3", "--seed", "3", "--span", "0.5")


def test_processes_that_bring_at_once_lose_none() -> None:
    assert "5 imports kept and 5 found, none twice" in run("together", "--processes", "2", "--imports", "2")


def test_of_twenty_planted_values_none_is_left_in_any_byte(tmp_path: Path) -> None:
    told = erase.run(tmp_path / "workspace")
    assert len(erase.PLANTED) == 20
    assert told[-1].startswith("everything: 0 of 20 values found")


# ── faults ────────────────────────────────────────────────────────────────────────────────────────


def test_a_full_disk_is_told_and_what_was_kept_is_whole(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceRefused, match=r"the disk (is full|could not be read or written)"):
        fill(Workspace(tmp_path / "w"))
    workspace = Workspace(tmp_path / "w")
    assert workspace.check() == ()
    assert workspace.imports()


def fill(workspace: Workspace) -> None:
    """Import more and more, in a database that may not grow beyond some pages."""
    with workspace._store.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limited(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + 12}")

    sqlalchemy.event.listen(workspace._store.engine, "connect", limited)
    for number in range(50):
        workspace.add(made.both(made.quarter(number)), who="Ada")


def test_a_folder_that_cannot_be_written_is_told() -> None:
    # Not in tmp_path: the superuser, being somebody else for the while, could not enter it.
    folder = Path(os.path.realpath(subprocess.check_output(["mktemp", "-d"], text=True).strip()))
    try:
        folder.chmod(0o755)
        assert "refused as “read-only”" in faults.read_only(folder / "w")
    finally:
        shutil.rmtree(folder)


def test_a_newer_schema_is_told_and_no_byte_changed(tmp_path: Path) -> None:
    assert "refused as “newer”" in faults.newer(tmp_path / "w")


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    assert "refused as “locked”" in faults.two_writers(tmp_path / "w")


def test_a_damaged_file_is_told_or_reads_as_before(tmp_path: Path) -> None:
    assert "damaged file: 6 times" in faults.damaged(tmp_path / "w", flips=6, seed=2)


def test_a_letter_of_a_name_that_was_changed_is_found(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 1)
    path = tmp_path / "w" / "workspace.sqlite"
    path.write_bytes(path.read_bytes().replace(b"survey.csv", b"survex.csv"))
    with pytest.raises(WorkspaceRefused, match="damaged") as refusal:
        workspace.imports()
    assert refusal.value.why is Why.DAMAGED


@pytest.mark.parametrize("content", [b"team,period\nA,B\n" * 99, b"SQLite format 3\x00" + bytes(4080)])
def test_another_file_is_not_taken_for_a_workspace(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "workspace.sqlite").write_bytes(content)
    with pytest.raises(WorkspaceRefused, match=r"no workspace|damaged"):
        Workspace(tmp_path)
    assert (tmp_path / "workspace.sqlite").read_bytes() == content


def test_a_database_of_something_else_is_not_touched(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "workspace.sqlite") as other:
        other.execute("CREATE TABLE uploads (a)")
    other.close()
    before = made.content(tmp_path)
    with pytest.raises(WorkspaceRefused, match="no workspace of this dashboard"):
        Workspace(tmp_path)
    assert made.content(tmp_path) == before


def test_without_the_key_everything_reads_and_nothing_named_is_added(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 2)
    (tmp_path / "w" / "respondents.key").unlink()
    assert workspace.records().survey is not None
    for act in (lambda: workspace.add(made.survey("2031-Q1"), who="Ada"), lambda: workspace.erase_respondent("har-1")):
        with pytest.raises(WorkspaceRefused, match="the key of the respondent ids is missing"):
            act()
    (tmp_path / "w" / "respondents.key").write_text("0" * 64)
    assert "not the key that made the pseudonyms" in str(workspace.check()[0])


def test_a_workspace_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceRefused, match="there is no workspace in this folder"):
        Workspace(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


# ── migration, backup ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_workspace_of_an_earlier_version_becomes_one_of_this(tmp_path: Path, version: int) -> None:
    workspace = made.filled(tmp_path / "w", 3)
    before = workspace.imports()
    workspace.remember(["team", "ce_1"], Instrument(scales={}), {})
    made.as_version(version, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    assert workspace.imports() == before
    assert workspace.check() == ()
    assert workspace.renames() == ()
    kept = workspace.recall(["team", "ce_1"])
    assert (kept is None) == (version == 1)
    assert kept is None or kept.texts == {}
    assert workspace.story() is None
    workspace.keep_story("{}")
    assert workspace.story() is not None


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_backup_of_an_earlier_version_is_restored_as_one_of_this(tmp_path: Path, version: int) -> None:
    workspace = made.filled(tmp_path / "w", 2)
    shutil.copytree(tmp_path / "w", tmp_path / "old")
    made.as_version(version, tmp_path / "old")
    workspace.erase_import(1)
    workspace.restore(tmp_path / "old" / "workspace.sqlite")
    assert workspace.check() == ()
    assert len(workspace.imports()) == 3


def test_a_backup_brings_everything_back_and_the_version_grows_on(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 2)
    before, version = workspace.imports(), workspace.version()
    workspace.backup(tmp_path / "backup.db", key_to=tmp_path / "kept.key")
    workspace.add(made.both("2031-Q1"), who="Ada")
    workspace.restore(tmp_path / "backup.db")
    assert workspace.imports() == before
    assert workspace.version() > version + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.db", "kept.key", "w"]
    elsewhere = Workspace(tmp_path / "elsewhere")
    with pytest.raises(WorkspaceRefused, match="the key of the respondent ids is missing"):
        elsewhere.restore(tmp_path / "backup.db")
    elsewhere.restore(tmp_path / "backup.db", key=tmp_path / "kept.key")
    assert elsewhere.imports() == before
    assert elsewhere.erase_respondent("har-1").uploads == 3


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_bytes(b"no database"), "no workspace|no backup|damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "damaged"),
        (lambda path: path.unlink(), "there is no such file"),
    ],
)
def test_a_bad_backup_changes_nothing(tmp_path: Path, spoil: object, sentence: str) -> None:
    workspace = made.filled(tmp_path / "w", 2)
    workspace.backup(tmp_path / "backup.db")
    spoil(tmp_path / "backup.db")  # type: ignore[operator]
    version = workspace.version()
    with pytest.raises(WorkspaceRefused, match=sentence):
        workspace.restore(tmp_path / "backup.db")
    assert workspace.version() == version


def test_a_backup_does_not_lie_in_the_workspace(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 1)
    with pytest.raises(WorkspaceRefused, match="own folder"):
        workspace.backup(tmp_path / "w" / "backup.db")


# ── erasure ───────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_erased_everywhere_and_no_undo_brings_them_back(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 2)  # and a third quarter that was undone
    erased = workspace.erase_respondent(" har-0\u200b")
    assert erased.rows == 5  # three surveys, two of them with a figure of performance
    workspace.redo(3)
    survey = workspace.records().survey
    assert survey is not None
    assert Counter(survey.period.tolist()) == {0: 11, 1: 11, 2: 11}
    with pytest.raises(WorkspaceRefused, match="no row has this id"):
        workspace.erase_respondent("har-0")


def test_an_erased_period_is_gone_from_all_kinds(tmp_path: Path) -> None:
    workspace = made.filled(tmp_path / "w", 2)
    workspace.erase_period("Q1 2020")
    records = workspace.records()
    assert records.survey is not None
    assert records.performance is not None
    assert [period.label for period in records.survey.periods] == ["2020-Q2"]
    assert [period.label for period in records.performance.periods] == ["2020-Q2"]
    assert [one.number for one in workspace.imports()] == [2, 3]


def test_an_erased_import_gives_way_to_what_it_had_replaced(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.add(made.survey("2025-Q1"), who="Ada")
    again = made.survey("2025-Q1", members=2)
    workspace.add(again, who="Ada", replacing=workspace.clashes(again))
    assert workspace.records().survey.responses == 6  # type: ignore[union-attr]
    workspace.erase_import(2)
    assert workspace.records().survey.responses == 12  # type: ignore[union-attr]


def test_an_erasure_that_was_cut_off_is_finished_when_the_workspace_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = made.filled(tmp_path / "w", 1)

    def cut_off() -> None:
        raise InputRefused([])

    monkeypatch.setattr(workspace._store, "scrub", cut_off)
    with pytest.raises(InputRefused):
        workspace.erase_everything()
    assert (tmp_path / "w" / "respondents.key").exists()
    Workspace(tmp_path / "w")
    assert not (tmp_path / "w" / "respondents.key").exists()
    assert not re.search(rb"PAR1|Ada|survey\.csv", made.content(tmp_path / "w"))


def test_a_reader_who_holds_on_delays_the_scrubbing_and_is_told(tmp_path: Path) -> None:
    made.filled(tmp_path / "w", 1)
    workspace = Workspace(tmp_path / "w", patience=0.2)
    reader = sqlite3.connect(tmp_path / "w" / "workspace.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM uploads").fetchone()
    with pytest.raises(WorkspaceRefused, match="another session reads") as refusal:
        workspace.erase_everything()
    reader.close()
    assert refusal.value.why in (Why.REMNANTS, Why.LOCKED)
    assert Workspace(tmp_path / "w").imports() == ()
    assert not re.search(rb"PAR1|survey\.csv", made.content(tmp_path / "w"))
