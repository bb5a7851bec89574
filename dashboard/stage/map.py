"""
Slide map: two figures of every team against each other, as large as a slide lets them be.

The map of gains keeps one unit across and up, as on the Overview; a scatter has an axis of its own for each figure.
Names stand beside their marks where there is room; the table beside the slide has all of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.charts.gains_map import TEXT_AT
from dashboard.charts.labels import Mark, cut, placed, touching
from dashboard.charts.palette import Palette
from dashboard.stage.ground import HOLLOW, LETTER, LETTERS, LINE, RATIO, folded, key, marker, say, slide_blank
from dashboard.storyline.slide import Map, Marks
from dashboard.wording import escape

LEFT, RIGHT, BELOW = 86, 24, 72  # px around the plot
ABOVE_KEY = 14  # px over the line of the key
FAR = 300.0  # points, outside every view
DRAWN_SINGLY = 1000  # marks of one kind; more are drawn as counts in squares
LONGEST, SHORT = 28, 14  # letters of a name; of the beginning by which names are told apart
ALONG = (0.72, 0.62, 0.52, 0.82, 0.42)  # of the width to the right: where the name of the line may stand
FOLDED = 30  # letters a line of the region's name

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the axes hold, and the px of a slide that one point takes on each."""

    across: Span
    up: Span
    wide: float
    high: float

    @property
    def scale(self) -> tuple[float, float]:
        """px a point, across and up."""
        return self.wide / (self.across[1] - self.across[0]), self.high / (self.up[1] - self.up[0])

    def px(self, x: float, y: float) -> tuple[float, float]:
        """A place in px from the lower left corner."""
        return (x - self.across[0]) * self.scale[0], (y - self.up[0]) * self.scale[1]


def slide_map(plot: Map, colours: Palette, width: int, height: int) -> go.Figure:
    """
    Draw all marks, with the region and the compounding line where the plot has them.

    Parameters
    ----------
    plot : of a slide. width, height : px of the slide.
    """
    figure = slide_blank(colours, width, height)
    kinds = [(marks.name, marks.role) for marks in plot.marks if marks.x]
    lines = key(figure, kinds, colours, int((width - LEFT - RIGHT) / LETTER))
    above = int(ABOVE_KEY + LINE * lines)
    view = _view(plot, width - LEFT - RIGHT, height - above - BELOW)
    taken: list[Mark] = []
    if math.isfinite(plot.gain):
        taken = _ground(figure, plot, view, colours)
    for marks in sorted(plot.marks, key=lambda one: one.role in ("flagged", "watched")):
        _draw(figure, marks, colours)
    _names(figure, plot.marks, view, taken, colours)
    figure.update_xaxes(title_text=escape.html(plot.x_title), range=view.across, title_standoff=8, nticks=8)
    figure.update_yaxes(title_text=_upright(plot.y_title, view.high), range=view.up, title_standoff=8, nticks=7)
    return figure.update_layout(margin={"l": LEFT, "r": RIGHT, "t": above, "b": BELOW, "autoexpand": False})


def _upright(title: str, high: float) -> str:
    return folded(title, max(12, int(high / LETTER * 1.05)))


def _view(plot: Map, wide: float, high: float) -> View:
    """Axes that hold every mark; in the map of gains no change and the corner of the region too, in one unit."""
    across = np.concatenate([np.asarray(one.x, float) for one in plot.marks] or [np.zeros(1)])
    up = np.concatenate([np.asarray(one.y, float) for one in plot.marks] or [np.zeros(1)])
    if not math.isfinite(plot.gain):
        return View(across=_around(across), up=_around(up), wide=wide, high=high)
    x = min(across.min(initial=0), -plot.gain) - 2, max(across.max(initial=0), 2 * plot.gain) + 2
    y = min(up.min(initial=0), -1.4 * plot.gain) - 2, max(up.max(initial=0), 1.4 * plot.gain) + 2
    scale = min(wide / (x[1] - x[0]), high / (y[1] - y[0]))
    return View(across=_stretched(x, wide / scale), up=_stretched(y, high / scale), wide=wide, high=high)


def _around(values: npt.NDArray[np.float64]) -> Span:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    room = 0.08 * (high - low) or 1.0
    return low - room, high + room


def _stretched(span: Span, length: float) -> Span:
    more = (length - (span[1] - span[0])) / 2
    return float(span[0] - more), float(span[1] + more)


def _ground(figure: go.Figure, plot: Map, view: View, colours: Palette) -> list[Mark]:
    """The region and the two lines of no change, the compounding line, their names; the space the names take."""
    gain, share = plot.gain, plot.share
    corners = ((gain, share * gain), (FAR, share * FAR), (FAR, -FAR), (gain, -FAR))
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in corners) + "Z"
    figure.add_shape(type="path", path=path, fillcolor=colours.region, line={"width": 0}, layer="below")
    nothing = {"color": colours.line, "width": 1.5}
    figure.add_hline(y=0, line=nothing, layer="below").add_vline(x=0, line=nothing, layer="below")
    line = {"color": colours.accent, "width": 2, "dash": "dash"}
    figure.add_shape(type="line", x0=0, y0=0, x1=FAR, y1=share * FAR, line=line, layer="below")
    taken = _name_region(figure, plot, view, colours)
    return taken + _name_line(figure, plot, view, taken, colours)


def _name_region(figure: go.Figure, plot: Map, view: View, colours: Palette) -> list[Mark]:
    text = folded(plot.region, FOLDED)
    place = {"xref": "paper", "yref": "paper", "x": 0.99, "y": 0.02, "xanchor": "right", "yanchor": "bottom"}
    say(figure, text, colours.accent, align="right", **place)
    lines = text.split("<br>")
    long = LETTER * max(map(len, lines))
    return [
        _space(view.wide - at, LINE * (line + 0.7)) for line in range(len(lines)) for at in np.arange(8, long, LINE)
    ]


def _space(x: float, y: float) -> Mark:
    return Mark(x=x / RATIO, y=y / RATIO, radius=LINE / 2 / RATIO, name="")


def _name_line(figure: go.Figure, plot: Map, view: View, taken: list[Mark], colours: Palette) -> list[Mark]:
    """The name of the compounding line, along it where it covers fewest marks."""
    across, up = view.scale
    tilt = math.atan2(plot.share * up, across)
    around = [*_as_marks([one for one in plot.marks if len(one.x) <= DRAWN_SINGLY], view), *taken]
    found = []
    for sign in (1, -1):
        for text in (escape.plain(plot.line), *_in_two(plot.line)):
            for part in ALONG:
                lines = text.split("\n")
                reach = LETTER * max(map(len, lines)) / 2
                x = min(max(part * view.across[1], reach * math.cos(tilt) / across), view.across[1])
                x = min(x, view.across[1] - reach * math.cos(tilt) / across)
                side = sign * (8 + LINE / 2 * len(lines))
                middle = view.px(x, plot.share * x)
                middle = middle[0] - side * math.sin(tilt), middle[1] + side * math.cos(tilt)
                steps = np.linspace(-1, 1, 17) * reach
                space = [_space(middle[0] + at * math.cos(tilt), middle[1] + at * math.sin(tilt)) for at in steps]
                found.append((touching(space, around), text, x, side, space))
    _, text, x, side, space = min(found, key=itemgetter(0))
    shift = {"xshift": -side * math.sin(tilt), "yshift": side * math.cos(tilt)}
    written = "<br>".join(escape.html(line) for line in text.split("\n"))
    say(figure, written, colours.accent, x=x, y=plot.share * x, textangle=-math.degrees(tilt), **shift)
    return space


def _in_two(text: str) -> list[str]:
    return [text.replace(": ", ":\n")] if ": " in text else []


def _draw(figure: go.Figure, marks: Marks, colours: Palette) -> None:
    if len(marks.x) > DRAWN_SINGLY:
        shade = [[0, "rgba(0,0,0,0)"], [1, colours.neutral]]
        squares = {"xbins": {"size": 1}, "ybins": {"size": 1}, "colorscale": shade, "showscale": False}
        figure.add_histogram2d(x=marks.x, y=marks.y, hoverinfo="skip", **squares)
        return
    called = marks.called or marks.names
    figure.add_scatter(
        x=marks.x,
        y=marks.y,
        mode="markers",
        marker={"size": _sizes(marks), "opacity": 1, **marker(marks.role, colours)},
        hovertext=[escape.html(name) for name in called],
        hovertemplate="<b>%{hovertext}</b><extra></extra>" if called else None,
        hoverinfo=None if called else "skip",
        cliponaxis=False,
    )


def _sizes(marks: Marks) -> npt.NDArray[np.float64]:
    """Diameter in px: the area goes with the number of respondents."""
    if not marks.size:
        return np.full(len(marks.x), 13.0)
    return np.clip(5.5 * np.sqrt(np.nan_to_num(np.asarray(marks.size, float))), 10, 48)


def told_apart(names: Sequence[str], letters: int = LONGEST) -> list[str]:
    """
    Names in at most so many letters; those that would be cut to the same begin where they differ.

    >>> told_apart(["Internal Tools and Platforms, A", "Internal Tools and Platforms, B", "Search"], 20)
    ['…A', '…B', 'Search']
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(cut(name, SHORT), []).append(name)
    found = []
    for name in names:
        group = alike[cut(name, SHORT)]
        shared = _shared(group) if len(set(group)) > 1 and len(name) > letters else 0
        found.append(cut(f"…{name[shared:]}" if shared else name, letters))
    return found


def _shared(names: Sequence[str]) -> int:
    """How many letters of whole words names begin with alike."""
    first, last = min(names), max(names)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    return first[:alike].rfind(" ") + 1


def _as_marks(kinds: Sequence[Marks], view: View, named: bool = False) -> list[Mark]:
    found = []
    for marks in kinds:
        names = told_apart([escape.plain(name) for name in marks.names]) if named else [""] * len(marks.x)
        for x, y, size, name in zip(marks.x, marks.y, _sizes(marks), names, strict=True):
            across, up = view.px(x, y)
            mark = Mark(x=across / RATIO, y=up / RATIO, radius=size / 2 / RATIO, name=name)
            found.append(mark)
    return found


def _names(figure: go.Figure, kinds: Sequence[Marks], view: View, taken: list[Mark], colours: Palette) -> None:
    """Names beside the marks that carry some: those to talk about first, no name on another or on a mark."""
    ranked = sorted((one for one in kinds if one.names), key=lambda one: (one.role != "flagged", one.role in HOLLOW))
    quiet = [one for one in kinds if not one.names and len(one.x) <= DRAWN_SINGLY]
    edges = (4 / RATIO, (view.wide + RIGHT - 2) / RATIO)
    found = placed(_as_marks(ranked, view, named=True), [*taken, *_as_marks(quiet, view)], edges)
    xs, ys = [x for one in ranked for x in one.x], [y for one in ranked for y in one.y]
    sizes = [size for one in ranked for size in _sizes(one)]
    there = [at for at, (place, _) in enumerate(found) if place]
    if not there:
        return
    figure.add_scatter(
        x=[xs[at] for at in there],
        y=[ys[at] for at in there],
        mode="markers+text",
        marker={"size": [sizes[at] for at in there], "opacity": 0},
        text=[escape.html(found[at][1]) for at in there],
        textposition=[TEXT_AT[found[at][0]] for at in there],
        textfont={"size": LETTERS, "color": colours.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )
