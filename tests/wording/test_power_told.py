"""What a list of flags misses, as it is told: on the overview, on the method screen and in organization.json."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dashboard import reports
from dashboard.terms import Settings
from dashboard.wording import power_words
from tests.screens import made

ROW = {
    "share": 0.1,
    "flagged": 6,
    "expected_false": 0.47,
    "expected_found": 5.53,
    "expected_watched": 2.07,
    "expected_missed": 4.48,
}


def test_flags_false_alarms_and_missed_cases_are_told_together() -> None:
    assert power_words.traded(ROW, Settings()) == (
        "With at most 10% of flags wrong, 6 teams would be flagged; we expect 0.5 of these to be false alarms. About 4.5 judged "
        "teams whose gains are not compounding would get no flag, 2.1 of them on the watch list: of ten real cases about 4 would "
        "be missed."  # 4.48 / (4.48 + 5.53) = .45
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"flagged": 0, "expected_false": 0.0, "expected_found": 0.0}, "nearly all would be missed"),
        ({"expected_missed": 0.02, "expected_watched": 0.0}, "of ten real cases fewer than one would be missed"),
        (
            {"expected_missed": 0.1, "expected_found": 0.1},
            "Fewer than one judged team is expected to be a real case at all.",
        ),
    ],
)
def test_none_and_nearly_all_are_said_in_words(change: dict[str, float], sentence: str) -> None:
    assert sentence in power_words.traded(ROW | change, Settings())


def test_the_smallest_gain_is_told_by_size_and_a_size_below_the_minimum_is_not_judged() -> None:
    table = power_words.by_size(made.released()).set_index("People answering each time")
    assert table.loc["12"].tolist() == ["11 points", "17 points"]  # made so
    assert table.loc["4", "For a flag"] == "not judged"


def test_missed_cases_stand_in_organization_json() -> None:
    whole = made.released()
    judged = whole.verdicts[(whole.verdicts["verdict"] != "insufficient") & (whole.verdicts["flagged"] == 0)]
    told = json.loads(reports.tables(whole)["organization.json"])
    assert told["expected_missed"] == pytest.approx(judged["probability"].sum())
    few = replace(whole, organization=replace(whole.organization, teams_tested=5))
    assert json.loads(reports.tables(few)["organization.json"])["expected_missed"] is None
