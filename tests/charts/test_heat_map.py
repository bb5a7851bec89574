"""A cell per team and period: its figure, its colour, or why there is none."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard import charts
from dashboard.charts.heat_map import mixed, readable
from dashboard.charts.palette import contrast
from dashboard.disclosure import Released
from dashboard.wording.contrast_view import Level, Measure, cells
from tests.screens import made, made_units

MODES = ["light", "dark"]
NAMES = sorted(made.TEAMS)


def drawn(whole: Released, measure: Measure = Measure.COLLECTIVE, mode: str = "light", **more: object) -> object:
    colours = charts.palette("dark" if mode == "dark" else "light")
    shades = charts.level_shades(colours, str(measure), (40, 80))
    if measure is Measure.SURPLUS:
        shades = charts.surplus_shades(colours, 15)
    found = cells(whole, measure, Level.TEAMS)
    return charts.heat_map(found, more.pop("names", NAMES), whole.periods, str(measure), shades, colours, **more)


def grids(figure: object) -> tuple[np.ndarray, np.ndarray]:
    """Where a slot is withheld, and the figures."""
    slots, values = (trace for trace in figure.data if trace.type == "heatmap")  # type: ignore[attr-defined]
    return np.isfinite(np.array(slots.z, float)), np.array(values.z, float)


def test_cells_hold_the_means_drawn_towards_all(released: Released) -> None:
    _, values = grids(drawn(released))
    assert values.shape == (26, 6)
    assert values[0, -1] == pytest.approx(54.2 - 0.5)  # Atlas, as in the test of the dumbbells


def test_a_withheld_cell_is_an_empty_slot_that_says_so(released: Released) -> None:
    figure = drawn(released)
    withheld, values = grids(figure)
    assert withheld[NAMES.index("Zephyr")].all()
    assert not np.isfinite(values[withheld]).any()
    slot = np.array(figure.data[0].text)[NAMES.index("Xenon")]
    assert list(slot) == ["", "", "", "withheld", "", ""]  # made: withheld in the fourth period alone
    assert "withheld" in np.array(figure.data[0].hovertext)[NAMES.index("Xenon"), 3]


def test_a_period_in_which_nobody_answered_is_a_gap(released: Released) -> None:
    withheld, values = grids(drawn(released))
    at = NAMES.index("Quartz")
    assert not np.isfinite(values[at, 2])
    assert not withheld[at].any()


def test_every_figure_is_written_in_its_cell_and_read_under_the_pointer(released: Released) -> None:
    figure = drawn(released)
    _, values = grids(figure)
    written = figure.data[-1]
    assert len(written.text) == np.isfinite(values).sum()
    assert written.text[0] == f"{values[0, 0]:.0f}"
    assert "14 people answered" in np.array(figure.data[1].hovertext)[0, 0]  # Atlas


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("measure", list(Measure))
def test_figures_can_be_read_on_every_colour(mode: str, measure: Measure) -> None:
    colours = charts.palette("dark" if mode == "dark" else "light")
    shades = charts.level_shades(colours, str(measure), (0, 100))
    if measure is Measure.SURPLUS:
        shades = charts.surplus_shades(colours, 50)
    for value in np.linspace(shades.least, shades.most, 41):
        ground = shades.colour(float(value))
        assert contrast(readable(ground), ground) >= 4.5  # WCAG AA


@pytest.mark.parametrize("mode", MODES)
def test_a_level_has_one_hue_that_grows_away_from_the_page(mode: str) -> None:
    colours = charts.palette("dark" if mode == "dark" else "light")
    for scale in ("individual", "collective"):
        shades = charts.level_shades(colours, scale, (0, 100))
        steps = [contrast(shades.colour(value), colours.background) for value in (0, 25, 50, 75, 100)]
        assert steps == sorted(steps)
        assert shades.colour(100) == getattr(colours, scale)


@pytest.mark.parametrize("mode", MODES)
def test_no_surplus_is_pale_and_both_sides_grow_alike(mode: str) -> None:
    colours = charts.palette("dark" if mode == "dark" else "light")
    shades = charts.surplus_shades(colours, 15)
    assert (shades.least, shades.most) == (-15, 15)
    ground = colours.background
    assert contrast(shades.colour(0), ground) < contrast(shades.colour(-15), ground)
    assert contrast(shades.colour(0), ground) < contrast(shades.colour(15), ground)


def as_seen_without_green(colour: str) -> np.ndarray:
    """Deuteranopia, linear RGB: the matrix of Machado, Oliveira & Fernandes (2009), severity 1."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    matrix = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
    return np.asarray(matrix @ linear)


@pytest.mark.parametrize("mode", MODES)
def test_below_and_above_stay_apart_for_the_colour_blind(mode: str) -> None:
    colours = charts.palette("dark" if mode == "dark" else "light")
    shades = charts.surplus_shades(colours, 15)
    below, above, middle = (as_seen_without_green(shades.colour(value)) for value in (-15, 15, 0))
    # Told apart by blueness: purple keeps more blue than red, green does not.
    assert below[2] - below[0] > 0.05
    assert above[2] - above[0] < 0.05
    assert np.abs(below - middle).max() > 0.1


def test_a_surplus_has_its_sign(released: Released) -> None:
    figure = drawn(made_units.with_surplus(released), Measure.SURPLUS)
    _, values = grids(figure)
    assert values[NAMES.index("Atlas"), 0] == pytest.approx(-15)  # −.6 of 4 points
    assert "−15" in figure.data[-1].text
    assert "+10" in figure.data[-1].text


def test_a_page_draws_its_rows_in_their_order(released: Released) -> None:
    figure = drawn(released, names=["Cobalt", "Atlas"])
    assert list(figure.layout.yaxis.ticktext) == ["Cobalt", "Atlas"]
    assert grids(figure)[1].shape == (2, 6)


def test_many_periods_have_a_sign_where_a_word_would_not_fit(released: Released) -> None:
    colours = charts.palette("light")
    periods = made.in_order([f"wave {at}" for at in range(12)])
    found = cells(released, Measure.COLLECTIVE, Level.TEAMS)
    found = found.assign(period=[periods[at % 12].label for at in range(len(found))])
    figure = charts.heat_map(found, NAMES, periods, "x", charts.level_shades(colours, "collective", (40, 80)), colours)
    assert set(np.array(figure.data[0].text).ravel()) <= {"", "×"}


def test_hostile_names_are_letters_only(released: Released) -> None:
    name = "<a href='https://example.org'>x</a>"
    whole = made.renamed(released, {"Atlas": name})
    figure = drawn(whole, names=[name, "Bridge"])
    assert "<a" not in figure.layout.yaxis.ticktext[0]
    assert not any("<a" in text for text in np.array(figure.data[1].hovertext).ravel())


def test_so_much_of_a_colour() -> None:
    assert mixed("#1a5fb4", "#ffffff", 1) == "#1a5fb4"
    assert mixed("#1a5fb4", "#ffffff", 0) == "#ffffff"
