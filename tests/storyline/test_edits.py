"""What a presenter changed: titles, order, what is hidden; kept by keys, and never in the way of the story."""

from __future__ import annotations

import json

import pytest

from dashboard.storyline import Deck, Edits, Slide, arranged, shown
from dashboard.storyline.edits import LONGEST_TITLE

STORY = Deck(title="", scope="", slides=tuple(Slide(key=key, title=key.upper()) for key in "abcde"))


def keys(deck: Deck) -> str:
    return "".join(slide.key for slide in deck.slides)


def test_without_edits_the_story_is_as_it_was_told() -> None:
    assert arranged(STORY, Edits()) == shown(STORY, Edits()) == STORY


def test_hidden_slides_are_edited_and_not_shown() -> None:
    edits = Edits(hidden=frozenset("bd"))
    assert keys(arranged(STORY, edits)) == "abcde"
    assert keys(shown(STORY, edits)) == "ace"


def test_slides_stand_in_the_order_that_was_chosen() -> None:
    assert keys(arranged(STORY, Edits(order=tuple("edcba")))) == "edcba"


def test_a_slide_that_the_order_does_not_name_stays_behind_the_one_before_it() -> None:
    assert keys(arranged(STORY, Edits(order=tuple("cab")))) == "cdeab"
    assert keys(arranged(STORY, Edits(order=("b",)))) == "abcde"  # nothing but the first place is free before b


def test_titles_of_ones_own_replace_those_told_and_empty_ones_do_not() -> None:
    edits = Edits(titles={"a": "Mine", "b": ""})
    assert [slide.title for slide in arranged(STORY, edits).slides[:2]] == ["Mine", "B"]


def test_keys_that_are_no_longer_there_change_nothing() -> None:
    edits = Edits(titles={"team:Gone": "x"}, order=("team:Gone", "z"), hidden=frozenset({"team:Gone"}))
    assert shown(STORY, edits) == STORY


def test_edits_come_back_as_they_were_kept() -> None:
    edits = Edits(titles={"team:=cmd|' /C": "“Ä”\n"}, order=("b", "a"), hidden=frozenset({"a"}))
    assert Edits.from_json(edits.to_json()) == edits
    assert edits.to_json() == Edits.from_json(edits.to_json()).to_json()


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"titles": 3, "order": "ab", "hidden": {}}', '{"other": [1]}', "\x00"]
)
def test_what_is_not_understood_is_left_out(text: str) -> None:
    assert Edits.from_json(text) == Edits()


def test_a_title_has_an_end() -> None:
    kept = Edits.from_json(json.dumps({"titles": {"a": "x" * 4000}}))
    assert len(kept.titles["a"]) == LONGEST_TITLE
