"""
Template: what all charts have in common. Letters large enough for the back of a room, axes that stay in the
background, nothing that is not the message.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.palette import Palette

FONT = '"House Sans", "Source Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
LETTERS, SMALL = 15, 13  # px


def blank(colours: Palette, height: int) -> go.Figure:
    """An empty figure in the house's style. `height` in px; the width is the page's."""
    figure = go.Figure(layout=go.Layout(template=_template(colours)))
    return figure.update_layout(height=height)


def _template(colours: Palette) -> go.layout.Template:
    axis = {
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": colours.line,
        "linecolor": colours.line,
        "showline": True,
        "tickfont": {"size": SMALL, "color": colours.muted},
        "title": {"font": {"size": LETTERS, "color": colours.muted}, "standoff": 12},
        "fixedrange": True,
    }
    return go.layout.Template(
        layout=go.Layout(
            font={"family": FONT, "size": LETTERS, "color": colours.ink},
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            margin={"l": 64, "r": 24, "t": 16, "b": 56},
            showlegend=False,
            xaxis=axis,
            yaxis=axis,
            hoverlabel={
                "bgcolor": colours.background,
                "bordercolor": colours.line,
                "font": {"family": FONT, "size": SMALL, "color": colours.ink},
                "align": "left",
            },
            dragmode=False,
        )
    )


def note(figure: go.Figure, text: str, colour: str, **place: object) -> None:
    """
    Write a label into the chart itself, so that no legend is needed.

    Parameters
    ----------
    text : already harmless where it comes from data (`wording.escape.html`).
    place : as Plotly's annotations take it: `x`, `y`, `xref`, `yref`, anchors, shifts.
    """
    figure.add_annotation(text=text, showarrow=False, font={"color": colour, "size": SMALL}, **place)
