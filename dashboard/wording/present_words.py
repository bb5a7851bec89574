"""
Words of presenting: the stage, arranging the story, and taking it away.
"""

from __future__ import annotations

from dashboard.wording.numbers import articled, counted

TITLE = "Present"
LEAD = (
    "What was found, as a story for a room: {slides}. Give slides titles of your own, put them in another order, hide "
    "what this room does not need. Nothing on them names a person, a file or a {noun} that is withheld."
)
START = "Present"
KEYS = (
    "Arrow keys or a clicker turn the slides, Home and End jump, F fills the screen, N shows the notes, T the figures as a "
    "table, Esc leaves."
)
ALL_HIDDEN = "Every slide is hidden. Show one to present."

WITHHELD = "not shown"
PAGE = "{at} of {all}"
BACK, NEXT = "Back", "Next"
NOTES, NO_NOTES, FIGURES, CHART, FULL, LEAVE = "Notes", "Hide notes", "Figures", "Chart", "Full screen", "Leave"
TABLE = "The figures of this chart"
SPEAKER = "Speaker notes"
NOTHING_TO_SAY = "No notes for this slide."
UP_NEXT = "Next: {title}"
THE_END = "This is the last slide."
SECOND = "Speaker notes in a second window"
SECOND_NOTE = "It follows the slides of this window, and turns them too."

ARRANGE = "The slides"
SLIDE_TITLE = "Title of slide {at}"
UP, DOWN, SHOW = "Move slide {at} up", "Move slide {at} down", "Show slide {at}"
WRITTEN = "As it was written: {title}"
RESET = "Back to the story as it was written"
IN_WORKSPACE = "Kept with the workspace for everyone who works on it; the last who changes it decides."
CHANGED = "Last changed {when} (UTC)."
IN_TAB = "Kept for this browser tab only, as no workspace is open."
STAY = "A title of your own stays when the figures change: read it again after each survey."
NOT_KEPT = "The change could not be kept"

TAKE = "Take it away"
TAKE_LEAD = (
    "The same slides in the same order, with every number as on screen. Each file is made when you ask for it; the deck "
    "takes the longest, a few seconds."
)
FILES = {
    "pptx": ("Slides (PPTX)", "report.pptx"),
    "pdf": ("Paper (PDF)", "report.pdf"),
    "html": ("One page (HTML)", "report.html"),
    "xlsx": ("Tables (XLSX)", "report.xlsx"),
}
TEMPLATE = "A PowerPoint template of your organisation, for the slides"
TEMPLATE_HELP = "Its masters, colours and fonts are used; its own slides are not."
TEMPLATE_USED = "The slides will be made with this template."
TEMPLATE_REFUSED = "This template cannot be used; the slides will be made in our own design."


def lead(shown: int, noun: str) -> str:
    """
    What the page is for.

    >>> lead(9, "team")[:54]
    'What was found, as a story for a room: 9 slides. Give '
    """
    return articled(LEAD, noun).format(slides=counted(shown, "slide"), noun=noun)


def more_rows(number: int) -> str:
    """
    The last line of a chart that has no room for all rows.

    >>> more_rows(3)
    'and 3 more, in the figures'
    """
    return f"and {number:,} more, in the figures"
