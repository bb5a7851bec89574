"""
Escape: the one place where text that comes from data is made harmless for the place it is shown in.

A team may be called `![x](https://example.org/p.png)` or `=cmd|' /C calc'!A0`. It is shown exactly so, and
nothing is drawn, fetched, linked or computed.
"""

from __future__ import annotations

import html as _html
import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"
_LINKS = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.])|(?<=.)(?=@)|(?<=-)(?=>)")
_CONTROL = re.compile(  # the last row: what no XML may hold, and halves of letters, which no file may
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    r"\ufffe\uffff\ud800-\udfff]+"
)
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain(text: object) -> str:
    """
    The text on one line, without control characters, what no XML may hold, or what turns the direction of writing.

    >>> plain("Alpha\\nBeta\\u202e")
    'Alpha Beta'
    """
    return " ".join(_CONTROL.sub(" ", str(text)).split())


def markdown(text: object) -> str:
    """
    The text for any place that reads Markdown (headings, captions, metric labels, tabs, buttons).

    Every punctuation character carries a backslash; an invisible word joiner breaks what would become a
    link or an arrow all the same.

    >>> markdown(":red[x]")
    '\\\\:red\\\\[x\\\\]'
    """
    broken = _LINKS.sub(lambda match: match.group(0) + _WORD_JOINER, plain(text))
    return _PUNCTUATION.sub(r"\\\1", broken)


def html(text: object) -> str:
    """
    The text for places that read HTML, such as titles, labels and hover texts of Plotly.

    >>> html("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    return _html.escape(plain(text))


def cell(text: object) -> str:
    """
    The text for a cell of an exported CSV or workbook: a spreadsheet must not take it for a formula.

    >>> cell("=cmd|' /C calc'!A0"), cell("Alpha")
    ("'=cmd|' /C calc'!A0", 'Alpha')
    """
    value = str(text)
    return f"'{value}" if value.startswith(_FORMULA_START) else value
