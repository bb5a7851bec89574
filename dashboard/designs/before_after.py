"""
Before and after: the two levels of a team in the last survey before a shared-mastery event and in the first after it,
beside the change of the teams that had none in between.

Released means only, so a withheld team-period has no figure here either. Two levels of one team are no comparison of
what would have been: a team is chosen for its level, and people come and go. So nothing is tested and nothing claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from dashboard.disclosure import Released
from dashboard.terms import Estimate, Period
from dashboard.wording.units import in_pomp

FEWEST_OTHERS = 5  # teams without an event, for their mean change to be shown
MOST = 3  # events looked back on, the latest
LEVELS = ("individual", "collective")
EVERYONE = ""
FIGURES = ["respondents", *(f"{level}{end}" for level in LEVELS for end in ("", "_low", "_high"))]
TOUCHING = 1e-6  # years
Place = Literal["before", "within", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One of the two levels, in POMP points, `nan` where it is not shown; `others`: their mean change."""

    name: str
    before: Estimate
    after: Estimate
    change: Estimate
    others: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """
    One event. `before`, `after`: labels of the two surveys, "" where there is none (yet). `in_its_period`: whether the
    later survey is of the event's own period, so that it may lie before the event. `answered`: in either, `nan` where
    withheld. `others`: how many teams had no shared mastery between the two surveys and are shown in both.
    """

    name: str
    period: str
    before: str
    after: str
    in_its_period: bool
    answered: tuple[float, float]
    others: int
    levels: tuple[Level, ...]


def before_after(released: Released, team: str) -> tuple[LookedBack, ...]:
    """The latest shared-mastery events of a team, the latest first, each with what was before and after it."""
    events = released.events
    own = events[(events["team_id"] == team) & (events["kind"] == "shared_mastery")]
    periods = [Period.parse(str(label)) for label in own["period"]]
    told = own[["date", "name"]].to_numpy().astype(str).tolist()
    latest = sorted(range(len(own)), key=lambda at: (periods[at], told[at]))[: -MOST - 1 : -1]
    means = in_pomp(released.teams, released.instrument)
    return tuple(_looked_back(released, means, team, str(own.iloc[at]["name"]), periods[at]) for at in latest)


def _looked_back(released: Released, means: pd.DataFrame, team: str, name: str, period: Period) -> LookedBack:
    before, after, within = _surveys(released.periods, period)
    earlier, later = (means[means["period"] == label].set_index("team_id")[FIGURES] for label in (before, after))
    changes = (later[[*LEVELS]] - earlier[[*LEVELS]]).dropna()  # of teams shown in both
    had = _had_one(released, before, after)
    others = changes[~changes.index.isin({team, *had})] if EVERYONE not in had else changes.iloc[:0]
    own, own_after = (_row(table, team) for table in (earlier, later))
    return LookedBack(
        name=name,
        period=period.label,
        before=before,
        after=after,
        in_its_period=within,
        answered=(own["respondents"], own_after["respondents"]),
        others=len(others),
        levels=tuple(
            _level(each, own, own_after, others[each].to_numpy(float), released.settings.interval) for each in LEVELS
        ),
    )


def _surveys(periods: tuple[Period, ...], event: Period) -> tuple[str, str, bool]:
    """
    The last survey before, the first after, "" where there is none; whether that is the one of the event's own period.

    >>> quarters = tuple(Period.parse(f"2026-Q{at}") for at in (1, 2, 3))
    >>> _surveys(quarters, quarters[1]), _surveys(quarters, quarters[2])
    (('2026-Q1', '2026-Q3', False), ('2026-Q2', '2026-Q3', True))
    >>> _surveys(quarters, Period.parse("2026-Q4"))
    ('2026-Q3', '', False)
    """
    placed: dict[Place, list[str]] = {"before": [], "within": [], "after": []}
    for survey in periods:
        placed[_place(survey, event)].append(survey.label)
    before = placed["before"][-1] if placed["before"] else ""
    after = (placed["after"] or placed["within"][-1:] or [""])[0]
    return before, after, bool(after) and not placed["after"]


def _place(survey: Period, event: Period) -> Place:
    """Where a survey lies to an event; on the calendar by their ends, so that a month lies within its quarter."""
    if not (survey.dated and event.dated):
        return "within" if survey == event else "before" if survey < event else "after"
    (_, begins, length, *_), (_, starts, lasts, *_) = survey.order, event.order
    if begins + length <= starts + TOUCHING:
        return "before"
    return "after" if begins >= starts + lasts - TOUCHING else "within"


def _had_one(released: Released, before: str, after: str) -> set[str]:
    """Teams with shared mastery after the one survey and up to the other; "" where it was everyone's."""
    if not before or not after:
        return {EVERYONE}
    first, last = Period.parse(before), Period.parse(after)
    events = released.events[released.events["kind"] == "shared_mastery"]
    labels = {label: first < Period.parse(str(label)) <= last for label in set(events["period"])}
    return set(events["team_id"][events["period"].map(labels).astype(bool)])


def _row(rows: pd.DataFrame, team: str) -> dict[str, float]:
    """The figures of the team, `nan` where it is not there."""
    found = rows.loc[team].astype(float) if team in rows.index else pd.Series(np.nan, index=FIGURES)
    return {str(name): float(value) for name, value in found.items()}


def _level(
    name: str, before: dict[str, float], after: dict[str, float], changes: npt.NDArray[np.float64], coverage: float
) -> Level:
    earlier, later = _mean(before, name), _mean(after, name)
    return Level(
        name=name,
        before=earlier,
        after=later,
        change=_difference(earlier, later),
        others=mean_change(changes, coverage),
    )


def _mean(row: dict[str, float], name: str) -> Estimate:
    return Estimate(value=row[name], low=row[f"{name}_low"], high=row[f"{name}_high"])


def _difference(before: Estimate, after: Estimate) -> Estimate:
    """
    The change with its interval as if other people had answered; with the same ones it is narrower.

    >>> found = _difference(Estimate(value=50.0, low=47.0, high=53.0), Estimate(value=56.0, low=52.0, high=60.0))
    >>> (found.value, found.low, found.high)
    (6.0, 1.0, 11.0)
    """
    value = after.value - before.value
    half = float(np.hypot(before.high - before.value, after.high - after.value))
    return Estimate(value=value, low=value - half, high=value + half)


def mean_change(changes: npt.NDArray[np.float64], coverage: float) -> Estimate:
    """
    The mean of some teams' changes with its t interval; `nan` with fewer than `FEWEST_OTHERS`.

    >>> found = mean_change(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 0.95)
    >>> [round(end, 2) for end in (found.value, found.low, found.high)]  # 3 ± 2.776 × √(2.5 / 5)
    [3.0, 1.04, 4.96]
    """
    if len(changes) < FEWEST_OTHERS:
        return NOTHING
    mean, error = float(changes.mean()), float(changes.std(ddof=1) / np.sqrt(len(changes)))
    half = float(special.stdtrit(len(changes) - 1, (1 + coverage) / 2)) * error
    return Estimate(value=mean, low=mean - half, high=mean + half)


NOTHING = Estimate(value=float("nan"), low=float("nan"), high=float("nan"))
