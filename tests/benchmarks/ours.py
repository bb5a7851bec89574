"""
Ours: from the file to the tables, and on to the verdicts with their sentences.
"""

from __future__ import annotations

from pathlib import Path

import dashboard
from dashboard import measurement
from dashboard.disclosure import Released
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings
from tests.benchmarks.figures import OF_SCALES, OF_TEAMS, Figures

TABLES, VERDICTS = "ours: tables", "ours: tables and verdicts"
SCALES = {INDIVIDUAL: "individual", COLLECTIVE: "collective"}


def tables(path: Path) -> Figures:
    """Read, and measure every team and scale."""
    survey, settings = dashboard.read_survey(path), Settings()
    sums = measurement.survey_sums(survey, settings)
    found = measurement.team_figures(survey, settings, sums)
    scales = measurement.scale_figures(survey, settings, sums)
    headcount = dashboard.diagnosis.headcount.headcounts(None, survey.teams, survey.periods)
    return _figures(dashboard.diagnosis.team_table.team_table(found, survey, headcount), scales)


def verdicts(path: Path) -> Released:
    """Everything that `diagnose` gives."""
    return dashboard.diagnose(dashboard.read_survey(path))


def _figures(teams, scales) -> Figures:
    teams = teams[teams["respondents"] > 0].rename(columns={"period": "quarter"})
    scales = scales[scales["scale"].isin(list(SCALES))].rename(columns={"period": "quarter"})
    return Figures(
        teams[["team_id", "quarter", *OF_TEAMS]],
        scales.assign(scale=scales["scale"].map(SCALES))[["scale", "quarter", *OF_SCALES]],
    )
