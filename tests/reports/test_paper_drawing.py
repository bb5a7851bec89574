"""Drawings: marks lie where their figures say, gaps stay gaps, and a name is never more than letters."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboard.charts import palette
from dashboard.reports.drawing import drawing, figures
from dashboard.storyline import Line, Lines, Map, Marks, Plot, Row, Rows
from tests.reports.story import GAINS, HOSTILE, LEVELS, LONG, SLOPES

COLOURS = palette("light")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(plot: Plot, width: float = 600, height: float = 420) -> ElementTree.Element:
    return ElementTree.fromstring(drawing(plot, COLOURS, width, height))  # noqa: S314  # made by the code under test


def marks(picture: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """What a mark says → its first shape."""
    return {group.get("aria-label", ""): group for group in picture.iter(f"{SVG}g") if group.get("class") == "mark"}


def places(picture: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in picture.iter(f"{SVG}circle")]


def texts(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def a_map(x: tuple[float, ...], y: tuple[float, ...], **more: object) -> Map:
    return replace(GAINS, marks=(Marks(name="Flagged", role="flagged", x=x, y=y, **more),))  # type: ignore[arg-type]


def test_a_map_of_gains_has_one_scale_for_both_axes() -> None:
    # Across −5 − 2 … 10 + 2, up ±(7 + 2); 544 × 352 px inside: 352 / 18 = 19.56 px a point up, so across as well, and
    # 0 lies 11.41 points right of the left end (44 px): 267.1; from below (376 px) 9 points: 200.
    assert places(drawn(a_map((0, 9), (0, 4.5)))) == [(267.1, 200), (443.1, 112)]


def test_a_mark_is_as_large_as_the_number_who_answered() -> None:
    circles = list(drawn(a_map((0, 1), (0, 1), size=(4.0, 16.0))).iter(f"{SVG}circle"))
    assert [circle.get("r") for circle in circles] == ["4.2", "8.4"]  # 2.1 · √4 and 2.1 · √16: the area goes with it


def test_the_region_begins_at_the_gain_that_counts_and_ends_at_the_line() -> None:
    polygon = next(drawn(a_map((0, 9), (0, 4.5))).iter(f"{SVG}polygon"))
    corners = [tuple(map(float, corner.split(","))) for corner in polygon.get("points", "").split(" ")]
    assert corners[0] == pytest.approx((364.9, 376), abs=0.1)  # 267.1 + 5 · 19.56
    assert corners[1] == pytest.approx((364.9, 151.1), abs=0.1)  # 200 − 2.5 · 19.56


def test_flagged_watched_and_unjudged_differ_by_more_than_colour() -> None:
    shapes = {says.partition(";")[0]: next(mark.iter(f"{SVG}circle")) for says, mark in marks(drawn(GAINS)).items()}
    assert shapes["Atlas"].get("fill") == COLOURS.accent
    assert shapes[LONG].get("fill") == COLOURS.background
    assert shapes["Dee"].get("fill-opacity") == "0"


def test_a_mark_says_its_name_its_figures_and_how_many_answered() -> None:
    assert (
        "Atlas; Gain in individual efficacy (points of 100): +18; Gain in collective efficacy (points of 100): −2; "
        "answered: 16" in marks(drawn(GAINS))
    )


def test_quiet_marks_say_whose_they_are_and_carry_no_name() -> None:
    picture = drawn(GAINS)
    assert any(says.startswith("Ada; ") for says in marks(picture))
    assert "Ada" not in texts(picture)
    assert "Atlas" in texts(picture)


def test_names_that_begin_alike_are_told_apart_by_their_ends() -> None:
    names = tuple(f"Department of Very Long Names and Longer Lines, Squad {n}" for n in (1, 2))
    written = texts(drawn(a_map((2, 9), (-5, 6), names=names)))
    assert "… Lines, Squad 1" in written
    assert "… Lines, Squad 2" in written


def test_levels_lie_on_the_axis_that_every_team_has() -> None:
    plot = Lines(
        periods=("2026-Q1", "2026-Q2"),
        lines=(Line(name="Individual efficacy", role="individual", value=(40, 80)),),
        y_title="Points of 100",
        levels=(40, 80),
        alt="",
    )
    (_, low), (_, high) = places(drawn(plot))
    assert (low, high) == (420 - 42, 28)  # the ends of the plot: 42 px for periods below, 28 px for the unit above


def test_a_period_without_a_figure_is_a_gap_with_a_slot() -> None:
    picture = drawn(LEVELS)
    lines = [line.get("points", "") for line in picture.iter(f"{SVG}polyline")]
    assert [len(line.split(" ")) for line in lines] == [2, 2]  # Q1–Q2 of both; Q4 stands alone
    assert {"not", "shown"} <= set(" ".join(texts(picture)).split())


def test_intervals_are_drawn_with_their_levels() -> None:
    mark = marks(drawn(LEVELS))["Individual efficacy; 2025-Q1: 52 [46, 58]"]
    bar, dot = next(mark.iter(f"{SVG}line")), next(mark.iter(f"{SVG}circle"))
    middle = (float(bar.get("y1", "")) + float(bar.get("y2", ""))) / 2
    assert middle == pytest.approx(float(dot.get("cy", "")), abs=0.1)  # 52 is midway between 46 and 58


def test_events_stand_above_their_period() -> None:
    assert {"Assistant for everyone", "Prompting course"} <= set(texts(drawn(LEVELS)))


def test_nothing_lies_at_the_line_of_nothing() -> None:
    rows = (Row(name="A", role="collective", value=0.0, low=-1, high=1), Row(name="B", role="quiet", value=1))
    picture = drawn(Rows(rows=rows, x_title="Points", alt=""))
    zero = next(line for line in picture.iter(f"{SVG}line") if line.get("stroke") == COLOURS.neutral)
    assert float(zero.get("x1", "")) == pytest.approx(places(picture)[0][0], abs=0.1)


def test_an_empty_row_says_why_it_is_empty() -> None:
    picture = drawn(SLOPES)
    assert "too few answered" in texts(picture)
    assert len(places(picture)) == 2
    assert f"{LONG}; too few answered" in marks(picture)


@pytest.mark.parametrize("width", [350, 600, 780])
@pytest.mark.parametrize("plot", [GAINS, LEVELS, SLOPES])
def test_everything_lies_within_the_picture(plot: Plot, width: float) -> None:
    picture = drawn(plot, width)
    high = float(picture.get("height", ""))
    for text in picture.iter(f"{SVG}text"):
        assert 0 < float(text.get("x", "")) <= width
        assert 0 < float(text.get("y", "")) <= high
    assert all(0 < x < width and 0 < y < high for x, y in places(picture))


def test_a_name_is_letters_and_nothing_else() -> None:
    picture = drawn(replace(GAINS, alt=HOSTILE))
    known = {"svg", "g", "text", "line", "circle", "polygon"}
    assert {found.tag.removeprefix(SVG) for found in picture.iter()} == known
    assert picture.get("aria-label") == HOSTILE
    assert not any(name.startswith("on") for found in picture.iter() for name in found.attrib)


def test_colours_may_be_a_pages_own_variables() -> None:
    variables = replace(COLOURS, accent="var(--accent)")
    assert 'stroke="var(--accent)"' in drawing(GAINS, variables, 600, 420)


def test_the_table_beside_a_map_has_every_mark() -> None:
    table = figures(GAINS)
    assert table.headings[:2] == ("Name", "Marked as")
    assert table.rows[0] == ("Ada", "No flag", "+2", "+3", "12")
    assert len(table.rows) == 7


def test_the_tables_beside_lines_and_rows_say_what_is_drawn() -> None:
    assert figures(LEVELS).rows[0] == ("2025-Q1", "52 [46, 58]", "51 [44, 58]")
    assert figures(LEVELS).rows[2] == ("2025-Q3", "no figure", "no figure")
    assert figures(SLOPES).rows[0] == ("Collective efficacy", "0.28 [−0.03, 0.60]")
    assert figures(SLOPES).rows[2] == (LONG, "too few answered")


def test_a_drawing_names_no_address_but_its_grammar() -> None:
    addresses = re.findall(r"https?://[^\"' )]+", drawing(LEVELS, COLOURS, 600, 420))
    assert addresses == ["http://www.w3.org/2000/svg"]
