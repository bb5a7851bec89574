"""Colours that can be read, and told apart, by everyone."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.charts.palette import DARK, LIGHT, Palette, contrast, palette

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB, white D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(first: str, second: str, seen_with: list[list[float]] | None = None) -> float:
    through = np.eye(3) if seen_with is None else np.array(seen_with)
    return float(np.linalg.norm(lab(through @ linear(first)) - lab(through @ linear(second))))


@MODES
@pytest.mark.parametrize("name", ["ink", "muted", "individual", "collective", "accent"])
def test_letters_have_the_contrast_of_wcag_aa(colours: Palette, name: str) -> None:
    assert contrast(getattr(colours, name), colours.background) >= 4.5


@MODES
def test_the_name_of_the_region_can_be_read_on_its_ground(colours: Palette) -> None:
    assert contrast(colours.accent, colours.region) >= 4.5


@MODES
def test_quiet_marks_have_the_contrast_of_graphics(colours: Palette) -> None:
    assert contrast(colours.neutral, colours.background) >= 3


@MODES
@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_individual_and_collective_stay_apart_for_every_eye(colours: Palette, blindness: str | None) -> None:
    seen_with = BLINDNESS[blindness] if blindness else None
    assert difference(colours.individual, colours.collective, seen_with) >= 40  # CIE76; 2.3 is just noticeable


@MODES
@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
@pytest.mark.parametrize("other", ["individual", "collective", "neutral"])
def test_the_accent_stands_out_from_all_other_marks_for_every_eye(
    colours: Palette, other: str, blindness: str | None
) -> None:
    seen_with = BLINDNESS[blindness] if blindness else None
    assert difference(colours.accent, getattr(colours, other), seen_with) >= 20  # the worst: 20.9, dark, protanopia


def test_a_page_is_light_unless_it_is_dark() -> None:
    assert palette() is LIGHT
    assert palette("dark") is DARK


def test_black_on_white_has_the_largest_contrast_there_is() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)  # WCAG 2.2: (1 + .05) / (0 + .05)
