"""The workspace from the command line."""

import json
from pathlib import Path

import pytest

from dashboard.__main__ import main
from tests.history import made


def history(workspace: Path, command: str, *more: str) -> int:
    return main(["history", command, "--workspace", str(workspace), *more])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_bytes(made.csv("2025-Q1", "2025-Q2", members=6))
    return path


def test_files_are_kept_listed_replaced_and_taken_back(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "w"
    assert history(place, "import", str(file), "--who", "Ada") == 0
    assert history(place, "import", str(file)) == 2
    complaint = capsys.readouterr().err
    assert "survey.csv: survey of 2025-Q1 was brought before, in survey.csv: import 1 of" in complaint
    assert history(place, "import", str(file), "--replace", "--who", "Ben") == 0
    assert history(place, "undo", "--who", "Ben") == 0
    capsys.readouterr()
    assert history(place, "list", "--json") == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["who"], first["uploads"][0]["state"]) == ("Ada", "in use")
    assert (second["undone_by"], second["uploads"][0]["state"]) == ("Ben", "undone")


def test_the_instrument_is_remembered(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "i.toml"
    written.write_text(
        '[scales.individual_efficacy]\nitems = ["se_1", "se_2"]\nminimum = 1\nmaximum = 7\n'
        '[scales.collective_efficacy]\nitems = ["ce_1", "ce_2"]\nminimum = 1\nmaximum = 7\n'
    )
    history(tmp_path / "w", "import", str(file), "--instrument", str(written))
    file.write_bytes(made.csv("2025-Q3"))
    assert history(tmp_path / "w", "import", str(file)) == 0
    assert "Instrument as it was confirmed on 20" in capsys.readouterr().out


def test_what_is_kept_is_diagnosed(tmp_path: Path, file: Path) -> None:
    history(tmp_path / "w", "import", str(file))
    for more, out in (([str(file)], "files"), (["--workspace", str(tmp_path / "w")], "kept")):
        assert main(["diagnose", *more, "--out", str(tmp_path / out)]) == 0
    for table in ("teams.csv", "verdicts.csv", "scales.csv"):
        assert (tmp_path / "files" / table).read_bytes() == (tmp_path / "kept" / table).read_bytes()


def test_erasing_needs_a_yes(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history(tmp_path / "w", "import", str(file))
    assert history(tmp_path / "w", "erase", "--respondent", "har-1") == 2
    assert "Add --yes" in capsys.readouterr().err
    assert history(tmp_path / "w", "erase", "--respondent", "har-1", "--yes") == 0
    assert "Erased 2 rows of 1 table" in capsys.readouterr().out
    assert history(tmp_path / "w", "erase", "--everything", "--yes") == 0
    assert history(tmp_path / "w", "list") == 0
    assert "Nothing was brought into this workspace yet" in capsys.readouterr().out


def test_backup_and_restore(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history(tmp_path / "w", "import", str(file))
    history(tmp_path / "w", "rename", "Harbour", "Port")
    assert history(tmp_path / "w", "backup", str(tmp_path / "b.db"), "--key-to", str(tmp_path / "b.key")) == 0
    assert history(tmp_path / "w", "restore", str(tmp_path / "b.db")) == 2
    assert "Add --yes" in capsys.readouterr().err
    assert history(tmp_path / "new", "restore", str(tmp_path / "b.db"), "--key", str(tmp_path / "b.key")) == 0
    assert history(tmp_path / "new", "check") == 0
    assert "The workspace is whole" in capsys.readouterr().out


def test_a_folder_without_a_workspace_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert history(tmp_path, "list") == 2
    assert main(["diagnose", "--out", str(tmp_path / "out")]) == 2
    complaint = capsys.readouterr().err
    assert "there is no workspace in this folder" in complaint
    assert "no survey was named" in complaint
