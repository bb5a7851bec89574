"""
Tally: what the verdicts on simulated organisations were worth, once their truth is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from dashboard.diagnosis.compounding import Judgement, judge
from dashboard.terms import Settings
from tests.verdict.simulator import World, simulate


@dataclass
class Tally:
    """Counts over organisations."""

    teams: int = 0
    judged: int = 0
    flags: int = 0
    wrong: int = 0
    affected: int = 0
    watched: int = 0
    watched_wrong: int = 0
    probability: list[np.ndarray] = field(default_factory=list)
    truth: list[np.ndarray] = field(default_factory=list)
    covered: list[np.ndarray] = field(default_factory=list)

    def add(self, judgement: Judgement, gain: np.ndarray, affected: np.ndarray, settings: Settings) -> None:
        """Count one organisation."""
        able = judgement.reason == ""
        watched = able & (judgement.probability >= settings.watch_probability)
        known = np.isfinite(judgement.probability)
        self.teams += len(able)
        self.judged += int(able.sum())
        self.flags += int(judgement.flagged.sum())
        self.wrong += int((judgement.flagged & ~affected).sum())
        self.affected += int((affected & able).sum())
        self.watched += int(watched.sum())
        self.watched_wrong += int((watched & ~affected).sum())
        self.probability.append(judgement.probability[known])
        self.truth.append(affected[known])
        inside = (judgement.gain_low <= gain) & (gain <= judgement.gain_high)
        self.covered.append(inside[able])

    def join(self, other: Tally) -> None:
        """Add the organisations of another tally."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def wrong_share(self) -> float:
        """Share of flags that are wrong."""
        return self.wrong / self.flags

    @property
    def recall(self) -> float:
        """Share of the judged teams that are affected which are flagged."""
        return (self.flags - self.wrong) / self.affected

    @property
    def wrong_per_hundred(self) -> float:
        """False flags per 100 teams."""
        return 100 * self.wrong / self.teams

    @property
    def coverage(self) -> np.ndarray:
        """(2,) share of judged teams whose true gain lies in its stated interval."""
        return np.concatenate(self.covered).mean(axis=0)

    @property
    def calibration_error(self) -> float:
        """Mean absolute distance of stated and true probability over ten bins, weighted by their teams."""
        p, truth = np.concatenate(self.probability), np.concatenate(self.truth).astype(float)
        bins = np.minimum((10 * p).astype(int), 9)
        return float(np.abs(np.bincount(bins, p - truth)).sum() / max(len(p), 1))

    def row(self) -> str:
        """The figures of a line of the table."""
        covered = self.coverage if self.judged else [np.nan, np.nan]
        rate = lambda above, below: above / below if below else np.nan  # noqa: E731
        p, truth = np.concatenate(self.probability), np.concatenate(self.truth)
        figures = (
            self.flags,
            rate(self.wrong, self.flags),
            rate(self.flags - self.wrong, self.affected),
            rate(self.watched_wrong, self.watched),
            rate(self.watched - self.watched_wrong, self.affected),
            self.calibration_error,
            p.mean() if len(p) else np.nan,
            truth.mean() if len(p) else np.nan,
            *covered,
            rate(self.judged, self.teams),
            100 * rate(self.wrong, self.teams),
        )
        return "{:5d}  {:.3f} {:.3f}  {:.3f} {:.3f}  {:.3f} {:.3f}/{:.3f}  {:.2f} {:.2f}  {:.2f}  {:.2f}".format(
            *figures
        )


HEADER = "flags  wrong recall  w.wr  w.rec  calib  Σp/true     SE   CE    judged wrong/100"


def tally(worlds: Iterable[tuple[World, int]], settings: Settings | None = None) -> Tally:
    """All organisations of some worlds and seeds, pooled."""
    settings = settings or Settings()
    total = Tally()
    for world, seed in worlds:
        simulated = simulate(world, seed)
        affected = simulated.affected(settings.gain, settings.compounding_share)
        total.add(judge(simulated.responses, settings), simulated.gain, affected, settings)
    return total
