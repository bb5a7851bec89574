"""Level gap of mirrored items, by hand and by its properties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measurement import survey_sums
from dashboard.measurement.level_gap import level_gap, level_gap_of, readable
from dashboard.measurement.pairs import pairs_of_persons
from dashboard.terms import Settings

GAP = np.nan
INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"


def test_the_level_gap_by_hand():
    # gaps: team a 1, 0, −1 → 0; team b −1, −3 → −2; squares inside 2 + 2 on 3 df; t(.975; 3) = 3.182446
    pairs, _ = pairs_of_persons([1, 2, 3, 4, 5, 3], [2, 2, 2, 3, 2, GAP], list("aaabbb"))
    found = level_gap_of(pairs)
    assert found.respondents.tolist() == [3, 2]
    assert found.gap == pytest.approx([0, -2])
    half = 3.182446 * np.sqrt(4 / 3 / np.array([3, 2]))
    assert found.low == pytest.approx(found.gap - half, rel=1e-6)
    assert found.high == pytest.approx(found.gap + half, rel=1e-6)
    assert found.overall == pytest.approx(-4 / 5)  # over persons


def test_persons_who_differ_alike_have_a_gap_and_no_interval():
    pairs, _ = pairs_of_persons([1, 2, 3, 4.0], [2, 3, 4, 5.0], list("aabb"))
    found = level_gap_of(pairs)
    assert found.gap == pytest.approx([1, 1])
    assert np.isnan([found.low, found.high]).all()


def test_nobody_with_both_scores_has_no_gap():
    pairs, _ = pairs_of_persons([1, GAP], [GAP, 2], list("ab"))
    found = level_gap_of(pairs)
    assert np.isnan([*found.gap, *found.low, found.overall]).all()


def test_levels_are_set_against_each_other_only_where_items_are_mirrored_and_on_one_range(survey_of):
    instrument = survey_of(team=["a"], answers={}).instrument
    assert not readable(instrument)
    mirrored = replace(instrument, mirrored=True)
    assert readable(mirrored)
    longer = replace(instrument.collective, minimum=1, maximum=7)
    assert not readable(replace(mirrored, scales={**instrument.scales, COLLECTIVE: longer}))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_order_of_persons_does_not_matter_and_turned_scales_turn_the_gap(survey_of, shuffled, seed):
    random = np.random.default_rng(seed)
    answers = {name: random.integers(1, 6, (30, 2)).astype(float) for name in (INDIVIDUAL, COLLECTIVE)}
    answers[INDIVIDUAL][random.random((30, 2)) < 0.05] = GAP
    teams = [f"t{number}" for number in random.integers(0, 5, 30)]
    items = [f"{name}_{item}" for name in answers for item in (1, 2)]
    survey = survey_of(team=teams, answers=answers)
    plain, other, turned = (
        level_gap(survey_sums(each, Settings()).periods[0], 0.95)
        for each in (survey, shuffled(survey, seed), survey_of(team=teams, answers=answers, reversed_items=items))
    )
    assert plain.gap.tobytes() == other.gap.tobytes()
    assert plain.low.tobytes() == other.low.tobytes()
    assert turned.gap == pytest.approx(-plain.gap, nan_ok=True)
    assert turned.low == pytest.approx(-plain.high, nan_ok=True)
    assert (np.abs(plain.gap[np.isfinite(plain.gap)]) <= 4).all()
