"""
Compounding: which teams' individual gains are real and are not becoming gains of the team. The verdicts.

`judge` decides it for all teams of a window; `detectable_gain` says how small a gain it can find, and `cross_section`
what is worth watching when there is one period only.
"""

from dashboard.diagnosis.compounding.detectable import detectable_gain
from dashboard.diagnosis.compounding.judge import judge
from dashboard.diagnosis.compounding.judgement import Judgement, Model
from dashboard.diagnosis.compounding.one_period import CrossSection, cross_section
from dashboard.diagnosis.compounding.responses import Responses

__all__ = ["CrossSection", "Judgement", "Model", "Responses", "cross_section", "detectable_gain", "judge"]
