"""
Individual and collective side by side: two dots on one line per team, each with its interval, in an order given.

The filled dot is the mean drawn towards all teams, the hollow one the raw mean that the interval belongs to; where
nothing is drawn towards anything (units, few teams) there is the filled dot alone. All rows, and all pages of them,
have the same axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette, faded
from dashboard.charts.row_names import row_names
from dashboard.charts.template import SMALL, blank, note
from dashboard.wording import contrast_words, escape
from dashboard.wording.contrast_view import drawn
from dashboard.wording.gates_words import NAMES, Names

ROW = 26  # px
AROUND = 116  # px above and below the rows
APART = 0.17  # rows, of the two dots from the middle of their line
EDGE = 2.0  # POMP beyond an end of the scale, so that a mark at 0 or 100 is drawn whole


class _Series(NamedTuple):
    column: str
    name: str
    colour: str
    away: float


def dumbbell(
    rows: pd.DataFrame,
    colours: Palette,
    levels: tuple[float, float] = (0, 100),
    names: Names = NAMES,
    units: Sequence[str] = (),
) -> go.Figure:
    """
    Draw the rows given.

    Parameters
    ----------
    rows : in the order to be drawn, columns `name respondents withheld` and, in POMP, `individual collective` with
        `_low _high _shrunken`. A row without figures is an empty line that says why.
    levels : ends of the axis in POMP, the same for every page.
    names : what the two means may be called on these data.
    units : of the rows, to stand before their names; none where the rows do not stand by unit.

    Returns
    -------
    A figure whose filled dots carry the name of their row as `customdata`.
    """
    figure = blank(colours, AROUND + ROW * max(len(rows), 1))
    series = (
        _Series("individual", names.individual, colours.individual, -APART),
        _Series("collective", names.collective, colours.collective, APART),
    )
    _lines(figure, rows, colours)
    for one in series:
        _dots(figure, rows, one)
    _empty(figure, rows, levels, colours)
    _named(figure, rows, series, levels)
    labels = row_names(list(rows["name"]), units, colours)
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=labels, range=[len(rows) - 0.4, -1.9],
        ticks="", showline=False, automargin=True, tickfont={"size": SMALL, "color": colours.ink},
    )  # fmt: skip
    low, high = levels
    ends = [low - EDGE if low == 0 else low, high + EDGE if high == 100 else high]
    figure.update_xaxes(
        title_text=contrast_words.LEVEL, range=ends, tick0=0, dtick=10, showgrid=True, gridcolor=colours.line
    )
    return figure.update_layout(margin={"t": 8, "b": 64, "l": 120}, hovermode="closest", clickmode="event+select")


def _lines(figure: go.Figure, rows: pd.DataFrame, colours: Palette) -> None:
    """From dot to dot, one line per row, so that the eye takes the two for one team."""
    at = np.arange(len(rows), dtype=float)
    gaps = np.full(len(rows), np.nan)
    across = np.column_stack([drawn(rows, "individual"), drawn(rows, "collective"), gaps]).ravel()
    down = np.column_stack([at - APART, at + APART, gaps]).ravel()
    figure.add_scatter(x=across, y=down, mode="lines", line={"color": colours.neutral, "width": 2}, hoverinfo="skip")


def _dots(figure: go.Figure, rows: pd.DataFrame, one: _Series) -> None:
    at = np.arange(len(rows)) + one.away
    raw = rows[one.column].to_numpy(float)
    above, below = rows[f"{one.column}_high"].to_numpy(float) - raw, raw - rows[f"{one.column}_low"].to_numpy(float)
    bars = {"array": above, "arrayminus": below, "color": faded(one.colour, 0.5), "thickness": 1.5, "width": 0}
    hollow = {"size": 7, "color": "rgba(0,0,0,0)", "line": {"color": one.colour, "width": 1.25}}
    figure.add_scatter(
        x=raw, y=at, mode="markers", marker=hollow, error_x=bars, hoverinfo="skip", name=f"{one.name}, raw"
    )
    texts = [contrast_words.point(row, one.column, one.name) for row in rows.to_dict(orient="records")]
    figure.add_scatter(
        x=drawn(rows, one.column),
        y=at,
        mode="markers",
        marker={"size": 11, "color": one.colour},
        hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=rows["name"],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        name=one.name,
    )


def _empty(figure: go.Figure, rows: pd.DataFrame, levels: tuple[float, float], colours: Palette) -> None:
    """Why a row has no dots, where they would be."""
    at = np.flatnonzero(~np.isfinite(drawn(rows, "individual")) & ~np.isfinite(drawn(rows, "collective")))
    figure.add_scatter(
        x=np.full(len(at), sum(levels) / 2),
        y=at,
        mode="text",
        text=[escape.html(contrast_words.empty(reason)) for reason in rows["withheld"].iloc[at]],
        textfont={"size": SMALL, "color": colours.muted},
        hoverinfo="skip",
        name="no dots",
    )


def _named(figure: go.Figure, rows: pd.DataFrame, series: tuple[_Series, ...], levels: tuple[float, float]) -> None:
    """Each colour's name once, above its first dot, each on a height of its own."""
    for tier, one in enumerate(series):
        values = drawn(rows, one.column)
        known = np.flatnonzero(np.isfinite(values))
        if not len(known):
            continue
        x = float(values[known[0]])
        side = "left" if x < sum(levels) / 2 else "right"
        shift = -5 if side == "left" else 5
        y = -1.55 + 0.68 * tier
        note(figure, f"<b>{escape.html(one.name)}</b>", one.colour, x=x, y=y, xanchor=side, xshift=shift)
