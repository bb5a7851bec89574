"""Figures of teams, by hand and by their properties."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.measurement import survey_sums, team_figures
from dashboard.measurement.nesting import icc, shrunken_means
from dashboard.measurement.scoring import person_scores
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


def same_digits(one, other):
    return all(getattr(one, f.name).tobytes() == getattr(other, f.name).tobytes() for f in fields(one))


@pytest.fixture
def small(survey_of):
    """Two teams, two items; team b has a person who answered too little."""
    return survey_of(
        team=["a", "a", "b", "b", "b"],
        answers={
            INDIVIDUAL: [[1, 2], [3, 4], [4, 4], [5, 5], [5, GAP]],
            COLLECTIVE: [[2, 2], [4, 4], [3, 3], [3, 3], [3, 5]],
        },
    )


def test_means_and_their_pooled_interval_by_hand(small):
    figures = team_figures(small, Settings())
    # individual scores 1.5, 3.5 | 4, 5: means 2.5 and 4.5; squares inside 2 + .5, so MSW = 2.5 / (4 − 2)
    assert figures.individual[:, 0] == pytest.approx([2.5, 4.5])
    half = 4.302653 * np.sqrt(1.25 / 2)  # t(.975; 2)
    assert figures.individual_low[:, 0] == pytest.approx([2.5 - half, 4.5 - half])
    assert figures.individual_high[:, 0] == pytest.approx([2.5 + half, 4.5 + half])


def test_respondents_are_persons_with_either_score(small):
    figures = team_figures(small, Settings())
    assert figures.respondents[:, 0] == pytest.approx([2, 3])
    assert figures.scored_individual[:, 0] == pytest.approx([2, 2])
    assert figures.scored_collective[:, 0] == pytest.approx([2, 3])


def test_the_interval_has_the_coverage_that_is_asked_for(small):
    wide, narrow = (team_figures(small, Settings(interval=share)) for share in (0.95, 0.80))
    ratio = stats.t.ppf(0.9, 2) / stats.t.ppf(0.975, 2)
    assert narrow.individual_high - narrow.individual == pytest.approx(ratio * (wide.individual_high - wide.individual))


def test_the_pooled_interval_holds_its_coverage(survey_of):
    random, held = np.random.default_rng(2), []
    teams = np.repeat(np.arange(30), 4)
    for _ in range(60):
        truth = 50 + 8 * random.standard_normal(30)
        scores = truth[teams] + 10 * random.standard_normal(120)
        figures = team_figures(
            survey_of(team=[f"{t:02}" for t in teams], answers={COLLECTIVE: scores[:, None]}, bounds=(0, 100)),
            Settings(),
        )
        held.append((figures.collective_low[:, 0] <= truth) & (truth <= figures.collective_high[:, 0]))
    assert np.mean(held) == pytest.approx(0.95, abs=0.016)  # three standard errors of 1,800


@pytest.fixture
def several(survey_of):
    """Ten teams of unequal size in three periods, some answers missing, one team missing in the second period."""
    random = np.random.default_rng(6)
    size = random.integers(1, 9, (3, 10))
    size[1, 4] = 0
    team = np.concatenate([np.repeat([f"t{t}" for t in range(10)], size[q]) for q in range(3)])
    period = np.repeat(["2026-Q1", "2026-Q2", "2026-Q3"], size.sum(axis=1))
    answers = {
        name: np.where(random.random((len(team), 4)) < 0.1, GAP, random.integers(1, 6, (len(team), 4)))
        for name in (INDIVIDUAL, COLLECTIVE, "attribution_luck")
    }
    return survey_of(team=team, period=period, respondent=[f"p{n}" for n in range(len(team))], answers=answers)


def test_all_teams_at_once_are_each_period_alone(several):
    figures = team_figures(several, Settings())
    for name in (INDIVIDUAL, COLLECTIVE):
        track = name.removesuffix("_efficacy")
        scores = person_scores(several.answers[name], several.instrument.scales[name], Settings())
        for at in range(3):
            rows = several.period == at
            shrunken = shrunken_means(scores[rows], several.team[rows])
            found = getattr(figures, f"{track}_shrunken")[shrunken.teams, at]
            assert found == pytest.approx(shrunken.estimates, nan_ok=True)
            within = icc(scores[rows], several.team[rows])
            half = stats.t.ppf(0.975, within.respondents - within.teams) * np.sqrt(within.within)
            scored = getattr(figures, f"scored_{track}")[:, at]
            width = getattr(figures, f"{track}_high")[:, at] - getattr(figures, track)[:, at]
            assert width[scored > 0] == pytest.approx(half / np.sqrt(scored[scored > 0]))


def test_a_missing_quarter_is_a_gap(several):
    figures = team_figures(several, Settings())
    assert figures.respondents[4, 1] == 0
    for f in fields(figures):
        if f.name not in ("respondents", "shape") and not f.name.startswith("scored"):
            assert np.isnan(getattr(figures, f.name)[4, 1])
    assert figures.shape[4, 1] == ""
    assert np.isfinite(figures.collective[4, [0, 2]]).all()


def test_an_attribution_scale_that_was_not_asked_has_no_figures(several):
    figures = team_figures(several, Settings())
    assert np.isfinite(figures.attribution_luck).any()
    assert np.isnan(figures.attribution_coordination).all()


def test_fewer_teams_than_eight_have_raw_means_only(several, survey_of):
    few = team_figures(several, Settings(shrinkage_teams=11))
    assert np.isnan(few.collective_shrunken).all()
    assert np.isfinite(few.collective).any()
    assert np.isfinite(team_figures(several, Settings()).collective_shrunken).any()


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_change_no_digit(several, shuffled, seed):
    assert same_digits(team_figures(shuffled(several, seed), Settings()), team_figures(several, Settings()))


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_rows_of_uneven_answers_change_no_digit(several, shuffled, seed):
    uneven = replace(several, answers={name: np.sqrt(given.astype(float)) for name, given in several.answers.items()})
    assert same_digits(team_figures(shuffled(uneven, seed), Settings()), team_figures(uneven, Settings()))


def test_sums_at_hand_give_the_same_figures(several):
    sums = survey_sums(several, Settings())
    assert same_digits(team_figures(several, Settings(), sums), team_figures(several, Settings()))


answer = st.sampled_from([1, 2, 3, 4, 5, GAP])
rows = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.lists(answer, min_size=3, max_size=3)), min_size=1, max_size=40
)


@given(rows)
def test_a_scale_turned_round_mirrors_means_and_leaves_agreement(survey_of, rows):
    team, given_answers = [row[0] for row in rows], [row[1] for row in rows]
    plain = team_figures(survey_of(team=team, answers={COLLECTIVE: given_answers}), Settings())
    items = [f"{COLLECTIVE}_{item}" for item in (1, 2, 3)]
    turned = team_figures(survey_of(team=team, answers={COLLECTIVE: given_answers}, reversed_items=items), Settings())
    assert turned.collective == pytest.approx(6 - plain.collective, nan_ok=True)
    assert turned.collective_low == pytest.approx(6 - plain.collective_high, nan_ok=True)
    assert turned.collective_shrunken == pytest.approx(6 - plain.collective_shrunken, nan_ok=True, abs=1e-6)
    assert turned.agreement_ad == pytest.approx(plain.agreement_ad, nan_ok=True)
    assert turned.rwg_skew == pytest.approx(plain.rwg_skew, nan_ok=True, abs=1e-9)


@given(rows)
def test_every_mean_lies_on_the_scale_and_in_its_interval(survey_of, rows):
    team, given_answers = [row[0] for row in rows], [row[1] for row in rows]
    figures = team_figures(survey_of(team=team, answers={INDIVIDUAL: given_answers}), Settings())
    mean = figures.individual[np.isfinite(figures.individual)]
    assert ((mean >= 1) & (mean <= 5)).all()
    known = np.isfinite(figures.individual_low)
    assert (figures.individual_low[known] < figures.individual[known]).all()
    assert (figures.individual_high[known] > figures.individual[known]).all()
