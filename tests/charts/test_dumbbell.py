"""Both levels of each team on one line: the figures as they are, in the order given, whoever the teams are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard import charts
from dashboard.charts.labels import LETTER
from dashboard.disclosure import Released
from dashboard.wording.contrast_view import Level, Order, in_order, rows_at
from dashboard.wording.gates_words import Names
from tests.screens import made, made_units

COLOURS = charts.palette("light")
LAST = made.PERIODS[-1].label


def rows(whole: Released, order: Order = Order.NAME) -> pd.DataFrame:
    return in_order(rows_at(whole, LAST, Level.TEAMS), order)


def trace(figure: object, name: str) -> object:
    return next(trace for trace in figure.data if trace.name == name)  # type: ignore[attr-defined]


def test_filled_dots_are_the_shrunken_means_and_hollow_ones_the_means_as_answered(released: Released) -> None:
    figure = charts.dumbbell(rows(released), COLOURS)
    # made: Atlas ends at 1 + (54 + .8 − .6) / 25 on 1–5, that is 54.2 POMP; shrunken .02 points (.5 POMP) lower
    assert trace(figure, "Collective efficacy, raw").x[0] == pytest.approx(54.2)
    assert trace(figure, "Collective efficacy").x[0] == pytest.approx(53.7)
    assert trace(figure, "Individual efficacy").x[0] == pytest.approx(55 + 12.4 - 0.6 - 0.5)


def test_the_interval_is_that_of_the_mean_as_answered(released: Released) -> None:
    bars = trace(charts.dumbbell(rows(released), COLOURS), "Individual efficacy, raw").error_x
    assert bars.array[0] == pytest.approx(8.75)  # made: .35 points of 4
    assert bars.arrayminus[0] == pytest.approx(8.75)


def test_both_dots_of_a_team_lie_on_its_line(released: Released) -> None:
    figure = charts.dumbbell(rows(released), COLOURS)
    for name in ("Individual efficacy", "Collective efficacy"):
        assert np.abs(np.array(trace(figure, name).y) - np.arange(26)).max() < 0.25
        assert list(trace(figure, name).customdata) == list(rows(released)["name"])


def test_rows_stand_in_the_order_given_the_first_on_top(released: Released) -> None:
    figure = charts.dumbbell(rows(released, Order.RESPONDENTS), COLOURS)
    assert figure.layout.yaxis.ticktext[0] == "Falcon"  # made: 22 answered, the most
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_a_withheld_team_is_an_empty_line_that_says_so(released: Released) -> None:
    figure = charts.dumbbell(rows(released), COLOURS)
    empty = trace(figure, "no dots")
    at = list(rows(released)["name"]).index("Yarrow")
    assert list(empty.y) == [at, at + 1]  # Yarrow and Zephyr
    assert list(empty.text) == ["withheld", "withheld"]
    assert not np.isfinite(trace(figure, "Individual efficacy").x[at])


def test_a_team_that_nobody_answered_for_is_not_called_withheld(released: Released) -> None:
    figure = charts.dumbbell(rows_at(released, made.PERIODS[2].label, Level.TEAMS), COLOURS)
    assert "nobody answered" in trace(figure, "no dots").text  # Quartz


def test_units_are_drawn_as_answered(released: Released) -> None:
    units = rows_at(made_units.with_units(released), made.PERIODS[0].label, Level.UNITS)
    figure = charts.dumbbell(units, COLOURS)
    assert list(trace(figure, "Individual efficacy").x) == pytest.approx([55, 60, 65])
    assert list(trace(figure, "Individual efficacy, raw").x) == pytest.approx([55, 60, 65])


def test_every_page_has_the_axis_it_is_given(released: Released) -> None:
    first, second = (charts.dumbbell(rows(released).iloc[part], COLOURS, (30, 80)) for part in (slice(5), slice(5, 26)))
    assert first.layout.xaxis.range == second.layout.xaxis.range == (30, 80)


def test_the_means_are_called_what_the_data_allow(released: Released) -> None:
    figure = charts.dumbbell(
        rows(released), COLOURS, names=Names("Individual efficacy", "Members’ views of their team")
    )
    labels = [note.text for note in figure.layout.annotations]
    assert labels == ["<b>Individual efficacy</b>", "<b>Members’ views of their team</b>"]
    assert "Members’ views of their team" in trace(figure, "Members’ views of their team").hovertext[0]


def test_a_name_beside_the_axis_never_leaves_the_picture(released: Released) -> None:
    figure = charts.dumbbell(rows(released), COLOURS, (30, 80))
    for note in figure.layout.annotations:
        reach = LETTER * len(note.text) / 400 * 50  # the narrowest plot is 400 px of 50 points
        assert (note.x + reach < 80) if note.xanchor == "left" else (note.x - reach > 30)


@pytest.mark.parametrize("number", [1, 3, 26, 30])
def test_a_line_is_as_high_however_many_there_are(number: int) -> None:
    few = rows(made_units.of_size(60)).head(number)
    each = (charts.dumbbell(few, COLOURS).layout.height - 116) / number
    assert each == 26  # px, the letters are 13


def test_hostile_and_long_names_are_letters_only_and_cut(released: Released) -> None:
    names = {"Atlas": "<a href='https://example.org'>x</a>", "Bridge": "B" * 60}
    figure = charts.dumbbell(rows(made.renamed(released, names)), COLOURS)
    ticks = list(figure.layout.yaxis.ticktext)
    assert not any("<a" in tick for tick in ticks)
    assert max(len(tick) for tick in ticks if tick.startswith("B" * 20)) == 28
    assert not any("<a" in text for text in trace(figure, "Individual efficacy").hovertext)
    assert any("B" * 60 in text for text in trace(figure, "Individual efficacy").hovertext)


def test_rows_that_stand_by_unit_carry_its_name(released: Released) -> None:
    by_unit = rows(made_units.with_units(released, ("<b>N</b>", "South", "West")), Order.UNIT)
    figure = charts.dumbbell(by_unit, COLOURS, units=list(by_unit["unit"]))
    ticks = list(figure.layout.yaxis.ticktext)
    assert "&lt;b&gt;N&lt;/b&gt; · </span>Atlas" in ticks[0]
    assert ticks[-1] == "Zephyr"  # lies in no unit


def test_all_withheld_draws_lines_without_a_dot(released: Released) -> None:
    figure = charts.dumbbell(rows(made_units.all_withheld(released)), COLOURS)
    assert not np.isfinite(np.array(trace(figure, "Individual efficacy").x, float)).any()
    assert len(trace(figure, "no dots").text) == 26
    assert not figure.layout.annotations
