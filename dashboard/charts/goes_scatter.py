"""
A scatter of what teams believed in one period and how they performed in the next.

No line through it: what is held equal in the model is not held equal here, and with few teams a line would say more
than they do.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette, faded
from dashboard.charts.template import blank
from dashboard.wording import escape, goes_words

DRAWN_SINGLY = 1500  # marks; more are drawn as counts in squares


def goes_scatter(
    points: pd.DataFrame, name: str, axes: tuple[str, ...], colours: Palette, height: int = 440
) -> go.Figure:
    """
    Parameters
    ----------
    points : released marks, columns `team_id before period collective performance`.
    name : of the metric. axes : the title across, then the lines of the title up.
    """
    figure = blank(colours, height)
    figure.add_hline(y=0, line={"color": colours.line, "width": 1}, layer="below")
    if len(points) > DRAWN_SINGLY:
        _counts(figure, points, colours)
    else:
        _marks(figure, points, name, colours)
    figure.update_xaxes(title_text=escape.html(axes[0]))
    figure.update_yaxes(title_text="<br>".join(map(escape.html, axes[1:])), automargin=True)
    return figure.update_layout(hovermode="closest")


def _marks(figure: go.Figure, points: pd.DataFrame, name: str, colours: Palette) -> None:
    figure.add_scatter(
        x=points["collective"],
        y=points["performance"],
        mode="markers",
        marker={"size": 9, "color": faded(colours.collective, 0.6), "line": {"color": colours.collective, "width": 1}},
        hovertext=[_hover(row, name) for row in points.to_dict(orient="records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(row: dict[str, object], name: str) -> str:
    lines = [escape.html(line) for line in goes_words.point(row, name)]
    return "<br>".join([f"<b>{escape.html(row['team_id'])}</b>", *lines])


def _counts(figure: go.Figure, points: pd.DataFrame, colours: Palette) -> None:
    scale = [[0, faded(colours.collective, 0)], [0.01, faded(colours.collective, 0.25)], [1, colours.collective]]
    figure.add_histogram2d(
        x=points["collective"],
        y=points["performance"],
        nbinsx=40,
        nbinsy=30,
        colorscale=scale,
        showscale=False,
        hovertemplate="%{z}<extra></extra>",
    )
