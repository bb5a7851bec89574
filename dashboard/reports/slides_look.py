"""
Look: the colours and letters of a deck. The house's own, or those of a corporate template's theme.

The meanings stay whatever the theme: one hue for individual, one for collective, one accent for what is flagged. Where
a theme has no three colours that can be told apart on its background, the house's stand in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dashboard.charts.palette import LIGHT, Palette, contrast
from dashboard.reports.slides_xml import tag, val
from dashboard.storyline.slide import HUES, Role

FONT = "Arial"  # on every machine, or one of the same widths
HOUSE = {  # slots of the theme → fields of the palette
    "dk1": "ink",
    "lt1": "background",
    "dk2": "muted",
    "lt2": "line",
    "accent1": "individual",
    "accent2": "collective",
    "accent3": "accent",
    "accent4": "neutral",
    "accent5": "muted",
    "accent6": "ink",
    "hlink": "collective",
    "folHlink": "muted",
}
SLOTS = {  # fields of a look → slots of the house's theme, by the names that slides call them
    "ink": "tx1",
    "background": "bg1",
    "muted": "tx2",
    "line": "bg2",
    "individual": "accent1",
    "collective": "accent2",
    "accent": "accent3",
    "neutral": "accent4",
}
FACTORS = {  # how much wider than Arial's the letters of common fonts are
    "arial": 1.0,
    "helvetica": 1.0,
    "helvetica neue": 1.0,
    "liberation sans": 1.0,
    "calibri": 0.95,
    "carlito": 0.95,
    "aptos": 1.0,
    "segoe ui": 1.02,
    "source sans pro": 0.95,
    "source sans 3": 0.95,
    "times new roman": 0.95,
    "garamond": 0.9,
    "verdana": 1.2,
    "dejavu sans": 1.2,
    "arial black": 1.3,
    "courier new": 1.3,
}
UNSEEN = 1.15  # a font nobody measured
APART = 90.0  # of red, green and blue, at least, between two colours with a meaning each
VISIBLE = 3.0  # contrast that a mark needs


class Paint(NamedTuple):
    """A colour as `rrggbb`, and the slot of the theme it is taken from, so that it follows the theme."""

    value: str
    slot: str = ""

    def fill(self, opacity: float = 1.0) -> str:
        """The colour as the XML of a filling."""
        seen = [val("a:alpha", round(opacity * 100_000))] if opacity < 1 else []
        colour = tag("a:schemeClr", *seen, val=self.slot) if self.slot else tag("a:srgbClr", *seen, val=self.value)
        return tag("a:solidFill", colour)

    def line(self, points: float, dash: str = "solid", opacity: float = 1.0) -> str:
        """The colour as the XML of a line."""
        return tag(
            "a:ln", self.fill(opacity), val("a:prstDash", dash), "<a:round/>", w=round(points * 12_700), cap="rnd"
        )


NO_LINE = tag("a:ln", "<a:noFill/>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    What things are painted with. `title_factor`, `factor`: how much wider than Arial the letters of titles and of all
    else are.
    """

    background: Paint
    ink: Paint
    muted: Paint
    line: Paint
    neutral: Paint
    individual: Paint
    collective: Paint
    accent: Paint
    title_factor: float = 1.0
    factor: float = 1.0

    def of(self, role: Role) -> Paint:
        """The colour of what has this role."""
        paint: Paint = getattr(self, HUES[role])
        return paint

    def written(self, role: Role) -> Paint:
        """The colour of letters of this role."""
        return self.ink if role in ("quiet", "unjudged") else self.of(role)


def house(colours: Palette = LIGHT) -> Look:
    """The house's colours, each tied to its slot of the house's theme."""
    paints: dict[str, Any] = {field: Paint(getattr(colours, field)[1:], slot) for field, slot in SLOTS.items()}
    return Look(**paints)


def of_theme(theme: Mapping[str, str], ground: str, mapped: Mapping[str, str], fonts: Sequence[str]) -> Look:
    """
    A corporate theme's colours.

    Parameters
    ----------
    theme : slot → `rrggbb`. ground : the background of the slides.
    mapped : "tx1", "bg1", … → slot, as the master has it. fonts : of titles, of all else.
    """
    ink = _ink(theme, ground, mapped)
    individual, collective, accent = _meanings(theme, ground)
    return Look(
        background=Paint(ground),
        ink=ink,
        muted=Paint(mixed(ink.value, ground, 0.25)),
        line=Paint(mixed(ink.value, ground, 0.82)),
        neutral=Paint(mixed(ink.value, ground, 0.45)),
        individual=individual,
        collective=collective,
        accent=accent,
        title_factor=factor(fonts[0]),
        factor=factor(fonts[1]),
    )


def factor(font: str) -> float:
    """How much wider than Arial a font is taken to be."""
    return FACTORS.get(font.casefold(), UNSEEN)


def mixed(first: str, second: str, share: float) -> str:
    """
    A colour with so much of another in it.

    >>> mixed("000000", "ffffff", 0.5)
    '808080'
    """
    parts = zip(_channels(first), _channels(second), strict=True)
    return "".join(f"{round(a + share * (b - a)):02x}" for a, b in parts)


def _ink(theme: Mapping[str, str], ground: str, mapped: Mapping[str, str]) -> Paint:
    """The theme's letters; where they cannot be read on this ground, its other end."""
    usual = Paint(theme[mapped["tx1"]], "tx1")
    if _contrast(usual.value, ground) >= 4.5:
        return usual
    ends = [Paint(theme[mapped[name]], name) for name in ("tx1", "bg1")]
    return max(ends, key=lambda paint: _contrast(paint.value, ground))


def _meanings(theme: Mapping[str, str], ground: str) -> list[Paint]:
    """Three colours of the theme that can be seen and told apart, else the house's three."""
    chosen: list[Paint] = []
    for slot in (f"accent{number}" for number in range(1, 7)):
        value = theme[slot]
        if _contrast(value, ground) >= VISIBLE and all(_apart(value, paint.value) for paint in chosen):
            chosen.append(Paint(value, slot))
    if len(chosen) >= 3:
        return chosen[:3]
    own = [LIGHT.individual[1:], LIGHT.collective[1:], LIGHT.accent[1:]]
    dark = [mixed(value, "ffffff", 0.45) for value in own]
    readable = all(_contrast(value, ground) >= VISIBLE for value in own)
    return [Paint(value) for value in (own if readable else dark)]


def _contrast(first: str, second: str) -> float:
    return contrast(f"#{first}", f"#{second}")


def _apart(first: str, second: str) -> bool:
    distance = sum((a - b) ** 2 for a, b in zip(_channels(first), _channels(second), strict=True))
    return bool(distance**0.5 >= APART)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)
