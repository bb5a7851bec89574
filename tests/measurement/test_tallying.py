"""Counted answers give the sums that added ones give."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement import survey_sums
from dashboard.terms import Settings

INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"
OTHERS = {"attribution_luck": 1, "interdependence": 3}


@pytest.fixture(scope="module")
def whole(survey_of):
    """A survey of whole answers to some scales, a sixth of them missing, two items turned round."""

    def made(seed, options, items):
        random = np.random.default_rng(seed)
        sizes = {INDIVIDUAL: items, COLLECTIVE: items + 1} | OTHERS
        answers = {name: random.integers(1, options + 1, (80, size)).astype(float) for name, size in sizes.items()}
        for values in answers.values():
            values[random.random(values.shape) < 0.16] = np.nan
        turned = [f"{INDIVIDUAL}_1", "attribution_luck_1"]
        team = [f"t{number}" for number in random.integers(0, 9, 80)]
        return survey_of(team=team, answers=answers, bounds=(1, options), reversed_items=turned)

    return made


@pytest.mark.parametrize(("options", "items"), [(5, 1), (5, 5), (2, 2), (7, 9), (32, 3)])
@given(st.integers(0, 10_000))
def test_counted_answers_have_the_sums_of_added_ones(whole, options, items, seed):
    survey = whole(seed, options, items)
    as_any_numbers = {name: values.astype(float) for name, values in survey.answers.items()}
    counted = survey_sums(survey, Settings()).periods[0]
    added = survey_sums(replace(survey, answers=as_any_numbers), Settings()).periods[0]
    assert_alike(counted.across, added.across)
    assert counted.respondents.tolist() == added.respondents.tolist()
    for name in survey.instrument.scales:
        assert_alike(counted.scales[name], added.scales[name])


def assert_alike(one, other):
    for field in fields(one):
        found, expected = getattr(one, field.name), getattr(other, field.name)
        if expected is None:
            assert found is None, field.name
        else:
            assert found == pytest.approx(expected, rel=1e-12, abs=1e-9), field.name


def test_large_groups_are_summed_exactly_too(survey_of):
    """80,000 in one team: three sums no longer fit into the digits of one number of single precision."""
    answers = np.tile([[1.0, 5.0, 3.0]], (80_000, 1))
    survey = survey_of(team=["a"] * 80_000, answers={INDIVIDUAL: answers, COLLECTIVE: answers})
    found = survey_sums(survey, Settings()).periods[0].scales[INDIVIDUAL]
    assert found.total.ravel().tolist() == [0, 320_000, 160_000]  # from the minimum of 1: 0, 4, 2
    assert found.squares.ravel().tolist() == [0, 1_280_000, 320_000]
    assert found.score_total.tolist() == [160_000]
    assert found.complete_products[1].tolist() == [0, 1_280_000, 640_000]
