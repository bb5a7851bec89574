"""
Values → figures: decides how what was found is drawn, and computes nothing.

Every chart takes released figures and a palette and gives a Plotly figure; texts come from `wording`.
"""

from dashboard.charts.gains_map import gains_map
from dashboard.charts.gaps import gaps
from dashboard.charts.goes_scatter import goes_scatter
from dashboard.charts.goes_slopes import goes_sensitivity, goes_shares, goes_slopes
from dashboard.charts.idea import idea
from dashboard.charts.metric_panel import common_span, metric_panel
from dashboard.charts.palette import Palette, palette
from dashboard.charts.team_lines import common_levels, team_lines
from dashboard.charts.who_changed import who_changed

__all__ = [
    "Palette",
    "common_levels",
    "common_span",
    "gains_map",
    "gaps",
    "goes_scatter",
    "goes_sensitivity",
    "goes_shares",
    "goes_slopes",
    "idea",
    "metric_panel",
    "palette",
    "team_lines",
    "who_changed",
]
