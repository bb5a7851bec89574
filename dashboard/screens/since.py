"""
Since last time: what a survey that is brought again has otherwise than before, and the questions to the person.

What stands in the way of a comparison is told beside what else was found in the file, with its remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.history import Clash, Known, Records, Rename, WorkspaceRefused
from dashboard.intake import Inspection, NamedBytes, Renamed
from dashboard.screens import kept, remembered, session, waiting
from dashboard.terms import InputRefused, Problem, Settings, Severity, Survey
from dashboard.wording import workspace_words
from dashboard.wording.escape import markdown


def show(inspections: Sequence[Inspection], settings: Settings) -> None:
    """What changed, and a yes or no for every name that seems to have changed."""
    teams, known = _teams(inspections, settings), _known(settings)
    if not known and teams == remembered.Teams():
        return
    st.header(workspace_words.SINCE, anchor=False)
    asked = [*_asked_teams(teams), *_asked_items(known)]
    said = list(dict.fromkeys(sentence for one in known for sentence in _of_file(one)))
    said += workspace_words.changes(new=teams.new, absent=teams.gone, noun=settings.noun)
    for sentence in said:
        st.markdown(markdown(sentence))
    if not said and not asked:
        st.markdown(markdown(workspace_words.SAME.format(noun=settings.noun)))
    for what, pair in asked:
        _ask(what, pair, settings.noun)


def _of_file(known: Known) -> list[str]:
    found = known.changes
    return workspace_words.changes(
        added=found.items_added,
        gone=found.items_gone,
        reworded=found.items_reworded,
        columns=found.columns_gone,
        scales=found.scales_changed,
    )


def _ask(what: remembered.What, pair: Renamed, noun: str) -> None:
    """The names stand above the question: what a screen reader reads of a label is not rid of its backslashes."""
    st.markdown(markdown(workspace_words.gone_and_new(pair, what)))
    st.radio(
        markdown(workspace_words.ASK[what].format(noun=noun)),
        [workspace_words.YES, workspace_words.NO],
        index=None,
        horizontal=True,
        key=remembered.key(what, pair),
        persist_state="session",
    )


def confirmed(one: NamedBytes, inspection: Inspection) -> None:
    """On a file's card: that it is read as it was confirmed before."""
    if not kept.is_set() or inspection.kind != "survey":
        return
    files = session.of_workspace()
    found = waiting.known(one, files.settings if files else Settings())
    if found is not None:
        st.caption(workspace_words.AS_CONFIRMED.format(day=found.at[:10]))


def told(inspections: Sequence[Inspection], settings: Settings) -> list[Inspection]:
    """The files with what is odd about them beside what the workspace keeps: brought before, questions missing."""
    if not kept.is_set():
        return list(inspections)
    before = _brought_before(inspections, settings)
    return [
        inspection.also((*_incomparable(one, inspection, settings), *_twice(inspection, before)))
        for one, inspection in zip(waiting.files(), inspections, strict=True)
    ]


def _incomparable(one: NamedBytes, inspection: Inspection, settings: Settings) -> tuple[Problem, ...]:
    """Questions that are missing or ask something else; of one that is asked about, once it is said to be another."""
    known = waiting.known(one, settings)
    if known is None:
        return ()
    open_still = [pair for pair in known.changes.items_renamed if remembered.said("item", pair) is None]
    return known.problems(inspection.file, [*remembered.agreed(known), *open_still])


def _twice(inspection: Inspection, before: Sequence[Clash]) -> list[Problem]:
    """The periods of one survey that were brought before."""
    mine = [one for one in before if inspection.kind == one.kind and one.period in inspection.periods]
    return [replace(one.problem(Severity.WARNING), file=inspection.file) for one in mine]


def _brought_before(inspections: Sequence[Inspection], settings: Settings) -> tuple[Clash, ...]:
    """What of a survey is kept already, and how many persons of it are no longer there."""
    try:
        standing = kept.standing()
        if standing is None or standing.records.survey is None:
            return ()
        held = {period.label for period in standing.records.survey.periods}
        if not any(held & set(one.periods) for one in inspections if one.kind == "survey"):
            return ()
        brought = waiting.together(inspections, settings)
        return _clashes(f"{standing.place} {brought.key(('survey',))}", brought)
    except (InputRefused, WorkspaceRefused):
        return ()  # why it cannot be read, stands on its card


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _clashes(key: str, _brought: session.Brought) -> tuple[Clash, ...]:  # noqa: ARG001  what was found is kept by it
    workspace = kept.workspace()
    return () if workspace is None else workspace.clashes(Records(survey=session.survey(_brought)))


def forget() -> None:
    """Drop what was found, after an erasure."""
    _clashes.clear()


def unanswered(inspections: Sequence[Inspection], settings: Settings) -> tuple[Problem, ...]:
    """Questions that are still open, as problems."""
    asked = [*_asked_teams(_teams(inspections, settings)), *_asked_items(_known(settings))]
    return workspace_words.unanswered(pair for what, pair in asked if remembered.said(what, pair) is None)


def agreed(inspections: Sequence[Inspection], settings: Settings) -> list[Rename]:
    """The names that changed, as the person said."""
    items = [pair for _, pair in _asked_items(_known(settings))]
    teams = _teams(inspections, settings).renamed
    return [*remembered.renames("team", teams), *remembered.renames("item", items)]


def _known(settings: Settings) -> list[Known]:
    """What the workspace knows of the files, those of which it knows something."""
    return [found for one in waiting.files() if (found := waiting.known(one, settings)) is not None]


def _asked_teams(teams: remembered.Teams) -> list[tuple[remembered.What, Renamed]]:
    return [("team", pair) for pair in teams.renamed]


def _asked_items(known: Sequence[Known]) -> list[tuple[remembered.What, Renamed]]:
    """Each once, however many files ask it."""
    found = {(pair.before, pair.now): pair for one in known for pair in one.changes.items_renamed}
    return [("item", pair) for pair in found.values()]


def _teams(inspections: Sequence[Inspection], settings: Settings) -> remembered.Teams:
    if not kept.is_set():
        return remembered.Teams()
    answers = _answers(inspections, settings) if remembered.names_changed(inspections) else None
    return remembered.teams(inspections, answers)


def _answers(inspections: Sequence[Inspection], settings: Settings) -> Survey | None:
    """The survey that was dropped, read to see who answers where; `None` as long as it cannot be read."""
    try:
        return session.survey(waiting.together(inspections, settings))
    except InputRefused:
        return None
