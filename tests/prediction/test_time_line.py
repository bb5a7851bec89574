"""The time line: what the next period is, in four surveys whose lags are known by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dashboard
from dashboard.diagnosis.gates import lagged_teams
from dashboard.diagnosis.prediction.claims import slope_of
from dashboard.diagnosis.prediction.findings import Model
from dashboard.diagnosis.prediction.goes_with import goes_with
from dashboard.diagnosis.prediction.panel import PERFORMANCE
from dashboard.diagnosis.prediction.time_line import successive, time_line
from dashboard.terms import Performance, Period, Settings
from tests.prediction.organizations import Made, found, name, organization

TEAMS = 14
ALL = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")


def surveyed_in(*quarters: str) -> Made:
    """Four quarters of performance of 14 teams; answers in some of them only."""
    survey, performance = organization(TEAMS)
    lines = ["who,team,quarter,se1,se2,se3,ce1,ce2,ce3,in1,in2,in3"]
    random = np.random.default_rng(4)
    for quarter in quarters:
        for team in range(TEAMS):
            answers = np.clip(np.rint(4 + random.standard_normal() + random.standard_normal((6, 9))), 1, 7).astype(int)
            lines += [f"p{team}-{i},{name(team)},{quarter}," + ",".join(map(str, row)) for i, row in enumerate(answers)]
    return dashboard.read_survey("\n".join(lines).encode(), instrument=survey.instrument), performance


@pytest.mark.parametrize(
    ("surveyed", "lags"),
    [
        (ALL[:1], [("2024-Q1", "2024-Q2")]),
        (ALL[:2], [("2024-Q1", "2024-Q2"), ("2024-Q2", "2024-Q3")]),
        (("2024-Q1", "2024-Q3", "2024-Q4"), [("2024-Q1", "2024-Q2"), ("2024-Q3", "2024-Q4")]),
        (("2024-Q1", "2024-Q4"), [("2024-Q1", "2024-Q2")]),
    ],
)
def test_scores_are_needed_only_in_the_period_before(surveyed, lags) -> None:
    diagnosis, result = found(surveyed_in(*surveyed))
    metric = result.metrics[0]
    assert sorted(set(zip(metric.points["before"], metric.points["period"], strict=True))) == lags
    assert (metric.teams, metric.rows) == (TEAMS, TEAMS * len(lags))
    assert lagged_teams(diagnosis) == TEAMS


def test_a_quarter_on_no_file_is_not_bridged() -> None:
    survey, performance = surveyed_in("2024-Q1", "2024-Q3")
    values = performance.values[performance.values["period"].isin(["2024-Q1", "2024-Q3"])]
    diagnosis, result = found((survey, Performance(values=values, periods=performance.periods)))
    assert result.metrics[0].rows == 0
    assert lagged_teams(diagnosis) == 0


def test_the_reverse_has_only_surveyed_outcomes() -> None:
    once, twice = (goes_with(*surveyed_in(*ALL[:number]), settings=Settings()).metrics[0] for number in (1, 2))
    assert np.isnan(slope_of(once, Model.REVERSE, PERFORMANCE).value)
    rows = twice.slopes.set_index("model")["rows"]
    assert (rows["ahead"].iloc[0], rows["reverse"].iloc[0]) == (2 * TEAMS, TEAMS)


def test_a_monthly_metric_does_not_part_the_quarters() -> None:
    survey, performance = surveyed_in(*ALL)
    months = performance.values.assign(metric="monthly", period=performance.values["period"].str[:4] + "-02")
    both = replace(performance, values=performance.values.merge(months, how="outer"))
    assert found((survey, both))[1].metrics[0].rows == 3 * TEAMS  # months do not stand between quarters


@pytest.mark.parametrize(
    ("labels", "follow"),
    [
        (["2024-H1", "2024-H2", "2025-H2"], [True, False]),
        (["2023-12", "2024-01", "2024-03"], [True, False]),
        (["2022", "2023", "2025"], [True, False]),
        (["2024-Q4", "2025-Q1"], [True]),
        (["wave 2", "wave 10"], [True]),
        (["2024-Q1", "wave 2"], [False]),
        (["2024-Q1"], []),
    ],
)
def test_calendar_periods_follow_when_they_touch_and_waves_as_they_are_named(labels, follow) -> None:
    line = time_line(map(Period.parse, labels), [])
    assert [period.label for period in line] == labels
    assert list(successive(line)) == follow
