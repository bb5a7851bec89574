"""
Trade: what a stricter or a looser list of flags would find, and what it would cost.

A flag is wrong with probability 1 − p, and a judged team without one is a missed case with probability p. Whoever asks
for fewer false alarms therefore accepts more missed cases; this table says how many, from the probabilities at hand,
so that the agreed share q can be chosen with open eyes. It changes no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.diagnosis.compounding.flags import flags
from dashboard.diagnosis.diagnosis import Verdict
from dashboard.terms import Settings

COLUMNS = "share flagged expected_false expected_found expected_watched expected_missed".split()
SHARES = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30)

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def trade(verdicts: pd.DataFrame, settings: Settings, shares: Sequence[float] = SHARES) -> pd.DataFrame:
    """
    A row per share of wrong flags one might agree on, columns `COLUMNS`; numbers of judged teams.

    `flagged`; `expected_false`: Σ(1 − p) over the flagged; `expected_found`: Σp over the flagged; `expected_missed`:
    Σp over the judged teams without a flag, of which `expected_watched` are on the watch list. Found and missed
    together are the same in every row: the expected number of judged teams whose gains are not compounding.

    Parameters
    ----------
    verdicts : the released table, with `probability` and `verdict`; teams that could not be judged are left out.
    shares : of wrong flags, each as `Settings.false_flag_share`.

    >>> judged = pd.DataFrame({"probability": [0.99, 0.9, 0.6] + [0.1] * 17, "verdict": "watch"})
    >>> trade(judged, Settings(), [0.1]).round(2).to_dict("records")[0]  # .99 and .9 are flagged: (.01 + .1) / 2 ≤ .1
    {'share': 0.1, 'flagged': 2, 'expected_false': 0.11, 'expected_found': 1.89, 'expected_watched': 0.6, \
'expected_missed': 2.3}
    """
    probability = verdicts["probability"].to_numpy(float)
    judged = (verdicts["verdict"] != Verdict.INSUFFICIENT).to_numpy(bool) & np.isfinite(probability)
    rows = [_row(probability, judged, replace(settings, false_flag_share=share)) for share in shares]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(probability: Array, judged: Mask, settings: Settings) -> dict[str, float]:
    flagged = flags(probability, judged, settings)
    silent = judged & ~flagged
    watched = silent & (probability >= settings.watch_probability)
    return {
        "share": settings.false_flag_share,
        "flagged": int(flagged.sum()),
        "expected_false": float((1 - probability[flagged]).sum()),
        "expected_found": float(probability[flagged].sum()),
        "expected_watched": float(probability[watched].sum()),
        "expected_missed": float(probability[silent].sum()),
    }
