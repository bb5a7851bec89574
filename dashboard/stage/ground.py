"""
Slide ground: what all drawings on a slide have in common: letters for the back of a room, names written where the
marks are, and a key in one line above the plot where a name has no place of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.labels import LETTER as SMALL_LETTER
from dashboard.charts.palette import Palette, faded
from dashboard.charts.template import SMALL, blank
from dashboard.storyline.slide import HUES, Role
from dashboard.wording import escape

LETTERS, TITLES = 18, 19  # px on a slide 1280 px wide: read from 8 m on a projector 2 m wide
RATIO = LETTERS / SMALL  # of these letters to those that `charts.labels` places
LETTER, LINE = SMALL_LETTER * RATIO, 24.0  # px
HOLLOW = ("watched", "unjudged")


def slide_blank(colours: Palette, width: int, height: int) -> go.Figure:
    """An empty figure of exactly this size, px of a slide."""
    figure = blank(colours, height)
    letters = {"size": LETTERS, "color": colours.ink}
    axis = {
        "tickfont": letters,
        "title_font": {"size": TITLES, "color": colours.ink},
        "linecolor": colours.neutral,
        "tickcolor": colours.neutral,
    }
    figure.update_xaxes(**axis).update_yaxes(**axis)
    return figure.update_layout(
        width=width, height=height, font_size=LETTERS, hoverlabel_font_size=LETTERS, hovermode="closest"
    )


def hue(role: Role, colours: Palette) -> str:
    """The colour of a role, as everywhere in the house."""
    return str(getattr(colours, HUES[role]))


def marker(role: Role, colours: Palette) -> dict[str, Any]:
    """A role's mark: flags filled, the watch list and the unjudged hollow, so that no meaning is by colour alone."""
    colour = hue(role, colours)
    fill = colours.background if role == "watched" else faded(colour, 0 if role in HOLLOW else 0.8)
    return {"color": fill, "line": {"color": colour, "width": 2.5 if role in ("flagged", "watched") else 1.5}}


def say(figure: go.Figure, text: str, colour: str, **place: object) -> None:
    """Write harmless text into the plot in a slide's letters."""
    figure.add_annotation(text=text, showarrow=False, font={"color": colour, "size": LETTERS}, **place)


def folded(text: str, letters: int) -> str:
    """
    A text on lines of at most so many letters, harmless for Plotly.

    >>> folded("Members’ views of <b>", 14)
    'Members’ views<br>of &lt;b&gt;'
    """
    lines = textwrap.wrap(escape.plain(text), letters, break_long_words=True) or [""]
    return "<br>".join(escape.html(line) for line in lines)


def key(figure: go.Figure, kinds: Iterable[tuple[str, Role]], colours: Palette, letters: int) -> int:
    """The kinds of marks with their signs, above the plot; on how many lines of so many letters."""
    lines, left = [""], letters
    for name, role in kinds:
        sign = "○" if role in HOLLOW else "●"
        if len(name) + 4 > left and lines[-1]:
            lines.append("")
            left = letters
        lines[-1] += (
            f'<span style="color:{hue(role, colours)}">{sign}</span> {escape.html(name)}&nbsp;&nbsp;&nbsp;&nbsp;'
        )
        left -= len(name) + 5
    where = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    say(figure, "<br>".join(lines), colours.ink, align="left", **where)
    return len(lines)
