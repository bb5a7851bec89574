"""
Slide lines: levels over the periods with their intervals and what happened meanwhile, as large as a slide lets them be.

A period without a figure is a gap with a word in it, never bridged.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.palette import Palette, faded
from dashboard.charts.team_lines import EDGE, tiers
from dashboard.stage.ground import LETTER, LINE, folded, hue, say, slide_blank
from dashboard.storyline.slide import Line, Lines
from dashboard.wording import chart_words, escape, present_words

LEFT, BELOW, RIGHT = 86, 62, 176  # px around the plot
ABOVE = 18  # px, without any event
DODGE = 0.05  # periods, so that intervals do not lie on each other
NAME = 15  # letters a line of a name beside a line
EVENT = 30  # letters of the name of an event
TICK = 62  # px that a period's name takes


def slide_lines(plot: Lines, colours: Palette, width: int, height: int) -> go.Figure:
    """
    Draw every line with its name at its end, on the axis that all teams share.

    Parameters
    ----------
    plot : of a slide. width, height : px of the slide.
    """
    figure = slide_blank(colours, width, height)
    wide = width - LEFT - RIGHT
    above = _events(figure, plot, wide, colours)
    for at, line in enumerate(plot.lines):
        _line(figure, line, DODGE * (2 * at - len(plot.lines) + 1), colours)
    _empty(figure, plot, colours)
    low, high = plot.levels
    ends = (low - EDGE if low == 0 else low, high + EDGE if high == 100 else high)
    _names(figure, plot.lines, ends, height - above - BELOW, colours)
    shown = _ticks(len(plot.periods), wide)
    ticks = [chart_words.tick(plot.periods[at]) for at in shown]
    figure.update_xaxes(tickvals=shown, ticktext=ticks, tickangle=0, range=[-0.3, len(plot.periods) - 0.7])
    figure.update_yaxes(title_text=escape.html(plot.y_title), range=ends, tick0=0, title_standoff=8)
    figure.update_yaxes(dtick=10 if high - low <= 50 else 20)
    return figure.update_layout(margin={"l": LEFT, "r": RIGHT, "t": above, "b": BELOW, "autoexpand": False})


def _line(figure: go.Figure, line: Line, dodge: float, colours: Palette) -> None:
    colour = hue(line.role, colours)
    at, value = np.arange(len(line.value)) + dodge, np.asarray(line.value, float)
    if line.low and line.high:
        above, below = np.asarray(line.high, float) - value, value - np.asarray(line.low, float)
        bars = {"array": above, "arrayminus": below, "color": faded(colour, 0.5), "thickness": 3, "width": 0}
    else:
        bars = None
    figure.add_scatter(
        x=at,
        y=value,
        mode="lines+markers",
        line={"color": colour, "width": 4},
        marker={"size": 12, "color": colour, "symbol": "circle" if line.role != "collective" else "square"},
        error_y=bars,
        connectgaps=False,
        hoverinfo="skip",
    )


def _names(figure: go.Figure, lines: Sequence[Line], ends: tuple[float, float], high: float, colours: Palette) -> None:
    """Each line's name right of the plot, at the height of its last figure; no name on another."""
    scale = high / (ends[1] - ends[0])
    found = []
    for line in lines:
        known = [value for value in line.value if np.isfinite(value)]
        if known:
            text = folded(line.name, NAME)
            found.append(((known[-1] - ends[0]) * scale, LINE * (text.count("<br>") + 1), text, line))
    found.sort(key=lambda one: one[0])
    for (middle, _, text, line), place in zip(found, _apart([(one[0], one[1]) for one in found], high), strict=True):
        where = {"x": 1.0, "xref": "paper", "xshift": 12, "xanchor": "left", "yanchor": "middle", "align": "left"}
        y = ends[0] + middle / scale
        say(figure, f"<b>{text}</b>", hue(line.role, colours), y=y, yshift=place - middle, **where)


def _apart(boxes: Sequence[tuple[float, float]], high: float) -> list[float]:
    """
    Middles (px, ascending) of boxes of a height each, moved so that none lies on another and all lie inside.

    >>> _apart([(50, 24), (60, 24)], 200)
    [43.0, 67.0]
    """
    middles = [float(middle) for middle, _ in boxes]
    for _ in range(20):
        for at in range(len(boxes) - 1):
            short = (boxes[at][1] + boxes[at + 1][1]) / 2 - (middles[at + 1] - middles[at])
            if short > 0:
                middles[at] -= short / 2
                middles[at + 1] += short / 2
        middles = [min(max(m, tall / 2), high - tall / 2) for m, (_, tall) in zip(middles, boxes, strict=True)]
    return middles


def _empty(figure: go.Figure, plot: Lines, colours: Palette) -> None:
    """A word in each period in which no line has a figure: an empty slot, not a forgotten one."""
    values = np.array([line.value for line in plot.lines], float).reshape(len(plot.lines), len(plot.periods))
    for at in np.flatnonzero(~np.isfinite(values).any(axis=0)):
        where = {"x": int(at), "yref": "paper", "y": 0.04, "yanchor": "bottom", "textangle": -90}
        say(figure, present_words.WITHHELD, colours.muted, **where)


def _ticks(periods: int, wide: float) -> list[int]:
    """Which periods are named on the axis, the last one always: as many as have room."""
    step = max(1, int(np.ceil(TICK * periods / wide)))
    return list(range((periods - 1) % step, periods, step))


def _events(figure: go.Figure, plot: Lines, wide: float, colours: Palette) -> int:
    """A dotted line per event and its name above where it covers no other; the px that takes over the plot."""
    at = {period: place for place, period in enumerate(plot.periods)}
    inside: dict[int, list[str]] = {}
    for period, name in plot.events:
        if period in at:
            inside.setdefault(at[period], []).append(name)
    step = wide / (len(plot.periods) - 0.4)
    places = sorted(inside)
    names = [_event(inside[place]) for place in places]
    placed, _ = tiers([(place + 0.3) * step for place in places], [LETTER * len(html.unescape(n)) for n in names])
    for place, name, tier in zip(places, names, placed, strict=True):
        figure.add_vline(x=place, line={"color": colours.neutral, "width": 1.5, "dash": "dot"}, layer="below")
        if tier is not None:
            left = (place + 0.3) * step - LETTER * len(html.unescape(name)) / 2
            where = {"x": place, "y": 1.0, "yref": "paper", "yanchor": "bottom", "yshift": LINE * tier}
            say(figure, name, colours.ink, xshift=max(0, -LEFT + 8 - left), **where)
    high = [tier for tier in placed if tier is not None]
    return int(ABOVE + LINE * (max(high) + 1 if high else 0))


def _event(names: Sequence[str]) -> str:
    kept = list(dict.fromkeys(names))
    first = kept[0] if len(kept[0]) <= EVENT else f"{kept[0][: EVENT - 1].rstrip()}…"
    return escape.html(first + (f" + {len(kept) - 1}" if len(kept) > 1 else ""))
