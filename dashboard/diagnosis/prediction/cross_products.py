"""
Cross-products: what each team adds to the sums that every regression on the panel is made of.

An organisation whose teams are drawn anew is a weighted sum of them. So a thousand organisations cost one matrix
product, and no row is touched twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.prediction.panel import LAGGED, Panel, Values

REDRAWN = 1000  # organisations of teams drawn anew


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossProducts:
    """
    Of the columns `LAGGED`, then the outcome.

    `products` (teams, 4, 4) sums of products; `sums` (teams, periods, 4) sums in each period; `rows` (teams, periods).
    """

    products: Values
    sums: Values
    rows: Values

    def within_periods(self, draws: Values) -> Values:
        """
        (B, 4, 4) sums of products about the means of each period.

        Parameters
        ----------
        draws : (B, teams) how often each team is in.
        """
        teams = len(self.products)
        whole = (draws @ self.products.reshape(teams, -1)).reshape(len(draws), *self.products.shape[1:])
        sums = (draws @ self.sums.reshape(teams, -1)).reshape(len(draws), *self.sums.shape[1:])
        rows = draws @ self.rows
        means = np.divide(sums, rows[:, :, None], out=np.zeros_like(sums), where=rows[:, :, None] > 0)
        return whole - means.transpose(0, 2, 1) @ sums


def cross_products(panel: Panel) -> CrossProducts:
    """What each team adds; columns about their mean first, so that nothing is lost in large numbers."""
    columns = np.column_stack([*(panel.lagged[name] for name in LAGGED), panel.performance])
    columns = columns - columns.mean(axis=0)
    periods, at = np.unique(panel.period, return_inverse=True)
    here = (at[:, None] == np.arange(len(periods))).astype(float)
    add = np.add.reduceat
    return CrossProducts(
        products=add(columns[:, :, None] * columns[:, None, :], panel.starts, axis=0),
        sums=add(here[:, :, None] * columns[:, None, :], panel.starts, axis=0),
        rows=add(here, panel.starts, axis=0),
    )


def redrawn(teams: int, seed: int, number: int = REDRAWN) -> npt.NDArray[np.float64]:
    """(number, teams) how often each team is in an organisation of as many teams drawn with replacement."""
    random = np.random.default_rng(seed)
    return random.multinomial(teams, np.full(teams, 1 / teams), size=number).astype(float)
