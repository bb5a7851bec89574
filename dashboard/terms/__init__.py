"""
The words everyone uses: periods, scales, instruments, problems, settings, and the records that flow.

Decides nothing but what the words mean; imports no other room.
"""

from dashboard.terms.estimate import Estimate, Withheld
from dashboard.terms.instrument import Instrument
from dashboard.terms.period import Period, in_order, parse_date
from dashboard.terms.problem import InputRefused, Problem, Severity, errors
from dashboard.terms.scale import ATTRIBUTIONS, COLLECTIVE, INDIVIDUAL, KNOWN_SCALES, Scale
from dashboard.terms.settings import Setting, Settings
from dashboard.terms.survey import Events, Performance, Roster, SourceFile, Structures, Survey

__all__ = [
    "ATTRIBUTIONS",
    "COLLECTIVE",
    "INDIVIDUAL",
    "KNOWN_SCALES",
    "Estimate",
    "Events",
    "InputRefused",
    "Instrument",
    "Performance",
    "Period",
    "Problem",
    "Roster",
    "Scale",
    "Setting",
    "Settings",
    "Severity",
    "SourceFile",
    "Structures",
    "Survey",
    "Withheld",
    "errors",
    "in_order",
    "parse_date",
]
