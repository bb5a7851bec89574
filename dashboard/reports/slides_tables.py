"""
Tables on slides: native, their first row marked as headings, columns as wide as what stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pptx.oxml import parse_xml
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.reports.slides_look import NO_LINE, Look
from dashboard.reports.slides_measure import LINE, Box, Type, lines, width
from dashboard.reports.slides_xml import LANGUAGE, SPACES, clean, said, spaces, tag, val
from dashboard.storyline import Table
from dashboard.wording import report_words

BARE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's style without lines and fills
ASIDE = 8.0  # points left and right of the text of a cell
LONGEST, SHORT = 34, 12  # letters of a figure, and of words in its place
POWERS = (0.3, 0.6, 1.0)  # of what columns need: ways to share room out
SIZES = (20.0, 18.0, 17.0, 16.0)


class Spacing(NamedTuple):
    """How dense a table is: points above and below a cell's text, and from line to line as a share of the size."""

    around: float
    line: float


EASY, DENSE = Spacing(5.0, LINE), Spacing(2.5, 1.1)


class Fitted(NamedTuple):
    """A table as it fits: its rows, its size of letters, widths of columns and heights of rows in points."""

    rows: tuple[tuple[str, ...], ...]
    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    spacing: Spacing
    more: int = 0

    @property
    def flat(self) -> bool:
        """Whether every row but that of the headings is one line."""
        return max(self.heights[1:], default=0) <= self.size * self.spacing.line + 2 * self.spacing.around + 0.1

    @property
    def height(self) -> float:
        """Points down."""
        return sum(self.heights)


def fitted(table: Table, across: float, room: float, look: Look) -> Fitted:
    """
    The table at the largest size at which it fits; rows of one line each are preferred. Where none
    fits, as many rows as do and how many more there are.
    """
    rows = tuple(tuple(map(clean, row)) for row in (table.headings, *table.rows))
    tried = [_laid(rows, size, across, look) for size in SIZES]
    tried.append(_laid(rows, SIZES[-1], across, look, DENSE))
    fits = [found for found in tried if found.height <= room]
    flat = [found for found in fits if found.flat] or fits
    if flat:
        return flat[0]
    found = tried[-1]
    kept = len(rows)
    while kept > 2 and found.height > room:
        kept -= 1
        rest = (report_words.MORE_ROWS.format(more=len(rows) - kept), *[""] * (len(rows[0]) - 1))
        found = _laid((*rows[:kept], rest), SIZES[-1], across, look, DENSE)._replace(more=len(rows) - kept)
    return found


def _laid(rows: Sequence[tuple[str, ...]], size: float, across: float, look: Look, spacing: Spacing = EASY) -> Fitted:
    """The table at this size, its columns shared out in the way that makes it lowest."""
    ways = {_widths(rows, Type(size, factor=look.factor), across, power) for power in POWERS}
    laid = (
        Fitted(tuple(rows), size, widths, _heights(rows, widths, size, look, spacing), spacing)
        for widths in sorted(ways)
    )
    return min(laid, key=lambda found: found.height)


def _heights(
    rows: Sequence[tuple[str, ...]], widths: Sequence[float], size: float, look: Look, spacing: Spacing
) -> tuple[float, ...]:
    letters = [Type(size, bold=at == 0, factor=look.factor) for at in range(len(rows))]
    return tuple(
        max(len(lines(cell, wide - 2 * ASIDE, type_)) for cell, wide in zip(row, widths, strict=True))
        * size
        * spacing.line
        + 2 * spacing.around
        for row, type_ in zip(rows, letters, strict=True)
    )


def _widths(rows: Sequence[tuple[str, ...]], letters: Type, across: float, power: float) -> tuple[float, ...]:
    """
    What each column needs on one line; where that is too much, the long ones share what the others leave, each at least
    as wide as its longest word where it can.
    """
    bold = letters._replace(bold=True)
    columns = list(zip(*rows, strict=True))
    needs = [
        max(_heading(column[0], bold), *(width(cell, letters) for cell in column[1:]), 0) + 2 * ASIDE + 1
        for column in columns
    ]
    least = [
        max(width(word, bold) for cell in column for word in cell.split(" ")) + 2 * ASIDE + 1 for column in columns
    ]
    if sum(needs) <= across:
        spare = (across - sum(needs)) / len(needs)
        return tuple(need + min(spare, 0.5 * need) for need in needs)
    return _shared(needs, least, across, power)


def _shared(needs: Sequence[float], least: Sequence[float], across: float, power: float) -> tuple[float, ...]:
    """
    Columns that need no more than their share get it; the others divide the rest by what they need, evenly where
    `power` is 0.
    """
    found = dict.fromkeys(range(len(needs)), 0.0)
    open_, free = set(found), across
    while content := {at for at in open_ if needs[at] <= free / len(open_)}:
        found |= {at: needs[at] for at in content}
        free -= sum(needs[at] for at in content)
        open_ -= content
    if open_:
        whole = sum(needs[at] ** power for at in open_)
        found |= {at: free * needs[at] ** power / whole for at in open_}
        short = sum(max(0.0, min(least[at], across / len(needs)) - found[at]) for at in open_)
        if not short:
            return tuple(found.values())
        found |= {at: max(found[at], min(least[at], across / len(needs))) for at in open_}
    over = across / sum(found.values())
    return tuple(width * min(over, 1.0) for width in found.values())


def _heading(text: str, letters: Type) -> float:
    """What a heading needs on two lines."""
    words = text.split(" ")
    breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words)))
    return min(max(width(first, letters), width(second, letters)) for first, second in breaks)


def table(slide: Slide, found: Fitted, box: Box, look: Look) -> GraphicFrame:
    """Add the table at this place."""
    place = (Emu(Pt(points)) for points in (box.left, box.top, sum(found.widths), found.height))
    frame = slide.shapes.add_table(len(found.rows), len(found.widths), *place)
    whole = frame.table._tbl
    properties = whole.tblPr
    properties.set("bandRow", "0")
    properties.find("a:tableStyleId", SPACES).text = BARE
    for column, points in zip(frame.table.columns, found.widths, strict=True):
        column.width = Emu(Pt(points))
    right = _figures(found.rows)
    for at, (row, points) in enumerate(zip(frame.table.rows, found.heights, strict=True)):
        row.height = Emu(Pt(points))
        element = row._tr
        for cell in list(element.findall("a:tc", SPACES)):
            element.remove(cell)
        for place_, text in enumerate(found.rows[at]):
            element.insert(place_, parse_xml(_cell(text, at, right[place_], found, look)))
    return frame


def _figures(rows: Sequence[tuple[str, ...]]) -> list[bool]:
    """Which columns hold figures, and stand at the right; the first names the row."""
    bodies = list(zip(*rows[1:], strict=True)) or [()] * len(rows[0])
    return [at > 0 and _are_figures(column) for at, column in enumerate(bodies)]


def _are_figures(column: Sequence[str]) -> bool:
    """Whether a column holds figures, or short words in the place of one."""
    short = all(_is_figure(cell) or len(cell) <= SHORT for cell in column)
    return short and any(any(letter.isdigit() for letter in cell) for cell in column)


def _is_figure(cell: str) -> bool:
    """
    Whether a cell is a figure rather than words.

    >>> _is_figure("+14 [7, 21]"), _is_figure("–"), _is_figure("the plain mean of 5")
    (True, True, False)
    """
    return len(cell) <= LONGEST and sum(letter.isalpha() for letter in cell) <= max(3, len(cell) / 3)


def _cell(text: str, at: int, right: bool, found: Fitted, look: Look) -> str:
    head = at == 0
    paint = look.muted if head else look.ink
    run = tag("a:rPr", paint.fill(), lang=LANGUAGE, sz=round(found.size * 100), b=int(head))
    distance = tag("a:lnSpc", val("a:spcPts", round(found.size * found.spacing.line * 100)))
    how = tag("a:pPr", distance, algn="r" if right else "l")
    words = tag("a:r", run, tag("a:t", said(text))) if text else ""
    body = tag(
        "a:txBody", "<a:bodyPr/>", "<a:lstStyle/>", tag("a:p", how, words, tag("a:endParaRPr", lang=LANGUAGE, sz=1600))
    )
    line = (look.ink if head else look.line).line(1.5 if head else 0.75)
    sides = [NO_LINE.replace("a:ln", f"a:{side}") for side in ("lnL", "lnR", "lnT")]
    under = line.replace("<a:ln ", "<a:lnB ").replace("</a:ln>", "</a:lnB>")
    aside, around = round(Pt(ASIDE)), round(Pt(found.spacing.around))
    box = tag("a:tcPr", *sides, under, "<a:noFill/>", marL=aside, marR=aside, marT=around, marB=around, anchor="t")
    return tag("a:tc", body, box, **spaces("a"))


def described(found: Table) -> str:
    """What the table holds, for those who cannot see it."""
    rows = "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in found.rows)
    return clean(report_words.TABLE_ALT.format(headings=", ".join(found.headings), rows=rows))
