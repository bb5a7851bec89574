"""
Governing: what a closed gate takes off the diagnosis, so that no screen, table or export can show it.

The means stay, as they are sums of what people answered; a closed gate takes away their *name* (see `wording`).
Everything that is worked out from them and rests on the claim goes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis, Organization, Reason, Verdict
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import gates, one_period_carried

SURPLUS = ["surplus", "surplus_low", "surplus_high"]
GAP = ["gap", "gap_low", "gap_high"]
WATCHED = [*GAP, "probability"]
REASONS = {  # what closes the verdicts' gate → the reason of every team
    "degrees": Reason.FEW_ANSWERS,
    "htmt": Reason.NOT_DISTINCT,
    "drifting": Reason.DRIFT,
}


def governed(diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis with its gates, and without what the closed ones take off."""
    found = gates(diagnosis)
    closed = {gate.need: gate for gate in found if gate.state is GateState.CLOSED}
    taken = replace(diagnosis, gates=found)
    if "surplus" in closed:
        taken = replace(taken, teams=_without(taken.teams, SURPLUS))
    if "level_gap" in closed:
        taken = replace(taken, gaps=_without(taken.gaps, GAP), quality=_without(taken.quality, ["level_gap"]))
    if "surplus" in closed and not one_period_carried(closed["surplus"]):
        taken = replace(taken, worth_watching=_without_gaps(taken.worth_watching))
    return _without_verdicts(taken, closed["verdicts"]) if "verdicts" in closed else taken


def _without_gaps(table: pd.DataFrame | None) -> pd.DataFrame | None:
    """What one period says of a team beyond its members: the same claim as the surplus, by another name."""
    return None if table is None else _without(table, WATCHED)


def _without(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{column: np.nan for column in columns if column in table})


def _without_verdicts(diagnosis: Diagnosis, gate: Gate) -> Diagnosis:
    """Every team that could be judged is `insufficient`, for the reason that closes the gate first."""
    why = next((REASONS[name] for name in gate.short if name in REASONS), None)
    if why is None:
        return diagnosis  # one period only: nothing was judged
    verdicts = diagnosis.verdicts
    reason = verdicts["reason"].where(verdicts["reason"] != Reason.NONE, str(why))
    return replace(
        diagnosis,
        verdicts=verdicts.assign(verdict=str(Verdict.INSUFFICIENT), flagged=0, reason=reason),
        organization=_judging_nobody(diagnosis.organization),
    )


def _judging_nobody(organization: Organization) -> Organization:
    everyone = dict.fromkeys(organization.verdicts, 0) | {str(Verdict.INSUFFICIENT): organization.teams}
    return replace(
        organization,
        teams_tested=0,
        flagged=0,
        watched=0,
        expected_false_flags=0.0,
        expected_affected=float("nan"),
        verdicts=everyone,
        smallest_detectable_gain={},
    )
