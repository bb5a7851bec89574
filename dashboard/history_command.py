"""
`python -m dashboard history …`: a workspace from the command line.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from dashboard import intake, reports
from dashboard.history import Import, Records, Rename, Workspace, for_columns
from dashboard.intake import Inspection
from dashboard.terms import InputRefused, Instrument, Problem, Settings, Severity
from dashboard.wording import escape, history_words

Reader = Callable[[argparse.Namespace, Settings, Instrument | None], dict[str, Any]]
"""Reads the files that the options name, by their instrument or one given, refusing all problems at once."""


def add_parser(commands: Any, read: Reader) -> None:
    """Add `history` and its commands."""
    parser = commands.add_parser("history", help="what a workspace keeps: list, import, undo, erase, backup, restore …")
    actions = parser.add_subparsers(
        title="commands", metavar="list | import | undo | rename | erase | backup | restore | check", required=True
    )
    _action(actions, "list", "what was brought when and by whom", _list).add_argument("--json", action="store_true")
    _import_parser(actions, read)
    undo = _action(actions, "undo", "take the last import back, or the one named", _undo)
    undo.add_argument("number", nargs="?", type=int, metavar="IMPORT")
    undo.add_argument("--redo", action="store_true", help="put an undone import in force again")
    undo.add_argument("--who", metavar="NAME")
    _rename_parser(actions)
    _erase_parser(actions)
    backup = _action(actions, "backup", "copy the workspace to one file", _backup)
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--key-to", type=Path, metavar="FILE", help="copy the key of the respondent ids there")
    restore = _action(actions, "restore", "put a backup in the place of everything in the workspace", _restore)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--key", type=Path, metavar="FILE", help="the key that was copied with the backup")
    restore.add_argument("--yes", action="store_true", help="replace what the workspace holds")
    _action(actions, "check", "whether everything is whole", _check)


def _action(actions: Any, name: str, says: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=says)
    parser.add_argument("--workspace", required=True, type=Path, metavar="DIR")
    parser.set_defaults(run=run)
    return parser


def _import_parser(actions: Any, read: Reader) -> None:
    parser = _action(actions, "import", "keep files: all of them as one import, or none", _bound(read))
    parser.add_argument("survey", nargs="*", metavar="SURVEY")
    parser.add_argument("--performance", nargs="+", metavar="FILE")
    for name in ("events", "structures", "roster", "instrument"):
        parser.add_argument(f"--{name}", metavar="FILE")
    parser.add_argument("--period", metavar="LABEL", help="the period of files that name none")
    parser.add_argument("--replace", action="store_true", help="replace what was brought before for the same periods")
    parser.add_argument("--who", metavar="NAME", help="who brings it (default: the name of the user)")


def _rename_parser(actions: Any) -> None:
    parser = _action(actions, "rename", "say that a team is called differently today", _rename)
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW", nargs="?")
    parser.add_argument("--until", metavar="PERIOD", help="the last period of the old name; all periods if left out")
    parser.add_argument("--item", action="store_true", help="it is an item of the survey, not a team")
    parser.add_argument("--take-back", action="store_true", help="forget what was said about OLD")


def _erase_parser(actions: Any) -> None:
    parser = _action(actions, "erase", "delete for good", _erase)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--respondent", metavar="ID", help="a person, by the id in the files; - asks for it")
    what.add_argument("--period", metavar="LABEL", help="a period, of every kind")
    what.add_argument("--import", dest="number", type=int, metavar="IMPORT", help="all that one import brought")
    what.add_argument("--everything", action="store_true")
    parser.add_argument("--yes", action="store_true", help="it cannot be undone; nothing is erased without this")


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def _list(options: argparse.Namespace) -> int:
    imports = Workspace(options.workspace, create=False).imports()
    if options.json:
        sys.stdout.write(reports.to_json([_as_json(one) for one in imports]).decode())
    else:
        print(history_words.imports_summary(imports))
    return 0


def _bound(read: Reader) -> Callable[[argparse.Namespace], int]:
    return lambda options: _import(options, read)


def _import(options: argparse.Namespace, read: Reader) -> int:
    workspace = Workspace(options.workspace)
    plain = [intake.inspect(file, period=options.period) for file in options.survey]
    stated, at = (None, "") if options.instrument else _confirmed(workspace, plain)
    if stated is not None:
        print(f"Instrument as it was confirmed on {at[:10]}")
    records = Records(**read(options, workspace.settings(), stated))
    if options.instrument is not None:
        stated = intake.read_instrument(options.instrument)
    remarks = workspace.remarks(records, plain)
    kept = workspace.add(
        records,
        who=_who(options),
        replacing=workspace.clashes(records) if options.replace else (),
        remember=_to_remember(records, plain, stated),
        texts={item.column: item.text for one in plain for item in one.items if item.text},
    )
    for problem in remarks:
        print(escape.plain(problem), file=sys.stderr)
    print(history_words.import_summary(kept))
    return 0


def _confirmed(workspace: Workspace, plain: Sequence[Inspection]) -> tuple[Instrument | None, str]:
    """
    The instrument of one survey as it was confirmed before, and when; with several files each is proposed anew.

    Items that seem to be renamed are those that somebody said were (history rename --item), and no others.
    """
    found = workspace.known(plain[0]) if len(plain) == 1 else None
    if found is None:
        return None, ""
    said = {(one.old, one.new) for one in workspace.renames("item")}
    agreed = [pair for pair in found.changes.items_renamed if (pair.before, pair.now) in said]
    return found.instrument(agreed), found.at


def _to_remember(
    records: Records, plain: Sequence[Inspection], stated: Instrument | None
) -> dict[tuple[str, ...], Instrument]:
    if records.survey is None:
        return {}
    shapes = [tuple(role.column for role in one.roles) for one in plain]
    return {columns: for_columns(records.survey.instrument, columns, stated) for columns in shapes}


def inspected(
    folder: Path, files: Sequence[str], instrument: Instrument | None = None, period: str | None = None
) -> list[Inspection]:
    """Surveys as they are understood beside what a workspace keeps: as confirmed there, with what it has to remark."""
    workspace = Workspace(folder, create=False)
    return [_inspected(workspace, file, instrument, period) for file in files]


def _inspected(workspace: Workspace, file: str, instrument: Instrument | None, period: str | None) -> Inspection:
    plain = intake.inspect(file, period=period)
    stated = instrument or _confirmed(workspace, [plain])[0]
    found = intake.inspect(file, instrument=stated, period=period)
    if found.kind != "survey" or found.verdict == "refuse":
        return found
    try:
        survey = intake.read_survey(file, instrument=stated, period=period, settings=workspace.settings())
    except InputRefused:  # something is still to be chosen; it stands among the problems
        return found
    return found.also(workspace.remarks(Records(survey=survey), [plain]))


def _undo(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace, create=False)
    if options.redo:
        if options.number is None:
            raise _refused("--redo", "no import was named", "Give its number, as history list shows it")
        print(history_words.import_summary(workspace.redo(options.number)))
    else:
        print(history_words.import_summary(workspace.undo(options.number, who=_who(options))))
    return 0


def _rename(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace, create=False)
    what: Literal["team", "item"] = "item" if options.item else "team"
    if options.take_back:
        workspace.take_back_rename(what, options.old)
    elif options.new is None:
        raise _refused("rename", "the new name is missing", "Give OLD and NEW")
    else:
        workspace.rename([Rename(what=what, old=options.old, new=options.new, until=options.until)])
    for one in workspace.renames(what):
        until = f" (until {one.until})" if one.until else ""
        print(escape.plain(f"{what} {one.old} is {one.new}{until}"))
    return 0


def _erase(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace, create=False)
    if not options.yes:
        raise _refused("erase", "it cannot be undone, so nothing was erased", "Add --yes to erase it")
    if options.everything:
        found = workspace.erase_everything()
    elif options.number is not None:
        found = workspace.erase_import(options.number)
    elif options.period is not None:
        found = workspace.erase_period(options.period)
    else:
        found = workspace.erase_respondent(getpass.getpass("id: ") if options.respondent == "-" else options.respondent)
    print(history_words.erased(found))
    return 0


def _backup(options: argparse.Namespace) -> int:
    Workspace(options.workspace, create=False).backup(options.file, key_to=options.key_to)
    print(options.file)
    print(history_words.NO_KEY if options.key_to is None else options.key_to)
    return 0


def _restore(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace)
    if workspace.imports() and not options.yes:
        raise _refused("restore", "the workspace is not empty, so nothing was changed", "Add --yes to replace it")
    workspace.restore(options.file, key=options.key)
    print(history_words.imports_summary(workspace.imports()))
    return 0


def _check(options: argparse.Namespace) -> int:
    problems = Workspace(options.workspace, create=False).check()
    if problems:
        raise InputRefused(problems)
    print(history_words.WELL)
    return 0


# ── small things ──────────────────────────────────────────────────────────────────────────────────


def _who(options: argparse.Namespace) -> str:
    """As given, else as the system knows the user."""
    if options.who:
        return str(options.who)
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user: a container
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def _refused(place: str, found: str, remedy: str) -> InputRefused:
    return InputRefused([Problem(file=place, found=found, remedy=remedy, severity=Severity.ERROR)])


def _as_json(one: Import) -> dict[str, Any]:
    return {
        "import": one.number,
        "at": one.at,
        "who": one.who,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by,
        "uploads": [
            {
                "kind": upload.kind,
                "rows": upload.rows,
                "periods": [period.label for period in upload.periods],
                "state": str(upload.state),
                "files": [{"file": file.name, "sha256": file.digest, "rows": file.rows} for file in upload.files],
            }
            for upload in one.uploads
        ],
    }
