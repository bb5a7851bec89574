"""Panels that are known by hand or by their making, and the reference figures of R."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import dashboard
from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL, PERFORMANCE, Panel

FILES = Path(__file__).parents[1] / "reference"
SCALES = "".join(
    f"[scales.{name}_efficacy]\nitems = [{', '.join(f'{chr(34)}{short}{item}{chr(34)}' for item in range(1, 6))}]\n"
    "minimum = 1\nmaximum = 5\n"
    for name, short in (("individual", "se"), ("collective", "ce"))
)
INSTRUMENT = f'team = "team_id"\nperiod = "quarter"\nrespondent = "respondent_id"\n{SCALES}'


def records(file: str) -> dict[str, dict[str, Any]]:
    found = json.loads((FILES / f"{file}.json").read_text(encoding="utf-8"))["records"]
    return {record["id"]: record for record in found}


@pytest.fixture(scope="session")
def synth() -> tuple[dashboard.Survey, dashboard.Performance]:
    """The synthetic survey of the reference figures and its performance."""
    survey = dashboard.read_survey(
        FILES / "synth_survey.csv", instrument=dashboard.terms.Instrument.from_toml(INSTRUMENT)
    )
    return survey, dashboard.read_performance(FILES / "synth_performance.csv")


@pytest.fixture(scope="session")
def raw_panel() -> Panel:
    """The lagged analysis set of the reference figures, in its own units."""
    table = pd.read_csv(FILES / "synth_lagged_analysis_set.csv").sort_values(["team_id", "quarter"])
    period = pd.factorize(table["quarter"], sort=True)[0] + 1
    return Panel(
        team=pd.factorize(table["team_id"], sort=True)[0],
        period=period,
        before=period - 1,
        performance=table["kpi"].to_numpy(float),
        collective=table["CE"].to_numpy(float),
        lagged={
            PERFORMANCE: table["kpi_lag"].to_numpy(float),
            INDIVIDUAL: table["SE_lag"].to_numpy(float),
            COLLECTIVE: table["CE_lag"].to_numpy(float),
        },
    )


@pytest.fixture(scope="session")
def made_panel() -> Callable[..., Panel]:
    return _made


def _made(
    teams: int,
    periods: int = 6,
    seed: int = 1,
    slope: float = 0.0,
    own: float = 0.0,
    between: float | None = None,
    within: float | None = None,
    team_spread: float = 0.5,
) -> Panel:
    """
    Performance = .4 before + `own` × individual + `slope` × collective + a team's level + chance, all of spread one.

    With `between` and `within` a team's mean of collective and its deviations count differently, and the past nothing.
    """
    random = np.random.default_rng(seed)
    level = random.standard_normal((teams, 2))
    individual = level[:, :1] + random.standard_normal((teams, periods))
    collective = 0.5 * individual + level[:, 1:] + random.standard_normal((teams, periods))
    constant = team_spread * random.standard_normal(teams)
    performance = random.standard_normal((teams, periods))
    for at in range(1, periods):
        believed = slope * collective[:, at - 1]
        past = 0.4 * performance[:, at - 1]
        if between is not None and within is not None:
            middle = collective[:, :-1].mean(axis=1)
            believed, past = between * middle + within * (collective[:, at - 1] - middle), 0 * past
        performance[:, at] += past + own * individual[:, at - 1] + believed + constant
    team, before = (index.ravel() for index in np.mgrid[:teams, : periods - 1])
    return Panel(
        team=team,
        period=before + 1,
        before=before,
        performance=performance[team, before + 1],
        collective=collective[team, before + 1],
        lagged={
            PERFORMANCE: performance[team, before],
            INDIVIDUAL: individual[team, before],
            COLLECTIVE: collective[team, before],
        },
    )
