"""
Permutation: how often would chance alone give a slope like this?

Freedman & Lane (1983): what the other predictors leave of the outcome is dealt out anew and the slope worked out each
time. Whole teams are dealt, never single rows, so that what binds a team's rows stays; a team gets the rows of a team
with as many (Winkler et al. 2014). The slope is held against its own error by teams, so that teams of unequal spread do
no harm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.prediction.panel import COLLECTIVE, LAGGED, Panel, Values

PERMUTATIONS = 1999
AT_ONCE = 2_000_000  # values in memory


class Permuted(NamedTuple):
    """(1 + b) / (1 + B): b of B permutations gave at least as much. `movable`: teams that could change places."""

    p: float
    permutations: int
    movable: int


def permutation(panel: Panel, seed: int, name: str = COLLECTIVE, permutations: int = PERMUTATIONS) -> Permuted:
    """
    Two-sided p of one slope, with all other `LAGGED` columns and the period in the model.

    `nan` where the slope is not determined.

    Parameters
    ----------
    seed : of the permutations.
    name : one of `LAGGED`.
    """
    others = panel.design([other for other in LAGGED if other != name]).matrix
    basis = np.linalg.qr(others)[0]
    own = _cleared(panel.lagged[name], basis)
    left = _cleared(panel.performance, basis)
    alike = _of_one_size(panel)
    movable = sum(len(teams) for teams in alike if len(teams) > 1)
    weight = float(own @ own)
    if weight <= 1e-12 * max(float(panel.lagged[name] @ panel.lagged[name]), 1e-300) or movable == 0:
        return Permuted(float("nan"), 0, movable)
    observed = abs(float(_t(left[None], own, basis, panel.starts)[0]))
    random, larger, done = np.random.default_rng(seed), 0, 0
    while done < permutations:
        batch = min(max(AT_ONCE // panel.rows, 1), permutations - done)
        dealt = left[_dealt(panel, alike, batch, random)]
        larger += int(np.count_nonzero(np.abs(_t(dealt, own, basis, panel.starts)) >= observed * (1 - 1e-12)))
        done += batch
    return Permuted((1 + larger) / (1 + permutations), permutations, movable)


def _cleared(values: Values, basis: Values) -> Values:
    """Values less what an orthonormal basis reproduces of them; (rows,) or (batch, rows)."""
    return values - (values @ basis) @ basis.T


def _t(outcomes: Values, own: Values, basis: Values, starts: npt.NDArray[np.intp]) -> Values:
    """(batch,) slope on `own`, which is free of the other predictors, over its error by teams."""
    cleared = _cleared(outcomes, basis)
    slope = cleared @ own / (own @ own)
    scores = np.add.reduceat((cleared - slope[:, None] * own) * own, starts, axis=1)
    error = np.sqrt((scores**2).sum(axis=1))
    return np.divide(slope * (own @ own), error, out=np.full(len(slope), np.inf), where=error > 0)


def _of_one_size(panel: Panel) -> list[npt.NDArray[np.intp]]:
    """Teams with equally many rows, by their position."""
    sizes = np.diff(panel.starts, append=panel.rows)
    return [np.flatnonzero(sizes == size) for size in np.unique(sizes)]


def _dealt(
    panel: Panel, alike: list[npt.NDArray[np.intp]], batch: int, random: np.random.Generator
) -> npt.NDArray[np.intp]:
    """(batch, rows) from which row each row takes what was left; whole teams, in order of time."""
    sizes = np.diff(panel.starts, append=panel.rows)
    source = np.tile(np.arange(panel.rows), (batch, 1))
    for teams in alike:
        if len(teams) < 2:
            continue
        within = np.arange(sizes[teams[0]])
        order = random.permuted(np.tile(teams, (batch, 1)), axis=1)
        rows = (panel.starts[order][:, :, None] + within).reshape(batch, -1)
        source[:, (panel.starts[teams][:, None] + within).ravel()] = rows
    return source
