"""
Words of the reports: names of parts of a file, and what a template that cannot be used is told.
"""

from __future__ import annotations

MAKER = "Collective Efficacy Dashboard"
DESIGN = "Collective Efficacy"
LAYOUTS = ("Finding with text", "Finding")
LANGUAGE = "en-GB"

TEMPLATE = "template"
# Reason → what was found, what to do.
TEMPLATE_REFUSED = {
    "damaged": (
        "it cannot be opened as a presentation",
        "Open it in PowerPoint, save it anew as .pptx or .potx, and give that",
    ),
    "locked": (
        "it is protected by a password, or in the format from before 2007",
        "Save it without a password as .pptx or .potx, and give that",
    ),
    "macros": ("it holds macros", "Save it as .pptx or .potx, which hold none, and give that"),
    "other": ("it is no presentation", "Give a .pptx or .potx file"),
    "large": ("it is larger than 200 MB, or than 400 MB unpacked", "Take pictures and films out of it, and give that"),
    "small": (
        "its slides leave too little room for a chart with its texts",
        "Make its slides, or the place for text on them, larger, and give that",
    ),
    "no_layouts": ("its master has no layouts", "Add a layout with a title and a text to the master, and give that"),
}

SOURCE, SPEAKER, NUMBER, TEXT, POINTS = "Source", "Notes", "Slide number", "Text", "Points"
CHART, TABLE_NAME, FIGURE = "Chart", "Table", "Figure"
TABLE_ALT = "Table with the columns {headings}; {rows}."
RESPONDENTS, TEAM_NAME, LOWER, UPPER, BELOW, ABOVE = (
    "Respondents",
    "Name",
    "Interval from",
    "Interval to",
    "Down to the interval’s end",
    "Up to the interval’s end",
)
EVENTS, HEIGHT = "Events", "Height of the label"
IN_FULL = "In full:"
MORE_ROWS = "{more} more"
REGION = "Region"
RULE = "Line"
TITLE = "Title"
