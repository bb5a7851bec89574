"""
Reliable change: is a difference between two scores of one person larger than the error of both?

A scale of reliability r leaves each score an error of s√(1 − r), and a difference of two scores √2 times that. This
explains why nothing here is said of single persons: on an ordinary scale a person would have to move by more than one
standard deviation of all persons. It takes whole arrays and no screen, table or export shows what it gives.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

SURE = 1.96  # errors of the difference beyond which a change is called reliable (Jacobson & Truax 1991)


def error_of_score(deviation: float, reliability: float) -> float:
    """
    Standard error of measurement, in the unit of the scores.

    Parameters
    ----------
    deviation : standard deviation of the scores of all persons, 0 or more.
    reliability : of the scale, such as alpha; 1 at most. `nan` for a negative one, which no error corresponds to.

    >>> round(error_of_score(0.65, 0.85), 4)
    0.2517
    """
    return float(deviation * np.sqrt(1 - reliability)) if 0 <= reliability <= 1 else float("nan")


def error_of_change(deviation: float, reliability: float) -> float:
    """
    Standard error of a difference between two scores of a person, √2 times that of one.

    >>> round(error_of_change(0.65, 0.85), 4)
    0.356
    """
    return float(np.sqrt(2)) * error_of_score(deviation, reliability)


def reliable_change(change: npt.ArrayLike, deviation: float, reliability: float) -> Values:
    """
    Reliable change index: changes in units of their own error.

    Parameters
    ----------
    change : (persons,) later score less earlier one; `nan` where there is none.
    deviation, reliability : of the scores, as in `error_of_score`.

    Returns
    -------
    (persons,); beyond ±`SURE` a change is larger than error makes it in 19 of 20 persons who did not change. `nan`
    where there is no error to measure by: all scores alike, or a reliability of 1.

    Source
    ------
    Jacobson & Truax (1991).

    >>> reliable_change([0.5, 1.0], deviation=0.65, reliability=0.85).round(2)
    array([1.4 , 2.81])
    """
    error = error_of_change(deviation, reliability)
    changes = np.asarray(change, dtype=np.float64)
    return changes / error if error > 0 else np.full_like(changes, np.nan)


def smallest_reliable_change(deviation: float, reliability: float) -> float:
    """
    The smallest change of one person that is reliable, in the unit of the scores.

    >>> round(smallest_reliable_change(0.65, 0.85), 2)  # on a scale from 1 to 5
    0.7
    """
    return SURE * error_of_change(deviation, reliability)
