import io
import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import dashboard
from dashboard import reports
from dashboard.diagnosis.diagnosis import SCALE_COLUMNS, TEAM_COLUMNS, VERDICT_COLUMNS
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.units import UNIT_COLUMNS


@pytest.fixture(scope="module")
def released() -> dashboard.Released:
    random = np.random.default_rng(5)
    rows = ["who,team,quarter,se_1,se_2,ce_1,ce_2"]
    for team in range(10):
        name = "=1+1" if team == 0 else f"Team {team}"
        for who in range(4 if team == 1 else 8):
            for quarter in ("2026-Q1", "2026-Q2"):
                rows.append(f"p{team}{who},{name},{quarter}," + ",".join(map(str, random.integers(1, 6, 4))))
    return dashboard.diagnose(dashboard.read_survey("\n".join(rows).encode()))


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), keep_default_na=True)


def test_tables_have_the_promised_columns_first(released: dashboard.Released) -> None:
    written = reports.tables(released)
    assert set(written) == set(reports.TABLES) - {"worth_watching.csv", "units.csv"}
    for name, columns in (("teams", TEAM_COLUMNS), ("verdicts", VERDICT_COLUMNS), ("scales", SCALE_COLUMNS)):
        assert list(read(written[f"{name}.csv"]).columns)[: len(columns)] == columns


def test_what_is_written_is_what_was_released(released: dashboard.Released) -> None:
    back = read(reports.tables(released)["teams.csv"])
    np.testing.assert_allclose(back["collective"], released.teams["collective"].astype(float), rtol=1e-11)


def test_a_withheld_row_is_empty_but_for_its_reason(released: dashboard.Released) -> None:
    lines = reports.tables(released)["teams.csv"].decode().splitlines()
    row = next(line for line in lines if line.startswith("Team 1,2026-Q1"))
    assert "below the minimum group" in row
    assert not any(character.isdigit() for character in row.removeprefix("Team 1,2026-Q1"))


def test_names_that_would_be_formulas_are_written_as_text_and_numbers_stay_numbers(
    released: dashboard.Released,
) -> None:
    verdicts = read(reports.tables(released)["verdicts.csv"])
    assert "'=1+1" in set(verdicts["team_id"])
    assert pd.api.types.is_float_dtype(verdicts["collective_gain_low"])
    assert (verdicts["collective_gain_low"] < 0).any()


def test_the_organisation_is_json_without_nan(released: dashboard.Released) -> None:
    content = reports.tables(released)["organization.json"]
    found = json.loads(content, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert found["teams_tested"] == released.organization.teams_tested
    assert found["settings"]["minimum_group"] == 5
    assert [len(file["sha256"]) for file in found["files"]] == [64]
    assert sum(found["verdicts"].values()) == found["teams"] == 10


def test_the_expected_false_flags_are_the_sum_of_what_the_flags_leave_open(released: dashboard.Released) -> None:
    verdicts = released.verdicts[released.verdicts["flagged"] == 1]
    assert math.isclose(released.organization.expected_false_flags, (1 - verdicts["probability"]).sum(), abs_tol=1e-12)


def test_problems_keep_their_place(released: dashboard.Released) -> None:
    problem = dashboard.terms.Problem(
        file="a.csv",
        line=4,
        column="ce_1",
        found="7 lies outside 1–5",
        remedy="Mend it",
        severity=dashboard.terms.Severity.WARNING,
    )
    written = read(reports.to_csv(reports.problems_table((problem,)), ["file"]))
    assert written.to_dict(orient="records") == [
        {
            "file": "a.csv",
            "line": 4,
            "column": "ce_1",
            "found": "7 lies outside 1–5",
            "remedy": "Mend it",
            "severity": "warning",
        }
    ]


def test_the_gates_stand_in_the_export_with_their_reasons(released: dashboard.Released) -> None:
    shut = Gate(need="collective_mean", state=GateState.CLOSED, found={"icc1_low": -0.04}, short=("icc1_low",))
    others = tuple(gate for gate in released.gates if gate.need != shut.need)
    written = json.loads(reports.tables(replace(released, gates=(shut, *others)))["organization.json"])
    assert written["names"]["collective"] == "Members’ views of their team"
    assert written["gates"][0] == {
        "claim": "collective_mean",
        "state": "closed",
        "why": "Called “members’ views of their team”: members of a team answer hardly more alike than people of "
        "different teams (ICC(1) could be −.04).",
        "found": {"icc1_low": -0.04},
    }


def test_units_have_a_table_where_there_are_any() -> None:
    files = dashboard.samples.folder()
    survey, roster = dashboard.read_survey(files / "survey.csv"), dashboard.read_roster(files / "roster.csv")
    written = read(reports.tables(dashboard.diagnose(survey, roster=roster))["units.csv"])
    assert list(written.columns)[: len(UNIT_COLUMNS)] == UNIT_COLUMNS
    withheld = written[written["withheld"].notna()]
    assert len(withheld) > 0
    assert withheld.drop(columns=["unit", "period", "withheld"]).isna().all(axis=None)
