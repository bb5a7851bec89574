"""A team's lines, who changed, gaps of one period, metrics and the idea: what is drawn is what was found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.charts import common_levels, common_span, gaps, idea, metric_panel, palette, team_lines, who_changed
from dashboard.charts.team_lines import tiers
from dashboard.charts.who_changed import part_values
from dashboard.disclosure import Released
from dashboard.terms import COLLECTIVE, INDIVIDUAL
from dashboard.wording.units import changes_in_pomp, in_pomp
from tests.screens import made

COLOURS = palette()


def lines_of(released: Released, team: str) -> dict[str, object]:
    """Name of a trace → the trace, for one team."""
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == team], released.periods, released.events, COLOURS)
    return {trace.name: trace for trace in figure.data}


def test_points_become_percent_of_the_maximum_possible(released: Released) -> None:
    table = pd.DataFrame({"individual": [1.0, 3.0, 5.0], "collective": [1.0, 2.0, np.nan]})
    converted = in_pomp(table, released.instrument)  # both scales run from 1 to 5
    assert converted["individual"].tolist() == [0, 50, 100]
    assert converted["collective"].tolist()[:2] == [0, 25]


def test_the_line_is_the_shrunken_mean_and_the_hollow_dots_the_raw_one(released: Released) -> None:
    traces = lines_of(released, "Atlas")
    # made: raw 1 + (55 + 12.4 · 1 − 0.6) / 25 on 1–5 at the last period, shrunken .02 points less
    assert traces["Individual efficacy, raw"].y[-1] == pytest.approx(66.8)
    assert traces["Individual efficacy"].y[-1] == pytest.approx(66.8 - 0.5)


def test_the_raw_interval_is_drawn_around_the_raw_mean(released: Released) -> None:
    bars = lines_of(released, "Atlas")["Collective efficacy, raw"].error_y
    assert np.allclose(bars.array, 8.75)  # .35 points on 1–5
    assert np.allclose(bars.arrayminus, 8.75)


def test_a_missing_period_is_a_gap(released: Released) -> None:
    line = lines_of(released, "Quartz")["Individual efficacy"]  # nobody answered in its third period
    assert np.isnan(line.y[2])
    assert np.isfinite(np.delete(line.y, 2)).all()
    assert line.connectgaps is False


def test_without_shrinking_the_line_is_the_raw_mean(released: Released) -> None:
    rows = in_pomp(released.teams, released.instrument).assign(individual_shrunken=np.nan, collective_shrunken=np.nan)
    figure = team_lines(rows[rows["team_id"] == "Atlas"], released.periods, released.events, COLOURS)
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces["Individual efficacy"].y) == list(traces["Individual efficacy, raw"].y)


def test_individual_and_collective_have_their_hues(released: Released) -> None:
    traces = lines_of(released, "Atlas")
    assert traces["Individual efficacy"].line.color == COLOURS.individual
    assert traces["Collective efficacy"].line.color == COLOURS.collective


def test_events_stand_at_their_period_with_their_name(released: Released) -> None:
    events = released.events[released.events["team_id"].isin(["", "Atlas"])]
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == "Atlas"], released.periods, events, COLOURS)
    named = {note.text: note.x for note in figure.layout.annotations if not note.text.startswith("<b>")}
    assert named == {"Assistant for everyone": 1, "Prompting course": 3}  # 2025-Q2 and 2025-Q4
    assert sorted(shape.x0 for shape in figure.layout.shapes) == [1, 3]


def test_names_of_close_events_stand_on_two_levels(released: Released) -> None:
    events = released.events[released.events["team_id"].isin(["", "Cobalt"])]  # 2025-Q2 and 2025-Q3
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == "Cobalt"], released.periods, events, COLOURS)
    shifts = {note.text: note.yshift for note in figure.layout.annotations if not note.text.startswith("<b>")}
    assert shifts["Joint migration"] != shifts["Assistant for everyone"]


def test_names_of_events_in_every_period_never_cover_each_other() -> None:
    places, widths = [45.0 * at for at in range(6)], [180.0] * 6  # six periods on 300 px, 26 letters each
    found, left_out = tiers(places, widths)
    ends: dict[int, float] = {}
    for place, width, tier in zip(places, widths, found, strict=True):
        if tier is not None:
            assert place - width / 2 > ends.get(tier, -1e9)
            ends[tier] = place + width / 2
    assert left_out == 1  # four tiers; the first is free again after 186 px, at the sixth event


def test_a_mean_at_an_end_of_the_scale_is_drawn_whole(released: Released) -> None:
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == "Atlas"], released.periods, released.events, COLOURS, (0.0, 100.0))
    assert list(figure.layout.yaxis.range) == [-3, 103]
    assert figure.layout.yaxis.dtick == 20  # 0, 20 … 100


def test_an_event_named_by_an_attacker_is_letters_only(released: Released) -> None:
    events = released.events.assign(name="<a href='https://example.org'>x</a>", team_id="")
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == "Atlas"], released.periods, events, COLOURS)
    assert not any("<a" in note.text for note in figure.layout.annotations)


def test_a_team_without_any_figure_draws_empty_lines(released: Released) -> None:
    traces = lines_of(released, "Zephyr")
    assert not np.isfinite(traces["Individual efficacy"].y).any()


def test_every_team_has_the_same_axis(released: Released) -> None:
    low, high = common_levels(in_pomp(released.teams, released.instrument))
    values = in_pomp(released.teams, released.instrument)[["individual_low", "individual_high"]].to_numpy(float)
    assert low <= np.nanmin(values)
    assert np.nanmax(values) <= high
    assert low % 10 == 0
    assert high % 10 == 0


def test_the_parts_of_a_change_are_drawn_as_they_are(released: Released) -> None:
    own = changes_in_pomp(released.changes[released.changes["team_id"] == "Atlas"], released.instrument)
    figure = who_changed(own, COLOURS)
    individual = next(trace for trace in figure.data if trace.name == "Individual efficacy")
    assert list(individual.x) == pytest.approx([0.7 * 12.4, 0.2 * 12.4, 0.1 * 12.4])  # made so
    assert sum(part_values(own, INDIVIDUAL)) == pytest.approx(12.4)
    assert sum(part_values(own, COLLECTIVE)) == pytest.approx(0.8)


def test_no_change_lies_in_the_middle_of_the_bars(released: Released) -> None:
    own = changes_in_pomp(released.changes[released.changes["team_id"] == "Kestrel"], released.instrument)
    low, high = who_changed(own, COLOURS).layout.xaxis.range
    assert low == -high
    assert high > 0.7 * 6.1


def test_parts_that_are_not_shown_have_no_bar(released: Released) -> None:
    own = changes_in_pomp(released.changes[released.changes["team_id"] == "Iris"], released.instrument)
    assert not np.isfinite(part_values(own, INDIVIDUAL)).any()
    assert all(not np.isfinite(np.array(trace.x, float)).any() for trace in who_changed(own, COLOURS).data)


def test_gaps_keep_the_order_given_and_leave_out_who_has_none() -> None:
    one = made.one_period()
    table = one.worth_watching
    assert table is not None
    figure = gaps(table, one.settings, COLOURS)
    assert list(figure.layout.yaxis.ticktext) == [team for team in made.TEAMS if team not in ("Yarrow", "Zephyr")]
    assert sum(len(trace.x) for trace in figure.data) == 24


def test_only_gaps_more_likely_than_not_have_the_accent() -> None:
    one = made.one_period()
    table = one.worth_watching
    assert table is not None
    figure = gaps(table, one.settings, COLOURS)
    accent = next(trace for trace in figure.data if trace.marker.color == COLOURS.accent)
    assert len(accent.x) == int((table["probability"] >= 0.5).sum())
    assert max(accent.x) < -6  # made: probability .55 below a gap of −6


def test_a_metric_stands_in_its_own_unit_on_an_axis_of_all_teams(released: Released) -> None:
    metric = released.metrics[released.metrics["metric"] == "cycle_time"]
    span = common_span(released.metrics, "cycle_time")
    figure = metric_panel(metric[metric["team_id"] == "Atlas"], released.periods, COLOURS, span)
    assert list(figure.data[0].y) == pytest.approx([9.0, 8.8, 8.6, 8.4, 8.2, 8.0])
    assert figure.layout.yaxis.title.text == "days"
    assert span is not None
    assert tuple(figure.layout.yaxis.range) == span
    assert span[0] < 8.0 < 12.0 < span[1]  # teams begin at 9, 10, 11 or 12 days and fall by one


def test_a_metric_that_never_differs_has_no_common_axis() -> None:
    assert common_span(pd.DataFrame({"metric": ["m", "m"], "value": [3.0, 3.0]}), "m") is None


def test_the_idea_says_that_it_is_no_data() -> None:
    figure = idea(COLOURS)
    assert any("Schematic, not data" in note.text for note in figure.layout.annotations)
    individual, collective = figure.data[-4], figure.data[-2]
    assert individual.y[-1] - individual.y[0] > 5 * (collective.y[-1] - collective.y[0])  # the lines part


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_chart_needs_a_legend(released: Released, mode: str) -> None:
    colours = palette("dark" if mode == "dark" else "light")
    rows = in_pomp(released.teams, released.instrument)
    figure = team_lines(rows[rows["team_id"] == "Atlas"], released.periods, released.events, colours)
    assert figure.layout.template.layout.showlegend is False
    assert {"<b>Individual efficacy</b>", "<b>Collective efficacy</b>"} <= {a.text for a in figure.layout.annotations}
