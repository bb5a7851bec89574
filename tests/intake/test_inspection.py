"""What is understood of a file, shown before it is used, and corrected."""

import io
import zipfile
from dataclasses import replace

import pytest

from dashboard.intake import NamedBytes, inspect, instrument_from_roles, read_survey
from dashboard.terms import Severity
from tests.intake.made import HEADER, rows, survey, text

FIELDS = """file kind verdict tool encoding delimiter header_rows first_data_row rows columns team_column period_column
respondent_column respondents teams periods items segments personal_columns problems""".split()


def test_an_inspection_prints_every_field_of_the_contract() -> None:
    found = inspect(NamedBytes("pulse.csv", survey())).to_json()
    assert list(found) == FIELDS
    assert found["file"] == "pulse.csv"
    assert (found["kind"], found["verdict"]) == ("survey", "read")
    assert (found["rows"], found["respondents"], found["columns"]) == (36, 18, 9)
    assert found["teams"] == ["Team 1", "Team 2", "Team 3"]
    assert found["periods"] == ["2026-Q1", "2026-Q2"]
    assert found["items"][0] == {
        "column": "se_1", "text": "", "scale": "individual_efficacy", "minimum": 1, "maximum": 5,
        "answered": 36, "missing": 0, "reason": "its name says individual efficacy",
    }  # fmt: skip


def test_each_column_has_a_role_and_a_reason() -> None:
    header = (*HEADER, "E-mail", "Comments", "site", "StartDate", "shoe")
    made = [[*row, f"{row[0]}@example.org", "fine", "North", "2026-01-05", "42"] for row in rows()]
    found = inspect(text(made, header).encode())
    roles = {role.column: role.role for role in found.roles}
    assert [roles[name] for name in header[9:]] == ["personal", "comment", "segment", "time", "ignored"]
    assert all(role.reason for role in found.roles)
    assert found.personal_columns == ("E-mail",)


def test_the_preview_holds_no_personal_column() -> None:
    made = [[*row, f"{row[0]}@example.org"] for row in rows()]
    preview = inspect(text(made, (*HEADER, "contact")).encode()).preview
    assert "contact" not in preview.columns
    assert len(preview) == 5
    assert preview["team_id"].tolist() == ["Team 1"] * 5


def test_corrected_roles_become_an_instrument_that_reads_the_file() -> None:
    header = ("who", "squad", "quarter", *(f"Q{n}" for n in range(1, 7)))
    content = text(rows(), header).encode()
    proposed = inspect(content)
    scales = dict(zip(header[3:], ["individual_efficacy"] * 3 + ["collective_efficacy"] * 3, strict=True))
    corrected = [
        replace(role, role="respondent") if role.column == "who" else replace(role, scale=scales.get(role.column))
        for role in proposed.roles
    ]
    instrument = instrument_from_roles(corrected, proposed.instrument)
    found = read_survey(content, instrument=instrument)
    assert found.instrument.individual.items == ("Q1", "Q2", "Q3")
    assert len(found.respondents) == 18


def test_what_is_missing_is_a_choice_and_changes_no_verdict() -> None:
    made = [[row[0], *row[3:]] for row in rows()]
    found = inspect(text(made, (HEADER[0], *HEADER[3:])).encode())
    assert found.verdict == "read_warn"  # persons stand twice: without a period the two quarters are one
    choices = [problem.found for problem in found.problems if problem.severity is Severity.CHOICE]
    assert any("no team column" in choice for choice in choices)
    assert any("no period column" in choice for choice in choices)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"team,period,metric,value\nA,2026-Q1,m,1\n", "performance"),
        (b"team,quarter,deploys,incidents\nA,2026-Q1,120,3\n", "performance"),
        (b"date,kind,team\n2026-01-05,disruption,A\n", "events"),
        (b"structure,team,period,health\nguild,A,2026-Q1,80\n", "structures"),
        (b"team_id,quarter,headcount\nA,2026-Q1,9\n", "roster"),
        (survey(), "survey"),
    ],
)
def test_the_kind_of_a_file_is_recognised(content: bytes, kind: str) -> None:
    found = inspect(content)
    assert found.kind == kind
    assert found.kind_reason
    assert found.verdict == "read"


def test_the_kind_can_be_corrected() -> None:
    assert inspect(b"team,quarter,size\nA,2026-Q1,9\n", kind="roster").kind == "roster"


def test_an_instrument_is_inspected_as_one() -> None:
    toml = b'[scales.individual_efficacy]\nitems = ["se_1"]\n'
    found = inspect(NamedBytes("instrument.toml", toml))
    assert (found.kind, found.verdict) == ("instrument", "read")
    assert found.instrument is not None
    assert inspect(NamedBytes("instrument.toml", b"scales = [")).verdict == "refuse"


def workbook(records: list[list[str]]) -> bytes:
    """A minimal Excel workbook: numbers as numbers, texts in place."""

    def cell(value: str) -> str:
        if value.isdigit():
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    data = "".join(f"<row>{''.join(map(cell, record))}</row>" for record in records)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{link}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{link}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{link}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def test_an_excel_workbook_is_read_like_its_csv() -> None:
    book = workbook([list(HEADER), *rows()])
    found = read_survey(NamedBytes("pulse.xlsx", book))
    plain = read_survey(survey())
    assert found.teams == plain.teams
    for scale in plain.answers:
        assert found.answers[scale].tolist() == plain.answers[scale].tolist()


DATES = b"id,team,submitted_at,se_1,se_2,ce_1,ce_2\n" + b"\n".join(
    f"p{person},T{person % 2},2026-0{month}-1{person} 09:30,{person % 5 + 1},3,{(person + month) % 5 + 1},4".encode()
    for month in (2, 5)
    for person in range(9)
)


def test_the_dates_of_answers_are_offered_where_a_file_names_no_period() -> None:
    found = inspect(DATES)
    assert found.period_column is None
    assert found.dated == ("submitted_at", ("2026-Q1", "2026-Q2"))
    (asked,) = (problem for problem in found.problems if problem.severity is Severity.CHOICE)
    assert asked.remedy.endswith('(2026-Q1 to 2026-Q2) by the line period = "submitted_at" in an instrument')
    assert not any("answered again" in problem.found for problem in found.problems)  # in another quarter, maybe
    again = inspect(DATES, instrument=replace(found.instrument, period="submitted_at"))  # type: ignore[type-var]
    assert (again.periods, again.dated) == (("2026-Q1", "2026-Q2"), None)


def test_a_period_that_was_named_is_not_asked_again() -> None:
    assert inspect(DATES, period="2026-Q1").dated is None
