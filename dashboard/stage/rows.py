"""
Slide rows: figures with their intervals one under the other, each with its name, as large as a slide lets them be.
"""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.labels import cut
from dashboard.charts.palette import Palette, faded
from dashboard.stage.ground import LETTER, LINE, folded, hue, marker, say, slide_blank
from dashboard.storyline.slide import Row, Rows
from dashboard.wording import escape, present_words

ABOVE, BELOW, RIGHT = 10, 76, 24  # px around the plot
ROW = 30  # px, the lowest row that letters fit in
NAMES = 0.46  # of the width, at most, for names
HIGHEST = 92  # px a row


def slide_rows(plot: Rows, colours: Palette, width: int, height: int) -> go.Figure:
    """
    Draw as many rows as can be read; what is left out is said, and stands in the table beside the slide.

    Parameters
    ----------
    plot : of a slide. width, height : px of the slide.
    """
    room = height - ABOVE - BELOW
    fits = int(room // ROW)
    rows = plot.rows if len(plot.rows) <= fits else plot.rows[: fits - 1]
    lines = len(rows) + (len(rows) < len(plot.rows))
    figure = slide_blank(colours, width, height)
    figure.add_vline(x=0, line={"color": colours.neutral, "width": 2}, layer="below")
    for at, row in enumerate(rows):
        _row(figure, at, row, plot.absent, colours)
    step = min(HIGHEST, room / max(lines, 1))
    letters = int(min(NAMES * width / LETTER, max((len(escape.plain(row.name)) for row in rows), default=8) + 1))
    names = [_name(row.name, letters, int(step // LINE)) for row in rows]
    if lines > len(rows):
        names.append(f"<i>{escape.html(present_words.more_rows(len(plot.rows) - len(rows)))}</i>")
    left = int(24 + LETTER * max((len(part) for name in names for part in _parts(name)), default=8))
    figure.update_yaxes(
        tickvals=list(range(lines)), ticktext=names, range=[lines - 0.5, -0.5], ticks="", showline=False
    )
    title = folded(plot.x_title, int((width - 40) / LETTER))
    figure.update_xaxes(title_text=title, nticks=6, range=_span(rows), title_standoff=8)
    below = BELOW + int(LINE * title.count("<br>"))
    return figure.update_layout(
        margin={
            "l": left,
            "r": RIGHT,
            "t": ABOVE,
            "b": max(below, int(height - ABOVE - step * lines)),
            "autoexpand": False,
        },
        hovermode=False,
    )


def _parts(name: str) -> list[str]:
    plain = name.replace("<i>", "").replace("</i>", "")
    return plain.split("<br>")


def _name(name: str, letters: int, lines: int) -> str:
    """A name on as many lines as its row is high, cut where it is longer."""
    text = escape.plain(name)
    if lines < 2 or len(text) <= letters:
        return escape.html(cut(text, letters))
    parts = folded(text, letters).split("<br>")
    return "<br>".join(parts[:lines]) + ("…" if len(parts) > lines else "")


def _row(figure: go.Figure, at: int, row: Row, absent: str, colours: Palette) -> None:
    colour = hue(row.role, colours)
    if math.isnan(row.value):
        say(figure, escape.html(absent), colours.muted, x=0, y=at, xanchor="left", xshift=12)
        return
    if math.isfinite(row.low) and math.isfinite(row.high):
        line = {"color": faded(colour, 0.55), "width": 7}
        figure.add_scatter(x=[row.low, row.high], y=[at, at], mode="lines", line=line, hoverinfo="skip")
    mark = {"size": 16, "opacity": 1, **marker(row.role, colours)}
    figure.add_scatter(x=[row.value], y=[at], mode="markers", marker=mark, hoverinfo="skip")


def _span(rows: tuple[Row, ...]) -> tuple[float, float]:
    """An axis that holds every interval and nothing (0), with room at both ends."""
    values = np.array([(row.value, row.low, row.high) for row in rows], float).ravel()
    known = np.append(values[np.isfinite(values)], 0.0)
    room = 0.06 * (known.max() - known.min() or 1.0)
    return float(known.min() - room), float(known.max() + room)
