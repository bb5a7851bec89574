"""
Parts of a drawing: elements of an SVG picture, a frame that takes figures to places, axes with their unit.

Everything is written as presentation attributes, in px, so that the picture is the same on paper and on a page that
allows no inline styles. Colours are what the palette holds, which may be names of a page's own variables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.palette import Palette
from dashboard.fonts import SANS
from dashboard.storyline.slide import HUES, Role
from dashboard.wording import escape
from dashboard.wording.numbers import points

SMALL, LEAD = 13, 16  # px: of letters, from line to line
NARROW_LETTER = 6.5  # px, of a sentence; single names are allowed for at `labels.LETTER`
TICK = 4  # px
Span = tuple[float, float]


def element(name: str, /, *inside: str, **attributes: object) -> str:
    """
    One element; `_` in the name of an attribute stands for `-`, and attributes that are `None` are left out.

    >>> element("text", "R&amp;D", x=1.25, font_size=13, fill=None)
    '<text x="1.2" font-size="13">R&amp;D</text>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(v)}"' for key, v in attributes.items() if v is not None
    )
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: object) -> str:
    return _short(value) if isinstance(value, float) else escape.html(value)


def _short(value: float) -> str:
    """A place in px; a tenth is finer than any printer shows."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def letters(
    text: str, x: float, y: float, colour: str, anchor: str = "start", size: int = SMALL, bold: bool = False
) -> str:
    """One line of text; (`x`, `y`) is the end of its base line that `anchor` names."""
    weight = "600" if bold else None
    place = {"text_anchor": None if anchor == "start" else anchor, "font_weight": weight}
    return element("text", escape.html(text), x=float(x), y=float(y), font_size=size, fill=colour, **place)


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, **more: object) -> str:
    """A straight line."""
    ends = {"x1": float(x1), "y1": float(y1), "x2": float(x2), "y2": float(y2)}
    return element("line", **ends, stroke=colour, stroke_width=width, **more)


def picture(inside: Sequence[str], width: float, height: float, alt: str) -> str:
    """The whole drawing; its text alternative is the name of the group, as single marks have names of their own."""
    return element(
        "svg",
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        width=float(width),
        height=float(height),
        font_family=SANS,
        preserveAspectRatio="xMinYMin meet",
        role="group",
        aria_label=alt,
    )


def hidden(*inside: str) -> str:
    """What is drawn for the eye alone: the text alternative and the table say it."""
    return element("g", *inside, aria_hidden="true")


def told(says: str, *inside: str) -> str:
    """A mark that says its figures when it is pointed at or reached by the keyboard."""
    return element("g", *inside, class_="mark", role="img", aria_label=says, tabindex=-1)


def wrapped(text: str, width: float, most: int = 3, letter: float = NARROW_LETTER) -> list[str]:
    """
    Lines of words that fit into so many px; the last is cut where `most` lines do not hold them.

    >>> wrapped("Gain in collective efficacy", 80)
    ['Gain in', 'collective', 'efficacy']
    """
    room = max(4, int(width / letter))
    lines: list[str] = []
    for word in escape.plain(text).split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = [one if len(one) <= room else f"{one[: room - 1]}…" for one in lines]
    if len(cut) > most:
        cut = [*cut[: most - 1], f"{cut[most - 1][: room - 1].rstrip('…')}…"]
    return cut


def block(
    lines: Sequence[str], x: float, y: float, colour: str, anchor: str = "start", bold_first: bool = False
) -> str:
    """Lines of text one under the other, the first one's base line at `y`."""
    return "".join(
        letters(text, x, y + LEAD * at, colour, anchor, bold=bold_first and at == 0) for at, text in enumerate(lines)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The inside of a plot, px from the upper left corner, and the figures that its ends stand for."""

    left: float
    top: float
    right: float
    bottom: float
    across: Span
    up: Span

    def x(self, value: float) -> float:
        """Where a figure lies across."""
        low, high = self.across
        return self.left + (value - low) / (high - low) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Where a figure lies, from the top."""
        low, high = self.up
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def ticks(span: Span, most: int = 6) -> list[float]:
    """
    Round figures within the span, at most so many and one more.

    >>> ticks((-7, 23), 6), ticks((0.02, 0.31), 4)
    ([-5.0, 0.0, 5.0, 10.0, 15.0, 20.0], [0.1, 0.2, 0.3])
    """
    low, high = span
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(at * step, 10) for at in range(first, math.floor(high / step + 1e-9) + 1)]


def places(at: Sequence[float]) -> int:
    """Places behind the dot that these ticks need."""
    return next((digits for digits in range(4) if all(abs(round(t, digits) - t) < 1e-9 for t in at)), 4)


def across_axis(frame: Frame, title: str, colours: Palette, most: int = 7) -> str:
    """The line below, its ticks and what they count."""
    at = ticks(frame.across, most)
    marks = [
        line(frame.x(t), frame.bottom, frame.x(t), frame.bottom + TICK, colours.line)
        + letters(points(t, places(at)), frame.x(t), frame.bottom + TICK + LEAD - 1, colours.muted, "middle")
        for t in at
    ]
    base = line(frame.left, frame.bottom, frame.right, frame.bottom, colours.line)
    titles = wrapped(title, frame.right - 4, 2)
    return base + "".join(marks) + block(titles, frame.right, frame.bottom + 2 * LEAD + 8, colours.muted, "end")


def up_axis(frame: Frame, title: str, colours: Palette, most: int = 6, room: float = 0) -> str:
    """The ticks at the left and, above them and level as it is read, what they count; `room`: px between the two."""
    at = ticks(frame.up, most)
    marks = [
        line(frame.left - TICK, frame.y(t), frame.left, frame.y(t), colours.line)
        + letters(points(t, places(at)), frame.left - TICK - 4, frame.y(t) + 4, colours.muted, "end")
        for t in at
    ]
    lines = wrapped(title, frame.right, 2)
    above = frame.top - room - 10 - LEAD * (len(lines) - 1)
    return (
        line(frame.left, frame.top, frame.left, frame.bottom, colours.line)
        + "".join(marks)
        + block(lines, 2, above, colours.muted)
    )


def colour_of(role: Role, colours: Palette) -> str:
    """The house's colour of what a mark stands for."""
    return str(getattr(colours, HUES[role]))


def dot(x: float, y: float, radius: float, role: Role, colours: Palette) -> str:
    """A mark: filled, but hollow where it is watched or not judged, so that no meaning is by colour alone."""
    colour = colour_of(role, colours)
    fill = colours.background if role in ("watched", "unjudged") else colour
    opacity = {"flagged": 0.85, "quiet": 0.5, "unjudged": 0}.get(role)
    width = {"flagged": 1.5, "watched": 2}.get(role, 1)
    place = {"cx": float(x), "cy": float(y), "r": float(radius)}
    return element(
        "circle",
        **place,
        fill=fill,
        fill_opacity=str(opacity) if opacity is not None else None,
        stroke=colour,
        stroke_width=width,
    )
