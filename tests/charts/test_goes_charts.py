"""Charts of what goes with performance: they draw the figures they are given, all of them, and harmless names."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import charts
from dashboard.wording import goes_words
from tests.screens import made
from tests.wording.test_goes_words import metric

COLOURS = charts.palette()
FORGED = "<b>x</b><a href='https://example.org'>y</a>"


def rows_of(figure) -> list[tuple[float, float]]:
    """(value, line) of every mark."""
    return [(trace.x[0], trace.y[0]) for trace in figure.data if trace.mode == "markers"]


def test_every_slope_is_drawn_where_it_is_with_its_interval() -> None:
    rows = goes_words.slope_rows(metric(), "delivered value", made.released())
    figure = charts.goes_slopes(rows, COLOURS)
    assert [value for value, _ in rows_of(figure)] == list(rows["slope"])
    ends = [tuple(trace.x) for trace in figure.data if trace.mode == "lines"]
    assert ends == list(zip(rows["low"], rows["high"], strict=True))
    assert len(figure.layout.yaxis.ticktext) == 8 + 4  # eight slopes and the names of four models
    assert [note.text for note in figure.layout.annotations] == list(rows["figure"])
    low, high = figure.layout.xaxis.range
    assert low < rows["low"].min()
    assert high > rows["high"].max()


def test_collective_and_individual_keep_their_hues() -> None:
    rows = goes_words.slope_rows(metric(), "delivered value", made.released())
    marks = [trace.marker.color for trace in charts.goes_slopes(rows, COLOURS).data if trace.mode == "markers"]
    assert marks[:3] == [COLOURS.collective, COLOURS.individual, COLOURS.neutral]


def test_shares_are_percent_of_a_whole() -> None:
    figure = charts.goes_shares(goes_words.dominance_rows(metric(), made.released()), COLOURS)
    assert [value for value, _ in rows_of(figure)] == pytest.approx([25, 5, 70])
    assert tuple(figure.layout.xaxis.tickvals) == (0, 50, 100)


def test_the_reliability_estimated_here_is_the_one_to_look_at() -> None:
    figure = charts.goes_sensitivity(goes_words.sensitivity_rows(metric()), COLOURS)
    marks = [trace.marker.color for trace in figure.data if trace.mode == "markers"]
    assert marks == [COLOURS.collective, COLOURS.collective, COLOURS.accent]


def points(number: int) -> pd.DataFrame:
    rows = [(FORGED, "2025-Q1", "2025-Q2", 40 + at % 50, at % 7 - 3.0) for at in range(number)]
    return pd.DataFrame(rows, columns=["team_id", "before", "period", "collective", "performance"])


def test_the_scatter_has_a_mark_for_each_and_no_line() -> None:
    figure = charts.goes_scatter(points(5), FORGED, ("Across", "Up", FORGED), COLOURS)
    assert [trace.mode for trace in figure.data] == ["markers"]
    assert list(figure.data[0].x) == [40, 41, 42, 43, 44]
    texts = [*figure.data[0].hovertext, figure.layout.yaxis.title.text]
    assert not any("<a" in text or "<b>x" in text for text in texts)


def test_very_many_marks_are_counted_in_squares() -> None:
    figure = charts.goes_scatter(points(1501), "value", ("Across", "Up", ""), COLOURS)
    assert [trace.type for trace in figure.data] == ["histogram2d"]
