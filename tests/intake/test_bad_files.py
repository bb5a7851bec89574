"""Every file that is wrong, odd or hostile: what becomes of it, and what the user is told, word for word."""

import csv
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.history import Records, Workspace
from dashboard.history_command import inspected
from dashboard.intake import Inspection, inspect, read_instrument, read_performance, read_survey
from dashboard.terms import InputRefused, Problem

BAD = Path(__file__).parent / "files" / "bad"
with (BAD / "MANIFEST.csv").open(encoding="utf-8", newline="") as _file:
    MANIFEST = {row["file"]: row for row in csv.DictReader(_file)}
TOLD = json.loads((BAD / "told.json").read_text(encoding="utf-8"))
VERDICTS = {"read": "read", "read_warn": "read_warn", "reject": "refuse"}
BEFORE = "000_good.csv"
BESIDE_BEFORE = ("180_again.csv", "182_minus_one.csv", "184_fewer_items.csv")
"""Files whose oddity lies in what was brought before; they are looked at beside a workspace that keeps `BEFORE`."""
ASKED = b"""
[scales.individual_efficacy]
items = ["Q1", "Q2", "Q3"]
[scales.collective_efficacy]
items = ["Q4", "Q5", "Q6"]
"""


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Inspection]:
    """A file as `inspect` understands it, beside the workspace where that is what it is about."""
    folder = tmp_path_factory.mktemp("workspace")
    workspace, instrument = Workspace(folder), read_instrument(ASKED)
    survey, columns = read_survey(BAD / BEFORE, instrument=instrument), inspect(BAD / BEFORE).roles
    workspace.add(Records(survey=survey), who="Ada", remember={tuple(one.column for one in columns): instrument})

    def looked(name: str) -> Inspection:
        return inspected(folder, [str(BAD / name)])[0] if name in BESIDE_BEFORE else inspect(BAD / name)

    return looked


@pytest.mark.parametrize("name", MANIFEST)
def test_each_file_gets_the_verdict_it_must(name: str, look: Callable[[str], Inspection]) -> None:
    allowed = {VERDICTS[word] for word in MANIFEST[name]["expected"].split("|")}
    assert look(name).verdict in allowed


@pytest.mark.parametrize("name", MANIFEST)
def test_as_many_respondents_remain_as_must(name: str, look: Callable[[str], Inspection]) -> None:
    found, remain = look(name), MANIFEST[name]["respondents_if_read"]
    if remain and found.verdict != "refuse":
        assert found.respondents == int(remain)


@pytest.mark.parametrize("name", MANIFEST)
def test_each_file_is_told_about_word_for_word(name: str, look: Callable[[str], Inspection]) -> None:
    told = [f"{problem.severity}: {problem}" for problem in look(name).problems]
    assert [re.sub(r" of 20\d\d-\d\d-\d\d", " of TODAY", line) for line in told] == TOLD[name]


@pytest.mark.parametrize("name", BESIDE_BEFORE)
def test_what_was_brought_before_is_named_as_it_must(name: str, look: Callable[[str], Inspection]) -> None:
    assert MANIFEST[name]["message_must_name"] in " ".join(str(problem) for problem in look(name).problems)


@pytest.mark.parametrize("name", MANIFEST)
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
