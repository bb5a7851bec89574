"""Figures of the organisation that could give away a team: two withheld teams, and what an exact spread would tell."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.prediction.goes_with import goes_with
from dashboard.disclosure.reasons import Withholding
from dashboard.terms import Performance, Settings
from tests.prediction.organizations import Made, found, organization

TEAMS, FIRST = 16, "2024-Q1"
SUMS = 4 * 3  # answers behind the mean of a team of four to three items, each a whole number


@pytest.fixture(scope="module")
def made() -> Made:
    """16 teams, two of them of four and so withheld; performance of two quarters, so one lag from the first."""
    survey, performance = organization(TEAMS, small=2)
    values = performance.values[performance.values["period"].isin([FIRST, "2024-Q2"])]
    return survey, Performance(values=values, periods=performance.periods)


def teams_that_fit(means: np.ndarray, total: float, low: float, high: float) -> set[tuple[int, int]]:
    """
    All pairs of sums of answers of two withheld teams that agree with the total of all team means and with a spread
    between `low` and `high`, points of the scale from 1 to 7.
    """
    sums = np.arange(SUMS, 7 * SUMS + 1)
    first, second = sums[:, None] / SUMS, sums[None, :] / SUMS
    adds_up = np.abs(means.sum() + first + second - total) < 1e-6
    squares = (means**2).sum() + first**2 + second**2 - total**2 / TEAMS
    spread = np.sqrt(np.maximum(squares, 0) / (TEAMS - 1))
    fits = np.argwhere(adds_up & (spread >= low) & (spread <= high))
    return {(int(sums[i]), int(sums[j])) for i, j in fits}


@pytest.mark.parametrize("scale", ["individual", "collective"])
def test_a_spread_does_not_give_away_two_withheld_teams(made: Made, scale: str) -> None:
    diagnosis, result = found(made)
    exact = goes_with(*made, settings=Settings()).metrics[0]
    whole = means_of_all(made, scale)
    withheld = diagnosis.teams[
        (diagnosis.teams["period"] == FIRST) & (diagnosis.teams["withheld"] != Withholding.SHOWN)
    ]
    assert list(withheld["team_id"]) == ["Team 00", "Team 01"]
    truth = tuple(round(float(mean) * SUMS) for mean in whole[:2])
    given = {"means": whole[2:], "total": whole.sum()}

    to_four = round(getattr(exact, f"spread_{scale}"), 4)
    told = teams_that_fit(**given, low=(to_four - 6e-5) * 0.06, high=(to_four + 6e-5) * 0.06)
    assert truth in told
    assert len(told) <= 2  # two withheld teams, either way round: the attack works on four places

    published = getattr(result.metrics[0], f"spread_{scale}")
    assert published == round(published)
    told = teams_that_fit(**given, low=(published - 0.5) * 0.06, high=(published + 0.5) * 0.06)
    assert truth in told
    assert len(told) >= 10


def means_of_all(made: Made, scale: str) -> np.ndarray:
    """(T,) means of all teams in the first quarter, as the data have them, withheld or not."""
    survey, _ = made
    answers = survey.answers[f"{scale}_efficacy"]
    here = np.asarray(survey.period) == 0
    team = np.asarray(survey.team)[here]
    return np.bincount(team, answers[here].mean(axis=1)) / np.bincount(team)


def test_figures_of_a_model_with_withheld_rows_are_as_coarse_as_they_are_read(made: Made) -> None:
    metric = found(made)[1].metrics[0]
    slopes = metric.slopes
    for column in ("slope", "low", "high"):
        known = slopes[column].dropna()
        assert (known == known.round(2)).all()
    assert metric.p == round(metric.p, 3)
    assert metric.unseen.press_with == float(f"{metric.unseen.press_with:.2g}")
    assert list(metric.slopes["rows"].iloc[:1]) == [TEAMS]  # counts stay


def test_where_every_row_is_shown_four_places_stay() -> None:
    metric = found(organization(TEAMS))[1].metrics[0]
    assert metric.spread_collective != round(metric.spread_collective)
    assert metric.spread_collective == round(metric.spread_collective, 4)
