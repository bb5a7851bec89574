"""
Known: a file of a survey that was brought before: how its columns were confirmed then, and what it has otherwise now.

The instrument that was confirmed is carried over to the file; a name that seems to have changed is taken over only
where somebody says so. What makes a score incomparable with last quarter's is told as a problem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from dashboard import intake
from dashboard.history.instruments import Remembered
from dashboard.intake import Inspection, Renamed, Reworded, SinceLast
from dashboard.terms import Instrument, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """As it was confirmed, when, and what the new file has otherwise."""

    confirmed: Instrument
    at: str
    changes: SinceLast

    def instrument(self, agreed: Collection[Renamed] = ()) -> Instrument:
        """As confirmed, under the new names of those items that were agreed to be renamed; ranges are found anew."""
        gone = (*self.changes.items_gone, *(pair.before for pair in self._others(agreed)))
        renamed = tuple(pair for pair in self.changes.items_renamed if pair in agreed)
        return intake.carried_over(
            self.confirmed, replace(self.changes, items_renamed=renamed, items_gone=gone, scales_changed=())
        )

    def problems(self, file: str, agreed: Collection[Renamed] = ()) -> tuple[Problem, ...]:
        """
        What makes scores incomparable with last time, as warnings.

        Parameters
        ----------
        agreed : renamings that are no change of the question.
        """
        gone = [*self.changes.items_gone, *(pair.before for pair in self._others(agreed))]
        told = [_gone(file, gone, self._others(agreed))] if gone else []
        return (*told, *(_reworded(file, one) for one in self.changes.items_reworded))

    def _others(self, agreed: Collection[Renamed]) -> list[Renamed]:
        return [pair for pair in self.changes.items_renamed if pair not in agreed]


def known(before: Remembered, inspection: Inspection, last: intake.Remembered | None = None) -> Known | None:
    """
    What is known of a file; `None` where of some scale that was confirmed nothing is left in it.

    Parameters
    ----------
    before : what was confirmed for the file most like it.
    last : the survey that is kept, for its ranges and teams.
    """
    last = last or intake.Remembered(instrument=before.instrument)
    ranged = _with_ranges(before.instrument, last.instrument)
    changes = intake.since_last(replace(last, instrument=ranged, texts=before.texts), inspection)
    found = Known(confirmed=before.instrument, at=before.at, changes=changes)
    return found if set(found.instrument(changes.items_renamed).scales) == set(before.instrument.scales) else None


def _with_ranges(instrument: Instrument, last: Instrument) -> Instrument:
    """The instrument with the ranges on which the answers lay last time, where it states none."""
    ranged = {
        name: replace(scale, minimum=last.scales[name].minimum, maximum=last.scales[name].maximum)
        if scale.minimum is None and name in last.scales
        else scale
        for name, scale in instrument.scales.items()
    }
    return replace(instrument, scales=ranged)


def _gone(file: str, items: Iterable[str], seem: Iterable[Renamed]) -> Problem:
    named = list(dict.fromkeys(items))
    are, were, them, stand = (
        ("are", "were", "them", "questions stand for them")
        if named[1:]
        else ("is", "was", "it", "question stands for it")
    )
    alike = "".join(f"; {pair.now} seems to be {pair.before} ({pair.reason})" for pair in seem)
    return Problem(
        file=file,
        found=f"{', '.join(named)} {are} missing and {were} asked last time{alike}",
        remedy=f"The score is not comparable with last quarter: bring an export with {them}, or say which {stand} now",
        severity=Severity.WARNING,
    )


def _reworded(file: str, one: Reworded) -> Problem:
    now, before = one.now.rstrip(". "), one.before.rstrip(". ")
    return Problem(
        file=file,
        column=one.item,
        found=f"the question is worded otherwise than last time: “{now}”, then “{before}”",
        remedy="Where it asks something else now, its scores are not comparable with last quarter: ignore the column",
        severity=Severity.WARNING,
    )
