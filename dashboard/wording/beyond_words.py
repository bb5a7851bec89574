"""
Words on what a team believes beyond its members: the collective surplus, and the gap between the two levels.

Both in points of 100. A surplus is what members' reported belief in themselves does not predict; the gap can be read
only where the collective items are the individual ones with "we" for "I". Plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.terms import COLLECTIVE, Instrument
from dashboard.wording.numbers import interval, points

SURPLUS = "Belief in the {noun} beyond what belief in oneself predicts"
NO_SURPLUS = "There are no figures to work it out from in this period."
NOTHING_LEFT = "In {period} no {noun} differs from what its members’ belief in themselves predicts by more than chance alone can do."
SURPLUS_NOTE = (
    "Over and above members’ reported self-efficacy, in points of 100; drawn towards 0 as far as few answers make it uncertain. "
    "It is a difference from other {nouns} of this organisation, so not all can be above. In brackets its {interval} interval."
)
GAP = "The two levels beside each other"
GAP_NOTE = (
    "Of people who answered both, with the same questions asked of “I” and of “we”. Most organisations have such a gap; "
    "the {noun}’s is to be read against that of all."
)


def surplus(row: Mapping[str, Any], instrument: Instrument, noun: str) -> str:
    """
    How far belief in the team lies from what its members' belief in themselves predicts.

    Parameters
    ----------
    row : of the released teams table, one team and period.
    """
    per_point = _per_point(instrument)
    value, low, high = (per_point * row[name] for name in ("surplus", "surplus_low", "surplus_high"))
    if not np.isfinite(value):
        return NO_SURPLUS
    if not (np.isfinite(low) and np.isfinite(high)):
        return NOTHING_LEFT.format(period=row["period"], noun=noun)
    between = "" if low > 0 or high < 0 else " The interval holds 0: it may as well be none."
    return (
        f"In {row['period']}, belief in the {noun} lies {_distance(value)} what its members’ belief in themselves predicts "
        f"{interval(low, high)}.{between}"
    )


def _distance(value: float) -> str:
    """
    >>> _distance(5.8), _distance(-1.2), _distance(0.2)
    ('6 points above', '1 point below', '0 points from')
    """
    size = points(abs(value))
    unit = "point" if size == "1" else "points"
    return f"{size} {unit} {'from' if size == '0' else 'above' if value > 0 else 'below'}"


def gap(row: Mapping[str, Any], overall: float, instrument: Instrument, noun: str) -> str:
    """
    How far the team's collective level lies from its individual one, against the organisation's mean; empty without.

    Parameters
    ----------
    row : of the released gaps table, one team and period.
    overall : the organisation's level gap of the same period, in points of the scale.
    """
    per_point = _per_point(instrument)
    value, low, high = (per_point * row[name] for name in ("gap", "gap_low", "gap_high"))
    if not np.isfinite(value):
        return ""
    ends = f" {interval(low, high)}" if np.isfinite(low) and np.isfinite(high) else ""
    first = f"In {row['period']}, belief in the {noun} lies {_distance(value)} its members’ belief in themselves{ends}"
    if not np.isfinite(overall):
        return f"{first}."
    return f"{first}; over the whole organisation it lies {_distance(per_point * overall)} it."


def _per_point(instrument: Instrument) -> float:
    """Points of 100 that a point of the collective scale is."""
    low, high = instrument.scales[COLLECTIVE].bounds
    return 100 / (high - low)
