"""
Kinds: what a file is for, recognised by its columns. Only a proposal: a reader that was called decides itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboard.intake import vocabulary
from dashboard.intake.cells import measure
from dashboard.intake.roles import ColumnRole
from dashboard.intake.table import Column, Table

Kind = Literal["survey", "performance", "events", "structures", "roster", "instrument", "unknown"]


def kind_of(table: Table, roles: Sequence[ColumnRole]) -> tuple[Kind, str]:
    """
    The kind of a file, and why.

    Parameters
    ----------
    table, roles : the file and the roles its columns would have in a survey.
    """
    keys = {vocabulary.key(name) for name in table.names}
    if {"metric", "value"} <= keys:
        return "performance", "it has a metric and a value column"
    if "health" in keys and keys & {"structure", "structure_id"}:
        return "structures", "it has a structure and a health column"
    if keys & {"headcount", "head_count", "kopfzahl", "fte"} and _has(roles, "team") and len(keys) <= 6:
        return "roster", "it has a head count per team"
    if keys & {"kind", "event", "event_kind"} and keys & {"date", "period", "quarter", "datum"}:
        return "events", "it has a kind and a date of events"
    if _has(roles, "item"):
        return "survey", "it has rating questions"
    if _has(roles, "team") and metric_columns(table, roles):
        return "performance", "it has figures per team and no rating question"
    if _has(roles, "respondent"):
        return "survey", "it has a respondent id"
    return "unknown", "neither questions nor figures per team were found"


def metric_columns(table: Table, roles: Sequence[ColumnRole]) -> list[Column]:
    """Columns of numbers that have no other role: the metrics of a wide performance file."""
    free = {role.column for role in roles if role.role in ("ignored", "item", "comment")}
    return [column for column in table.columns if column.name in free and _is_metric(column)]


def _is_metric(column: Column) -> bool:
    filled = [value for value in column.values if value][:500]
    return bool(filled) and sum(measure(value) is not None for value in filled) > 0.8 * len(filled)


def _has(roles: Sequence[ColumnRole], role: str) -> bool:
    return any(given.role == role for given in roles)
