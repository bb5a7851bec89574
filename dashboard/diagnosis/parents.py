"""
Parents: the unit above each team, from the roster, else from a segment of the survey that teams lie in whole.

A team lies in at most one unit per period. Where the roster names one and the same unit for a team in all the periods
it speaks of, the team belongs to it in the others too; where it names several, only in the periods they are named for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.terms import Roster, Settings, Survey

Names = npt.NDArray[np.object_]
Codes = npt.NDArray[np.int64]

NO_PARENT = ""


def parents(survey: Survey, roster: Roster | None, settings: Settings) -> Names:
    """
    (T, Q) name of the unit above each team in each period, "" where none is known.

    A roster with any unit decides alone. Without one, a segment serves if all members of each team give the same in a
    period and it gathers teams: at least one unit holds two. The segment called like `Settings.parent_noun` comes
    first, then the others in the order of the survey.
    """
    from_roster = _of_roster(survey, roster)
    if (from_roster != NO_PARENT).any():
        return from_roster
    for name in sorted(survey.segments.columns, key=lambda name: str(name).lower() != settings.parent_noun.lower()):
        found = _of_segment(survey, survey.segments[name])
        if found is not None:
            return found
    return from_roster


def parent_table(names: Names, survey: Survey) -> pd.DataFrame:
    """A row per team and period with a unit: `team_id period unit`."""
    team, period = np.nonzero(names != NO_PARENT)
    labels = np.array([each.label for each in survey.periods], dtype=object)
    columns = {"team_id": np.array(survey.teams, dtype=object)[team], "period": labels[period]}
    return pd.DataFrame({**columns, "unit": names[team, period]})


def _of_roster(survey: Survey, roster: Roster | None) -> Names:
    found = np.full((len(survey.teams), len(survey.periods)), NO_PARENT, dtype=object)
    if roster is None or roster.headcounts.empty:
        return found
    named = roster.headcounts[roster.headcounts["parent"].fillna(NO_PARENT) != NO_PARENT]
    named = named[named["team"].isin(survey.teams)]
    team = pd.Index(survey.teams).get_indexer(named["team"])
    period = pd.Index([each.label for each in survey.periods]).get_indexer(named["period"])
    names, surveyed = named["parent"].to_numpy(object), period >= 0
    found[team[surveyed], period[surveyed]] = names[surveyed]
    always = (named.groupby("team")["parent"].transform("nunique") < 2).to_numpy(bool)
    found[team[always]] = names[always, None]
    return found


def _of_segment(survey: Survey, segment: pd.Series) -> Names | None:
    """The segment of each team in each period; `None` where members of a team differ or no unit holds two teams."""
    given = segment.astype("category").cat
    labels, codes = [str(name).strip() for name in given.categories], given.codes.to_numpy(np.int64)
    cell = survey.team.astype(np.int64) * len(survey.periods) + survey.period
    known = codes >= 0
    of_cell = np.full(len(survey.teams) * len(survey.periods), -1, dtype=np.int64)
    of_cell[cell[known]] = codes[known]
    if (of_cell[cell[known]] != codes[known]).any() or not _gathers(of_cell.reshape(-1, len(survey.periods))):
        return None
    return np.array([*labels, NO_PARENT], dtype=object)[of_cell].reshape(-1, len(survey.periods))


def _gathers(codes: Codes) -> bool:
    """Whether in any period two teams lie in one unit, and there is more than one unit."""
    each = [np.unique(column[column >= 0], return_counts=True) for column in codes.T]
    return any(len(units) > 1 and counts.max() > 1 for units, counts in each)
