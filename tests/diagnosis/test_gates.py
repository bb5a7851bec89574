"""Gates: which claims the data can carry, decided on figures that are known by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.diagnosis.gates import GateState, gates
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Instrument, Scale, in_order


@dataclass(kw_only=True)
class Found:
    """As much of a diagnosis as gates look at."""

    alpha: float = 0.8
    icc1_low: float = 0.05
    teams_count: float = 12
    percentile: float = np.nan
    mirrored: bool = True
    labels: list[str] = field(default_factory=lambda: ["2026-Q1", "2026-Q2"])

    @property
    def window(self):  # type: ignore[no-untyped-def]
        return in_order(self.labels)

    @property
    def scales(self) -> pd.DataFrame:
        figures = {"alpha": self.alpha, "icc1_low": self.icc1_low, "teams": self.teams_count}
        return pd.DataFrame([{"scale": s, "period": self.labels[-1], **figures} for s in (INDIVIDUAL, COLLECTIVE)])

    @property
    def teams(self) -> pd.DataFrame:
        return pd.DataFrame({"period": [self.labels[-1]] * 2, "agreement_percentile": [self.percentile, np.nan]})

    @property
    def metrics(self) -> pd.DataFrame:
        return pd.DataFrame({"value": [1.0]})

    @property
    def instrument(self) -> Instrument:
        scales = {name: Scale(name=name, items=(name,), minimum=1, maximum=5) for name in (INDIVIDUAL, COLLECTIVE)}
        return Instrument(mirrored=self.mirrored, scales=scales)


def states(**found: object) -> dict[str, GateState]:
    return {gate.need: gate.state for gate in gates(Found(**found))}  # type: ignore[arg-type]


def test_a_reliable_scale_carries_its_mean() -> None:
    assert states(alpha=0.70)["individual_mean"] is GateState.OPEN
    assert states(alpha=0.69)["individual_mean"] is GateState.CLOSED


def test_a_mean_stands_for_the_team_when_teams_differ_for_sure() -> None:
    assert states(icc1_low=0.01)["collective_mean"] is GateState.OPEN
    assert states(icc1_low=0.0, percentile=0.5)["collective_mean"] is GateState.CLOSED


def test_agreement_can_stand_in_for_differences_between_teams() -> None:
    assert states(icc1_low=-0.02, percentile=0.75)["collective_mean"] is GateState.OPEN


def test_an_unreliable_scale_carries_no_mean_however_alike_members_answer() -> None:
    assert states(alpha=0.5, percentile=0.99)["collective_mean"] is GateState.CLOSED


def test_levels_are_compared_with_mirrored_items_only() -> None:
    assert states(mirrored=True)["level_gap"] is GateState.OPEN
    assert states(mirrored=False)["level_gap"] is GateState.CLOSED


def test_what_needs_distinct_scales_is_not_called_open_while_that_is_not_known() -> None:
    found = states(teams_count=30)
    assert found["surplus"] is found["verdicts"] is found["prediction"] is GateState.NOT_KNOWN


def test_too_few_teams_or_periods_close_a_gate_whatever_else_is_not_known() -> None:
    assert states(teams_count=9)["surplus"] is GateState.CLOSED
    assert states(teams_count=11)["prediction"] is GateState.CLOSED
    assert states(labels=["2026-Q1"])["verdicts"] is GateState.CLOSED


def test_a_figure_that_is_not_there_leaves_its_gate_not_known() -> None:
    assert states(alpha=np.nan)["individual_mean"] is GateState.NOT_KNOWN
