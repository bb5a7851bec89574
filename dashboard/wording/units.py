"""
Units: points of a scale as percent of the maximum possible, so that scales of any length share one axis.
"""

from __future__ import annotations

import pandas as pd

from dashboard.terms import COLLECTIVE, INDIVIDUAL, Instrument

SCALE_OF = {"individual": INDIVIDUAL, "collective": COLLECTIVE}
ENDS = ("", "_low", "_high", "_shrunken")


def in_pomp(table: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """
    A table with its columns `individual…` and `collective…` in percent of the maximum possible, 0–100.

    Parameters
    ----------
    table : those columns in points of their scale, with `_low`, `_high`, `_shrunken` as far as they are there.
    instrument : whose scales have their ranges.
    """
    converted = {}
    for name, scale in SCALE_OF.items():
        low, high = instrument.scales[scale].bounds
        for column in (f"{name}{end}" for end in ENDS if f"{name}{end}" in table):
            converted[column] = 100 * (table[column].astype(float) - low) / (high - low)
    return table.assign(**converted)


def changes_in_pomp(changes: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The table of who changed with its differences in POMP points instead of points of each scale."""
    lengths = {scale.name: scale.bounds[1] - scale.bounds[0] for scale in instrument.scales.values()}
    per_point = 100 / changes["scale"].map(lengths).astype(float)
    parts = ("change", "from_stayers", "from_joiners", "from_leavers")
    return changes.assign(**{part: changes[part].astype(float) * per_point for part in parts})


def surplus_in_pomp(teams: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The teams table with its collective surplus, a difference, in POMP points instead of points of the scale."""
    low, high = instrument.collective.bounds
    columns = [f"surplus{end}" for end in ("", "_low", "_high") if f"surplus{end}" in teams]
    return teams.assign(**{column: 100 * teams[column].astype(float) / (high - low) for column in columns})
