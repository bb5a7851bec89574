"""
Teams over periods: one cell each, the stronger its colour the higher, its figure written in it.

A withheld cell is an empty slot that says so; a period in which nobody answered is a gap. Levels have one hue each, and
one scale for all teams and periods; surplus has two, around zero. Green and purple stay apart for every common form of
colour blindness (ColorBrewer PRGn), and the figure in the cell says the same as its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette, contrast, faded
from dashboard.charts.row_names import row_names
from dashboard.charts.template import SMALL, blank
from dashboard.terms import Period
from dashboard.wording import chart_words, contrast_words

ROW = 26  # px
AROUND = 72  # px above and below the rows
WRITTEN = 9  # periods up to which a cell is wide enough for "withheld"
ABOVE, BELOW = {"light": "#1b7837", "dark": "#7fbf7b"}, {"light": "#762a83", "dark": "#c2a5cf"}

Grid = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """From `low` to `high` over the figures between `least` and `most`; through `middle` at zero where there is one."""

    low: str
    high: str
    least: float
    most: float
    middle: str = ""

    def colour(self, value: float) -> str:
        """The colour of a figure, `#rrggbb`."""
        steps = [self.low, self.middle, self.high] if self.middle else [self.low, self.high]
        part = (value - self.least) / (self.most - self.least) if self.most > self.least else 0.5
        at = min(max(part, 0.0), 1.0) * (len(steps) - 1)
        first = min(int(at), len(steps) - 2)
        return mixed(steps[first + 1], steps[first], at - first)

    @property
    def scale(self) -> list[list[object]]:
        """As Plotly takes it."""
        steps = [self.low, self.middle, self.high] if self.middle else [self.low, self.high]
        return [[at / (len(steps) - 1), colour] for at, colour in enumerate(steps)]


def heat_map(
    cells: pd.DataFrame,
    names: Sequence[str],
    periods: Sequence[Period],
    measure: str,
    shades: Shades,
    colours: Palette,
    units: Sequence[str] = (),
) -> go.Figure:
    """
    Parameters
    ----------
    cells : a row per name and period, columns `name period respondents withheld` and `value`, `low`, `high` in POMP.
    names : of the rows, in the order to be drawn; the first on top.
    periods : of the columns.
    measure : what the value is called.
    shades : the same for every page.
    units : of the rows, to stand before their names; none where the rows do not stand by unit.
    """
    figure = blank(colours, AROUND + ROW * max(len(names), 1))
    grid = cells.drop_duplicates(["name", "period"]).set_index(["name", "period"])
    keys = pd.MultiIndex.from_product([list(names), [period.label for period in periods]], names=["name", "period"])
    rows = grid.reindex(keys).reset_index()
    shape = (len(names), len(periods))
    _slots(figure, rows, shape, colours)
    texts = [contrast_words.cell(row, measure) for row in rows.to_dict(orient="records")]
    values = rows["value"].to_numpy(float).reshape(shape)
    figure.add_heatmap(
        z=values,
        hovertext=np.array(texts, dtype=object).reshape(shape),
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        colorscale=shades.scale,
        zmin=shades.least,
        zmax=shades.most,
        showscale=False,
        xgap=2,
        ygap=2,
    )  # fmt: skip
    _figures(figure, values, shades)
    labels = row_names(names, units, colours)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=labels, range=[len(names) - 0.5, -0.5],
        ticks="", showline=False, automargin=True, tickfont={"size": SMALL, "color": colours.ink},
    )  # fmt: skip
    ticks = [chart_words.tick(period.label) for period in periods]
    figure.update_xaxes(
        tickvals=list(range(len(periods))), ticktext=ticks, tickangle=0, range=[-0.5, len(periods) - 0.5],
        side="top", ticks="", showline=False,
    )  # fmt: skip
    return figure.update_layout(margin={"t": 52, "b": 12, "l": 120}, hovermode="closest")


def _figures(figure: go.Figure, values: Grid, shades: Shades) -> None:
    """The figure of each cell, black or white, whichever stands out more from the cell's colour."""
    down, across = np.nonzero(np.isfinite(values))
    figure.add_scatter(
        x=across,
        y=down,
        mode="text",
        text=[contrast_words.figure(value, bool(shades.middle)) for value in values[down, across]],
        textfont={"size": SMALL, "color": [readable(shades.colour(value)) for value in values[down, across]]},
        hoverinfo="skip",
    )


def readable(ground: str) -> str:
    """
    Black or white, whichever can be read better on a colour; the contrast is 4.5 at least.

    >>> readable("#1a5fb4"), readable("#dde7f4")
    ('#ffffff', '#000000')
    """
    return max("#000000", "#ffffff", key=lambda letters: contrast(letters, ground))


def level_shades(colours: Palette, scale: str, levels: tuple[float, float]) -> Shades:
    """One hue: hardly there at the lower end of the axis, full at the upper; `scale` is individual or collective."""
    hue = colours.collective if scale == "collective" else colours.individual
    return Shades(low=mixed(hue, colours.background, 0.06), high=hue, least=levels[0], most=levels[1])


def surplus_shades(colours: Palette, farthest: float) -> Shades:
    """Two hues around zero: purple below what is predicted, green above; `farthest` in POMP points."""
    mode = "light" if colours.background == "#ffffff" else "dark"
    middle = mixed(colours.neutral, colours.background, 0.15)
    return Shades(low=BELOW[mode], middle=middle, high=ABOVE[mode], least=-farthest, most=farthest)


def _slots(figure: go.Figure, rows: pd.DataFrame, shape: tuple[int, int], colours: Palette) -> None:
    """The withheld cells."""
    reasons = rows["withheld"].fillna("").astype(str)
    withheld = contrast_words.is_withheld(reasons)
    label = contrast_words.WITHHELD if shape[1] <= WRITTEN else contrast_words.WITHHELD_SIGN
    ground = faded(colours.neutral, 0.12)
    texts = [contrast_words.cell(row, "") for row in rows.to_dict(orient="records")]
    figure.add_heatmap(
        z=np.where(withheld, 1.0, np.nan).reshape(shape),
        text=np.where(withheld, label, "").reshape(shape),
        texttemplate="%{text}",
        textfont={"size": SMALL - 1, "color": colours.muted},
        hovertext=np.array(texts, dtype=object).reshape(shape),
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        colorscale=[[0, ground], [1, ground]],
        showscale=False,
        xgap=2,
        ygap=2,
    )


def mixed(colour: str, ground: str, part: float) -> str:
    """
    So much of a colour on its ground, as `#rrggbb`.

    >>> mixed("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    pairs = zip(*([int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in (colour, ground)), strict=True)
    return "#" + "".join(f"{round(part * over + (1 - part) * under):02x}" for over, under in pairs)
