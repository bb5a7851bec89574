"""
Alike: how alike members of the named teams answer, and who changed; of all teams where none is named.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from dashboard.disclosure.released import Released
from dashboard.storyline.named import Named, Row, latest, source, verdict_of
from dashboard.storyline.slide import Slide, Table
from dashboard.wording import alike_words, gates_words, story_words, team_words
from dashboard.wording.escape import plain
from dashboard.wording.numbers import MISSING, points, signed
from dashboard.wording.units import changes_in_pomp

ALIKE_ONLY = 4  # columns of the table that tell of one period


def alike_slide(released: Released, shown: Named) -> Slide:
    """A row per named team; else how many teams answer in which shape."""
    return _of_named(released, shown) if shown.teams else _of_all(released)


def _of_named(released: Released, shown: Named) -> Slide:
    settings, called = released.settings, gates_words.names(released).within()
    noun = settings.noun
    rows = latest(released, shown.teams)
    columns = tuple(story_words.said(column, settings) for column in story_words.ALIKE_COLUMNS)
    single = len(released.periods) < 2  # then nobody can have changed
    note = story_words.said(
        story_words.ALIKE_NOTE, settings, individual=called.individual, collective=called.collective
    )
    table = tuple((_name(row, released), *_alike(row), *_who(team, released)) for team, row in rows.items())
    title = story_words.alike_title([_shape(row) for row in rows.values()], settings)
    told = tuple(
        plain(
            f"{_name(row, released)}: "
            f"{' '.join((f'{alike_words.title(row, noun)}.', *alike_words.sentences(row, _options(released))[:1]))}"
        )
        for row in rows.values()
    )
    return Slide(
        key="alike",
        title=title,
        table=Table(headings=columns[:ALIKE_ONLY], rows=tuple(row[:ALIKE_ONLY] for row in table))
        if single
        else Table(headings=columns, rows=table, note=note),
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=told[0]),
            *told[1:],
            story_words.CAVEAT.format(text=alike_words.NO_FAULT),
        ),
    )


def _name(row: Row, released: Released) -> str:
    """The team's name; with the period of its figures, where that is not the last of the window."""
    name, last = plain(row["team_id"]), released.window[-1].label
    earlier = np.isfinite(row["collective"]) and row["period"] != last
    return f"{name} ({row['period']})" if earlier else name


def _options(released: Released) -> int:
    return int(released.instrument.collective.options)


def _shape(row: Row) -> str:
    """The shape of answers; identical ones are close, and it says so where agreement may not be told."""
    if not np.isfinite(row["agreement_ad"]):
        return story_words.NOT_SHOWN
    return "close" if row["agreement_ad"] == 0 else str(row.get("shape", ""))


def _alike(row: Row) -> tuple[str, str, str]:
    """By how many categories, against random groups, in which shape; a withheld part says so."""
    deviation, percentile = row["agreement_ad"], row.get("agreement_percentile", np.nan)
    if not np.isfinite(deviation):
        return (story_words.NOT_SHOWN,) * 3
    number = story_words.OF_HUNDRED.format(number=round(100 * percentile)) if np.isfinite(percentile) else MISSING
    return points(deviation, 1), number, story_words.SHAPES.get(_shape(row), MISSING)


def _who(team: str, released: Released) -> tuple[str, str]:
    """Who stayed, joined and left, and what came from those who stayed."""
    if not released.identified:
        return story_words.NOT_KNOWN, story_words.NOT_KNOWN
    own = released.changes[released.changes["team_id"] == team]
    changes = team_words.as_judged(changes_in_pomp(own, released.instrument), verdict_of(team, released))
    if changes.empty or not np.isfinite(changes["change"].to_numpy(float)).any():
        return story_words.NOT_SHOWN, story_words.NOT_SHOWN
    parts = changes.set_index("scale")["from_stayers"].astype(float)
    told = [signed(parts.get(scale, np.nan)) for scale in ("individual_efficacy", "collective_efficacy")]
    from_stayers = " / ".join(told) if np.isfinite(parts.to_numpy()).any() else story_words.NOT_SHOWN
    first = changes.iloc[0]
    return ", ".join(_count(first[part]) for part in ("stayers", "joiners", "leavers")), from_stayers


def _count(value: float) -> str:
    """
    As in `team_words.who_title`, short enough for a cell.

    >>> _count(2.0), _count(0.0), _count(7.0)
    ('< 3', '0', '7')
    """
    if not np.isfinite(value):
        return MISSING
    return "< 3" if 0 < value < 3 else f"{value:.0f}"


def _of_all(released: Released) -> Slide:
    """How many teams answer in which shape; nothing of any one of them."""
    settings, teams = released.settings, sorted(set(released.teams["team_id"]))
    told = map(_shape, latest(released, teams).values())
    shapes = Counter(shape for shape in told if shape in story_words.SHAPES)
    columns = tuple(story_words.said(column, settings) for column in story_words.SHAPE_COLUMNS)
    rows = tuple((told, str(shapes.get(shape, 0))) for shape, told in story_words.SHAPES.items())
    title = story_words.all_alike_title(shapes, settings)
    return Slide(
        key="alike",
        title=title,
        table=Table(headings=columns, rows=rows) if shapes else None,
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=f"{title}."),
            *(alike_words.SHAPES.values() if shapes else ()),
            story_words.CAVEAT.format(text=alike_words.NO_FAULT),
        ),
    )
