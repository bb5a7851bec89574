"""
Remembered: what the workspace knows of a survey that is brought again, and what changed since last time.

A file of the same shape is read as it was confirmed; names that seem to have changed are proposed with their reason,
and the person says yes or no to each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from dashboard import intake
from dashboard.history import Known, Rename, WorkspaceRefused, in_order_said
from dashboard.intake import Inspection, Renamed
from dashboard.screens import kept
from dashboard.terms import Instrument, Survey
from dashboard.wording import workspace_words

What = Literal["team", "item"]


def of(plain: Inspection) -> Known | None:
    """
    What is known of a file; `None` where it is no survey or none like it was brought.

    Parameters
    ----------
    plain : the file as it is understood without the workspace.
    """
    try:
        open_one = kept.workspace()
        return open_one.known(plain, kept.last()) if open_one else None
    except WorkspaceRefused:
        return None


def instrument(known: Known) -> Instrument:
    """As confirmed, with the renamings that the person agreed to."""
    return known.instrument(agreed(known))


def agreed(known: Known) -> list[Renamed]:
    """The items that were said to be renamed."""
    return [pair for pair in known.changes.items_renamed if said("item", pair)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """Teams since last time: those that seem to be renamed, the new ones, the absent ones."""

    renamed: tuple[Renamed, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def teams(inspections: Sequence[Inspection], survey: Survey | None) -> Teams:
    """
    Which teams changed, over all surveys that are brought together.

    Parameters
    ----------
    survey : the answers, to see who answers where now; without them the names alone are compared.
    """
    before = _before()
    now = {team: one.team_sizes.get(team, 0) for one in inspections if one.kind == "survey" for team in one.teams}
    if before is None or not now:
        return Teams()
    new = tuple(team for team in now if team not in before.teams)
    gone = tuple(team for team in before.teams if team not in now)
    if not new or not gone:
        return Teams(new=new, gone=gone)
    renamed = intake.renamed_teams(before.teams, now, before_people=before.people, now_people=_people(survey))
    taken = {name for pair in renamed for name in (pair.before, pair.now)}
    return Teams(
        renamed=renamed,
        new=tuple(team for team in new if team not in taken),
        gone=tuple(team for team in gone if team not in taken),
    )


def names_changed(inspections: Sequence[Inspection]) -> bool:
    """Whether some team is gone and another is new, so that it is worth looking who answers where."""
    before = _before()
    now = {team for one in inspections if one.kind == "survey" for team in one.teams}
    return before is not None and bool(now - set(before.teams)) and bool(set(before.teams) - now)


def _before() -> intake.Remembered | None:
    try:
        return kept.last()
    except WorkspaceRefused:
        return None


def _people(survey: Survey | None) -> Mapping[str, frozenset[str]]:
    """Team → pseudonyms of those who answer there now."""
    if survey is None:
        return {}
    try:
        open_one = kept.workspace()
        return open_one.pseudonyms(intake.remember(survey).people) if open_one else {}
    except WorkspaceRefused:
        return {}


# ── what the person says ─────────────────────────────────────────────────────────────────────────


def key(what: What, pair: Renamed) -> str:
    """Under which the answer to a proposed renaming is kept."""
    return f"renamed {what} {pair.before} → {pair.now}"


def said(what: What, pair: Renamed) -> bool | None:
    """Whether the person agreed that a name changed; `None` as long as they said nothing."""
    answer = st.session_state.get(key(what, pair))
    return None if answer is None else bool(answer == workspace_words.YES)


def renames(what: What, pairs: Sequence[Renamed]) -> list[Rename]:
    """The renamings that were agreed to, for all periods that were kept so far."""
    found = kept.standing()
    survey = found.records.survey if found else None
    until = survey.periods[-1].label if survey else None
    yes = [pair for pair in pairs if said(what, pair)]
    return in_order_said(Rename(what=what, old=pair.before, new=pair.now, until=until) for pair in yes)
