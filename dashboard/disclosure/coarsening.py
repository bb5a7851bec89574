"""
Coarsening: fewer digits where more of them would be a second equation.

Two teams that hide each other leave a reader one equation per scale: everybody's mean less the shown teams is their
sum, and that is as far as it may go. Other figures of the same answers are equations too, if they have all digits:

- Shrunken means, standard deviations and ICCs: worked out of the shown teams alone, see `among_shown`. The surplus
  is drawn towards all teams and holds two equations of the kind Σ w(m − μ) = 0.
- The interval of everybody's mean gives Σ n² (m − M)² or Σ (m − M)², which leaves two solutions.
- The collective level over persons, in the means of items and in the level gap: n₁a + n₂b, where the published mean,
  which is over teams, is a + b.

So in periods in which a team with answers is withheld, and only there, such figures have one place; figures of
attribution, whose teams may be hidden on their own, as well. That is no proof: surpluses, which join both scales, may
still narrow what hidden means can be. HTMT and correlations, which tell nothing of one scale alone, have two
places. Means of everybody and of teams, intervals of teams, alpha and omega keep all: they are the one equation, or say
nothing of how far teams lie apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.diagnosis import Organization
from dashboard.diagnosis.gate import Gate
from dashboard.terms import COLLECTIVE

Mask = npt.NDArray[np.bool_]

PLACES = 1  # of what holds an equation of hidden means
PLACES_TOGETHER = 2  # of what tells only how two scales go together

OF_TEAMS = "surplus surplus_low surplus_high".split()
OF_SCALES = "sd icc1 icc1_low icc1_high icc2 icc1_reml".split()
OF_BOTH = "htmt correlation correlation_between correlation_within".split()
LOWER_ENDS, UPPER_ENDS = ["individual_low", "collective_low"], ["individual_high", "collective_high"]


def coarse_teams(teams: pd.DataFrame, partly: Mask) -> pd.DataFrame:
    """Surpluses to one place in the rows `partly`, (rows,) of periods with a withheld team."""
    return _rounded(teams, OF_TEAMS, partly, PLACES)


def coarse_scales(scales: pd.DataFrame, partly: Mask) -> pd.DataFrame:
    """Standard deviations and ICCs to one place."""
    return _rounded(scales, OF_SCALES, partly, PLACES)


def coarse_quality(quality: pd.DataFrame, partly: Mask) -> pd.DataFrame:
    """HTMT and correlations to two places, the level gap to one."""
    return _rounded(_rounded(quality, OF_BOTH, partly, PLACES_TOGETHER), ["level_gap"], partly, PLACES)


def coarse_items(items: pd.DataFrame, partly: Mask) -> pd.DataFrame:
    """
    Means of collective items to one place. Rounded is the level they share, as each item would else be one more window
    on it; an item's own distance from that level stays.
    """
    if items.empty:
        return items
    level = items["mean"] - items["offset"]
    moved = (items["mean"] + (level.round(PLACES) - level)).fillna(items["mean"])
    collective = partly & (items["scale"] == COLLECTIVE).to_numpy()
    return _rounded(items.assign(mean=items["mean"].mask(collective, moved)), ["mean"], collective, PLACES)


def coarse_by_period(by_period: pd.DataFrame, partly: Mask) -> pd.DataFrame:
    """Intervals of everybody's means to one place, outwards, so that they still hold the mean."""
    step = 10.0**PLACES
    ends = {name: np.floor(by_period[name] * step + 1e-9) / step for name in LOWER_ENDS}
    ends |= {name: np.ceil(by_period[name] * step - 1e-9) / step for name in UPPER_ENDS}
    return by_period.assign(**{name: by_period[name].mask(partly, end) for name, end in ends.items()})


def coarse_organization(organization: Organization, partly: Mask, within_window: bool) -> Organization:
    """As `coarse_by_period`; HTMT to two places where a team is withheld anywhere in its window."""
    distinctness = round(organization.distinctness, PLACES_TOGETHER) if within_window else organization.distinctness
    by_period = coarse_by_period(organization.by_period, partly)
    return replace(organization, by_period=by_period, distinctness=distinctness)


def coarse_gates(gates: Iterable[Gate], latest: bool, within_window: bool) -> tuple[Gate, ...]:
    """
    The figures gates were decided on, as coarse as where they stand; what was decided stays.

    Parameters
    ----------
    latest, within_window : whether a team is withheld in the latest period of the window, and anywhere in it.
    """
    places = ({"icc1_low": PLACES} if latest else {}) | ({"htmt": PLACES_TOGETHER} if within_window else {})
    return tuple(
        replace(gate, found={name: round(value, places[name]) if name in places else value for name, value in found})
        for gate, found in ((gate, gate.found.items()) for gate in gates)
    )


def _rounded(table: pd.DataFrame, columns: list[str], rows: Mask, places: int) -> pd.DataFrame:
    """The table with those columns rounded in those rows; −0 is 0."""
    there = [column for column in columns if column in table]
    return table.assign(**{name: table[name].mask(rows, table[name].round(places) + 0.0) for name in there})
