"""
Units above the teams: what may be shown of them beside the shown teams and the figures of the whole organisation.

A reader can subtract. A unit less its shown teams leaves its hidden teams; the organisation less the shown units, and
less the shown teams outside them, leaves every other hidden team. So what each of these subtractions leaves must be
nobody, or at least two teams and the minimum group, on either scale. Units that would leave less are withheld; and as
that moves their hidden teams into what the organisation's figure leaves, more units may have to follow them.

This holds for one division of the teams into units; a second one beside it would need the two looked at together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.disclosure.reasons import Withholding

Mask = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]
SCORED = ["scored_individual", "scored_collective"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Hidden:
    """What subtraction leaves of groups, per group and scale: hidden teams with persons, and those persons."""

    teams: Values
    persons: Values

    def safe(self, minimum: int) -> Mask:
        """(groups,) nobody is left, or at least two teams and the minimum group, on every scale."""
        return ((self.persons == 0) | ((self.teams >= 2) & (self.persons >= minimum))).all(axis=1)


def unit_withholding(
    units: pd.DataFrame, parents: pd.DataFrame, teams: pd.DataFrame, reasons: npt.NDArray[np.object_], minimum: int
) -> npt.NDArray[np.object_]:
    """
    Why each row of the units table is withheld; "" where it is not.

    Parameters
    ----------
    units : `unit period` and the persons behind each mean, `scored_individual`, `scored_collective`.
    parents : `team_id period unit`, a row per team and period that lies in a unit.
    teams : `team_id period` and the persons behind each mean, before anything is taken out.
    reasons : of each row of `teams`, "" where it is shown.
    minimum : the minimum group, in respondents.
    """
    members = teams[["team_id", "period", *SCORED]].merge(parents, on=["team_id", "period"], how="left")
    hidden = members[reasons != Withholding.SHOWN]
    found = np.full(len(units), str(Withholding.SHOWN), dtype=object)
    for period, rows in units.groupby("period", sort=False).indices.items():
        found[rows] = _of_period(units.iloc[rows], hidden[hidden["period"] == period], minimum)
    return found


def _of_period(units: pd.DataFrame, hidden: pd.DataFrame, minimum: int) -> npt.NDArray[np.object_]:
    size = group_size(units[SCORED].to_numpy(float))
    inside = _hidden_of(units, hidden)
    reasons = np.full(len(units), str(Withholding.SHOWN), dtype=object)
    reasons[~inside.safe(minimum)] = str(Withholding.PROTECTS_ANOTHER)
    reasons[(size > 0) & (size < minimum)] = str(Withholding.BELOW_MINIMUM)
    reasons[size == 0] = str(Withholding.NOBODY)
    outside = _without_unit(units, hidden)
    more = _following(inside, outside, reasons != Withholding.SHOWN, size, units["unit"].to_numpy(str), minimum)
    reasons[more] = str(Withholding.PROTECTS_ANOTHER)
    return reasons


def group_size(scored: Values) -> Values:
    """(rows,) persons of a group: the smaller number of the two scales, of those on which it has any."""
    smaller, larger = scored.min(axis=1), scored.max(axis=1)
    return np.where(smaller > 0, smaller, larger)


def _hidden_of(units: pd.DataFrame, hidden: pd.DataFrame) -> _Hidden:
    """What each unit less its shown teams leaves."""
    persons = hidden.groupby("unit")[SCORED].sum().reindex(units["unit"], fill_value=0.0)
    teams = (hidden[SCORED] > 0).groupby(hidden["unit"]).sum().reindex(units["unit"], fill_value=0)
    return _Hidden(teams=teams.to_numpy(float), persons=persons.to_numpy(float))


def _without_unit(units: pd.DataFrame, hidden: pd.DataFrame) -> _Hidden:
    """(1, scales) the hidden teams that lie in no unit."""
    scored = hidden.loc[~hidden["unit"].isin(units["unit"]), SCORED].to_numpy(float)
    return _Hidden(teams=(scored > 0).sum(axis=0, keepdims=True), persons=scored.sum(axis=0, keepdims=True))


def _following(
    inside: _Hidden, outside: _Hidden, withheld: Mask, size: Values, names: npt.NDArray[np.str_], minimum: int
) -> npt.NDArray[np.intp]:
    """The shown units with hidden teams that must be withheld as well: smallest first, then by name."""
    with_hidden = np.flatnonzero(~withheld & (inside.persons > 0).any(axis=1))
    by_size = with_hidden[np.lexsort((names[with_hidden], size[with_hidden]))]
    left = _Hidden(
        teams=_with_each_more(inside.teams, outside.teams, withheld, by_size),
        persons=_with_each_more(inside.persons, outside.persons, withheld, by_size),
    )
    enough = left.safe(minimum)
    return by_size[: int(np.argmax(enough)) if enough.any() else len(by_size)]


def _with_each_more(inside: Values, outside: Values, withheld: Mask, more: npt.NDArray[np.intp]) -> Values:
    """(1 + more, scales) what the organisation's figure leaves at first, and with each further unit withheld."""
    first = outside + inside[withheld].sum(axis=0, keepdims=True)
    return np.concatenate([first, first + np.cumsum(inside[more], axis=0)])
