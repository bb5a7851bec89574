"""
Answers → figures of one team, scale and period: scoring, agreement, reliability, nesting, change.

Decides nothing about what is shown or how it is said. Functions on arrays stand alone; those on a `Survey` give the
figures of all teams and periods at once, and share one pass over its rows when given the same `survey_sums`.
"""

from dashboard.measurement import (
    agreement,
    between_correlation,
    change,
    distinctness,
    growth,
    invariance,
    level_gap,
    nesting,
    reliability,
    reliable_change,
    scoring,
    surplus,
)
from dashboard.measurement.change import changes
from dashboard.measurement.item_figures import item_figures
from dashboard.measurement.organization import organization_by_period
from dashboard.measurement.scale_figures import scale_figures
from dashboard.measurement.spread import AnswerSpread, answer_spread
from dashboard.measurement.sums import SurveySums, survey_sums
from dashboard.measurement.team_figures import TeamFigures, team_figures

__all__ = [
    "AnswerSpread",
    "SurveySums",
    "TeamFigures",
    "agreement",
    "answer_spread",
    "between_correlation",
    "change",
    "changes",
    "distinctness",
    "growth",
    "invariance",
    "item_figures",
    "level_gap",
    "nesting",
    "organization_by_period",
    "reliability",
    "reliable_change",
    "scale_figures",
    "scoring",
    "surplus",
    "survey_sums",
    "team_figures",
]
