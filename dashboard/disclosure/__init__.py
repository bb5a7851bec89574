"""
The one gate between what was found and what may be shown. Decides what is withheld, and nothing else does.

`release` turns a Diagnosis into a `Released`; nothing above this floor ever sees another.
"""

from dashboard.disclosure.by_chance import alike_by_chance
from dashboard.disclosure.gate import release, withholding
from dashboard.disclosure.goes_with import GoesWithReleased, release_goes_with
from dashboard.disclosure.reasons import Withholding
from dashboard.disclosure.released import Released

__all__ = [
    "GoesWithReleased",
    "Released",
    "Withholding",
    "alike_by_chance",
    "release",
    "release_goes_with",
    "withholding",
]
