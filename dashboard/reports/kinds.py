"""
The one door to the reports: which there are, and each as bytes. The screen and the command line come through here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard.disclosure import GoesWithReleased, Released
from dashboard.reports.workbook import workbook
from dashboard.storyline import Deck, Edits, shown, storyline

KINDS = ("pptx", "pdf", "html", "xlsx")
FILES = tuple(f"report.{kind}" for kind in KINDS)  # what `diagnose` calls them


def reports(
    released: Released,
    goes_with: GoesWithReleased | None = None,
    kinds: Sequence[str] = KINDS,
    edits: Edits | None = None,
    template: bytes | None = None,
) -> dict[str, bytes]:
    """
    Kind → the report.

    Parameters
    ----------
    goes_with : where performance was brought.
    kinds : of `KINDS`; "pptx", "pdf" and "html" tell the story, "xlsx" holds the tables.
    edits : what a presenter changed in the story.
    template : a PowerPoint file whose design the slides take.

    Raises
    ------
    ValueError : naming a kind that there is not. InputRefused : when the template cannot be used.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"{unknown[0]} is no report; there are {', '.join(KINDS)}")
    story = [kind for kind in kinds if kind != "xlsx"]
    deck = shown(storyline(released, goes_with), edits or Edits()) if story else None
    drawn = {} if deck is None else {kind: _drawings(template)[kind](deck) for kind in story}
    return {kind: workbook(released, goes_with) if kind == "xlsx" else drawn[kind] for kind in dict.fromkeys(kinds)}


def check_template(template: bytes) -> None:
    """
    Nothing, for a template that slides can be put on.

    Raises
    ------
    InputRefused : saying what it is instead, and what to do.
    """
    from dashboard.reports.slides import try_on  # here, as in `_drawings`

    try_on(template)


def _drawings(template: bytes | None) -> Mapping[str, Callable[[Deck], bytes]]:
    """What draws each kind; its libraries are loaded only where a report is asked for."""
    from dashboard.reports.page import page
    from dashboard.reports.paper import paper
    from dashboard.reports.slides import slides

    return {"pptx": lambda deck: slides(deck, template), "pdf": paper, "html": page}
