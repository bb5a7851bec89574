"""
One period only: each team's belief in itself against what its members' belief in themselves predicts.

A level, not a change, and never a verdict; the intervals say how little one period can tell.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.template import blank
from dashboard.terms import Settings
from dashboard.wording import chart_words, escape

ROW = 26  # px


def gaps(worth_watching: pd.DataFrame, settings: Settings, colours: Palette) -> go.Figure:
    """
    A row per team in the order given: the gap with its interval; the accent where it is more likely than not.

    Parameters
    ----------
    worth_watching : of a released diagnosis; rows without a figure are left out.
    """
    shown = worth_watching[np.isfinite(worth_watching["gap"])]
    figure = blank(colours, 110 + ROW * max(len(shown), 1))
    likely = (shown["probability"] >= settings.watch_probability).to_numpy()
    gap = shown["gap"].to_numpy(float)
    figure.add_vline(x=0, line={"color": colours.neutral, "width": 1}, layer="below")
    for at, colour in ((~likely, colours.collective), (likely, colours.accent)):
        part = shown[at]
        ends = {"array": part["gap_high"] - gap[at], "arrayminus": gap[at] - part["gap_low"], "color": colour}
        figure.add_scatter(
            x=gap[at],
            y=np.flatnonzero(at),
            mode="markers",
            marker={"size": 10, "color": colour},
            error_x={**ends, "thickness": 1.5, "width": 0},
            hovertext=[chart_words.gap_point(row) for row in part.to_dict(orient="records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    names = [escape.html(name if len(name) <= 28 else f"{name[:27]}…") for name in shown["team_id"]]
    ticks = {"tickvals": list(range(len(shown))), "ticktext": names, "range": [len(shown) - 0.5, -0.5]}
    figure.update_yaxes(ticks="", showline=False, automargin=True, **ticks)
    figure.update_xaxes(title_text=chart_words.GAP.format(noun=settings.noun), automargin=True)
    return figure.update_layout(margin={"b": 64}, hovermode="closest")
