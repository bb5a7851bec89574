"""
Rows of figures with their intervals, one under the other, each with its name left and its figure right.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.template import SMALL, blank, note
from dashboard.wording import escape

ROW = 32  # px
ABOVE, BELOW = 16, 64  # px


def interval_rows(
    rows: pd.DataFrame, colour_of: Sequence[str], colours: Palette, axis: str, right: int = 150, none: bool = True
) -> go.Figure:
    """
    Parameters
    ----------
    rows : in the order drawn, columns `label value low high figure`; where `group` is there, its name stands above the
        first row of each group.
    colour_of : of each row. axis : what the figures are, with their unit.
    right : px for the figures. none : whether a line marks zero.
    """
    at, ticks = _lines(rows)
    figure = blank(colours, int(ABOVE + BELOW + ROW * len(ticks)))
    if none:
        figure.add_vline(x=0, line={"color": colours.neutral, "width": 1}, layer="below")
    for place, colour, row in zip(at, colour_of, rows.to_dict(orient="records"), strict=True):
        _row(figure, place, colour, row)
        side = {"xref": "paper", "x": 1.01, "xanchor": "left", "y": place}
        note(figure, escape.html(row["figure"]), colours.ink, **side)
    figure.update_yaxes(
        tickvals=list(range(len(ticks))),
        ticktext=ticks,
        range=[len(ticks) - 0.5, -0.5],
        ticks="",
        showline=False,
        automargin=True,
        tickfont={"size": SMALL, "color": colours.ink},
    )
    figure.update_xaxes(title_text=axis, automargin=True, nticks=6, range=_span(rows, none))
    return figure.update_layout(margin={"t": ABOVE, "b": BELOW, "r": right}, hovermode=False)


def _span(rows: pd.DataFrame, none: bool) -> tuple[float, float]:
    """An axis that holds every interval, with room at both ends."""
    values = rows[["value", "low", "high"]].to_numpy(float)
    known = np.append(values[np.isfinite(values)], [0.0] if none else [])
    low, high = float(known.min(initial=0.0)), float(known.max(initial=0.0))
    room = 0.05 * (high - low or 1.0)
    return low - room, high + room


def _lines(rows: pd.DataFrame) -> tuple[list[int], list[str]]:
    """Where each row stands, and the names of all lines, those of groups among them."""
    at, ticks, last = [], [], None
    for row in rows.to_dict(orient="records"):
        group = row.get("group")
        if group is not None and group != last:
            ticks.append(f"<b>{escape.html(group)}</b>")
            last = group
        at.append(len(ticks))
        ticks.append(escape.html(row["label"]))
    return at, ticks


def _row(figure: go.Figure, place: int, colour: str, row: dict[str, float]) -> None:
    known = np.isfinite([row["low"], row["high"]]).all()
    if known:
        figure.add_scatter(
            x=[row["low"], row["high"]], y=[place] * 2, mode="lines", line={"color": colour, "width": 2.5}
        )
    figure.add_scatter(x=[row["value"]], y=[place], mode="markers", marker={"size": 11, "color": colour})
