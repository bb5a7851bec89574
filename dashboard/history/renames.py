"""
Renames: teams and items that are called differently today than in what is kept.

Kept tables are never changed for it: names are translated when a survey is put together, in the order in which the
renames were said, so that a chain (Alpha became Beta, Beta became Gamma) and two teams that swapped names both come
out right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from dashboard.history.schema import renames
from dashboard.terms import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """
    What was called `old` is called `new`.

    `until`: label of the last period in which the old name meant this; `None` for every period. A later team with
    the old name is then another team.
    """

    what: Literal["team", "item"]
    old: str
    new: str
    until: str | None = None


def called(name: str, period: Period, said: Iterable[Rename]) -> str:
    """
    The name today of what had a name in a period.

    >>> said = [Rename(what="team", old="Alpha", new="Beta", until="2026-Q1"),
    ...         Rename(what="team", old="Beta", new="Gamma")]
    >>> called("Alpha", Period.parse("2026-Q1"), said), called("Alpha", Period.parse("2026-Q2"), said)
    ('Gamma', 'Alpha')
    """
    for one in said:
        if one.old == name and (one.until is None or period <= Period.parse(one.until)):
            name = one.new
    return name


def in_order_said(at_once: Iterable[Rename]) -> list[Rename]:
    """
    Renames that hold at once, in an order in which each name is taken after it was left; a ring goes by way of a name
    that nothing else has.

    >>> moved = [Rename(what="item", old="Q5", new="Q6"), Rename(what="item", old="Q6", new="Q5")]
    >>> now, said = Period.parse("2026-Q1"), in_order_said(moved)
    >>> called("Q5", now, said), called("Q6", now, said)
    ('Q6', 'Q5')
    """
    waiting, done, last = list(at_once), list[Rename](), list[Rename]()
    while waiting:
        free = next((one for one in waiting if all(one.new != other.old for other in waiting)), None)
        if free is None:
            ringed = waiting.pop()
            between = f"{ringed.old} → {ringed.new}"
            done.append(replace(ringed, new=between))
            last.append(replace(ringed, old=between))
        else:
            waiting.remove(free)
            done.append(free)
    return done + last


def said(connection: Connection, what: str) -> tuple[Rename, ...]:
    """The renames of teams or of items, in their order."""
    query = sa.select(renames).where(renames.c.what == what).order_by(renames.c.number)
    return tuple(Rename(what=row.what, old=row.old, new=row.new, until=row.until) for row in connection.execute(query))


def say(connection: Connection, more: Sequence[Rename]) -> None:
    """Add renames after those that are there."""
    for one in more:
        values = {"what": one.what, "old": one.old, "new": one.new, "until": one.until}
        connection.execute(sa.insert(renames).values(values))


def unsay(connection: Connection, more: Sequence[Rename]) -> None:
    """Forget renames as they were said, each the last time that it was."""
    for one in more:
        same = (
            renames.c.what == one.what, renames.c.old == one.old, renames.c.new == one.new,
            renames.c.until.is_(None) if one.until is None else renames.c.until == one.until,
        )  # fmt: skip
        number = connection.execute(sa.select(sa.func.max(renames.c.number)).where(*same)).scalar()
        connection.execute(sa.delete(renames).where(renames.c.number == number))


def take_back(connection: Connection, what: str, old: str) -> int:
    """Forget what was said about a name; how many renames that were."""
    gone = connection.execute(sa.delete(renames).where(renames.c.what == what, renames.c.old == old))
    return gone.rowcount


def forget_unused(connection: Connection, what: str, names: Iterable[str]) -> None:
    """Delete renames of names that nothing kept has any more, so that no erased name lives on in them."""
    living = set(names)
    query = sa.select(renames).where(renames.c.what == what).order_by(renames.c.number)
    for row in connection.execute(query).all():
        if row.old in living:
            living.add(row.new)
        else:
            connection.execute(sa.delete(renames).where(renames.c.number == row.number))
