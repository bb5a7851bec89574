"""
Change, and who changed: a team's mean can move because its members changed their minds, or because its members
changed.

The difference between two periods is exactly what stayers gained, plus what joiners brought, plus what leavers
took along; in method's terms d = (stay2 − stay1) + (n_J / n2)(join2 − stay2) − (n_L / n1)(leave1 − stay1).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.measurement.groups import Groups, quotient
from dashboard.measurement.scoring import person_scores
from dashboard.measurement.sums import Wave, waves
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings, Survey

Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]

FEWEST_PERSONS = 3  # a part that rests on one or two persons would tell on them
COLUMNS = "team_id scale stayers joiners leavers change from_stayers from_joiners from_leavers".split()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Persons:
    """Persons with a score in one period: `team`, `respondent` codes (−1 = no id) and `score`, each (persons,)."""

    team: Codes
    respondent: Codes
    score: Values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decomposition:
    """
    Per team (T,): numbers of persons, and the change of the mean with its three parts, in the unit of the scores.

    `change` = `from_stayers` + `from_joiners` + `from_leavers`, the last with its sign: positive when those who left
    stood below those who stayed. `nan` where not defined: no score in one of the periods (change), nobody stayed
    (parts), or a scored person without an id, who may have stayed or not (numbers and parts).
    """

    stayers: Values
    joiners: Values
    leavers: Values
    change: Values
    from_stayers: Values
    from_joiners: Values
    from_leavers: Values


def changes(survey: Survey, settings: Settings, since: int, until: int) -> pd.DataFrame:
    """
    Who changed between two periods: a row per team and scale, columns `COLUMNS`, in points.

    The parts stand only where each of stayers, joiners and leavers is nobody or at least three persons. Without a
    person key there are no rows.

    Parameters
    ----------
    since, until : positions in `survey.periods`, usually the ends of the window.

    Raises
    ------
    ValueError : when `since` does not come before `until`.
    """
    if not since < until:
        raise ValueError(f"change runs from an earlier to a later period, not from {since} to {until}")
    periods = list(waves(survey))
    tables = [_table(survey, settings, name, periods[since], periods[until]) for name in (INDIVIDUAL, COLLECTIVE)]
    if not survey.identified:
        return pd.DataFrame({column: tables[0][column][:0] for column in COLUMNS})
    return pd.concat(tables, ignore_index=True).sort_values("team_id", kind="stable", ignore_index=True)


def decompose(before: Persons, after: Persons, teams: int) -> Decomposition:
    """
    The change of every team's mean between two periods, and its parts.

    Parameters
    ----------
    before, after : persons of each period, sorted by team. A person is a respondent in a team: whoever changes
        team leaves one and joins the other.
    teams : T.
    """
    stayed, staying = _in_both(before, after), _in_both(after, before)
    n1, m1 = _count_and_mean(before, np.ones(len(before.team), dtype=bool), teams)
    n2, m2 = _count_and_mean(after, np.ones(len(after.team), dtype=bool), teams)
    n_stay, stay1 = _count_and_mean(before, stayed, teams)
    _, stay2 = _count_and_mean(after, staying, teams)
    n_leave, leave1 = _count_and_mean(before, ~stayed, teams)
    n_join, join2 = _count_and_mean(after, ~staying, teams)
    found = Decomposition(
        stayers=n_stay,
        joiners=n_join,
        leavers=n_leave,
        change=m2 - m1,
        from_stayers=stay2 - stay1,
        from_joiners=_part(n_join, n2, join2 - stay2),
        from_leavers=-_part(n_leave, n1, leave1 - stay1),
    )
    unknown = np.bincount(before.team[before.respondent < 0], minlength=teams) > 0
    unknown |= np.bincount(after.team[after.respondent < 0], minlength=teams) > 0
    undefined = (n_stay == 0) | (n1 == 0) | (n2 == 0)
    hidden = _without(found, ("from_stayers", "from_joiners", "from_leavers"), undefined | unknown)
    return _without(hidden, ("stayers", "joiners", "leavers"), unknown)


def without_small_parts(found: Decomposition, fewest: int = FEWEST_PERSONS) -> Decomposition:
    """The parts only where each group is nobody or at least `fewest` persons; numbers and change stay."""
    small = [(group > 0) & (group < fewest) for group in (found.stayers, found.joiners, found.leavers)]
    return _without(found, ("from_stayers", "from_joiners", "from_leavers"), np.logical_or.reduce(small))


def scored_persons(survey: Survey, settings: Settings, scale: str, wave: Wave) -> Persons:
    """The persons of a period who have a score on a scale, sorted by team."""
    scores = person_scores(survey.answers[scale][wave.rows], survey.instrument.scales[scale], settings)
    scored = np.isfinite(scores)
    return Persons(
        team=survey.team[wave.rows][scored], respondent=survey.respondent[wave.rows][scored], score=scores[scored]
    )


def _table(survey: Survey, settings: Settings, name: str, since: Wave, until: Wave) -> pd.DataFrame:
    before, after = (scored_persons(survey, settings, name, wave) for wave in (since, until))
    found = without_small_parts(decompose(before, after, len(survey.teams)))
    figures = {f.name: getattr(found, f.name) for f in fields(found)}
    return pd.DataFrame({"team_id": np.array(survey.teams, dtype=object), "scale": name, **figures}, columns=COLUMNS)


def _in_both(persons: Persons, others: Persons) -> npt.NDArray[np.bool_]:
    """(persons,) whether the same respondent has a score in the same team among the others."""
    keys, found_among = _keys(persons), np.sort(_keys(others))
    if not len(found_among):
        return np.zeros(len(keys), dtype=bool)
    place = np.minimum(np.searchsorted(found_among, keys), len(found_among) - 1)
    return (persons.respondent >= 0) & (found_among[place] == keys)


def _keys(persons: Persons) -> npt.NDArray[np.int64]:
    return (persons.team.astype(np.int64) << 32) | (persons.respondent.astype(np.int64) & 0xFFFFFFFF)


def _count_and_mean(persons: Persons, chosen: npt.NDArray[np.bool_], teams: int) -> tuple[Values, Values]:
    """(T,) number of the chosen persons of each team and mean of their scores, `nan` where there is none."""
    groups = Groups.of(persons.team[chosen])
    count, total = np.zeros(teams), np.zeros(teams)
    count[groups.codes] = groups.sizes
    total[groups.codes] = groups.sum(persons.score[chosen])
    return count, quotient(total, count)


def _part(number: Values, size: Values, distance: Values) -> Values:
    """(number / size) · distance; 0 where there is nobody."""
    return np.where(number > 0, quotient(number, size) * distance, 0.0)


def _without(found: Decomposition, names: tuple[str, ...], where: npt.NDArray[np.bool_]) -> Decomposition:
    return replace(found, **{name: np.where(where, np.nan, getattr(found, name)) for name in names})
