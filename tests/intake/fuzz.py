"""
Fuzz: example files damaged at random; each must be read or refused, fast, and never changed in silence.

    python -m tests.intake.fuzz --files 10000 --seed 1

Two kinds of damage. *Noise* changes any bytes; it may turn one answer into another, which nobody can see, so only
errors and time count. *Damage to the form* (delimiters, quotes, ends of lines, encodings, rows cut, joined, repeated)
never changes what a cell says; whatever is read then that the undamaged file does not say must have been reported.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from dashboard.intake import NamedBytes, inspect, instrument_from_roles, read_performance, read_survey
from dashboard.intake.decoding import decode
from dashboard.intake.notes import Notes
from dashboard.terms import COLLECTIVE, INDIVIDUAL, InputRefused, Instrument, Survey
from tests.intake.made import survey

FILES = Path(__file__).parent / "files"
LARGEST = 40_000  # bytes of a file that are kept, so that ten thousand take minutes
SLOW = 5.0  # seconds
PERIOD = "2026-Q1"

Damage = Callable[[bytearray, random.Random], None]


# ── damage ────────────────────────────────────────────────────────────────────────────────────────


def _spots(content: bytearray, signs: bytes) -> list[int]:
    return [place for place, sign in enumerate(content) if sign in signs]


def _delete_sign(signs: bytes) -> Damage:
    def damage(content: bytearray, chance: random.Random) -> None:
        if spots := _spots(content, signs):
            del content[chance.choice(spots)]

    return damage


def _insert(*pieces: bytes) -> Damage:
    def damage(content: bytearray, chance: random.Random) -> None:
        at = chance.randrange(len(content) + 1)
        content[at:at] = chance.choice(pieces)

    return damage


def _delimiter_more(content: bytearray, chance: random.Random) -> None:
    """The file's own delimiter; another is text."""
    own = max(b",;\t", key=lambda sign: bytes(content).count(sign))
    spots = _spots(content, bytes([own]))
    if spots:
        content.insert(chance.choice(spots), own)


def _insert_between(*pieces: bytes) -> Damage:
    """At the edge of a cell only, so that no cell is cut in two."""

    def damage(content: bytearray, chance: random.Random) -> None:
        at = chance.choice(_spots(content, b",;\t\n") or [0])
        content[at:at] = chance.choice(pieces)

    return damage


def _hidden(content: bytearray, chance: random.Random) -> None:
    """Where the file is UTF-8; in another encoding the same bytes are visible signs."""
    with suppress(UnicodeError):
        bytes(content).decode("utf-8")
        _insert_between("\u200b".encode(), "\ufeff".encode(), "\u00ad".encode())(content, chance)


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Damage:
    def damage(content: bytearray, chance: random.Random) -> None:
        lines = bytes(content).split(b"\n")
        if len(lines) > 3:
            change(lines, chance)
            content[:] = b"\n".join(lines)

    return damage


def _shuffle(lines: list[bytes], chance: random.Random) -> None:
    """Half of the rows, those that are surely no header."""
    middle = lines[len(lines) // 2 : -1]
    lines[len(lines) // 2 : -1] = chance.sample(middle, len(middle))


def _cut_after_cell(content: bytearray, chance: random.Random) -> None:
    """As an upload that breaks off."""
    spots = _spots(content, b",;\t\n")
    if spots:
        del content[chance.choice(spots[len(spots) // 2 :]) :]


def _reencoded(content: bytearray, chance: random.Random) -> None:
    try:
        text = bytes(content).decode("utf-8-sig")
        content[:] = text.encode(chance.choice(["utf-16", "utf-8-sig", "utf-8"]))
    except UnicodeError:
        pass


def _newlines(content: bytearray, chance: random.Random) -> None:
    if b"\r" not in content and b"\x00" not in content:
        content[:] = bytes(content).replace(b"\n", chance.choice([b"\r\n", b"\n", b"\r"]))


FORM: dict[str, Damage] = {
    "a delimiter lost": _delete_sign(b",;\t"),
    "a delimiter more": _delimiter_more,
    "a quote lost": _delete_sign(b'"'),
    "a quote more": _insert_between(b'"'),
    "an end of line lost": _delete_sign(b"\n"),
    "an end of line more": _insert_between(b"\n", b"\r\n", b"\n\n\n"),
    "a row lost": _lines(lambda lines, chance: lines.pop(chance.randrange(1, len(lines)))),
    "a row repeated": _lines(lambda lines, chance: lines.insert(chance.randrange(1, len(lines)), lines[0])),
    "rows shuffled": _lines(_shuffle),
    "a footnote": _lines(lambda lines, chance: lines.insert(-1, chance.choice([b"Source: HR", b"Total", b""]))),
    "a title": _lines(lambda lines, chance: lines.insert(0, chance.choice([b"Pulse survey", b"", b"sep=,"]))),
    "cut off": _cut_after_cell,
    "another encoding": _reencoded,
    "other ends of lines": _newlines,
    "a hidden character": _hidden,
    "a NUL byte": _insert_between(b"\x00"),
    "a byte that is no text": _insert_between(b"\xff", b"\xc3"),
}  # fmt: skip
NOISE: dict[str, Damage] = {
    "bytes lost": lambda content, chance: content.__delitem__(
        slice(at := chance.randrange(len(content) + 1), at + chance.randint(1, 60))
    ),
    "bytes more": _insert(*b",|\"|\n|\r|;|\t|\x00|\xff|'|Total,|1e9|%|-1".split(b"|")),
    "bytes changed": lambda content, chance: content.__setitem__(
        chance.randrange(len(content)), chance.randrange(256)
    ) if content else None,
    "a piece repeated": lambda content, chance: content.extend(
        content[(at := chance.randrange(len(content) + 1)) : at + 500] * chance.randint(1, 20)
    ),
    "another beginning": lambda content, chance: content.__setitem__(
        slice(0, chance.randint(0, 4)), chance.choice([b"PK\x03\x04", b"\x1f\x8b\x08", b"%PDF", b"\xff\xfe", b'{"'])
    ),
}  # fmt: skip


# ── what a file says ──────────────────────────────────────────────────────────────────────────────

Facts = Counter[tuple[str, str, str, str, float]]


def facts(found: Survey) -> Facts:
    """Every answer with its team, period, person and item."""
    said: Facts = Counter()
    persons = [*found.respondents.tolist(), ""]
    for scale, answers in found.answers.items():
        for place, item in enumerate(found.instrument.scales[scale].items):
            for row, answer in enumerate(answers[:, place].tolist()):
                if answer == answer:
                    team, period = found.teams[found.team[row]], str(found.periods[found.period[row]])
                    said[team, period, persons[found.respondent[row]], item, answer] += 1
    return said


@dataclass(frozen=True)
class Example:
    """An undamaged file: what it says by its mapping (`None` where it cannot be read), and what is odd about it."""

    name: str
    content: bytes
    instrument: Instrument | None
    facts: Facts | None
    told: frozenset[str]


def _mapping(content: NamedBytes) -> Instrument | None:
    """The mapping a person would confirm: of items without a scale the first half is about the person."""
    roles = list(inspect(content, period=PERIOD).roles)
    free = [place for place, row in enumerate(roles) if row.role == "item" and row.scale is None]
    for nth, place in enumerate(free):
        roles[place] = replace(roles[place], scale=INDIVIDUAL if nth < len(free) / 2 else COLLECTIVE)
    instrument = instrument_from_roles(roles)
    return instrument if {INDIVIDUAL, COLLECTIVE} <= set(instrument.scales) else None


def _read(content: NamedBytes, instrument: Instrument | None) -> tuple[Facts | None, frozenset[str]]:
    try:
        found = read_survey(content, instrument=instrument, period=PERIOD)
    except InputRefused as refusal:
        return None, frozenset(problem.found for problem in refusal.problems)
    return facts(found), frozenset(problem.found for problem in found.problems)


@cache
def examples() -> tuple[Example, ...]:
    """All example files, and a well-formed one."""
    paths = [path for path in sorted(FILES.glob("*/*")) if path.suffix in (".csv", ".tsv")]
    found = [_example(path.name, path.read_bytes()) for path in paths if path.name != "MANIFEST.csv"]
    return (*found, _example("pulse.csv", survey(teams=5, members=6)))


def _example(name: str, content: bytes) -> Example:
    if len(content) > LARGEST:
        content = content[: content.rfind(b"\n", 0, LARGEST) + 1] or content[:LARGEST]
    file = NamedBytes(name, content)
    instrument = _mapping(file)
    return Example(name, content, instrument, *_read(file, instrument))


# ── the run ───────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Outcome:
    """Counts of a run, and what must not be."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def run(files: int, seed: int) -> Outcome:
    """Damage so many files, one after the other, and read each."""
    outcome = Outcome()
    chance = random.Random(seed)  # noqa: S311
    for number in range(files):
        one(chance.choice(examples()), random.Random(f"{seed}-{number}"), outcome, number)  # noqa: S311
    return outcome


def one(example: Example, chance: random.Random, outcome: Outcome, number: int) -> None:
    """Damage one file and read it."""
    formal = chance.random() < 0.6
    kinds = FORM if formal else NOISE
    chosen = chance.choices(sorted(kinds), k=1 if formal else chance.randint(1, 8))
    content = bytearray(example.content)
    for name in chosen:
        kinds[name](content, chance)
    what = f"{number} {example.name}: {', '.join(chosen)}"
    started = time.process_time()
    try:
        outcome.counts[verdict(example, bytes(content), formal, chosen, outcome, what)] += 1
    except Exception as error:  # whatever it is, it is what this run is for
        outcome.counts["errors"] += 1
        outcome.wrong.append(f"{what}: {type(error).__name__} {error}")
    took = time.process_time() - started
    outcome.slowest = max(outcome.slowest, took)
    if took > SLOW:
        outcome.wrong.append(f"{what}: took {took:.1f} s")


def verdict(
    example: Example, content: bytes, formal: bool, chosen: Iterable[str], outcome: Outcome, what: str
) -> str:  # fmt: skip
    """What became of a damaged file, in one of five words."""
    file = NamedBytes(example.name, content)
    json.dumps(inspect(file, instrument=example.instrument).to_json())
    if not formal:
        with suppress(InputRefused):
            read_performance(file, period=PERIOD)
    said, told = _read(file, example.instrument)
    if said is None:
        return "refused" if told else "refused without a reason"
    if told - example.told:
        return "read, and said what was odd"
    if not formal or example.facts is None:
        return "read as before or noise"
    if said - example.facts and not _decided(example, chosen) and not _is_text(example, chosen):
        outcome.wrong.append(f"{what}: silent change, {list((said - example.facts).items())[:2]}")
        return "changed in silence"
    return "read, nothing but what the whole file says"


def _decided(example: Example, chosen: Iterable[str]) -> bool:
    """Whether one of two contradicting rows was lost: the other then rightly counts, as it did not before."""
    return "a row lost" in chosen and any("the same respondent twice" in found for found in example.told)


def _is_text(example: Example, chosen: Iterable[str]) -> bool:
    """Whether the byte that is no text is one here: where every byte is a sign, nobody can tell it from a name."""
    single = not decode(example.content, Notes(example.name)).encoding.startswith("utf")
    return single and "a byte that is no text" in chosen


def main() -> int:
    parser = argparse.ArgumentParser(description="read example files damaged at random")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcome = run(options.files, options.seed)
    print(f"{options.files:,} damaged files of {len(examples())} examples, seed {options.seed}")
    for name, count in outcome.counts.most_common():
        print(f"{count:7,}  {name}")
    print(f"slowest {outcome.slowest:.2f} s of processor time; wrong: {len(outcome.wrong)}")
    print("\n".join(outcome.wrong[:50]))
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
