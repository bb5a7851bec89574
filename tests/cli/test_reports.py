"""Reports as the command line writes them: what was asked for, nothing that is left over, the kept story's edits."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard import reports
from dashboard.__main__ import main
from dashboard.history import Workspace
from dashboard.storyline import Edits
from tests.cli.test_cli import diagnose, made_survey


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(content)).slides]


def test_every_report_is_written_beside_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = diagnose(tmp_path, made_survey(), "--report", "pptx, PDF,html,xlsx,pptx")
    assert status == 0
    assert {path.name for path in out.iterdir()} >= {*reports.FILES, "teams.csv"}
    assert not [path.name for path in out.iterdir() if path.name.startswith(".")]
    starts = {"pptx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!"}
    for kind, start in starts.items():
        assert (out / f"report.{kind}").read_bytes().lower().startswith(start.lower())
    assert "Tables and reports written" in capsys.readouterr().out


def test_a_report_of_an_earlier_run_does_not_stay_and_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    _, out = diagnose(tmp_path, made_survey(), "--report", "pptx,xlsx")
    first = {name: (out / name).read_bytes() for name in ("report.pptx", "report.xlsx")}
    diagnose(tmp_path, made_survey(), "--report", "pptx,xlsx")
    assert first == {name: (out / name).read_bytes() for name in first}
    diagnose(tmp_path, made_survey(), "--report", "xlsx")
    assert not (out / "report.pptx").exists()
    assert (out / "report.xlsx").exists()
    diagnose(tmp_path, made_survey())
    assert not (out / "report.xlsx").exists()


def test_a_folder_in_the_way_of_a_report_leaves_everything_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out" / "report.xlsx").mkdir(parents=True)
    status, out = diagnose(tmp_path, made_survey(), "--report", "xlsx")
    assert status == 2
    assert "report.xlsx: a folder has the name of a report." in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["report.xlsx"]


def test_a_template_gives_the_slides_its_size(tmp_path: Path) -> None:
    house = Presentation()  # 4:3
    house.save(str(tmp_path / "house.pptx"))
    status, out = diagnose(tmp_path, made_survey(), "--report", "pptx", "--template", str(tmp_path / "house.pptx"))
    made = Presentation(out / "report.pptx")
    assert status == 0
    assert (made.slide_width, made.slide_height) == (house.slide_width, house.slide_height)


def test_the_kept_edits_of_a_workspace_are_in_its_reports(tmp_path: Path) -> None:
    survey = tmp_path / "survey.csv"
    survey.write_text(made_survey(), encoding="utf-8")
    kept = str(tmp_path / "kept")
    assert main(["history", "import", str(survey), "--workspace", kept]) == 0
    edits = Edits(titles={"headline": "Our own words"}, hidden=frozenset({"method"}))
    Workspace(Path(kept), create=False).keep_story(edits.to_json())
    out = tmp_path / "out"
    assert main(["diagnose", "--workspace", kept, "--out", str(out), "--report", "pptx"]) == 0
    told = titles((out / "report.pptx").read_bytes())
    _, plain = diagnose(tmp_path, made_survey(), "--report", "pptx")
    untold = titles((plain / "report.pptx").read_bytes())
    assert told[0] == "Our own words"
    assert len(told) == len(untold) - 1
