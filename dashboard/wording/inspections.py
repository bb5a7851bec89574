"""
Inspections in words: what was understood of a file, for a terminal.
"""

from __future__ import annotations

from dashboard.intake import Inspection, ItemFound
from dashboard.wording.escape import plain
from dashboard.wording.numbers import counted

NAMED_AT_MOST = 8
VERDICTS = {"read": "can be used", "read_warn": "can be used, with warnings", "refuse": "cannot be used"}


def inspection_summary(inspection: Inspection) -> str:
    """What a file was taken for and why, its roles and scales, and every problem; one statement a line."""
    lines = [
        f"{inspection.file}: {inspection.kind}, {VERDICTS[inspection.verdict]}",
        *_table(inspection),
        *_names("teams", inspection.teams),
        *_names("periods", inspection.periods),
        *_roles(inspection),
        *(_item(item) for item in inspection.items),
        *(f"  {problem.severity}: {problem}" for problem in inspection.problems),
    ]
    return "\n".join("  " * line.startswith("  ") + plain(line) for line in lines)


def _table(inspection: Inspection) -> list[str]:
    if not inspection.rows:
        return []
    shape = f"{counted(inspection.rows, 'row')} of {counted(inspection.columns, 'column')}"
    header = f"{counted(inspection.header_rows, 'header row')}, responses from row {inspection.first_data_row}"
    tool = f", written by {inspection.tool}" if inspection.tool else ""
    return [f"  {shape}; {header}; {inspection.encoding}{tool}: {inspection.kind_reason}"]


def _roles(inspection: Inspection) -> list[str]:
    found = {
        "team": inspection.team_column,
        "period": inspection.period_column,
        "respondent": inspection.respondent_column,
        "segments": ", ".join(inspection.segments),
        "personal, dropped": ", ".join(inspection.personal_columns),
    }
    return [f"  {role}: {column}" for role, column in found.items() if column]


def _names(what: str, names: tuple[str, ...]) -> list[str]:
    more = f" and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else ""
    return [f"  {len(names)} {what}: {', '.join(names[:NAMED_AT_MOST])}{more}"] if names else []


def _item(item: ItemFound) -> str:
    size = "" if item.minimum is None else f", {item.minimum:g}–{item.maximum:g}"
    return f"  item {item.column} ({item.scale or 'no scale'}{size}): {item.reason}"
