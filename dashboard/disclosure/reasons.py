"""
Reasons: why a row has no figures, in the words that stand in its `withheld` column.
"""

from __future__ import annotations

from enum import StrEnum


class Withholding(StrEnum):
    """Why a row of the teams table, or of the units, has no figures."""

    SHOWN = ""
    NOBODY = "nobody answered"
    BELOW_MINIMUM = "below the minimum group"
    PROTECTS_ANOTHER = "withheld so that a smaller team cannot be worked out"
