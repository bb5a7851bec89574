"""
Released: a diagnosis that has passed the gate. The type the floors above accept, so that none can show another.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.diagnosis.diagnosis import Diagnosis


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Released(Diagnosis):
    """A diagnosis without any figure of a group below the minimum; made by `disclosure.release` alone."""
