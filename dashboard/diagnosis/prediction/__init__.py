"""
Does collective efficacy go with performance? Decides what past beliefs and past performance say about the next period:
slopes with errors that know of teams, within and between, the reverse, predictions for unseen teams, a permutation of
whole teams, dominance, and what an unreliable self-efficacy would hide. Decides nothing about what may be shown.

`goes_with.goes_with` composes it all; it is not named here, so that scikit-learn is loaded only where it is asked for.
"""

from dashboard.diagnosis.prediction.findings import GoesWith, MetricFindings, Model, UnseenTeams
from dashboard.diagnosis.prediction.panel import Leak, Panel, lagged_panel
from dashboard.diagnosis.prediction.sizes import Extent

__all__ = ["Extent", "GoesWith", "Leak", "MetricFindings", "Model", "Panel", "UnseenTeams", "lagged_panel"]
