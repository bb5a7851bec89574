"""
A metric of performance over the periods, in its own unit, for one team; never mixed with another metric.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.template import SMALL, blank
from dashboard.terms import Period
from dashboard.wording import chart_words, escape


def metric_panel(
    metric: pd.DataFrame,
    periods: Sequence[Period],
    colours: Palette,
    span: tuple[float, float] | None = None,
    height: int = 230,
) -> go.Figure:
    """
    Parameters
    ----------
    metric : rows of one team and one metric, columns `period value unit`.
    periods : all surveyed periods, so that the panel stands under the team's lines; others are left out.
    span : ends of the axis, the same for every team; `None` leaves them to the values.
    """
    figure = blank(colours, height)
    labels = [period.label for period in periods]
    values = metric.drop_duplicates("period", keep="last").set_index("period")["value"].astype(float).reindex(labels)
    figure.add_scatter(
        x=list(range(len(labels))),
        y=values,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colours.ink, "width": 2},
        marker={"size": 7, "color": colours.ink},
        text=[escape.html(label) for label in labels],
        hovertemplate="%{text}: %{y:,.4g}<extra></extra>",
    )
    unit = next((str(unit) for unit in metric["unit"] if str(unit)), "")
    ends = sorted({0, len(labels) - 1})
    figure.update_xaxes(
        tickvals=ends, ticktext=[chart_words.tick(labels[at]) for at in ends], range=[-0.3, len(labels) - 0.7]
    )
    figure.update_yaxes(title={"text": escape.html(unit), "font": {"size": SMALL}}, range=span)
    return figure


def common_span(metrics: pd.DataFrame, metric: str) -> tuple[float, float] | None:
    """An axis that holds a metric's values of every team; `None` when they do not differ."""
    values = metrics.loc[metrics["metric"] == metric, "value"].astype(float).dropna()
    if values.empty or values.min() == values.max():
        return None
    room = 0.06 * (values.max() - values.min())
    return float(values.min() - room), float(values.max() + room)
