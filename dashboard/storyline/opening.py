"""
Opening: the headline with its four figures, and how everything after it is to be read.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.diagnosis.gates import carried, gate
from dashboard.disclosure.released import Released
from dashboard.storyline.named import source
from dashboard.storyline.slide import Figure, Slide
from dashboard.wording import app_words, gates_words, overview_words, story_words
from dashboard.wording.headline import headline
from dashboard.wording.units import in_pomp

NAMING = ("individual_mean", "collective_mean")  # claims whose gates stand beside the two levels


def headline_slide(released: Released) -> Slide:
    """The finding, the two levels, how many teams are in which state, and how many flags may be wrong."""
    title, *rest = story_words.apart(headline(released))
    figures = (*_levels(released), *_states(released), *_false_alarms(released))
    notes = (
        story_words.EVIDENCE.format(text=" ".join(_figure_told(figure) for figure in figures)),
        *([overview_words.affected(released)] if judged(released) else []),
        *named_otherwise(released),
        *_moved_together(released),
        caveat(released),
    )
    return Slide(
        key="headline",
        title=title,
        lead=(" ".join(rest),) if rest else (),
        figures=figures,
        points=(*named_otherwise(released), *_moved_together(released)),
        source=source(released),
        notes=notes,
    )


def reading_slide(released: Released) -> Slide:
    """The two beliefs, their unit, what a flag is, how often it is wrong, and what is never shown."""
    settings, flags = released.settings, can_flag(released)
    told = (story_words.FLAG, story_words.wrong_here(settings), story_words.found_there(settings))
    points = (*story_words.ITEMS, story_words.POINTS, *(told[:2] if flags else (no_flag(released),)))
    return Slide(
        key="reading",
        title=story_words.reading_title(released, flags),
        points=tuple(story_words.said(point, settings) for point in points),
        source=source(released),
        notes=tuple(
            story_words.said(text, settings)
            for text in (
                story_words.EVIDENCE.format(text=" ".join(overview_words.HELP[:2])),
                *(told[2:] if flags else ()),
                story_words.WITHHELD,
                story_words.CAVEAT.format(text=overview_words.NOT_ALL_WELL if flags else no_flag(released)),
            )
        ),
    )


def judged(released: Released) -> bool:
    """Whether these data carry verdicts at all."""
    return released.worth_watching is None and len(released.periods) > 1 and carried(released, "verdicts")


def can_flag(released: Released) -> bool:
    """Whether a team could be flagged: verdicts are carried, and enough teams are judged."""
    return judged(released) and released.organization.teams_tested >= released.settings.fewest_teams


def no_flag(released: Released) -> str:
    """Why no team could be flagged; to be filled in by `story_words.said`."""
    if len(released.periods) < 2:
        return story_words.LEVELS_ONLY
    return story_words.TOO_FEW if judged(released) else story_words.NO_VERDICT


def named_otherwise(released: Released) -> list[str]:
    """Why a mean is not called what it should be, or only with caution; nothing where both are."""
    found = (gates_words.why(gate(released, need), released.settings) for need in NAMING)
    return list(dict.fromkeys(text for text in found if text))


def _levels(released: Released) -> tuple[Figure, ...]:
    whole = released.organization
    pomp = replace(released, organization=replace(whole, by_period=in_pomp(whole.by_period, released.instrument)))
    individual, collective = gates_words.names(released)
    own, shared = (app_words.level(pomp, scale) for scale in ("individual", "collective"))
    return (
        Figure(label=individual, value=own[0], change=own[1], note=own[2], role="individual"),
        Figure(label=collective, value=shared[0], change=shared[1], note=shared[2], role="collective"),
    )


def _states(released: Released) -> tuple[Figure, ...]:
    """How many teams are in which state: the first as the figure, the others beside it."""
    if released.worth_watching is not None:
        return ()
    (number, _), *others = app_words.states_told(released.organization.verdicts)
    told = [f"{count} {name}" for count, name in others]
    label = overview_words.FIGURES[0]
    return (Figure(label=label, value=str(number), change=told[0], note=" · ".join(told[1:])),)


def _false_alarms(released: Released) -> tuple[Figure, ...]:
    """Only where something can be flagged, and so be flagged wrongly."""
    few = released.organization.teams_tested < released.settings.fewest_teams
    if released.worth_watching is not None or few:
        return ()
    value, among = overview_words.false_alarms(released)
    return (Figure(label=overview_words.FIGURES[1], value=value, note=among, role="flagged"),)


def _figure_told(figure: Figure) -> str:
    return f"{figure.label}: {', '.join(filter(None, (figure.value, figure.change, figure.note)))}."


def _moved_together(released: Released) -> tuple[str, ...]:
    moved = released.organization.moved_together
    return (overview_words.said(overview_words.MOVED_TOGETHER, released),) if moved else ()


def caveat(released: Released) -> str:
    """What no flag does not mean, or why there can be none."""
    text = overview_words.NOT_ALL_WELL if judged(released) else no_flag(released)
    return story_words.CAVEAT.format(text=story_words.said(text, released.settings))
