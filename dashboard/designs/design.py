"""
Design: a way of working that gives a team something hard to succeed at together.

Collective efficacy grows from shared mastery (Bandura 1997): joint attempts that succeed and are put down to
coordination. A design is an option to talk about, never a prescription.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    """A design offered to one team, with the evidence that led there, a sentence each."""

    design: Design
    because: tuple[str, ...]
