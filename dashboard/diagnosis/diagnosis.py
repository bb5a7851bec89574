"""
Diagnosis: the one result object. Tables with the columns of the promise to users, and more; no sentences.

`diagnosis.diagnose` makes it, `disclosure.release` takes out what may not be shown, and everything
above reads the released one only. Scores are in points of their scale unless a name or this text says POMP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from dashboard.diagnosis.gate import Gate
from dashboard.terms import Instrument, Period, Problem, Settings, SourceFile

TEAM_COLUMNS = (
    "team_id period respondents headcount individual individual_low individual_high individual_shrunken "
    "collective collective_low collective_high collective_shrunken surplus surplus_low surplus_high "
    "agreement_ad agreement_percentile rwg_uniform rwg_skew "
    "attribution_coordination attribution_heroics attribution_luck withheld"
).split()

MORE_TEAM_COLUMNS = "shape response_rate".split()

VERDICT_COLUMNS = (
    "team_id since until respondents_since respondents_until stayers "
    "individual_gain individual_gain_low individual_gain_high collective_gain collective_gain_low collective_gain_high "
    "probability verdict flagged evidence"
).split()

MORE_VERDICT_COLUMNS = (
    "reason shortfall shortfall_low shortfall_high standard_error sensitivity_individual sensitivity_collective "
    "variance_individual variance_collective covariance "
    "probability_compounding probability_collective_led probability_steady probability_eroding performance"
).split()

SCALE_COLUMNS = (
    "scale period items respondents teams missing_share mean sd alpha alpha_low alpha_high omega "
    "icc1 icc1_low icc1_high icc2 ceiling_share"
).split()


class Verdict(StrEnum):
    """The state of a team over the window."""

    NOT_COMPOUNDING = "not compounding"
    WATCH = "watch"
    COMPOUNDING = "compounding"
    COLLECTIVE_LED = "collective-led"
    STEADY = "steady"
    ERODING = "eroding"
    UNCLEAR = "unclear"
    INSUFFICIENT = "insufficient"


class Reason(StrEnum):
    """Why a verdict is `insufficient`; "" where it is not."""

    NONE = ""
    ONE_PERIOD = "one period"  # the survey has a single period: no change can be judged
    MINIMUM_GROUP = "minimum group"  # one half of the window never reaches the minimum group: all figures withheld
    RESPONSE_RATE = "response rate"
    PRECISION = "precision"  # standard error of the team's own shortfall too large
    CEILING = "ceiling"  # the level leaves too little room at an end of the scale
    FEW_ANSWERS = "few answers"  # of the whole organisation: too few to know how persons vary
    NOT_DISTINCT = "scales not distinct"  # of the whole organisation: both scales measure one thing
    DRIFT = "items drift"  # of the whole organisation: an item no longer means what it meant


OF_EVERYBODY = (Reason.FEW_ANSWERS, Reason.NOT_DISTINCT, Reason.DRIFT)  # no team at all can be judged


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Organization:
    """
    Figures of the whole organisation over the window.

    `by_period`: columns `period respondents teams individual individual_low individual_high collective
    collective_low collective_high`; individual weighted by persons, collective the mean of team means.
    `smallest_detectable_gain`: members → {"flag": POMP, "watch": POMP}, the smallest individual gain found with
    80 % probability while the collective one stays flat; `nan` where more than the scale's length would be needed.
    `moved_together`: all teams moved alike on both scales: perhaps an organisation-wide mood or method shift.
    `distinctness`: HTMT of the two scales over the window, `nan` where it is not defined.
    """

    by_period: pd.DataFrame
    teams: int
    teams_tested: int
    flagged: int
    watched: int
    expected_false_flags: float
    expected_affected: float
    verdicts: Mapping[str, int]
    smallest_detectable_gain: Mapping[int, Mapping[str, float]]
    moved_together: bool
    distinctness: float = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Diagnosis:
    """
    `teams`: a row per team and period, `TEAM_COLUMNS` and `MORE_TEAM_COLUMNS` (`shape`: "two camps", "close",
    "spread" or ""; `response_rate`: 0–1). `verdicts`: a row per team, `VERDICT_COLUMNS` and
    `MORE_VERDICT_COLUMNS` (gains, variances in POMP). `scales`: `SCALE_COLUMNS` and `icc1_reml`.
    `changes`: who changed from the first to the last period of the window, a row per team and scale: `team_id scale
    stayers joiners leavers change from_stayers from_joiners from_leavers` (points); empty without a person key.
    `worth_watching`: with one period only, a row per team: `team_id respondents individual collective gap gap_low
    gap_high probability` (POMP); else `None`.
    `quality`: how the two scales go together, a row per period: `period respondents htmt correlation
    correlation_between correlation_within level_gap`; the level gap in points, `nan` unless items are mirrored.
    `items`: a row per scale, item and period: `scale item period mean offset drift drift_error item_rest`, in points.
    `gaps`: collective minus individual level, a row per team and period: `team_id period respondents gap gap_low
    gap_high`, in points; empty unless items are mirrored.
    `units`: the unit above the team, a row per unit and period: `unit period teams respondents individual
    individual_low individual_high collective collective_low collective_high withheld`; empty where none is known.
    `parents`: which unit each team lies in: `team_id period unit`, without teams that lie in none.
    `gates`: which claims the data carry.
    `events`, `metrics`: as brought; `metrics` holds team values only: `team_id period metric value unit
    higher_is_better`.
    """

    settings: Settings
    instrument: Instrument
    periods: tuple[Period, ...]
    window: tuple[Period, ...]
    identified: bool
    teams: pd.DataFrame
    verdicts: pd.DataFrame
    scales: pd.DataFrame
    organization: Organization
    changes: pd.DataFrame
    worth_watching: pd.DataFrame | None
    events: pd.DataFrame
    metrics: pd.DataFrame
    problems: tuple[Problem, ...]
    files: tuple[SourceFile, ...]
    quality: pd.DataFrame = field(default_factory=pd.DataFrame)
    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    gaps: pd.DataFrame = field(default_factory=pd.DataFrame)
    units: pd.DataFrame = field(default_factory=pd.DataFrame)
    parents: pd.DataFrame = field(default_factory=pd.DataFrame)
    gates: tuple[Gate, ...] = ()
