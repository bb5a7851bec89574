"""
Exporters: which tool wrote a file, by the marks each leaves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.intake import vocabulary
from dashboard.intake.records import Row

_QUALTRICS = {"response_id", "response_set", "finished"}  # what its versions before ImportId write
_IMPORT_ID = re.compile(r"^\{\s*[\"']ImportId[\"']")


def tool_of(rows: Sequence[Row]) -> str | None:
    """
    The survey tool, `None` when nothing tells.

    Parameters
    ----------
    rows : the first rows of a file, header rows among them.

    >>> tool_of([["Timestamp", "Which team are you in?"], ["1/2/2026 9:00", "Alpha"]])
    'google forms'
    >>> tool_of([["team", "se_1"]]) is None
    True
    """
    heads = [row for row in rows if any(cell.strip() for cell in row)][:3]
    if not heads:
        return None
    if any(_IMPORT_ID.match(cell.strip()) for row in heads for cell in row):
        return "qualtrics"
    keys = [vocabulary.key(cell) for cell in heads[0]]
    return _by_columns(keys, set(keys), heads)


def _by_columns(keys: Sequence[str], known: set[str], heads: Sequence[Row]) -> str | None:
    second = {vocabulary.key(cell) for cell in heads[1]} if len(heads) > 1 else set()
    if any(row >= _QUALTRICS for row in (known, second)):
        return "qualtrics"
    if known & {"respondent_id", "respondentid"} and second & {"response", "open_ended_response", "antwort"}:
        return "surveymonkey"
    if known & {"submitdate", "lastpage", "startlanguage"} or {"response_id", "last_page"} <= known:
        return "limesurvey"
    if known & {"redcap_event_name", "redcap_survey_identifier"} or _is_redcap(keys):
        return "redcap"
    if keys[0] in ("timestamp", "zeitstempel", "horodateur", "marca_temporal"):
        return "google forms"
    if {"start_time", "completion_time"} <= known or {"startzeit", "fertigstellungszeit"} <= known:
        return "microsoft forms"
    return None


def _is_redcap(keys: Sequence[str]) -> bool:
    return keys[0] == "record_id" and any(key.endswith("_complete") for key in keys)
