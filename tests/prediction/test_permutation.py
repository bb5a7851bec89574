"""Permutation of whole teams: how often it is wrong, what moves, and that it is the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.diagnosis.prediction.panel import COLLECTIVE, INDIVIDUAL
from dashboard.diagnosis.prediction.permutation import _dealt, _of_one_size, permutation


def test_teams_move_as_a_whole_and_only_to_places_of_their_size(made_panel) -> None:
    panel = made_panel(9, periods=5)
    panel = panel.only(~((panel.team < 4) & (panel.period == 4)))  # four teams of three rows, five of four
    source = _dealt(panel, _of_one_size(panel), 50, np.random.default_rng(1))
    assert (np.sort(source, axis=1) == np.arange(panel.rows)).all()
    for start, size in zip(panel.starts, np.diff(panel.starts, append=panel.rows), strict=True):
        rows = source[:, start : start + size]
        given = panel.team[rows]
        assert (given == given[:, :1]).all()  # all from one team
        assert (np.diff(rows, axis=1) == 1).all()  # in order of time
        assert np.isin(given[:, 0], range(4) if size == 3 else range(4, 9)).all()


def test_without_any_relation_five_in_a_hundred_are_found(made_panel) -> None:
    # Levels of teams and levels of beliefs, both lasting, which rows dealt singly would take for a relation.
    found = [
        permutation(made_panel(14, periods=4, seed=seed, team_spread=1.0), seed, permutations=99).p
        for seed in range(200)
    ]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.09


def test_a_real_relation_is_found(made_panel) -> None:
    found = permutation(made_panel(40, slope=0.5), seed=1)
    assert found.p == pytest.approx(1 / 2000)  # (1 + 0) / (1 + 1,999)
    assert (found.permutations, found.movable) == (1999, 40)


def test_the_same_seed_gives_the_same_p_and_no_unit_matters(made_panel) -> None:
    panel = made_panel(20, slope=0.1)
    first = permutation(panel, seed=7).p
    panel.lagged[COLLECTIVE][:] = 100 * panel.lagged[COLLECTIVE] - 3
    panel.performance[:] = 9 * panel.performance
    assert permutation(panel, seed=7).p == first


def test_a_predictor_that_repeats_another_is_not_tested(made_panel) -> None:
    panel = made_panel(20)
    panel.lagged[COLLECTIVE][:] = panel.lagged[INDIVIDUAL]
    assert np.isnan(permutation(panel, seed=1).p)


def test_teams_of_which_none_is_as_long_as_another_cannot_be_dealt(made_panel) -> None:
    panel = made_panel(4, periods=5)
    panel = panel.only(panel.period > panel.team)
    assert permutation(panel, seed=1).movable == 0
    assert np.isnan(permutation(panel, seed=1).p)
