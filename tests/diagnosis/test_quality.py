"""How the two scales go together, period by period, and the level gap of every team."""

from __future__ import annotations

from dataclasses import replace

import pytest

import dashboard
from dashboard import measurement
from dashboard.diagnosis.gaps import team_gaps
from dashboard.diagnosis.quality import QUALITY_COLUMNS, quality
from dashboard.measurement.distinctness import htmt
from dashboard.measurement.nesting import correlations
from dashboard.measurement.scoring import person_scores
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings, Survey


@pytest.fixture(scope="module")
def example() -> Survey:
    folder = dashboard.samples.folder()
    return dashboard.read_survey(
        folder / "survey.csv", instrument=dashboard.read_instrument(folder / "instrument.toml")
    )


def test_each_period_has_the_figures_of_its_persons(example: Survey) -> None:
    table = quality(example, measurement.survey_sums(example, Settings()))
    assert list(table.columns) == QUALITY_COLUMNS
    rows = example.period == 2
    scores = [
        person_scores(example.answers[name][rows], example.instrument.scales[name], Settings())
        for name in (INDIVIDUAL, COLLECTIVE)
    ]
    found = correlations(*scores, example.team[rows])
    row = table.iloc[2]
    assert row[["correlation", "correlation_between", "correlation_within"]].tolist() == pytest.approx(
        [found.raw, found.between, found.within]
    )
    # pairwise here, complete persons there: the same but for a few missing answers
    assert row["htmt"] == pytest.approx(
        htmt(*(example.answers[name][rows] for name in (INDIVIDUAL, COLLECTIVE))), abs=0.05
    )


def test_a_gap_is_read_against_that_of_everybody(example: Survey) -> None:
    sums = measurement.survey_sums(example, Settings())
    gaps, whole = team_gaps(example, sums, Settings()), quality(example, sums)
    first = gaps[(gaps["period"] == example.periods[0].label) & (gaps["respondents"] > 0)]
    weighted = (first["gap"] * first["respondents"]).sum() / first["respondents"].sum()
    assert whole.loc[0, "level_gap"] == pytest.approx(weighted)
    assert whole.loc[0, "respondents"] == first["respondents"].sum()
    assert (first["gap_low"] < first["gap"]).all()


def test_without_mirrored_items_there_is_no_gap(example: Survey) -> None:
    plain = replace(example, instrument=replace(example.instrument, mirrored=False))
    sums = measurement.survey_sums(plain, Settings())
    assert team_gaps(plain, sums, Settings()).empty
    assert quality(plain, sums)["level_gap"].isna().all()
