"""Shuffles of people over teams: what they find, what they cost, and that small organisations get none."""

from __future__ import annotations

import numpy as np
import pytest

import dashboard
from dashboard.disclosure.by_chance import FEWEST_SHUFFLES, SHUFFLES, alike_by_chance
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings, Survey

SETTINGS = Settings()


def survey(teams: int, members: int, of_team: float, seed: int = 1, periods: int = 1) -> Survey:
    """A survey of three items a scale; `of_team`: SD of what the members of a team share, in points."""
    random = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), members)
    lines = ["team,period,respondent,se_1,se_2,se_3,ce_1,ce_2,ce_3"]
    for period in range(periods):
        shared = of_team * random.standard_normal((teams, 1))[team]
        own = random.standard_normal((len(team), 1))
        latent = 3 + shared + own + 0.5 * random.standard_normal((len(team), 6))
        answers = np.clip(np.rint(latent), 1, 5).astype(int)
        lines += [
            f"t{t},2026-Q{period + 1},p{i}," + ",".join(map(str, row))
            for i, (t, row) in enumerate(zip(team, answers, strict=True))
        ]
    return dashboard.read_survey("\n".join(lines).encode())


def test_teams_that_differ_are_hardly_met_by_chance() -> None:
    found = alike_by_chance(survey(20, 8, of_team=1.0), SETTINGS, "2026-Q1").set_index("scale")
    assert found.loc[COLLECTIVE, "p"] == pytest.approx(1 / (1 + SHUFFLES))  # none of 1,000 shuffles comes near
    assert found.loc[INDIVIDUAL, "shuffles"] == SHUFFLES
    assert found.loc[INDIVIDUAL, "respondents"] == 160


def test_where_teams_mean_nothing_p_is_anywhere() -> None:
    values = [
        alike_by_chance(survey(10, 6, of_team=0.0, seed=seed), SETTINGS, "2026-Q1")["p"].iloc[1] for seed in range(12)
    ]
    assert 0.2 < np.mean(values) < 0.8  # uniform: .5 ± .083
    assert max(values) > 0.5


def test_an_organisation_below_the_minimum_group_has_no_figure() -> None:
    found = alike_by_chance(survey(2, 2, of_team=1.0), SETTINGS, "2026-Q1")
    assert found["p"].isna().all()
    assert found["respondents"].isna().all()


def test_a_period_that_was_not_surveyed_is_named() -> None:
    with pytest.raises(ValueError, match="no answers are of 2031-Q1; surveyed were 2026-Q1"):
        alike_by_chance(survey(3, 5, of_team=0.0), SETTINGS, "2031-Q1")


def test_the_same_survey_gives_the_same_figure() -> None:
    same = survey(8, 6, of_team=0.2)
    one, other = (alike_by_chance(same, SETTINGS, "2026-Q1") for _ in range(2))
    assert one.equals(other)


def test_many_answers_get_fewer_shuffles() -> None:
    large = survey(2500, 10, of_team=0.3)
    found = alike_by_chance(large, SETTINGS, "2026-Q1")
    assert FEWEST_SHUFFLES <= found["shuffles"].max() < SHUFFLES
