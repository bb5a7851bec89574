"""The command line as a user meets it: files in, a folder of tables or a refusal out."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard import samples
from dashboard.__main__ import main
from dashboard.diagnosis.diagnosis import SCALE_COLUMNS, TEAM_COLUMNS, VERDICT_COLUMNS

FIELDS = """file kind verdict tool encoding delimiter header_rows first_data_row rows columns team_column period_column
respondent_column respondents teams periods items segments personal_columns problems""".split()


def made_survey(
    seed: int = 7, teams: int = 9, members: int = 7, periods: tuple[str, ...] = ("2026-Q1", "2026-Q2")
) -> str:
    """A small well-formed survey: every member answers in every period."""
    random = np.random.default_rng(seed)
    rows = ["respondent_id,team_id,quarter,se_1,se_2,se_3,ce_1,ce_2,ce_3"]
    for quarter in periods:
        for team in range(teams):
            for member in range(members):
                answers = ",".join(map(str, random.integers(1, 6, 6)))
                rows.append(f"p{team:02d}{member:02d},Team {team},{quarter},{answers}")
    return "\n".join(rows) + "\n"


def diagnose(tmp_path: Path, text: str, *more: str) -> tuple[int, Path]:
    survey = tmp_path / "survey.csv"
    survey.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    return main(["diagnose", str(survey), "--out", str(out), *more]), out


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example") / "out"
    files = samples.folder()
    brought = [f"--{kind}={files / kind}.csv" for kind in ("performance", "events", "structures", "roster")]
    assert main(["diagnose", str(files / "survey.csv"), "--out", str(out), *brought]) == 0
    return out


def test_the_example_gives_every_table_with_its_columns(example: Path) -> None:
    assert sorted(path.name for path in example.iterdir()) == [
        "organization.json", "problems.csv", "scales.csv", "teams.csv", "units.csv", "verdicts.csv",
    ]  # fmt: skip
    for name, columns in (("teams", TEAM_COLUMNS), ("verdicts", VERDICT_COLUMNS), ("scales", SCALE_COLUMNS)):
        table = pd.read_csv(example / f"{name}.csv")
        assert list(table.columns)[: len(columns)] == columns
        assert len(table) > 0
    organization = json.loads((example / "organization.json").read_text(encoding="utf-8"))
    assert organization["teams_tested"] > 8
    assert {file["kind"] for file in organization["files"]} >= {"survey", "performance", "events", "roster"}


def test_withheld_rows_have_a_reason_and_no_figure(example: Path) -> None:
    teams = pd.read_csv(example / "teams.csv")
    withheld = teams[teams["withheld"].notna()]
    assert len(withheld) > 0
    assert withheld.drop(columns=["team_id", "period", "withheld"]).isna().all(axis=None)
    assert (teams.loc[teams["withheld"].isna(), "respondents"] >= 5).all()


def test_verdicts_agree_with_the_truth_as_often_as_promised(example: Path) -> None:
    # At q = .10 at most one in ten flags is expected to be wrong; with so few flags one more may be by chance.
    truth = pd.read_csv(samples.folder() / "truth.csv", index_col="team_id")
    verdicts = pd.read_csv(example / "verdicts.csv", index_col="team_id")
    flagged = verdicts.index[verdicts["flagged"] == 1]
    assert len(flagged) >= 3
    wrong = [team for team in flagged if truth.loc[team, "state"] != "not compounding"]
    assert len(wrong) <= 1, wrong


def test_a_second_run_and_shuffled_rows_give_the_same_bytes(tmp_path: Path, example: Path) -> None:
    files = samples.folder()
    rows = pd.read_csv(files / "survey.csv", dtype=str, keep_default_na=False)
    (tmp_path / "survey.csv").write_text(rows.sample(frac=1, random_state=3).to_csv(index=False), encoding="utf-8")
    brought = [f"--{kind}={files / kind}.csv" for kind in ("performance", "events", "structures", "roster")]
    for name, survey in (("again", files / "survey.csv"), ("shuffled", tmp_path / "survey.csv")):
        assert main(["diagnose", str(survey), "--out", str(tmp_path / name), *brought]) == 0
        for table in ("teams.csv", "verdicts.csv", "scales.csv"):
            assert (tmp_path / name / table).read_bytes() == (example / table).read_bytes(), (name, table)
    assert (tmp_path / "again" / "organization.json").read_bytes() == (example / "organization.json").read_bytes()


def test_one_period_judges_nobody(tmp_path: Path) -> None:
    status, out = diagnose(tmp_path, made_survey(periods=("2026-Q1",)))
    verdicts = pd.read_csv(out / "verdicts.csv")
    assert status == 0
    assert set(verdicts["verdict"]) == {"insufficient"}
    assert (verdicts["flagged"] == 0).all()
    assert verdicts["probability"].isna().all()
    assert pd.read_csv(out / "teams.csv")["individual"].notna().all()
    assert pd.read_csv(out / "worth_watching.csv")["gap"].isna().all()  # answers at random: no figure of a team


def test_a_table_of_an_earlier_run_does_not_stay(tmp_path: Path) -> None:
    _, out = diagnose(tmp_path, made_survey(periods=("2026-Q1",)))
    assert (out / "worth_watching.csv").is_file()
    diagnose(tmp_path, made_survey())
    assert not (out / "worth_watching.csv").exists()


def test_a_folder_in_the_way_of_a_table_leaves_everything_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out" / "verdicts.csv").mkdir(parents=True)
    status, out = diagnose(tmp_path, made_survey())
    assert status == 2
    assert "verdicts.csv: a folder has the name of a table." in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["verdicts.csv"]


def test_a_survey_brought_as_performance_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Answers of single persons would become figures of teams.
    again = tmp_path / "again.csv"
    again.write_text(made_survey(), encoding="utf-8")
    status, _ = diagnose(tmp_path, made_survey(), "--performance", str(again))
    assert status == 2
    assert "again.csv, column se_1: se_1, se_2" in capsys.readouterr().err


def test_files_that_say_nothing_of_these_teams_or_periods_are_named(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(
        "date,kind,team\n2026-02-01,other,Nobody\n2026-03-01,other,Team 1\n", encoding="utf-8"
    )
    (tmp_path / "past.csv").write_text("team,period,metric,value\nTeam 1,2019-Q1,sales,3\n", encoding="utf-8")
    more = ["--events", str(tmp_path / "events.csv"), "--performance", str(tmp_path / "past.csv")]
    status, out = diagnose(tmp_path, made_survey(), *more)
    found = set(pd.read_csv(out / "problems.csv")["found"])
    assert status == 0
    assert "1 of 2 teams are not in the survey: “Nobody”" in found
    assert any(text.startswith("no period of this file was surveyed: it names “2019-Q1”") for text in found)


def test_a_refusal_names_every_problem_of_every_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    status, out = diagnose(tmp_path, "a,b\n1,2\n", "--performance", str(empty))
    complaint = capsys.readouterr().err
    assert status == 2
    assert not out.exists()
    assert "survey.csv" in complaint
    assert "empty.csv" in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--minimum-group", "2"], "--minimum-group: minimum_group is 2; it must be between 3 and 1000."),
        (
            ["--report", "pptx,doc"],
            "--report: there is no report “doc”. Possible are pptx, pdf, html, xlsx, with commas between them.",
        ),
        (["--report", ","], "--report: no report was named. Name any of pptx, pdf, html, xlsx, or leave it out."),
        (
            ["--report", "pdf", "--template", "house.pptx"],
            "--template: no slides were asked for. Ask for them with --report pptx, or leave it out.",
        ),
        (["--report", "pptx", "--template", "nowhere.pptx"], "nowhere.pptx: No such file or directory."),
        (["--report", "pptx", "--template", __file__], "test_cli.py: it cannot be opened as a presentation."),
        (["--instrument", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_an_option_that_cannot_be_met_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], sentence: str
) -> None:
    status, out = diagnose(tmp_path, made_survey(), *more)
    assert status == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_a_file_without_periods_needs_one_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = pd.read_csv(io.StringIO(made_survey(periods=("2026-Q1",)))).drop(columns="quarter").to_csv(index=False)
    status, _ = diagnose(tmp_path, table)
    assert status == 2
    assert "--period" in capsys.readouterr().err
    status, out = diagnose(tmp_path, table, "--period", "2026-Q3")
    assert status == 0
    assert set(pd.read_csv(out / "teams.csv")["period"]) == {"2026-Q3"}


def test_a_performance_file_of_other_teams_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    performance = tmp_path / "performance.csv"
    performance.write_text("team,quarter,metric,value\nElsewhere,2026-Q1,revenue,3\n", encoding="utf-8")
    status, out = diagnose(tmp_path, made_survey(), "--performance", str(performance))
    assert status == 2
    assert "performance.csv: no team of this file is in the survey" in capsys.readouterr().err
    assert not out.exists()


def test_hostile_team_names_stay_text(tmp_path: Path) -> None:
    text = made_survey().replace("Team 0", "=cmd|' /C calc'!A0").replace("Team 1", "<img src=x onerror=alert(1)>")
    status, out = diagnose(tmp_path, text.replace("Team 2", '"![x](https://example.org/p.png)"'))
    teams = set(pd.read_csv(out / "verdicts.csv")["team_id"])
    assert status == 0
    assert {"'=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "![x](https://example.org/p.png)"} <= teams


def test_scales_with_one_item_and_decimals_are_read_by_an_instrument(tmp_path: Path) -> None:
    # The shape of a well-known data set: two team columns, scale scores with decimals, waves 0, 1, 2.
    random = np.random.default_rng(1)
    rows = [
        f"{1000 + team // 3},{'ABC'[team % 3]},{wave},{own[0] / 3:.6f},{own[1] / 3:.6f},{team * 10 + member}"
        for team in range(9)
        for member in range(8)
        for wave, own in enumerate(random.integers(3, 16, (3, 2)))
    ]
    (tmp_path / "pulse.toml").write_text(
        'team = ["BTN", "COMPANY"]\nperiod = "TIME"\nrespondent = "SUBNUM"\n'
        '[scales.individual_efficacy]\nitems = ["JSAT"]\nminimum = 1\nmaximum = 5\n'
        '[scales.collective_efficacy]\nitems = ["READY"]\nminimum = 1\nmaximum = 5\n',
        encoding="utf-8",
    )
    text = "BTN,COMPANY,TIME,JSAT,READY,SUBNUM\n" + "\n".join(rows) + "\n"
    status, out = diagnose(tmp_path, text, "--instrument", str(tmp_path / "pulse.toml"))
    assert status == 0
    teams = pd.read_csv(out / "teams.csv", dtype={"period": str})
    assert "1000 A" in set(teams["team_id"])
    assert list(teams["period"].unique()) == ["0", "1", "2"]
    own = pd.read_csv(io.StringIO(text)).query("BTN == 1000 and COMPANY == 'A' and TIME == 1")
    row = teams.query("team_id == '1000 A' and period == '1'").iloc[0]
    assert row["individual"] == pytest.approx(own["JSAT"].mean(), abs=1e-9)
    assert row["collective"] == pytest.approx(own["READY"].mean(), abs=1e-9)


def test_inspect_says_everything_about_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    survey = samples.folder() / "survey.csv"
    assert main(["inspect", str(survey), str(tmp_path / "empty.csv"), "--json"]) == 0
    good, bad = json.loads(capsys.readouterr().out)
    assert set(FIELDS) <= set(good)
    assert (good["kind"], good["verdict"], good["team_column"]) == (
        "survey",
        "read_warn",
        "team_id",
    )  # teams below the minimum are a warning
    assert bad["verdict"] == "refuse"
    assert set(bad["problems"][0]) == {"line", "column", "found", "remedy", "severity"}


def test_inspect_reads_well_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(samples.folder() / "survey.csv")]) == 0
    spoken = capsys.readouterr().out
    assert "survey.csv: survey" in spoken
    assert "team_id" in spoken


def test_example_writes_files_that_read_without_the_instrument(tmp_path: Path) -> None:
    assert main(["example", str(tmp_path / "some" / "folder")]) == 0
    written = tmp_path / "some" / "folder"
    assert {path.name for path in written.iterdir()} == set(samples.FILES)
    assert main(["diagnose", str(written / "survey.csv"), "--out", str(tmp_path / "out")]) == 0


def test_a_missing_file_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", str(tmp_path / "nowhere.csv"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err
