"""
Present without a browser: the stage, the arrangement and the files, over made stories.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import palette
from dashboard.history import Records, Workspace
from dashboard.screens import present_story, session
from dashboard.screens.present_html import notes_html, slide_html
from dashboard.screens.present_layout import layout
from dashboard.storyline import Edits, Slide, Table, storyline
from dashboard.wording import present_words
from tests.screens import made
from tests.screens.driving import Show, words
from tests.storyline.made import SITUATIONS, deck

HOSTILE = "![x](https://h/p.png) <b>x</b> \u202e=cmd"


def on_stage(at: AppTest) -> str:
    """The HTML of the page."""
    return "\n".join(str(element.proto.body) for element in at.get("html"))


def title(at: AppTest) -> str:
    found = re.search(r"<h1>(.*?)</h1>", on_stage(at))
    assert found is not None
    return html.unescape(found[1])


def written() -> list[Slide]:
    """The slides of the made diagnosis, as they are written."""
    return list(storyline(made.released()).slides)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# ── the stage ─────────────────────────────────────────────────────────────────────────────────────


def test_the_address_names_the_slide_that_is_shown(show: Show) -> None:
    at = show("present", slide="reading")
    assert not at.exception
    assert title(at) == written()[1].title
    assert present_words.PAGE.format(at=2, all=len(written())) in on_stage(at)


@pytest.mark.parametrize("named", ["nonsense", "<script>", "team:Zephyr", ""])
def test_an_address_that_names_no_slide_shows_the_first(show: Show, named: str) -> None:
    at = show("present", slide=named)
    assert not at.exception
    assert title(at) == written()[0].title


def test_keys_turn_the_slides_and_the_address_follows(show: Show) -> None:
    slides, at = written(), show("present", slide="headline")
    for key, to in (("Right", 1), ("PageDown", 2), ("Left", 1), ("End", -1), ("Right", -1), ("Home", 0), ("PageUp", 0)):
        at.button(key=f"stage-{key}").click().run()
        assert title(at) == slides[to].title
        assert at.query_params["slide"] in (slides[to].key, [slides[to].key])


def test_a_plot_has_its_text_alternative_and_gives_way_to_its_figures(show: Show) -> None:
    at = show("present", slide="map")
    chart = next(one for one in at.get("plotly_chart") if one.proto.alt)
    plot = next(slide.plot for slide in written() if slide.key == "map")
    assert plot is not None
    assert chart.proto.alt == plot.alt
    at.button(key="stage-T").click().run()
    assert not [one for one in at.get("plotly_chart") if one.proto.alt]
    assert "<table>" in on_stage(at)
    assert "Atlas" in on_stage(at)


def test_notes_are_shown_when_they_are_asked_for(show: Show) -> None:
    at = show("present", slide="headline")
    assert notes_html(written()[0]) not in on_stage(at)
    at.button(key="stage-N").click().run()
    assert notes_html(written()[0]) in on_stage(at)


def test_the_speakers_window_shows_the_notes_and_what_comes_next(show: Show) -> None:
    at = show("present", slide="headline", view="notes")
    assert not at.exception
    slides = written()
    assert notes_html(slides[0]) in on_stage(at)
    assert "A flag says" in words(at)
    at.button(key="stage-Right").click().run()
    assert notes_html(slides[1]) in on_stage(at)


def test_leaving_goes_back_to_the_arrangement(show: Show) -> None:
    at = show("present", slide="map")
    at.button(key="stage-leave").click().run()
    assert at.title[0].value == present_words.TITLE
    assert "slide" not in at.query_params


# ── a slide ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name != "example"])
def test_every_slide_is_set_in_letters_that_can_be_read_from_the_back(situation: str) -> None:
    for slide in deck(situation).slides:
        laid = layout(slide)
        assert laid.title >= 36
        assert laid.words >= 22
        assert laid.cells[0] >= 18
        if slide.plot is not None:
            assert laid.plot[0] >= 540
            assert laid.plot[1] >= 380


def test_whatever_a_slide_says_is_text_and_never_markup() -> None:
    slide = Slide(
        key=f"team:{HOSTILE}",
        title=HOSTILE,
        lead=(HOSTILE,),
        points_title=HOSTILE,
        points=(HOSTILE,),
        table=Table(headings=(HOSTILE, HOSTILE), rows=((HOSTILE, HOSTILE),), note=HOSTILE),
        source=HOSTILE,
        notes=(HOSTILE,),
    )
    drawn = slide_html(slide, layout(slide), palette()) + notes_html(slide)
    assert "<b>" not in drawn
    assert "\u202e" not in drawn
    assert drawn.count("&lt;b&gt;x&lt;/b&gt;") == 12  # with the name of the frame around the table


# ── arranging ─────────────────────────────────────────────────────────────────────────────────────


def rows(at: AppTest) -> list[str]:
    return [field.value for field in at.text_input if field.label.startswith("Title of slide")]


def test_every_slide_has_a_row_with_its_title(show: Show) -> None:
    at = show("present")
    assert not at.exception
    assert rows(at) == [slide.title for slide in written()]
    assert present_words.IN_TAB in words(at)


def test_a_title_of_ones_own_stands_on_the_slide_and_says_how_it_was_written(show: Show) -> None:
    at = show("present")
    at.text_input[0].set_value(HOSTILE).run()
    assert rows(at)[0] == HOSTILE.replace("\u202e", "")
    assert "As it was written" in words(at)
    assert present_words.STAY in words(at)
    at.button(key="story-start").click().run()
    assert title(at) == HOSTILE.replace("\u202e", "")
    assert "<b>x" not in on_stage(at)


def test_an_emptied_title_is_the_one_that_was_written(show: Show) -> None:
    at = show("present")
    at.text_input[0].set_value("Ours").run()
    at.text_input[0].set_value("  ").run()
    assert rows(at)[0] == written()[0].title
    assert not [button for button in at.button if button.key == "story-reset"]


def test_slides_move_and_hide_and_come_back(show: Show) -> None:
    at, titles = show("present"), [slide.title for slide in written()]
    downs = [button for button in at.button if str(button.key).startswith("down-")]
    downs[0].click().run()
    assert rows(at)[:2] == [titles[1], titles[0]]
    at.checkbox[1].uncheck().run()  # the headline, now second
    assert present_words.lead(len(titles) - 1, "team") in words(at)
    at.button(key="story-start").click().run()
    assert title(at) == titles[1]
    at.button(key="stage-Right").click().run()
    assert title(at) == titles[2]
    at.button(key="stage-leave").click().run()
    at.button(key="story-reset").click().run()
    assert rows(at) == titles


def test_a_story_of_hidden_slides_alone_is_not_presented(show: Show) -> None:
    at = show("present")
    for place in range(len(at.checkbox)):
        at.checkbox[place].uncheck()
    at.run()
    for box in at.checkbox:
        if box.value:
            box.uncheck().run()
    assert present_words.ALL_HIDDEN in words(at)


# ── kept with the workspace ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workspace, session.Brought]:
    """A workspace, and what is open where that is what is open."""
    workspace = Workspace(tmp_path / "w")
    monkeypatch.setattr(present_story.kept, "workspace", lambda: workspace)
    return workspace, session.Brought(files={}, records=Records(), place="w at 1")


def test_edits_are_kept_with_the_workspace_and_the_last_who_writes_decides(
    show: Show, shared: tuple[Workspace, session.Brought], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, files = shared
    workspace.keep_story(Edits(titles={"headline": "Theirs"}, hidden=frozenset({"method"})).to_json())
    at = show("present")
    monkeypatch.setattr(session, "brought", lambda: files)
    at = at.run()
    assert rows(at)[0] == "Theirs"
    assert present_words.IN_WORKSPACE in words(at)
    assert re.search(r"Last changed \d{4}-\d\d-\d\d \d\d:\d\d", words(at))
    at.text_input[0].set_value("Ours").run()
    kept = workspace.story()
    assert kept is not None
    assert Edits.from_json(kept.edits) == Edits(titles={"headline": "Ours"}, hidden=frozenset({"method"}))
    at.button(key="story-reset").click().run()
    assert workspace.story() is None


# ── taking away ───────────────────────────────────────────────────────────────────────────────────


def test_the_files_are_offered_under_their_names(show: Show) -> None:
    at = show("present")
    offered = {one.proto.label for one in at.get("download_button")}
    assert {title for title, _ in present_words.FILES.values()} <= offered
