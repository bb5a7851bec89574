"""The map of gains: what stands where, how large, and what is named."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import gains_map, palette
from dashboard.charts.gains_map import BEYOND, ellipse
from dashboard.charts.labels import Mark, placed
from dashboard.disclosure import Released
from dashboard.terms import Settings

COLOURS = palette()


@pytest.fixture(scope="module")
def figure(released: Released) -> go.Figure:
    return gains_map(released.verdicts, released.settings, COLOURS)


def marks(figure: go.Figure) -> dict[str, tuple[float, float]]:
    """Team → where its mark stands."""
    found = {}
    for trace in figure.data:
        if trace.customdata is not None:
            found |= {str(team): (x, y) for team, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}
    return found


def size_of(figure: go.Figure, team: str) -> float:
    for trace in figure.data:
        if trace.customdata is not None and team in trace.customdata:
            return float(trace.marker.size[list(trace.customdata).index(team)])
    raise AssertionError(f"{team} has no mark")


def test_each_team_stands_at_its_two_gains(figure: go.Figure) -> None:
    assert marks(figure)["Atlas"] == (12.4, 0.8)
    assert marks(figure)["Kestrel"] == (-6.1, -5.2)


def test_withheld_teams_have_no_mark(figure: go.Figure) -> None:
    assert not {"Yarrow", "Zephyr"} & set(marks(figure))
    assert len(marks(figure)) == 24  # 26 less the two that are withheld


def test_the_area_of_a_mark_goes_with_the_number_of_respondents(figure: go.Figure) -> None:
    atlas, iris = size_of(figure, "Atlas"), size_of(figure, "Iris")  # 14 and 8 answered
    assert (atlas / iris) ** 2 == pytest.approx(14 / 8)


def test_both_axes_have_the_same_unit(figure: go.Figure) -> None:
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio in (None, 1)
    assert "points of 100" in figure.layout.xaxis.title.text
    assert "points of 100" in figure.layout.yaxis.title.text


def test_the_region_begins_at_the_smallest_gain_and_lies_below_the_line(figure: go.Figure) -> None:
    region = next(shape for shape in figure.layout.shapes if shape.type == "path")
    assert region.path.startswith("M5,2.5L")  # δ = 5, ρ δ = 2.5
    assert f"{BEYOND:g},{BEYOND / 2:g}" in region.path


def test_the_line_is_where_half_of_the_gain_is_shared(figure: go.Figure) -> None:
    line = next(shape for shape in figure.layout.shapes if shape.type == "line" and shape.x1 == BEYOND)
    assert (line.y1 - line.y0) / (line.x1 - line.x0) == 0.5


def test_another_share_turns_the_line_and_its_name(released: Released) -> None:
    settings = Settings(compounding_share=0.8)
    figure = gains_map(released.verdicts, settings, COLOURS)
    name = next(a for a in figure.layout.annotations if "compounding line" in a.text)
    assert name.textangle == pytest.approx(-math.degrees(math.atan(0.8)))
    assert "80%" in name.text


def test_flagged_and_watched_teams_are_named_and_nobody_else(figure: go.Figure) -> None:
    written = {text for trace in figure.data if trace.text is not None for text in trace.text if text}
    assert written == {"Atlas", "Bridge", "Falcon", "Iris", "Onyx"}


def test_only_the_selected_team_has_an_ellipse_and_a_name(released: Released) -> None:
    figure = gains_map(released.verdicts, released.settings, COLOURS, selected="Cobalt")
    assert sum(trace.fill == "toself" for trace in figure.data) == 1
    assert {t for trace in figure.data if trace.text is not None for t in trace.text if t} == {"Cobalt"}


def test_the_ellipse_holds_ninety_percent() -> None:
    team = pd.Series(
        {
            "individual_gain": 3.0,
            "collective_gain": -1.0,
            "variance_individual": 4.0,
            "variance_collective": 9.0,
            "covariance": 2.0,
        }
    )
    across, up = ellipse(team)
    distance = np.vstack([across - 3, up + 1])
    spread = np.array([[4.0, 2.0], [2.0, 9.0]])
    mahalanobis = np.einsum("in,ij,jn->n", distance, np.linalg.inv(spread), distance)
    assert mahalanobis == pytest.approx(-2 * math.log(0.1), rel=1e-3)  # the χ² quantile of 2 degrees of freedom


def test_an_ellipse_is_never_cut_off(released: Released) -> None:
    figure = gains_map(released.verdicts, released.settings, COLOURS, selected="Atlas")
    across, up = ellipse(released.verdicts.set_index("team_id").loc["Atlas"])
    assert figure.layout.xaxis.range[0] < across.min()
    assert across.max() < figure.layout.xaxis.range[1]
    assert figure.layout.yaxis.range[0] < up.min()
    assert up.max() < figure.layout.yaxis.range[1]


def test_hostile_names_are_letters_only(released: Released) -> None:
    verdicts = released.verdicts.replace({"team_id": {"Atlas": "<img src=x onerror=alert(1)><a href='x'>"}})
    figure = gains_map(verdicts, released.settings, COLOURS)
    texts = [str(t) for trace in figure.data for t in (*(trace.text or ()), *(trace.hovertext or ()))]
    assert any("&lt;img" in text for text in texts)
    assert not any("<img" in text or "<a " in text for text in texts)


def test_many_quiet_teams_are_drawn_as_counts_and_loud_ones_as_marks(released: Released) -> None:
    many = pd.concat([released.verdicts] * 70, ignore_index=True)  # 70 × 19 quiet teams
    figure = gains_map(many, released.settings, COLOURS)
    counts = [trace for trace in figure.data if trace.type == "histogram2d"]
    assert len(counts) == 1
    assert len(counts[0].x) == 70 * 19
    assert sum(len(trace.customdata) for trace in figure.data if trace.customdata is not None) == 70 * 5


def test_an_organisation_without_figures_still_has_its_axes(released: Released) -> None:
    nobody = released.verdicts.assign(individual_gain=np.nan, collective_gain=np.nan)
    figure = gains_map(nobody, released.settings, COLOURS)
    assert marks(figure) == {}
    assert figure.layout.xaxis.range[1] >= 2 * released.settings.gain


def test_the_view_does_not_depend_on_the_order_of_teams(released: Released) -> None:
    shuffled = replace(released, verdicts=released.verdicts.iloc[::-1].reset_index(drop=True))
    figure = gains_map(shuffled.verdicts, shuffled.settings, COLOURS)
    assert marks(figure) == marks(gains_map(released.verdicts, released.settings, COLOURS))


def test_names_do_not_lie_on_each_other_or_on_marks() -> None:
    close = [Mark(x=0, y=0, radius=6, name="Alpha"), Mark(x=14, y=0, radius=6, name="Beta")]
    assert [place for place, _ in placed(close)] == ["left", "right"]


def test_a_name_without_room_is_left_out() -> None:
    around = [Mark(x=x, y=y, radius=9, name="") for x in range(-80, 81, 16) for y in range(-40, 41, 16) if x or y]
    assert placed([Mark(x=0, y=0, radius=4, name="Crowded")], around) == [("", "")]


def test_a_name_at_the_right_edge_stands_to_the_left_of_its_mark() -> None:
    assert placed([Mark(x=90, y=0, radius=5, name="Checkout")], edges=(0, 120)) == [("left", "Checkout")]


def test_a_long_name_is_cut_before_it_is_left_out() -> None:
    found = placed([Mark(x=75, y=0, radius=5, name="A team with a long name")], edges=(0, 150))
    assert found == [("above", "A team with a long…")]  # 24 letters of 7 px are wider than 150, 19 are not


def test_flagged_teams_keep_a_name_on_a_small_map(released: Released) -> None:
    figure = gains_map(released.verdicts, released.settings, COLOURS, width=420)
    written = {text for trace in figure.data if trace.text is not None for text in trace.text if text}
    assert {"Atlas", "Bridge", "Falcon"} <= written


def test_the_name_of_the_line_covers_no_mark_where_there_is_room(released: Released) -> None:
    settings = released.settings
    onto = released.verdicts.assign(individual_gain=16.0, collective_gain=8.0)  # all on the line, at 72% of the width
    figure = gains_map(onto, settings, COLOURS)
    name = next(a for a in figure.layout.annotations if "compounding line" in a.text)
    assert abs(name.x - 16) > 1
