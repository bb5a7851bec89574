"""Sums across the two scales, by hand and by their properties."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measurement import survey_sums
from dashboard.measurement.scoring import person_scores
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


def across(survey, period=0):
    return survey_sums(survey, Settings()).periods[period].across


def test_sums_across_the_scales_by_hand(survey_of):
    survey = survey_of(
        team=["a", "a", "b", "b"],
        answers={
            INDIVIDUAL: [[1, 2], [3, 4], [5, 5], [5, GAP]],
            COLLECTIVE: [[2, 2], [4, GAP], [3, 4], [3, 3]],
        },
    )
    found = across(survey)
    # above the minimum of 1: the first person has .5 and 1, the third 4 and 2.5; the others lack one of the scores
    assert found.both.tolist() == [1, 1]
    assert found.individual.tolist() == [0.5, 4]
    assert found.collective.tolist() == [1, 2.5]
    assert found.individual_squares.tolist() == [0.25, 16]
    assert found.collective_squares.tolist() == [1, 6.25]
    assert found.products.tolist() == [0.5, 10]
    # their items: (0, 1, 1, 1) and (4, 4, 2, 3)
    assert found.complete == 2
    assert found.complete_total.tolist() == [4, 5, 3, 4]
    assert found.complete_products.tolist() == [[16, 16, 8, 12], [16, 17, 9, 13], [8, 9, 5, 7], [12, 13, 7, 10]]


@pytest.fixture(scope="module")
def gappy(survey_of):
    """A survey with decimals or without, and a tenth of the answers missing."""

    def made(seed, decimals):
        random = np.random.default_rng(seed)
        answers = {name: random.integers(1, 6, (60, 3)).astype(float) for name in (INDIVIDUAL, COLLECTIVE)}
        for values in answers.values():
            values += decimals * random.random(values.shape) * (values < 5)
            values[random.random(values.shape) < 0.1] = GAP
        return survey_of(team=[f"t{number}" for number in random.integers(0, 9, 60)], answers=answers)

    return made


@pytest.mark.parametrize("decimals", [0, 1])
@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_sums_across_the_scales_are_those_of_the_persons_seen_on_both(gappy, decimals, seed):
    survey = gappy(seed, decimals)
    found = across(survey)
    items = np.hstack([survey.answers[name].astype(float) - 1 for name in (INDIVIDUAL, COLLECTIVE)])
    complete = items[np.isfinite(items).all(axis=1)]
    assert found.complete == len(complete)
    assert found.complete_total == pytest.approx(complete.sum(axis=0), abs=1e-9)
    assert found.complete_products == pytest.approx(complete.T @ complete, abs=1e-9)
    scores = [
        person_scores(survey.answers[name], survey.instrument.scales[name], Settings()) - 1
        for name in (INDIVIDUAL, COLLECTIVE)
    ]
    both = np.isfinite(scores).all(axis=0)
    teams = np.unique(survey.team)
    products = [(scores[0] * scores[1])[both & (survey.team == team)].sum() for team in teams]
    assert found.products == pytest.approx(products)
    assert found.both.sum() == both.sum()


@pytest.mark.parametrize("decimals", [0, 1])
@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_sums_across_the_scales_have_the_same_digits_in_whatever_order_rows_stand(gappy, shuffled, decimals, seed):
    survey = gappy(seed, decimals)
    found, other = across(survey), across(shuffled(survey, seed))
    for f in fields(found):
        assert np.asarray(getattr(found, f.name)).tobytes() == np.asarray(getattr(other, f.name)).tobytes()
