"""
Verdicts: the one word per team, from the probabilities of its states.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.states import States
from dashboard.diagnosis.diagnosis import Reason, Verdict
from dashboard.terms import Settings

Objects = npt.NDArray[np.object_]

OTHER_STATES = (Verdict.COMPOUNDING, Verdict.COLLECTIVE_LED, Verdict.STEADY, Verdict.ERODING)


def verdicts(found: States, flagged: npt.NDArray[np.bool_], reason: Objects, settings: Settings) -> Objects:
    """
    (T,) `Verdict`: flagged teams are not compounding, unflagged ones as probable as that are on the watch list, others
    bear the name of a state that is more probable than not, and without one they are unclear.
    """
    least = settings.watch_probability
    named = np.full(len(reason), Verdict.UNCLEAR, dtype=object)
    for state, probability in zip(OTHER_STATES, found[1:], strict=True):
        named[probability >= least] = state
    named[found.not_compounding >= least] = Verdict.WATCH
    named[flagged] = Verdict.NOT_COMPOUNDING
    named[reason != Reason.NONE] = Verdict.INSUFFICIENT
    return named
