"""
The map of gains: individual gain across, collective gain up, in the same unit, so that the picture is the question.

On and above the compounding line enough of the individual gain is shared. The region below it, from the smallest gain
that counts, is where gains are not compounding. A team's mark is as large as the number of its respondents.
"""

from __future__ import annotations

import math
from itertools import product
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import LETTER, LINE, Mark, cut, placed, touching
from dashboard.charts.palette import Palette, faded
from dashboard.charts.template import SMALL, blank, note
from dashboard.diagnosis.diagnosis import Verdict
from dashboard.terms import Settings
from dashboard.wording import chart_words, escape
from dashboard.wording.gates_words import NAMES, Names

BEYOND = 300.0  # POMP points, outside every view
CHI2_90 = 4.605  # of 2 degrees of freedom: a normal lies inside this ellipse with 90 % probability
DRAWN_SINGLY = 1000  # quiet teams; more are drawn as counts in squares
NAMED = 24  # marks that may carry a name
LONGEST = 28  # letters of a name
MARGIN, WIDTH_LEFT, HEIGHT_LEFT = 20, 88, 80  # px: right of the plot, beside it in all, above and below it
TEXT_AT = {
    "right": "middle right",
    "left": "middle left",
    "above": "top center",
    "below": "bottom center",
    "above right": "top right",
    "below right": "bottom right",
    "above left": "top left",
    "below left": "bottom left",
}
ALONG = (0.72, 0.62, 0.52, 0.82, 0.42)  # of the width to the right: where the name of the line may stand
LOUD = (Verdict.NOT_COMPOUNDING, Verdict.WATCH)


def gains_map(
    verdicts: pd.DataFrame,
    settings: Settings,
    colours: Palette,
    selected: str | None = None,
    height: int = 620,
    width: int = 560,
    names: Names = NAMES,
) -> go.Figure:
    """
    Draw all teams that have figures.

    Parameters
    ----------
    verdicts : of a released diagnosis.
    selected : the team whose 90 % ellipse is drawn; the only one that is named then.
    height : px.
    width : px, the narrowest that the chart will be; names that have room there have room on every wider one.
    names : what the two means may be called on these data.

    Returns
    -------
    A figure whose points carry the team's name as `customdata`.
    """
    shown = verdicts[np.isfinite(verdicts["individual_gain"]) & np.isfinite(verdicts["collective_gain"])]
    figure = blank(colours, height)
    outline = shown[shown["team_id"] == selected]
    across, up = view(shown, settings, outline)
    _ground(figure, settings, colours)
    high, wide = height - HEIGHT_LEFT, width - WIDTH_LEFT
    scale = min(high / (up[1] - up[0]), wide / (across[1] - across[0]))
    edges = (across[0] * scale, across[1] * scale + MARGIN)
    named = _name_line(figure, shown, settings, edges, scale, colours)
    named += _over_region(settings, across[1] * scale, sum(up) / 2 * scale - high / 2)
    loud = shown["verdict"].isin(LOUD) | (shown["team_id"] == selected)
    _quiet_teams(figure, shown[~loud], colours)
    _loud_teams(figure, shown, loud.to_numpy(), scale, colours, selected, named, edges)
    if len(outline):
        _ellipse(figure, outline.iloc[0], colours)
    figure.update_xaxes(title_text=chart_words.gain(names.individual), range=across, constrain="range", ticksuffix="")
    figure.update_yaxes(title_text=chart_words.gain(names.collective), range=up, constrain="range", scaleanchor="x")
    figure.update_layout(clickmode="event+select", hovermode="closest")
    return figure


def view(
    shown: pd.DataFrame, settings: Settings, outlined: pd.DataFrame
) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the axes must hold: every mark, no change, the corner of the region, an ellipse; POMP points."""
    across, up = shown["individual_gain"].to_numpy(float), shown["collective_gain"].to_numpy(float)
    for _, team in outlined.iterrows():
        outline = ellipse(team)
        across, up = np.concatenate([across, outline[0]]), np.concatenate([up, outline[1]])
    return _span(across, -settings.gain, 2 * settings.gain), _span(up, -1.4 * settings.gain, 1.4 * settings.gain)


def _span(values: npt.NDArray[np.float64], low: float, high: float) -> tuple[float, float]:
    return float(min(values.min(initial=low), low) - 2), float(max(values.max(initial=high), high) + 2)


def _ground(figure: go.Figure, settings: Settings, colours: Palette) -> None:
    """The region and its name, the two lines of no change, the compounding line."""
    gain, share = settings.gain, settings.compounding_share
    corners = ((gain, share * gain), (BEYOND, share * BEYOND), (BEYOND, -BEYOND), (gain, -BEYOND))
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in corners) + "Z"
    figure.add_shape(type="path", path=path, fillcolor=colours.region, line={"width": 0}, layer="below")
    nothing = {"color": colours.line, "width": 1}
    figure.add_hline(y=0, line=nothing, layer="below")
    figure.add_vline(x=0, line=nothing, layer="below")
    line = {"color": colours.accent, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=0, y0=0, x1=BEYOND, y1=share * BEYOND, line=line, layer="below")
    region = chart_words.region(share, gain, settings.noun)
    note(figure, region, colours.accent, xref="paper", yref="paper", x=0.99, y=0.02, xanchor="right", align="right")


def _name_line(
    figure: go.Figure,
    shown: pd.DataFrame,
    settings: Settings,
    edges: tuple[float, float],
    scale: float,
    colours: Palette,
) -> list[Mark]:
    """The name of the compounding line, along it where it covers fewest marks; its space."""
    share, teams = settings.compounding_share, _as_marks(shown, scale) if len(shown) <= DRAWN_SINGLY else []
    tilt, name = math.atan(share), chart_words.line(share)
    found = []
    for sign, text, part in product((1, -1), (name, name.replace(": ", ":<br>")), ALONG):
        lines = text.split("<br>")
        reach = LETTER * max(map(len, lines)) / 2 * math.cos(tilt)
        side = sign * (5 + LINE / 2 * len(lines))
        x = max(min(part * (edges[1] - MARGIN), edges[1] - reach), reach)
        space = _along(x, share * x, side, tilt, lines)
        found.append((touching(space, teams), text, x, side, space))
    _, text, x, side, space = min(found, key=itemgetter(0))
    place = {"x": x / scale, "y": share * x / scale}
    shift = {"xshift": -side * math.sin(tilt), "yshift": side * math.cos(tilt)}
    note(figure, text, colours.accent, **place, **shift, textangle=-math.degrees(tilt))
    return space


def _along(x: float, y: float, away: float, tilt: float, lines: list[str]) -> list[Mark]:
    """The space, px, of lines of letters that stand aslant beside (x, y)."""
    x, y = x - away * math.sin(tilt), y + away * math.cos(tilt)
    steps = np.linspace(-0.5, 0.5, 15) * LETTER * max(map(len, lines))
    radius = LINE / 2 * len(lines)
    return [Mark(x=x + step * math.cos(tilt), y=y + step * math.sin(tilt), radius=radius, name="") for step in steps]


def _over_region(settings: Settings, right: float, bottom: float) -> list[Mark]:
    """The space, px, of the region's name in the lower right corner."""
    lines = chart_words.region(settings.compounding_share, settings.gain, settings.noun).split("<br>")
    letters = max(len(line) for line in lines)
    return [
        Mark(x=right - at, y=bottom + LINE * (line + 0.7), radius=LINE / 2, name="")
        for line in range(len(lines))
        for at in np.arange(LINE / 2, LETTER * letters, LINE)
    ]


def _quiet_teams(figure: go.Figure, teams: pd.DataFrame, colours: Palette) -> None:
    if len(teams) > DRAWN_SINGLY:
        scale = [[0, faded(colours.neutral, 0)], [0.01, faded(colours.neutral, 0.25)], [1, colours.neutral]]
        figure.add_histogram2d(
            x=teams["individual_gain"],
            y=teams["collective_gain"],
            xbins={"size": 1},
            ybins={"size": 1},
            colorscale=scale,
            showscale=False,
            hovertemplate="%{z}<extra></extra>",
        )
        return
    unjudged = teams["verdict"] == Verdict.INSUFFICIENT
    edge = {"color": colours.neutral, "width": 1}
    for part, opacity in ((teams[unjudged], 0), (teams[~unjudged], 0.55)):
        _marks(figure, part, {"color": faded(colours.neutral, opacity), "line": edge})


def _loud_teams(
    figure: go.Figure,
    shown: pd.DataFrame,
    loud: npt.NDArray[np.bool_],
    scale: float,
    colours: Palette,
    selected: str | None,
    taken: list[Mark],
    edges: tuple[float, float],
) -> None:
    """Flags are filled, the watch list is hollow; their names stand beside them where there is room."""
    teams = shown[loud].sort_values("flagged", ascending=False, kind="stable")
    flagged = (teams["verdict"] == Verdict.NOT_COMPOUNDING).to_numpy()
    chosen = (teams["team_id"] == selected).to_numpy()
    quiet = ~teams["verdict"].isin(LOUD).to_numpy()
    edge = np.where(quiet, colours.ink, colours.accent)
    fill = np.where(flagged, faded(colours.accent, 0.85), np.where(quiet, colours.neutral, colours.background))
    named = chosen if selected is not None else np.full(len(teams), len(teams) <= NAMED)
    others = shown[~loud] if len(shown) <= DRAWN_SINGLY else shown.iloc[:0]
    places = _places(teams, others, named, scale, taken, edges)
    _marks(
        figure,
        teams,
        {"color": fill, "line": {"color": edge, "width": np.where(chosen, 3, 2)}},
        mode="markers+text",
        text=[escape.html(name) for _, name in places],
        textposition=[TEXT_AT.get(at, "middle right") for at, _ in places],
        textfont={"size": SMALL, "color": colours.ink},
        cliponaxis=False,
    )


def _places(
    teams: pd.DataFrame,
    others: pd.DataFrame,
    named: npt.NDArray[np.bool_],
    scale: float,
    taken: list[Mark],
    edges: tuple[float, float],
) -> list[tuple[str, str]]:
    around = [*taken, *_as_marks(others, scale), *_as_marks(teams[~named], scale)]
    found = iter(placed(_as_marks(teams[named], scale), around, edges))
    return [next(found) if name else ("", "") for name in named]


def _as_marks(teams: pd.DataFrame, scale: float) -> list[Mark]:
    columns = (teams["individual_gain"] * scale, teams["collective_gain"] * scale, _sizes(teams), teams["team_id"])
    return [Mark(x=x, y=y, radius=size / 2, name=cut(name, LONGEST)) for x, y, size, name in zip(*columns, strict=True)]


def _sizes(teams: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Diameter in px: the area goes with the number of respondents at the end of the window."""
    answered = teams["respondents_until"].fillna(teams["respondents_since"]).fillna(0).to_numpy(float)
    return np.clip(4.2 * np.sqrt(answered), 7, 40)


def _marks(figure: go.Figure, teams: pd.DataFrame, marker: dict[str, Any], **more: Any) -> None:
    texts = [chart_words.team_point(row) for row in teams.to_dict(orient="records")]
    figure.add_scatter(
        **{"mode": "markers", **more},
        x=teams["individual_gain"],
        y=teams["collective_gain"],
        marker={"size": _sizes(teams), "opacity": 1, **marker},
        customdata=teams["team_id"],
        hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _ellipse(figure: go.Figure, team: pd.Series, colours: Palette) -> None:
    """Where the team's two gains lie together with 90 % probability."""
    across, up = ellipse(team)
    figure.add_scatter(
        x=across,
        y=up,
        mode="lines",
        line={"color": colours.ink, "width": 1.5},
        fill="toself",
        fillcolor=faded(colours.neutral, 0.18),
        hoverinfo="skip",
    )


def ellipse(team: pd.Series, steps: int = 72) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """
    The outline of a team's 90 % region.

    Parameters
    ----------
    team : a row of the verdicts, with both gains, their variances and their covariance in POMP.

    Returns
    -------
    (steps,) across, (steps,) up.
    """
    spread = np.array(
        [
            [team["variance_individual"], team["covariance"]],
            [team["covariance"], team["variance_collective"]],
        ],
        dtype=float,
    )
    around = np.linspace(0, 2 * np.pi, steps)
    values, vectors = np.linalg.eigh(spread)
    axes = vectors * np.sqrt(CHI2_90 * np.maximum(values, 0))
    outline = axes @ np.vstack([np.cos(around), np.sin(around)])
    return team["individual_gain"] + outline[0], team["collective_gain"] + outline[1]
