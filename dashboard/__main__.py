"""
The command line: open the app, inspect files, diagnose, or write the example organisation.

Exit status 0 when done, 2 when the input was refused; then every problem stands on a line of standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import dashboard
from dashboard import history, history_command, intake, reports, samples, wording
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.storyline import Edits
from dashboard.terms import InputRefused, Instrument, Problem, Settings, Severity

DONE, REFUSED = 0, 2
Read = TypeVar("Read")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    _speak_utf8()
    try:
        status: int = options.run(options)
    except InputRefused as refusal:
        for problem in refusal.problems:
            print(wording.escape.plain(problem), file=sys.stderr)
        return REFUSED
    except OSError as error:
        place = error.filename or "the system"
        print(
            f"{place}: {error.strerror or error}. Check the path and that it can be read or written.", file=sys.stderr
        )
        return REFUSED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Do individual gains compound into shared capability? Without a command, opens the app.",
    )
    parser.add_argument("--port", type=int, default=8501, help="port of the app on 127.0.0.1 (default 8501)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="where the app keeps what was brought; without it nothing is kept"
    )
    parser.set_defaults(run=_app)
    commands = parser.add_subparsers(title="commands", metavar="inspect | diagnose | example | history")
    _inspect_parser(commands)
    _diagnose_parser(commands)
    example = commands.add_parser("example", help="write the files of the example organisation")
    example.add_argument("directory", type=Path, metavar="DIR")
    example.set_defaults(run=_example)
    history_command.add_parser(commands, _read_all)
    return parser


def _inspect_parser(commands: Any) -> None:
    parser = commands.add_parser("inspect", help="say what was understood of each file; writes nothing")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="as JSON, an object per file")
    parser.add_argument("--instrument", metavar="FILE")
    parser.add_argument("--period", metavar="LABEL")
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="beside what this workspace keeps; it is not changed"
    )
    parser.set_defaults(run=_inspect)


def _diagnose_parser(commands: Any) -> None:
    parser = commands.add_parser("diagnose", help="write the tables of a diagnosis, and reports")
    parser.add_argument("survey", nargs="*", metavar="SURVEY")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="diagnose what this workspace keeps instead")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the tables")
    parser.add_argument("--performance", nargs="+", metavar="FILE")
    for name in ("events", "structures", "roster", "instrument"):
        parser.add_argument(f"--{name}", metavar="FILE")
    parser.add_argument("--period", metavar="LABEL", help="the period of files that name none")
    parser.add_argument(
        "--minimum-group", type=int, default=5, metavar="N", help="smallest group shown (5; at least 3)"
    )
    parser.add_argument(
        "--report", metavar=",".join(reports.KINDS), help="reports to write as well, any of these, commas between them"
    )
    parser.add_argument("--template", metavar="FILE", help="a .pptx or .potx whose design the slides take")
    parser.set_defaults(run=_diagnose)


def _app(options: argparse.Namespace) -> int:
    from dashboard.screens import serve  # here, so that the other commands need not load Streamlit

    if options.workspace is not None:
        history.Workspace(options.workspace)  # what stands in its way is said here, before a browser opens
    serve.serve(port=options.port, open_browser=not options.no_browser, workspace=options.workspace)
    return DONE


def _example(options: argparse.Namespace) -> int:
    for path in samples.write(options.directory):
        print(path)
    return DONE


def _inspect(options: argparse.Namespace) -> int:
    instrument = None if options.instrument is None else intake.read_instrument(options.instrument)
    if options.workspace is not None:
        found = history_command.inspected(options.workspace, options.files, instrument, options.period)
    else:
        found = [intake.inspect(file, instrument=instrument, period=options.period) for file in options.files]
    if options.json:
        sys.stdout.write(reports.to_json([inspection.to_json() for inspection in found]).decode())
    else:
        print("\n\n".join(wording.inspection_summary(inspection) for inspection in found))
    return DONE


def _diagnose(options: argparse.Namespace) -> int:
    settings, kinds, template = _settings(options), _asked(options), _template(options)
    brought = _read_all(options, settings) if options.survey else _kept(options)
    if options.survey and options.instrument is None:
        print("Instrument as proposed; correct it and give it with --instrument:")
        print(brought["survey"].instrument.to_toml())
    _say("computing the diagnosis")
    released = dashboard.diagnose(**brought, settings=settings)
    goes_with = _goes_with(brought, released)
    files = reports.tables(released, goes_with)
    if kinds:
        _say(f"drawing {', '.join(kinds)}")
        drawn = reports.reports(released, goes_with, kinds, _edits(options), template)
        files |= {f"report.{kind}": content for kind, content in drawn.items()}
    _write(options.out, files)
    print(wording.headline(released))
    written = "Tables and reports" if kinds else "Tables"
    remarks = wording.numbers.counted(len(released.problems), "remark")
    print(f"{written} written to {options.out}; {remarks} in problems.csv")
    return DONE


def _goes_with(brought: Mapping[str, Any], released: Released) -> GoesWithReleased | None:
    """Whether collective efficacy goes with performance; `None` where none was brought."""
    if brought["performance"] is None:
        return None
    _say("setting performance against the beliefs before it")
    return dashboard.goes_with_performance(
        brought["survey"], brought["performance"], diagnosis=released, roster=brought["roster"]
    )


def _asked(options: argparse.Namespace) -> tuple[str, ...]:
    """The reports that were asked for, each once."""
    kinds = [kind.strip().lower() for kind in (options.report or "").split(",") if kind.strip()]
    if unknown := [kind for kind in kinds if kind not in reports.KINDS]:
        possible = f"Possible are {', '.join(reports.KINDS)}, with commas between them"
        raise _refusal("--report", f"there is no report “{unknown[0]}”", possible)
    if options.report is not None and not kinds:
        raise _refusal("--report", "no report was named", f"Name any of {', '.join(reports.KINDS)}, or leave it out")
    return tuple(dict.fromkeys(kinds))


def _template(options: argparse.Namespace) -> bytes | None:
    """The template of the slides, known to be one before anything is computed."""
    if options.template is None:
        return None
    if "pptx" not in _asked(options):
        raise _refusal("--template", "no slides were asked for", "Ask for them with --report pptx, or leave it out")
    content = Path(options.template).read_bytes()
    try:
        reports.check_template(content)
    except InputRefused as refused:
        raise InputRefused([replace(problem, file=options.template) for problem in refused.problems]) from refused
    return content


def _edits(options: argparse.Namespace) -> Edits:
    """What presenters changed in the story of a workspace; nothing where files were named."""
    if options.survey or options.workspace is None:
        return Edits()
    story = history.Workspace(options.workspace, create=False).story()
    return Edits() if story is None else Edits.from_json(story.edits)


def _settings(options: argparse.Namespace) -> Settings:
    try:
        return Settings(minimum_group=options.minimum_group)
    except ValueError as error:
        raise _refusal("--minimum-group", str(error), "Give a number from 3 up") from error


def _refusal(place: str, found: str, remedy: str) -> InputRefused:
    return InputRefused([Problem(file=place, found=found, remedy=remedy, severity=Severity.ERROR)])


def _kept(options: argparse.Namespace) -> dict[str, Any]:
    """What a workspace keeps, by the names `dashboard.diagnose` takes."""
    if options.workspace is None:
        raise _refusal("diagnose", "no survey was named", "Name its files, or a workspace that keeps one")
    records = history.Workspace(options.workspace, create=False).records()
    if records.survey is None:
        raise _refusal(str(options.workspace), "no survey was brought into it yet", "Bring one with history import")
    return dict(records.as_arguments())


def _read_all(options: argparse.Namespace, settings: Settings, instrument: Instrument | None = None) -> dict[str, Any]:
    """Everything that was brought, by the names `dashboard.diagnose` takes; all problems of all files at once."""
    problems: list[Problem] = []
    instrument = instrument or _read(problems, intake.read_instrument, options.instrument)
    with_instrument = {"instrument": instrument, "period": options.period, "settings": settings}
    brought = {"survey": _read(problems, intake.read_survey, options.survey or None, **with_instrument)}
    for kind in ("performance", "events", "structures", "roster"):
        reader = getattr(intake, f"read_{kind}")
        brought[kind] = _read(problems, reader, getattr(options, kind), period=options.period, settings=settings)
    if problems:
        raise InputRefused(problems)
    return brought


def _read(problems: list[Problem], reader: Callable[..., Read], source: Any, **how: Any) -> Read | None:
    """What a reader makes of a source, `None` where none was given or it was refused."""
    if source is None:
        return None
    _say(f"reading {source if isinstance(source, str) else ', '.join(source)}")
    try:
        return reader(source, **how)
    except InputRefused as refusal:
        problems.extend(refusal.problems)
        return None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files or none: each is complete before the first takes its place; none of an earlier run stays."""
    folder.mkdir(parents=True, exist_ok=True)
    if blocked := [name for name in (*reports.TABLES, *reports.FILES) if (folder / name).is_dir()]:
        kind = "a table" if blocked[0] in reports.TABLES else "a report"
        raise _refusal(
            str(folder / blocked[0]), f"a folder has the name of {kind}", "Choose another --out, or rename it"
        )
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as waiting:
        for name, content in files.items():
            (Path(waiting) / name).write_bytes(content)
        for name in files:
            os.replace(Path(waiting) / name, folder / name)
    for name in {*reports.TABLES, *reports.FILES} - set(files):
        (folder / name).unlink(missing_ok=True)


def _speak_utf8() -> None:
    """Names and signs of every language print, and print alike, on consoles and into files of every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(step: str) -> None:
    """Progress, for a person at a terminal only."""
    if sys.stderr.isatty():
        print(f"… {step}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
