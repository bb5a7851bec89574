"""
Method on one slide: what each figure of the story is, in short, and where it comes from.
"""

from __future__ import annotations

from dashboard.disclosure.released import Released
from dashboard.storyline.named import source
from dashboard.storyline.opening import can_flag, caveat, judged
from dashboard.storyline.slide import Slide, Table
from dashboard.wording import error_rates, figures_words, story_words


def method_slide(released: Released, with_performance: bool) -> Slide:
    """The figures that these slides show, each with its source; how often the verdict was wrong in simulations."""
    settings, flags = released.settings, can_flag(released)
    table = Table(headings=story_words.METHOD_COLUMNS, rows=_rows(released, with_performance))
    extent = error_rates.extent(settings) if flags else ""
    return Slide(
        key="method",
        title=story_words.method_title(settings, flags),
        lead=(extent,) if flags else (),
        table=table,
        source=source(released),
        notes=_measured(extent, released) if flags else (_written_down(), caveat(released)),
    )


def _measured(extent: str, released: Released) -> tuple[str, ...]:
    """What was simulated, how it was counted, and what it was worth."""
    settings = released.settings
    return (
        story_words.EVIDENCE.format(text=extent),
        story_words.said(error_rates.WHAT, settings),
        story_words.CAVEAT.format(text=story_words.said(error_rates.PRICE, settings)),
    )


def _written_down() -> str:
    return story_words.EVIDENCE.format(text=story_words.WRITTEN_DOWN)


def _rows(released: Released, with_performance: bool) -> tuple[tuple[str, str, str], ...]:
    """(name, in short, source) in the order of the method screen."""
    settings = released.settings
    short = story_words.IN_SHORT | (story_words.JUDGED_IN_SHORT if judged(released) else story_words.SCALE_IN_SHORT)
    short |= story_words.WATCHED_IN_SHORT if released.worth_watching is not None else {}
    short |= story_words.GOES_IN_SHORT if with_performance else {}
    wanted = {story_words.said(name, settings): story_words.said(text, settings) for name, text in short.items()}
    figures = (each for _, group in figures_words.groups(settings) for each in group if each.name in wanted)
    return tuple((each.name.partition(" · ")[2] or each.name, wanted[each.name], each.source) for each in figures)
