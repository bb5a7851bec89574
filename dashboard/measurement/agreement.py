"""
Agreement: may a team's mean answer stand for the team?

Collective efficacy is a belief the team shares, so its mean says something about the team only when members
answer alike (Chan 1998, referent-shift consensus). This module measures how alike, and decides nothing: what is
enough stands in the settings, how to say it in the wording. Items are treated one by one: an answer that is
missing costs that answer and not the person, and an item enters with at least two answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from dashboard.measurement.groups import NO_VARIANCE, quotient, within_squares
from dashboard.measurement.sums import ScaleSums

Answers = npt.NDArray[np.floating]
Values = npt.NDArray[np.float64]
Null = Literal["uniform", "slight skew"]

NULLS: tuple[Null, ...] = ("uniform", "slight skew")

# LeBreton & Senter (2008), table of null variances, slight skew, by number of options.
_SLIGHT_SKEW = {5: 1.34, 6: 1.85, 7: 2.90, 8: 3.47, 9: 5.66, 10: 6.30, 11: 7.31}
# The distribution behind its five-option entry: the share of answers on each option.
_SLIGHT_SKEW_SHARES = (0.05, 0.15, 0.20, 0.35, 0.25)


def average_deviation(answers: Answers) -> float:
    """
    AD of one team: how far a member's answer lies from the team's mean of that item, on average.

    Parameters
    ----------
    answers : (members, items), in points; `nan` where a member gave none. (members,) is taken as one item.

    Returns
    -------
    Points of the scale, 0 (all alike) or more; `nan` when no item has two answers. What is close: `practical_limit`.

    Source
    ------
    Burke, Finkelstein & Dusig (1999), AD about the mean. Same figures as `ad.m` of the R package multilevel,
    but by item instead of by complete person.

    >>> average_deviation(np.array([[2.0, 3.0], [4.0, 3.0]]))  # item 1: each 1 from 3; item 2: 0
    0.5
    """
    answers = _by_item(answers)
    entering = np.isfinite(answers).sum(axis=0) >= 2
    if not entering.any():
        return float("nan")
    used = answers[:, entering].astype(np.float64)
    return float(np.nanmean(np.abs(used - np.nanmean(used, axis=0)), axis=0).mean())


def rwg_j(answers: Answers, options: int = 5, null: Null = "uniform") -> float:
    """
    Within-team agreement r_WG(J) of one team on one scale; of one item, r_WG.

    The observed variance is cut at that of the null *before* the Spearman-Brown step; without the cut the index
    has a pole. It grows with the number of items at the same spread, so no threshold of it is used anywhere.

    Parameters
    ----------
    answers : (members, items), in points; `nan` where a member gave none. (members,) is taken as one item.
    options : number of answer options, at least 2.
    null : how members without any agreement would answer.

    Returns
    -------
    0 (no more alike than chance) … 1 (all alike); `nan` with fewer than two answers on every item.

    Raises
    ------
    ValueError : for an unknown null, or fewer than two options.

    Source
    ------
    James, Demaree & Wolf (1984). Same figures as `rwg.j` of the R package multilevel 2.8 (item-wise deletion).

    >>> team = np.array([[4, 4, 5], [4, 5, 5], [5, 4, 4], [4, 4, 4.0]])
    >>> round(rwg_j(team, options=5), 3)
    0.949
    """
    answers = _by_item(answers).astype(np.float64)
    entering = answers[:, np.isfinite(answers).sum(axis=0) >= 2]
    chance = null_variance(options, null)
    if not entering.shape[1]:
        return float("nan")
    variance = float(np.nanvar(entering, axis=0, ddof=1).mean())
    return float(_spearman_brown(np.array([variance]), np.array([entering.shape[1]]), chance)[0])


def awg_j(answers: Answers, minimum: float = 1, maximum: float = 5) -> float:
    """
    Within-team agreement a_WG(J) of one team on one scale; of one item, a_WG.

    The observed variance is set beside the largest that answers with this very mean could have, so no guess is needed
    of how members without agreement would answer. Near an end of the scale there is hardly any room to disagree: an
    item whose mean lies closer to an end than one member at the other end would move it does not enter, unless all
    chose the end itself.

    Parameters
    ----------
    answers : (members, items), in points; `nan` where a member gave none. (members,) is taken as one item.
    minimum, maximum : the ends of the scale.

    Returns
    -------
    −1 (two camps at the ends) … 1 (all alike), the mean over items; `nan` when no item enters.

    Source
    ------
    Brown & Hauenstein (2005). Same figures as `awg` of the R package multilevel, but by item instead of by complete
    person.

    >>> awg_j(np.array([[2, 3], [4, 3.0]])), awg_j(np.array([1, 1, 5, 5.0]))  # items 1 − 2·2 / (4·2) and 1
    (0.75, -1.0)
    """
    answers = _by_item(answers).astype(np.float64)
    entering = answers[:, np.isfinite(answers).sum(axis=0) >= 2]
    if not entering.shape[1]:
        return float("nan")
    members, mean = np.isfinite(entering).sum(axis=0), np.nanmean(entering, axis=0)
    nearest = np.minimum(mean - minimum, maximum - mean)
    largest = (maximum - mean) * (mean - minimum) * members / (members - 1)
    share = 1 - 2 * quotient(np.nanvar(entering, axis=0, ddof=1), largest, empty=0.0)
    enters = (nearest <= NO_VARIANCE) | (nearest >= (maximum - minimum) / members - NO_VARIANCE)
    return float(share[enters].mean()) if enters.any() else float("nan")


def practical_limit(options: int) -> float:
    """
    AD up to which members are taken to agree, in points: a sixth of the options (Burke & Dunlap 2002).

    >>> practical_limit(6)
    1.0
    """
    return options / 6


def null_variance(options: int, null: Null = "uniform") -> float:
    """
    Variance of the answers of members who do not agree at all, in squared points.

    `uniform`: every option equally likely, (A² − 1) / 12. `slight skew`: LeBreton & Senter (2008) for 5 to 11
    options. For another number of options their table has no entry; there the variance is derived as that of its
    five-option entry is, from the shares of answers (.05, .15, .20, .35, .25), laid over A options of equal width.

    Raises
    ------
    ValueError : for an unknown null, or fewer than two options.

    >>> null_variance(5), null_variance(5, "slight skew"), round(null_variance(3, "slight skew"), 4)
    (2.0, 1.34, 0.5222)
    """
    if options < 2:
        raise ValueError(f"agreement needs at least 2 answer options, not {options}")
    if null == "uniform":
        return (options**2 - 1) / 12
    if null == "slight skew":
        return _SLIGHT_SKEW.get(options) or answer_variance(_shares_over(options))
    raise ValueError(f'the null is "uniform" or "slight skew", not "{null}"')


def answer_variance(shares: Sequence[float] | Values) -> float:
    """
    Variance of the answers where so large shares of members choose option 1, 2, …; in squared points.

    >>> round(answer_variance([0.05, 0.15, 0.20, 0.35, 0.25]), 2)  # the slight skew of LeBreton & Senter (2008)
    1.34
    """
    option = np.arange(1, len(shares) + 1)
    return float((shares * option**2).sum() - (shares * option).sum() ** 2)


def average_deviations(sums: ScaleSums) -> Values:
    """(G,) AD of every team of a period, as `average_deviation`; of a scale whose deviations were summed."""
    if sums.deviations is None:
        raise ValueError("the deviations of this scale were not summed")
    items = np.count_nonzero(sums.answered >= 2, axis=0)
    per_item = quotient(sums.deviations, sums.answered, empty=0.0)  # 0 where a single member answered
    return quotient(_snapped(per_item).sum(axis=0), items)


def rwg_js(sums: ScaleSums, options: int) -> dict[Null, Values]:
    """(G,) r_WG(J) of every team of a period, as `rwg_j`, under each null."""
    spread = within_squares(sums.answered, sums.total, sums.squares)
    variances = quotient(spread, sums.answered - 1, empty=0.0)
    items = np.count_nonzero(sums.answered >= 2, axis=0)
    variance = quotient(variances.sum(axis=0), items)
    return {null: _spearman_brown(variance, items, null_variance(options, null)) for null in NULLS}


def _spearman_brown(variance: Values, items: npt.NDArray[np.integer], chance: float) -> Values:
    share = np.minimum(_snapped(variance) / chance, 1.0)
    return quotient(items * (1 - share), items * (1 - share) + share)


def _snapped(values: Values) -> Values:
    return np.where(values < NO_VARIANCE, 0.0, values)


def _shares_over(options: int) -> Values:
    """The five shares as a histogram on 0…1, cut anew into `options` bins of equal width."""
    cumulated = np.concatenate([[0.0], np.cumsum(_SLIGHT_SKEW_SHARES)])
    return np.diff(np.interp(np.linspace(0, 1, options + 1), np.linspace(0, 1, 6), cumulated))


def _by_item(answers: Answers) -> Answers:
    answers = np.asarray(answers)
    return answers[:, None] if answers.ndim == 1 else answers
