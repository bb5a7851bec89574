"""
Organisation: the verdicts of all teams together, and the means they stand on.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from dashboard.diagnosis.compounding import Judgement, detectable_gain
from dashboard.diagnosis.diagnosis import Organization, Verdict
from dashboard.terms import Settings

TEAM_SIZES = (4, 5, 8, 12, 25)


def organization(judgement: Judgement, by_period: pd.DataFrame, periods: int, settings: Settings) -> Organization:
    """
    Parameters
    ----------
    by_period : means of the organisation in each period.
    periods : length of the window.
    """
    counts = Counter(str(verdict) for verdict in judgement.verdict)
    return Organization(
        by_period=by_period,
        teams=len(judgement.verdict),
        teams_tested=judgement.teams_tested,
        flagged=int(judgement.flagged.sum()),
        watched=counts[Verdict.WATCH],
        expected_false_flags=judgement.expected_false_flags,
        expected_affected=judgement.expected_affected,
        verdicts={str(verdict): counts[verdict] for verdict in Verdict},
        smallest_detectable_gain=_detectable(judgement, periods, settings),
        moved_together=judgement.moved_together,
    )


def _detectable(judgement: Judgement, periods: int, settings: Settings) -> dict[int, dict[str, float]]:
    """The smallest gain by team size; empty where no change can be judged."""
    if judgement.model is None:
        return {}
    return {size: detectable_gain(judgement.model, size, periods, settings) for size in TEAM_SIZES}
