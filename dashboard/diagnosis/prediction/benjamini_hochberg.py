"""
Benjamini–Hochberg: p values of several tests, so adjusted that of what is found only a chosen share is
expected to be chance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def adjusted(p: Values) -> Values:
    """
    Adjusted p values in the order given; `nan` is no test and is not counted.

    Source
    ------
    Benjamini & Hochberg (1995). Same figures as `p.adjust(p, "BH")` of R.

    >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03])).round(2)
    array([0.03, 0.04,  nan, 0.04])
    """
    found = np.full(len(p), np.nan)
    tested = np.flatnonzero(np.isfinite(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    each = p[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum(np.minimum.accumulate(each[::-1])[::-1], 1.0)
    return found
