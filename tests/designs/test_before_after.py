"""Before and after an event: which surveys, which figures, beside whom; every number by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.designs.before_after import LookedBack, before_after
from dashboard.disclosure import Released
from dashboard.terms import in_order
from dashboard.wording import design_words
from tests.screens import made

EVENTS = ["team_id", "period", "date", "kind", "name", "outcome", "participants"]
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
OTHERS = ("Bridge", "Cobalt", "Delta", "Ember", "Falcon")
# points of 1–5 by quarter: on 0–100 a point is 25
INDIVIDUAL = {"Atlas": (3.0, 3.2, 3.4)} | {team: (3.0, 3.0, 3.0 + 0.04 * at) for at, team in enumerate(OTHERS, 1)}
COLLECTIVE = {"Atlas": (2.6, 2.8, 3.2)} | dict.fromkeys(OTHERS, (3.0, 3.0, 3.0))


def whole(*events: tuple[str, str, str], hidden: tuple[tuple[str, str], ...] = ()) -> Released:
    """Six teams over three quarters, means ± .2; events (team, period, name) of shared mastery."""
    rows = [
        {"team_id": team, "period": quarter, "respondents": 8.0 + at, "withheld": ""}
        | _level("individual", INDIVIDUAL[team][at])
        | _level("collective", COLLECTIVE[team][at])
        for team in INDIVIDUAL
        for at, quarter in enumerate(QUARTERS)
    ]
    teams = pd.DataFrame(rows)
    for team, quarter in hidden:
        gone = (teams["team_id"] == team) & (teams["period"] == quarter)
        teams.loc[gone, [c for c in teams if c not in ("team_id", "period", "withheld")]] = np.nan
    told = [(team, period, "", "shared_mastery", name, "", np.nan) for team, period, name in events]
    base = made.released()
    return replace(
        base,
        periods=in_order(QUARTERS),
        window=in_order(QUARTERS),
        teams=teams,
        events=pd.DataFrame(told, columns=EVENTS),
        verdicts=base.verdicts[base.verdicts["team_id"].isin(INDIVIDUAL)],
    )


def _level(name: str, mean: float) -> dict[str, float]:
    return {name: mean, f"{name}_low": mean - 0.2, f"{name}_high": mean + 0.2, f"{name}_shrunken": mean}


def only(released: Released, team: str = "Atlas") -> LookedBack:
    (found,) = before_after(released, team)
    return found


def test_the_surveys_around_an_event_are_set_beside_each_other() -> None:
    found = only(whole(("Atlas", "2026-Q2", "Pre-mortem")))
    assert (found.before, found.after, found.in_its_period) == ("2026-Q1", "2026-Q3", False)
    assert found.answered == (8.0, 10.0)
    individual, collective = found.levels
    assert (individual.before.value, individual.after.value) == pytest.approx(
        (50, 60)
    )  # 25 × (3.0 − 1), 25 × (3.4 − 1)
    assert individual.change.value == pytest.approx(10)
    assert (collective.before.low, collective.before.high) == pytest.approx((35, 45))  # 40 ± 25 × .2
    assert collective.change.value == pytest.approx(15)  # 55 − 40
    half = 5 * 2**0.5  # two intervals of ± 5, as of different people
    assert (collective.change.low, collective.change.high) == pytest.approx((15 - half, 15 + half))


def test_the_others_are_those_without_one_and_their_mean_change_has_its_interval() -> None:
    found = only(whole(("Atlas", "2026-Q2", "Pre-mortem")))
    assert found.others == 5
    individual = found.levels[0].others
    # changes 1, 2, 3, 4, 5 points of 100: mean 3, t(.975; 4) = 2.776, error √(2.5 / 5)
    assert (individual.value, individual.low, individual.high) == pytest.approx((3.0, 1.037, 4.963), abs=0.001)
    collective = found.levels[1].others
    assert (collective.value, collective.low, collective.high) == pytest.approx((0, 0, 0))


def test_a_team_with_one_in_between_is_no_comparison_and_four_are_too_few() -> None:
    found = only(whole(("Atlas", "2026-Q2", "Pre-mortem"), ("Bridge", "2026-Q3", "Swarm")))
    assert found.others == 4
    assert np.isnan(found.levels[0].others.value)


def test_one_before_the_first_of_the_two_surveys_takes_no_team_away() -> None:
    found = only(whole(("Atlas", "2026-Q2", "Pre-mortem"), ("Bridge", "2026-Q1", "Swarm")))
    assert found.others == 5


def test_where_everyone_had_one_there_is_nothing_to_set_beside_it() -> None:
    assert only(whole(("Atlas", "2026-Q2", "Pre-mortem"), ("", "2026-Q2", "Day of repair"))).others == 0


def test_a_withheld_team_is_no_comparison_and_has_no_figure_of_its_own() -> None:
    event = ("Atlas", "2026-Q2", "Pre-mortem")
    assert only(whole(event, hidden=(("Bridge", "2026-Q3"),))).others == 4
    found = only(whole(event, hidden=(("Atlas", "2026-Q3"),)))
    assert found.answered[0] == 8.0
    assert np.isnan(found.answered[1])
    figures = [
        end
        for level in found.levels
        for estimate in (level.after, level.change)
        for end in (estimate.value, estimate.low, estimate.high)
    ]
    assert np.isnan(figures).all()


def test_an_event_of_the_last_survey_is_set_beside_that_with_a_word_of_caution() -> None:
    found = only(whole(("Atlas", "2026-Q3", "Pre-mortem")))
    assert (found.before, found.after, found.in_its_period) == ("2026-Q2", "2026-Q3", True)


def test_what_has_just_begun_has_a_before_and_waits_for_its_after() -> None:
    found = only(whole(("Atlas", "2026-Q4", "Pre-mortem")))
    assert (found.before, found.after, found.others) == ("2026-Q3", "", 0)
    assert np.isnan(found.levels[0].change.value)


def test_an_event_of_the_first_survey_has_no_before() -> None:
    assert only(whole(("Atlas", "2026-Q1", "Pre-mortem"))).before == ""


def test_a_month_lies_within_its_quarter() -> None:
    found = only(whole(("Atlas", "2026-05", "Pre-mortem")))
    assert (found.before, found.after) == ("2026-Q1", "2026-Q3")


def test_the_latest_three_are_looked_back_on_the_latest_first() -> None:
    events = [("Atlas", quarter, name) for quarter, name in zip((*QUARTERS, "2026-Q4"), "abcd", strict=True)]
    assert [found.name for found in before_after(whole(*events), "Atlas")] == ["d", "c", "b"]
    assert before_after(whole(*events), "Bridge") == ()


def test_the_head_of_the_table_says_when_and_of_how_many() -> None:
    found = only(whole(("Atlas", "2026-Q2", "Pre-mortem")))
    settings = made.released().settings
    assert design_words.headings(found.before, found.after, found.answered, found.others, settings) == [
        "Points of 100",
        "Before: 2026-Q1, 8 people",
        "After: 2026-Q3, 10 people",
        "Change",
        "Mean change, 5 teams without one",
    ]
