"""
Persons: who answered when, and who can be followed from one period to another.

A person is a pair of team and respondent; somebody who changes team is a new person there. Sums over persons are taken
of scores rounded to a grid on which they are exact, so that the order of rows changes nothing, not even a last digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.responses import Responses
from dashboard.measurement.groups import on_grid

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Everybody, by team and period: `count` (T, Q) persons and `total` (2, T, Q) sums of their scores."""

    count: Counts
    total: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Followed:
    """
    The persons who answered in at least two periods, team by team, in an order of their own.

    `team` (P,), `answered` (Q, P), `times` (P,) periods answered, `scores` (2, Q, P) with 0 where not answered; `teams`
    is how many teams there are.
    """

    team: Counts
    answered: Mask
    times: Counts
    scores: Array
    teams: int

    def pairs(self) -> Iterator[tuple[int, int, Array]]:
        """Every pair of periods, the earlier first, with (P,) 1 for who answered in both, else 0."""
        periods = len(self.answered)
        for early in range(periods):
            for late in range(early + 1, periods):
                yield early, late, (self.answered[early] & self.answered[late]).astype(np.float64)

    def by_team(self, values: Array) -> Array:
        """(T,) sums over each team of (P,) values."""
        return np.asarray(np.bincount(self.team, values, minlength=self.teams), dtype=np.float64)

    def by_team_and_times(self, values: Array) -> Array:
        """(T, Q + 1) sums over each team of the (P,) values of those who answered in 0, 1, … Q periods."""
        kinds = len(self.answered) + 1
        cell = self.team * kinds + self.times
        return np.asarray(np.bincount(cell, values, minlength=self.teams * kinds), dtype=np.float64).reshape(-1, kinds)


class Persons(NamedTuple):
    """All answers, by cell and by person."""

    scores: Array  # (2, n), on the grid
    cell: Counts  # (n,) team × Q + period
    cells: Cells
    followed: Followed


def persons_of(responses: Responses) -> Persons:
    """Count everybody per team and period, and match the persons who answered more than once."""
    scores = on_grid(np.array([responses.individual, responses.collective]), max(2 * len(responses.team), 1))
    cell = responses.team.astype(np.int64) * responses.periods + responses.period
    return Persons(scores, cell, _cells(cell, scores, responses), _followed(responses, scores))


def stayers(followed: Followed) -> Counts:
    """(T,) persons who answered in both the first and the last period."""
    return np.bincount(followed.team[followed.answered[0] & followed.answered[-1]], minlength=followed.teams)


def share_followed(persons: Persons) -> float:
    """How likely somebody who answers in one period of the window answers in another given one, 0 to 1."""
    times, everybody = persons.followed.times, persons.cells.count.sum()
    others = len(persons.followed.answered) - 1
    return float((times * (times - 1)).sum() / (others * everybody)) if others and everybody else 0.0


def _cells(cell: Counts, scores: Array, responses: Responses) -> Cells:
    shape = (responses.teams, responses.periods)
    size = responses.teams * responses.periods
    total = np.array([np.bincount(cell, score, minlength=size).reshape(shape) for score in scores])
    return Cells(count=np.bincount(cell, minlength=size).reshape(shape), total=total)


def _followed(responses: Responses, scores: Array) -> Followed:
    rows, person = _rows_of_returning(responses)
    count = int(person[-1]) + 1 if len(person) else 0
    place = responses.period[rows] * np.int64(count) + person
    answered = np.zeros(responses.periods * count, dtype=bool)
    answered[place] = True
    table = np.zeros((2, responses.periods * count))
    for scale, score in zip(table, scores, strict=True):
        scale[place] = score[rows]
    team = np.zeros(count, dtype=np.int64)
    team[person] = responses.team[rows]
    return Followed(
        team=team,
        answered=answered.reshape(responses.periods, count),
        times=answered.reshape(responses.periods, count).sum(axis=0, dtype=np.int64),
        scores=table.reshape(2, responses.periods, count),
        teams=responses.teams,
    )


def _rows_of_returning(responses: Responses) -> tuple[Counts, Counts]:
    """Rows of persons with more than one, person by person and team by team, and the number of the person of each."""
    known = np.flatnonzero(responses.respondent >= 0)
    people = int(responses.respondent.max(initial=0)) + 1
    key = responses.team[known].astype(np.int64) * people + responses.respondent[known]
    order = np.argsort(key, kind="stable")
    key = key[order]
    same_as_last = np.zeros(len(key), dtype=bool)
    np.equal(key[1:], key[:-1], out=same_as_last[1:])
    same_as_next = np.append(same_as_last[1:], False)[: len(key)]
    returning = same_as_last | same_as_next
    return known[order[returning]], np.cumsum(~same_as_last[returning]) - 1
