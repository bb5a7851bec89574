"""
Palette: the same two hues for individual and collective everywhere, one accent for "look here", quiet greys else.

Orange, blue and the accent stay apart for every common form of colour blindness; who sees no red tells the accent from
blue by its being darker on white and stronger on black. Each colour that letters are written in has a
contrast of at least 4.5 to its background (WCAG AA), each mark at least 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """
    Colours as `#rrggbb`.

    `ink`, `muted`: letters. `individual`, `collective`, `accent`: letters and marks. `neutral`: marks that are not
    the message. `line`: axes and separators. `region`: the ground of an area that is named.
    """

    background: str
    ink: str
    muted: str
    line: str
    neutral: str
    individual: str
    collective: str
    accent: str
    region: str


LIGHT = Palette(
    background="#ffffff",
    ink="#16181d",
    muted="#555c68",
    line="#d9dce2",
    neutral="#7d8694",
    individual="#b4540a",
    collective="#1a5fb4",
    accent="#86086c",
    region="#f8ecf5",
)
DARK = Palette(
    background="#101318",
    ink="#eef0f4",
    muted="#a9b1bd",
    line="#343a44",
    neutral="#6b7482",
    individual="#f0a04b",
    collective="#6cb2ff",
    accent="#f04cc9",
    region="#2a1a28",
)


def palette(mode: Mode = "light") -> Palette:
    """The colours on a light or a dark page."""
    return DARK if mode == "dark" else LIGHT


def faded(colour: str, opacity: float) -> str:
    """
    A colour that lets its ground show through.

    >>> faded("#1a5fb4", 0.2)
    'rgba(26, 95, 180, 0.2)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


def contrast(first: str, second: str) -> float:
    """
    Contrast of two colours, 1 (the same) … 21 (black on white), as WCAG 2.2 defines it.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
