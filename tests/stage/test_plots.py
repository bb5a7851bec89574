"""The story's plots at the size of a slide: the figures as they are, in letters for the back of a room."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.charts import palette
from dashboard.stage import slide_plot
from dashboard.stage.ground import LETTERS
from dashboard.storyline import Line, Lines, Map, Marks, Row, Rows
from dashboard.wording import present_words
from tests.storyline.made import SITUATIONS, deck

NAN = math.nan
LIGHT = palette()
MAP = Map(
    marks=(
        Marks(name="Not yet", role="flagged", x=(12.0,), y=(1.0,), size=(16.0,), names=("<b>Alpha</b>",)),
        Marks(name="Worth a conversation", role="watched", x=(8.0,), y=(2.0,), size=(9.0,), names=("Beta",)),
        Marks(name="Neither", role="quiet", x=(1.0, 2.0), y=(3.0, 4.0), size=(4.0, 4.0), called=("C", "D")),
    ),
    x_title="Gain across",
    y_title="Gain up",
    alt="A map.",
    gain=5.0,
    share=0.5,
    line="compounding line: half is shared",
    region="Not compounding: members gained 5 or more, the team less than half of it",
)
LINES = Lines(
    periods=("2025-Q1", "2025-Q2", "2025-Q3"),
    lines=(
        Line(
            name="Individual efficacy",
            role="individual",
            value=(50.0, NAN, 60.0),
            low=(45.0, NAN, 57.0),
            high=(56.0, NAN, 64.0),
        ),
        Line(name="Collective efficacy", role="collective", value=(50.0, NAN, 60.5)),
    ),
    y_title="Points of 100",
    levels=(40.0, 70.0),
    alt="Two lines.",
    events=(("2025-Q2", "<i>Offsite</i>"), ("2031-Q1", "Not surveyed")),
)
ROWS = Rows(
    rows=(
        Row(name="Quality", role="collective", value=0.2, low=-0.1, high=0.5),
        Row(name="<Speed>", role="quiet", value=NAN),
    ),
    x_title="Slope",
    alt="Rows.",
    absent="not shown",
)


def texts(figure: go.Figure) -> Iterator[str]:
    """Everything that is written in a figure."""
    yield from (note.text for note in figure.layout.annotations)
    for trace in figure.data:
        yield from (trace.text or ())
    yield from (figure.layout.xaxis.title.text or "", figure.layout.yaxis.title.text or "")
    yield from (figure.layout.yaxis.ticktext or ())


def written(figure: go.Figure) -> str:
    return "\n".join(str(text).replace("<br>", " ") for text in texts(figure))


def drawn(plot: Any, width: int = 760, height: int = 520) -> go.Figure:
    return slide_plot(plot, LIGHT, width, height)


def test_marks_stand_where_their_figures_are_and_are_as_large_as_their_respondents() -> None:
    figure = drawn(MAP)
    flagged = next(trace for trace in figure.data if list(trace.x) == [12.0] and trace.mode == "markers")
    assert list(flagged.y) == [1.0]
    assert flagged.marker.size[0] == pytest.approx(22)  # 5.5 √16
    assert flagged.marker.line.color == LIGHT.accent


def test_flags_are_filled_and_the_watch_list_is_hollow_so_that_colour_alone_says_nothing() -> None:
    marks = {trace.x[0]: trace.marker.color for trace in drawn(MAP).data if trace.mode == "markers"}
    assert marks[8.0] == LIGHT.background
    assert marks[12.0] != marks[8.0]
    key = next(text for text in texts(drawn(MAP)) if "Neither" in text)
    assert key.count("●") == 2
    assert key.count("○") == 1


def test_one_point_is_as_long_across_as_up_on_the_map_of_gains() -> None:
    figure = drawn(MAP)
    margin = figure.layout.margin
    across, up = figure.layout.xaxis.range, figure.layout.yaxis.range
    wide, high = 760 - margin.l - margin.r, 520 - margin.t - margin.b
    assert wide / (across[1] - across[0]) == pytest.approx(high / (up[1] - up[0]))


def test_names_are_written_as_they_are_and_only_those_that_are_to_be_written() -> None:
    said = written(drawn(MAP))
    assert "&lt;b&gt;Alpha&lt;/b&gt;" in said
    assert "Beta" in said
    quiet = next(trace for trace in drawn(MAP).data if len(trace.x) == 2 and trace.mode == "markers")
    assert list(quiet.hovertext) == ["C", "D"]


def test_lines_are_the_figures_with_their_intervals_and_a_period_without_any_is_an_empty_slot() -> None:
    figure = drawn(LINES)
    individual = figure.data[0]
    np.testing.assert_array_equal(individual.y, [50, NAN, 60])
    np.testing.assert_array_equal(individual.error_y.array, [6, NAN, 4])
    np.testing.assert_array_equal(individual.error_y.arrayminus, [5, NAN, 3])
    assert individual.connectgaps is False
    slots = [note for note in figure.layout.annotations if note.text == present_words.WITHHELD]
    assert [note.x for note in slots] == [1]


def test_the_names_of_two_lines_that_end_together_do_not_lie_on_each_other() -> None:
    names = [note for note in drawn(LINES).layout.annotations if "efficacy" in note.text]
    places = sorted(note.yshift + (note.y - 40) * 400 / 30 for note in names)
    assert places[1] - places[0] > 40  # two lines of 24 px each, less the half point between the two ends


def test_an_event_is_named_in_its_period_and_one_outside_is_not() -> None:
    said = written(drawn(LINES))
    assert "&lt;i&gt;Offsite&lt;/i&gt;" in said
    assert "Not surveyed" not in said


def test_rows_show_their_interval_and_say_where_there_is_none() -> None:
    figure = drawn(ROWS)
    assert list(figure.data[0].x) == [-0.1, 0.5]
    assert list(figure.data[1].x) == [0.2]
    assert len(figure.data) == 2
    assert "not shown" in written(figure)
    assert "&lt;Speed&gt;" in written(figure)


def test_rows_that_have_no_room_are_counted() -> None:
    many = Rows(rows=tuple(Row(name=f"Row {at}", role="quiet", value=1.0) for at in range(60)), x_title="", alt="")
    figure = drawn(many)
    shown = sum(trace.mode == "markers" for trace in figure.data)
    assert present_words.more_rows(60 - shown) in written(figure)
    assert 10 < shown < 60


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name != "example"])
def test_every_story_is_drawn_in_letters_of_18_px_and_nothing_in_it_is_markup(situation: str) -> None:
    for slide in deck(situation).slides:
        if slide.plot is None:
            continue
        figure = drawn(slide.plot)
        sizes = [note.font.size for note in figure.layout.annotations]
        sizes += [figure.layout.xaxis.tickfont.size, figure.layout.yaxis.tickfont.size, figure.layout.font.size]
        assert min(sizes) >= LETTERS == 18
        for mark in ("<img", "<b>bold", "<a "):
            assert mark not in written(figure)
