"""
Figures → findings. Decides what the figures say about each team and the organisation: gains, verdicts, what stands
beside them. Decides nothing about what may be shown or how it is said.

`diagnose` composes all findings into one `Diagnosis`, the only result object there is.
"""

from dashboard.diagnosis.diagnose import diagnose
from dashboard.diagnosis.diagnosis import Diagnosis, Organization, Reason, Verdict

__all__ = ["Diagnosis", "Organization", "Reason", "Verdict", "diagnose"]
