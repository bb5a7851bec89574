"""
Parts that the paper and the page have in common: which columns are figures, and the line that says whose story it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.storyline import Deck

FIGURE = re.compile(r"[<>+−–\[.]?\s?[\d.]")
SENTENCE = 24  # letters; a longer cell is text, whatever it begins with


def are_figures(cells: Sequence[str]) -> bool:
    """
    Whether a column is set to the right: there is a cell that begins as figures do, and none is a sentence.

    >>> are_figures(("+36.5", "not shown", "−2")), are_figures(("close together", "two camps"))
    (True, False)
    """
    return any(FIGURE.match(cell) for cell in cells) and all(len(cell) <= SENTENCE for cell in cells)


def footer(deck: Deck) -> str:
    """
    The title and whose answers it is about; once, where the one begins with the other.

    >>> footer(Deck(title="Pulse", scope="26 teams", slides=()))
    'Pulse · 26 teams'
    >>> footer(Deck(title="Pulse", scope="Pulse · 26 teams", slides=()))
    'Pulse · 26 teams'
    """
    return deck.scope if deck.scope.startswith(deck.title) else f"{deck.title} · {deck.scope}"
