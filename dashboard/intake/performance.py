"""
Performance: figures of teams and of members, in long form (metric, value) or wide (a column per metric).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.intake import vocabulary
from dashboard.intake.companions import Companion, Texts, finished, frame, opened, team_names
from dashboard.intake.kinds import metric_columns
from dashboard.intake.notes import joined
from dashboard.intake.sources import PeriodsGiven, Source
from dashboard.intake.table import Column
from dashboard.terms import Performance, Settings

_YES = frozenset(("true", "1", "yes", "y", "ja", "wahr", "higher", "up"))
_NO = frozenset(("false", "0", "no", "n", "nein", "falsch", "lower", "down"))


def read_performance(
    source: Source | Sequence[Source], *, period: PeriodsGiven = None, settings: Settings | None = None
) -> Performance:
    """
    Performance figures: long (metric, value) or wide (a column per metric).

    A row with a `respondent_id` is individual performance, one without is the team's. Unknown columns of a long file
    are ignored.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = opened(source, period, settings or Settings(), "performance")
    values, common = finished(companions, performance_rows, ["team", "period", "metric", "respondent_id", "value"])
    return Performance(values=values, **common)


def performance_rows(one: Companion) -> pd.DataFrame:
    teams, labels = team_names(one), one.labels()
    person = one.texts(one.find(*vocabulary.PERSON))
    metric, value = one.find("metric", "kpi", "measure", "kennzahl"), one.find("value", "wert", "amount")
    if metric is not None and value is not None:
        return _long(one, teams, labels, person, metric, value)
    return _wide(one, teams, labels, person)


def _long(one: Companion, teams: Texts, labels: Texts, person: Texts, metric: Column, value: Column) -> pd.DataFrame:
    names, figures = one.texts(metric, merge=True), one.figures(value)
    one.require(names, "metric", metric)
    one.set_aside(np.isnan(figures), "no value", value)
    return frame(
        one,
        {
            "team": teams,
            "period": labels,
            "metric": names,
            "value": figures,
            "respondent_id": person,
            "higher_is_better": _directions(one, names),
            "unit": one.texts(one.find("unit", "einheit", "units")),
        },
    )


def _directions(one: Companion, metrics: Texts) -> npt.NDArray[np.bool_]:
    """
    (rows,) whether more is better: as the row says, else as all other rows of its metric say, else yes.
    """
    column = one.find("higher_is_better", "higherisbetter", "direction", "higher_better")
    if column is None:
        return np.ones(one.table.rows, dtype=bool)
    said = one.texts(column)
    words = [text.casefold() for text in said.tolist()]
    strange = sorted({word for word in words if word and word not in _YES | _NO})
    if strange:
        one.notes.warning(
            f"{joined(strange, 5)} does not say whether higher is better",
            "Taken as true; write true or false",
            column=column.name,
        )
    rows = pd.DataFrame({"metric": metrics, "lower": [word in _NO for word in words], "said": said != ""})
    by_metric = rows[rows["said"]].groupby("metric")["lower"].agg(["any", "all"])
    for name in by_metric.index[by_metric["any"] != by_metric["all"]]:
        one.notes.warning(
            f"{name} is said to be better higher in some rows and lower in others",
            "Each row was taken as it says; give every row of a metric the same direction",
            column=column.name,
        )
    unsaid = rows["metric"].isin(by_metric.index[by_metric["all"]]) & ~rows["said"]
    return ~(rows["lower"] | unsaid).to_numpy(dtype=bool)


def _wide(one: Companion, teams: Texts, labels: Texts, person: Texts) -> pd.DataFrame:
    metrics = metric_columns(one.table, one.file.roles)
    if not metrics and one.file.table is not None:
        one.notes.error(
            "no metric and value columns and no column of figures were found",
            "Bring a column metric and a column value, or one column of numbers per metric",
        )
    frames = [_of_metric(one, column, teams, labels, person) for column in metrics]
    return pd.concat(frames) if frames else frame(one, {"team": teams})


def _of_metric(one: Companion, column: Column, teams: Texts, labels: Texts, person: Texts) -> pd.DataFrame:
    figures = one.figures(column)
    rows = frame(
        one,
        {
            "team": teams, "period": labels, "metric": column.name, "value": figures, "respondent_id": person,
            "higher_is_better": True, "unit": "",
        },
    )  # fmt: skip
    return rows[rows["value"].notna()]
