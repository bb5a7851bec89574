"""
The gate: takes every figure of a group below the minimum out of a diagnosis, for good.

Two rules. A team-period below the minimum group has no figure at all. And as the organisation's figure is
shown, one withheld team could be worked out by subtraction, so the next smallest team of that period is
withheld with it, until at least two teams and at least the minimum group hide each other on every scale.

What they must not be worked out from together are the other digits of what is shown: see `coarsening`.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis, Organization, Reason
from dashboard.disclosure.among_shown import shrunken_among_shown, spread_among_shown
from dashboard.disclosure.coarsening import (
    coarse_gates,
    coarse_items,
    coarse_organization,
    coarse_quality,
    coarse_scales,
    coarse_teams,
)
from dashboard.disclosure.reasons import Withholding
from dashboard.disclosure.released import Released
from dashboard.disclosure.units import group_size, unit_withholding
from dashboard.disclosure.who_changed import protected_parts
from dashboard.terms import ATTRIBUTIONS, COLLECTIVE, INDIVIDUAL

Mask = npt.NDArray[np.bool_]
Sizes = npt.NDArray[np.float64]  # (rows, scales) persons behind each mean


TEAM_KEYS = ("team_id", "period")
UNIT_KEYS = ("unit", "period")
VERDICT_KEYS = ("team_id", "since", "until", "verdict", "flagged", "evidence", "reason")


def release(diagnosis: Diagnosis) -> Released:
    """The diagnosis as everyone above this floor may see it: small groups have no figures anywhere."""
    minimum = diagnosis.settings.minimum_group
    reasons = withholding(diagnosis.teams, minimum)
    hidden = pd.Series(reasons != Withholding.SHOWN, index=pd.MultiIndex.from_frame(diagnosis.teams[list(TEAM_KEYS)]))
    cleared: dict[str, Any] = {
        "teams": _teams(diagnosis.teams, reasons, minimum),
        "verdicts": _verdicts(diagnosis.verdicts, hidden),
        "changes": _changes(diagnosis, hidden),
        "worth_watching": _worth_watching(diagnosis, hidden),
        "scales": _whole(diagnosis.scales, minimum, ("scale", "period", "items")),
        "organization": _organization(diagnosis, minimum),
        "units": _units(diagnosis, reasons),
        "gaps": _gaps(diagnosis.gaps, hidden, minimum),
        "quality": _quality(diagnosis.quality, minimum),
        "items": _items(diagnosis, minimum),
    }
    cleared |= _coarsened(diagnosis, cleared, reasons)
    return Released(**{f.name: cleared.get(f.name, getattr(diagnosis, f.name)) for f in fields(diagnosis)})


def withholding(teams: pd.DataFrame, minimum: int) -> npt.NDArray[np.object_]:
    """
    Why each row of the teams table is withheld; "" where it is not.

    Parameters
    ----------
    teams : with `period`, `team_id`, and `scored_individual`, `scored_collective`, the persons behind either mean.
        A group is as large as the smaller of the two that is not empty.
    minimum : the minimum group, in respondents.
    """
    scored: Sizes = teams[["scored_individual", "scored_collective"]].to_numpy(float)
    size = group_size(scored)
    reasons = np.full(len(teams), str(Withholding.SHOWN), dtype=object)
    reasons[size == 0] = str(Withholding.NOBODY)
    small = (size > 0) & (size < minimum)
    reasons[small] = str(Withholding.BELOW_MINIMUM)
    reasons[_protecting(teams, scored, small, minimum)] = str(Withholding.PROTECTS_ANOTHER)
    return reasons


def _protecting(teams: pd.DataFrame, scored: Sizes, hidden: Mask, minimum: int) -> Mask:
    """Those other rows that must be withheld with the hidden ones of their period."""
    names, found = teams["team_id"].to_numpy().astype(str), np.zeros(len(teams), dtype=bool)
    for rows in teams.groupby("period", sort=False).indices.values():
        found[rows[_needed(scored[rows], hidden[rows], names[rows], minimum)]] = True
    return found


def _needed(scored: Sizes, hidden: Mask, names: npt.NDArray[np.str_], minimum: int) -> npt.NDArray[np.intp]:
    """
    Those shown teams of one period that must be withheld with the hidden ones: smallest first, then by name.

    So many that on every scale on which a hidden team has persons, at least two teams and the minimum group are hidden.
    """
    shown = np.flatnonzero(~hidden & (scored > 0).any(axis=1))
    by_size = shown[np.lexsort((names[shown], group_size(scored[shown])))]
    teams = _with_each_more(scored > 0, hidden, by_size)
    persons = _with_each_more(scored, hidden, by_size)
    at_risk = persons[0] > 0
    enough = ((teams >= 2) & (persons >= minimum) | ~at_risk).all(axis=1)
    return by_size[: int(np.argmax(enough)) if enough.any() else len(by_size)]


def _with_each_more(counts: npt.NDArray[Any], hidden: Mask, more: npt.NDArray[np.intp]) -> Sizes:
    """(1 + more, scales) what is hidden on each scale at first, and with each further team."""
    first = counts[hidden].sum(axis=0, keepdims=True).astype(float)
    return np.concatenate([first, first + np.cumsum(counts[more], axis=0)])


def _teams(teams: pd.DataFrame, reasons: npt.NDArray[np.object_], minimum: int) -> pd.DataFrame:
    """
    Withheld rows without figures; attribution, which fewer persons may have answered, only from enough of them, and
    hidden by the same two rules, as its mean over everybody is shown as well.
    """
    cleared = _cleared(teams, reasons != Withholding.SHOWN, TEAM_KEYS)
    scored: Sizes = teams[["scored_attribution"]].to_numpy(float)
    few = (reasons != Withholding.SHOWN) | (scored[:, 0] < minimum)
    few |= _protecting(teams, scored, few, minimum)
    attributions = [column for column in teams.columns if "attribution" in column]
    return cleared.assign(**{column: _blank(cleared[column], few) for column in attributions}, withheld=reasons)


def _coarsened(diagnosis: Diagnosis, cleared: dict[str, Any], reasons: npt.NDArray[np.object_]) -> dict[str, Any]:
    """Those tables with fewer digits in periods in which a team with answers is withheld, and figures made of them."""
    periods = set(diagnosis.teams["period"][~np.isin(reasons, [Withholding.SHOWN, Withholding.NOBODY])])
    scales, window = cleared["scales"], [period.label for period in diagnosis.window]
    coarse = _of(scales, periods) | _attribution_hidden(diagnosis, cleared["teams"], scales)
    within = not periods.isdisjoint(window)
    teams = shrunken_among_shown(cleared["teams"], scales, periods, diagnosis.settings)
    return {
        "teams": coarse_teams(teams, _of(teams, periods)),
        "scales": spread_among_shown(teams, coarse_scales(scales, coarse), periods, diagnosis.settings),
        "quality": coarse_quality(cleared["quality"], _of(cleared["quality"], periods)),
        "items": coarse_items(cleared["items"], _of(cleared["items"], periods)),
        "organization": coarse_organization(
            cleared["organization"], _of(cleared["organization"].by_period, periods), within
        ),
        "gates": coarse_gates(diagnosis.gates, window[-1] in periods, within),
    }


def _of(table: pd.DataFrame, periods: set[str]) -> Mask:
    """(rows,) those of these periods; none in a table without any column."""
    return np.zeros(0, dtype=bool) if table.empty else table["period"].isin(periods).to_numpy(bool)


def _attribution_hidden(diagnosis: Diagnosis, teams: pd.DataFrame, scales: pd.DataFrame) -> Mask:
    """(rows of `scales`,) attribution in periods in which that of a team with answers is withheld."""
    hidden = (diagnosis.teams["scored_attribution"] > 0) & ~(teams["scored_attribution"] > 0)
    attribution = scales["scale"].isin(ATTRIBUTIONS).to_numpy(bool)
    return attribution & _of(scales, set(diagnosis.teams["period"][hidden]))


def _cleared(table: pd.DataFrame, hidden: Mask, keys: tuple[str, ...]) -> pd.DataFrame:
    """The table without any figure in the hidden rows; keys stay."""
    figures = [column for column in table.columns if column not in keys]
    return table.assign(**{column: _blank(table[column], hidden) for column in figures})


def _blank(column: pd.Series, hidden: Mask) -> pd.Series:
    return column.mask(hidden, "") if column.dtype == object or column.dtype == "str" else column.mask(hidden)


def _verdicts(verdicts: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """No figures where a half of the window never reaches the minimum; no head counts of withheld periods."""
    withheld = (verdicts["reason"] == Reason.MINIMUM_GROUP).to_numpy()
    table = _cleared(verdicts, withheld, VERDICT_KEYS)
    since, until = _hidden_at(verdicts, "since", hidden), _hidden_at(verdicts, "until", hidden)
    return table.assign(
        respondents_since=table["respondents_since"].mask(since),
        respondents_until=table["respondents_until"].mask(until),
        stayers=table["stayers"].mask(since | until),
    )


def _hidden_at(table: pd.DataFrame, end: str, hidden: pd.Series) -> Mask:
    keys = pd.MultiIndex.from_arrays([table["team_id"], table[end]])
    return hidden.reindex(keys, fill_value=True).to_numpy(bool)


def _changes(diagnosis: Diagnosis, hidden: pd.Series) -> pd.DataFrame:
    changes = diagnosis.changes
    ends = changes.assign(since=diagnosis.window[0].label, until=diagnosis.window[-1].label)
    either = _hidden_at(ends, "since", hidden) | _hidden_at(ends, "until", hidden)
    return protected_parts(_cleared(changes, either, ("team_id", "scale")), diagnosis)


def _worth_watching(diagnosis: Diagnosis, hidden: pd.Series) -> pd.DataFrame | None:
    table = diagnosis.worth_watching
    if table is None:
        return None
    at = table.assign(at=diagnosis.window[-1].label)
    return _cleared(table, _hidden_at(at, "at", hidden), ("team_id",))


def _gaps(gaps: pd.DataFrame, hidden: pd.Series, minimum: int) -> pd.DataFrame:
    """
    No gap of a withheld team, and none on fewer persons with both scores than the minimum group; hidden by the same
    two rules, as the mean gap over everybody is shown as well.
    """
    if gaps.empty:
        return gaps
    scored: Sizes = gaps[["respondents"]].to_numpy(float)
    withheld: Mask = hidden.reindex(pd.MultiIndex.from_frame(gaps[list(TEAM_KEYS)]), fill_value=True).to_numpy(bool)
    few = withheld | (scored[:, 0] < minimum)
    return _cleared(gaps, few | _protecting(gaps, scored, few, minimum), TEAM_KEYS)


def _quality(quality: pd.DataFrame, minimum: int) -> pd.DataFrame:
    return quality if quality.empty else _whole(quality, minimum, ("period",))


def _items(diagnosis: Diagnosis, minimum: int) -> pd.DataFrame:
    """Figures of items stand where those of their scale and period do."""
    items, scales = diagnosis.items, diagnosis.scales
    if items.empty:
        return items
    persons = pd.Series(
        scales["respondents"].to_numpy(float), index=pd.MultiIndex.from_frame(scales[["scale", "period"]])
    )
    found = persons.reindex(pd.MultiIndex.from_frame(items[["scale", "period"]]), fill_value=0.0).to_numpy(float)
    return _cleared(items, found < minimum, ("scale", "item", "period"))


def _whole(table: pd.DataFrame, minimum: int, keys: tuple[str, ...]) -> pd.DataFrame:
    """Figures of the whole organisation, unless it is itself below the minimum."""
    return _cleared(table, (table["respondents"] < minimum).to_numpy(), keys)


def _units(diagnosis: Diagnosis, reasons: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Units without any figure where one would be of too few persons, or give a hidden team away."""
    units = diagnosis.units
    if units.empty:
        return units
    withheld = unit_withholding(units, diagnosis.parents, diagnosis.teams, reasons, diagnosis.settings.minimum_group)
    return _cleared(units, withheld != Withholding.SHOWN, UNIT_KEYS).assign(withheld=withheld)


def _organization(diagnosis: Diagnosis, minimum: int) -> Organization:
    """Means over everybody only where everybody, and those with a score on the scale, are enough."""
    table = _whole(diagnosis.organization.by_period, minimum, ("period",))
    persons = diagnosis.scales.set_index(["scale", "period"])["respondents"].astype(float)
    for scale, name in ((INDIVIDUAL, "individual"), (COLLECTIVE, "collective")):
        few = persons.reindex([(scale, period) for period in table["period"]], fill_value=0.0).to_numpy(float) < minimum
        table = table.assign(**{column: _blank(table[column], few) for column in table if column.startswith(name)})
    return replace(diagnosis.organization, by_period=table)
