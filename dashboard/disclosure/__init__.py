"""
The one gate between what was found and what may be shown. Decides what is withheld, and nothing else does.

`release` turns a Diagnosis into a `Released`; nothing above this floor ever sees another.
"""

from dashboard.disclosure.gate import release, withholding
from dashboard.disclosure.reasons import Withholding
from dashboard.disclosure.released import Released

__all__ = ["Released", "Withholding", "release", "withholding"]
