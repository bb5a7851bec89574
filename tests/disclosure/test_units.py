"""Units beside shown teams and the whole: nobody who subtracts may reach a group below the minimum."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import Withholding, withholding
from dashboard.disclosure.units import unit_withholding

SCALES = ["scored_individual", "scored_collective"]
Scored = list[tuple[int, int]]


def teams_table(scored: Scored) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team_id": [f"team {at:02d}" for at in range(len(scored))],
            "period": "2026-Q1",
            **{name: [float(one[at]) for one in scored] for at, name in enumerate(SCALES)},
        }
    )


def found(scored: Scored, parents: list[str], minimum: int = 5) -> tuple[dict[str, str], np.ndarray]:
    """The reason of each unit, and which teams are shown."""
    teams = teams_table(scored)
    named = teams[["team_id", "period"]].assign(unit=parents)
    named = named[named["unit"] != ""]
    units = teams.merge(named).groupby(["unit", "period"], as_index=False)[SCALES].sum()
    reasons = withholding(teams, minimum)
    withheld = unit_withholding(units, named, teams, reasons, minimum)
    return dict(zip(units["unit"], withheld, strict=True)), reasons == ""


def both(*sizes: int) -> Scored:
    return [(size, size) for size in sizes]


def test_units_whose_teams_are_all_shown_are_shown() -> None:
    assert found(both(6, 7, 8, 9), ["A", "A", "B", "B"])[0] == {"A": "", "B": ""}


def test_small_teams_are_pooled_upward() -> None:
    # Neither team of A can be shown, nor can either be worked out from the six persons of both.
    assert found(both(3, 3, 8, 9), ["A", "A", "B", "B"])[0] == {"A": "", "B": ""}


def test_a_unit_below_the_minimum_is_withheld() -> None:
    reasons, _ = found(both(2, 2, 3, 9), ["A", "A", "B", "C"])
    assert reasons["A"] == Withholding.BELOW_MINIMUM
    assert reasons["B"] == Withholding.BELOW_MINIMUM


def test_a_unit_with_one_hidden_team_is_withheld() -> None:
    # A less the team of nine would be the team of four.
    reasons, shown = found(both(4, 9, 4, 9), ["A", "A", "B", "B"])
    assert list(shown) == [False, True, False, True]
    assert reasons == {"A": Withholding.PROTECTS_ANOTHER, "B": Withholding.PROTECTS_ANOTHER}


def test_two_hidden_teams_with_too_few_persons_keep_their_unit_hidden() -> None:
    reasons, _ = found(both(2, 2, 9, 4, 9), ["A", "A", "A", "B", "B"])
    assert reasons["A"] == Withholding.PROTECTS_ANOTHER


def test_units_hide_each_other_against_the_whole() -> None:
    # A must be withheld: it has one hidden team. Were B shown, the whole less B and the shown teams would be that team.
    reasons, _ = found(both(4, 9, 3, 3, 9), ["A", "A", "B", "B", "B"])
    assert reasons == {"A": Withholding.PROTECTS_ANOTHER, "B": Withholding.PROTECTS_ANOTHER}


def test_a_hidden_team_in_no_unit_needs_another_beside_it() -> None:
    assert found(both(4, 3, 3, 9), ["", "B", "B", "B"])[0] == {"B": Withholding.PROTECTS_ANOTHER}
    assert found(both(4, 3, 3, 3, 9), ["", "", "B", "B", "B"])[0] == {"B": ""}


def test_the_smallest_unit_follows_first() -> None:
    parents = ["A", "A", "B", "B", "B", "C", "C", "C"]
    reasons, _ = found(both(4, 9, 3, 3, 20, 3, 3, 9), parents)
    assert reasons == {"A": Withholding.PROTECTS_ANOTHER, "B": "", "C": Withholding.PROTECTS_ANOTHER}


def test_a_unit_nobody_answered_in_says_so() -> None:
    assert found(both(0, 0, 9), ["A", "A", "B"])[0] == {"A": Withholding.NOBODY, "B": ""}


def test_each_scale_counts_for_itself() -> None:
    # On the collective scale A holds one hidden team only: the second has no answers there.
    reasons, _ = found([(3, 3), (4, 0), (9, 9), (3, 3), (9, 9)], ["A", "A", "A", "B", "B"])
    assert reasons["A"] == Withholding.PROTECTS_ANOTHER


COUNTS = st.integers(0, 9)
TEAMS = st.lists(st.tuples(COUNTS, COUNTS, st.sampled_from(["", "A", "B", "C"])), min_size=1, max_size=9)


@settings(max_examples=150, deadline=None)
@given(TEAMS, st.integers(3, 7))
def test_no_subtraction_reaches_a_group_below_the_minimum(made: list[tuple[int, int, str]], minimum: int) -> None:
    """
    Everything shown of a scale is a sum over teams. A group could be worked out exactly if its own sum lay in the space
    of all shown sums, whatever is added and subtracted.
    """
    parents = [parent for _, _, parent in made]
    reasons, shown = found([(one, other) for one, other, _ in made], parents, minimum)
    for scale in (0, 1):
        persons = np.array([one[scale] for one in made])
        groups = small_groups(persons[~shown], minimum)
        whole = [np.ones(len(made), dtype=bool)] if persons.sum() >= minimum else []
        rows = [np.array([parent == unit for parent in parents]) for unit, reason in reasons.items() if not reason]
        rows += [*whole, *(np.arange(len(made)) == team for team in np.flatnonzero(shown))]
        sums = np.zeros((len(groups), len(made)))
        sums[:, ~shown] = groups
        known = np.array(rows, dtype=float).reshape(-1, len(made)) * (persons > 0)
        assert not follows(sums, known).any()


def small_groups(persons: np.ndarray, minimum: int) -> np.ndarray:
    """(groups, teams) every group of teams with persons, and fewer than the minimum of them."""
    groups = np.array(list(product((False, True), repeat=len(persons))), dtype=bool)
    groups = groups.reshape(2 ** len(persons), len(persons))
    groups = groups[~(groups & (persons == 0)).any(axis=1)]
    size = groups @ persons
    return groups[(size > 0) & (size < minimum)]


def follows(sums: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which sums are made of the known ones."""
    within = sums @ np.linalg.pinv(known) @ known if len(known) else np.zeros_like(sums)
    return np.isclose(within, sums, atol=1e-9).all(axis=1)


@settings(max_examples=100, deadline=None)
@given(TEAMS, st.integers(3, 7))
def test_a_shown_unit_has_the_minimum_group_on_every_scale(made: list[tuple[int, int, str]], minimum: int) -> None:
    reasons, _ = found([(one, other) for one, other, _ in made], [parent for _, _, parent in made], minimum)
    for unit, reason in reasons.items():
        if not reason:
            persons = np.array([[one, other] for one, other, parent in made if parent == unit]).sum(axis=0)
            assert (persons[persons > 0] >= minimum).all()
