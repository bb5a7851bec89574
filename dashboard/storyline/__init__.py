"""
Storyline: what was found and may be shown → the slides of a story, in order. Decides what a room is told and in which
order; draws nothing, computes nothing. `reports` and `screens` draw it.
"""

from dashboard.storyline.edits import Edits, arranged, shown
from dashboard.storyline.slide import Deck, Figure, Line, Lines, Map, Marks, Plot, Role, Row, Rows, Slide, Table
from dashboard.storyline.story import storyline

__all__ = [
    "Deck",
    "Edits",
    "Figure",
    "Line",
    "Lines",
    "Map",
    "Marks",
    "Plot",
    "Role",
    "Row",
    "Rows",
    "Slide",
    "Table",
    "arranged",
    "shown",
    "storyline",
]
