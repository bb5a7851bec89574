"""
Gate: one claim, what it needs, and whether these data carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class GateState(StrEnum):
    """
    Open: what the claim needs is there. Caution: a figure falls short and its interval does not, or is not known.
    Closed: the claim is not carried, and stands nowhere.
    """

    OPEN = "open"
    CAUTION = "caution"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    Parameters
    ----------
    need : the claim: `individual_mean`, `collective_mean`, `surplus`, `level_gap`, `verdicts`, `prediction`.
    found : the figures it was decided on, by name; `nan` where there is none.
    short : names of those figures that decide it: what closes it, or what asks for caution.
    """

    need: str
    state: GateState
    found: Mapping[str, float]
    short: tuple[str, ...]
