"""
Who changed: what those who stayed, joined and left each contributed to the change of a team's mean.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import LETTER
from dashboard.charts.palette import Palette
from dashboard.charts.template import SMALL, blank, note
from dashboard.terms import COLLECTIVE, INDIVIDUAL
from dashboard.wording import chart_words, numbers
from dashboard.wording.escape import html
from dashboard.wording.gates_words import NAMES, Names


def who_changed(changes: pd.DataFrame, colours: Palette, height: int = 260, names: Names = NAMES) -> go.Figure:
    """
    Bars to both sides of no change, a pair per part, in the two hues.

    Parameters
    ----------
    changes : rows of one team, a row per scale, parts in POMP points; parts that are not shown are `nan`.
    names : what the two means may be called on these data.
    """
    figure = blank(colours, height)
    who = list(chart_words.PARTS.values())
    for scale, name, colour in (
        (INDIVIDUAL, names.individual, colours.individual),
        (COLLECTIVE, names.collective, colours.collective),
    ):
        parts = part_values(changes, scale)
        text = [numbers.signed(value) for value in parts]
        figure.add_bar(
            y=who,
            x=parts,
            orientation="h",
            name=name,
            marker={"color": colour},
            text=text,
            textposition="outside",
            textfont={"size": SMALL, "color": colours.ink},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra>" + html(name) + "</extra>",
        )
    reach = _reach(changes)
    figure.add_vline(x=0, line={"color": colours.neutral, "width": 1})
    figure.update_yaxes(autorange="reversed", showline=False, ticks="", tickfont={"size": 15, "color": colours.ink})
    figure.update_xaxes(title_text=chart_words.CHANGE, range=[-reach, reach])
    above = {"xref": "paper", "yref": "paper", "y": 1.02, "yanchor": "bottom"}
    after = LETTER * (len(names.individual) + 2)
    note(figure, f"<b>{html(names.individual)}</b>", colours.individual, x=0, xanchor="left", **above)
    note(figure, f"<b>{html(names.collective)}</b>", colours.collective, x=0, xanchor="left", xshift=after, **above)
    return figure.update_layout(barmode="group", bargap=0.35, margin={"l": 76, "t": 32})


def part_values(changes: pd.DataFrame, scale: str) -> list[float]:
    """The three parts of one scale, in the order of `chart_words.PARTS`; `nan` where not shown."""
    row = changes[changes["scale"] == scale]
    if row.empty:
        return [float("nan")] * len(chart_words.PARTS)
    return [float(row[f"from_{part}"].iloc[0]) for part in chart_words.PARTS]


def _reach(changes: pd.DataFrame) -> float:
    parts = changes[[f"from_{part}" for part in chart_words.PARTS]].to_numpy(float)
    largest = float(np.nanmax(np.abs(parts), initial=0)) if np.isfinite(parts).any() else 0.0
    return max(5.0, 1.25 * largest)
