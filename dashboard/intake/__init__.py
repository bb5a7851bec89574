"""
Bytes to surveys and the files beside them, with every problem found on the way.

Decides what a cell, a row, a column and a file mean; computes no statistics. One file goes `decoding` → `records` →
`headers`, `layout` → `roles`, `kinds` → `reading`; all files together go `surveys` → `answers`, `names`, `responses`,
`checks` → `Survey`. `bulk` is the short way for large well-formed files, to the same end.
"""

from dashboard.intake.events import read_events
from dashboard.intake.inspection import Inspection, ItemFound, inspect
from dashboard.intake.instruments import read_instrument
from dashboard.intake.kinds import Kind, kind_of
from dashboard.intake.performance import read_performance
from dashboard.intake.responses import Dated
from dashboard.intake.roles import ColumnRole, instrument_from_roles
from dashboard.intake.roster import read_roster
from dashboard.intake.since_last import (
    Remembered,
    Renamed,
    Rescaled,
    Reworded,
    SinceLast,
    carried_over,
    remember,
    renamed_teams,
    since_last,
)
from dashboard.intake.sources import NamedBytes, PeriodsGiven, Source
from dashboard.intake.structures import read_structures
from dashboard.intake.surveys import read_survey

__all__ = [
    "ColumnRole",
    "Dated",
    "Inspection",
    "ItemFound",
    "Kind",
    "NamedBytes",
    "PeriodsGiven",
    "Remembered",
    "Renamed",
    "Rescaled",
    "Reworded",
    "SinceLast",
    "Source",
    "carried_over",
    "inspect",
    "instrument_from_roles",
    "kind_of",
    "read_events",
    "read_instrument",
    "read_performance",
    "read_roster",
    "read_structures",
    "read_survey",
    "remember",
    "renamed_teams",
    "since_last",
]
