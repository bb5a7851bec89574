"""
Data: drop files, see what they were taken for and why, correct it, use them. Nothing is used before that.

The bytes are kept as soon as they arrive, because a page that is left drops what its uploader holds; whatever was
entered stays until it is used or removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import reports
from dashboard.history import Clash
from dashboard.intake import ColumnRole, Inspection, NamedBytes
from dashboard.intake.archives import READABLE, UNPACKED
from dashboard.intake.roles import Role
from dashboard.reports.tables import PROBLEM_COLUMNS
from dashboard.screens import bringing, kept, parts, past, session, since, tour, waiting
from dashboard.terms import KNOWN_SCALES, InputRefused, Problem, Settings, Severity, errors
from dashboard.wording import app_words, data_words, workspace_words
from dashboard.wording.escape import markdown

ROLES = ("team", "period", "respondent", "segment", "item", "personal", "time", "comment", "ignored")
HEIGHT = 38  # px a row of the role table, at most 12 shown at once


def page() -> None:
    """Bring files."""
    st.title(data_words.TITLE, anchor=False)
    st.markdown(workspace_words.LEAD if kept.is_set() else data_words.LEAD)
    _trouble()
    _drop()
    _in_use()
    if waiting.files():
        _waiting(waiting.files())
    elif session.brought() is None:
        st.caption(data_words.EMPTY)
    past.show()


def _waiting(files: list[NamedBytes]) -> None:
    """What was dropped: cards, questions, problems, and the way on."""
    settings = _settings()
    inspections = since.told(_inspected(files, settings), settings)
    first = next((one for one, inspection in zip(files, inspections, strict=True) if _to_choose(inspection)), None)
    for one, inspection in zip(files, inspections, strict=True):
        _card(one, inspection, expanded=one is first)
    since.show(inspections, settings)
    _problems([problem for inspection in inspections for problem in inspection.problems])
    _use(inspections, settings)


def _drop() -> None:
    """The place to drop files; what was dropped moves on to cards at once."""
    types = [ending.removeprefix(".") for ending in (*READABLE, *UNPACKED, ".toml")]
    dropped = st.file_uploader(data_words.DROP, type=types, accept_multiple_files=True, key=waiting.uploader())
    if dropped:
        waiting.add([NamedBytes(file.name, file.getvalue()) for file in dropped])
        st.rerun()


def _trouble() -> None:
    """What stands in the way of the workspace."""
    if problems := kept.trouble():
        st.header(workspace_words.TROUBLE, anchor=False)
        st.markdown(workspace_words.TROUBLE_NOTE)
        parts.list_problems(problems)


def _in_use() -> None:
    """What is open, and the way back to the workspace where that is something else."""
    files = session.brought()
    if files is None:
        return
    if files.records is not None:
        past.in_use(files)
        return
    what = app_words.EXAMPLE if files.example else app_words.what_is_open(files.names)
    st.caption(markdown(data_words.USED.format(what=what)))
    if session.of_workspace() is not None:
        st.button(workspace_words.BACK, key="back-to-workspace", on_click=session.leave)


def _settings() -> Settings:
    """What a group is called, and the smallest that is shown."""
    files = session.of_workspace() or session.brought()
    before = files.settings if files else Settings()
    with st.expander(data_words.SETTINGS):
        noun = st.text_input(
            data_words.NOUN, before.noun, max_chars=24, help=data_words.NOUN_HELP, key="noun", persist_state="session"
        )
        minimum = st.number_input(
            data_words.MINIMUM,
            3,
            50,
            before.minimum_group,
            help=data_words.MINIMUM_HELP,
            key="minimum",
            persist_state="session",
        )
    return Settings(noun=" ".join(noun.split()) or "team", minimum_group=int(minimum))


def _inspected(files: list[NamedBytes], settings: Settings) -> list[Inspection]:
    """Every file as it is understood, with what the person said about it; big ones show progress."""
    bar = st.empty()
    found = []
    for at, one in enumerate(files):
        bar.progress(at / len(files), text=markdown(data_words.READING.format(name=one.name)))
        found.append(waiting.inspect(one, settings))
    bar.empty()
    return found


def _to_choose(inspection: Inspection) -> bool:
    return any(problem.severity == Severity.CHOICE for problem in inspection.problems)


def _card(one: NamedBytes, inspection: Inspection, expanded: bool) -> None:
    """One file: what it was taken for and why, how much is in it, what each column is."""
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(markdown(one.name), anchor=False, width="content")
            st.button(
                data_words.REMOVE,
                key=f"remove-{one.digest}",
                on_click=waiting.remove,
                args=(one,),
                type="tertiary",
                help=markdown(f"{data_words.REMOVE} {one.name}"),
            )
        told, kind = st.columns([6, 4], gap="large")
        told.markdown(markdown(data_words.taken_for(inspection)))
        told.caption(markdown(f"{data_words.state(inspection)} · {data_words.amount(inspection)}"))
        with kind:
            _kind(one, inspection)
        _period(one, inspection)
        since.confirmed(one, inspection)
        if inspection.personal_columns:
            st.caption(markdown(data_words.DROPPED.format(columns=", ".join(inspection.personal_columns))))
        if inspection.kind == "survey" and inspection.roles:
            _roles(one, inspection, expanded)


def _kind(one: NamedBytes, inspection: Inspection) -> None:
    kinds = list(data_words.KINDS)
    st.selectbox(
        data_words.KIND,
        kinds,
        index=kinds.index(inspection.kind),
        format_func=data_words.KINDS.__getitem__,
        key=f"kind-{one.digest}",
        on_change=waiting.say_kind,
        args=(one, f"kind-{one.digest}"),
    )


def _roles(one: NamedBytes, inspection: Inspection, expanded: bool) -> None:
    """The columns with their roles and first answers, to correct in one go."""
    rows = waiting.roles(one, inspection)
    table = pd.DataFrame([[getattr(row, name) for name in data_words.ROLE_NAMES] for row in rows])
    table = table.set_axis(list(data_words.ROLE_NAMES), axis=1)
    table["first"] = first_answers(inspection, [row.column for row in rows])
    with st.expander(data_words.ROLES, expanded=expanded), st.form(f"roles-{one.digest}", border=False):
        st.caption(data_words.ROLES_HELP)
        edited = st.data_editor(
            table,
            hide_index=True,
            num_rows="fixed",
            disabled=("column", "text", "reason", "first"),
            column_config=_columns(rows),
            height=HEIGHT * (min(len(table), 12) + 1),
            key=f"editor-{one.digest}",
            alt=data_words.ROLES,
        )
        if st.form_submit_button(data_words.READ_AGAIN):
            waiting.say_roles(one, corrected(edited, rows))
            st.rerun()


def preview(inspection: Inspection) -> pd.DataFrame:
    """The first rows without the ids of respondents."""
    ids = {role.column for role in inspection.roles if role.role == "respondent"} | {inspection.respondent_column}
    return inspection.preview[[name for name in inspection.preview.columns if name not in ids]]


def first_answers(inspection: Inspection, columns: Sequence[str]) -> list[str]:
    """What the first rows hold in each column, each once; nothing for persons' data, ids and comments."""
    shown = preview(inspection)
    return [
        " · ".join(dict.fromkeys(value for value in shown[name] if value)) if name in shown else "" for name in columns
    ]


def _columns(rows: tuple[ColumnRole, ...]) -> dict[str, Any]:
    names = data_words.ROLE_NAMES
    scales = list(dict.fromkeys([*KNOWN_SCALES, *(row.scale for row in rows if row.scale)]))
    return {
        "column": st.column_config.TextColumn(names["column"], width="medium", pinned=True),
        "text": st.column_config.TextColumn(names["text"], width="large"),
        "role": st.column_config.SelectboxColumn(names["role"], options=list(ROLES), required=True),
        "scale": st.column_config.SelectboxColumn(names["scale"], options=scales),
        "reversed": st.column_config.CheckboxColumn(names["reversed"]),
        "reason": st.column_config.TextColumn(names["reason"], width="large"),
        "first": st.column_config.TextColumn(data_words.FIRST, width="medium"),
    }


def corrected(edited: pd.DataFrame, rows: tuple[ColumnRole, ...]) -> tuple[ColumnRole, ...]:
    """
    The role table as the person left it; a row that they changed says so as its reason.

    A column that was given a scale is an item.
    """
    found = []
    for before, role, scale, turned in zip(rows, edited["role"], edited["scale"], edited["reversed"], strict=True):
        named = scale if isinstance(scale, str) and scale else None
        kind: Role = "item" if named and named != before.scale else role
        after = replace(before, role=kind, scale=named if kind == "item" else None, reversed=bool(turned))
        found.append(after if after == before else replace(after, reason=data_words.CHOSEN))
    return tuple(found)


def _period(one: NamedBytes, inspection: Inspection) -> None:
    """Asked on the card of a file that names no period."""
    asked = inspection.kind in ("survey", "performance", "structures", "roster") and inspection.verdict != "refuse"
    if asked and not inspection.period_column:
        key = f"period-{one.digest}"
        st.text_input(
            data_words.PERIOD,
            waiting.period_said(one),
            help=data_words.PERIOD_HELP,
            placeholder="2026-Q3",
            key=key,
            on_change=waiting.say_period,
            args=(one, key),
            width=360,
        )
        if inspection.dated:
            st.button(
                markdown(data_words.by_date(inspection.dated)),
                key=f"dated-{one.digest}",
                on_click=waiting.say_dated,
                args=(one, inspection),
                help=data_words.BY_DATE_HELP,
            )


def _problems(problems: list[Problem]) -> None:
    st.header(data_words.PROBLEMS, anchor=False)
    if not problems:
        st.markdown(data_words.PROBLEMS_NONE)
        return
    groups = data_words.grouped(problems)
    for severity, title in data_words.SEVERITIES.items():
        of_kind = [group for group in groups if group.severity == severity]
        if of_kind:
            st.subheader(title, anchor=False)
            for group in of_kind:
                parts.problem(group)
    content = reports.to_csv(reports.problems_table(tuple(problems)), PROBLEM_COLUMNS)
    st.download_button(data_words.DOWNLOAD_PROBLEMS, content, "problems.csv", on_click="ignore", key="take-problems")


def _use(inspections: list[Inspection], settings: Settings) -> None:
    """Read all of it; go on when it can be used, else say why and keep everything."""
    if not any(one.kind == "survey" for one in inspections) and session.of_workspace() is None:
        st.info(data_words.SURVEY_MISSING)
    if kept.is_set():
        bringing.ask_who()
    with st.container(horizontal=True):
        go = st.button(data_words.USE, type="primary", key="use") or st.session_state.get("use-others", False)
        st.button(data_words.AGAIN, key="again", on_click=waiting.clear, type="tertiary")
        _instrument_download(inspections, settings)
    brought = waiting.together(inspections, settings)
    agreed = bringing.ask_replace(brought)
    if go or agreed:
        problems = waiting.errors(inspections) or _used(brought, inspections, agreed)
        _refused(problems, waiting.broken(inspections))


def _used(brought: session.Brought, inspections: list[Inspection], agreed: tuple[Clash, ...]) -> tuple[Problem, ...]:
    """Use the files and go on to what was found in them; where they cannot be used, why."""
    if kept.is_set():
        return since.unanswered(inspections, brought.settings) or bringing.keep(brought, inspections, agreed)
    if not brought.files.get("survey"):
        return ()
    problems = _checked(brought)
    if not problems:
        session.use(brought)
        waiting.clear()
        tour.begin()
        st.switch_page(parts.page_of("overview"))
    return problems


def _refused(problems: tuple[Problem, ...], broken: list[NamedBytes]) -> None:
    """Why the files cannot be used; where others can, the way on without those that are of no known kind."""
    if not problems:
        return
    st.header(data_words.REFUSED, anchor=False)
    st.markdown(data_words.REFUSED_NOTE)
    parts.list_problems(problems)
    if broken:
        names = app_words.what_is_open(tuple(one.name for one in broken))
        st.markdown(markdown(app_words.WITHOUT.format(names=names)))
        st.button(app_words.USE_OTHERS, key="use-others", on_click=waiting.set_aside, args=(broken,))


def _checked(brought: session.Brought) -> tuple[Problem, ...]:
    """What keeps the files from being used, after all of them were read; nothing when they can."""
    with st.status(data_words.STEPS["survey"], expanded=False) as status:
        try:
            session.check(brought, lambda kind: status.update(label=data_words.STEPS[kind]))
        except InputRefused as refusal:
            status.update(label=data_words.REFUSED, state="error")
            return errors(refusal.problems)
    return ()


def _instrument_download(inspections: list[Inspection], settings: Settings) -> None:
    """The instrument as it stands, to keep for next quarter."""
    instrument = waiting.together_instrument(inspections, waiting.instrument(inspections, settings))
    if instrument is not None and instrument.scales:
        st.download_button(
            data_words.DOWNLOAD_INSTRUMENT,
            instrument.to_toml().encode(),
            "instrument.toml",
            on_click="ignore",
            key="take-instrument",
            type="tertiary",
        )


if __name__ == "__main__":
    page()
