"""
Counts: what a rule's flags on simulated organisations were worth, once their truth is known.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import numpy as np
from sklearn.metrics import average_precision_score

BINS = 10


@dataclass
class Counts:
    """
    Of one rule, over organisations. `shown` teams reach the minimum group and are the same for every rule; `judged`
    ones the rule can flag. `affected` is counted among all teams, `affected_shown` among the shown. Average precision
    and calibration are over the shown: `excess` is Σ(stated − true) in ten bins of stated probability.
    """

    organizations: int = 0
    teams: int = 0
    shown: int = 0
    judged: int = 0
    affected: int = 0
    affected_shown: int = 0
    flags: int = 0
    wrong: int = 0
    watched: int | None = None
    watched_wrong: int | None = None
    stated: int = 0
    excess: list[float] = field(default_factory=lambda: [0.0] * BINS)
    average_precision: float | None = None

    def figures(self) -> dict[str, object]:
        """The columns of the table: counts, and the rates that follow from them."""
        known = asdict(self) | {"found": self.flags - self.wrong}
        known["false_per_100"] = 100 * self.wrong / self.teams
        known["calibration_error"] = sum(map(abs, self.excess)) / self.stated if self.stated else None
        return known


@dataclass
class Seen:
    """One rule on one organisation: (T,) who is shown, judged, affected, flagged, watched; order, probability."""

    shown: np.ndarray
    judged: np.ndarray
    affected: np.ndarray
    flagged: np.ndarray
    score: np.ndarray
    probability: np.ndarray | None = None
    watched: np.ndarray | None = None


def count(seen: list[Seen]) -> Counts:
    """One rule over the organisations of a cell. Average precision ranks the shown teams of all of them together."""
    found = Counts(organizations=len(seen))
    for each in seen:
        _add(found, each)
    truth = np.concatenate([each.affected[each.shown] for each in seen])
    score = np.concatenate([each.score[each.shown] for each in seen])
    if truth.any():
        found.average_precision = float(average_precision_score(truth, score))
    return found


def pooled(cells: list[Counts]) -> Counts:
    """Sums; average precision is the mean over cells, weighted by the affected teams shown there."""
    total = Counts()
    for name in ("organizations", "teams", "shown", "judged", "affected", "affected_shown", "flags", "wrong", "stated"):
        setattr(total, name, sum(getattr(cell, name) for cell in cells))
    for name in ("watched", "watched_wrong"):
        values = [getattr(cell, name) for cell in cells]
        setattr(total, name, None if None in values else sum(values))
    total.excess = np.sum([cell.excess for cell in cells], axis=0).tolist()
    ranked = [cell for cell in cells if cell.average_precision is not None]
    if ranked:
        weights = [cell.affected_shown for cell in ranked]
        total.average_precision = float(np.average([cell.average_precision for cell in ranked], weights=weights))
    return total


def _add(found: Counts, each: Seen) -> None:
    found.teams += len(each.judged)
    found.shown += int(each.shown.sum())
    found.judged += int(each.judged.sum())
    found.affected += int(each.affected.sum())
    found.affected_shown += int((each.affected & each.shown).sum())
    found.flags += int(each.flagged.sum())
    found.wrong += int((each.flagged & ~each.affected).sum())
    if each.watched is not None:
        found.watched = (found.watched or 0) + int(each.watched.sum())
        found.watched_wrong = (found.watched_wrong or 0) + int((each.watched & ~each.affected).sum())
    if each.probability is not None:
        stated, truth = each.probability[each.shown], each.affected[each.shown]
        bins = np.minimum((BINS * stated).astype(int), BINS - 1)
        found.stated += len(stated)
        found.excess = (found.excess + np.bincount(bins, stated - truth, minlength=BINS)).tolist()
