"""
Workspace: what an organisation has brought so far, in one folder, for everyone who works on it.

>>> import tempfile
>>> from dashboard import intake, samples
>>> survey = intake.read_survey(samples.folder() / "survey.csv")
>>> folder = tempfile.TemporaryDirectory()
>>> workspace = Workspace(folder.name)
>>> workspace.add(Records(survey=survey), who="Ada").number
1
>>> workspace.records().survey.responses == survey.responses
True
>>> folder.cleanup()
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history import assembling, backups, erasing, instruments, log, packing, pseudonyms, renames, store, story
from dashboard.history.assembling import Kept
from dashboard.history.erasing import Erased
from dashboard.history.instruments import Remembered
from dashboard.history.known import Known, known
from dashboard.history.log import Clash, Import
from dashboard.history.pseudonyms import Pseudonyms
from dashboard.history.records import KINDS, Record, Records, slices_of, table_of
from dashboard.history.refusals import Why, WorkspaceRefused, refusal, told
from dashboard.history.renames import Rename
from dashboard.history.schema import files, imports, slices, uploads
from dashboard.history.seal import fact, state
from dashboard.history.story import Story
from dashboard.intake import Inspection, vocabulary
from dashboard.intake import Remembered as LastTime
from dashboard.terms import InputRefused, Instrument, Period, Problem, Settings, Severity, Survey

PATIENCE = 20.0
_QUOTED = re.compile(r"\s*\(.*\)")


class Clashed(WorkspaceRefused):
    """The import would take the place of earlier ones and nobody said that it should; nothing was kept."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(Why.CLASH, [clash.problem() for clash in clashes])


class Workspace:
    """
    A workspace; safe to share between threads, and to open in several processes.

    Parameters
    ----------
    folder : where it lies; holds `workspace.sqlite` and `respondents.key` and nothing else of ours.
    create : whether to make one where there is none.
    patience : seconds to wait for others who are writing.

    Raises
    ------
    WorkspaceRefused : (an `InputRefused`) when it cannot be opened: locked, read-only, damaged, of a newer version,
        no workspace. Every method raises it with what stands in its way; then nothing was changed.
    """

    def __init__(self, folder: str | os.PathLike[str], *, create: bool = True, patience: float = PATIENCE) -> None:
        self.folder = Path(folder)
        path = self.folder / store.NAME
        if not create and not path.is_file():
            raise refusal(
                Why.ABSENT, self.folder, "there is no workspace in this folder", "Check the path given by --workspace"
            )
        self._store = store.Store(path, patience)
        self._key_path = self.folder / pseudonyms.NAME
        self._finish_scrubbing()

    # ── what is there ────────────────────────────────────────────────────────────────────────────

    def version(self) -> int:
        """A number that grows with every change by anyone; cheap: ask at every run of a page."""
        return self._store.version()

    def imports(self) -> tuple[Import, ...]:
        """Everything that was brought, the earliest first; undone and replaced imports too."""
        with self._store.reading() as connection:
            return log.all_imports(connection)

    def records(self) -> Records:
        """What is in use, as if all files had been read at once; persons by their pseudonyms."""
        with self._store.reading() as connection:
            in_use: dict[int, set[tuple[str, str]]] = defaultdict(set)
            for (_, period, part), number in log.owners(connection).items():
                in_use[number].add((period, part))
            kept: dict[str, list[Kept]] = {kind: [] for kind in KINDS}
            for number in sorted(in_use):
                one = self._loaded(connection, number, frozenset(in_use[number]))
                kept[one.kind].append(one)
            teams, items = (renames.said(connection, what) for what in ("team", "item"))
        survey = assembling.survey(kept["survey"], teams, items)
        others: dict[str, Any] = {kind: assembling.beside(kind, kept[kind], teams) for kind in KINDS[1:]}
        return Records(survey=survey, **others)

    def brought_before(self, digests: Iterable[str]) -> dict[str, Import]:
        """sha256 of a file's bytes → the import in force that brought the very same bytes."""
        with self._store.reading() as connection:
            return log.brought_before(connection, digests)

    def pseudonyms(self, people: Mapping[str, Collection[str]]) -> dict[str, frozenset[str]]:
        """
        Team → ids of a file that is not kept, as this workspace would call them; to tell who answered before.

        No team where nothing kept here names a person.
        """
        with self._store.reading() as connection:
            fingerprint = fact(connection, "key")
        if fingerprint is None:
            return {}
        key = self._fitting(fingerprint)
        return {team: frozenset(key.of(ids)) for team, ids in people.items()}

    # ── bringing ─────────────────────────────────────────────────────────────────────────────────

    def clashes(self, records: Records) -> tuple[Clash, ...]:
        """What these records would take the place of; nothing is kept."""
        with self._store.reading() as connection:
            return self._clashes(connection, records)

    def remarks(self, records: Records, inspections: Sequence[Inspection] = ()) -> tuple[Problem, ...]:
        """
        What is odd about files only beside what is kept, as warnings: a period that was brought before, and how many
        persons of it are no longer there; questions no longer asked, or asking something else. Nothing is kept.

        Parameters
        ----------
        inspections : the same files as `intake.inspect` understands them without this workspace.
        """
        found = [clash.problem(Severity.WARNING) for clash in self.clashes(records)]
        for inspection in inspections:
            if (known := self.known(inspection)) is not None:
                found += known.problems(inspection.file)
        return tuple(found)

    def known(self, inspection: Inspection, last: LastTime | None = None) -> Known | None:
        """
        What is known of a file that seems to be of a survey that was brought before, and what is otherwise in it now;
        `None` where it is no survey or none like it was confirmed or kept.

        Parameters
        ----------
        inspection : of the file without this workspace.
        last : `intake.remember` of the survey that is kept, for its ranges and teams.
        """
        if inspection.kind != "survey" or not inspection.roles:
            return None
        with self._store.reading() as connection:
            before = instruments.recall(connection, [role.column for role in inspection.roles])
            before = before or self._latest(connection)
        return None if before is None else known(before, inspection, last)

    def _latest(self, connection: Connection) -> Remembered | None:
        """The instrument of the latest period in use, where none was confirmed; items as they are called today."""
        held = [(Period.parse(p), n) for (kind, p, _), n in log.owners(connection).items() if kind == "survey"]
        if not held:
            return None
        period, number = max(held)
        row = connection.execute(
            sa.select(uploads.c.mapping, imports.c.at).join(imports).where(uploads.c.number == number)
        ).one()
        items = renames.said(connection, "item")
        return Remembered(
            instrument=assembling.renamed(Instrument.from_toml(row.mapping), period, items), columns=(), at=row.at
        )

    def add(
        self,
        records: Records,
        *,
        who: str,
        replacing: Collection[Clash] = (),
        remember: Mapping[tuple[str, ...], Instrument] | None = None,
        texts: Mapping[str, str] | None = None,
        renamed: Sequence[Rename] = (),
        settings: Settings | None = None,
    ) -> Import:
        """
        Keep records as one import: all of them and all that was said with them, or, on any failure, nothing.

        Parameters
        ----------
        who : who brings them, as they call themselves.
        replacing : those of `clashes(records)` that the person agreed to replace.
        remember : column names of a file → the instrument that was confirmed for it.
        texts : item → what it asked, kept beside the instruments.
        renamed : teams and items that are called differently from now on.
        settings : to be kept from now on, where they were changed.

        Raises
        ------
        Clashed : when they clash with more than was agreed to, be it brought by somebody else a moment ago.
        """
        if not any(slices_of(kind, record) for kind, record in records.each()):
            raise refusal(
                Why.ABSENT, "import", "there is nothing to keep in what was brought", "Bring a file with rows"
            )
        named = any(packing.names_persons(record) for _, record in records.each())
        while True:
            key = self._key(create=True) if named else None
            tables = {kind: packing.packed(record, key) for kind, record in records.each()}
            with self._store.writing() as connection:
                if key is not None and fact(connection, "key") != key.fingerprint:
                    continue  # everything was erased meanwhile, and the key with it
                self._refuse_clashes(connection, records, replacing)
                number = _insert_import(connection, records, tables, who)
                for columns, instrument in (remember or {}).items():
                    instruments.remember(connection, columns, instrument, _now(), texts)
                renames.say(connection, renamed)
                if settings is not None:
                    _keep_settings(connection, settings)
                return next(one for one in log.all_imports(connection) if one.number == number)

    def _clashes(self, connection: Connection, records: Records) -> tuple[Clash, ...]:
        said = renames.said(connection, "team")
        table = functools.cache(lambda number: self._loaded(connection, number).table)
        of_upload = functools.cache(lambda number: packing.teams(table(number)))
        of_record, key = functools.cache(_teams), self._key_at_hand(connection)

        def lost(number: int, period: str, record: Record) -> set[str]:
            when, brought = Period.parse(period), of_record(record)
            before, now = (
                {renames.called(name, when, said) for name, label in pairs if label == period}
                for pairs in (of_upload(number), brought)
            )
            return before - now - {""}  # an event of everyone names no team

        def fewer(number: int, period: str, record: Record) -> int:
            if not isinstance(record, Survey):
                return 0
            (before, nameless), (now, nameless_now) = (
                packing.persons(table(number), period),
                _persons(record, period, key),
            )
            return (len(before - now) if key else 0) + max(nameless - nameless_now, 0)

        return log.clashes(connection, records, lost, fewer)

    def _key_at_hand(self, connection: Connection) -> Pseudonyms | None:
        """The key that made the pseudonyms here; `None` where there is none, or not this one."""
        try:
            return self._fitting(fact(connection, "key"))
        except WorkspaceRefused:
            return None

    def _refuse_clashes(self, connection: Connection, records: Records, agreed: Collection[Clash]) -> None:
        known = {(one.kind, one.period, one.parts, one.import_number) for one in agreed}
        found = self._clashes(connection, records)
        if any((one.kind, one.period, one.parts, one.import_number) not in known for one in found):
            raise Clashed(found)

    # ── taking back ──────────────────────────────────────────────────────────────────────────────

    def undo(
        self,
        number: int | None = None,
        *,
        who: str,
        renamed: Sequence[Rename] = (),
        settings: Settings | None = None,
    ) -> Import:
        """
        Take an import back, the last one when none is named: what it had replaced is in use again. Nothing is erased.

        Parameters
        ----------
        renamed, settings : renamings that were said with it, to be forgotten, and the settings before it, to be put
            back; as they are where left out.
        """
        with self._store.writing() as connection:
            number = _last(connection) if number is None else number
            _mark(connection, number, undone=False, at=_now(), who=who)
            renames.unsay(connection, renamed)
            if settings is not None:
                _keep_settings(connection, settings)
            return next(one for one in log.all_imports(connection) if one.number == number)

    def redo(self, number: int) -> Import:
        """Put an import that was undone in force again, in its old place in the order."""
        with self._store.writing() as connection:
            _mark(connection, number, undone=True, at=None, who=None)
            return next(one for one in log.all_imports(connection) if one.number == number)

    # ── erasing ──────────────────────────────────────────────────────────────────────────────────

    def erase_respondent(self, respondent: str) -> Erased:
        """
        Erase all rows of one person, by their id as it stands in the files.

        Raises
        ------
        WorkspaceRefused : also when no row has this id.
        """
        key = self._key(create=False)
        which = erasing.person(key.of_entered(respondent))
        return self._erased(lambda connection, load: erasing.rows(connection, which, load), "no row has this id")

    def erase_period(self, label: str) -> Erased:
        """Erase one period of every kind, in every import."""
        which = erasing.period(Period.parse(label).label)
        return self._erased(lambda connection, load: erasing.rows(connection, which, load), "no row has this period")

    def erase_import(self, number: int) -> Erased:
        """Erase all that one import brought; what it had replaced is in use again."""
        return self._erased(
            lambda connection, load: erasing.whole_import(connection, number, load), "there is no such import"
        )

    def erase_everything(self) -> Erased:
        """Erase everything, the key of the respondent ids and what is remembered of instruments and settings too."""
        return self._erased(lambda connection, _: erasing.everything(connection), None)

    def _erased(self, erase: Callable[[Connection, Callable[[int], Kept]], Erased], nothing: str | None) -> Erased:
        with self._store.writing() as connection:
            found = erase(connection, lambda number: self._loaded(connection, number))
            if nothing is not None and not found.uploads:
                raise refusal(Why.ABSENT, self.folder, nothing, "Nothing was changed; check what was entered")
        self._scrub()
        return found

    def _scrub(self) -> None:
        """Overwrite what was deleted, and the key where no pseudonym is left that it made."""
        self._store.scrub()
        with self._store.writing() as connection:
            state(connection, "scrub", None)
            if fact(connection, "key") is None:
                for path in (self._key_path, *self.folder.glob(f".{pseudonyms.NAME}.*")):
                    path.unlink(missing_ok=True)
        self._store.scrub()

    def _finish_scrubbing(self) -> None:
        """Finish what an erasure that was cut off has left to do, unless somebody reads just now."""
        with self._store.reading() as connection:
            due = fact(connection, "scrub") is not None
        if due:
            with contextlib.suppress(WorkspaceRefused):
                self._scrub()

    # ── names, instruments, settings ─────────────────────────────────────────────────────────────

    def renames(self, what: Literal["team", "item"] = "team") -> tuple[Rename, ...]:
        """What was said about teams (or items) that are called differently today, in the order it was said."""
        with self._store.reading() as connection:
            return renames.said(connection, what)

    def rename(self, more: Sequence[Rename]) -> None:
        """Take it that teams or items changed their names; kept tables stay as they are."""
        with self._store.writing() as connection:
            renames.say(connection, more)

    def take_back_rename(self, what: Literal["team", "item"], old: str) -> int:
        """Forget what was said about a name; how many renames that were."""
        with self._store.writing() as connection:
            return renames.take_back(connection, what, old)

    def recall(self, columns: Iterable[str]) -> Remembered | None:
        """The instrument confirmed for the file most like one of these columns; `None` where none is alike."""
        with self._store.reading() as connection:
            return instruments.recall(connection, columns)

    def remember(self, columns: Iterable[str], instrument: Instrument, texts: Mapping[str, str] | None = None) -> None:
        """Keep an instrument for files of these columns, in place of an earlier one; `texts`: item → question."""
        with self._store.writing() as connection:
            instruments.remember(connection, columns, instrument, _now(), texts)

    def settings(self) -> Settings:
        """The settings that were kept; the defaults for those that were not."""
        with self._store.reading() as connection:
            kept = json.loads(fact(connection, "settings") or "{}")
        known = {field.name for field in dataclasses.fields(Settings)}
        return Settings(**{name: value for name, value in kept.items() if name in known})

    def keep_settings(self, settings: Settings) -> None:
        """Keep the settings that differ from the defaults."""
        with self._store.writing() as connection:
            _keep_settings(connection, settings)

    def story(self) -> Story | None:
        """What presenters changed in the storyline, the last who wrote it; `None` where nobody did."""
        with self._store.reading() as connection:
            return story.kept(connection)

    def keep_story(self, edits: str | None) -> None:
        """
        Keep changes of the storyline in place of earlier ones, whoever made those; `None` takes them back.

        `version` stays: nothing that is found depends on them.
        """
        with self._store.writing(counted=False) as connection:
            story.keep(connection, edits, _now())

    def toured(self) -> bool:
        """Whether somebody who works on it took the tour to its end, or ended it."""
        with self._store.reading() as connection:
            return fact(connection, "toured") is not None

    def keep_toured(self) -> None:
        """Keep that the tour was taken. `version` stays: nothing that is found depends on it."""
        with self._store.writing(counted=False) as connection:
            state(connection, "toured", _now())

    # ── safety ───────────────────────────────────────────────────────────────────────────────────

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with what is kept (structure, seal, every table, the key); nothing where all is well."""
        found: list[Problem] = []
        try:
            with self._store.reading() as connection:
                for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
                    if line != "ok":
                        raise refusal(Why.DAMAGED, self._store.path)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise refusal(Why.DAMAGED, self._store.path)
                for number in connection.execute(sa.select(uploads.c.number)).scalars().all():
                    self._loaded(connection, number)
                if fact(connection, "key") is not None:
                    self._fitting(fact(connection, "key"))
        except InputRefused as refused:
            found.extend(refused.problems)
        return tuple(found)

    def backup(self, target: str | os.PathLike[str], *, key_to: str | os.PathLike[str] | None = None) -> None:
        """
        Copy the workspace to one file, whole or not at all, while others work.

        Parameters
        ----------
        target : outside of the workspace's folder.
        key_to : where to copy the key of the respondent ids, if anywhere; keep it apart from the backup.
        """
        with self._store.reading():
            backups.write(self._store.path, Path(target))
        if key_to is not None:
            with told(Path(key_to)):
                pseudonyms.copied(self._key_path, Path(key_to))

    def restore(self, backup: str | os.PathLike[str], *, key: str | os.PathLike[str] | None = None) -> None:
        """
        Put a backup in the place of everything here, in one transaction.

        Parameters
        ----------
        key : the key file that belongs to the backup, where this workspace's own does not.

        Raises
        ------
        WorkspaceRefused : also when the key does not fit, so that persons could not be followed.
        """
        source = backups.opened(Path(backup))
        with source.connect() as connection:
            needed = fact(connection, "key")
            with self._store.writing() as live:
                if needed is not None:
                    given = self._key_path if key is None else Path(key)
                    self._fitting(needed, given)
                    if given != self._key_path:
                        pseudonyms.copied(given, self._key_path)
                backups.put_back(connection, live)
        source.dispose()
        self._scrub()

    # ── the key, and single tables ───────────────────────────────────────────────────────────────

    def _key(self, *, create: bool) -> Pseudonyms:
        """The key that made the pseudonyms here; a new one where there are none yet."""
        with self._store.reading() as connection:
            fingerprint = fact(connection, "key")
        if fingerprint is None and create:
            with self._store.writing() as connection:
                fingerprint = fact(connection, "key")
                if fingerprint is None:
                    made = pseudonyms.written_new(self._key_path)
                    state(connection, "key", made.fingerprint)
                    return made
        return self._fitting(fingerprint)

    def _fitting(self, fingerprint: str | None, path: Path | None = None) -> Pseudonyms:
        """The key in a file, if it is the one with this fingerprint."""
        path = path or self._key_path
        if fingerprint is None:
            raise refusal(Why.ABSENT, self.folder, "nothing kept here names a person", "Nothing was changed")
        found = pseudonyms.read(path)
        if found.fingerprint != fingerprint:
            raise refusal(
                Why.KEY,
                path,
                "this is not the key that made the pseudonyms",
                "Nothing was changed; give the key that was kept with them (history restore has --key for it)",
            )
        return found

    def _loaded(self, connection: Connection, number: int, in_use: frozenset[tuple[str, str]] = frozenset()) -> Kept:
        """One upload, its table checked against its digest."""
        row = connection.execute(sa.select(uploads).where(uploads.c.number == number)).one()
        if packing.digest_of(row.content) != row.digest:
            raise refusal(Why.DAMAGED, self._store.path)
        return Kept(
            kind=row.kind,
            table=packing.from_bytes(row.content),
            mapping=row.mapping,
            problems=log.problems_from_json(row.problems),
            files=log.sources(connection, number, row.kind),
            slices=in_use,
        )


def _insert_import(connection: Connection, records: Records, tables: Mapping[str, pa.Table], who: str) -> int:
    values = {"at": _now(), "who": " ".join(who.split()) or "unknown"}
    number = _key_of(connection.execute(sa.insert(imports).values(values)))
    for kind, record in records.each():
        if slices_of(kind, record):
            _insert_upload(connection, number, kind, record, packing.to_bytes(tables[kind]))
    return number


def _insert_upload(connection: Connection, number: int, kind: str, record: Record, content: bytes) -> None:
    values = {
        "import_number": number,
        "kind": kind,
        "row_count": record.responses if isinstance(record, Survey) else len(table_of(record)),
        "mapping": record.instrument.to_toml() if isinstance(record, Survey) else "",
        "problems": log.problems_to_json([_without_ids(problem) for problem in record.problems]),
        "digest": packing.digest_of(content),
        "content": content,
    }
    upload = _key_of(connection.execute(sa.insert(uploads).values(values)))
    spoken = sorted(slices_of(kind, record))
    connection.execute(sa.insert(slices), [{"upload": upload, "period": p, "part": part} for p, part in spoken])
    if record.files:
        rows = [{"upload": upload, "name": f.name, "digest": f.digest, "row_count": f.rows} for f in record.files]
        connection.execute(sa.insert(files), rows)


def _key_of(inserted: sa.CursorResult[Any]) -> int:
    return int((inserted.inserted_primary_key or (0,))[0])


def _without_ids(problem: Problem) -> Problem:
    """A remark on a column of respondent ids without the example it may show."""
    if vocabulary.key(problem.column or "") not in {*vocabulary.RESPONDENT, *vocabulary.PERSON}:
        return problem
    return dataclasses.replace(problem, found=_QUOTED.sub("", problem.found))


def _teams(record: Record) -> set[tuple[str, str]]:
    """(team, period) of a record."""
    if isinstance(record, Survey):
        labels = [period.label for period in record.periods]
        return packing.pairs(record.team, record.teams, record.period, labels)
    table = table_of(record)
    return set(zip(table["team"].tolist(), table["period"].tolist(), strict=True))


def _persons(survey: Survey, period: str, key: Pseudonyms | None) -> tuple[frozenset[str], int]:
    """The pseudonyms in one period of a survey that is not kept yet, and the number of its rows without an id."""
    labels = [one.label for one in survey.periods]
    there = survey.respondent[survey.period == labels.index(period)]
    ids = survey.respondents[np.unique(there[there >= 0])]
    return frozenset(key.of(map(str, ids.tolist())) if key else ()), int((there < 0).sum())


def _keep_settings(connection: Connection, settings: Settings) -> None:
    differing = {one.name: one.value for one in settings.describe() if one.value != one.default}
    state(connection, "settings", json.dumps(differing))


def _last(connection: Connection) -> int:
    query = sa.select(sa.func.max(imports.c.number)).where(imports.c.undone_at.is_(None))
    number = connection.execute(query).scalar()
    if number is None:
        raise refusal(Why.ABSENT, "undo", "there is no import to undo", "Nothing was changed")
    return int(number)


def _mark(connection: Connection, number: int, *, undone: bool, at: str | None, who: str | None) -> None:
    """Mark an import undone, or take the mark away, if it is in the state it must be in for that."""
    stands = imports.c.undone_at.is_not(None) if undone else imports.c.undone_at.is_(None)
    change = sa.update(imports).where(imports.c.number == number, stands).values(undone_at=at, undone_by=who)
    if not connection.execute(change).rowcount:
        state_ = "that was undone" if undone else "in force"
        raise refusal(
            Why.ABSENT, f"import {number}", f"there is no import {state_} with this number", "See history list"
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


__all__ = ["Clashed", "Severity", "Workspace"]
