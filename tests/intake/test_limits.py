"""Archives, workbooks and limits: what is too large or too deep is refused at once, and the limit is said."""

import gzip
import io
import time
import zipfile

import pytest

from dashboard.intake import NamedBytes, inspect, read_survey
from dashboard.intake.archives import UNPACKED
from dashboard.terms import InputRefused, Settings
from tests.intake.made import HEADER, rows, survey, text
from tests.intake.test_inspection import workbook


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__dot__", "."), content)
    return out.getvalue()


def refusal(content: bytes, **how: object) -> str:
    started = time.process_time()
    with pytest.raises(InputRefused) as refused:
        read_survey(NamedBytes("pulse", content), **how)  # type: ignore[arg-type]
    assert time.process_time() - started < 5
    return str(refused.value)


def _said(value: object) -> str:
    """The name of a case: bytes of archives hold the time, and each worker must name it alike."""
    return "content" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    "content",
    [
        zipped(pulse__dot__csv=survey()),
        zipped(pulse__dot__csv=survey(), **{"__MACOSX/._pulse__dot__csv": b"\x00\x05\x16\x07"}),
        gzip.compress(survey()),
        zipped(pulse__dot__xlsx=workbook([list(HEADER), *rows()])),
    ],
    ids=_said,
)
def test_an_archive_with_one_table_inside_is_that_table(content: bytes) -> None:
    found = read_survey(NamedBytes("pulse.zip", content))
    assert (found.responses, found.teams) == (36, ("Team 1", "Team 2", "Team 3"))
    assert found.problems == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (zipped(a__dot__csv=survey(), b__dot__csv=survey()), "with 2 files (a.csv and b.csv) inside, not one table"),
        (zipped(), "with no file inside"),
        (zipped(inner__dot__zip=zipped(a__dot__csv=survey())), "with another archive inside: none are opened"),
        (zipped(a__dot__csv=gzip.compress(survey())), "with another archive inside"),
        (gzip.compress(gzip.compress(survey())), "with another archive inside"),
        (gzip.compress(survey())[:60], "a gzip archive that cannot be opened"),
        (zipped(a__dot__csv=survey())[:-30], "a ZIP archive that cannot be opened"),
    ],
    ids=_said,
)
def test_any_other_archive_is_refused_with_the_reason(content: bytes, told: str) -> None:
    assert told in refusal(content)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(a__dot__csv=content)])
def test_a_bomb_is_refused_at_the_limit_and_not_unpacked_beyond_it(pack) -> None:
    assert "unpacks to more than 1 MB; at most 1 MB are read" in refusal(
        pack(bytes(60_000_000)), settings=Settings(file_bytes=1_000_000)
    )


def far_cell(reference: str) -> bytes:
    """A workbook of a few hundred bytes whose last cell stands far away."""
    book = workbook([["a", "b"]])
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">' \
        f'<c r="A1"><v>1</v></c><c r="{reference}"><v>2</v></c></row></sheetData></worksheet>'  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            after.writestr(member, sheet if "sheet1" in member else before.read(member))
    return out.getvalue()


def test_a_workbook_with_a_cell_far_away_is_refused_before_it_is_opened() -> None:
    assert "has 16,384 columns; at most 2,000 are read" in refusal(far_cell("XFD1"))
    assert "stretches over 1,048,576 rows and 702 columns; at most 30,000,000 cells" in refusal(far_cell("ZZ1048576"))


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    loose, packed = io.BytesIO(workbook([["a", "b"], *([["x" * 5000, "y"]] * 400)])), io.BytesIO()
    with zipfile.ZipFile(loose) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            after.writestr(member, before.read(member))
    assert "unpacks to more than 1 MB" in refusal(packed.getvalue(), settings=Settings(file_bytes=200_000))


def test_two_thousand_columns_are_read_and_no_more() -> None:
    def wide(columns: int) -> bytes:
        header = (*HEADER, *(f"note {n}" for n in range(columns - len(HEADER))))
        return text([[*row, *[""] * (columns - len(HEADER))] for row in rows()], header).encode()

    assert read_survey(wide(2000)).responses == 36
    assert "line 1: the row has 2,001 columns; at most 2,000 are read" in refusal(wide(2001))


def test_empty_cells_beyond_the_last_column_are_none() -> None:
    padded = survey().replace(b"\n", b"," * 16_000 + b"\n")
    assert read_survey(padded).responses == 36


def test_a_cell_of_more_than_32_kilobytes_is_refused() -> None:
    long = survey().replace(b"p000,", b"p" + b"0" * 40_000 + b",", 1)
    assert "line 2: the cell of column 1 has 40,001 characters; at most 32,768 are read" in refusal(long)
    assert inspect(long).verdict == "refuse"


def test_a_long_cell_far_down_a_large_file_is_refused_as_well() -> None:
    many = text([*rows(teams=9, members=500), ["p", "Team 1", "2026-Q1", *"12345", "4" + "x" * 40_000]])
    assert "line 9002: the cell of column 9" in refusal(many.encode())


@pytest.mark.parametrize(
    "body",
    [
        '"a ""b"" c\n' * 60_000,
        '"' * 200_001,
        ',"' * 100_000,
        "a" * 3_000_000,
        "," * 1_000_000,
        '"x""\n' * 100_000,
        "\r" * 400_000,
        "Total,,,\n" * 60_000,
        'a,"\n' * 100_001,
    ],
    ids=["doubled", "quotes", "openings", "one line", "commas", "never closing", "returns", "totals", "odd quotes"],
)
def test_text_made_to_make_a_reader_hang_does_not(body: str) -> None:
    started = time.process_time()
    inspect((text(rows()) + body).encode())
    assert time.process_time() - started < 5


def test_other_office_files_are_named() -> None:
    assert "the file is a Word document" in refusal(zipped(**{"word/document__dot__xml": b"<x/>"}))
    assert "a binary Excel workbook (.xlsb)" in refusal(zipped(**{"xl/workbook__dot__bin": b"x"}))
    assert "an OpenDocument file" in refusal(zipped(content__dot__xml=b"<x/>"))


def test_every_kind_of_file_that_may_be_dropped_is_read() -> None:
    table = text(rows()).encode()
    packed = {".zip": zipped(survey__dot__csv=table), ".gz": gzip.compress(table)}
    for ending in UNPACKED:
        assert inspect(NamedBytes(f"survey{ending}", packed[ending])).verdict != "refuse"
    for ending in (".csv", ".txt"):
        assert inspect(NamedBytes(f"survey{ending}", table)).verdict != "refuse"
