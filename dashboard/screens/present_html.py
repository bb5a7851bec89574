"""
A slide as HTML: words, figures and tables of the stage. Every text is escaped here; the plot is drawn beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.palette import Palette
from dashboard.screens.present_layout import CELLS, LONG, Layout
from dashboard.storyline import Figure, Slide, Table
from dashboard.wording import present_words
from dashboard.wording.escape import html
from dashboard.wording.unbroken import unbroken

HUES = ("individual", "collective", "accent", "neutral")


def slide_html(slide: Slide, layout: Layout, colours: Palette, figures: Table | None = None) -> str:
    """
    All of a slide but its plot, for which room is left.

    Parameters
    ----------
    figures : the plot's figures as a table, shown in its place where it is asked for.
    """
    cells, row = CELLS[2] if figures is not None else layout.cells
    px = {"title": layout.title, "words": layout.words, "beside": layout.beside, "value": layout.value}
    sizes = ";".join(f"--{name}:{size}px" for name, size in {**px, "cells": cells, "row": row}.items())
    hues = ";".join(f"--{name}:{getattr(colours, name)}" for name in HUES)
    plot = _room(layout, figures) if slide.plot is not None else ""
    cards = _cards(slide.figures)
    words = _words(slide)
    table = "" if slide.table is None else _table(slide.table, slide.title)
    kind = "with-plot" if plot else "with-table" if table else "with-words"
    inside = f'{plot}<div class="words">{cards}{words}</div>' if plot else f"{cards}{words}{table}"
    return (
        f'<article class="slide {kind}" style="{sizes};{hues}"><h1>{_say(slide.title)}</h1>'
        f'<div class="body">{inside}</div><p class="source">{_say(slide.source)}</p></article>'
    )


def _room(layout: Layout, figures: Table | None) -> str:
    width, height = layout.plot
    inside = "" if figures is None else _table(figures, present_words.TABLE)
    return f'<div class="room" style="width:{width}px;height:{height}px">{inside}</div>'


def _words(slide: Slide) -> str:
    lead = "".join(f"<p>{_say(text)}</p>" for text in slide.lead)
    title = f"<h2>{_say(slide.points_title)}</h2>" if slide.points_title else ""
    points = "".join(f"<li>{_say(text)}</li>" for text in slide.points)
    return f"{lead}{title}" + (f"<ul>{points}</ul>" if points else "")


def _cards(figures: Sequence[Figure]) -> str:
    return f'<div class="cards">{"".join(map(_card, figures))}</div>' if figures else ""


def _card(figure: Figure) -> str:
    rows = (("label", figure.label), ("value", figure.value), ("change", figure.change), ("note", figure.note))
    inside = "".join(f'<p class="{name}">{_say(text)}</p>' for name, text in rows if text)
    long = " long" if len(figure.value) > LONG else ""
    return f'<div class="card {figure.role}{long}">{inside}</div>'


def _table(table: Table, name: str) -> str:
    """A table in a frame that the keyboard can scroll, should it be longer than the slide."""
    head = "".join(f'<th scope="col">{_say(text)}</th>' for text in table.headings)
    body = "".join(_row(row) for row in table.rows)
    note = f'<p class="note">{_say(table.note)}</p>' if table.note else ""
    return (
        f'<div class="frame" tabindex="0" role="region" aria-label="{html(name)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{note}"
    )


def _row(row: Sequence[str]) -> str:
    first, *others = row
    return f'<tr><th scope="row">{_say(first)}</th>{"".join(f"<td>{_say(cell)}</td>" for cell in others)}</tr>'


def notes_html(slide: Slide) -> str:
    """What the speaker may say, a paragraph each."""
    notes = slide.notes or (present_words.NOTHING_TO_SAY,)
    told = "".join(f"<p>{_say(text)}</p>" for text in notes)
    return f'<section class="speaker" tabindex="0" aria-label="{present_words.SPEAKER}">{told}</section>'


def _say(text: str) -> str:
    return unbroken(html(text))
