"""
Trying: which shared-mastery designs fit the named teams, as options with the evidence that led there.
"""

from __future__ import annotations

from dashboard.designs import GENERAL, Design, Option, fitting
from dashboard.designs.design import spoken
from dashboard.disclosure.released import Released
from dashboard.storyline.named import Named, source
from dashboard.storyline.slide import Slide, Table
from dashboard.wording import story_words
from dashboard.wording.escape import plain
from dashboard.wording.numbers import plural

AT_MOST = 5  # designs on the slide, those that fit most teams

Offers = dict[str, tuple[Option, ...]]


def try_slide(released: Released, shown: Named) -> Slide:
    """What the named teams could try; where none is named what fits any team."""
    return _for_named(released, shown) if shown.teams else _for_any(released)


def _for_named(released: Released, shown: Named) -> Slide:
    settings = released.settings
    offers = {plain(team): fitting(released, team) for team in shown.teams}
    designs = _most_offered(offers)
    first = _teams_of(designs[0], offers)
    rows = tuple((each.name, each.idea, _fits(_teams_of(each, offers), len(offers))) for each in designs)
    told = [plain(story_words.offered(team, _because(options))) for team, options in offers.items()]
    return Slide(
        key="try",
        title=story_words.try_title(designs[0].name, len(first), len(offers), settings),
        lead=(story_words.OPTIONS,),
        table=Table(headings=story_words.try_columns(settings), rows=rows),
        source=source(released),
        notes=(story_words.EVIDENCE.format(text=told[0]), *told[1:], *_caveat(designs[0])),
    )


def _for_any(released: Released) -> Slide:
    settings = released.settings
    designs = [spoken(design, settings.noun, plural(settings.noun)) for design in GENERAL]
    rows = tuple((each.name, each.idea, each.fits) for each in designs)
    return Slide(
        key="try",
        title=story_words.said(story_words.TRY_ANY, settings),
        lead=(story_words.OPTIONS,),
        table=Table(headings=story_words.TRY_ANY_COLUMNS, rows=rows),
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=story_words.said(story_words.NO_EVIDENCE, settings)),
            *_caveat(designs[0]),
        ),
    )


def _most_offered(offers: Offers) -> list[Design]:
    """Those that fit most teams first; where it is as many, in the order in which they were met."""
    met = dict.fromkeys(option.design for options in offers.values() for option in options)
    by_key = {design.key: design for design in met}
    return sorted(by_key.values(), key=lambda design: -len(_teams_of(design, offers)))[:AT_MOST]


def _teams_of(design: Design, offers: Offers) -> list[str]:
    return [team for team, options in offers.items() if any(option.design.key == design.key for option in options)]


def _fits(teams: list[str], all_of_them: int) -> str:
    """Which teams, by name as long as a cell holds them."""
    names = ", ".join(teams)
    return names if len(names) <= story_words.CELL else story_words.OF_THEM.format(number=len(teams), all=all_of_them)


def _because(options: tuple[Option, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each design of one team with its evidence; a sentence that was said before is not said again."""
    said: set[str] = set()
    found = []
    for option in options:
        found.append((option.design.name, tuple(text for text in option.because if text not in said)))
        said.update(option.because)
    return found


def _caveat(design: Design) -> tuple[str, ...]:
    """What to watch, and what would show that it did not work."""
    watch = story_words.watch(design.name, design.watch)
    return watch, story_words.CAVEAT.format(text=story_words.refuted(design.name, design.refuted))
