"""
CR2: errors of slopes when rows of one team belong together, honest with few teams.

The usual cluster-robust error is too small with few teams, and its t has far fewer degrees of freedom than teams. CR2
corrects each team's residuals for how much the team pulls the line towards itself, so that the error is right on
average when rows are independent; Satterthwaite's degrees of freedom say how well it is known (Bell & McCaffrey 2002;
Pustejovsky & Tipton 2018).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.prediction.least_squares import Fit, Slopes

Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]
Kind = Literal["CR1", "CR1S", "CR2"]

SINGULAR = 1e-10  # a team that determines a column alone has no residual of its own there


def clustered(fitted: Fit, team: Codes, kind: Kind = "CR2") -> Slopes:
    """
    The slopes of a fit with errors that know of teams.

    Parameters
    ----------
    team : (rows,) codes, the rows of a team together.
    kind : "CR2", with Satterthwaite's degrees of freedom; "CR1" (teams over teams less one) and "CR1S" (as Stata and
        statsmodels scale it) with teams less one.

    Source
    ------
    Same figures as `coef_test` of the R package clubSandwich.
    """
    starts = np.flatnonzero(np.diff(team, prepend=-1))
    if kind == "CR2":
        return _cr2(fitted, starts)
    matrix = fitted.design.matrix
    rows, columns = matrix.shape
    teams = len(starts)
    scores = np.add.reduceat(matrix * fitted.residuals[:, None], starts, axis=0)
    scale = teams / (teams - 1) * ((rows - 1) / (rows - columns) if kind == "CR1S" else 1.0)
    errors = np.sqrt(scale * _diagonal(fitted.bread, scores.T @ scores))
    return Slopes(
        names=fitted.design.names, estimates=fitted.estimates, errors=errors, df=np.full(columns, teams - 1.0)
    )


def _cr2(fitted: Fit, starts: npt.NDArray[np.intp]) -> Slopes:
    blocks, residuals = _blocks(fitted.design.matrix, starts), _blocks(fitted.residuals[:, None], starts)
    adjusted = _adjusted(blocks, fitted.bread)
    scores = np.einsum("gnk,gnm->gk", adjusted, residuals)
    return Slopes(
        names=fitted.design.names,
        estimates=fitted.estimates,
        errors=np.sqrt(_diagonal(fitted.bread, scores.T @ scores)),
        df=_degrees(blocks, adjusted, fitted.bread),
    )


def _blocks(matrix: Values, starts: npt.NDArray[np.intp]) -> Values:
    """(teams, most rows, columns), empty rows 0, which touch no sum."""
    sizes = np.diff(starts, append=len(matrix))
    blocks = np.zeros((len(starts), int(sizes.max(initial=0)), matrix.shape[1]))
    at = np.repeat(np.arange(len(starts)), sizes)
    blocks[at, np.arange(len(matrix)) - starts[at]] = matrix
    return blocks


def _adjusted(blocks: Values, bread: Values) -> Values:
    """(teams, rows, columns) Aⱼ Xⱼ with Aⱼ = (I − Hⱼⱼ)^(−½), a generalised root where a team stands alone."""
    if not np.isfinite(bread).all():
        return np.full_like(blocks, np.nan)
    own = np.eye(blocks.shape[1]) - blocks @ bread @ blocks.transpose(0, 2, 1)
    values, vectors = np.linalg.eigh(own)
    root = np.where(values > SINGULAR, 1 / np.sqrt(np.maximum(values, SINGULAR)), 0.0)
    return (vectors * root[:, None, :]) @ (vectors.transpose(0, 2, 1) @ blocks)


def _degrees(blocks: Values, adjusted: Values, bread: Values) -> Values:
    """
    (columns,) (Σ pⱼ′pⱼ)² / Σᵢ Σⱼ (pᵢ′pⱼ)², where pᵢ′pⱼ = 1(i = j) aᵢ′aᵢ − uᵢ′ M uⱼ, aⱼ = Aⱼ Xⱼ M c, uⱼ = Xⱼ′ aⱼ.

    The double sum over teams is opened, so that its cost grows with the teams and not with their square.
    """
    ends = adjusted @ bread  # (teams, rows, columns): aⱼ of every column's contrast
    own = (ends**2).sum(axis=1)
    pulls = np.einsum("gnk,gnc->cgk", blocks, ends)
    pulled = pulls @ bread
    shared = (pulled * pulls).sum(axis=2).T  # (teams, columns): uⱼ′ M uⱼ
    products = pulled.transpose(0, 2, 1) @ pulls  # (columns, k, k): M U′U
    square = (own**2 - 2 * own * shared).sum(axis=0) + np.einsum("ckl,clk->c", products, products)
    total = (own - shared).sum(axis=0)
    return np.divide(total**2, square, out=np.full(len(total), np.nan), where=square > 0)


def _diagonal(bread: Values, meat: Values) -> Values:
    return np.einsum("kl,lm,mk->k", bread, meat, bread)
