"""
Kept: the workspace that the app was started on, and what all who work on it have brought so far.

Shared between sessions are only committed imports: what one person has dropped and not used yet is in no other's view.
At every run of a page the workspace's version is asked for, so that a colleague's import shows at the next click.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from dashboard import intake
from dashboard.history import Records, Workspace, WorkspaceRefused
from dashboard.intake import Remembered
from dashboard.terms import Problem, Settings

VARIABLE = "COLLECTIVE_EFFICACY_WORKSPACE"
"""Names the folder; `python -m dashboard --workspace` sets it. Without it nothing is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is in use of a workspace. `place` changes whenever that does."""

    records: Records
    settings: Settings
    place: str


def workspace() -> Workspace | None:
    """
    The workspace; `None` where the app keeps nothing.

    Raises
    ------
    WorkspaceRefused : when it cannot be opened.
    """
    folder = os.environ.get(VARIABLE)
    return _opened(folder) if folder else None


def is_set() -> bool:
    """Whether the app keeps what is brought."""
    return bool(os.environ.get(VARIABLE))


def standing() -> Standing | None:
    """
    What is in use now; `None` where the app keeps nothing.

    Raises
    ------
    WorkspaceRefused : when it cannot be read.
    """
    open_one = workspace()
    return None if open_one is None else _standing(str(open_one.folder), open_one.version(), open_one)


def last() -> Remembered | None:
    """
    What the survey was like that is kept, to set a new file against; `None` where there is none.

    Raises
    ------
    WorkspaceRefused : when it cannot be read.
    """
    found = standing()
    return None if found is None or found.records.survey is None else _last(found.place, found)


def trouble() -> tuple[Problem, ...]:
    """Why the workspace cannot be used; nothing where it can."""
    try:
        standing()
    except WorkspaceRefused as refused:
        return refused.problems
    return ()


def forget() -> None:
    """Drop what is held in memory of earlier versions, after an erasure."""
    _standing.clear()
    _last.clear()


@st.cache_resource(max_entries=1, show_spinner=False)
def _opened(folder: str) -> Workspace:
    return Workspace(folder)


@st.cache_resource(max_entries=1, show_spinner=False)
def _standing(folder: str, version: int, _workspace: Workspace) -> Standing:
    return Standing(records=_workspace.records(), settings=_workspace.settings(), place=f"{folder} at {version}")


@st.cache_resource(max_entries=1, show_spinner=False)
def _last(place: str, _standing: Standing) -> Remembered:  # noqa: ARG001  what was found is kept by it
    assert _standing.records.survey is not None  # noqa: S101  the caller looked
    return intake.remember(_standing.records.survey)
