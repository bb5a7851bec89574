"""
Gates: which claims these data can carry. A gate decides what a figure may be called, never whether a team is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.terms import COLLECTIVE, INDIVIDUAL

RELIABLE = 0.70  # alpha of a scale whose mean may be read
ALIKE = 0.75  # median percentile of agreement that lets the mean stand for the team
SURPLUS_TEAMS = 10
PREDICTION_TEAMS = 12


class GateState(StrEnum):
    """Open: the claim is carried. Closed: it is not. Not known: a figure it needs is not there."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    One claim. `need` is its name: `individual_mean`, `collective_mean`, `surplus`, `level_gap`, `verdicts`,
    `prediction`; `found` holds the figures it was decided on, `nan` where there is none.
    """

    need: str
    state: GateState
    found: dict[str, float]


def gates(diagnosis: Diagnosis) -> tuple[Gate, ...]:
    """
    The gates of method section 4, as far as the diagnosis holds what they need; figures of the latest period.

    The distinctness of the two scales (HTMT) and item drift are not computed here: gates that need them and would be
    open otherwise are `not known`.
    """
    individual, collective = _of(diagnosis, INDIVIDUAL), _of(diagnosis, COLLECTIVE)
    percentile = _median_percentile(diagnosis)
    reliable, shared = collective["alpha"], collective["icc1_low"]
    alike = _any([_above(shared, 0.0), _at_least(percentile, ALIKE)])
    periods = float(len(diagnosis.window))
    teams = collective["teams"]
    return (
        Gate(
            need="individual_mean",
            state=_at_least(individual["alpha"], RELIABLE),
            found={"alpha": individual["alpha"]},
        ),
        Gate(
            need="collective_mean",
            state=_all([_at_least(reliable, RELIABLE), alike]),
            found={"alpha": reliable, "icc1_low": shared, "percentile": percentile},
        ),
        Gate(need="surplus", state=_without_htmt(_at_least(teams, SURPLUS_TEAMS)), found={"teams": teams}),
        Gate(
            need="level_gap",
            state=GateState.OPEN if diagnosis.instrument.mirrored else GateState.CLOSED,
            found={"mirrored": float(diagnosis.instrument.mirrored)},
        ),
        Gate(need="verdicts", state=_without_htmt(_at_least(periods, 2)), found={"periods": periods}),
        Gate(
            need="prediction",
            state=_without_htmt(
                _all([_at_least(teams, PREDICTION_TEAMS), _at_least(float(len(diagnosis.metrics)), 1)])
            ),
            found={"teams": teams, "values": float(len(diagnosis.metrics))},
        ),
    )


def _of(diagnosis: Diagnosis, scale: str) -> dict[str, float]:
    """The figures of a scale in the latest period of the window; `nan` where there is no row."""
    table = diagnosis.scales
    rows = table[(table["scale"] == scale) & (table["period"] == diagnosis.window[-1].label)]
    names = ("alpha", "icc1_low", "teams")
    return {name: float(rows[name].iloc[0]) if len(rows) else float("nan") for name in names}


def _median_percentile(diagnosis: Diagnosis) -> float:
    latest = diagnosis.teams[diagnosis.teams["period"] == diagnosis.window[-1].label]
    values = latest["agreement_percentile"].to_numpy(float)
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("nan")


def _at_least(value: float, least: float) -> GateState:
    if not np.isfinite(value):
        return GateState.NOT_KNOWN
    return GateState.OPEN if value >= least else GateState.CLOSED


def _above(value: float, least: float) -> GateState:
    if not np.isfinite(value):
        return GateState.NOT_KNOWN
    return GateState.OPEN if value > least else GateState.CLOSED


def _all(states: Iterable[GateState]) -> GateState:
    """Open when all are; closed when one is; else not known."""
    found = set(states)
    if GateState.CLOSED in found:
        return GateState.CLOSED
    return GateState.NOT_KNOWN if GateState.NOT_KNOWN in found else GateState.OPEN


def _any(states: Iterable[GateState]) -> GateState:
    """Open when one is; closed when all are; else not known."""
    found = set(states)
    if GateState.OPEN in found:
        return GateState.OPEN
    return GateState.NOT_KNOWN if GateState.NOT_KNOWN in found else GateState.CLOSED


def _without_htmt(state: GateState) -> GateState:
    return GateState.NOT_KNOWN if state is GateState.OPEN else state
