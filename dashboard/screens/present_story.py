"""
The story as it is presented: what was found as slides, with what presenters changed, and where these changes are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.history import Workspace
from dashboard.screens import kept, session
from dashboard.storyline import Edits

KEPT = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The edits that stand; `at`: when they were written (ISO, UTC), "" where nobody wrote any or nobody can know."""

    edits: Edits
    at: str = ""


def standing(files: session.Brought) -> Standing:
    """
    What presenters changed: with the workspace where that is what is open, else in this session.

    Raises
    ------
    WorkspaceRefused : when the workspace cannot be read.
    """
    if (workspace := _workspace(files)) is not None:
        found = workspace.story()
        return Standing(edits=Edits()) if found is None else Standing(edits=Edits.from_json(found.edits), at=found.at)
    own: dict[str, Edits] = st.session_state.get(KEPT, {})
    return Standing(edits=own.get(files.key(), Edits()))


def keep(files: session.Brought, edits: Edits) -> None:
    """
    Put these edits in the place of those that stand; none at all take them back.

    Raises
    ------
    WorkspaceRefused : when the workspace cannot be written.
    """
    if (workspace := _workspace(files)) is not None:
        workspace.keep_story(None if edits == Edits() else edits.to_json())
    else:
        st.session_state[KEPT] = {files.key(): edits}


def in_workspace(files: session.Brought) -> bool:
    """Whether edits are kept with a workspace."""
    return files.records is not None


def _workspace(files: session.Brought) -> Workspace | None:
    return kept.workspace() if in_workspace(files) else None
