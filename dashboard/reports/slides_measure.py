"""
Measured text: how wide letters are and where lines break, so that nothing on a slide overflows in any program.

PowerPoint and LibreOffice shrink text that does not fit only when somebody edits it, and not alike. So sizes are chosen
here, from the widths of Arial, which Liberation Sans and Helvetica share. Everything is in points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Widths of the letters from the space to the tilde, in thousandths of the size.
PLAIN = """
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278
278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722
667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556
556 333 500 278 556 500 722 500 500 500 334 260 334 584
"""
BOLD = """
278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333
333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722
667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611
611 389 556 333 611 556 778 556 556 500 389 280 389 584
"""
WIDTHS = {False: tuple(map(int, PLAIN.split())), True: tuple(map(int, BOLD.split()))}
OTHERS = {"…": 1000, "—": 1000, "→": 1000, "−": 584, "’": 278, "‘": 278, "“": 500, "”": 500, "·": 333, "\u00a0": 278}
UNKNOWN, WIDE, CAPITAL = 640, 1000, 800
SPARE = 1.03  # programs do not agree on the last hundredth
LINE = 1.2  # of the size, from one line to the next


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def below(self, distance: float) -> Box:
        """What is left of the box when `distance` is taken off at its top."""
        return self._replace(top=self.top + distance, height=self.height - distance)

    def split(self, share: float, gap: float) -> tuple[Box, Box]:
        """The box as two columns, the first with so much of the width, `gap` between them."""
        first = share * (self.width - gap)
        return self._replace(width=first), self._replace(left=self.left + first + gap, width=self.width - first - gap)


class Type(NamedTuple):
    """How text is set: size in points, weight, and how much wider than Arial its letters are."""

    size: float
    bold: bool = False
    factor: float = 1.0


def width(text: str, letters: Type) -> float:
    """
    Points that the text takes on one line.

    >>> round(width("Team", Type(10)), 1)  # .611 + .556 + .556 + .833, and a little to spare
    26.3
    """
    return _thousandths(text, letters.bold) * _scale(letters)


def _scale(letters: Type) -> float:
    return letters.size * letters.factor * SPARE / 1000


def lines(text: str, across: float, letters: Type) -> list[str]:
    """
    The lines of the text in a box of `across` points; a word that fits on no line is torn.

    >>> lines("Belief in the team", 60, Type(10))
    ['Belief in the', 'team']
    """
    room, space = across / _scale(letters), _letter(" ", letters.bold)
    found: list[str] = []
    line, taken = "", 0
    for word in text.split(" "):
        long = _thousandths(word, letters.bold)
        if line and taken + space + long <= room:
            line, taken = f"{line} {word}", taken + space + long
            continue
        found.extend([line] if line else [])
        line, taken = word, long
        if long > room:
            *torn, line = _torn(word, room, letters.bold)
            found.extend(torn)
            taken = _thousandths(line, letters.bold)
    return [*found, line]


def balanced(text: str, across: float, letters: Type) -> list[str]:
    """
    As few lines as `lines` needs, of about the same length.

    >>> balanced("one two three four", 75, Type(10)), lines("one two three four", 75, Type(10))
    (['one two', 'three four'], ['one two three', 'four'])
    """
    found = lines(text, across, letters)
    for narrower in range(int(across) - 4, 0, -4):
        tried = lines(text, narrower, letters)
        if len(tried) > len(found):
            break
        found = tried
    return found


def height(paragraphs: Sequence[str], across: float, letters: Type, between: float = 0.0) -> float:
    """Points down that paragraphs take, `between` points apart."""
    if not paragraphs:
        return 0.0
    rows = sum(len(lines(text, across, letters)) for text in paragraphs)
    return rows * letters.size * LINE + between * (len(paragraphs) - 1)


def fitting(text: str, box: Box, letters: Type, sizes: Sequence[float]) -> float:
    """The largest of `sizes`, descending, at which the text fits the box; the last where none does."""
    fits = (size for size in sizes if height([text], box.width, letters._replace(size=size)) <= box.height)
    return next(fits, sizes[-1])


def cut(text: str, across: float, letters: Type, rows: int) -> str:
    """
    The text in at most so many lines.

    >>> cut("Belief in the team and more", 60, Type(10), 2)
    'Belief in the team and …'
    """
    broken = lines(text, across, letters)
    if len(broken) <= rows:
        return text
    words = " ".join(broken[:rows])
    while words and len(lines(f"{words.rstrip()} …", across, letters)) > rows:
        words = words[: words.rfind(" ")] if " " in words else words[:-1]
    return f"{words.rstrip()} …"


def _torn(word: str, room: float, bold: bool) -> list[str]:
    """A word in pieces, each of which fits into so many thousandths of the size."""
    pieces, piece, taken = [], "", 0
    for letter in word:
        if piece and taken + _letter(letter, bold) > room:
            pieces.append(piece)
            piece, taken = "", 0
        piece, taken = piece + letter, taken + _letter(letter, bold)
    return [*pieces, piece]


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    """Width of a text in thousandths of the size."""
    return sum(_letter(each, bold) for each in text)


@lru_cache(maxsize=20_000)
def _letter(letter: str, bold: bool) -> int:
    """Width of one letter in thousandths of the size."""
    if letter in OTHERS:
        return OTHERS[letter]
    if " " <= letter <= "~":
        return WIDTHS[bold][ord(letter) - 32]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    if base != letter:
        return _letter(base, bold)
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return WIDE
    return CAPITAL if letter.isupper() else UNKNOWN
