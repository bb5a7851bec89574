"""
Tokens: the steps of letters and of space that the whole house is set in.

Colours stand in `palette`; here stand sizes. The theme's configuration and the style sheet say the same, and a test
holds all three together.
"""

from __future__ import annotations

from collections.abc import Mapping

TYPE: Mapping[str, str] = {  # rem of 16 px
    "figure": "2.5rem",  # the largest thing on a page
    "title": "2rem",
    "heading": "1.45rem",
    "subheading": "1.2rem",
    "text": "1rem",
    "note": "0.875rem",
}
SPACE: Mapping[str, str] = {"hair": "0.25rem", "near": "0.5rem", "text": "1rem", "part": "1.5rem", "section": "2.5rem"}
RADIUS = "6px"
LINE = "46rem"  # the longest line of text that the eye follows
PAGE = "82rem"  # the widest page; what is wider is ground
