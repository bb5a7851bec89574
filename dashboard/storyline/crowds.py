"""
Crowds: where there are more marks than can be told apart, one stands for all in the same square.

A deck of ten thousand marks opens in no room; the picture of where teams lie is the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST = 1000  # marks of one kind that are drawn singly, as on screen

Places = tuple[tuple[float, ...], tuple[float, ...]]


def crowded(x: pd.Series, y: pd.Series, steps: tuple[float, float]) -> Places:
    """
    The squares in which there is a mark, from left to right, each by its middle.

    Parameters
    ----------
    steps : the width and the height of a square.

    >>> crowded(pd.Series([1.2, 0.9, 7.0]), pd.Series([0.1, 0.2, 3.0]), (1.0, 0.5))
    ((1.0, 7.0), (0.0, 3.0))
    """
    squares = np.unique(np.round(np.column_stack([x, y]).astype(float) / steps), axis=0) * steps + 0.0
    across, up = squares.T
    return tuple(map(float, across)), tuple(map(float, up))
