"""What the words of a question say, in four languages, and what the answers say about its direction."""

import numpy as np
import pytest

from dashboard.intake import inspect, read_survey
from dashboard.intake.directions import directions
from dashboard.intake.questions import is_turned, mirrored, scale_of
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Severity
from tests.intake.made import text

PAIRS = {
    "English": (
        ("I can solve hard problems at work", "I am sure of my judgement", "I finish what I start"),
        ("Our team can solve hard problems at work", "We are sure of our judgement", "My team finishes what it starts"),
    ),
    "German": (
        ("Ich kann schwierige Aufgaben lösen", "Ich vertraue meinem Urteil", "Ich erreiche meine Ziele"),
        ("Unser Team kann schwierige Aufgaben lösen", "Wir vertrauen unserem Urteil", "Wir erreichen unsere Ziele"),
    ),
    "French": (
        ("Je peux résoudre des problèmes complexes", "J'arrive à gérer les imprévus",
         "Je sais atteindre mes objectifs"),
        ("Notre équipe peut résoudre des problèmes complexes", "Nous arrivons à gérer les imprévus",
         "Nous savons atteindre nos objectifs"),
    ),
    "Spanish": (
        ("Puedo resolver problemas complejos", "Confío en mis capacidades", "Soy capaz de alcanzar mis metas"),
        ("Nuestro equipo puede resolver problemas complejos", "Confiamos en nuestras capacidades",
         "Mi equipo es capaz de alcanzar sus metas"),
    ),
}  # fmt: skip


def answered(header: tuple[str, ...], people: int = 60, turned: tuple[int, ...] = ()) -> bytes:
    """One opinion a person, told on every item with a little noise; some items turned round."""
    chance = np.random.default_rng(7)
    opinion = chance.integers(1, 6, people)
    noisy = np.clip(opinion[:, None] + chance.integers(-1, 2, (people, len(header))), 1, 5)
    noisy[:, list(turned)] = 6 - noisy[:, list(turned)]
    made = [[f"p{n}", f"Team {n % 3}", "2026-Q1", *map(str, row)] for n, row in enumerate(noisy.tolist())]
    quoted = tuple(f'"{name}"' for name in header)
    return text(made, ("respondent_id", "team", "quarter", *quoted)).encode()


@pytest.mark.parametrize("language", PAIRS)
def test_whom_a_question_asks_about_is_seen_in_four_languages(language: str) -> None:
    own, shared = PAIRS[language]
    assert [scale_of(question)[0] for question in own] == [INDIVIDUAL] * 3
    assert [scale_of(question)[0] for question in shared] == [COLLECTIVE] * 3


@pytest.mark.parametrize("language", PAIRS)
def test_mirrored_pairs_are_found_and_each_item_says_its_partner(language: str) -> None:
    own, shared = PAIRS[language]
    found = inspect(answered((*own, *shared)))
    assert found.instrument is not None
    assert found.instrument.mirrored
    reasons = {item.column: item.reason for item in found.items}
    assert [reasons[item].split("; mirrors ")[1] for item in own] == list(shared)


def test_questions_that_ask_different_things_are_not_mirrored() -> None:
    own, shared = PAIRS["English"]
    assert mirrored(dict.fromkeys(own[:2], "") | {"a": "I like lunch"}, {"x": "We plan ahead"}) == ()
    found = read_survey(answered((*own, "We plan ahead in good time", "Our team shares what it learns", shared[2])))
    assert not found.instrument.mirrored


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("I doubt that I can keep up", True), ("I cannot deal with new tools", True), ("I can deal with them", False),
        ("Ich zweifle an meinem Urteil", True), ("Wir geben nicht auf", False), ("Ich kann kaum mithalten", True),
        ("Je n'arrive pas à suivre", True), ("Je peux résoudre des problèmes difficiles", False),
        ("No puedo seguir el ritmo", True), ("Puedo resolver problemas difíciles", False),
        ("No problem is too big for us", False), ("I keep going even if I do not succeed", False),
    ],
)  # fmt: skip
def test_wording_says_whether_agreeing_means_little(question: str, turned: bool) -> None:
    assert is_turned(question) == turned


TURNED = ("I can solve hard problems", "I doubt that I can keep up", "I finish what I start", "I reach my goals",
          "We plan ahead well", "Our team learns fast")  # fmt: skip


def choices(content: bytes) -> str:
    return "\n".join(str(problem) for problem in inspect(content).problems if problem.severity is Severity.CHOICE)


def test_an_item_worded_and_answered_the_other_way_round_is_proposed_as_reversed_and_asked() -> None:
    content = answered(TURNED, turned=(1,))
    found = inspect(content)
    assert read_survey(content).instrument.individual.reversed == (TURNED[1],)
    assert "worded the other way round than the rest of its scale (r = -0." in choices(content)
    row = next(row for row in found.roles if row.column == TURNED[1])
    assert row.reversed
    assert "taken as reversed" in row.reason


def test_an_item_that_was_turned_before_the_export_is_not_turned_again() -> None:
    content = answered(TURNED)
    assert read_survey(content).instrument.individual.reversed == ()
    assert "it was probably turned before the export; it was not turned" in choices(content)


def test_an_item_that_runs_against_the_others_without_saying_so_is_asked_and_not_turned() -> None:
    content = answered(TURNED, turned=(2,))
    assert TURNED[2] not in read_survey(content).instrument.individual.reversed
    assert f"column {TURNED[2]}: its answers run against those of the other items" in choices(content)


def test_random_answers_raise_no_question() -> None:
    chance = np.random.default_rng(3)
    for _ in range(200):
        found = directions(chance.integers(1, 6, (80, 4)).astype(float), [False] * 4)
        assert not any(direction.asked or direction.reversed for direction in found)


def test_a_correlation_needs_answers_that_vary() -> None:
    found = directions(np.full((50, 3), 4.0), [False, True, False])
    assert [direction.reversed for direction in found] == [False, True, False]
    assert not any(direction.asked for direction in found)


@pytest.mark.parametrize(
    ("question", "scale"),
    [
        ("Our successes were down to good coordination", "attribution_coordination"),
        ("Notre succès est dû à la chance", "attribution_luck"),
        ("Nuestros éxitos se deben a una o dos personas", "attribution_heroics"),
        ("Unsere Erfolge verdanken wir Hilfe von außen", "attribution_help"),
        ("We depend on each other to get work done", "interdependence"),
        ("Our team can achieve its goals by working together", COLLECTIVE),
    ],
)
def test_what_success_is_put_down_to_is_told_from_what_a_team_can_do(question: str, scale: str) -> None:
    assert scale_of(question)[0] == scale
