"""The configuration: nothing calls out, nothing is told to strangers, every line has its reason."""

from __future__ import annotations

import tomllib

import pytest

from dashboard import fonts, samples
from dashboard.charts.palette import DARK, LIGHT, contrast
from dashboard.terms import Settings

FILE = samples.shipped() / ".streamlit" / "config.toml"
CONFIG = tomllib.loads(FILE.read_text())


@pytest.mark.parametrize(
    "section, name, value",
    [
        ("server", "address", "127.0.0.1"),
        ("server", "fileWatcherType", "none"),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "viewer"),
        ("client", "disableDataExport", True),
    ],
)
def test_nothing_calls_out_and_nothing_is_told_to_strangers(section: str, name: str, value: object) -> None:
    assert CONFIG[section][name] == value


def test_the_largest_upload_is_the_largest_file_that_is_read() -> None:
    assert CONFIG["server"]["maxUploadSize"] * 1_000_000 == Settings().file_bytes


def test_no_font_is_fetched() -> None:
    assert "http" not in FILE.read_text().casefold()


def test_the_app_serves_its_own_fonts_and_nothing_else() -> None:
    named = [face["url"].removeprefix("app/static/") for face in CONFIG["theme"]["fontFaces"]]
    assert sorted(named) == sorted(fonts.FILES) == sorted(file.name for file in fonts.WEB.iterdir())
    assert {face["family"] for face in CONFIG["theme"]["fontFaces"]} == {fonts.SANS, fonts.SERIF}


@pytest.mark.parametrize("mode, palette", [("light", LIGHT), ("dark", DARK)])
def test_pages_and_charts_share_their_colours(mode: str, palette: object) -> None:
    theme = CONFIG["theme"][mode]
    assert theme["backgroundColor"] == palette.background
    assert theme["textColor"] == palette.ink
    assert theme["orangeTextColor"] == palette.individual
    assert theme["blueTextColor"] == palette.collective


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_letters_can_be_read_on_a_primary_button(mode: str) -> None:
    assert contrast("#ffffff", CONFIG["theme"][mode]["primaryColor"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_links_and_text_can_be_read_on_both_grounds(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(theme["textColor"], theme[ground]) >= 4.5
        assert contrast(theme["linkColor"], theme[ground]) >= 4.5


def test_every_behaviour_has_its_reason_beside_it() -> None:
    inside = ""
    for line in FILE.read_text().splitlines():
        inside = line.split("]")[0].strip("[") if line.startswith("[") else inside
        if "=" in line and inside in ("server", "browser", "client", "runner"):
            assert "#" in line, f"{line!r} has no reason"
