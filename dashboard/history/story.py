"""
Story: what presenters changed in the storyline: titles of their own, the order, what is hidden. One for everyone who
works on the workspace, kept as the text they gave; the last who writes it decides, and when that was stands beside.

It belongs to how things are shown, not to what was found: a change of it makes nothing to be worked out anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.schema import storyline

_ONE = 1  # there is one story
OF_TEAM = "team:"  # how the keys of slides about one team begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`edits`: JSON as `storyline.Edits` writes it; `at`: when it was written, ISO, UTC."""

    edits: str
    at: str


def kept(connection: Connection) -> Story | None:
    """The edits that stand; `None` where nobody made any."""
    row = connection.execute(sa.select(storyline).where(storyline.c.number == _ONE)).first()
    return None if row is None else Story(edits=row.edits, at=row.at)


def keep(connection: Connection, edits: str | None, at: str) -> None:
    """Put edits in the place of those that stand; `None` takes them all back."""
    connection.execute(sa.delete(storyline))
    if edits is not None:
        connection.execute(sa.insert(storyline).values(number=_ONE, edits=edits, at=at))


def after_erasure(connection: Connection, teams: Collection[str]) -> None:
    """
    Forget what may repeat something erased: every title of one's own, and slides of teams that are no longer there.
    """
    found = kept(connection)
    if found is None:
        return
    said = _read(found.edits)

    def stays(key: object) -> bool:
        return not str(key).startswith(OF_TEAM) or str(key).removeprefix(OF_TEAM) in teams

    left = {name: [key for key in said.get(name) or () if stays(key)] for name in ("order", "hidden")}
    keep(connection, json.dumps({"titles": {}, **left}), found.at)


def _read(edits: str) -> dict[str, Any]:
    """The edits; none where the text is no edits, as no erasure may fail for that."""
    try:
        said: Any = json.loads(edits)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
