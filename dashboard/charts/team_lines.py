"""
A team's two lines: individual and collective efficacy over the periods, with intervals and what happened meanwhile.

The line and its filled dots are the shrunken means, the hollow dots the raw ones with their 95 % interval. A period
without a figure is a gap, never bridged.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from operator import itemgetter

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import LETTER
from dashboard.charts.palette import Palette, faded
from dashboard.charts.template import blank, note
from dashboard.terms import Period
from dashboard.wording import chart_words
from dashboard.wording.app_words import MORE_EVENTS
from dashboard.wording.gates_words import NAMES, Names

DODGE = 0.05  # periods, so that intervals do not lie on each other
NARROW = 300  # px, the plot at the smallest width that is supported; a label that fits there fits everywhere
TIERS, TIER = 4, 19  # heights at which names of events stand, and px from one to the next
EDGE = 3.0  # POMP beyond an end of the scale, so that a mark at 0 or 100 is drawn whole


def team_lines(
    team: pd.DataFrame,
    periods: Sequence[Period],
    events: pd.DataFrame,
    colours: Palette,
    levels: tuple[float, float] = (0, 100),
    height: int = 440,
    names: Names = NAMES,
) -> go.Figure:
    """
    Parameters
    ----------
    team : rows of the released teams table for one team, levels in POMP.
    periods : all surveyed periods; the axis is the same for every team.
    events : of this team and of everyone, columns `period kind name`.
    levels : ends of the axis in POMP; the same for every team.
    names : what the two means may be called on these data.
    """
    figure = blank(colours, height)
    labels = [period.label for period in periods]
    rows = team.drop_duplicates("period").set_index("period", drop=False).reindex(labels)
    tiers = _events(figure, events, labels, colours)
    series = (
        ("individual", names.individual, colours.individual, -DODGE),
        ("collective", names.collective, colours.collective, DODGE),
    )
    for column, name, colour, dodge in series:
        _line(figure, rows, column, name, colour, dodge)
    _names(figure, rows, series)
    positions = list(range(len(labels)))
    ticks = [chart_words.tick(label) for label in labels]
    figure.update_xaxes(
        tickvals=positions, ticktext=ticks, tickangle=0, range=[-0.3, len(labels) - 0.35], type="linear"
    )
    low, high = levels
    ends = [low - EDGE if low == 0 else low, high + EDGE if high == 100 else high]
    figure.update_yaxes(title_text=chart_words.LEVEL, range=ends, tick0=0, dtick=10 if high - low <= 60 else 20)
    above = 64 + TIER * max(0, tiers - 2)
    return figure.update_layout(height=height + above - 64, margin={"r": 150, "t": above}, hovermode="closest")


def common_levels(teams: pd.DataFrame) -> tuple[float, float]:
    """
    An axis that holds every team's interval, in steps of ten POMP; the whole scale when nothing is shown.

    >>> common_levels(pd.DataFrame({"individual_low": [41.0], "individual_high": [66.0],
    ...                             "collective_low": [38.0], "collective_high": [61.0]}))
    (30.0, 70.0)
    """
    columns = ["individual_low", "individual_high", "collective_low", "collective_high"]
    values = teams[columns].to_numpy(float)
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 100.0
    return max(0.0, float(10 * np.floor(values.min() / 10))), min(100.0, float(10 * np.ceil(values.max() / 10)))


def drawn_mean(rows: pd.DataFrame, column: str) -> pd.Series:
    """The shrunken mean, the raw one where the organisation is too small for shrinking."""
    return rows[f"{column}_shrunken"].astype(float).fillna(rows[column].astype(float))


def _line(figure: go.Figure, rows: pd.DataFrame, column: str, name: str, colour: str, dodge: float) -> None:
    at = np.arange(len(rows)) + dodge
    raw, drawn = rows[column].to_numpy(float), drawn_mean(rows, column).to_numpy(float)
    above, below = rows[f"{column}_high"].to_numpy(float) - raw, raw - rows[f"{column}_low"].to_numpy(float)
    bars = {"array": above, "arrayminus": below, "color": faded(colour, 0.45), "thickness": 1.5, "width": 0}
    hollow = {"size": 8, "color": "rgba(0,0,0,0)", "line": {"color": colour, "width": 1.25}}
    figure.add_scatter(x=at, y=raw, mode="markers", marker=hollow, error_y=bars, hoverinfo="skip", name=f"{name}, raw")
    texts = [
        chart_words.level_point(name, row, column) if np.isfinite(value) else ""
        for row, value in zip(rows.to_dict(orient="records"), drawn, strict=True)
    ]
    figure.add_scatter(
        x=at,
        y=drawn,
        mode="lines+markers",
        line={"color": colour, "width": 3},
        marker={"size": 7, "color": colour},
        connectgaps=False,
        hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>",
        name=name,
    )


def _names(figure: go.Figure, rows: pd.DataFrame, series: Sequence[tuple[str, str, str, float]]) -> None:
    """Each line's name at its last figure; the two never on each other."""
    ends = [(drawn_mean(rows, column), name, colour) for column, name, colour, _ in series]
    ends = [(values.dropna(), name, colour) for values, name, colour in ends]
    ends = sorted((e for e in ends if len(e[0])), key=lambda e: float(e[0].iloc[-1]))
    for place, (values, name, colour) in enumerate(ends):
        apart = 0 if len(ends) < 2 else (-1, 1)[place] * (9 if len(name) <= 20 else 18)
        at = rows.index.get_loc(values.index[-1])
        where = {"x": at + 0.12, "y": float(values.iloc[-1]), "xanchor": "left", "yshift": apart}
        note(figure, chart_words.label(name), colour, align="left", **where)


def _events(figure: go.Figure, events: pd.DataFrame, labels: Sequence[str], colours: Palette) -> int:
    """A dotted line per event in its period, its name above where it covers no other; how many tiers that takes."""
    inside = events[events["period"].isin(labels)]
    groups = sorted(((labels.index(str(label)), group) for label, group in inside.groupby("period")), key=itemgetter(0))
    names = [chart_words.events(list(zip(group["kind"], group["name"], strict=True))) for _, group in groups]
    wide = NARROW / (len(labels) + 0.65)
    placed, left_out = tiers([at * wide for at, _ in groups], [LETTER * len(html.unescape(name)) for name in names])
    for (at, _), name, tier in zip(groups, names, placed, strict=True):
        figure.add_vline(x=at, line={"color": colours.neutral, "width": 1, "dash": "dot"}, layer="below")
        if tier is not None:
            place = {"x": at, "y": 1.0, "yref": "paper", "yanchor": "bottom", "yshift": TIER * tier}
            note(figure, name, colours.muted, **place)
    if left_out:
        place = {"x": 1.0, "xref": "paper", "xanchor": "left", "y": 1.0, "yref": "paper", "yanchor": "bottom"}
        note(figure, MORE_EVENTS.format(more=left_out), colours.muted, **place)
    return 1 + max((tier for tier in placed if tier is not None), default=0)


def tiers(places: Sequence[float], widths: Sequence[float]) -> tuple[list[int | None], int]:
    """
    The lowest free tier for each label around its place (px, ascending); `None`, and counted, where none is free.

    >>> tiers([0, 50, 100, 300], [80, 80, 80, 80])
    ([0, 1, 0, 0], 0)
    """
    ends = [-float("inf")] * TIERS
    found: list[int | None] = []
    for place, width in zip(places, widths, strict=True):
        free = next((tier for tier, end in enumerate(ends) if place - width / 2 > end), None)
        found.append(free)
        if free is not None:
            ends[free] = place + width / 2 + 6
    return found, found.count(None)
