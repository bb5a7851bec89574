"""
Story: the slides in the order in which a room is told: what was found, how to read it, where, who, how alike, what
goes with it, what could be tried, how sure that is, and how it was worked out.
"""

from __future__ import annotations

from dashboard.disclosure import GoesWithReleased
from dashboard.disclosure.released import Released
from dashboard.storyline.alike import alike_slide
from dashboard.storyline.goes import goes_slides
from dashboard.storyline.method import method_slide
from dashboard.storyline.named import named, source
from dashboard.storyline.opening import headline_slide, reading_slide
from dashboard.storyline.slide import Deck, Slide
from dashboard.storyline.sure import sure_slide
from dashboard.storyline.teams import team_slides
from dashboard.storyline.trying import try_slide
from dashboard.storyline.whole import has_marks, map_slide, watching_slide
from dashboard.wording import app_words
from dashboard.wording.escape import plain


def storyline(released: Released, goes_with: GoesWithReleased | None = None) -> Deck:
    """
    The story of a diagnosis.

    Parameters
    ----------
    released : over the window to tell of.
    goes_with : what collective efficacy goes with; the slide is left out without.

    Returns
    -------
    Slides with the keys headline, reading, map (watching, with one period), team:NAME for five teams at most (none,
    where there is nobody to name), alike, goes, try, sure, method. The same figures give the same story, to the letter.
    """
    shown, goes = named(released), goes_slides(released, goes_with)
    slides = (
        headline_slide(released),
        reading_slide(released),
        *_teams(released),
        alike_slide(released, shown),
        *goes,
        try_slide(released, shown),
        sure_slide(released),
        method_slide(released, with_performance=bool(goes)),
    )
    return Deck(
        title=plain(released.instrument.title) or app_words.TITLE,
        scope=source(released),
        slides=slides,
    )


def _teams(released: Released) -> tuple[Slide, ...]:
    """All teams in one picture, then one by one; with one period no team has a slide of its own."""
    if len(released.periods) < 2 or released.worth_watching is not None:
        return (watching_slide(released),)
    shown = named(released)
    one_by_one = team_slides(released, shown) if shown.teams or has_marks(released) else ()
    return (map_slide(released, shown), *one_by_one)
