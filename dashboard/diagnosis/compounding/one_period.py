"""
One period: there is no change to judge, but levels can be set against each other.

Whose members believe in themselves at least as the organisation does, while belief in the team lies well below what
that predicts? Both the prediction's slope and every team's level are freed of the error of small teams: raw gaps of
team means are wrong in most of the teams they pick. Even so this is a level and no change, never a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from dashboard.diagnosis.compounding import sufficiency
from dashboard.diagnosis.compounding.gains import Normal, carried, normal, teams_of_kind
from dashboard.diagnosis.compounding.matrices import covariance_of, quadratic
from dashboard.diagnosis.compounding.own_gains import OwnGains
from dashboard.diagnosis.compounding.paths import CORRELATION_GUESS, LEVEL_GUESS, SHOCK_GUESS
from dashboard.diagnosis.compounding.person_covariance import person_covariance
from dashboard.diagnosis.compounding.persons import Persons, persons_of
from dashboard.diagnosis.compounding.responses import Responses
from dashboard.diagnosis.compounding.states import both_reach
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossSection:
    """
    Of every team, POMP; `nan` where fewer than the minimum group answered.

    `gap` (T,) collective level less what the individual level predicts, with its interval `gap_low`, `gap_high`;
    `probability` (T,) that the individual level is at or above the organisation's and the gap at most −δ;
    `level` (T, 2) individual and collective, freed of error.
    """

    gap: Array
    gap_low: Array
    gap_high: Array
    probability: Array
    level: Array


class _Levels(NamedTuple):
    """Level of each team, its distance from the organisation's mean, and the covariance of that distance."""

    level: Array
    distance: Array
    covariance: Array


def cross_section(responses: Responses, settings: Settings) -> CrossSection:
    """The levels of the last period, set against each other."""
    persons = persons_of(responses)
    count = persons.cells.count[:, -1]
    answered = np.flatnonzero(count)
    if not len(answered):
        return _cross_section(np.empty((0, 6)), answered, responses.teams)
    own = _own_levels(persons, answered)
    enough = ~sufficiency.few_answered(responses, settings)[answered]
    guess = covariance_of((LEVEL_GUESS, LEVEL_GUESS), CORRELATION_GUESS)
    across = normal(own.of(enough) if enough.any() else own, guess)
    shown = responses.respondents[answered, -1] >= settings.minimum_group
    return _cross_section(_figures(own, across, settings)[shown], answered[shown], responses.teams)


def _own_levels(persons: Persons, answered: npt.NDArray[np.intp]) -> OwnGains:
    """Mean of each team that answered, with the error of few persons and of a shock of the usual size."""
    count = persons.cells.count[answered, -1]
    covariance = person_covariance(persons)
    of_persons = (covariance.stable + covariance.momentary) / count[:, None, None]
    shock = covariance_of((SHOCK_GUESS, SHOCK_GUESS), CORRELATION_GUESS)
    return OwnGains((persons.cells.total[:, answered, -1] / count).T, of_persons + shock)


def _levels(own: OwnGains, across: Normal) -> _Levels:
    teams = teams_of_kind(own, across.mean, across.covariance)
    trust = np.eye(2) - teams.drawn
    unsure = carried(trust, across.mean_covariance)
    return _Levels(teams.gain, teams.gain - across.mean, teams.covariance + unsure)


def _figures(own: OwnGains, across: Normal, settings: Settings) -> Array:
    """(teams, 6) gap, its interval, probability, and both levels."""
    levels = _levels(own, across)
    slope = across.covariance[0, 1] / across.covariance[0, 0]
    along = np.array([-slope, 1.0])
    gap, error = levels.distance @ along, np.sqrt(quadratic(levels.covariance, along))
    reach = error * ndtri((1 + settings.gain_interval) / 2)
    confident_and_below = np.array([[1.0, 0.0], -along])
    probability = both_reach(levels.distance, levels.covariance, confident_and_below, (0.0, settings.gain))
    return np.column_stack([gap, gap - reach, gap + reach, probability, levels.level])


def _cross_section(figures: Array, of_teams: npt.NDArray[np.intp], teams: int) -> CrossSection:
    table = np.full((teams, 6), np.nan)
    table[of_teams] = figures
    gap, low, high, probability = table.T[:4]
    return CrossSection(gap=gap, gap_low=low, gap_high=high, probability=probability, level=table[:, 4:])
