"""The library: every design can be read, run, watched, found not to have worked, and looked up."""

from __future__ import annotations

import re

import pytest

from dashboard.designs import LIBRARY, Design, sources
from dashboard.designs.library import named
from tests.wording.sentences import Sentence
from tests.wording.test_what_may_not_be_said import found

CITED = re.compile(r"^[A-Z].* \((19|20)\d\d\)\. .+\.$")
JOURNAL = re.compile(r"(\d+\(\d+\), \d+–\d+\.|W\. H\. Freeman\.)$")  # volume, issue and pages; a book its publisher


def every_source() -> list[str]:
    return [text for name, text in vars(sources).items() if name.isupper()]


def test_there_are_eight_to_ten_designs_with_keys_and_names_of_their_own() -> None:
    assert 8 <= len(LIBRARY) <= 10
    assert len({design.key for design in LIBRARY}) == len({design.name for design in LIBRARY}) == len(LIBRARY)


@pytest.mark.parametrize("design", LIBRARY, ids=lambda design: design.key)
def test_a_design_is_complete_and_short_enough_to_be_read(design: Design) -> None:
    assert all((design.name, design.idea, design.fits, design.refuted))
    assert 4 <= len(design.steps) <= 5
    assert 2 <= len(design.watch) <= 3
    assert len(design.name) <= 30
    assert len(design.idea) <= 110  # a line of a slide
    assert max(map(len, design.steps)) <= 125


@pytest.mark.parametrize("design", LIBRARY, ids=lambda design: design.key)
def test_a_design_names_two_sources_or_more_with_year_and_place(design: Design) -> None:
    assert len(design.sources) >= 2
    assert all(CITED.match(source) and JOURNAL.search(source) for source in design.sources)


@pytest.mark.parametrize("design", LIBRARY, ids=lambda design: design.key)
def test_what_to_watch_names_the_next_survey_or_something_that_can_be_counted(design: Design) -> None:
    watched = " ".join(design.watch)
    assert "next survey" in watched or "How many" in watched


@pytest.mark.parametrize("design", LIBRARY, ids=lambda design: design.key)
def test_a_design_promises_nothing(design: Design) -> None:
    texts = (design.name, design.idea, design.fits, *design.steps, *design.watch, design.refuted)
    assert found(Sentence(design.key, text) for text in texts) == []


def test_no_source_states_a_figure_of_what_was_found() -> None:
    for source in every_source():
        assert not re.search(r"\bd = |\br = |%|\.\d\d", source)


def test_an_event_is_known_by_the_name_of_its_design() -> None:
    for design in LIBRARY:
        assert named(design.name.upper()) is design
        assert named(f"{design.name}: spring") is design
    assert named("Joint migration sprint") is None
    assert named("") is None
