"""
Trying: what a team could try, what led there, taking one up, and what was before and after those that were taken up.

An event that is taken up here is an event like any other: of the workspace, as an import of its own, where what is open
comes from it; else of this tab, with the way to take it along.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import designs, intake
from dashboard.designs import Design, Option
from dashboard.designs.before_after import FEWEST_OTHERS, Level, LookedBack, before_after
from dashboard.designs.taking import FILE, following, harmless, row, rows, written
from dashboard.disclosure import Released
from dashboard.history import Clashed, Records
from dashboard.intake import NamedBytes
from dashboard.screens import bringing, kept, parts, session
from dashboard.terms import InputRefused, Problem
from dashboard.wording import design_words, gates_words, workspace_words
from dashboard.wording.escape import markdown
from dashboard.wording.numbers import articled, plural, share
from dashboard.wording.unbroken import unbroken

TOLD = "tried"
OWN_NAME_LETTERS = 60
PERIOD_WIDTH = 240  # px


def show(team: str, released: Released) -> None:
    """What was taken up and what came of it, then what the team could try."""
    _before_after(team, released)
    st.header(design_words.TITLE, anchor=False)
    _tell()
    st.markdown(_said(design_words.LEAD, released))
    options = designs.fitting(released, team)
    if _into_workspace():
        st.text_input(
            workspace_words.WHO,
            help=workspace_words.WHO_HELP,
            key=bringing.WHO,
            max_chars=60,
            persist_state="session",
            width=360,
        )
    for column, option in zip(st.columns(len(options), gap="medium"), options, strict=True):
        with column, st.container(border=True):
            _option(option, team, released)
    _of_this_tab(team)
    _library(released)


def _option(option: Option, team: str, released: Released) -> None:
    """One card: the idea, what led here, how to run it, and the way to take it up."""
    design = option.design
    parts.heading(design.name, level=3)
    st.markdown(markdown(design.idea))
    if option.begun:
        st.markdown(f"**{markdown(design_words.BEGUN.format(period=option.begun))}**")
    st.markdown(f"**{design_words.POINTS_HERE}**")
    st.markdown("\n".join(f"- {unbroken(markdown(sentence))}" for sentence in option.because))
    with st.expander(design_words.HOW):
        _how(design)
    label = design_words.TAKE_AGAIN if option.begun else design_words.TAKE
    with st.expander(label):  # no popover: the keyboard would not reach into it
        _take_up(design, team, released)


def _how(design: Design) -> None:
    """Steps, what to watch, what would show that it did not work, sources."""
    st.markdown(f"**{design_words.STEPS}**")
    st.markdown("\n".join(f"{at}. {markdown(step)}" for at, step in enumerate(design.steps, 1)))
    st.markdown(f"**{design_words.WATCH}**")
    st.markdown("\n".join(f"- {markdown(each)}" for each in design.watch))
    st.markdown(f"**{design_words.REFUTED}**  \n{markdown(design.refuted)}")
    st.caption(f"{design_words.SOURCES}: " + "  \n".join(markdown(source) for source in design.sources))


def _library(released: Released) -> None:
    """Every design in a few words."""
    noun = released.settings.noun
    with st.expander(design_words.ALL.format(number=len(designs.LIBRARY))):
        st.markdown(_said(design_words.ALL_NOTE, released))
        told = [designs.spoken(design, noun, plural(noun)) for design in designs.LIBRARY]
        st.markdown("\n".join(f"- **{markdown(one.name)}.** {markdown(one.idea)} {markdown(one.fits)}" for one in told))


# ── taking one up ────────────────────────────────────────────────────────────────────────────────


def _take_up(design: Design, team: str, released: Released) -> None:
    """The period it begins in, a name of one's own, and what happens with it."""
    options = _periods(released)
    with st.form(f"take-{design.key}", border=False):
        period = st.selectbox(
            design_words.WHICH_PERIOD,
            options,
            key=f"when-{design.key}-{team}",
            accept_new_options=not released.periods[-1].dated,
            width=PERIOD_WIDTH,
        )
        own = st.text_input(
            design_words.OWN_NAME,
            help=_said(design_words.OWN_NAME_HELP, released),
            key=f"called-{design.key}-{team}",
            max_chars=OWN_NAME_LETTERS,
            autocomplete="off",
        )
        st.caption(_said(design_words.IN_WORKSPACE if _into_workspace() else design_words.IN_SESSION, released))
        go = st.form_submit_button(design_words.LOG, key=f"log-{design.key}", type="primary")
    if go and (begins := str(period or "").strip()):
        _taken(design, team, begins, str(own or ""))
        st.rerun()


def _periods(released: Released) -> list[str]:
    """The period after the last survey, where the calendar knows it, then the surveyed ones, the latest first."""
    surveyed = released.periods[::-1]
    coming = following(surveyed[0])
    return [period.label for period in (coming, *surveyed) if period is not None]


def _into_workspace() -> bool:
    files = session.brought()
    return files is not None and files.records is not None


def _taken(design: Design, team: str, period: str, own_name: str) -> None:
    """Keep the event where what is open comes from; what to tell is told at the next run."""
    event = row(design, team, period, own_name)
    words = {"name": event[3], "period": period}
    try:
        new = _kept(written([event])) if _into_workspace() else _in_this_tab(written([event]))
        st.session_state[TOLD] = (design_words.TAKEN if new else design_words.TAKEN_BEFORE).format(**words)
    except Clashed:
        st.session_state[TOLD] = design_words.TAKEN_BEFORE.format(**words)
    except InputRefused as refused:
        st.session_state[TOLD] = refused.problems


def _kept(content: bytes) -> bool:
    """The event as an import of its own."""
    workspace = kept.workspace()
    if workspace is None:
        return False
    events = intake.read_events(NamedBytes(FILE, content))
    workspace.add(Records(events=events), who=bringing.who())
    return True


def _in_this_tab(content: bytes) -> bool:
    """The event beside the events files that were brought; nothing where it is there already."""
    files = session.brought()
    given = () if files is None else files.files.get("events", ())
    if files is None or any(one.content == content for one in given):
        return False
    session.use(replace(files, files={**files.files, "events": (*given, NamedBytes(FILE, content))}))
    return True


def _tell() -> None:
    """What the last click did, once."""
    told: str | tuple[Problem, ...] | None = st.session_state.pop(TOLD, None)
    if isinstance(told, str):
        st.success(markdown(told))
    elif told:
        parts.list_problems(told)


# ── what was taken up in this tab ────────────────────────────────────────────────────────────────


def _of_this_tab(team: str) -> None:
    """What is gone when the tab is closed, the way to take it along, and the way back."""
    files = session.brought()
    given = () if files is None else files.files.get("events", ())
    taken = [one for one in given if one.name == FILE]
    if not taken:
        return
    st.caption(design_words.GONE_AT_CLOSE)
    events = [rows(one.content)[0] for one in taken]
    with st.container(horizontal=True):
        content = written(harmless(event) for event in events)
        st.download_button(design_words.DOWNLOAD, content, "events.csv", key="take-events", on_click="ignore")
        for at, (one, event) in enumerate(zip(taken, events, strict=True)):
            if event[1] == team:
                label = markdown(design_words.TAKE_BACK.format(name=event[3]))
                st.button(label, key=f"take-back-{at}", type="tertiary", on_click=_take_back, args=(one, event[3]))


def _take_back(one: NamedBytes, name: str) -> None:
    files = session.brought()
    if files is None:
        return
    left = tuple(each for each in files.files.get("events", ()) if each is not one)
    others = {kind: given for kind, given in files.files.items() if kind != "events"}
    session.use(replace(files, files={**others, **({"events": left} if left else {})}))
    st.session_state[TOLD] = design_words.TAKEN_BACK.format(name=name)


# ── before and after ─────────────────────────────────────────────────────────────────────────────


def _before_after(team: str, released: Released) -> None:
    """The latest events with the surveys around them; nothing where the team had none."""
    found = before_after(released, team)
    if not found:
        return
    st.header(design_words.BEFORE_AFTER, anchor=False)
    for each in found:
        _looked_back(each, released)
    note = _said(design_words.BEFORE_AFTER_NOTE, released, interval=share(released.settings.interval))
    st.caption(unbroken(note))


def _looked_back(found: LookedBack, released: Released) -> None:
    parts.heading(design_words.taken_up(found.name, found.period), level=3)
    if not found.before or not found.after:
        st.markdown(design_words.NOT_YET if found.before else design_words.NO_BEFORE)
    if not found.before:
        return
    alt = f"{design_words.BEFORE_AFTER}: {design_words.taken_up(found.name, found.period)}"
    st.table(_table(found, released), border="horizontal", hide_index=True, alt=alt)
    if found.in_its_period:
        st.caption(markdown(design_words.OWN_PERIOD.format(period=found.period)))
    if found.after and not _others(found):
        st.caption(_said(design_words.FEW_OTHERS, released))


def _table(found: LookedBack, released: Released) -> pd.DataFrame:
    """Both levels before and after, their change, and the mean change of the others; as far as there are such."""
    called, settings = gates_words.names(released), released.settings
    headings = design_words.headings(found.before, found.after, found.answered, _others(found), settings)
    rows = [_cells(getattr(called, each.name), each)[: len(headings)] for each in found.levels]
    return pd.DataFrame(
        [[unbroken(markdown(cell)) for cell in cells] for cells in rows], columns=list(map(markdown, headings))
    )


def _others(found: LookedBack) -> int:
    """How many teams the event is set beside; none where they are too few."""
    return found.others if found.others >= FEWEST_OTHERS else 0


def _cells(name: str, level: Level) -> list[str]:
    """A row of the table, as written."""
    figures = ((level.before, False), (level.after, False), (level.change, True), (level.others, True))
    told = [design_words.with_interval(each.value, each.low, each.high, change=change) for each, change in figures]
    return [name, *told]


def _said(text: str, released: Released, **more: str) -> str:
    noun = released.settings.noun
    return articled(text, noun).format(noun=noun, nouns=plural(noun), **more)
