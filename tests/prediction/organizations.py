"""Made organisations, read as files are read: answers that hang together, performance that follows beliefs or not."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

import dashboard

INSTRUMENT = dashboard.terms.Instrument.from_toml(
    'team = "team"\nperiod = "quarter"\nrespondent = "who"\n'
    + "".join(
        f'[scales.{name}]\nitems = ["{short}1", "{short}2", "{short}3"]\nminimum = 1\nmaximum = 7\n'
        for name, short in (
            ("individual_efficacy", "se"),
            ("collective_efficacy", "ce"),
            ("interdependence", "in"),
        )
    )
)
Made = tuple[dashboard.Survey, dashboard.Performance]


def organization(
    teams: int,
    *,
    periods: int = 4,
    members: int = 7,
    small: int = 0,
    slope: float = 0.8,
    metrics: tuple[str, ...] = ("delivered_value",),
    seed: int = 1,
) -> Made:
    """
    `teams` teams of `members`, the first `small` of them of four; each metric follows the team's collective efficacy in
    the period before by `slope`, a third less for each further metric. Every second metric is better when less.
    """
    random = np.random.default_rng(seed)
    quarters = [f"{2024 + at // 4}-Q{at % 4 + 1}" for at in range(periods)]
    felt = random.standard_normal((teams, 1, 3)) + 0.6 * random.standard_normal((teams, periods, 3))
    answers, values = [], []
    done = {metric: random.standard_normal(teams) for metric in metrics}
    for at, quarter in enumerate(quarters):
        for team in range(teams):
            size = 4 if team < small else members
            true = 4 + 0.9 * felt[team, at] + 0.7 * random.standard_normal((size, 3))
            items = np.clip(np.rint(true.repeat(3, axis=1) + 0.6 * random.standard_normal((size, 9))), 1, 7).astype(int)
            answers += [(f"p{team}-{who}", name(team), quarter, *items[who]) for who in range(size)]
        for number, metric in enumerate(metrics):
            if at:
                believed = slope * (1 - number / 3) * felt[:, at - 1, 1]
                done[metric] = 0.4 * done[metric] + believed + random.standard_normal(teams)
            better = number % 2 == 0
            signed = done[metric] if better else -done[metric]
            values += [(name(team), quarter, metric, 50 + 9 * signed[team], better) for team in range(teams)]
    columns = ["who", "team", "quarter", *(f"{short}{item}" for short in ("se", "ce", "in") for item in (1, 2, 3))]
    survey = dashboard.read_survey(_csv(pd.DataFrame(answers, columns=columns)), instrument=INSTRUMENT)
    table = pd.DataFrame(values, columns=["team", "quarter", "metric", "value", "higher_is_better"])
    return survey, dashboard.read_performance(_csv(table))


def name(team: int) -> str:
    return f"Team {team:02d}"


def found(made: Made) -> tuple[dashboard.Released, dashboard.GoesWithReleased]:
    """The diagnosis and what goes with performance, as released."""
    survey, performance = made
    diagnosis = dashboard.diagnose(survey, performance=performance)
    return diagnosis, dashboard.goes_with_performance(survey, performance, diagnosis=diagnosis)


def _csv(table: pd.DataFrame) -> bytes:
    text = io.StringIO()
    table.to_csv(text, index=False)
    return text.getvalue().encode()
