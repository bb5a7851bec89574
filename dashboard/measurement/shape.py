"""
Shape: how the members of a team differ, where they do.

The same average deviation can be a cloud or two camps that contradict each other, and a mean between two camps is
nobody's belief. So a team is looked at as a row of person scores, sorted: a wide empty stretch with persons enough on
either side makes two camps.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt

from dashboard.measurement.agreement import average_deviations, practical_limit
from dashboard.measurement.groups import Flags, Groups
from dashboard.measurement.scoring import person_scores
from dashboard.measurement.sums import MOST_AT_ONCE, ScaleSums, SurveySums, Wave, waves
from dashboard.terms import COLLECTIVE, Settings, Survey

Values = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]

TWO_CAMPS, CLOSE, SPREAD, NOT_KNOWN = "two camps", "close", "spread", ""
WIDE = 0.25  # share of the scale's range that nobody stands on
CAMP = 3  # persons
_SAME = 1e-6  # share of the range


def shapes(survey: Survey, settings: Settings, sums: SurveySums) -> list[Words]:
    """
    Per period (G,) the shape of each team's collective scores.

    Returns
    -------
    "two camps": a gap of at least a quarter of the scale's range between neighbouring person scores, with three
    persons or more on each side; else "close": members differ by at most a sixth of the options on average; else
    "spread". "" for a team whose agreement is not available.
    """
    with ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        return list(threads.map(partial(_in_period, survey, settings), waves(survey), sums.of_scale(COLLECTIVE)))


def _in_period(survey: Survey, settings: Settings, wave: Wave, sums: ScaleSums) -> Words:
    scale = survey.instrument.collective
    low, high = scale.bounds
    scores = person_scores(survey.answers[COLLECTIVE][wave.rows], scale, settings)
    camps = in_two_camps((scores - low) / (high - low), wave.groups)
    return shape_of(camps, average_deviations(sums), scale.options)


def shape_of(camps: Flags, deviations: Values, options: int) -> Words:
    """(G,) the shape, from whether there are two camps, and the average deviation."""
    close = deviations <= practical_limit(options) + _SAME
    return np.select([np.isnan(deviations), camps, close], [NOT_KNOWN, TWO_CAMPS, CLOSE], SPREAD)


def in_two_camps(scores: Values, groups: Groups) -> Flags:
    """
    (G,) whether the members of a team stand in two camps.

    Parameters
    ----------
    scores : (rows,) as share of the scale's range, 0 … 1; `nan` where a person has none.
    groups : the teams of these rows.

    >>> in_two_camps(np.array([0.1, 0.9, 0.2, 0.8, 0.15, 0.85]), Groups.of(np.zeros(6, dtype=int)))
    array([ True])
    """
    scored = np.isfinite(scores)
    team = np.repeat(np.arange(len(groups.codes)), groups.sizes)[scored]
    size = np.bincount(team, minlength=len(groups.codes))
    in_order = np.sort(4 * team + scores[scored])  # team by team, and inside a team by score
    below = np.arange(1, len(team) + 1) - (np.cumsum(size) - size)[team]
    wide = np.diff(in_order) >= WIDE - _SAME
    wide &= (below >= CAMP)[:-1] & (size[team] - below >= CAMP)[:-1]
    return np.bincount(team[:-1][wide], minlength=len(groups.codes)) > 0
