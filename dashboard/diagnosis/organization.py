"""
Organisation: the verdicts of all teams together, and the means they stand on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.compounding import Judgement, detectable_gain
from dashboard.diagnosis.diagnosis import Organization, Verdict
from dashboard.terms import Settings

TEAM_SIZES = (4, 5, 8, 12, 25)
QUARTILES = (0.25, 0.5, 0.75)


def organization(
    judgement: Judgement,
    by_period: pd.DataFrame,
    periods: int,
    settings: Settings,
    own_sizes: Iterable[int] = (),
    distinctness: float = float("nan"),
) -> Organization:
    """
    Parameters
    ----------
    by_period : means of the organisation in each period.
    periods : length of the window.
    own_sizes : for which the smallest detectable gain is worked out beside `TEAM_SIZES`, see `typical_sizes`.
    distinctness : HTMT of the two scales over the window.
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
        smallest_detectable_gain=_detectable(judgement, periods, settings, own_sizes),
        moved_together=judgement.moved_together,
        distinctness=distinctness,
    )


def typical_sizes(respondents: npt.NDArray[np.integer], minimum: int) -> tuple[int, ...]:
    """
    The quartiles of how many answer at a time in this organisation's teams, whole persons, ascending.

    Parameters
    ----------
    respondents : (teams, periods) persons behind the smaller of both means; 0 where nobody answered.
    minimum : cells with fewer are left out, as no figure of theirs is shown.

    >>> typical_sizes(np.array([[6, 8], [10, 14], [0, 2]]), minimum=5)
    (8, 9, 11)
    """
    counted = respondents[respondents >= minimum]
    if not counted.size:
        return ()
    return tuple(sorted({round(float(size)) for size in np.quantile(counted, QUARTILES)}))


def _detectable(
    judgement: Judgement, periods: int, settings: Settings, own_sizes: Iterable[int]
) -> dict[int, dict[str, float]]:
    """The smallest gain by team size; empty where no change can be judged."""
    if judgement.model is None:
        return {}
    sizes = sorted({*TEAM_SIZES, *own_sizes})
    return {size: detectable_gain(judgement.model, size, periods, settings) for size in sizes}
