"""
Fonts: the house's two families, so that every screen and every paper is set in the same letters on every machine.

`folder()` holds the TrueType files for paper, `web(name)` gives a WOFF2 file for a page. Figures are as wide as each
other in both families, so that columns of them line up. Where they come from stands in README.md beside this file.
"""

from __future__ import annotations

from pathlib import Path

SANS, SERIF = "House Sans", "House Serif"
HERE = Path(__file__).parent
WEB = HERE.parent / "screens" / "static"  # Streamlit serves the folder `static` beside its script and no other
FILES = ("HouseSans-Upright.woff2", "HouseSans-Italic.woff2", "HouseSerif-Upright.woff2")


def folder() -> Path:
    """Where the TrueType files are: House Sans in regular, italic, semibold and bold, House Serif in two of these."""
    return HERE


def web(name: str) -> bytes:
    """
    One of `FILES`, each with all weights from 400 to 700.

    >>> web("HouseSans-Upright.woff2")[:4]
    b'wOF2'
    """
    return (WEB / name).read_bytes()
