"""
Arranging: where the parts of a slide stand, and at which size. What does not fit at one size is tried at the next;
nothing is set below 16 points, and nothing stands outside its box.

A plot has the text beside it, or above it where the text is short. Figures and tables have the lead above and the list
below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dashboard.reports.slides_look import Look
from dashboard.reports.slides_measure import Box
from dashboard.reports.slides_tables import Fitted, fitted
from dashboard.reports.slides_text import SMALL, Paragraph, figures_height, high, trimmed
from dashboard.storyline import Slide, Table

SIZES = (22.0, 20.0, 18.0, 17.0, 16.0)
BESIDE = SIZES[1:]  # of text beside a plot
ALONE = (26.0, 24.0, *SIZES)  # of text that has the slide to itself
READABLE = 760.0  # points, the longest line of a text
GAP = 16.0  # points between parts
SHORT = 62.0  # points down: text that stands above a plot
CHART_SHARE, NARROWER = 0.66, (0.58, 0.52, 0.46)  # of the width, beside text; where the text is long
LOWEST_CHART, LOWEST_TABLE = 200.0, 90.0  # points down


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """
    Texts with their places, and the places of the other parts; `alone`: whether nothing follows the
    figures. `cut`: whether any text had to be.
    """

    texts: tuple[tuple[tuple[Paragraph, ...], Box], ...] = ()
    figures: Box | None = None
    alone: bool = False
    plot: Box | None = None
    table: tuple[Fitted, Box] | None = None
    cut: bool = False


@dataclass(slots=True)
class _Column:
    """A box that is filled from above."""

    box: Box
    texts: list[tuple[tuple[Paragraph, ...], Box]] = field(default_factory=list)

    def take(self, height: float) -> Box:
        """The next part, so high; what is left is below it."""
        found = self.box._replace(height=min(height, self.box.height))
        self.box = self.box.below(min(height + GAP, self.box.height))
        return found


def arranged(slide: Slide, box: Box, look: Look, largest: float = ALONE[0]) -> Arranged:
    """The parts of a slide in this box, at the largest size, up to `largest`, at which they fit."""
    for way in _ways(slide, box, look, largest):
        if not way.cut:
            return way
    return way


def _ways(slide: Slide, box: Box, look: Look, largest: float) -> Iterator[Arranged]:
    """Ways to arrange a slide, the best first."""
    others = slide.plot is not None or slide.table is not None or slide.figures
    sizes = BESIDE if slide.plot is not None else SIZES if others else ALONE
    for size in (each for each in sizes if each <= largest):
        text = [*_lead(slide, size), *_points(slide, size)]
        if slide.plot is not None and slide.table is None and not slide.figures:
            yield _with_plot(text, CHART_SHARE, box, look)
        else:
            yield _stacked(slide, size, box, look)
    if slide.plot is not None and slide.table is None and not slide.figures:
        yield from (_with_plot([*_lead(slide, SMALL), *_points(slide, SMALL)], share, box, look) for share in NARROWER)
    if slide.table is not None and slide.plot is None and _points(slide, SMALL):
        yield _table_beside(slide, slide.table, box, look)


def _lead(slide: Slide, size: float) -> list[Paragraph]:
    return [Paragraph(text, size) for text in slide.lead]


def _points(slide: Slide, size: float) -> list[Paragraph]:
    title = [Paragraph(slide.points_title, size, bold=True)] if slide.points_title and slide.points else []
    return title + [Paragraph(text, size, listed=True) for text in slide.points]


def _with_plot(text: list[Paragraph], share: float, box: Box, look: Look) -> Arranged:
    """A plot and its text, beside each other or one above the other."""
    if not text:
        return Arranged(plot=box)
    needed = high(text, box.width, look)
    if needed <= SHORT and not any(each.listed for each in text):
        column = _Column(box)
        return Arranged(texts=((tuple(text), column.take(needed)),), plot=column.box)
    left, right = box.split(share, 28)
    kept = trimmed(text, right, look)
    return Arranged(texts=((tuple(kept), right),), plot=left, cut=kept != text)


def _stacked(slide: Slide, size: float, box: Box, look: Look) -> Arranged:
    """Lead, figures, plot or table, list, one below the other."""
    column, found = _Column(box), Arranged()
    lead, points = _lead(slide, size), _points(slide, size)
    rest = _rest(slide, points, box, look)
    across = box.width if slide.table or slide.figures else min(box.width, READABLE)
    if lead:
        found = _add(found, lead, column, across, rest, look)
    if slide.figures:
        alone = not (points or slide.plot or slide.table)
        needed = figures_height(slide.figures, box.width, look, alone)
        if alone:
            column.take(max(0.0, 0.3 * (column.box.height - needed) - GAP))
        found = replace(found, figures=column.take(needed), alone=alone)
    if points and not (slide.plot or slide.table):
        if slide.figures:
            column.take(min(12.0, max(0.0, column.box.height - GAP - high(points, across, look))))
        return _add(found, points, column, across, 0, look)
    below = high(points, across, look) + GAP if points else 0.0
    if slide.table is not None:
        noted = high([Paragraph(slide.table.note, SMALL)], box.width, look) + 6 if slide.table.note else 0.0
        room = column.box.height - below - noted
        grid = fitted(slide.table, box.width, room, look)
        found = replace(
            found, table=(grid, column.take(grid.height)), cut=found.cut or bool(grid.more) or grid.height > room + 1
        )
        if noted:
            column.box = column.box.below(6 - GAP)
            found = _add(found, [Paragraph(slide.table.note, SMALL, paint=look.muted)], column, box.width, below, look)
    if slide.plot is not None:
        place = column.take(max(column.box.height - below, LOWEST_CHART))
        found = replace(found, plot=place, cut=found.cut or place.height < LOWEST_CHART - 1)
    return _add(found, points, column, across, 0, look) if points else found


def _rest(slide: Slide, points: Sequence[Paragraph], box: Box, look: Look) -> float:
    """Points down that what follows the lead needs at least."""
    needed = figures_height(slide.figures, box.width, look) + GAP if slide.figures else 0.0
    needed += LOWEST_CHART + GAP if slide.plot is not None else 0.0
    needed += LOWEST_TABLE + GAP if slide.table is not None else 0.0
    return needed + (high(points, box.width, look) + GAP if points else 0.0)


def _add(
    found: Arranged, text: list[Paragraph], column: _Column, across: float, reserved: float, look: Look
) -> Arranged:
    """The text as the next part of the column, cut where what is reserved leaves too little."""
    room = column.box._replace(width=across, height=max(column.box.height - reserved, 0))
    kept = trimmed(text, room, look)
    place = column.take(high(kept, across, look))._replace(width=across)
    return replace(found, texts=(*found.texts, (tuple(kept), place)), cut=found.cut or kept != text)


def _table_beside(slide: Slide, table: Table, box: Box, look: Look) -> Arranged:
    """The last way with a table: its list beside it."""
    left, right = box.split(0.62, 28)
    text = [*_lead(slide, SMALL), *_points(slide, SMALL)]
    kept = trimmed(text, right, look)
    grid = fitted(table, left.width, left.height, look)
    return Arranged(texts=((tuple(kept), right),), table=(grid, left), cut=kept != text or bool(grid.more))
