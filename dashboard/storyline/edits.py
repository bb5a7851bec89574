"""
Edits: what a presenter changed in the story: titles, the order, what is hidden. Kept by the slides' keys, so that next
quarter's story takes them over as far as its slides are the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.storyline.slide import Deck, Slide

LONGEST_TITLE = 300  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """
    `titles`: key → a title of one's own. `order`: keys in the order to show; slides it does not name keep their place
    after the one before them. `hidden`: keys of slides that are left out.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()

    def to_json(self) -> str:
        """The edits as text to keep; `from_json` reads it."""
        return json.dumps({"titles": dict(self.titles), "order": self.order, "hidden": sorted(self.hidden)})

    @classmethod
    def from_json(cls, text: str) -> Edits:
        """
        Edits as they were kept; what is not understood is left out, as the story is whole without any.

        >>> Edits.from_json('{"hidden": ["method"], "order": 3}').hidden
        frozenset({'method'})
        """
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(kept, dict):
            return cls()
        titles, order, hidden = (kept.get(name) for name in ("titles", "order", "hidden"))
        return cls(
            titles={str(k): str(v)[:LONGEST_TITLE] for k, v in titles.items()} if isinstance(titles, dict) else {},
            order=tuple(map(str, order)) if isinstance(order, list) else (),
            hidden=frozenset(map(str, hidden)) if isinstance(hidden, list) else frozenset(),
        )


def arranged(deck: Deck, edits: Edits) -> Deck:
    """All slides, hidden ones too, in the presenter's order and with their titles: what is edited."""
    slides = [replace(slide, title=edits.titles.get(slide.key) or slide.title) for slide in deck.slides]
    return replace(deck, slides=tuple(_ordered(slides, edits.order)))


def shown(deck: Deck, edits: Edits) -> Deck:
    """The slides that are shown: what is presented and taken away."""
    return replace(deck, slides=tuple(s for s in arranged(deck, edits).slides if s.key not in edits.hidden))


def _ordered(slides: list[Slide], order: tuple[str, ...]) -> list[Slide]:
    """Named slides in their order; each other one stays behind the slide it followed."""
    places = {key: at for at, key in enumerate(dict.fromkeys(order))}
    found: list[tuple[float, int, Slide]] = []
    place = -1.0
    for at, slide in enumerate(slides):
        place = places.get(slide.key, place)
        found.append((place, at, slide))
    return [slide for _, _, slide in sorted(found, key=lambda one: one[:2])]
