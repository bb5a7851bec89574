"""Change and its parts, by hand and by their properties; `test_reference_change` sets them against R."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement import changes
from dashboard.measurement.change import Persons, decompose, without_small_parts
from dashboard.terms import Settings

INDIVIDUAL, COLLECTIVE = "individual_efficacy", "collective_efficacy"
PARTS = ["from_stayers", "from_joiners", "from_leavers"]


def persons(rows):
    """From (team, respondent, score), sorted by team."""
    columns = np.array(sorted(rows), dtype=float).reshape(-1, 3).T
    return Persons(team=columns[0].astype(int), respondent=columns[1].astype(int), score=columns[2])


def test_change_by_hand():
    before = persons([(0, 1, 2.0), (0, 2, 4.0), (0, 3, 5.0)])  # mean 11/3; 1 and 2 stay, 3 leaves
    after = persons([(0, 1, 3.0), (0, 2, 4.0), (0, 4, 1.0), (0, 5, 2.0)])  # mean 2.5; 4 and 5 join
    found = decompose(before, after, 1)
    assert (found.stayers, found.joiners, found.leavers) == (2, 2, 1)
    assert found.change == pytest.approx(2.5 - 11 / 3)
    assert found.from_stayers == pytest.approx(3.5 - 3)
    assert found.from_joiners == pytest.approx(2 / 4 * (1.5 - 3.5))
    assert found.from_leavers == pytest.approx(-1 / 3 * (5 - 3))


def test_whoever_changes_team_leaves_one_and_joins_the_other():
    before, after = persons([(0, 1, 3.0), (0, 2, 3.0), (1, 3, 3.0)]), persons([(0, 1, 3.0), (1, 2, 3.0), (1, 3, 3.0)])
    found = decompose(before, after, 2)
    assert found.stayers == pytest.approx([1, 1])
    assert found.leavers == pytest.approx([1, 0])
    assert found.joiners == pytest.approx([0, 1])


def test_when_nobody_stayed_there_is_a_change_without_parts():
    found = decompose(persons([(0, 1, 2.0)]), persons([(0, 2, 4.0)]), 1)
    assert found.change == pytest.approx(2)
    assert np.isnan([getattr(found, part)[0] for part in PARTS]).all()


def test_a_person_without_an_id_may_have_stayed_or_not():
    found = decompose(persons([(0, 1, 2.0), (0, -1, 4.0)]), persons([(0, 1, 3.0)]), 1)
    assert found.change == pytest.approx(0)
    assert np.isnan([getattr(found, name)[0] for name in ("stayers", "joiners", "leavers", *PARTS)]).all()


def test_a_team_in_one_period_only_has_no_change():
    found = decompose(persons([(0, 1, 2.0), (1, 2, 3.0)]), persons([(0, 1, 3.0)]), 2)
    assert np.isnan(found.change[1])
    assert found.leavers[1] == 1


@pytest.mark.parametrize("joiners, shown", [(0, True), (1, False), (2, False), (3, True)])
def test_parts_of_one_or_two_persons_are_not_shown(joiners, shown):
    stay = [(0, n, 3.0) for n in range(3)]
    found = decompose(persons(stay), persons(stay + [(0, 10 + n, 4.0) for n in range(joiners)]), 1)
    shown_parts = without_small_parts(found)
    assert np.isfinite([getattr(shown_parts, part)[0] for part in PARTS]).tolist() == [shown] * 3
    assert shown_parts.change == pytest.approx(found.change)


score = st.integers(4, 20).map(lambda quarters: quarters / 4)
members = st.dictionaries(st.tuples(st.integers(0, 2), st.integers(0, 9)), score, max_size=20)


@given(members, members)
def test_the_parts_add_up_to_the_change(before, after):
    found = decompose(*(persons([(*who, score) for who, score in when.items()]) for when in (before, after)), 3)
    parts = np.array([getattr(found, part) for part in PARTS]).sum(axis=0)
    known = np.isfinite(parts)
    assert parts[known] == pytest.approx(found.change[known])
    assert (known == (found.stayers > 0)).all()


@given(members)
def test_backwards_the_change_turns_its_sign(before):
    after = {who: 6 - score for who, score in before.items()}
    one, two = (persons([(*who, score) for who, score in when.items()]) for when in (before, after))
    assert decompose(two, one, 3).change == pytest.approx(-decompose(one, two, 3).change, nan_ok=True)


@pytest.fixture
def two_waves(survey_of):
    """Team a: p1–p4 answer twice, p5–p7 join; team b: p8 alone."""
    first, second = ["p1", "p2", "p3", "p4", "p8"], ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"]
    individual = [3, 3, 3, 3, 2, 4, 4, 4, 4, 1, 1, 1, 5]
    return survey_of(
        team=["a"] * 4 + ["b"] + ["a"] * 7 + ["b"],
        period=["2026-Q1"] * 5 + ["2026-Q3"] * 8,
        respondent=first + second,
        answers={INDIVIDUAL: np.array(individual)[:, None], COLLECTIVE: np.full((13, 1), 3)},
    )


def test_a_row_per_team_and_scale(two_waves):
    table = changes(two_waves, Settings(), 0, 1)
    assert list(zip(table["team_id"], table["scale"], strict=True)) == [
        ("a", INDIVIDUAL),
        ("a", COLLECTIVE),
        ("b", INDIVIDUAL),
        ("b", COLLECTIVE),
    ]
    row = table.iloc[0]
    # mean 3 → 19/7; stayers + 1, joiners 3/7 · (1 − 4)
    assert row[["stayers", "joiners", "leavers"]].tolist() == [4, 3, 0]
    assert row[["change", *PARTS]].tolist() == pytest.approx([19 / 7 - 3, 1, -9 / 7, 0])
    assert table.loc[2, PARTS].isna().all()  # one stayer


def test_without_a_person_key_it_is_a_repeated_cross_section(survey_of):
    survey = survey_of(team=["a", "a"], period=["2026-Q1", "2026-Q2"], answers={INDIVIDUAL: [[3], [4]]})
    table = changes(survey, Settings(), 0, 1)
    assert table.empty
    assert (
        list(table.columns)
        == "team_id scale stayers joiners leavers change from_stayers from_joiners from_leavers".split()
    )


def test_change_needs_an_earlier_and_a_later_period(two_waves):
    with pytest.raises(ValueError, match="from an earlier to a later period, not from 1 to 0"):
        changes(two_waves, Settings(), 1, 0)


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_rows_change_no_digit(synth, shuffled, seed):
    pd.testing.assert_frame_equal(
        changes(shuffled(synth, seed), Settings(), 0, 4), changes(synth, Settings(), 0, 4), check_exact=True
    )
