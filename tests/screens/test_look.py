"""One look: the configuration, the style sheet and the charts say the same colours, sizes and letters."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from dashboard import fonts, samples
from dashboard.charts import template, tokens
from dashboard.charts.palette import DARK, LIGHT
from dashboard.screens import session

SCREENS = Path(session.__file__).parent
STYLE = (SCREENS / "style.css").read_text()
PAPER = (SCREENS / "paper_from_dark.css").read_text()
THEME = tomllib.loads((samples.shipped() / ".streamlit" / "config.toml").read_text())["theme"]
SAID = dict(re.findall(r"^  --([a-z-]+): (.+);$", STYLE, re.MULTILINE))
HUES = re.compile(r"#[0-9a-f]{6}\b")


def test_the_style_sheet_has_the_colours_of_the_palette() -> None:
    pairs = {name: f"light-dark({light}, {dark})" for (name, light), dark in _pairs()}
    shared = pairs.keys() & SAID.keys()
    assert shared == {"background", "ink", "muted", "line", "individual", "collective", "accent", "region"}
    assert {name: SAID[name] for name in shared} == {name: pairs[name] for name in shared}


def _pairs() -> list[tuple[tuple[str, str], str]]:
    return list(zip(asdict(LIGHT).items(), asdict(DARK).values(), strict=True))


def test_no_colour_stands_outside_the_palette() -> None:
    house = {*asdict(LIGHT).values(), *asdict(DARK).values(), THEME["light"]["secondaryBackgroundColor"]}
    house.add(THEME["dark"]["secondaryBackgroundColor"])
    assert set(HUES.findall(STYLE)) | set(HUES.findall(PAPER)) <= house
    grounds = f"light-dark({THEME['light']['secondaryBackgroundColor']}, {THEME['dark']['secondaryBackgroundColor']})"
    assert SAID["surface"] == grounds


def test_pages_and_style_sheet_take_the_same_steps() -> None:
    assert THEME["metricValueFontSize"] == tokens.TYPE["figure"]
    steps = ["title", "heading", "subheading"]
    assert THEME["headingFontSizes"][:3] == [tokens.TYPE[step] for step in steps]
    assert {name: SAID[f"space-{name}"] for name in tokens.SPACE} == dict(tokens.SPACE)
    assert SAID["type-note"] == tokens.TYPE["note"]
    assert (SAID["radius"], THEME["baseRadius"]) == (tokens.RADIUS, tokens.RADIUS)
    assert (SAID["reading"], SAID["page"]) == (tokens.LINE, tokens.PAGE)


def test_pages_and_charts_are_set_in_the_same_letters() -> None:
    assert THEME["font"].startswith(fonts.SANS)
    assert THEME["headingFont"].startswith(fonts.SERIF)
    assert template.FONT.startswith(f'"{fonts.SANS}"')


def test_every_chart_is_made_from_the_one_template() -> None:
    drawn = {file.name: file.read_text() for file in Path(template.__file__).parent.glob("*.py")}
    makers = {name for name, text in drawn.items() if "go.Figure(" in text}
    assert makers == {"template.py"}
    assert not [name for name, text in drawn.items() if "showlegend=True" in text]  # names stand beside what they name
    assert template.blank(LIGHT, 100).layout.template.layout.font.family == template.FONT


def test_everything_that_moves_rests_for_who_asks_for_rest() -> None:
    moving = STYLE.split("@media (prefers-reduced-motion: no-preference)")[1]
    assert "animation:" not in STYLE.split("@media (prefers-reduced-motion: no-preference)")[0]
    assert "animation-duration: 0.01ms !important" in moving.split("@media (prefers-reduced-motion: reduce)")[1]


@pytest.mark.parametrize("name", ["icon", "wordmark-light", "wordmark-dark"])
def test_the_mark_is_a_drawing_without_a_word_from_elsewhere(name: str) -> None:
    drawing = ElementTree.parse(SCREENS / "mark" / f"{name}.svg").getroot()  # noqa: S314  our own file
    assert drawing.get("aria-label") == "Collective Efficacy"
    assert Counter(part.tag.split("}")[1] for part in drawing.iter())["text"] == 0  # letters are drawn
    assert (SCREENS / "mark" / f"{name}.png").read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize("name, colours", [("light", LIGHT), ("dark", DARK)])
def test_the_wordmark_has_the_hues_of_the_charts(name: str, colours: object) -> None:
    drawn = set(HUES.findall((SCREENS / "mark" / f"wordmark-{name}.svg").read_text()))
    assert drawn == {colours.ink, colours.individual, colours.collective}
