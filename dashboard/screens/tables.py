"""
Tables: words and figures in rows, with the places of the figures under each other.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.wording.escape import markdown
from dashboard.wording.numbers import MISSING

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

FIGURE = re.compile(r"[<>≥≤−+–]? ?\[?−?[.\d][^a-zA-Z]*( ?[a-z]+)?$")  # "> 26 / 25", "0.5 [−1, 2]", "12 points"


def written(words: pd.DataFrame) -> None:
    """
    A table of words and written figures, all of it on the page so that it can be read, searched and printed.

    A column of figures ends where its figures end: the style sheet reads from the key which ones these are.
    """
    right = [f"-right{at}" for at, name in enumerate(words.columns, start=1) if at > 1 and written_figures(words[name])]
    content = zlib.crc32(words.to_csv(index=False).encode())
    with st.container(key=f"table-{content}{''.join(right)}-"):
        st.table(words.map(markdown).rename(columns=markdown), hide_index=True, border="horizontal")


def sortable(shown: Styler | pd.DataFrame, alt: str) -> None:
    """A table of any length that can be sorted; figures and their intervals end at the right."""
    words: pd.DataFrame = shown if isinstance(shown, pd.DataFrame) else shown.data
    texts = words.columns[~words.dtypes.map(pd.api.types.is_numeric_dtype)]
    right = {
        name: st.column_config.TextColumn(alignment="right")
        for name in texts
        if name != words.columns[0] and written_figures(words[name])
    }
    st.dataframe(shown, hide_index=True, placeholder=MISSING, alt=alt, column_config=right)


def written_figures(column: pd.Series) -> bool:
    """
    Whether a column holds figures, with their intervals and units, and no sentences.

    >>> written_figures(pd.Series(["[−1, 2]", "–", "> 26 / 25"])), written_figures(pd.Series(["2 did", "a"]))
    (True, False)
    """
    cells = [cell for cell in map(str, column) if cell not in ("", MISSING) and not cell.startswith("not ")]
    return bool(cells) and all(FIGURE.match(cell) for cell in cells)
