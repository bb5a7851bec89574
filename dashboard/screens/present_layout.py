"""
Layout of a slide on the stage: 1280 × 720 px, scaled as a whole to whatever window or projector shows it.

What fits here fits everywhere, as in a deck: letters grow with the picture. The plot takes the room that the words
beside it leave, and the words are as large as that allows, never smaller than can be read from 8 m.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.reports.slides_measure import Type, lines
from dashboard.reports.slides_measure import width as line_width
from dashboard.storyline import Slide, Table

WIDTH, HEIGHT = 1280, 720  # px
EDGE, ABOVE, FOOT, UNDER_TITLE = 48, 36, 58, 16  # px beside, above, for the line below, under the title
INNER = WIDTH - 2 * EDGE
GAP = 36  # px between plot and words
TITLES = ((1, 44), (2, 42), (3, 38), (9, 36))  # lines at most → size of the title, px
TITLE_LINE, WORD_LINE, CELL_LINE = 1.16, 1.32, 1.22  # heights of lines, of the size
SIZES = (28, 26, 24, 22)  # px of words, the largest that fits is taken
BESIDE = (380, 430, 480, 540, 600)  # px for words beside a plot
CELLS = ((28, 14), (24, 10), (22, 8), (22, 5), (20, 4), (18, 3))  # px: letters of a table, and over and under them
VALUES = (96, 72, 56)  # px of a large figure
LONG = 9  # letters; a longer figure is set in words, on two lines where it must
SERIF, SANS = Type(1, bold=True, factor=0.96), Type(1, factor=0.91)  # House letters are narrower than Arial's
BETWEEN, OF_POINTS, INDENT, STACKED = 12, 16, 24, 92  # px: between paragraphs, points; of a list; a figure by a plot
CARD_GAP, CARD_EDGE, UNDER_CARDS = 28, 24, 44  # px: between figures, beside their bar, under them
ROOM_BETWEEN_CELLS, OVER_WORDS = 16, 28  # px


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    Sizes in px: letters of the title, the words, a large figure and the table's cells, the space over and under a cell;
    the plot's width and height and the width of the words beside it, 0 where there is none.
    """

    title: int
    words: int
    value: int = VALUES[-1]
    cells: tuple[int, int] = CELLS[2]
    plot: tuple[int, int] = (0, 0)
    beside: int = 0


def layout(slide: Slide) -> Layout:
    """How a slide is laid out."""
    title, body = _title(slide.title)
    if slide.plot is not None:
        return _with_plot(slide, title, body)
    tried = [(size, value, cells) for size in SIZES for value in _values(slide) for cells in _cells(slide.table)]
    fits = (one for one in tried if _under_each_other(slide, *one) <= body)
    words, value, cells = next(fits, tried[-1])
    return Layout(title=title, words=words, value=value, cells=cells)


def _title(text: str) -> tuple[int, int]:
    """The size of a title, and the px it leaves for the body."""
    for most, size in TITLES:
        taken = len(lines(text, INNER, SERIF._replace(size=size)))
        if taken <= most:
            break
    return size, int(HEIGHT - ABOVE - FOOT - UNDER_TITLE - taken * size * TITLE_LINE)


def _with_plot(slide: Slide, title: int, body: int) -> Layout:
    if not (slide.lead or slide.points or slide.figures):
        return Layout(title=title, words=SIZES[-1], plot=(INNER, body))
    tried = [(width, size) for size in SIZES[1:] for width in BESIDE[: 2 if size > SIZES[-1] else None]]
    fits = ((width, size) for width, size in tried if _beside(slide, width, size) <= body)
    beside, words = next(fits, tried[-1])
    return Layout(title=title, words=words, plot=(INNER - GAP - beside, body), beside=beside)


def _beside(slide: Slide, width: int, size: int) -> float:
    """px that everything beside a plot takes."""
    return STACKED * len(slide.figures) + _words(slide, width, size)


def _under_each_other(slide: Slide, size: int, value: int, cells: tuple[int, int]) -> float:
    """px that figures, words and table take on a slide without a plot."""
    table = 0.0 if slide.table is None else _table(slide.table, *cells)
    return _figures(slide, value) + _words(slide, min(INNER, 1060), size) + table + OVER_WORDS


def _values(slide: Slide) -> Sequence[int]:
    """Sizes at which every large figure stays on one line."""
    short = [one.value for one in slide.figures if len(one.value) <= LONG]
    if not short:
        return VALUES[-1:]
    width = (INNER - CARD_GAP * (len(slide.figures) - 1)) / len(slide.figures) - CARD_EDGE
    fits = [
        size
        for size in VALUES
        if all(len(lines(value, width, SANS._replace(size=size, bold=True))) == 1 for value in short)
    ]
    return fits or VALUES[-1:]


def _figures(slide: Slide, value: int) -> float:
    if not slide.figures:
        return 0.0
    width = (INNER - CARD_GAP * (len(slide.figures) - 1)) / len(slide.figures) - CARD_EDGE
    return UNDER_CARDS + max(
        _block([one.label, one.change, one.note], width, 24, 0, bold=True) + value * 1.15 for one in slide.figures
    )


def _words(slide: Slide, width: int, size: int) -> float:
    """px that lead and points take one under the other."""
    heads = [slide.points_title] if slide.points_title else []
    between = BETWEEN * 0.7 if slide.plot is not None else OF_POINTS
    return _block([*slide.lead, *heads], width, size, BETWEEN) + _block(slide.points, width - INDENT, size, between)


def _block(texts: Sequence[str], width: float, size: int, between: float, bold: bool = False) -> float:
    letters = SANS._replace(size=size, bold=bold)
    return sum(len(lines(text, width, letters)) * size * WORD_LINE + between for text in texts if text)


def _cells(table: Table | None) -> Sequence[tuple[int, int]]:
    return CELLS[:1] if table is None else CELLS


def _table(table: Table, size: int, space: int) -> float:
    """px that a table takes, its columns as wide as a browser makes them: by what is in them."""
    wide = _columns(table, size)
    high = [
        max(len(lines(cell, column, SANS._replace(size=size))) for cell, column in zip(row, wide, strict=True))
        for row in (table.headings, *table.rows)
    ]
    note = _block([table.note], INNER, 20, 10) if table.note else 0.0
    return sum(rows * size * CELL_LINE + 2 * space + 1 for rows in high) + note


def _columns(table: Table, size: int) -> list[float]:
    """The widths of the columns: what each would take on one line, all shrunk alike to the slide's width."""
    letters = SANS._replace(size=size)
    columns = list(zip(table.headings, *table.rows, strict=True))
    wanted = [max(line_width(cell, letters) for cell in column) + ROOM_BETWEEN_CELLS for column in columns]
    words = [max(line_width(word, letters) for cell in column for word in cell.split(" ")) for column in columns]
    room, least = INNER, [word + ROOM_BETWEEN_CELLS for word in words]
    over = max(sum(wanted) - room, 0.0)
    loose = [want - need for want, need in zip(wanted, least, strict=True)]
    share = min(over / sum(loose), 1.0) if sum(loose) else 0.0
    return [want - share * more - ROOM_BETWEEN_CELLS for want, more in zip(wanted, loose, strict=True)]
