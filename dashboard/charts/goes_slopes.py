"""
What goes with performance: slopes with their intervals, and what was before them in the same colour everywhere.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.goes_rows import interval_rows
from dashboard.charts.palette import Palette
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL
from dashboard.wording import goes_words

NARROW = 118  # px for the figures of a chart of half a page


def goes_slopes(rows: pd.DataFrame, colours: Palette) -> go.Figure:
    """
    A row per slope under the name of its model.

    Parameters
    ----------
    rows : of `wording.goes_words.slope_rows`.
    """
    return interval_rows(
        rows.rename(columns={"slope": "value"}), _colours(rows["term"], colours), colours, goes_words.SLOPE_AXIS
    )


def goes_shares(rows: pd.DataFrame, colours: Palette) -> go.Figure:
    """A row per predictor with its share; `rows` of `wording.goes_words.dominance_rows`, percent."""
    figure = interval_rows(rows, _colours(rows["term"], colours), colours, goes_words.SHARE_AXIS, NARROW, none=False)
    return figure.update_xaxes(range=[-4, 104], tickvals=[0, 50, 100], ticksuffix="%")


def goes_sensitivity(rows: pd.DataFrame, colours: Palette) -> go.Figure:
    """A row per assumed reliability, the one estimated here filled with the accent."""
    chosen = [colours.accent if estimated else colours.collective for estimated in rows["estimated"]]
    return interval_rows(rows, chosen, colours, goes_words.SENSITIVITY_AXIS, NARROW)


def _colours(terms: pd.Series, colours: Palette) -> list[str]:
    of_term = {COLLECTIVE: colours.collective, INDIVIDUAL: colours.individual}
    return [of_term.get(term, colours.neutral) for term in terms]
