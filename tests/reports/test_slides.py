"""The story as slides, read back with python-pptx: the deck's numbers, texts and notes, and nothing else."""

import io
import math
import zipfile
from functools import cache

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Emu

from dashboard import samples
from dashboard.reports.slides import slides
from dashboard.reports.slides_xml import clean
from dashboard.storyline import Deck, Lines, Map, Rows, Slide
from dashboard.wording import report_words
from tests.storyline import made

HARD = ("made", "hostile names", "sixty teams", "one period", "closed gates")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PATIENCE = 1.0  # points by which a box may be too small: measured text is rounded up


@cache
def content(situation: str) -> bytes:
    return slides(made.deck(situation))


def pages(situation: str) -> list[tuple[Slide, object]]:
    made_slides = Presentation(io.BytesIO(content(situation))).slides
    return list(zip(made.deck(situation).slides, made_slides, strict=True))


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as found:
        return {name: found.read(name) for name in found.namelist()}


def said(page: object) -> str:
    """Everything written on a slide outside charts and tables."""
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def chart_of(page: object) -> object:
    return next(shape.chart for shape in page.shapes if shape.has_chart)


def sheet_of(page: object) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(chart_of(page).part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


def close(found: object, expected: object) -> bool:
    """Whether figures are those of the deck: twelve places are written, and nothing where there is none."""
    known = [None if value is None or math.isnan(value) else value for value in expected]
    return list(found) == [None if value is None else pytest.approx(value, rel=1e-11) for value in known]


@pytest.mark.parametrize("situation", HARD)
def test_each_slide_has_its_title_in_a_title_placeholder_its_texts_and_its_notes(situation: str) -> None:
    for told, page in pages(situation):
        assert page.shapes.title.text_frame.text == clean(told.title)
        notes = page.notes_slide.notes_text_frame.text.split("\n")
        assert notes[: len(told.notes)] == [clean(text) for text in told.notes]
        whole = said(page) + page.notes_slide.notes_text_frame.text
        for text in (*told.lead, *told.points, *(figure.value for figure in told.figures), told.points_title):
            assert clean(text) in whole
        for figure in told.figures:
            assert {clean(figure.label), clean(figure.value)} <= set(said(page).split("\n"))


@pytest.mark.parametrize("situation", ["example", *HARD])
def test_charts_hold_the_figures_of_the_deck(situation: str) -> None:
    for told, page in pages(situation):
        match told.plot:
            case Map(marks=marks):
                by_name = {series.name: series for series in chart_of(page).plots[0].series}
                for kind in marks:
                    assert close(by_name[clean(kind.name)].values, kind.y)
                assert len(by_name) == len(marks) + math.isfinite(told.plot.gain) * (2 if told.plot.region else 1)
            case Lines(lines=lines):
                drawn = list(chart_of(page).plots[0].series)
                assert list(chart_of(page).plots[0].categories) == list(told.plot.periods)
                for line, series in zip(lines, drawn, strict=False):
                    assert series.name == clean(line.name)
                    assert close(series.values, line.value)
            case Rows(rows=rows):
                (series,) = chart_of(page).plots[0].series
                assert close(series.values, [row.value for row in rows])


def test_the_sheet_behind_a_chart_has_its_figures_names_and_intervals() -> None:
    told = {slide.key.partition(":")[0]: (slide, page) for slide, page in pages("made")}
    slide, page = told["map"]
    rows = sheet_of(page)
    headings = rows[0]
    for kind in slide.plot.marks:
        at = headings.index(kind.name)
        count = len(kind.x)
        assert close([row[at - 1] for row in rows[1 : count + 1]], kind.x)
        assert close([row[at] for row in rows[1 : count + 1]], kind.y)
        if kind.names:
            assert [row[at - 2] for row in rows[1 : count + 1]] == list(kind.names)
        assert close([row[at + 1] for row in rows[1 : count + 1]], kind.size)
    slide, page = told["team"]
    rows = sheet_of(page)
    at = rows[0].index(slide.plot.lines[0].name)
    assert [rows[0][at + 1], rows[0][at + 2]] == [report_words.LOWER, report_words.UPPER]
    assert close([row[at + 1] for row in rows[1:]], slide.plot.lines[0].low)
    assert close([row[at + 2] for row in rows[1:]], slide.plot.lines[0].high)


def test_intervals_are_drawn_as_far_as_they_go() -> None:
    # The bars of PowerPoint are distances: 60 with the interval [52, 71] is drawn 8 down and 11 up.
    line = made.deck("made").slides[3].plot.lines[0]
    chart = chart_of(pages("made")[3][1])
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    bars = chart._chartSpace.find(".//c:ser/c:errBars", space)
    for way, ends in (("plus", line.high), ("minus", line.low)):
        drawn = [float(v.text) for v in bars.iterfind(f"c:{way}//c:v", space)]
        assert drawn == [pytest.approx(abs(end - value)) for value, end in zip(line.value, ends, strict=True)]


@pytest.mark.parametrize("situation", HARD)
def test_tables_hold_the_cells_of_the_deck(situation: str) -> None:
    for told, page in pages(situation):
        if told.table is None:
            continue
        table = next(shape.table for shape in page.shapes if shape.has_table)
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [tuple(map(clean, row)) for row in (told.table.headings, *told.table.rows)]
        assert table.first_row


@pytest.mark.parametrize("situation", HARD)
def test_whoever_cannot_see_it_is_told_what_a_chart_and_a_table_show(situation: str) -> None:
    for told, page in pages(situation):
        for shape in page.shapes:
            if shape.has_chart or shape.has_table:
                described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert described
                if shape.has_chart:
                    assert described == clean(told.plot.alt)
        names = [shape.name for shape in page.shapes]
        assert names[0].startswith("Title")
        assert any(element.get("type") == "slidenum" for element in page.shapes._spTree.iter(f"{A}fld"))


def boxes(page: object) -> list[tuple[str, float, float, float, float]]:
    found = []
    for shape in page.shapes:
        if shape.name != report_words.RULE:
            left, top, width, height = (Emu(x).pt for x in (shape.left, shape.top, shape.width, shape.height))
            found.append((shape.name, left, top, left + width, top + height))
    return found


def inside(page: object, wide: float, high: float) -> None:
    """No part outside the slide, and none on another."""
    found = boxes(page)
    for name, left, top, right, bottom in found:
        assert left >= 0, name
        assert top >= 0, name
        assert right <= wide + PATIENCE, name
        assert bottom <= high + PATIENCE, name
    for at, (name, left, top, right, bottom) in enumerate(found):
        if name.startswith("Title"):
            continue  # its placeholder may be higher than what stands in it; the text is measured below
        for other, left_, top_, right_, bottom_ in found[at + 1 :]:
            apart = right <= left_ + PATIENCE or right_ <= left + PATIENCE
            assert apart or bottom <= top_ + PATIENCE or bottom_ <= top + PATIENCE, (name, other)


@pytest.mark.parametrize("situation", ["example", *HARD])
def test_nothing_lies_outside_the_slide_or_on_another_part(situation: str) -> None:
    for _, page in pages(situation):
        inside(page, 960, 540)


@pytest.mark.parametrize("situation", HARD)
def test_letters_are_large_enough_to_be_read_from_a_seat(situation: str) -> None:
    for told, page in pages(situation):
        for shape in page.shapes:
            small = shape.name == report_words.SOURCE or shape.name.startswith("Slide Number")
            for run in shape._element.iter(f"{A}rPr"):
                assert int(run.get("sz")) >= (1200 if small else 1600), (told.key, shape.name)
                assert run.get("lang") == "en-GB"
            if shape.has_chart:
                for run in shape.chart._chartSpace.iter(f"{A}rPr", f"{A}defRPr"):
                    assert int(run.get("sz")) >= 1600


def test_hostile_names_are_text_and_reach_nobody() -> None:
    found = parts(content("hostile names"))
    for name, part in found.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(part)
            assert not [e for e in root.iter() if e.get("TargetMode") == "External"], name
            assert not list(root.iter(f"{A}hlinkClick")), name
    assert any(b"![x](https://example.org/p.png)" in part for part in found.values())
    cells = []
    for name, part in found.items():
        assert "\u202e" not in part.decode("utf-8", "ignore"), name
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(part))
            cells += [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
            assert not any(b"<f>" in inner for inner in parts(part).values())
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=cmd|' /C calc'!A0" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_no_name_of_a_file_or_a_person_is_anywhere_in_the_package() -> None:
    respondents = {line.split(",")[0] for line in (samples.folder() / "survey.csv").read_text().splitlines()[1:]}
    inner = parts(content("example"))
    nested = {
        f"{name}/{part}": body
        for name, book in inner.items()
        if name.endswith(".xlsx")
        for part, body in parts(book).items()
    }
    everything = b"\n".join([*inner.values(), *nested.values(), *(name.encode() for name in inner)]).decode(
        "utf-8", "ignore"
    )
    assert "survey.csv" not in everything
    assert "roster.csv" not in everything
    assert not [person for person in respondents if person in everything]
    assert not [name for name in inner if "printerSettings" in name or "thumbnail" in name or name.endswith("app.xml")]


def test_the_same_deck_gives_the_same_bytes_without_a_time_or_a_machine() -> None:
    assert slides(made.deck("made")) == content("made")
    with zipfile.ZipFile(io.BytesIO(content("made"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(content("made"))["docProps/core.xml"].decode()
    assert "dcterms" not in core.split(">", 2)[2]
    properties = Presentation(io.BytesIO(content("made"))).core_properties
    assert (properties.title, properties.author, properties.language) == (
        made.deck("made").title,
        "Collective Efficacy Dashboard",
        "en-GB",
    )


def test_the_example_has_native_charts_and_notes_on_every_slide() -> None:
    found = pages("example")
    assert (
        sum(shape.has_chart for _, page in found for shape in page.shapes) >= 7
    )  # a map, five teams, what goes with it
    assert all(len(page.notes_slide.notes_text_frame.text) > 100 for _, page in found)
    assert not [shape for _, page in found for shape in page.shapes if shape.shape_type == 13]  # no picture of anything


def test_a_title_of_three_hundred_letters_is_set_smaller_and_moves_what_follows() -> None:
    long = "A title that somebody wrote, " * 10
    deck = made.deck("made")
    edited = Deck(title=deck.title, scope=deck.scope, slides=tuple(_titled(slide, long) for slide in deck.slides))
    for page in Presentation(io.BytesIO(slides(edited))).slides:
        title = page.shapes.title
        size = int(next(title._element.iter(f"{A}rPr")).get("sz")) / 100
        assert size >= 20
        inside(page, 960, 540)
        below = min(top for name, _, top, _, _ in boxes(page) if not name.startswith("Title"))
        assert below >= Emu(title.top).pt + 4 * size  # four lines of it at the least


def _titled(slide: Slide, title: str) -> Slide:
    return Slide(**{name: getattr(slide, name) for name in slide.__dataclass_fields__} | {"title": title})


def test_a_slide_without_anything_but_a_title_is_a_slide() -> None:
    deck = Deck(title="t", scope="s", slides=(Slide(key="only", title="Only this"),))
    (page,) = Presentation(io.BytesIO(slides(deck))).slides
    assert page.shapes.title.text_frame.text == "Only this"
    assert page.notes_slide.notes_text_frame.text == "Only this"
