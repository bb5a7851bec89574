"""
Least squares: an outcome on a design, and what belongs to it.

Everything that is said of a slope rests on errors that know of teams (`cr2`); the classical errors are here to be
compared with, and the explained share only to divide it (`dominance`). It flatters a model and is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.diagnosis.prediction.panel import Design

Values = npt.NDArray[np.float64]

ROUNDING = 1e-9  # of the spread of an outcome


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slopes:
    """
    Slopes by name with error, degrees of freedom, t and two-sided p, each (columns,).

    `nan` throughout where the design does not tell them apart.
    """

    names: tuple[str, ...]
    estimates: Values
    errors: Values
    df: Values

    @property
    def t(self) -> Values:
        """Slope over its error; `nan` where there is no error."""
        return np.divide(self.estimates, self.errors, out=np.full(len(self.errors), np.nan), where=self.errors > 0)

    @property
    def p(self) -> Values:
        """Two-sided probability of such a slope or a larger one, were there none."""
        return 2 * special.stdtr(self.df, -np.abs(self.t))

    def ends(self, interval: float = 0.95) -> tuple[Values, Values]:
        """Lower and upper ends of the intervals, by Student's t."""
        half = special.stdtrit(self.df, (1 + interval) / 2) * self.errors
        return self.estimates - half, self.estimates + half

    def at(self, name: str) -> int:
        """The position of a slope."""
        return self.names.index(name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A least-squares fit: `bread` is (X′X)⁻¹, all `nan` where columns of the design repeat each other."""

    design: Design
    estimates: Values
    residuals: Values
    bread: Values
    total: float

    @property
    def explained(self) -> float:
        """The share of the outcome's spread that the fit reproduces in the very rows it was made from."""
        return 1 - float(self.residuals @ self.residuals) / self.total if self.total > 0 else float("nan")


def fit(outcome: Values, design: Design) -> Fit:
    """
    Least squares.

    Parameters
    ----------
    outcome : (rows,). design : (rows, columns), intercept included.
    """
    columns = design.matrix.shape[1]
    estimates, _, rank, _ = np.linalg.lstsq(design.matrix, outcome, rcond=None)
    away = outcome - outcome.mean() if len(outcome) else outcome
    known = rank == columns and len(outcome) > columns
    nothing = np.full((columns, columns), np.nan)
    return Fit(
        design=design,
        estimates=np.asarray(estimates, float) if known else np.full(columns, np.nan),
        residuals=outcome - design.matrix @ estimates,
        bread=np.asarray(np.linalg.inv(design.matrix.T @ design.matrix), float) if known else nothing,
        total=float(away @ away),
    )


def leaves_nothing(fitted: Fit) -> bool:
    """Whether what is left of the outcome is rounding: less than a thousand-millionth of its spread."""
    return bool(fitted.residuals @ fitted.residuals <= ROUNDING**2 * fitted.total)


def classical(fitted: Fit) -> Slopes:
    """The slopes with errors as if all rows were independent, which rows of one team are not."""
    rows, columns = fitted.design.matrix.shape
    df = float(rows - columns)
    variance = float(fitted.residuals @ fitted.residuals) / df if df > 0 else np.nan
    return Slopes(
        names=fitted.design.names,
        estimates=fitted.estimates,
        errors=np.sqrt(variance * np.diag(fitted.bread)),
        df=np.full(columns, df),
    )
