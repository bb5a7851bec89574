"""
Waiting: files that were dropped and are not used yet, with what the person said about each. Kept until used or removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import streamlit as st

from dashboard import intake, terms
from dashboard.history import Known
from dashboard.intake import ColumnRole, Inspection, Kind, NamedBytes, instrument_from_roles
from dashboard.screens import kept, remembered
from dashboard.screens.session import Brought
from dashboard.terms import InputRefused, Instrument, Problem, Settings
from dashboard.wording import data_words

WAITING, DROPS = "waiting", "drops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A file, and what the person said it is: its kind, period and the roles of its columns, as far as they said so."""

    file: NamedBytes
    period: str | None = None
    kind: Kind | None = None
    roles: tuple[ColumnRole, ...] | None = None


def _all() -> dict[str, Said]:
    kept: dict[str, Said] = st.session_state.setdefault(WAITING, {})
    return kept


def files() -> list[NamedBytes]:
    """The files in the order they came."""
    return [said.file for said in _all().values()]


def add(dropped: Sequence[NamedBytes]) -> None:
    """Keep what was dropped, each content once and under a name of its own, and empty the uploader."""
    for one in dropped:
        if one.digest not in _all():
            _all()[one.digest] = Said(file=replace(one, name=_own_name(one.name)))
    st.session_state[DROPS] = st.session_state.get(DROPS, 0) + 1


def _own_name(name: str) -> str:
    """The name, numbered where another file has it: exports of every quarter are often called the same."""
    taken, path, number = {one.name for one in files()}, PurePath(name), 2
    while name in taken:
        name, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return name


def remove(one: NamedBytes) -> None:
    """Forget a file."""
    _all().pop(one.digest, None)


def clear() -> None:
    """Forget all of them."""
    _all().clear()


def uploader() -> str:
    """The key of the uploader; a new one after each drop, so that it is empty again."""
    return f"drop-{st.session_state.get(DROPS, 0)}"


def say_kind(one: NamedBytes, key: str) -> None:
    """Take the kind that was chosen for a file."""
    _all()[one.digest] = replace(_all()[one.digest], kind=st.session_state[key])


def say_period(one: NamedBytes, key: str) -> None:
    """Take the period that was named for a file."""
    said = " ".join(str(st.session_state.get(key) or "").split())
    _all()[one.digest] = replace(_all()[one.digest], period=said or None)


def period_said(one: NamedBytes) -> str:
    """The period that was named for a file, "" where there is none."""
    return _all()[one.digest].period or ""


def say_roles(one: NamedBytes, roles: tuple[ColumnRole, ...]) -> None:
    """Take the roles of a file's columns as they were corrected."""
    _all()[one.digest] = replace(_all()[one.digest], roles=roles)


def say_dated(one: NamedBytes, inspection: Inspection) -> None:
    """Take it that each answer belongs to the quarter of its date."""
    found, by = roles(one, inspection), inspection.dated
    if by is not None:
        chosen = replace(_role_of(found, by.column), role="period", reason=data_words.CHOSEN)
        say_roles(one, tuple(chosen if role.column == by.column else role for role in found))


def _role_of(found: Sequence[ColumnRole], column: str) -> ColumnRole:
    return next(role for role in found if role.column == column)


def roles(one: NamedBytes, inspection: Inspection) -> tuple[ColumnRole, ...]:
    """The roles of a file's columns: as corrected, else as proposed."""
    return _all()[one.digest].roles or inspection.roles


def inspect(one: NamedBytes, settings: Settings) -> Inspection:
    """A file as it is understood, with what was said about it; computed once."""
    said = _all()[one.digest]
    instrument = _written() or _confirmed(one, settings)
    if said.roles is not None:
        instrument = instrument_from_roles(said.roles, instrument)
    text = "" if instrument is None else instrument.to_toml()
    return _inspect(f"{one.name} {one.digest}", said.kind, text, said.period, settings, one)


def known(one: NamedBytes, settings: Settings) -> Known | None:
    """What the workspace knows of a survey that was brought before; `None` for others and beside an instrument."""
    if not kept.is_set() or _written() is not None:
        return None
    said = _all()[one.digest]
    plain = _inspect(f"{one.name} {one.digest}", said.kind, "", said.period, settings, one)
    return remembered.of(plain)


def _confirmed(one: NamedBytes, settings: Settings) -> Instrument | None:
    found = known(one, settings)
    return None if found is None else remembered.instrument(found)


def stated(settings: Settings) -> Instrument | None:
    """The instrument that a person wrote, or confirmed for files like these before."""
    confirmed = (_confirmed(one, settings) for one in files())
    return _written() or next((found for found in confirmed if found is not None), None)


@st.cache_resource(scope="session", max_entries=64, show_spinner=False)
def _inspect(
    key: str,  # noqa: ARG001  what was found is kept by it
    kind: Kind | None,
    instrument: str,
    said: str | None,
    settings: Settings,
    _file: NamedBytes,
) -> Inspection:
    read = Instrument.from_toml(instrument) if instrument else None
    return intake.inspect(_file, kind=kind, instrument=read, period=said, settings=settings)


def errors(inspections: Sequence[Inspection]) -> tuple[Problem, ...]:
    """What refuses one of the files, except those that the person said are not to be used."""
    wanted = [said.kind != "unknown" for said in _all().values()]
    used = (inspection for inspection, want in zip(inspections, wanted, strict=True) if want)
    return tuple(problem for inspection in used for problem in terms.errors(inspection.problems))


def broken(inspections: Sequence[Inspection]) -> list[NamedBytes]:
    """Files of no known kind that refuse the others, as long as one of the others is a survey."""
    if not any(one.kind == "survey" and not terms.errors(one.problems) for one in inspections):
        return []
    told = zip(_all().values(), inspections, strict=True)
    return [
        said.file for said, one in told if said.kind is None and one.kind == "unknown" and terms.errors(one.problems)
    ]


def set_aside(unwanted: Sequence[NamedBytes]) -> None:
    """Take it that these files are not to be used."""
    for one in unwanted:
        _all()[one.digest] = replace(_all()[one.digest], kind="unknown")


def periods() -> dict[str, str]:
    """Name of a file → the period that was named for it."""
    return {said.file.name: said.period for said in _all().values() if said.period}


def _written() -> Instrument | None:
    """The instrument among the files that were dropped, the latest of several."""
    found = None
    for said in _all().values():
        if said.kind == "instrument" or (said.kind is None and said.file.name.lower().endswith(".toml")):
            try:
                found = intake.read_instrument(said.file)
            except InputRefused:
                continue  # its card says what is wrong with it
    return found


def instrument(inspections: Sequence[Inspection], settings: Settings) -> Instrument | None:
    """
    The instrument of all surveys: as written, confirmed before or corrected; `None` where the proposal stands, which
    reading finds too.
    """
    before = stated(settings)
    corrected = any(said.roles is not None for said in _all().values())
    several = before is not _written() and sum(one.kind == "survey" for one in inspections) > 1
    return together_instrument(inspections, before) if corrected or several else before


def together_instrument(inspections: Sequence[Inspection], base: Instrument | None) -> Instrument | None:
    """The instrument that the role tables of all surveys say together; of a column in several, the first decides."""
    rows: dict[str, ColumnRole] = {}
    for one, inspection in zip(files(), inspections, strict=True):
        if inspection.kind == "survey":
            for role in roles(one, inspection):
                rows.setdefault(role.column, role)
            base = base or inspection.instrument
    return instrument_from_roles(tuple(rows.values()), base) if rows else base


def together(inspections: Sequence[Inspection], settings: Settings) -> Brought:
    """All files by kind, as they would be used."""
    by_kind: dict[str, tuple[NamedBytes, ...]] = {}
    for one, inspection in zip(files(), inspections, strict=True):
        if inspection.kind not in ("instrument", "unknown"):
            by_kind[inspection.kind] = (*by_kind.get(inspection.kind, ()), one)
    said = instrument(inspections, settings)
    return Brought(files=by_kind, instrument=said, period=periods() or None, settings=settings)
