"""
Drawing: a plot of the story → an SVG picture, for the paper and the page that are taken away.

Plotly needs a browser to draw on paper, and 4.8 MB of script to be alive on a page. The three plots of the story are
simple enough to be drawn directly: some kB each, sharp at every size, and each mark says its figures in its name.
"""

from __future__ import annotations

import math

from dashboard.charts.palette import Palette
from dashboard.reports import drawing_lines, drawing_map, drawing_rows
from dashboard.storyline import Lines, Map, Plot, Rows, Table
from dashboard.wording import drawn_words


def drawing(plot: Plot, palette: Palette, width: float, height: float) -> str:
    """
    The plot as an SVG picture of `width` × `height` px; rows make it as high as they need.

    Parameters
    ----------
    palette : colours; any field may be the name of a page's variable, `var(--ink)`.

    Returns
    -------
    One `<svg>` element without references to anything outside it. Marks are groups of the class `mark` whose
    `aria-label` says their figures.
    """
    match plot:
        case Map():
            return drawing_map.drawn_map(plot, palette, width, height)
        case Lines():
            return drawing_lines.drawn_lines(plot, palette, width, height)
        case Rows():
            return drawing_rows.drawn_rows(plot, palette, width, height)


def figures(plot: Plot) -> Table:
    """What the plot shows, as a table to stand beside it."""
    match plot:
        case Map():
            return _of_map(plot)
        case Lines():
            return _of_lines(plot)
        case Rows():
            rows = zip(plot.rows, drawing_rows.said(plot), strict=True)
            absent = plot.absent or drawn_words.NOT_SHOWN
            return Table(
                headings=(drawn_words.NAME, plot.x_title),
                rows=tuple((row.name, written or absent) for row, written in rows),
            )


def _of_map(plot: Map) -> Table:
    across, up = drawing_map.plot_digits(plot)
    change = not math.isnan(plot.gain)
    sized = any(kind.size for kind in plot.marks)
    rows = [
        (
            drawing_map.whose(kind, at),
            kind.name,
            drawn_words.figure(kind.x[at], places=across, change=change),
            drawn_words.figure(kind.y[at], places=up, change=change),
            *([drawn_words.people(kind.size[at])] if kind.size else [""] * sized),
        )
        for kind in plot.marks
        for at in range(len(kind.x))
    ]
    headings = (drawn_words.NAME, drawn_words.KIND, plot.x_title, plot.y_title)
    return Table(headings=headings + (drawn_words.ANSWERED.capitalize(),) * sized, rows=tuple(rows))


def _of_lines(plot: Lines) -> Table:
    nothing = (math.nan,) * len(plot.periods)
    columns = [
        [drawn_words.figure(*figure) for figure in zip(one.value, one.low or nothing, one.high or nothing, strict=True)]
        for one in plot.lines
    ]
    rows = tuple(zip(plot.periods, *columns, strict=True))
    return Table(headings=(drawn_words.PERIOD, *(one.name for one in plot.lines)), rows=rows, note=plot.y_title)
