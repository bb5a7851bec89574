"""
Bringing: files into the workspace, all of them as one import or none; what was brought before is replaced only when the
person says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

import streamlit as st

from dashboard.history import Clash, Clashed, Records, WorkspaceRefused, for_columns
from dashboard.intake import Inspection
from dashboard.screens import kept, parts, session, since, tour, waiting
from dashboard.terms import InputRefused, Instrument, Problem, errors
from dashboard.wording import data_words, workspace_words
from dashboard.wording.escape import markdown

ASKED, WHO = "clashes", "who"


def ask_who() -> None:
    """Say what will be kept, and ask who brings it."""
    st.caption(workspace_words.WILL_KEEP)
    st.text_input(
        workspace_words.WHO, help=workspace_words.WHO_HELP, key=WHO, max_chars=60, persist_state="session", width=360
    )


def who() -> str:
    """Who works here, as they call themselves."""
    return " ".join(str(st.session_state.get(WHO) or "").split()) or workspace_words.SOMEBODY


def ask_replace(brought: session.Brought) -> tuple[Clash, ...]:
    """Where the files were found to take the place of others: show what, ask, and give what may be replaced."""
    key, clashes = st.session_state.get(ASKED, ("", ()))
    if key != brought.key():
        return ()
    st.header(workspace_words.TWICE, anchor=False)
    st.markdown(workspace_words.TWICE_NOTE)
    st.markdown("\n".join(f"- {markdown(workspace_words.clash(one))}" for one in clashes))
    with st.container(horizontal=True):
        agreed = st.button(workspace_words.REPLACE, key="replace", type="primary")
        st.button(workspace_words.CANCEL, key="cancel", on_click=_cancel)
    return clashes if agreed else ()


def _cancel() -> None:
    st.session_state.pop(ASKED, None)


def keep(
    brought: session.Brought, inspections: Sequence[Inspection], replacing: tuple[Clash, ...]
) -> tuple[Problem, ...]:
    """Keep the files in the workspace and go on to what was found in them; where that cannot be done, why."""
    if not brought.files or (not brought.has("survey") and session.of_workspace() is None):
        return ()
    st.session_state.pop(ASKED, None)
    problems: tuple[Problem, ...] = ()
    with st.status(data_words.STEPS["survey"], expanded=False) as status:
        try:
            problems = _kept(brought, inspections, replacing, lambda step: status.update(label=_step(step)))
        except Clashed as clashed:
            st.session_state[ASKED] = (brought.key(), clashed.clashes)
        except InputRefused as refused:
            problems = errors(refused.problems)
        if problems:
            status.update(label=data_words.REFUSED, state="error")
    if not problems:
        _go_on()
    return problems


def _go_on() -> NoReturn:
    """To the question where something would be replaced, else to what was found."""
    if ASKED in st.session_state:
        st.rerun()
    waiting.clear()
    session.leave()
    tour.begin()
    st.switch_page(parts.page_of("overview"))


def _step(step: str) -> str:
    return data_words.STEPS.get(step, step)


def _kept(
    brought: session.Brought, inspections: Sequence[Inspection], replacing: tuple[Clash, ...], say: parts.Say
) -> tuple[Problem, ...]:
    workspace = kept.workspace()
    if workspace is None:
        return ()
    found = session.records(brought, say)
    renamed = since.agreed(inspections, brought.settings)
    say(workspace_words.KEEPING)
    before = workspace.settings()
    one = workspace.add(
        found,
        who=who(),
        replacing=replacing,
        remember=to_remember(found, inspections, waiting.stated(brought.settings)),
        texts={item.column: item.text for each in inspections for item in each.items if item.text},
        renamed=renamed,
        settings=brought.settings if brought.settings != before else None,
    )
    return _together(say, lambda: workspace.undo(one.number, who=who(), renamed=renamed, settings=before))


def to_remember(
    found: Records, inspections: Sequence[Inspection], stated: Instrument | None
) -> dict[tuple[str, ...], Instrument]:
    """Column names of each survey's file → its instrument, to be recalled for the next file of this shape."""
    if found.survey is None:
        return {}
    shapes = [tuple(role.column for role in one.roles) for one in inspections if one.kind == "survey"]
    return {columns: for_columns(found.survey.instrument, columns, stated) for columns in shapes}


def _together(say: parts.Say, take_back: Callable[[], object]) -> tuple[Problem, ...]:
    """Set everything kept against each other; what cannot be, is taken back with all that was said with it."""
    files = session.of_workspace()
    if files is None:
        return ()
    say("diagnosis")
    try:
        session.released(files)
    except WorkspaceRefused:
        raise
    except InputRefused as refused:
        take_back()
        return errors(refused.problems)
    return ()
