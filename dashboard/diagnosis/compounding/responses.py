"""
Responses: what the verdict works on. Persons with both scores, on a common scale of 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Responses:
    """
    The answers inside the window, a row per person and period, in any order. POMP: percent of the maximum possible.

    Parameters
    ----------
    team, period : (n,) codes 0 … `teams` − 1 and 0 … `periods` − 1.
    respondent : (n,) code of the person, −1 where anonymous; every anonymous row is a person seen once.
    individual, collective : (n,) scores in POMP, both present.
    teams, periods : how many there are, whether or not anybody answered.
    answer_spread : (2,) pooled SD of single answers inside team and period, POMP, individual then collective.
    answer_mean : (2,) the organisation's mean of single answers, POMP.
    response_rate : (teams, 2) in the first and the last half of the window, `nan` where unknown.
    respondents : (teams, periods) counts that the minimum group is held against.
    """

    team: Codes
    period: Codes
    respondent: Codes
    individual: Array
    collective: Array
    teams: int
    periods: int
    answer_spread: Array
    answer_mean: Array
    response_rate: Array
    respondents: Codes
