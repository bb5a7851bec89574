"""
No sentence says what may not be said: section 12 of the method, held against every text in the source of the rooms that
speak to a reader, and against every sentence they make over all states and the extremes of numbers.

Where a forbidden word is quoted as forbidden, or stands for something else, the very text is listed in `ALLOWED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.wording.rendered import rendered
from tests.wording.sentences import ROOMS, ROOT, Sentence, texts, written

FORBIDDEN: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "a cause": r"\bcaus\w*|\b(drives?|drove|driven|driving|drivers?)\b|\b(ensur|guarante)\w*",
        "a cause in other words": (
            r"\b(due to|thanks to|because of|as a result of|owing to|leads? to|led to|results? in|resulted in|brings? about|"
            r"brought about|responsible for|attributable to)\b"
        ),
        "an effect": r"\b(impact\w*|effects? (of|on)|affects?|influenc\w*|boost\w*|improv\w*|strengthen\w*|weaken\w*)\b",
        "a figure that pushes another": r"\b(rais|lift|increas|reduc)(e|es|ed|s|ing)?\b",
        "an explanation": r"\bexplain\w*",
        "independence of competence": r"\bindependent(ly)? of\b",
        "an explained share of the model’s own rows": r"in-sample|\bR²|R\^2|R-squared|variance explained|explained variance",
        "consensus, or a grade of agreement": r"\bconsensus\b|\b(high|strong|good|poor|weak|excellent) agreement\b",
        "r_WG as one number": r"r_WG(\(J\))?\s*(is|=|of|:)?\s*[01]?\.\d",
        "a team that fails": (
            r"\b(fail|underperform|struggl|deficien|dysfunction|unhealth|toxic)\w*|\b(bad|poor|weak|weakest|worst|best) teams?\b"
        ),
        "ranks": r"\brank(s|ed|ing|ings)?\b|\bleague table|\b(best|worst)\b|\b(top|bottom) (\d+|ten|five|three|teams?)\b",
        "health without a flag": r"\bhealthy\b|\ball is well\b|\bnothing to worry\b|\bgood news\b",
        "a proof": r"\bemergent property\b|\bdemonstrat\w*|\b(prove|proves|proved|proven|proof)\b|\b(certainly|definitely)\b",
        "a benchmark": r"\bbenchmark\w*|\bindustry (average|standard|norm)|\bnorm group\b|\bother (companies|organisations)\b",
        "one person": r"\b(he|she|his|hers|her|him)\b|\bemployee\w*",
    }.items()
}
SIGNIFICANT = re.compile(r"\bsignifican\w*", re.IGNORECASE)
TESTS = re.compile(r"\b(\d+|one|…) tests?\b", re.IGNORECASE)  # the number of tests, in the same sentence
LEVELS = re.compile(  # collective below individual level, which only mirrored items allow
    r"(below|lower than|under|above|higher than) (its |their )?(members’ belief in themselves|individual efficacy)(?! predicts)",
    re.IGNORECASE,
)

# (file or function, the text): quoted as what may not be said, or said of something that is no team and no figure.
ALLOWED = {
    ("wording/method_words.py", "causes, drives, ensures"),
    ("wording/method_words.py", "goes with; nothing here knows a cause"),
    ("wording/method_words.py", "independent of competence"),
    ("wording/method_words.py", "in-sample R²"),
    ("wording/method_words.py", "high consensus (r_WG .84)"),
    ("wording/method_words.py", "significant"),
    ("wording/method_words.py", "failing"),
    ("wording/method_words.py", "ranks, best and worst"),
    ("wording/method_words.py", "no teams flagged: healthy"),
    ("wording/method_words.py", "no flag is never “healthy”"),
    ("wording/method_words.py", "an emergent property was demonstrated"),
    ("wording/method_words.py", "success was due to coordination"),
    ("wording/method_words.py", "above or below the benchmark"),
    ("wording/method_words.py", "no outside benchmark without a source"),
    (  # titles of papers, as they are cited
        "designs/sources.py",
        "Marks, Sabella, Burke & Zaccaro (2002). The impact of cross-training on team effectiveness. Journal of Applied Psychology 87(1), 3–13.",
    ),
    (
        "designs/sources.py",
        "Salas, DiazGranados, Klein, Burke, Stagl, Goodwin & Halpin (2008). Does team training improve team performance? A meta-analysis. Human Factors 50(6), 903–933.",
    ),
}
# Parts of a text that take a forbidden word back; the rest of the text is read without them.
TAKEN_BACK = (
    "they do not explain it",
    "there are no ranks here",
    "No ranks, no outside benchmarks",
    "That does not mean that all is well",
    "This is not good news or bad",
    "That says nothing, good or bad",
    "not due to who happened to answer",  # reliability of a mean: of chance in who answered, not of a cause
    "a good quarter can lift what",  # the reverse direction, named as what cannot be told
    "may stop short of their best",  # iterations of an estimate
    "Chance lifts or lowers the first period",  # what was simulated
    "individual significant and collective not",  # the key of a rule in the study's table, told in other words
    r"\overline{\Delta R^2}",  # inside the formula of general dominance, whose shares are shown and never the whole
)


@cache
def everything() -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys([*written(), *rendered()]))


def found(sentences: Iterable[Sentence]) -> list[str]:
    """What may not be said and is said, with its place."""
    return [
        f"{place}: {name}: {text}" for place, text in sentences if (place, text) not in ALLOWED for name in _said(text)
    ]


def _said(text: str) -> list[str]:
    rest = text
    for part in TAKEN_BACK:
        rest = rest.replace(part, "")
    names = [name for name, pattern in FORBIDDEN.items() if pattern.search(rest)]
    if SIGNIFICANT.search(rest) and not TESTS.search(rest):
        names.append("significant without the number of tests")
    return names


def test_no_sentence_of_any_state_says_what_may_not_be_said() -> None:
    assert found(everything()) == []


def test_the_collection_is_everything() -> None:
    places = {sentence.place for sentence in everything()}
    rooms = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).glob("*words.py")}
    assert rooms <= places  # every file of words
    assert len(everything()) > 3_000
    assert {"evidence", "gates", "goes with", "contrast", "power", "story"} <= places


def test_levels_are_compared_where_mirrored_items_are_asked_for_and_nowhere_else() -> None:
    places = {sentence.place for sentence in everything() if LEVELS.search(sentence.text)}
    assert places <= {
        "wording/beyond_words.py",
        "beyond",
        "wording/method_words.py",
    }  # behind the gate, and the list itself


@pytest.mark.parametrize(
    "sentence",
    [
        "Individual training drives collective efficacy.",
        "A shared task ensures that gains compound.",
        "The rise is due to coordination.",
        "AI roll-outs improve collective efficacy.",
        "Collective efficacy explains 30% of performance.",
        "Confidence independent of competence.",
        "In-sample R² is .42.",
        "High consensus in this team.",
        "Members agree (r_WG .84).",
        "The difference is significant.",
        "Two teams are failing.",
        "Atlas ranks third.",
        "The worst team is Atlas.",
        "The top 5 teams.",
        "No team is flagged: the organisation is healthy.",
        "This demonstrates an emergent property.",
        "Below the industry average.",
        "She answered 2.",
    ],
)
def test_a_sentence_that_may_not_be_said_would_be_found(sentence: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        f'"""Drives nothing: a docstring is not read."""\n\nTEXT = (\n    "Seen in 2026. "\n    "{sentence}"\n)\n'
    )
    assert found(Sentence("planted.py", text) for text in texts(planted.read_text()))


def test_a_sentence_in_pieces_and_with_figures_filled_in_would_be_found() -> None:
    source = 'def told(n):\n    return f"In {n} teams training " f"drives {n} gains"\n'
    assert found(Sentence("planted.py", text) for text in texts(source))


def test_significant_may_be_said_with_the_number_of_tests() -> None:
    assert not found([Sentence("planted.py", "1 of 20 tests is significant at 5%, as chance alone would have it.")])


def test_what_is_allowed_is_still_said_and_only_there() -> None:
    said = {(sentence.place, sentence.text) for sentence in written()}
    assert said >= ALLOWED
    everywhere = "\n".join(sentence.text for sentence in written())
    assert [part for part in TAKEN_BACK if part not in everywhere] == []
    assert found([Sentence("wording/team_words.py", text) for _, text in ALLOWED if text != "significant"])
