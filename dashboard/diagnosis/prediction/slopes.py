"""
Slopes: performance on what was before it, and the reverse, as rows of one table.

The reverse always stands beside: collective efficacy that follows performance as closely as performance follows it
looks the same in a snapshot, and in most organisations a good quarter lifts what a team believes of itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.diagnosis.prediction.cr2 import clustered
from dashboard.diagnosis.prediction.findings import SLOPE_COLUMNS, Model
from dashboard.diagnosis.prediction.least_squares import Slopes, fit
from dashboard.diagnosis.prediction.panel import COLLECTIVE, LAGGED, Panel, reverse_panel
from dashboard.diagnosis.prediction.within_between import BETWEEN, SPLIT, WITHIN, within_between


def ahead(panel: Panel) -> Slopes:
    """kpi_q on kpi, SE and CE at q − 1 and the period; CR2 errors by team, Satterthwaite's degrees of freedom."""
    return clustered(fit(panel.performance, panel.design()), panel.team)


def reverse(panel: Panel) -> Slopes:
    """CE_q on the same. `panel` with CE known at q, see `reverse_panel`."""
    return clustered(fit(panel.collective, panel.design()), panel.team)


def slope_table(panel: Panel, interval: float) -> pd.DataFrame:
    """
    `SLOPE_COLUMNS`: three slopes ahead, two within, two between, three of the reverse.

    Parameters
    ----------
    panel : in standard deviations, see `in_deviations`.
    """
    turned = reverse_panel(panel)
    split = within_between(panel)
    rows = [
        *_rows(Model.AHEAD, ahead(panel), [(name, name) for name in LAGGED], panel, interval),
        *_rows(Model.WITHIN, split, [(name, f"{WITHIN} {name}") for name in SPLIT], panel, interval),
        *_rows(Model.BETWEEN, split, [(name, f"{BETWEEN} {name}") for name in SPLIT], panel, interval),
    ]
    if turned.rows > len(LAGGED):
        rows += _rows(Model.REVERSE, reverse(turned), [(name, name) for name in LAGGED], turned, interval)
    return pd.DataFrame(rows, columns=SLOPE_COLUMNS)


def slope_of_collective(panel: Panel) -> tuple[float, float, float]:
    """Collective efficacy's slope ahead, its error and its degrees of freedom."""
    found = ahead(panel)
    at = found.at(COLLECTIVE)
    return float(found.estimates[at]), float(found.errors[at]), float(found.df[at])


def _rows(
    model: Model, found: Slopes, terms: Iterable[tuple[str, str]], panel: Panel, interval: float
) -> list[tuple[object, ...]]:
    low, high = found.ends(interval)
    p, rows = found.p, []
    for term, name in terms:
        at = found.at(name)
        figures = (found.estimates[at], low[at], high[at], found.errors[at], found.df[at], p[at])
        rows.append((str(model), term, *map(float, figures), panel.teams, panel.rows))
    return rows
