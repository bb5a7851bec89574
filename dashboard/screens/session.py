"""
Session: what one browser tab has brought, kept as bytes; and what was found in it, computed once per question.

Without a workspace nothing is shared between sessions and nothing is written to disk; with one, what it keeps is open
as long as a session has brought nothing else. What was found is kept by the digests of the bytes and the settings, or
by the workspace's version, never by the contents of a table, of which Streamlit would look at a sample only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

import dashboard
from dashboard import intake, samples, storyline
from dashboard.disclosure import GoesWithReleased, Released, alike_by_chance
from dashboard.history import Records, WorkspaceRefused
from dashboard.intake import NamedBytes, PeriodsGiven
from dashboard.screens import kept
from dashboard.storyline import Deck
from dashboard.terms import InputRefused, Instrument, Period, Problem, Settings, Survey

KEPT, DRAWN = "brought", "drawn"  # what was brought; slides of the story, drawn once
READERS: Mapping[str, Callable[..., Any]] = {
    "performance": intake.read_performance,
    "events": intake.read_events,
    "structures": intake.read_structures,
    "roster": intake.read_roster,
}
COMPANIONS = tuple(READERS)
EXAMPLE_MARK = ("data", "example")  # in the address, so that a reload and a link open the example again


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """
    Files by kind with what the person said about them; `example` for the example organisation.

    `records`, `place`: what a workspace keeps, in the stead of files, and which version of it.
    """

    files: Mapping[str, tuple[NamedBytes, ...]]
    instrument: Instrument | None = None
    period: PeriodsGiven = None
    settings: Settings = field(default_factory=Settings)
    example: bool = False
    records: Records | None = None
    place: str = ""

    def has(self, kind: str) -> bool:
        """Whether something of this kind was brought."""
        return bool(self.files.get(kind)) or (self.records is not None and getattr(self.records, kind) is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """What the files are called, the survey first; of kept ones the latest first."""
        kinds = ("survey", *COMPANIONS)
        if self.records is not None:
            return tuple(file.name for _, record in self.records.each() for file in reversed(record.files))
        return tuple(one.name for kind in kinds for one in self.files.get(kind, ()))

    def key(self, kinds: tuple[str, ...] = ("survey", *COMPANIONS)) -> str:
        """Changes when anything that what is found depends on changes."""
        digests = [f"{kind} {one.name} {one.digest}" for kind in kinds for one in self.files.get(kind, ())]
        said = "" if self.instrument is None else self.instrument.to_toml()
        text = "\n".join([*digests, said, repr(self.period), repr(self.settings), self.place])
        return hashlib.sha256(text.encode()).hexdigest()


def brought() -> Brought | None:
    """
    What this session has brought; the example where the address asks for it and nothing else is open; else what the
    workspace keeps.
    """
    own: Brought | None = st.session_state.get(KEPT)
    if own is None and st.query_params.get(EXAMPLE_MARK[0]) == EXAMPLE_MARK[1] and example_is_here():
        return open_example()
    return of_workspace() if own is None else own


def of_workspace() -> Brought | None:
    """What the workspace keeps; `None` without one, without a survey in it, or in trouble (see `kept.trouble`)."""
    try:
        found = kept.standing()
    except WorkspaceRefused:
        return None
    if found is None or found.records.survey is None:
        return None
    return Brought(files={}, records=found.records, settings=found.settings, place=found.place)


def leave() -> None:
    """Go back to what the workspace keeps."""
    st.session_state.pop(KEPT, None)
    if EXAMPLE_MARK[0] in st.query_params:
        del st.query_params[EXAMPLE_MARK[0]]


def forget() -> None:
    """Drop all that was found, after an erasure."""
    for found in (_by_chance, _released, _goes_with, _story, _survey):
        found.clear()
    st.session_state.pop(DRAWN, None)
    kept.forget()


def use(files: Brought) -> None:
    """Take these files as what the session has brought."""
    st.session_state[KEPT] = files


def mark_address() -> None:
    """Keep in the address that the example is open; nothing of a person's own files ever stands there."""
    own = st.session_state.get(KEPT)
    mark, value = EXAMPLE_MARK
    if own is not None and own.example:
        st.query_params[mark] = value
    elif mark in st.query_params and own is not None:
        del st.query_params[mark]


def example_is_here() -> bool:
    """Whether the example organisation's files came with this installation."""
    return (samples.folder() / "survey.csv").is_file()


def open_example() -> Brought:
    """Bring the example organisation's files."""
    kinds = ("survey", *COMPANIONS)
    paths = {kind: samples.folder() / f"{kind}.csv" for kind in kinds}
    files = {kind: (NamedBytes(path.name, path.read_bytes()),) for kind, path in paths.items() if path.is_file()}
    written = samples.folder() / "instrument.toml"
    example = Brought(
        files=files, instrument=intake.read_instrument(written) if written.is_file() else None, example=True
    )
    use(example)
    return example


def released(files: Brought, since: str | None = None, until: str | None = None) -> Released:
    """
    What was found and may be shown, over a window.

    Raises
    ------
    InputRefused : with every problem, when the files cannot be used or not together.
    """
    return _released(files.key(), since, until, files)


def goes_with(files: Brought) -> GoesWithReleased | None:
    """
    Whether collective efficacy goes with performance, over all periods; `None` where no performance was brought.

    Raises
    ------
    InputRefused : as `released`.
    """
    return _goes_with(files.key(), files) if files.has("performance") else None


def story(files: Brought, found: Released) -> Deck:
    """
    What was found over a window, as the slides of a story, as it is written.

    Raises
    ------
    InputRefused : as `released`.
    """
    return _story(files.key(), " ".join(period.label for period in found.window), files, found)


def goes_with_anew(files: Brought | None, found: Released) -> GoesWithReleased | None:
    """The same for a download, which is made where nothing that a session keeps can be reached."""
    if files is None or not files.has("performance"):
        return None
    return _set_against(_read_survey(files), files, found)


def periods(files: Brought) -> tuple[Period, ...]:
    """
    The surveyed periods.

    Raises
    ------
    InputRefused : with every problem of the survey.
    """
    return survey(files).periods


def survey(files: Brought) -> Survey:
    """
    The survey of the files.

    Raises
    ------
    InputRefused : with every problem of it.
    """
    return _survey(files.key(("survey",)), files) if files.records is None else _read_survey(files)


def by_chance(files: Brought, period: str) -> pd.DataFrame:
    """
    How often people dealt to the teams at random would be as alike inside them, in one period; for who asks for it.

    Raises
    ------
    InputRefused : with every problem of the survey.
    """
    return _by_chance(files.key(("survey",)), period, files)


@st.cache_resource(scope="session", max_entries=12, show_spinner=False)
def _by_chance(key: str, period: str, _files: Brought) -> pd.DataFrame:  # noqa: ARG001  what was found is kept by it
    return alike_by_chance(survey(_files), _files.settings, period)


@st.cache_resource(scope="session", max_entries=12, show_spinner=False)
def _released(
    key: str,  # noqa: ARG001  what was found is kept by it
    since: str | None,
    until: str | None,
    _files: Brought,
) -> Released:
    beside = {kind: _companion(kind, _files) for kind in COMPANIONS}
    return dashboard.diagnose(survey(_files), **beside, settings=_files.settings, since=since, until=until)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _goes_with(key: str, _files: Brought) -> GoesWithReleased:  # noqa: ARG001  what was found is kept by it
    return _set_against(survey(_files), _files, released(_files))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _story(key: str, ends: str, _files: Brought, _found: Released) -> Deck:  # noqa: ARG001  what was found is kept by it
    return storyline.storyline(_found, goes_with(_files))


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _survey(key: str, _files: Brought) -> Survey:  # noqa: ARG001  what was found is kept by it
    return _read_survey(_files)


def _read_survey(files: Brought) -> Survey:
    if files.records is not None and files.records.survey is not None:
        return files.records.survey
    return intake.read_survey(
        files.files.get("survey", ()),
        instrument=files.instrument,
        period=files.period,
        settings=files.settings,
    )


def _set_against(answers: Survey, files: Brought, found: Released) -> GoesWithReleased:
    performance, roster = (_companion(kind, files) for kind in ("performance", "roster"))
    return dashboard.goes_with_performance(answers, performance, diagnosis=found, roster=roster)


def _companion(kind: str, files: Brought) -> Any:
    """One of the files beside the survey; `None` where there is none."""
    if files.records is not None:
        return getattr(files.records, kind)
    given = files.files.get(kind, ())
    return READERS[kind](given, period=files.period, settings=files.settings) if given else None


def check(files: Brought, say: Callable[[str], object]) -> None:
    """
    Read everything and find what can be found, so that what is used is known to be usable.

    Parameters
    ----------
    say : called with the kind of each step as it begins, for a progress bar.

    Raises
    ------
    InputRefused : with the problems of all files at once.
    """
    records(files, say)
    say("diagnosis")
    released(files)


def records(files: Brought, say: Callable[[str], object]) -> Records:
    """
    Everything as it is read, without setting it against each other.

    Raises
    ------
    InputRefused : with the problems of all files at once.
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for kind in ("survey", *COMPANIONS):
        if not files.has(kind):
            continue
        say(kind)
        try:
            found[kind] = survey(files) if kind == "survey" else _companion(kind, files)
        except InputRefused as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise InputRefused(problems)
    return Records(**found)
