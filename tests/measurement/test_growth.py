"""Growth, against dense least squares and by its properties; `test_reference_change` sets it against lme4."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement.growth import Growth, growth

TEAMS, MEMBERS, TIMES = 12, 4, 4
FIGURES = "intercept slope intercept_error slope_error between_persons residual criterion".split()


@pytest.fixture(scope="module")
def survey():
    """Scores, teams, respondents and times of 12 teams whose members miss a period now and then."""
    random = np.random.default_rng(7)
    team = np.repeat(np.arange(TEAMS), MEMBERS * TIMES)
    person = np.repeat(np.arange(TEAMS * MEMBERS), TIMES)
    time = np.tile(np.arange(float(TIMES)), TEAMS * MEMBERS)
    lines = random.standard_normal((TEAMS, 2)) * (0.5, 0.3) + (3.0, 0.2)
    scores = (lines[team] * np.column_stack([np.ones_like(time), time])).sum(axis=1)
    scores += 0.4 * random.standard_normal(TEAMS * MEMBERS)[person] + 0.3 * random.standard_normal(len(time))
    scores[random.random(len(scores)) < 0.2] = np.nan
    return scores, team, person, time


@pytest.fixture(scope="module")
def found(survey) -> Growth:
    return growth(*survey)


def dense(survey, found):
    """Covariance of all scored responses as the model has it, their design and scores."""
    scored = np.isfinite(survey[0])
    scores, team, person, time = (column[scored] for column in survey)
    design = np.column_stack([np.ones_like(time), time])
    same_team, same_person = team[:, None] == team, person[:, None] == person
    covariance = same_team * (design @ found.between_teams @ design.T)
    covariance += same_person * found.between_persons + np.eye(len(time)) * found.residual
    return covariance, design, scores, team


def restricted(covariance, design, scores):
    """−2 log restricted likelihood, as it is written in books."""
    inverse = np.linalg.inv(covariance)
    information = design.T @ inverse @ design
    line = np.linalg.solve(information, design.T @ inverse @ scores)
    away = scores - design @ line
    sizes = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    return sizes + away @ inverse @ away + (len(scores) - design.shape[1]) * np.log(2 * np.pi)


def test_the_criterion_is_that_of_all_responses_at_once(survey, found):
    covariance, design, scores, _ = dense(survey, found)
    assert found.criterion == pytest.approx(restricted(covariance, design, scores), abs=1e-8)


def test_no_other_variances_fit_better(survey, found):
    covariance, design, scores, team = dense(survey, found)
    best = restricted(covariance, design, scores)
    for more in (np.eye(len(scores)), 1.0 * (team[:, None] == team)):
        for step in (0.01, -0.01):
            assert restricted(covariance + step * more, design, scores) > best


def test_lines_are_those_of_generalised_least_squares(survey, found):
    covariance, design, scores, team = dense(survey, found)
    inverse = np.linalg.inv(covariance)
    known = np.linalg.inv(design.T @ inverse @ design)
    line = known @ design.T @ inverse @ scores
    assert [found.intercept, found.slope] == pytest.approx(line)
    assert [found.intercept_error, found.slope_error] == pytest.approx(np.sqrt(np.diag(known)))
    surprise = inverse @ (scores - design @ line)
    own = [found.between_teams @ design[team == t].T @ surprise[team == t] for t in range(TEAMS)]
    assert found.slopes == pytest.approx(line[1] + np.array(own)[:, 1])


def test_the_order_of_responses_changes_nothing(survey, found):
    order = np.random.default_rng(1).permutation(len(survey[0]))
    again = growth(*(column[order] for column in survey))
    figures = [[getattr(each, name) for name in FIGURES] for each in (again, found)]
    assert figures[0] == pytest.approx(figures[1], rel=1e-4)
    assert again.slopes == pytest.approx(found.slopes, rel=1e-4)


def test_another_unit_of_scores_and_time_changes_units_alone(survey, found):
    scores, team, person, time = survey
    again = growth(25 * (scores - 1), team, person, time / 4)  # POMP, and years for quarters
    assert again.slope == pytest.approx(100 * found.slope, rel=1e-4)
    assert again.residual == pytest.approx(625 * found.residual, rel=1e-4)
    assert again.between_teams[1, 1] == pytest.approx(100**2 * found.between_teams[1, 1], rel=1e-3)


def test_whoever_changes_team_is_another_person_there(survey, found):
    scores, team, person, time = survey
    again = growth(scores, team, person % MEMBERS, time)  # the same ids in every team
    assert again.criterion == pytest.approx(found.criterion)


def test_where_teams_and_persons_are_all_alike_nothing_is_between_them():
    random = np.random.default_rng(5)
    team, time = np.repeat(np.arange(30), 40), np.tile(np.arange(4.0), 300)
    # every person's four answers and every team's means stand on the line, so there is less between than by chance
    wobble = np.tile([1.0, -1.0, -1.0, 1.0], 300) * np.abs(random.standard_normal(1200))
    wobble -= np.repeat(wobble.reshape(-1, 4).mean(axis=1), 4)
    found = growth(3 + 0.5 * time + wobble, team, np.repeat(np.arange(300), 4), time)
    assert found.between_persons == 0
    assert found.between_teams == pytest.approx(np.zeros((2, 2)), abs=1e-3)
    assert found.slope == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    "change",
    [
        lambda scores, team, person, time: (scores, np.minimum(team, 1), person, time),  # two teams
        lambda scores, team, person, time: (scores, team, np.arange(len(person)), time),  # nobody answered twice
        lambda scores, team, person, time: (scores, team, person, 0 * time),  # one time
        lambda scores, team, person, time: (2 + team + 0.5 * time, team, person, time),  # no spread around lines
        lambda scores, team, person, time: (scores * np.nan, team, person, time),
    ],
    ids=["two teams", "nobody twice", "one time", "no spread", "no scores"],
)
def test_without_what_a_line_needs_there_are_no_figures(survey, change):
    found = growth(*change(*survey))
    assert np.isnan([getattr(found, name) for name in FIGURES]).all()
    assert np.isnan(found.slopes).all()
    assert np.isnan(found.between_teams).all()
