"""
Tables: a released diagnosis as the CSV and JSON files that scripts read.

UTF-8, comma, dot, a header row, an empty cell where there is nothing. Text cells that a spreadsheet would take
for a formula carry an apostrophe.
"""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from dashboard.diagnosis.diagnosis import SCALE_COLUMNS, TEAM_COLUMNS, VERDICT_COLUMNS
from dashboard.diagnosis.gate import Gate
from dashboard.diagnosis.trade import trade
from dashboard.diagnosis.units import UNIT_COLUMNS
from dashboard.disclosure import GoesWithReleased, Released
from dashboard.reports.goes_with import section
from dashboard.terms import Problem
from dashboard.wording import escape, gates_words

PROBLEM_COLUMNS = ("file", "line", "column", "found", "remedy", "severity")
TABLES = (
    "teams.csv",
    "verdicts.csv",
    "scales.csv",
    "organization.json",
    "problems.csv",
    "worth_watching.csv",
    "units.csv",
)
LIBRARIES = ("numpy", "pandas", "scipy", "pyarrow")


def tables(released: Released, goes_with: GoesWithReleased | None = None) -> dict[str, bytes]:
    """
    Name of `TABLES` → content of what `diagnose` writes besides reports; the same bytes for the same diagnosis.

    With one period only, `worth_watching.csv` stands beside the verdicts, which then judge nobody; `units.csv` where a
    unit above the teams is known.
    """
    watching = released.worth_watching
    more = {} if watching is None else {"worth_watching.csv": to_csv(watching, ["team_id"])}
    if not released.units.empty:
        more["units.csv"] = to_csv(released.units, UNIT_COLUMNS)
    return more | {
        "teams.csv": to_csv(released.teams, TEAM_COLUMNS),
        "verdicts.csv": to_csv(released.verdicts, VERDICT_COLUMNS),
        "scales.csv": to_csv(released.scales, SCALE_COLUMNS),
        "organization.json": to_json(organization(released, goes_with)),
        "problems.csv": to_csv(problems_table(released.problems), PROBLEM_COLUMNS),
    }


def to_csv(table: pd.DataFrame, first: tuple[str, ...] | list[str]) -> bytes:
    """The table as CSV, the promised columns first and in their order."""
    ordered = table[[*first, *(column for column in table.columns if column not in first)]]
    text = [column for column in ordered.columns if _is_text(ordered[column])]
    safe = ordered.assign(**{column: ordered[column].map(escape.cell, na_action="ignore") for column in text})
    written: str = safe.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return written.encode()


def problems_table(problems: tuple[Problem, ...]) -> pd.DataFrame:
    """A row per problem: where, what was found, what to do."""
    rows = [(p.file, p.line, p.column, p.found, p.remedy, str(p.severity)) for p in problems]
    table = pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS))
    return table.astype({"line": "Int64"})


def to_json(content: Mapping[str, Any] | list[Any]) -> bytes:
    """The content as JSON; `null` where a figure is not available."""
    return (json.dumps(_plain(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def organization(released: Released, goes_with: GoesWithReleased | None = None) -> dict[str, Any]:
    """
    Figures of the whole organisation, the settings used, versions, and the digests of the files; `goes_with` where
    performance was brought.
    """
    whole = released.organization
    return {
        "title": released.instrument.title,
        "since": released.window[0].label,
        "until": released.window[-1].label,
        "periods": [period.label for period in released.periods],
        "teams": whole.teams,
        "teams_tested": whole.teams_tested,
        "flagged": whole.flagged,
        "watched": whole.watched,
        "expected_false_flags": whole.expected_false_flags,
        "expected_affected": whole.expected_affected,
        "expected_missed": _expected_missed(released),
        "verdicts": dict(whole.verdicts),
        "moved_together": whole.moved_together,
        "smallest_detectable_gain": {str(size): dict(gain) for size, gain in whole.smallest_detectable_gain.items()},
        "by_period": whole.by_period.to_dict(orient="records"),
        "distinctness_htmt": whole.distinctness,
        "names": gates_words.names(released)._asdict(),
        "gates": [_gate(gate, released) for gate in released.gates],
        "goes_with_performance": section(goes_with, released.settings),
        "settings": {setting.name: setting.value for setting in released.settings.describe()},
        "versions": _versions(),
        "files": [
            {"file": f.name, "kind": f.kind, "rows": f.rows, "sha256": f.digest}
            for f in sorted(released.files, key=lambda f: (f.kind, f.name, f.digest))
        ],
    }


def _gate(gate: Gate, released: Released) -> dict[str, Any]:
    """A claim, whether these data carry it, why not, and the figures it was decided on."""
    why = gates_words.why(gate, released.settings)
    return {"claim": gate.need, "state": str(gate.state), "why": why, "found": dict(gate.found)}


def _expected_missed(released: Released) -> float | None:
    """Judged teams without a flag that are expected to be real cases; nothing where nobody can be flagged."""
    settings = released.settings
    if released.organization.teams_tested < settings.fewest_teams:
        return None
    return float(trade(released.verdicts, settings, [settings.false_flag_share])["expected_missed"].iloc[0])


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in LIBRARIES}
    return {"dashboard": version("collective-efficacy-dashboard"), "python": platform.python_version(), **libraries}


def _is_text(column: pd.Series) -> bool:
    return bool(pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column))


def _plain(value: Any) -> Any:
    """The value in JSON's own types."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        return _plain(value.item())
    if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
