"""
Page: the story as one HTML file that opens offline, with charts that answer, for whoever is sent a link to nothing.

Everything is inside: style, script, fonts, charts. Its own policy forbids any request and any script but this one, so
that a name from data can neither fetch nor do anything. Charts are the drawings of the paper, in colours that follow
the reader's light or dark, and a few lines of script; a plotting library would be 4.8 MB for three kinds of plot.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from dashboard.charts import palette
from dashboard.charts.palette import Palette
from dashboard.fonts import SANS, SERIF, web
from dashboard.reports.drawing_parts import element
from dashboard.reports.page_slide import NAMES, name, section
from dashboard.reports.paper_parts import footer
from dashboard.storyline import Deck
from dashboard.wording import paper_words
from dashboard.wording.escape import html

HERE = Path(__file__).parent
FACES = ((SANS, "HouseSans-Upright.woff2"), (SERIF, "HouseSerif-Upright.woff2"))


def page(deck: Deck) -> bytes:
    """The story as one HTML file; the same bytes for the same story."""
    style, script = _style(), (HERE / "page.js").read_text()
    head = [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", html(deck.title)),
        f"<style>{style}</style>",
    ]
    slides = "\n".join(section(slide, at) for at, slide in enumerate(deck.slides, 1))
    body = [_top(deck), element("main", slides), _bar(), '<div class="tip" id="tip" aria-hidden="true" hidden></div>']
    inside = [element("head", *head), element("body", *body, f"<script>{script}</script>")]
    return f"<!doctype html>\n{element('html', *inside, lang=paper_words.LANGUAGE)}\n".encode()


def _policy(style: str, script: str) -> str:
    """Nothing may be asked for; this style and this script alone are read, by their digests."""
    own = "style-src {}; script-src {}".format(*(_digest(text) for text in (style, script)))
    return f"default-src 'none'; {own}; font-src data:; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> str:
    """The fonts, the colours of both modes (paper is light), and the style sheet."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:400 700;src:url(data:font/woff2;base64,{_base64(file)})}}\n'
        for family, file in FACES
    )
    light, dark = _variables(palette("light")), _variables(palette("dark"))
    dark = f"@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
    return f"{faces}:root{{color-scheme:light dark;{light}}}\n{dark}{(HERE / 'page.css').read_text()}"


def _base64(file: str) -> str:
    return base64.b64encode(web(file)).decode()


def _variables(colours: Palette) -> str:
    return ";".join(f"--{field}:{getattr(colours, field)}" for field in NAMES)


def _top(deck: Deck) -> str:
    links = "".join(
        element("li", element("a", html(slide.title), href=f"#{name(at)}")) for at, slide in enumerate(deck.slides, 1)
    )
    contents = element("details", element("summary", paper_words.STORY), element("ol", links), class_="contents")
    return element("header", element("h1", html(footer(deck))), contents, class_="top")


def _bar() -> str:
    """Back, which of how many, on, and the other way to read; shown by the script, as nothing moves without it."""
    words = {"data_page": paper_words.AS_PAGE, "data_slides": paper_words.AS_SLIDES}
    inside = (
        element("button", "←", type="button", id="back", aria_label=paper_words.BACK),
        element("span", " ", id="count"),
        element("button", "→", type="button", id="on", aria_label=paper_words.ON),
        element("button", paper_words.AS_PAGE, type="button", id="mode", class_="mode", **words),
    )
    shown = {"aria_label": paper_words.MOVE, "data_count": paper_words.PAGE_OF, "hidden": "hidden"}
    return element("nav", *inside, class_="bar", id="bar", **shown)
