"""
Sure: how many flags may be wrong, how many real cases have none, what this size can show, and what stays unknown.
"""

from __future__ import annotations

import numpy as np

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import gate
from dashboard.diagnosis.trade import trade
from dashboard.disclosure.released import Released
from dashboard.storyline.named import source
from dashboard.storyline.opening import can_flag, caveat, judged
from dashboard.storyline.slide import Figure, Slide
from dashboard.wording import (
    error_rates,
    gates_words,
    method_words,
    overview_words,
    power_words,
    story_words,
    team_words,
)
from dashboard.wording.numbers import MISSING, counted


def sure_slide(released: Released) -> Slide:
    """Three figures where flags can be raised; what is not carried by these data; what no survey can tell."""
    settings = released.settings
    row = trade(released.verdicts, settings, [settings.false_flag_share]).iloc[0].to_dict()
    flags = can_flag(released)
    told = power_words.misses_told(released, row)
    return Slide(
        key="sure",
        title=story_words.sure_title(released, row) if flags else story_words.unsure_title(released, judged(released)),
        lead=_lead(released),
        figures=_figures(released, row) if flags else (),
        points_title=team_words.CANNOT,
        points=team_words.CANNOT_TELL,
        source=source(released),
        notes=(
            story_words.EVIDENCE.format(text=told),
            *_size_told(released),
            *(text for text in _lead(released)[:1] if text not in told),
            *_short(released),
            caveat(released),
        ),
    )


def _lead(released: Released) -> tuple[str, ...]:
    """Why nobody is judged, or why flags of so few teams could not be checked; then which claims fall short."""
    few = judged(released) and not can_flag(released)
    why = overview_words.affected(released) if few else gates_words.why(gate(released, "verdicts"), released.settings)
    short = [(_claim(each, released), each.state is GateState.CLOSED) for each in _falling_short(released)]
    return tuple(filter(None, (why, story_words.not_carried(short))))


def _falling_short(released: Released) -> list[Gate]:
    """
    Gates beside that of the verdicts and that of performance, which have places of their own; that items are not
    mirrored is how a survey is made, and no shortfall.
    """
    elsewhere = ("verdicts", "prediction")
    gates = [each for each in released.gates if each.need not in elsewhere and each.state is not GateState.OPEN]
    return [each for each in gates if each.need != "level_gap" or "mirrored" not in each.short]


def _claim(found: Gate, released: Released) -> str:
    return story_words.said(method_words.GATES[found.need][0], released.settings)


def _short(released: Released) -> tuple[str, ...]:
    """Each claim that falls short with its reason."""
    return tuple(
        f"{_claim(each, released)}. {gates_words.why(each, released.settings)}" for each in _falling_short(released)
    )


def _figures(released: Released, row: dict[str, float]) -> tuple[Figure, ...]:
    """Expected false alarms, expected missed cases, the smallest gain that the usual size can show."""
    wrong, among = overview_words.false_alarms(released)
    judged_teams = counted(released.organization.teams_tested, released.settings.noun)
    missed = power_words.figures(row)[2]
    flags = released.organization.flagged > 0  # without any none can be false
    return (
        *((Figure(label=overview_words.FIGURES[1], value=wrong, note=among, role="flagged"),) if flags else ()),
        Figure(label=story_words.MISSED, value=missed, note=story_words.MISSED_NOTE.format(judged=judged_teams)),
        *_smallest(released),
    )


def _usual_size(released: Released) -> float:
    """How many answered at the end of the window in a typical judged team."""
    answered = released.verdicts["respondents_until"].astype(float)
    return float(np.floor(answered.median())) if answered.notna().any() else float("nan")


def _smallest(released: Released) -> tuple[Figure, ...]:
    table, usual = released.organization.smallest_detectable_gain, _usual_size(released)
    if not table or not np.isfinite(usual):
        return ()
    size = max((members for members in table if members <= usual), default=min(table))
    gain, note = table[size]["flag"], story_words.SMALLEST_NOTE.format(size=size)
    told = power_words.smallest(gain, size, released.settings)
    found = np.isfinite(gain)
    return (
        Figure(label=story_words.SMALLEST, value=told if found else MISSING, note=note if found else f"{told}, {note}"),
    )


def _size_told(released: Released) -> tuple[str, ...]:
    usual = _usual_size(released)
    told = [team_words.size_told(released, usual)] if np.isfinite(usual) and judged(released) else []
    size = error_rates.nearest(released)
    return (*told, *([] if size is None or not judged(released) else [error_rates.told(size, released)]))
