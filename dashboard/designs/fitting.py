"""
Fitting: two or three designs for one team, with the evidence that led to each.

Each piece of evidence, what weighs most first, brings in its own first design; only then the second ones follow, so
that what is offered rests on different evidence where there is any. The same diagnosis always gets the same options.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from dashboard.designs.design import Design, Option, spoken
from dashboard.designs.evidence import Case, Evidence, evidence
from dashboard.designs.library import GENERAL
from dashboard.disclosure import Released
from dashboard.wording.numbers import plural

MOST = 3
WITHOUT_A_VERDICT = 2


def fitting(released: Released, team: str) -> tuple[Option, ...]:
    """
    What this team could try: two or three options, never a prescription.

    A team without figures, or that nothing specific is known of, gets the two that fit any team, and the reason why
    there is no more.

    Parameters
    ----------
    released : a diagnosis as it may be shown; nothing else is looked at.
    team : its name, as in `released.verdicts`.

    Raises
    ------
    ValueError : for a team that is not there.

    >>> import dashboard
    >>> example = dashboard.samples.folder()
    >>> diagnosis = dashboard.diagnose(dashboard.read_survey(example / "survey.csv"))
    >>> [option.design.name for option in fitting(diagnosis, "Search")]
    ['One task that needs everyone', 'A lead that goes round', 'Lessons kept together']
    """
    found = list(evidence(Case(released=released, team=team)))
    specific = any(not set(each.designs) <= set(GENERAL) for each in found)
    chosen = list(islice(_in_turn(found), MOST if specific else WITHOUT_A_VERDICT))
    noun = released.settings.noun
    options = (_option(design, found) for design in chosen)
    return tuple(replace(option, design=spoken(option.design, noun, plural(noun))) for option in options)


def _in_turn(found: Sequence[Evidence]) -> Iterator[Design]:
    """Every first design, then every second, each once; what fits any team last."""
    by_turn = chain.from_iterable(zip_longest(*(each.designs for each in found)))
    return iter(dict.fromkeys(design for design in chain(by_turn, GENERAL) if design is not None))


def _option(design: Design, found: Sequence[Evidence]) -> Option:
    """The design with all that speaks for it; where nothing but being general does, with what came first."""
    of_it = [each for each in found if design in each.designs] or list(found[:1])
    begun = next((each.begun for each in of_it if each.begun and each.designs[0] is design), "")
    return Option(design=design, because=tuple(dict.fromkeys(each.sentence for each in of_it)), begun=begun)
