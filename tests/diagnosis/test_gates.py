"""Gates: which claims the data can carry, decided on figures that are known by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import NEEDS, gates
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Instrument, Scale, in_order

OPEN, CAUTION, CLOSED = GateState.OPEN, GateState.CAUTION, GateState.CLOSED


@dataclass(kw_only=True)
class Whole:
    distinctness: float


@dataclass(kw_only=True)
class Found:
    """As much of a diagnosis as gates look at: 40 people in each of two periods, teams that differ, distinct scales."""

    alpha: float = 0.8
    alpha_high: float = 0.86
    icc1_low: float = 0.05
    teams_count: float = 12
    respondents: float = 40
    percentile: float = np.nan
    mirrored: bool = True
    htmt: float = 0.6
    drift: float = 0.0
    drift_error: float = 0.1
    metric_periods: tuple[str, ...] = ("2026-Q1", "2026-Q2")
    persons: float = 5
    labels: list[str] = field(default_factory=lambda: ["2026-Q1", "2026-Q2"])

    @property
    def periods(self):  # type: ignore[no-untyped-def]
        return in_order(self.labels)

    window = periods

    @property
    def organization(self) -> Whole:
        return Whole(distinctness=self.htmt)

    @property
    def scales(self) -> pd.DataFrame:
        figures = {
            "alpha": self.alpha,
            "alpha_high": self.alpha_high,
            "icc1_low": self.icc1_low,
            "teams": self.teams_count,
            "respondents": self.respondents,
        }
        rows = [{"scale": s, "period": p, **figures} for s in (INDIVIDUAL, COLLECTIVE) for p in self.labels]
        return pd.DataFrame(rows)

    @property
    def teams(self) -> pd.DataFrame:
        rows = [(f"T{at}", label) for at in range(int(self.teams_count)) for label in self.labels]
        table = pd.DataFrame(rows, columns=["team_id", "period"])
        return table.assign(
            agreement_percentile=self.percentile, scored_individual=self.persons, scored_collective=self.persons
        )

    @property
    def items(self) -> pd.DataFrame:
        row = {"scale": COLLECTIVE, "item": "ce_1", "drift": self.drift, "drift_error": self.drift_error}
        return pd.DataFrame([{**row, "period": self.labels[-1]}])

    @property
    def metrics(self) -> pd.DataFrame:
        rows = [(f"T{at}", label) for at in range(int(self.teams_count)) for label in self.metric_periods]
        return pd.DataFrame(rows, columns=["team_id", "period"]).assign(metric="sales", value=1.0)

    @property
    def instrument(self) -> Instrument:
        scales = {name: Scale(name=name, items=(name,), minimum=1, maximum=5) for name in (INDIVIDUAL, COLLECTIVE)}
        return Instrument(mirrored=self.mirrored, scales=scales)


@dataclass(kw_only=True)
class Moved(Found):
    """With items of one's own."""

    items_table: pd.DataFrame

    @property
    def items(self) -> pd.DataFrame:
        return self.items_table


def found(**figures: object) -> dict[str, Gate]:
    return {gate.need: gate for gate in gates(Found(**figures))}  # type: ignore[arg-type]


def states(**figures: object) -> dict[str, GateState]:
    return {need: gate.state for need, gate in found(**figures).items()}


def test_good_data_carry_every_claim() -> None:
    assert states() == dict.fromkeys(NEEDS, OPEN)


def test_a_reliable_scale_carries_its_mean() -> None:
    assert states(alpha=0.70)["individual_mean"] is OPEN
    assert states(alpha=0.69, alpha_high=0.75)["individual_mean"] is CAUTION
    assert states(alpha=0.60, alpha_high=0.69)["individual_mean"] is CLOSED


def test_a_single_item_has_no_alpha_and_is_read_with_caution() -> None:
    gate = found(alpha=np.nan, alpha_high=np.nan)["individual_mean"]
    assert (gate.state, gate.short) == (CAUTION, ("alpha_individual",))


def test_a_mean_stands_for_the_team_when_teams_differ_for_sure() -> None:
    assert states(icc1_low=0.01)["collective_mean"] is OPEN
    assert states(icc1_low=0.0, percentile=0.5)["collective_mean"] is CLOSED
    assert states(icc1_low=-0.01, percentile=np.nan)["collective_mean"] is CLOSED
    assert states(icc1_low=np.nan, percentile=np.nan)["collective_mean"] is CAUTION


def test_agreement_can_stand_in_for_differences_between_teams() -> None:
    assert states(icc1_low=-0.02, percentile=0.75)["collective_mean"] is OPEN


def test_an_unreliable_scale_carries_no_mean_however_alike_members_answer() -> None:
    assert states(alpha=0.5, alpha_high=0.6, percentile=0.99)["collective_mean"] is CLOSED


@pytest.mark.parametrize("need", ["surplus", "level_gap", "prediction"])
def test_what_rests_on_a_figure_of_the_team_closes_with_it(need: str) -> None:
    gate = found(icc1_low=-0.1, percentile=0.5)[need]
    assert (gate.state, gate.short) == (CLOSED, ("icc1_low", "percentile"))


def test_levels_are_compared_with_mirrored_items_only() -> None:
    assert found(mirrored=False)["level_gap"].short == ("mirrored",)


@pytest.mark.parametrize("need", ["surplus", "verdicts", "prediction"])
def test_scales_that_are_not_distinct_close_what_sets_one_against_the_other(need: str) -> None:
    assert states(htmt=0.849)[need] is OPEN
    assert states(htmt=0.85)[need] is CLOSED
    assert states(htmt=np.nan)[need] is CAUTION


def test_too_few_teams_close_a_gate() -> None:
    assert states(teams_count=9)["surplus"] is CLOSED
    assert states(teams_count=10)["surplus"] is OPEN
    assert states(teams_count=11)["prediction"] is CLOSED


def test_verdicts_need_two_periods_and_thirty_degrees_of_freedom() -> None:
    assert found(labels=["2026-Q2"], respondents=50)["verdicts"].short == ("periods",)
    assert states(respondents=27)["verdicts"] is OPEN  # 2 · (27 − 12) = 30
    assert found(respondents=26)["verdicts"].short == ("degrees",)  # 28


def test_an_item_that_has_surely_drifted_closes_the_verdicts_and_one_that_may_have_warns() -> None:
    assert states(drift=-0.25)["verdicts"] is OPEN
    assert states(drift=-0.4)["verdicts"] is CAUTION  # .4 − 1.96 · .1 < .25
    assert found(drift=-0.5)["verdicts"].short == ("drifting",)  # .5 − 1.96 · .1 > .25


def test_prediction_needs_a_lag_and_scores_before_it() -> None:
    assert found(metric_periods=("2026-Q2",))["prediction"].found["lagged"] == 0
    assert found(persons=2)["prediction"].found["lagged"] == 0
    assert found()["prediction"].found["lagged"] == 12


def test_of_a_closed_gate_only_what_closes_it_is_named() -> None:
    gate = found(htmt=np.nan, teams_count=9)["surplus"]
    assert (gate.state, gate.short) == (CLOSED, ("teams",))


def test_an_item_that_moved_before_the_window_began_closes_nothing() -> None:
    whole = Found(drift=-0.6, drift_error=0.05)
    before = whole.items.assign(period="2026-Q1")
    both = pd.concat([before, whole.items])  # .6 away from the survey's first period all through the window
    assert {gate.need: gate.state for gate in gates(Moved(items_table=both))}["verdicts"] is OPEN  # type: ignore[arg-type]
