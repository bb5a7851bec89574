"""
Level gap: how far a team's belief in itself lies below or above its members' belief in themselves.

It can be read only where both scales ask for the same things and differ in whom they ask about ("I can …", "our team
can …"); else it is a difference between questions. It takes persons with both scores, so nobody's leniency enters,
and is read against the gap of the whole organisation: most organisations have one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from dashboard.measurement.groups import quotient
from dashboard.measurement.pairs import Pairs, pairs_of
from dashboard.measurement.sums import PeriodSums
from dashboard.terms import Instrument

Values = npt.NDArray[np.float64]


class LevelGap(NamedTuple):
    """
    (G,) of each team of a period, in points: persons with both scores, mean of collective − individual score, and its
    interval from the spread pooled over all teams; `nan` where there is none. `overall` : the mean over persons.
    """

    respondents: Values
    gap: Values
    low: Values
    high: Values
    overall: float


def readable(instrument: Instrument) -> bool:
    """Whether the two levels can be set against each other: mirrored items, answered on one range."""
    return instrument.mirrored and instrument.individual.bounds == instrument.collective.bounds


def level_gap(sums: PeriodSums, interval: float) -> LevelGap:
    """The level gap of every team of a period; whether it means anything is `readable`."""
    return level_gap_of(pairs_of(sums), interval)


def level_gap_of(pairs: Pairs, interval: float = 0.95) -> LevelGap:
    """
    The level gap from what persons with both scores have in common.

    The interval is gap ± t √(MSW / n), with N − T degrees of freedom; the own spread of a few persons says too little
    about itself. None where no team has a spread of its own.
    """
    gap = pairs.collective - pairs.individual
    persons, teams = pairs.sizes.sum(), np.count_nonzero(pairs.sizes)
    overall = float(np.where(pairs.sizes > 0, pairs.sizes * gap, 0.0).sum() / persons) if persons else np.nan
    half = np.full_like(gap, np.nan)
    if persons > teams and pairs.inside.difference > 0:
        spread = pairs.inside.difference / (persons - teams)
        half = float(special.stdtrit(persons - teams, (1 + interval) / 2)) * np.sqrt(
            quotient(np.full_like(gap, spread), pairs.sizes)
        )
    return LevelGap(pairs.sizes, gap, gap - half, gap + half, overall)
