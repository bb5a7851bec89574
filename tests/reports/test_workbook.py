"""The tables as a workbook, read back with openpyxl: the figures of the released tables, and text that stays text."""

import io
import math
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import reports
from dashboard.diagnosis.diagnosis import Reason
from dashboard.wording import escape, workbook_words
from dashboard.wording.workbook_words import SHEETS
from tests.reports.test_slides import parts
from tests.storyline import made


@cache
def book(situation: str = "made") -> openpyxl.Workbook:
    content = reports.workbook(made.released(situation), made.goes(situation))
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet(name: str, situation: str = "made") -> Worksheet:
    return book(situation)[SHEETS[name]]


def columns(name: str, situation: str = "made") -> dict[str, list[object]]:
    """Name of the column in the CSV file → its cells, by what the sheet on the method says of them."""
    rows = list(sheet("method", situation).iter_rows(max_col=3, values_only=True))
    called = {heading: csv for title, heading, csv in rows if title == SHEETS[name]}
    return {called[cells[0].value]: [cell.value for cell in cells[1:]] for cells in sheet(name, situation).iter_cols()}


def is_cell(found: object, value: object) -> bool:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) or str(value) == "":
        return found is None
    return found == (
        pytest.approx(value, rel=1e-11) if isinstance(value, int | float) else escape.cell(escape.plain(value))
    )


@pytest.mark.parametrize("situation", ["made", "hostile names", "one period"])
def test_every_cell_is_that_of_the_released_table(situation: str) -> None:
    whole = made.released(situation)
    tables = {"teams": whole.teams, "verdicts": whole.verdicts, "scales": whole.scales}
    tables |= {"by_period": whole.organization.by_period}
    if whole.worth_watching is not None:
        tables["worth_watching"] = whole.worth_watching
    for name, table in tables.items():
        found = columns(name, situation)
        assert set(found) == set(table.columns), name
        for column, cells in found.items():
            told = table[column].tolist()
            assert len(cells) == len(told)
            assert all(map(is_cell, cells, told)), (name, column)


def test_the_columns_are_those_of_the_csv_files_in_their_order() -> None:
    written = reports.tables(made.released("made"))["verdicts.csv"].decode().partition("\n")[0].split(",")
    assert list(columns("verdicts")) == written


def test_withheld_rows_are_grey_hold_no_figure_and_say_why() -> None:
    whole = made.released("made")
    reasons = list(columns("teams")["withheld"])
    found = [row for row, reason in enumerate(reasons, start=2) if reason]
    assert len(found) == int((whole.teams["withheld"].fillna("") != "").sum()) > 0
    for row, reason in enumerate(reasons, start=2):
        cells = sheet("teams")[row]
        assert (cells[0].fill.fgColor.rgb == "FFECEEF1") == bool(reason)
        if reason:
            assert not [cell for cell in cells if isinstance(cell.value, float)]
    below = int((whole.verdicts["reason"] == Reason.MINIMUM_GROUP).sum())
    grey = [row for row in sheet("verdicts").iter_rows(min_row=2) if row[0].fill.fgColor.rgb == "FFECEEF1"]
    assert len(grey) == below > 0


def test_names_are_text_whatever_they_look_like() -> None:
    content = reports.workbook(made.released("hostile names"))
    assert not any(b"<f>" in part or b"hyperlink" in part for part in parts(content).values())
    names = {row[0].value for row in sheet("verdicts", "hostile names").iter_rows(min_row=2)}
    assert "'=cmd|' /C calc'!A0" in names
    for page in book("hostile names"):
        texts = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_numbers_are_numbers_shown_to_the_places_that_mean_something() -> None:
    kinds = {
        "individual_gain": workbook_words.POINTS,
        "probability": workbook_words.CHANCE,
        "flagged": workbook_words.COUNT,
    }
    for at, name in enumerate(columns("verdicts"), start=1):
        if name in kinds:
            (cell,) = (c for c in [sheet("verdicts").cell(2, at)])
            assert isinstance(cell.value, int | float)
            assert cell.number_format == workbook_words.FORMATS[kinds[name]]


def test_headings_stay_in_view_and_can_be_filtered() -> None:
    for name in ("teams", "verdicts", "scales", "problems"):
        page = sheet(name)
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert not [cell.value for cell in page[1] if "_" in cell.value and "WG" not in cell.value]


def test_the_organisation_is_that_of_the_json_file() -> None:
    whole = made.released("made")
    found = {row[0]: row[1] for row in sheet("organization").iter_rows(min_row=2, values_only=True)}
    assert found["Flagged"] == whole.organization.flagged
    assert found["Teams judged"] == whole.organization.teams_tested
    assert found["Expected false alarms among the flags"] == pytest.approx(whole.organization.expected_false_flags)
    assert found["Verdict: not compounding"] == whole.organization.verdicts["not compounding"]
    assert [said for said in found if said.startswith("What goes with performance")]
    assert not [said for said in found if "slopes" in said]  # they have a sheet of their own


def test_the_method_says_what_each_column_is_and_what_may_not_be_said() -> None:
    rows = list(sheet("method").iter_rows(values_only=True))
    texts = [str(cell) for row in rows for cell in row if cell]
    for name in ("teams", "verdicts", "scales"):
        meanings = {
            row[2]: row[3] for row in rows if row[0] == SHEETS[name] and row[4] in workbook_words.UNITS.values()
        }
        assert {column for column, what in meanings.items() if not what} == set(), name
    assert "no flag is never “healthy”" in texts
    assert "minimum group" in texts
    assert [text for text in texts if text.startswith("A team without a flag is not therefore well")]


def test_closed_gates_change_the_names_of_columns() -> None:
    headings = [cell.value for cell in sheet("teams", "closed gates")[1]]
    assert "Members’ views of their team" in headings
    assert "Collective efficacy" not in headings


def test_the_noun_of_the_settings_is_in_the_headings() -> None:
    whole = made.released("made")
    content = reports.workbook(replace(whole, settings=replace(whole.settings, noun="classroom")))
    assert openpyxl.load_workbook(io.BytesIO(content))[SHEETS["verdicts"]]["A1"].value == "Classroom"


def test_the_same_diagnosis_gives_the_same_bytes() -> None:
    whole = made.released("made")
    assert reports.workbook(whole, made.goes("made")) == reports.workbook(whole, made.goes("made"))
