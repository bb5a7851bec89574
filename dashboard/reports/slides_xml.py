"""
XML of drawings, written element by element; every text and attribute is escaped in this one place.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dashboard.wording.escape import plain

SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cdr": "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LANGUAGE = "en-GB"
SOME = 5_000  # letters of one text at most


def tag(element: str, *inside: str, **attributes: object) -> str:
    """
    An element with what stands inside, already XML, and its attributes.

    >>> tag("a:srgbClr", tag("a:alpha", val=50000), val="1a5fb4")
    '<a:srgbClr val="1a5fb4"><a:alpha val="50000"/></a:srgbClr>'
    """
    written = "".join(f" {name}={quoteattr(str(value))}" for name, value in attributes.items())
    return f"<{element}{written}>{''.join(inside)}</{element}>" if inside else f"<{element}{written}/>"


def val(element: str, value: object) -> str:
    """An element that is nothing but its value."""
    return tag(element, val=value)


def said(text: object) -> str:
    """
    Text as it may stand inside an element.

    >>> said("<b>R&D\\x00</b>")
    '&lt;b&gt;R&amp;D &lt;/b&gt;'
    """
    return escape(clean(text))


def clean(text: object) -> str:
    """The text on one line and without what XML cannot hold; nothing of it is ever read as markup."""
    return plain(text)[:SOME]


def parsed(part: bytes) -> etree._Element:
    """The XML of a part that somebody else wrote; nothing it refers to is fetched or unfolded."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def spaces(*prefixes: str) -> dict[str, str]:
    """The namespaces of these prefixes, as attributes of a root."""
    return {f"xmlns:{prefix}": SPACES[prefix] for prefix in prefixes}
