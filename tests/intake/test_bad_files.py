"""Every file that is wrong, odd or hostile: what becomes of it, and what the user is told, word for word."""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.intake import inspect, read_performance, read_survey
from dashboard.terms import InputRefused, Problem

BAD = Path(__file__).parent / "files" / "bad"
with (BAD / "MANIFEST.csv").open(encoding="utf-8", newline="") as _file:
    MANIFEST = {row["file"]: row for row in csv.DictReader(_file)}
TOLD = json.loads((BAD / "told.json").read_text(encoding="utf-8"))
VERDICTS = {"read": "read", "read_warn": "read_warn", "reject": "refuse"}
NEEDS_HISTORY = {
    "180_again.csv": "that a file was brought before is known to a workspace only, not to the reading of one file",
    "182_minus_one.csv": "what it replaces is known to a workspace only, not to the reading of one file",
    "184_fewer_items.csv": "last quarter's items are known to a workspace only, not to the reading of one file",
}


def files(*, expected: bool = True) -> list[object]:
    """Every file of the manifest; those not met yet as strict failures, with the reason."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=NEEDS_HISTORY[name]))
        if expected and name in NEEDS_HISTORY
        else name
        for name in MANIFEST
    ]


@pytest.mark.parametrize("name", files())
def test_each_file_gets_the_verdict_it_must(name: str) -> None:
    allowed = {VERDICTS[word] for word in MANIFEST[name]["expected"].split("|")}
    assert inspect(BAD / name).verdict in allowed


@pytest.mark.parametrize("name", files(expected=False))
def test_as_many_respondents_remain_as_must(name: str) -> None:
    found, remain = inspect(BAD / name), MANIFEST[name]["respondents_if_read"]
    if remain and found.verdict != "refuse":
        assert found.respondents == int(remain)


@pytest.mark.parametrize("name", files(expected=False))
def test_each_file_is_told_about_word_for_word(name: str) -> None:
    assert [f"{problem.severity}: {problem}" for problem in inspect(BAD / name).problems] == TOLD[name]


@pytest.mark.parametrize("name", files(expected=False))
def test_reading_a_bad_file_either_works_or_is_refused_with_reasons(name: str) -> None:
    for reader in (read_survey, read_performance):
        problems = refused_with(reader, BAD / name)
        assert problems is None or problems
        assert all(problem.file == name and problem.remedy for problem in problems or ())


def refused_with(reader: Callable[..., object], source: Path | bytes) -> tuple[Problem, ...] | None:
    """The reasons of a refusal, `None` when the file was read; any other exception is a failure."""
    try:
        reader(source, period="2026-Q1")
    except InputRefused as refusal:
        return refusal.problems
    return None


PIECES = [
    b",", b'"', b"\n", b"\r", b";", b"\t", b"\x00", b"\xff", b"'", b"\n\n", b"Total,", "\u200b".encode(), b"1e9", b"%",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused_and_never_fails(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    content = bytearray((BAD / chance.choice(sorted(MANIFEST))).read_bytes()[:3000])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(content) + 1)
        if chance.random() < 0.5:
            content[at:at] = chance.choice(PIECES)
        else:
            del content[at : at + chance.randint(1, 60)]
    inspect(bytes(content))
    for reader in (read_survey, read_performance):
        problems = refused_with(reader, bytes(content))
        assert problems is None or problems
