"""
Design: a way of working that gives a team something hard to succeed at together.

Collective efficacy grows from shared mastery (Bandura 1997): joint attempts that succeed and are put down to
coordination. A design is an option to talk about, never a prescription.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """
    `key`: names it in files and addresses. `name`: a few words. `idea`: one sentence on what it is. `fits`: one
    sentence on which evidence it fits. `steps`: how to run it in a quarter, at most five. `watch`: what to watch, at
    most three. `refuted`: what would show that it did not work. `sources`: author, year, title, where.
    """

    key: str
    name: str
    idea: str
    fits: str
    steps: tuple[str, ...]
    watch: tuple[str, ...]
    refuted: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """
    A design offered to one team, with the evidence that led there, a sentence each. `begun`: the period in which the
    team took it up, where it did: then it is to be carried on and compared, not started.
    """

    design: Design
    because: tuple[str, ...]
    begun: str = ""


def spoken(design: Design, noun: str, nouns: str) -> Design:
    """
    The design with this organisation's word for a group; its name and its sources stay.

    >>> texts = {"key": "", "name": "", "idea": "The team, with other teams.", "fits": "", "refuted": ""}
    >>> one = Design(**texts, steps=(), watch=(), sources=())
    >>> spoken(one, "classroom", "classrooms").idea
    'The classroom, with other classrooms.'
    """

    def said(text: str) -> str:
        return re.sub(r"\bteam(s?)\b", lambda found: nouns if found[1] else noun, text)

    return replace(
        design,
        idea=said(design.idea),
        fits=said(design.fits),
        steps=tuple(map(said, design.steps)),
        watch=tuple(map(said, design.watch)),
        refuted=said(design.refuted),
    )
