"""
Instruments: read from a file, checked against the columns that are there, resolved to ranges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.intake.notes import Notes, joined
from dashboard.intake.sources import Source, fetch
from dashboard.terms import Instrument, Settings

if TYPE_CHECKING:
    from dashboard.intake.answers import ScaleRead
    from dashboard.intake.gathered import Part


def read_instrument(source: Source, *, settings: Settings | None = None) -> Instrument:
    """
    The instrument in a TOML file.

    Raises
    ------
    InputRefused : when it is no valid instrument; the problem says which field.

    >>> read_instrument(b'[scales.individual_efficacy]\\nitems = ["se_1"]').scales["individual_efficacy"].items
    ('se_1',)
    """
    file = fetch(source, settings or Settings())
    notes = Notes(file.name if not isinstance(source, bytes) else "instrument.toml")
    try:
        return Instrument.from_toml(file.content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        notes.error("the instrument is not UTF-8 text", "Save it as UTF-8")
    except ValueError as error:
        notes.error(str(error).rstrip("."), "Correct the instrument; the README shows one")
    raise notes.refusal()


def check_named(instrument: Instrument, parts: Sequence[Part]) -> None:
    """Note, as an error, columns that an instrument names and no file has."""
    named = [*instrument.team, *(name for name in (instrument.period, instrument.respondent) if name)]
    named += [item for scale in instrument.scales.values() for item in scale.items]
    nowhere = [name for name in named if _in_no_file(name, parts)]
    if nowhere and parts:
        parts[0].notes.error(
            f"the instrument names columns that are not there: {joined(nowhere)}",
            "Correct the names in the instrument, or bring the file it belongs to",
        )


def check_items(instrument: Instrument, parts: Sequence[Part]) -> None:
    """Note items that one file asks and another does not."""
    items = [item for scale in instrument.scales.values() for item in scale.items]
    for part in parts:
        absent = [item for item in items if part.table.named_alike(item) is None]
        if absent := [item for item in absent if not _in_no_file(item, parts)]:
            part.notes.warning(
                f"{joined(absent)} {'are' if len(absent) > 1 else 'is'} missing in this file and asked in another",
                "Counted as not answered here; scores may not be comparable",
            )


def _in_no_file(name: str, parts: Sequence[Part]) -> bool:
    return all(part.table.named_alike(name) is None for part in parts)


def resolved(instrument: Instrument, scales: Mapping[str, ScaleRead]) -> Instrument:
    """The instrument with the range of every scale and without items nobody answered or that were left out."""
    done = {}
    for name, scale in instrument.scales.items():
        read = scales[name]
        answered = {one.asked.item for one in read.items if one.answered}
        items = tuple(item for item in scale.items if item in answered)
        if items and read.low is not None and read.high is not None:
            done[name] = replace(
                scale,
                items=items,
                minimum=read.low,
                maximum=read.high,
                reversed=tuple(item for item in scale.reversed if item in items),
            )
    return replace(instrument, scales=done)
