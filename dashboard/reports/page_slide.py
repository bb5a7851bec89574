"""
A slide on the page: its title, what it says, its chart with the figures beside it, and what stands behind it.
"""

from __future__ import annotations

from dataclasses import fields

from dashboard.charts.palette import Palette
from dashboard.reports.drawing import drawing, figures
from dashboard.reports.drawing_parts import element
from dashboard.reports.paper_parts import are_figures
from dashboard.storyline import Figure, Lines, Map, Plot, Slide, Table
from dashboard.wording import paper_words
from dashboard.wording.escape import html

NAMES = tuple(field.name for field in fields(Palette))
VARIABLES = Palette(**{name: f"var(--{name})" for name in NAMES})
WIDE = {Map: (600, 420), Lines: (660, 380)}  # px of a drawing; rows are as high as they need
NARROW = (350, 400)  # px: a drawing on a phone
LONG, WORDS = 115, 6  # letters of a title, and of a large number, from which on it is set smaller
FEW_LETTERS = 320
DENSE = 5  # rows of a table from which on they stand closer


def name(at: int) -> str:
    """The address of a slide within the page, counted from 1."""
    return f"slide-{at}"


def section(slide: Slide, at: int) -> str:
    """
    One slide; every text harmless. Beside a chart, what is said stands to its right where there is room.
    """
    title = f"{name(at)}-title"
    size = "long" if len(slide.title) > LONG else None
    head = element("h2", html(slide.title) or "–", id=title, tabindex=-1, class_=size)
    table = "" if slide.table is None else element("div", _table(slide.table, slide.title), *_under(slide.table))
    inside = (
        element("div", _paragraphs(slide.lead), class_="lead" + _large(slide)) if slide.lead else "",
        _figures(slide.figures),
        "" if slide.plot is None else _chart(slide.plot, slide.title),
        _points(slide),
        table,
        _foot(slide),
    )
    body = element("div", *inside, class_="body" if slide.plot is None or slide.table else "body two")
    return element("section", head, body, class_="slide", id=name(at), aria_labelledby=title)


def _large(slide: Slide) -> str:
    """Words alone may be larger, where they are few."""
    letters = sum(map(len, (*slide.lead, *slide.points)))
    return (
        "" if slide.plot or slide.table or letters > (FEW_LETTERS if slide.figures else 2 * FEW_LETTERS) else " large"
    )


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(element("p", html(text)) for text in texts if text)


def _figures(all_of_them: tuple[Figure, ...]) -> str:
    if not all_of_them:
        return ""
    return element("ul", *map(_figure, all_of_them), class_="figures")


def _figure(one: Figure) -> str:
    value = "value words" if len(one.value) > WORDS else "value"
    parts = (("label", one.label), (value, one.value), ("change", one.change), ("note", one.note))
    return element("li", *(element("span", html(text), class_=kind) for kind, text in parts if text), class_=one.role)


def _points(slide: Slide) -> str:
    if not slide.points:
        return ""
    title = element("h3", html(slide.points_title)) if slide.points_title else ""
    listed = element("ul", *(element("li", html(point)) for point in slide.points))
    return element("div", title, listed, class_="points" + _large(slide))


def _chart(plot: Plot, title: str) -> str:
    """The drawing for a wide page and the one for a phone, and all its figures as a table."""
    wide, narrow = WIDE.get(type(plot), (660, 400)), NARROW
    drawn = "".join(
        element("div", drawing(plot, VARIABLES, *size), class_=kind)
        for kind, size in (("wide", wide), ("narrow", narrow))
    )
    table = figures(plot)
    beside = element(
        "details", element("summary", paper_words.FIGURES), _table(table, title), *_under(table), class_="beside"
    )
    return element("figure", drawn, beside, class_="chart")


def _table(table: Table, title: str) -> str:
    """A table in a box that scrolls by itself, also by the keyboard, where the page is narrow."""
    right = [at > 0 and are_figures([row[at] for row in table.rows]) for at in range(len(table.headings))]
    classes = ["figure" if figure else None for figure in right]
    head = (
        element("th", html(cell) or " ", scope="col", class_=kind)
        for cell, kind in zip(table.headings, classes, strict=True)
    )
    rows = (element("tr", _row(row, classes)) for row in table.rows)
    whole = element("table", element("thead", element("tr", *head)), element("tbody", *rows))
    label = paper_words.FIGURES_OF.format(title=title)
    dense = "table dense" if len(table.rows) >= DENSE else "table"
    return element("div", whole, class_=dense, tabindex=0, role="region", aria_label=label)


def _row(row: tuple[str, ...], classes: list[str | None]) -> str:
    first, *others = row
    cells = (element("td", html(cell) or " ", class_=kind) for cell, kind in zip(others, classes[1:], strict=True))
    return element("th", html(first) or " ", scope="row") + "".join(cells)


def _under(table: Table) -> list[str]:
    return [element("p", html(table.note), class_="under")] if table.note else []


def _foot(slide: Slide) -> str:
    """Of whom and from when; what stands behind it, opened where it is wanted."""
    source = element("p", html(slide.source), class_="source") if slide.source else ""
    return element("div", source, _notes(slide), class_="foot") if source or slide.notes else ""


def _notes(slide: Slide) -> str:
    if not slide.notes:
        return ""
    told = element("div", _paragraphs(slide.notes))
    return element("details", element("summary", paper_words.NOTES), told, class_="notes")
