"""
Slide plot: what a slide shows → its drawing, whichever kind it is.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.stage.lines import slide_lines
from dashboard.stage.map import slide_map
from dashboard.stage.rows import slide_rows
from dashboard.storyline.slide import Lines, Map, Plot


def slide_plot(plot: Plot, colours: Palette, width: int, height: int) -> go.Figure:
    """A plot of a slide drawn at exactly `width` × `height`, px of a slide 1280 px wide."""
    if isinstance(plot, Map):
        return slide_map(plot, colours, width, height)
    if isinstance(plot, Lines):
        return slide_lines(plot, colours, width, height)
    return slide_rows(plot, colours, width, height)
