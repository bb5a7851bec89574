"""
Values → figures: decides how what was found is drawn, and computes nothing.

Every chart takes released figures and a palette and gives a Plotly figure; texts come from `wording`.
"""

from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.gains_map import gains_map
from dashboard.charts.gaps import gaps
from dashboard.charts.goes_scatter import goes_scatter
from dashboard.charts.goes_slopes import goes_sensitivity, goes_shares, goes_slopes
from dashboard.charts.heat_map import Shades, heat_map, level_shades, surplus_shades
from dashboard.charts.idea import idea
from dashboard.charts.metric_panel import common_span, metric_panel
from dashboard.charts.palette import Palette, palette
from dashboard.charts.team_lines import common_levels, team_lines
from dashboard.charts.who_changed import who_changed

__all__ = [
    "Palette",
    "Shades",
    "common_levels",
    "common_span",
    "dumbbell",
    "gains_map",
    "gaps",
    "goes_scatter",
    "goes_sensitivity",
    "goes_shares",
    "goes_slopes",
    "heat_map",
    "idea",
    "level_shades",
    "metric_panel",
    "palette",
    "surplus_shades",
    "team_lines",
    "who_changed",
]
