"""
Gates: which claims these data carry. Decided once, for the latest period of the window, and carried by the diagnosis.

A gate never looks at a verdict and never drops a team for what its members answered. It asks whether a figure may be
called what it is called: a mean of answers is a mean of *collective efficacy of the team* only when the items hang
together and members of a team answer more alike than strangers. What a closed gate takes off stands in `governing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.prediction.time_line import successive, time_line
from dashboard.measurement.drift import NOTED_DRIFT
from dashboard.terms import COLLECTIVE, INDIVIDUAL

RELIABLE = 0.70  # alpha of a scale whose mean may be read
ALIKE = 0.75  # median percentile of agreement that lets the mean stand for the team
DISTINCT = 0.85  # HTMT from which on two scales measure one thing (Henseler, Ringle & Sarstedt 2015)
SURPLUS_TEAMS = 10
PREDICTION_TEAMS = 12
VERDICT_PERIODS = 2
VERDICT_DEGREES = 30  # pooled degrees of freedom inside teams that person covariances need
LAGGED_PERSONS = 3  # behind both means of a team-period that predicts
SURE = 1.96  # standard errors by which an item must have drifted beyond what is noted

NEEDS = ("individual_mean", "collective_mean", "surplus", "level_gap", "verdicts", "prediction")

Row = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Condition:
    """One thing a claim needs: the figures it looks at, its state, and those that fall short."""

    found: dict[str, float]
    state: GateState
    short: tuple[str, ...] = ()


def gates(diagnosis: Diagnosis) -> tuple[Gate, ...]:
    """The gates of method section 4, in the order of `NEEDS`."""
    individual, collective = _latest(diagnosis, INDIVIDUAL), _latest(diagnosis, COLLECTIVE)
    own = _reliable("alpha_individual", individual)
    shared = _all([_reliable("alpha_collective", collective), _alike(diagnosis, collective)])
    distinct, teams = _distinct(diagnosis), collective["teams"]
    conditions = {
        "individual_mean": own,
        "collective_mean": shared,
        "surplus": _all([own, shared, _enough("teams", teams, SURPLUS_TEAMS), distinct]),
        "level_gap": _all([own, shared, _enough("mirrored", float(diagnosis.instrument.mirrored), 1)]),
        "verdicts": _all([*_comparable(diagnosis), distinct]),
        "prediction": _all([own, shared, distinct, _enough("lagged", lagged_teams(diagnosis), PREDICTION_TEAMS)]),
    }
    return tuple(
        Gate(need=need, state=conditions[need].state, found=conditions[need].found, short=conditions[need].short)
        for need in NEEDS
    )


def gate(diagnosis: Diagnosis, need: str) -> Gate:
    """
    The gate of one claim.

    Raises
    ------
    KeyError : for a claim that has none.
    """
    found = {each.need: each for each in diagnosis.gates}
    return found[need]


def carried(diagnosis: Diagnosis, need: str) -> bool:
    """Whether a claim stands, with caution or without; its gate is not closed."""
    return gate(diagnosis, need).state is not GateState.CLOSED


def one_period_carried(surplus: Gate) -> bool:
    """
    Whether one period may say what a team believes beyond its members: as the surplus, but for the number of teams.

    >>> one_period_carried(Gate(need="surplus", state=GateState.CLOSED, found={"teams": 4}, short=("teams",)))
    True
    """
    return surplus.state is not GateState.CLOSED or surplus.short == ("teams",)


def lagged_teams(diagnosis: Diagnosis) -> float:
    """Teams with a metric in two successive periods and both scores of at least three persons in the first of them."""
    metrics = diagnosis.metrics
    if metrics.empty:
        return 0.0
    line = time_line(diagnosis.periods, metrics["period"].unique())
    order = {period.label: at for at, period in enumerate(line)}
    followed = set(np.flatnonzero(successive(line)).tolist())
    scored = diagnosis.teams[
        (diagnosis.teams[["scored_individual", "scored_collective"]] >= LAGGED_PERSONS).all(axis=1)
    ]
    places = zip(scored["team_id"], scored["period"].map(order), strict=True)
    before = {(team, at) for team, at in places if at in followed}
    known = metrics.assign(at=metrics["period"].map(order)).dropna(subset=["at", "value"])
    return max((_with_a_lag(rows, before) for _, rows in known.groupby("metric")), default=0.0)


def _with_a_lag(rows: pd.DataFrame, scored: set[tuple[str, int]]) -> float:
    """Teams of one metric that have it in two successive periods, and scores in the first of them."""
    has = set(zip(rows["team_id"], rows["at"].astype(int), strict=True))
    return float(len({team for team, at in has if (team, at - 1) in has and (team, at - 1) in scored}))


def _latest(diagnosis: Diagnosis, scale: str) -> Row:
    """The figures of a scale in the latest period of the window; `nan` where there is no row."""
    table = diagnosis.scales
    rows = table[(table["scale"] == scale) & (table["period"] == diagnosis.window[-1].label)]
    names = ("alpha", "alpha_high", "icc1_low", "teams")
    return {name: float(rows[name].iloc[0]) if len(rows) else float("nan") for name in names}


def _reliable(name: str, scale: Row) -> _Condition:
    """Alpha reaches what is needed; caution while only its interval does, or with a single item."""
    alpha, high = scale["alpha"], scale["alpha_high"]
    if alpha >= RELIABLE:
        return _Condition(found={name: alpha}, state=GateState.OPEN)
    possible = not np.isfinite(alpha) or high >= RELIABLE
    return _Condition(found={name: alpha}, state=GateState.CAUTION if possible else GateState.CLOSED, short=(name,))


def _alike(diagnosis: Diagnosis, collective: Row) -> _Condition:
    """Teams differ for sure, or their members are more alike than three of four random groups."""
    low, percentile = collective["icc1_low"], _median_percentile(diagnosis)
    found = {"icc1_low": low, "percentile": percentile}
    if low > 0 or percentile >= ALIKE:
        return _Condition(found=found, state=GateState.OPEN)
    known = np.isfinite([low, percentile]).any()
    return _Condition(
        found=found, state=GateState.CLOSED if known else GateState.CAUTION, short=("icc1_low", "percentile")
    )


def _median_percentile(diagnosis: Diagnosis) -> float:
    latest = diagnosis.teams[diagnosis.teams["period"] == diagnosis.window[-1].label]
    values = latest["agreement_percentile"].to_numpy(float)
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("nan")


def _distinct(diagnosis: Diagnosis) -> _Condition:
    htmt = diagnosis.organization.distinctness
    return _decided("htmt", htmt, lambda value: value < DISTINCT)


def _enough(name: str, value: float, least: float) -> _Condition:
    return _decided(name, value, lambda found: found >= least)


def _decided(name: str, value: float, holds: Callable[[float], bool]) -> _Condition:
    if not np.isfinite(value):
        return _Condition(found={name: value}, state=GateState.CAUTION, short=(name,))
    if holds(value):
        return _Condition(found={name: value}, state=GateState.OPEN)
    return _Condition(found={name: value}, state=GateState.CLOSED, short=(name,))


def _comparable(diagnosis: Diagnosis) -> Iterable[_Condition]:
    """Two periods, answers enough to know how persons vary, and items that mean what they meant."""
    return (
        _enough("periods", float(len(diagnosis.window)), VERDICT_PERIODS),
        _enough("degrees", _degrees(diagnosis), VERDICT_DEGREES),
        _drifting(diagnosis),
    )


def _degrees(diagnosis: Diagnosis) -> float:
    """Persons less teams, over the window, of the scale that fewer answered."""
    inside = diagnosis.scales[diagnosis.scales["period"].isin([period.label for period in diagnosis.window])]
    free = (inside["respondents"] - inside["teams"]).groupby(inside["scale"]).sum()
    return float(min(free.get(INDIVIDUAL, 0.0), free.get(COLLECTIVE, 0.0)))


def _drifting(diagnosis: Diagnosis) -> _Condition:
    """No item has drifted; caution while chance may be why one seems to."""
    table = diagnosis.items
    if table.empty:
        return _Condition(found={"drifting": 0.0}, state=GateState.OPEN)
    inside = _since_the_window_began(diagnosis)
    surely = inside.loc[inside["moved"] - SURE * inside["error"] > NOTED_DRIFT, "item"].nunique()
    perhaps = inside.loc[inside["moved"] > NOTED_DRIFT, "item"].nunique()
    state = GateState.CLOSED if surely else GateState.CAUTION if perhaps else GateState.OPEN
    found = {"drifting": float(surely or perhaps)}
    return _Condition(found=found, state=state, short=() if state is GateState.OPEN else ("drifting",))


def _since_the_window_began(diagnosis: Diagnosis) -> pd.DataFrame:
    """
    `item moved error`, a row per item of the two scales and period of the window: how far it has moved since the
    window began. Its error, of a difference of two changes since the survey's first period, is stated too large
    where the window begins later.
    """
    labels = [period.label for period in diagnosis.window]
    inside = diagnosis.items[diagnosis.items["scale"].isin([INDIVIDUAL, COLLECTIVE])]
    first = inside[inside["period"] == labels[0]].set_index(["scale", "item"])[["drift", "drift_error"]].fillna(0.0)
    rows = inside[inside["period"].isin(labels)].join(first, on=["scale", "item"], rsuffix="_first")
    errors = rows[["drift_error", "drift_error_first"]].fillna(0.0)
    return pd.DataFrame(
        {
            "item": rows["item"],
            "moved": (rows["drift"] - rows["drift_first"].fillna(0.0)).abs(),
            "error": np.hypot(errors["drift_error"], errors["drift_error_first"]),
        }
    )


def _all(conditions: Iterable[_Condition]) -> _Condition:
    """As open as the least open; named is only what makes it so."""
    given = list(conditions)
    found = {name: value for each in given for name, value in each.found.items()}
    shut = [name for each in given if each.state is GateState.CLOSED for name in each.short]
    doubt = [name for each in given if each.state is GateState.CAUTION for name in each.short]
    state = GateState.CLOSED if shut else GateState.CAUTION if doubt else GateState.OPEN
    return _Condition(found=found, state=state, short=tuple(dict.fromkeys(shut or doubt)))
