"""
Sufficiency: may this team be judged at all, and if not, why?

The first reason that holds is given. A team below the minimum group in a whole half of the window is withheld; the
others keep their figures and probability, and are neither judged nor flagged.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.diagnosis.compounding.ends_of_scale import sensitivity
from dashboard.diagnosis.compounding.own_gains import OwnGains
from dashboard.diagnosis.compounding.responses import Responses
from dashboard.diagnosis.diagnosis import Reason
from dashboard.terms import Settings

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def withheld(responses: Responses, settings: Settings) -> Mask:
    """(T,) no period of one half of the window (its first or last ⌈Q/2⌉ periods) reaches the minimum group."""
    half = -(-responses.periods // 2)
    largest = [responses.respondents[:, cut].max(axis=1) for cut in (np.s_[:half], np.s_[-half:])]
    return np.less(np.minimum(*largest), settings.minimum_group)


def few_answered(responses: Responses, settings: Settings) -> Mask:
    """(T,) the response rate of a half is known and below the lowest."""
    first, last = np.less(responses.response_rate.T, settings.lowest_response_rate)
    return np.logical_or(first, last)


def team_sensitivity(level: Array, responses: Responses, settings: Settings) -> Array:
    """(T, 2) share of a real change that can show at each team's level."""
    return sensitivity(
        level,
        responses.answer_spread,
        responses.answer_mean,
        settings.reference_level,
        settings.sensitivity_floor,
    )


def reasons(responses: Responses, own: OwnGains, room: Array, settings: Settings) -> npt.NDArray[np.object_]:
    """
    (T,) why a team cannot be judged, `Reason.NONE` where it can.

    Near the end of the scale gains are divided by little `room`, and their errors grow. Where that alone is the
    trouble, it is called by its name and not taken for a lack of answers.
    """
    share, most = settings.compounding_share, settings.largest_standard_error
    tests = [
        (withheld(responses, settings), Reason.MINIMUM_GROUP),
        (few_answered(responses, settings), Reason.RESPONSE_RATE),
        (own.shortfall_error(share) > most, Reason.PRECISION),
        ((room < settings.lowest_sensitivity).any(axis=1), Reason.CEILING),
        (own.at_sensitivity(room).shortfall_error(share) > most, Reason.PRECISION),
    ]
    found = np.full(responses.teams, Reason.NONE, dtype=object)
    for holds, reason in reversed(tests):
        found[holds] = reason
    return found
