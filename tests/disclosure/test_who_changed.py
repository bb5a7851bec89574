"""The parts of a change: of groups that are large enough, over the usual window, in whole points of 100."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.disclosure.who_changed import GROUPS, PARTS, protected_parts
from dashboard.terms import COLLECTIVE, INDIVIDUAL
from tests.screens import made

ROW = {"change": 0.5, "from_stayers": 0.3131, "from_joiners": 0.1612, "from_leavers": 0.0257}


def changes(*groups: tuple[int, int, int]) -> pd.DataFrame:
    """A row per scale for each team, with those numbers of persons."""
    rows = [
        {"team_id": f"team {at}", "scale": scale, **dict(zip(GROUPS, group, strict=True)), **ROW}
        for at, group in enumerate(groups)
        for scale in (INDIVIDUAL, COLLECTIVE)
    ]
    return pd.DataFrame(rows)


def shown(table: pd.DataFrame) -> list[bool]:
    return [bool(np.isfinite(row).all()) for row in table[PARTS].to_numpy(float)[::2]]


def test_parts_stand_where_each_group_is_nobody_or_the_minimum() -> None:
    found = protected_parts(changes((5, 5, 0), (4, 6, 5), (9, 0, 0), (7, 5, 1)), made.released())
    assert shown(found) == [True, False, True, False]
    assert found["change"].notna().all()
    assert found[GROUPS].notna().all(axis=None)


def test_a_larger_minimum_hides_more() -> None:
    whole = made.released()
    strict = replace(whole, settings=replace(whole.settings, minimum_group=7))
    assert shown(protected_parts(changes((5, 5, 0), (7, 7, 0)), strict)) == [False, True]


def test_parts_are_in_whole_points_of_100() -> None:
    # 1–5: a point of 100 is 0.04; .3131 are 7.83 points, shown as 8, .1612 are 4.03 as 4, .0257 are .64 as 1
    row = protected_parts(changes((5, 5, 5)), made.released()).iloc[0]
    assert [row[part] / 0.04 for part in PARTS] == pytest.approx([8, 4, 1])


def test_over_another_window_there_are_no_parts_to_set_against_each_other() -> None:
    whole = made.released()
    shorter = replace(whole, window=whole.periods[1:])
    assert shown(protected_parts(changes((5, 5, 0)), shorter)) == [False]


def test_nobody_to_tell_of_is_no_error() -> None:
    assert protected_parts(changes()[:0], made.released()).empty
