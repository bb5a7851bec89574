"""
Slide: what one page of the story says and shows, before anything draws it.

The screen, the slides, the paper and the page are all drawn from these, so that none can show another number. Texts
are plain: whoever draws them makes them harmless for the place. Values in plots are released figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["individual", "collective", "flagged", "watched", "quiet", "unjudged"]
"""What a mark stands for; each drawing gives it the house's colour and form, so that no meaning is by colour alone."""

HUES: Mapping[Role, str] = {
    "individual": "individual",
    "collective": "collective",
    "flagged": "accent",
    "watched": "accent",
    "quiet": "neutral",
    "unjudged": "neutral",
}
"""Which of the house's colours each has, by its name in a palette or in a template's look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A large number: what it is, the number as written everywhere, its change, its interval or number of answers."""

    label: str
    value: str
    change: str = ""
    note: str = ""
    role: Role = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """
    Marks of one kind, each at (`x`, `y`); all fields have one entry per mark, or none where it has no such thing.

    `size`: respondents. `names`: what to write beside a mark, in full. `called`: whose each mark is, for whoever points
    at it or reads the table; never written beside it.
    """

    name: str
    role: Role
    x: tuple[float, ...]
    y: tuple[float, ...]
    size: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """
    Two figures of every team against each other: the map of gains, or the scatter of what goes with what.

    `gain`, `share`: where the region begins (across) and the slope of its upper edge, the compounding line; `nan`
    where the plot has no region. `line`, `region`: their names.
    """

    marks: tuple[Marks, ...]
    x_title: str
    y_title: str
    alt: str
    gain: float = float("nan")
    share: float = float("nan")
    line: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level over the periods: a value per period, `nan` where none is shown, with the ends of its interval."""

    name: str
    role: Role
    value: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Levels over `periods`, on the same axis, `levels`, for every team. `events`: (period, name)."""

    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    y_title: str
    levels: tuple[float, float]
    alt: str
    events: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure with its interval in the row of its name; `nan` everywhere draws a labelled empty slot."""

    name: str
    role: Role
    value: float
    low: float = float("nan")
    high: float = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A row each with a mark and its interval, the line of nothing at 0. `absent`: what an empty slot says."""

    rows: tuple[Row, ...]
    x_title: str
    alt: str
    absent: str = ""


Plot = Map | Lines | Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as written; the first column names the row, the others are figures."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """
    One page of the story.

    `key`: names it in an address and in what is kept, the same in every quarter. `title`: the finding, a sentence.
    `lead`: paragraphs under it, at most two short ones. `figures`: at most four. `points_title`, `points`: a list, at
    most five. `source`: the small line below: of whom, from when to when. `notes`: what the speaker may say: the
    evidence, then the caveat, in paragraphs.
    """

    key: str
    title: str
    lead: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    plot: Plot | None = None
    table: Table | None = None
    points_title: str = ""
    points: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """The story: its title, whose answers it is about, and its slides in order."""

    title: str
    scope: str
    slides: tuple[Slide, ...]
