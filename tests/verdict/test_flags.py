"""Flags against trying every set, and in small organisations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.diagnosis.compounding.flags import cut_off, flags
from dashboard.terms import Settings

SETTINGS = Settings()
probabilities = st.lists(st.integers(0, 100).map(lambda p: p / 100), min_size=20, max_size=60).map(np.array)


def everyone(p):
    return np.ones(len(p), dtype=bool)


def by_trying(p, q):
    """The largest set {p ≥ cut}, cut ≥ .5, of which at most q is expected to be wrong."""
    sets = [p >= cut for cut in sorted(set(p[p >= 0.5]))]
    allowed = [s for s in sets if (1 - p[s]).mean() <= q + 1e-12]
    return max(allowed, key=np.sum, default=np.zeros(len(p), dtype=bool))


@given(probabilities, st.sampled_from([0.05, 0.1, 0.2, 0.3]))
def test_the_largest_allowed_set_is_flagged(p, q):
    found = flags(p, everyone(p), Settings(false_flag_share=q))
    assert found.sum() in {by_trying(p, q).sum(), by_trying(p, q - 2e-12).sum()}  # either, at the very edge
    assert not found.any() or p[found].min() > p[~found].max(initial=-1)


@given(probabilities)
def test_at_most_the_agreed_share_is_expected_to_be_wrong(p):
    found = flags(p, everyone(p), SETTINGS)
    assert not found.any() or (1 - p[found]).mean() <= 0.1 + 1e-12


def test_flags_by_hand():
    # 1 − p: .02, .08, .14 → running means .02, .05, .08; the next .30 makes .135
    p = np.array([0.70, 0.98, 0.86, 0.92] + [0.1] * 20)
    assert list(np.flatnonzero(flags(p, everyone(p), SETTINGS))) == [1, 2, 3]


def test_equal_probabilities_are_flagged_together_or_not_at_all():
    # .95 alone passes; with both of .84 the mean is (.05 + .16 + .16)/3 = .123
    p = np.array([0.95, 0.84, 0.84] + [0.1] * 20)
    assert list(np.flatnonzero(flags(p, everyone(p), SETTINGS))) == [0]


def test_none_below_one_half_however_lenient():
    p = np.array([0.99] * 20 + [0.49] * 5)
    found = flags(p, everyone(p), Settings(false_flag_share=0.5))
    assert found.sum() == 20


def test_a_team_that_cannot_be_judged_is_never_flagged():
    p = np.full(30, 0.99)
    judged = np.arange(30) % 2 == 0
    assert list(flags(p, judged, SETTINGS)) == list(judged)


def test_fewer_than_twenty_judged_teams_need_nine_in_ten():
    p = np.array([0.99] * 5 + [0.85] * 5 + [0.1] * 9)
    assert flags(p, everyone(p), SETTINGS).sum() == 5
    assert flags(np.append(p, 0.1), np.ones(20, dtype=bool), SETTINGS).sum() == 10


@pytest.mark.parametrize("teams", range(8))
def test_fewer_than_eight_judged_teams_have_no_flags(teams):
    p = np.full(teams, 1.0)
    assert not flags(p, everyone(p), SETTINGS).any()
    assert cut_off(p, everyone(p), SETTINGS) == np.inf


def test_without_a_flag_one_needs_nine_in_ten():
    assert cut_off(np.full(50, 0.2), np.ones(50, dtype=bool), SETTINGS) == pytest.approx(0.9)


@given(probabilities)
def test_the_cut_off_is_where_one_more_team_is_flagged(p):
    cut = cut_off(p, everyone(p), SETTINGS)
    for more, expected in ((cut + 1e-6, True), (cut - 1e-6, False)):
        if 0 <= more <= 1:
            widened = np.append(p, more)
            assert flags(widened, everyone(widened), SETTINGS)[-1] == expected
