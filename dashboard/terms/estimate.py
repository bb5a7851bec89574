"""
Estimate: a figure never goes without its uncertainty.

`Withheld` stands where there may be no figure; it has no field that could hold one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with the ends of its interval, all in the same unit; `nan` where not available."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """No figure, and why."""

    reason: str
