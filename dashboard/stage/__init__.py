"""
Stage: the plots of slides → Plotly figures, in letters for the back of a room. Decides how a plot is drawn on a screen
that presents; the values are the story's.
"""

from dashboard.stage.plot import slide_plot

__all__ = ["slide_plot"]
