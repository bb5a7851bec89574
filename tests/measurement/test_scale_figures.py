"""Figures of scales, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.diagnosis.diagnosis import SCALE_COLUMNS
from dashboard.measurement import scale_figures, survey_sums
from dashboard.measurement.nesting import icc
from dashboard.measurement.reliability import cronbach_alpha, omega
from dashboard.measurement.scoring import person_scores
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


@pytest.fixture
def survey(survey_of):
    """Team a of three, team b of one who left an item out; nobody answers the collective scale in the second period."""
    return survey_of(
        team=["a", "a", "a", "b", "a"],
        period=["2026-Q1"] * 4 + ["2026-Q2"],
        answers={
            INDIVIDUAL: [[1, 1], [2, 3], [5, 5], [4, 4], [5, 4]],
            COLLECTIVE: [[1, 1, 1], [2, 3, 4], [5, 5, 5], [4, GAP, 4], [GAP, GAP, GAP]],
        },
    )


@pytest.fixture
def table(survey):
    return scale_figures(survey, Settings()).set_index(["scale", "period"])


def test_the_columns_are_those_of_the_promise(survey):
    assert list(scale_figures(survey, Settings()).columns) == [*SCALE_COLUMNS, "icc1_reml"]


def test_a_row_per_scale_and_period(table):
    assert list(table.index) == [
        (INDIVIDUAL, "2026-Q1"),
        (INDIVIDUAL, "2026-Q2"),
        (COLLECTIVE, "2026-Q1"),
        (COLLECTIVE, "2026-Q2"),
    ]


def test_the_individual_mean_counts_persons_and_the_collective_one_teams(table):
    # individual scores 1, 2.5, 5 | 4; collective 1, 3, 5 | 4: team means 3 and 4
    assert table.loc[(INDIVIDUAL, "2026-Q1"), "mean"] == pytest.approx(12.5 / 4)
    assert table.loc[(COLLECTIVE, "2026-Q1"), "mean"] == pytest.approx(3.5)


def test_counts_and_shares_by_hand(table):
    row = table.loc[(COLLECTIVE, "2026-Q1")]
    assert (row["items"], row["respondents"], row["teams"]) == (3, 4, 2)
    assert row["missing_share"] == pytest.approx(1 / 12)
    assert row["ceiling_share"] == pytest.approx(3 / 11)  # three fives among eleven answers
    assert row["sd"] == pytest.approx(np.std([1, 3, 5, 4], ddof=1))


def test_a_period_without_answers_has_a_row_without_figures(table):
    row = table.loc[(COLLECTIVE, "2026-Q2")]
    assert (row["respondents"], row["teams"], row["missing_share"]) == (0, 0, 1)
    others = [column for column in table.columns if column not in ("items", "respondents", "teams", "missing_share")]
    assert row[others].isna().all()


def test_ceiling_counts_reversed_items_at_their_other_end(survey_of):
    survey = survey_of(team=["a", "a"], answers={INDIVIDUAL: [[5, 1], [1, 1]]}, reversed_items=[f"{INDIVIDUAL}_2"])
    figures = scale_figures(survey, Settings()).set_index("scale")
    assert figures.loc[INDIVIDUAL, "ceiling_share"] == pytest.approx(3 / 4)  # turned round: 5 5, 1 5


def test_quality_is_that_of_the_functions_on_arrays(synth):
    table = scale_figures(synth, Settings()).set_index(["scale", "period"])
    for (name, label), row in table.iterrows():
        rows = synth.period == [period.label for period in synth.periods].index(label)
        answers = synth.answers[name][rows]
        alpha, nested = (
            cronbach_alpha(answers),
            icc(person_scores(answers, synth.instrument.scales[name], Settings()), synth.team[rows]),
        )
        assert row[["alpha", "alpha_low", "alpha_high"]].tolist() == pytest.approx(
            [alpha.value, alpha.low, alpha.high], nan_ok=True
        )
        assert row["omega"] == pytest.approx(omega(answers), nan_ok=True)
        assert row[["icc1", "icc1_low", "icc1_high", "icc2"]].tolist() == pytest.approx(
            [nested.icc1, nested.low, nested.high, nested.icc2], nan_ok=True
        )


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_rows_change_no_digit(synth, shuffled, seed):
    pd.testing.assert_frame_equal(
        scale_figures(shuffled(synth, seed), Settings()), scale_figures(synth, Settings()), check_exact=True
    )


def test_sums_at_hand_give_the_same_figures(synth):
    sums = survey_sums(synth, Settings())
    pd.testing.assert_frame_equal(
        scale_figures(synth, Settings(), sums), scale_figures(synth, Settings()), check_exact=True
    )
