"""
Past: what a workspace was brought, when and by whom; taking back, and deleting for good.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.history import Erased, Import, Rename, Workspace, WorkspaceRefused
from dashboard.screens import bringing, kept, parts, session, since
from dashboard.terms import Problem
from dashboard.wording import workspace_words
from dashboard.wording.escape import markdown

TOLD = "told"
MOST = 30  # imports shown


def in_use(files: session.Brought) -> None:
    """What is open, and who brought the last of it."""
    try:
        imports, survey = _imports(), files.records.survey if files.records else None
    except WorkspaceRefused:
        return
    if imports and survey is not None:
        st.caption(markdown(workspace_words.in_use(imports, [period.label for period in survey.periods])))


def show() -> None:
    """The history, with its ways back; nothing where the app keeps nothing."""
    _tell()
    try:
        workspace = kept.workspace()
        imports = _imports()
    except WorkspaceRefused:
        return  # the head of the page says why
    if workspace is None or not imports:
        return
    st.header(workspace_words.HISTORY, anchor=False)
    for one in reversed(imports[-MOST:]):
        _import(one)
    if renames := _names():
        _renames(renames)
    with st.expander(workspace_words.ERASE):
        _erase(imports)


def _names() -> tuple[Rename, ...]:
    """Teams and items that are called differently today; nothing where the workspace cannot say."""
    try:
        workspace = kept.workspace()
        return workspace.renames("team") + workspace.renames("item") if workspace else ()
    except WorkspaceRefused:
        return ()


def _imports() -> tuple[Import, ...]:
    workspace = kept.workspace()
    return workspace.imports() if workspace else ()


def _import(one: Import) -> None:
    """One import, and the way to take it back or to use it again."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"import-{one.number}"):
        said = "  \n".join(markdown(workspace_words.held(upload)) for upload in one.uploads)
        st.markdown(f"**{markdown(workspace_words.brought(one))}**  \n{said}", width="stretch")
        label, note, act = (
            (workspace_words.REDO, workspace_words.REDO_HELP, _redo)
            if one.undone
            else (workspace_words.UNDO, workspace_words.UNDO_HELP, _undo)
        )
        note = note.format(number=one.number)
        st.button(label, key=f"undo-{one.number}", help=note, on_click=act, args=(one.number,))


def _renames(renames: tuple[Rename, ...]) -> None:
    """Names that changed, each with the way to take that back."""
    with st.expander(workspace_words.RENAMES):
        for one in renames:
            with st.container(horizontal=True, vertical_alignment="center"):
                until = f" (until {one.until})" if one.until else ""
                said = workspace_words.RENAMED.format(old=one.old, new=one.new, until=until)
                st.markdown(markdown(said), width="stretch")
                st.button(
                    workspace_words.TAKE_BACK,
                    key=f"take back {one.what} {one.old} {one.new} {one.until}",
                    on_click=_take_back,
                    args=(one,),
                    help=markdown(f"{workspace_words.TAKE_BACK}: {one.old}"),
                )


def _erase(imports: tuple[Import, ...]) -> None:
    """A person by their id, a period, or everything: what is typed confirms it."""
    example = next((period.label for one in imports for upload in one.uploads for period in upload.periods), "2026-Q1")
    st.markdown(workspace_words.ERASE_NOTE)
    what = st.radio(workspace_words.WHAT, list(workspace_words.TYPE), key="erase-what", horizontal=True)
    with st.form("erase", clear_on_submit=True, border=False):
        typed = st.text_input(
            workspace_words.TYPE[what].format(example=example), key="erase-typed", autocomplete="off", width=480
        )
        go = st.form_submit_button(workspace_words.ERASE)
    if go:
        _erased(str(what), str(typed or "").strip())
        st.rerun()


# ── doing it ─────────────────────────────────────────────────────────────────────────────────────


def _undo(number: int) -> None:
    """Names stay as they were said, which the person is told where there are such."""

    def act(workspace: Workspace) -> None:
        workspace.undo(number, who=bringing.who())

    _done(
        act, f"{workspace_words.UNDONE.format(number=number)} {workspace_words.NAMES_STAY if _names() else ''}".strip()
    )


def _redo(number: int) -> None:
    _done(lambda workspace: workspace.redo(number), workspace_words.REDONE.format(number=number))


def _take_back(one: Rename) -> None:
    said = workspace_words.FORGOTTEN.format(old=one.old)
    _done(lambda workspace: workspace.take_back_rename(one.what, one.old), said)


def _erased(what: str, typed: str) -> None:
    """Delete what was typed, and forget in memory what was found with it."""
    acts: dict[str, Callable[[Workspace], Erased]] = {
        workspace_words.PERSON: lambda workspace: workspace.erase_respondent(typed),
        workspace_words.PERIOD: lambda workspace: workspace.erase_period(typed),
        workspace_words.EVERYTHING: lambda workspace: workspace.erase_everything(),
    }
    if not typed:
        st.session_state[TOLD] = workspace_words.NOTHING_TYPED
    elif what == workspace_words.EVERYTHING and typed.casefold() != workspace_words.CONFIRMATION:
        st.session_state[TOLD] = workspace_words.NOT_CONFIRMED
    else:
        _done(acts[what], "")
        session.forget()
        since.forget()


def _done(act: Callable[[Workspace], object], said: str) -> None:
    """Do it and remember what to tell; where the workspace refuses, why."""
    try:
        workspace = kept.workspace()
        found = None if workspace is None else act(workspace)
        st.session_state[TOLD] = workspace_words.erased(found) if isinstance(found, Erased) else said
    except WorkspaceRefused as refused:
        st.session_state[TOLD] = refused.problems


def _tell() -> None:
    """What the last click did, once."""
    told: str | tuple[Problem, ...] | None = st.session_state.pop(TOLD, None)
    if isinstance(told, str):
        st.success(markdown(told))
    elif told:
        parts.list_problems(told)
