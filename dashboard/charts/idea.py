"""
The idea as a picture: what people can do rises, what the team can do together does not, and the two lines part.

Schematic and labelled so; it holds no data.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.palette import Palette, faded
from dashboard.charts.template import blank
from dashboard.wording import chart_words


def idea(colours: Palette, height: int = 380) -> go.Figure:
    """Two lines that part, the space between them shaded and named."""
    figure = blank(colours, height)
    time = np.linspace(0, 1, 60)
    ease = 1 / (1 + np.exp(-9 * (time - 0.55)))
    individual, collective = 0.32 + 0.56 * ease, 0.30 + 0.05 * ease
    between = {"color": faded(colours.accent, 0), "width": 0}
    figure.add_scatter(x=time, y=collective, mode="lines", line=between, hoverinfo="skip")
    figure.add_scatter(
        x=time,
        y=individual,
        mode="lines",
        line=between,
        fill="tonexty",
        fillcolor=faded(colours.accent, 0.10),
        hoverinfo="skip",
    )
    names = ((individual, colours.individual, 0), (collective, colours.collective, 1))
    for values, colour, place in names:
        figure.add_scatter(x=time, y=values, mode="lines", line={"color": colour, "width": 4}, hoverinfo="skip")
        figure.add_scatter(
            x=time[-1:], y=values[-1:], mode="markers", marker={"color": colour, "size": 11}, hoverinfo="skip"
        )
        _write(figure, f"<b>{chart_words.PARTING[place]}</b>", colour, y=float(values[-1]) + (0.08, -0.09)[place])
    _write(figure, chart_words.PARTING[2], colours.accent, y=0.6, x=0.93)
    _write(figure, chart_words.SCHEMATIC, colours.muted, y=0.04, x=0.005, xanchor="left", size=13)
    hidden = {"visible": False, "fixedrange": True}
    figure.update_xaxes(hidden, range=[-0.01, 1.03]).update_yaxes(hidden, range=[0.0, 1.04])
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})


def _write(
    figure: go.Figure, text: str, colour: str, y: float, x: float = 1.0, xanchor: str = "right", size: int = 17
) -> None:
    font = {"color": colour, "size": size}
    figure.add_annotation(text=text, x=x, y=y, xanchor=xanchor, showarrow=False, font=font)
