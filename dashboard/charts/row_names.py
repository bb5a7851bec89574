"""
Names of rows beside a chart, one a line: cut where they are long, with the unit they lie in where rows stand by unit.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.labels import cut
from dashboard.charts.palette import Palette
from dashboard.wording import escape

LONGEST, BESIDE_UNIT, UNIT = 28, 20, 16  # letters


def row_names(names: Sequence[str], units: Sequence[str], colours: Palette) -> list[str]:
    """
    The labels of an axis, harmless whatever the names are.

    Parameters
    ----------
    names : of the rows; cut to 28 letters, or to 20 where a unit stands beside them.
    units : of the rows, "" for none; empty where rows do not stand by unit.
    """
    if not units:
        return [escape.html(cut(str(name), LONGEST)) for name in names]
    return [_with_unit(str(name), str(unit), colours) for name, unit in zip(names, units, strict=True)]


def _with_unit(name: str, unit: str, colours: Palette) -> str:
    own = escape.html(cut(name, BESIDE_UNIT))
    if not unit:
        return own
    return f'<span style="color:{colours.muted}">{escape.html(cut(unit, UNIT))} · </span>{own}'
