"""
Cross-section: one period only, so no change; which teams' belief in themselves lies below what their members' does.

A level, never a verdict: at the usual error rate hardly any team could be named, so it is called "worth watching".
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.diagnosis.compounding import Responses, cross_section
from dashboard.terms import Settings


def worth_watching(responses: Responses, teams: tuple[str, ...], settings: Settings) -> pd.DataFrame:
    """
    A row per team: `team_id respondents individual collective gap gap_low gap_high probability`, in POMP.

    `gap` is the collective level less what the individual level predicts; `probability` that members believe in
    themselves at least as the organisation does while the gap is the smallest gain that counts, or more, below zero.
    """
    found = cross_section(responses, settings)
    return pd.DataFrame(
        {
            "team_id": np.array(teams, dtype=object),
            "respondents": responses.respondents[:, 0].astype(float),
            "individual": found.level[:, 0],
            "collective": found.level[:, 1],
            "gap": found.gap,
            "gap_low": found.gap_low,
            "gap_high": found.gap_high,
            "probability": found.probability,
        }
    )
