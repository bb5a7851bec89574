"""
Words on how good the scales are in this organisation: reliability, nesting, distinctness, items that moved.

Tables of text for the method screen, made of the released figures; a figure that is not known is a dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gates import DISTINCT
from dashboard.measurement.drift import NOTED_DRIFT
from dashboard.terms import COLLECTIVE, INDIVIDUAL, Settings
from dashboard.wording.gates_words import names
from dashboard.wording.numbers import MISSING, counted, interval, plural, points, share, signed

LATEST = "The two scales in {period}"
TOGETHER = "How the two scales go together"
ITEMS = "The items"
ITEMS_NOTE = (
    "In points of the scale. Moved: how much further from the mean of its scale than in the first period, with about 95% either "
    "side; an item that moved by more than {noted} of a point is listed as moved, as it may no longer mean what it meant."
)
EVERY_PERIOD = "Every scale and period as a table"
TOGETHER_NOTE = (
    "Within: people of the same {noun}. Between: means of {nouns}. HTMT near 1: one thing measured twice; from {distinct} on nothing "
    "is said that needs two things."
)
NO_SIGNAL = "No detectable signal of the {noun} in the {scale} items: its ICC(1) is negative, and shown as it is."
NO_SPREAD = "No spread inside any {noun} in the {scale} items: ICC(1) is 1 by arithmetic. Check the data."
NONE_MOVED = "None of the {items} items moved by more than {noted} of a point since the first period."
NOTED, LIMIT = points(NOTED_DRIFT, 2), points(DISTINCT, 2).removeprefix("0")
SIDES = 1.96  # standard errors to either side
TOGETHER_COLUMNS = ("Period", "People", "HTMT", "Correlation", "Within", "Between")
ITEM_COLUMNS = ("Scale", "Item", "Mean", "Item-rest", "Moved", "Listed")
PERIOD_COLUMNS = (
    "Scale",
    "Period",
    "Items",
    "People",
    "Alpha",
    "Omega",
    "ICC(1)",
    "ICC(2)",
    "At the top",
    "Not answered",
)


def latest(diagnosis: Diagnosis, by_chance: pd.DataFrame | None) -> pd.DataFrame:
    """
    The two scales in the last period of the window, a row per figure and a column per scale.

    Parameters
    ----------
    by_chance : as `disclosure.alike_by_chance`; `None` where it was not worked out.
    """
    scales = {name: _of(diagnosis, name) for name in (INDIVIDUAL, COLLECTIVE)}
    called = names(diagnosis)
    columns = {
        called.individual: _figures(scales[INDIVIDUAL], _shuffled(by_chance, INDIVIDUAL), diagnosis.settings),
        called.collective: _figures(scales[COLLECTIVE], _shuffled(by_chance, COLLECTIVE), diagnosis.settings),
    }
    rows = next(iter(columns.values()))
    return pd.DataFrame({"Figure": list(rows), **{name: list(column.values()) for name, column in columns.items()}})


def _figures(scale: Mapping[str, Any], shuffled: Mapping[str, Any], settings: Settings) -> dict[str, str]:
    return {
        "Items": points(scale["items"]),
        "People with a score": points(scale["respondents"]),
        plural(settings.noun).capitalize(): points(scale["teams"]),
        "Alpha": _with_ends(scale, "alpha"),
        "Omega": _place(scale["omega"]),
        "ICC(1)": _with_ends(scale, "icc1"),
        "REML ICC": _place(scale.get("icc1_reml", np.nan)),
        "ICC(2)": _place(scale["icc2"]),
        "Permutation p": permutation(shuffled),
        "Answers at the top of the scale": share(scale["ceiling_share"]),
        "Items not answered": share(scale["missing_share"]),
    }


def permutation(shuffled: Mapping[str, Any]) -> str:
    """
    A permutation p with the number of shuffles it rests on.

    >>> permutation({"p": 0.000999, "shuffles": 1000}), permutation({"p": 0.42, "shuffles": 240}), permutation({})
    ('.001 (1,000 shuffles)', '.420 (240 shuffles)', '–')
    """
    p = shuffled.get("p", np.nan)
    if not np.isfinite(p):
        return MISSING
    return f"{f'{p:.3f}'.removeprefix('0')} ({shuffled['shuffles']:,.0f} shuffles)"


def notes(diagnosis: Diagnosis) -> list[str]:
    """What must be said of the two scales beside their figures."""
    told = []
    for name, word in ((INDIVIDUAL, "individual"), (COLLECTIVE, "collective")):
        icc1 = _of(diagnosis, name)["icc1"]
        text = NO_SIGNAL if icc1 < 0 else NO_SPREAD if icc1 == 1 else ""
        if text:
            told.append(text.format(noun=diagnosis.settings.noun, scale=word))
    return told


def together(diagnosis: Diagnosis) -> pd.DataFrame:
    """How the two scales go together, a row per period of the window; empty where it is not known."""
    rows = [
        (
            row["period"],
            points(row["respondents"]),
            *(_place(row[name]) for name in ("htmt", "correlation", "correlation_within", "correlation_between")),
        )
        for row in _inside(diagnosis, diagnosis.quality).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(TOGETHER_COLUMNS))


def distinct(diagnosis: Diagnosis) -> str:
    """HTMT over the window, and what it means."""
    value = diagnosis.organization.distinctness
    if not np.isfinite(value):
        return "Whether the two scales are distinct (HTMT over the window) cannot be worked out from these data."
    verdict = "the two scales measure two things" if value < DISTINCT else "the two scales measure nearly one thing"
    return f"HTMT over the window is {_place(value)}: {verdict} (the limit is {_place(DISTINCT)})."


def items(diagnosis: Diagnosis) -> pd.DataFrame:
    """The items of the two scales in the last period of the window; those that moved first, and marked if there are any."""
    called = dict(zip((INDIVIDUAL, COLLECTIVE), names(diagnosis), strict=True))
    found = _latest_items(diagnosis)
    rows = [
        (
            called[row["scale"]],
            row["item"],
            points(row["mean"], 2),
            _place(row["item_rest"]),
            _moved(row["drift"], row["drift_error"]),
            "moved" if row["moved"] else "",
        )
        for row in found.sort_values("moved", ascending=False, kind="stable").to_dict("records")
    ]
    table = pd.DataFrame(rows, columns=list(ITEM_COLUMNS))
    return table if table["Listed"].any() else table.drop(columns="Listed")


def moved(diagnosis: Diagnosis) -> str:
    """Which items moved, in one sentence; empty without items."""
    found = _latest_items(diagnosis)
    if found.empty:
        return ""
    listed = found[found["moved"]]
    if listed.empty:
        return NONE_MOVED.format(items=len(found), noted=points(NOTED_DRIFT, 2))
    return f"{counted(len(listed), 'item')} of {len(found)} moved by more than {points(NOTED_DRIFT, 2)} of a point since the first period."


def _latest_items(diagnosis: Diagnosis) -> pd.DataFrame:
    table = diagnosis.items
    if table.empty:
        return pd.DataFrame(columns=["scale", "item", "mean", "item_rest", "drift", "drift_error", "moved"])
    at = table["scale"].isin([INDIVIDUAL, COLLECTIVE]) & (table["period"] == diagnosis.window[-1].label)
    rows = table[at]
    return rows.assign(moved=rows["drift"].astype(float).abs() > NOTED_DRIFT)


def _moved(drift: float, error: float) -> str:
    if not np.isfinite(drift):
        return MISSING
    if not np.isfinite(error):
        return signed(drift, 2)
    return f"{signed(drift, 2)} {interval(drift - SIDES * error, drift + SIDES * error, 2)}"


def every_period(diagnosis: Diagnosis) -> pd.DataFrame:
    """Every scale of the instrument in every period of the window."""
    called = dict(zip((INDIVIDUAL, COLLECTIVE), names(diagnosis), strict=True))
    rows = [
        (
            called.get(row["scale"], str(row["scale"]).replace("_", " ").capitalize()),
            row["period"],
            points(row["items"]),
            points(row["respondents"]),
            _with_ends(row, "alpha"),
            _place(row["omega"]),
            _with_ends(row, "icc1"),
            _place(row["icc2"]),
            share(row["ceiling_share"]),
            share(row["missing_share"]),
        )
        for row in _inside(diagnosis, diagnosis.scales).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(PERIOD_COLUMNS))


def _inside(diagnosis: Diagnosis, table: pd.DataFrame) -> pd.DataFrame:
    if table.empty:
        return table
    return table[table["period"].isin([period.label for period in diagnosis.window])]


def _of(diagnosis: Diagnosis, scale: str) -> Mapping[str, Any]:
    """The row of a scale in the last period of the window; without figures where there is none."""
    table = diagnosis.scales
    rows = table[(table["scale"] == scale) & (table["period"] == diagnosis.window[-1].label)]
    return rows.iloc[0].to_dict() if len(rows) else dict.fromkeys(table.columns, np.nan)


def _shuffled(by_chance: pd.DataFrame | None, scale: str) -> Mapping[str, Any]:
    if by_chance is None:
        return {}
    rows = by_chance[by_chance["scale"] == scale]
    return rows.iloc[0].to_dict() if len(rows) else {}


def _with_ends(row: Mapping[str, Any], name: str) -> str:
    """A figure beside its interval, which is left out where there is none."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    ends = f" [{_place(low)}, {_place(high)}]" if np.isfinite([low, high]).all() else ""
    return f"{_place(row[name])}{ends}"


def _place(value: float) -> str:
    """
    A figure that is at most 1, to two places, without the nought before them.

    >>> _place(0.8254), _place(-0.041), _place(1.0), _place(float("nan"))
    ('.83', '−.04', '1.00', '–')
    """
    return points(value, 2).replace("0.", ".", 1) if abs(value) < 1 else points(value, 2)
