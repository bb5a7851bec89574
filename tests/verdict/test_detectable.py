"""The smallest gain that is found: against a brute simulation, the published table, and its own laws."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from dashboard.diagnosis.compounding import detectable_gain, judge
from dashboard.terms import Settings
from tests.verdict.simulator import World, simulate

SETTINGS = Settings()


@pytest.fixture(scope="module", params=[2, 4, 8])
def organization(request):
    world = World(teams=600, members=8, periods=request.param)
    return request.param, judge(simulate(world, seed=12).responses, SETTINGS).model


# Smallest individual gain, CE flat, by members of whom three in four answer (method, section 8): 8, 12 and 25 members.
FLAG = {2: (np.inf, 20, 14), 4: (23, 18, 14), 8: (18, 15, 12)}
WATCH = {2: (16, 13, 11), 4: (15, 12, 10), 8: (12, 11, 9)}


def test_it_is_near_the_published_table(organization):
    periods, model = organization
    found = [detectable_gain(model, members, periods, SETTINGS) for members in (6, 9, 19)]
    for at, gain in enumerate(found):
        assert gain["watch"] == pytest.approx(WATCH[periods][at], abs=2.5)
        if np.isfinite(FLAG[periods][at]):
            assert gain["flag"] == pytest.approx(FLAG[periods][at], abs=5)
        else:
            assert gain["flag"] > 20  # the table says: more than 26, or not at all


def test_larger_teams_show_smaller_gains_and_flags_need_more_than_the_watch_list(organization):
    periods, model = organization
    found = [detectable_gain(model, members, periods, SETTINGS) for members in (5, 8, 12, 25, 60)]
    for name in ("flag", "watch"):
        gains = [gain[name] for gain in found]
        assert gains == sorted(gains, reverse=True)
    assert all(gain["flag"] >= gain["watch"] > SETTINGS.gain for gain in found)


def test_more_surveys_of_the_same_change_show_smaller_gains(organization):
    _, model = organization
    found = [detectable_gain(model, 10, periods, SETTINGS)["watch"] for periods in (2, 4, 8)]
    assert found == sorted(found, reverse=True)


def test_the_same_model_gives_the_same_figures(organization):
    periods, model = organization
    assert detectable_gain(model, 9, periods, SETTINGS) == detectable_gain(model, 9, periods, SETTINGS)


def test_a_team_below_the_minimum_group_shows_nothing(organization):
    periods, model = organization
    for gain in detectable_gain(model, 4, periods, SETTINGS).values():
        assert np.isnan(gain)
    assert np.isfinite(detectable_gain(model, 4, periods, Settings(minimum_group=3))["watch"])


def test_where_no_team_is_ever_flagged_no_gain_is():
    model = judge(simulate(World(teams=6, members=12), seed=1).responses, SETTINGS).model
    found = detectable_gain(model, 12, 4, SETTINGS)
    assert np.isnan(found["flag"])
    assert np.isfinite(found["watch"])


def test_planted_teams_of_that_gain_are_found_in_about_eight_of_ten():
    """120 planted teams of 12 in an organisation large enough not to notice them; all members always answer."""
    world = World(teams=6000, members=12, response=1.0, turnover=0.0, organization_mood=0.0, drift=0.0)
    model = judge(simulate(world, seed=2).responses, SETTINGS).model
    assert model.share_followed == 1.0
    gain = detectable_gain(model, 12, 4, SETTINGS)["watch"]
    found = []
    for seed in range(3):
        found.append(_planted(world, gain, seed))
    assert np.mean(found) == pytest.approx(0.8, abs=0.09)  # 120 teams: standard error .037


def _planted(world: World, gain: float, seed: int) -> float:
    """Share of 40 planted teams that reach the watch list."""
    background = simulate(dataclasses.replace(world, teams=600), seed=seed).responses
    planted = simulate(
        dataclasses.replace(world, teams=40, gain=(gain, 0.0), gain_spread=0.0), seed=100 + seed
    ).responses
    together = dataclasses.replace(
        background,
        team=np.concatenate([background.team, planted.team + 600]),
        period=np.concatenate([background.period, planted.period]),
        respondent=np.concatenate([background.respondent, planted.respondent]),
        individual=np.concatenate([background.individual, planted.individual]),
        collective=np.concatenate([background.collective, planted.collective]),
        teams=640,
        response_rate=np.full((640, 2), np.nan),
        respondents=np.concatenate([background.respondents, planted.respondents]),
    )
    found = judge(together, SETTINGS)
    return float((found.probability[600:] >= 0.5).mean())
