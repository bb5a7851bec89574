"""
Error rates: what was measured about this method and about simpler rules, on simulated surveys whose truth is known.

The figures stand in `operating_characteristics.csv`, written by `python -m tests.verdict.study`; here they are only added
up over worlds and sizes, and said. A share without anything to take it of is a dash, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.terms import Settings
from dashboard.wording.numbers import MISSING, counted, plural, points, share

TABLE = Path(__file__).with_name("operating_characteristics.csv")
METHOD, LENIENT, WATCH = "this method", "this method (q = .20)", "watch list"
TYPICAL, NULL = "typical", "null"
CELL = ["teams", "members", "periods"]
ANSWER = 0.75  # share of members who answer at a time, of all simulated organisations

RULES: Mapping[str, str] = {
    METHOD: "This method, flag (q = .10)",
    LENIENT: "This method, flag (q = .20)",
    WATCH: "This method, flag or watch list",
    "difference of team means": "Difference of {noun} means against the same thresholds",
    "individual significant and collective not (Welch)": "Individual gain passes a 5% test and collective does not (Welch)",
    "individual significant and collective not (matched pairs)": "The same with matched pairs",
    "matched contrast at 5 %": "Matched contrast at 5%",
    "bootstrap at least .9": "Bootstrap share at least .9",
}
WORLDS: Mapping[str, str] = {
    "mixed": "Some compound, some do not",
    "all stuck": "No gain is shared in any {noun}",
    "rare": "Few {nouns} are affected",
    "anonymous": "Nobody can be followed from period to period",
    "strong shocks": "Strong moods of the day",
    "leniency": "People answer very leniently or very strictly",
    "high levels": "Answers near the top of the scale",
    "selective dropout": "Those who gain least leave",
    "high turnover": "A quarter of the people changes each period",
    "careless answers": "One answer in twenty is careless",
    "one normal": "Gains of one kind only",
    "nothing moves": "Nothing moves",
    "all compound": "All gains compound",
    "leniency and mood": "Nothing but leniency and moods",
    "regression": "Chance lifts or lowers the first period on both scales",
    "apart": "Chance lifts or lowers the first period on each scale by itself",
    "ceiling": "All gains compound, near the top of the collective scale",
    "small teams": "Nothing moves, in {nouns} of four",
    "selective dropout while nothing moves": "Nothing moves, and those who gain least leave",
}
COMPARED = (
    "Rule",
    "Flags",
    "Wrong among them",
    "Real cases found",
    "Average precision",
    "Error of its probabilities",
    "False flags per 100 {nouns} where nothing is wrong",
)
BY_WORLD = (
    "Simulated world",
    "Flags",
    "Wrong among them",
    "Real cases found",
    "Found with the watch list",
    "Error of its probabilities",
)
BESIDE = (
    "Simulated world",
    "This method",
    "Difference of means",
    "Welch",
    "Matched pairs",
    "Matched contrast",
    "Bootstrap",
)
NAIVE = tuple(RULES)[3:]

WHAT = (
    "A simulated organisation has {nouns} whose true gains are known; its people answer, come and go, and the rule is held against "
    "the truth. Wrong among its flags: flagged without being affected. Found: flagged among the affected whose figures may be "
    "shown. Every world counts once. Error of its probabilities: how far stated and true shares lie apart, averaged over ten steps."
)
PRICE = (
    "The price of few false alarms is power: most real cases in small {nouns} get no flag. The worlds are ours; an organisation "
    "unlike all of them can have other error rates."
)


class Size(NamedTuple):
    """A size of the grid: teams, members of whom three in four answer at a time, and periods."""

    teams: int
    members: int
    periods: int


@lru_cache(maxsize=1)
def study() -> pd.DataFrame:
    """The committed table; rows that pool sizes have no `teams`, `members`, `periods`."""
    return pd.read_csv(TABLE, keep_default_na=False, na_values=[""])


def extent(settings: Settings) -> str:
    """How much was simulated."""
    table = study()
    own = table[(table["rule"] == METHOD) & table["scenario"].isna()].set_index("kind")
    worlds = table[table["rule"] == METHOD].dropna(subset=["scenario"]).groupby("kind")["scenario"].nunique()
    organizations, teams = int(own["organizations"].sum()), int(own["teams_simulated"].sum())
    return (
        f"Measured on {organizations:,} simulated organisations with {counted(teams, settings.noun)} in all: {worlds[TYPICAL]} worlds "
        f"in which some {plural(settings.noun)} are affected, and {worlds[NULL]} in which none is. All rules saw the same answers."
    )


def compared(settings: Settings, size: Size | None = None) -> pd.DataFrame:
    """
    A row per rule: over the whole grid, or over all worlds at one size of it. Every world counts once.

    Parameters
    ----------
    size : one of the grid, see `nearest`.
    """
    rows = [
        (
            RULES.get(rule, rule).format(**_nouns(settings)),
            f"{_worlds(TYPICAL, rule, size)['flags'].sum():,.0f}",
            *_typical(_worlds(TYPICAL, rule, size)),
            _false(_worlds(NULL, rule, size)["false_per_100"].mean()),
        )
        for rule in RULES
    ]
    return pd.DataFrame(rows, columns=[name.format(**_nouns(settings)) for name in COMPARED])


def _typical(worlds: pd.DataFrame) -> tuple[str, str, str, str]:
    """Wrong among the flags, found, average precision and error of the probabilities: means over worlds."""
    wrong, found = worlds["wrong"] / worlds["flags"], worlds["found"] / worlds["affected_shown"]
    return (
        share(wrong.mean()),
        share(found.mean()),
        _place(worlds["average_precision"].mean()),
        _place(worlds["calibration_error"].mean()),
    )


def _place(value: float) -> str:
    return points(value, 2).removeprefix("0")


def by_world(settings: Settings) -> pd.DataFrame:
    """This method in every world with affected teams, over all sizes."""
    rules = {rule: _worlds(TYPICAL, rule) for rule in (METHOD, WATCH)}
    watch = rules[WATCH]
    rows = [
        (
            _world(str(world), settings),
            f"{row['flags']:,.0f}",
            _part(row["wrong"], row["flags"]),
            _part(row["found"], row["affected_shown"]),
            _part(watch.loc[world, "found"], watch.loc[world, "affected_shown"]) if world in watch.index else MISSING,
            _place(row["calibration_error"]),
        )
        for world, row in rules[METHOD].iterrows()
    ]
    return pd.DataFrame(rows, columns=list(BY_WORLD))


def wrong_and_found(settings: Settings) -> pd.DataFrame:
    """This method beside the simpler rules: wrong among the flags, and real cases found, in every world with affected teams."""
    return _beside(
        TYPICAL,
        settings,
        lambda row: f"{_part(row['wrong'], row['flags'])} · {_part(row['found'], row['affected_shown'])}",
    )


def false_where_nothing_is(settings: Settings) -> pd.DataFrame:
    """This method beside the simpler rules: false flags per 100 teams in every world without an affected team."""
    return _beside(NULL, settings, lambda row: _false(row["false_per_100"]))


def _beside(kind: str, settings: Settings, told: Callable[[pd.Series], str]) -> pd.DataFrame:
    tables = {rule: _worlds(kind, rule) for rule in (METHOD, *NAIVE)}
    rows = [
        (
            _world(str(world), settings),
            *(told(table.loc[world]) if world in table.index else MISSING for table in tables.values()),
        )
        for world in tables[METHOD].index
    ]
    return pd.DataFrame(rows, columns=list(BESIDE))


def _worlds(kind: str, rule: str, size: Size | None = None) -> pd.DataFrame:
    """A row per world of one rule, over all sizes or at one."""
    table = study()
    at = table["teams"].isna() if size is None else (table[CELL] == list(size)).all(axis=1)
    rows = table[(table["rule"] == rule) & (table["kind"] == kind) & table["scenario"].notna() & at]
    return rows.set_index("scenario")


def _world(name: str, settings: Settings) -> str:
    return WORLDS.get(name, name.capitalize()).format(**_nouns(settings))


def nearest(diagnosis: Diagnosis) -> Size | None:
    """The size of the grid that is nearest to this organisation, each of the three by its ratio; `None` without answers."""
    answered = _answering(diagnosis)
    if not np.isfinite(answered):
        return None
    table = study()[CELL].dropna()
    wanted = (diagnosis.organization.teams, answered / ANSWER, len(diagnosis.window))
    return Size(*(_near(table[name].unique(), value) for name, value in zip(CELL, wanted, strict=True)))


def _answering(diagnosis: Diagnosis) -> float:
    """The median of how many answer in a team and period that may be shown."""
    inside = diagnosis.teams[diagnosis.teams["period"].isin([period.label for period in diagnosis.window])]
    known = inside["respondents"].astype(float)
    return float(known[known > 0].median())


def _near(sizes: Iterable[float], value: float) -> int:
    return int(min(sizes, key=lambda size: abs(np.log(size / max(value, 1)))))


def told(size: Size, diagnosis: Diagnosis) -> str:
    """Which row of the grid stands for this organisation."""
    noun = diagnosis.settings.noun
    own = (
        f"{counted(diagnosis.organization.teams, noun)}, typically {points(_answering(diagnosis))} answering at a time, "
        f"{counted(len(diagnosis.window), 'period')}"
    )
    return (
        f"Yours: {own}. Nearest among the simulated sizes: {counted(size.teams, noun)} of about {size.members} members, of whom "
        f"{points(ANSWER * size.members)} answer at a time, {counted(size.periods, 'period')}; {_organizations(size)}."
    )


def _organizations(size: Size) -> str:
    table = study()
    rows = table[(table["rule"] == METHOD) & (table[CELL] == list(size)).all(axis=1)]
    return f"{counted(int(rows['organizations'].sum()), 'organisation')} over all worlds"


def right_when_named() -> dict[str, str]:
    """How often a flag, and a flag or a place on the watch list, named a team that is affected; over all typical worlds."""
    tables = {rule: _worlds(TYPICAL, rule) for rule in (METHOD, WATCH)}
    return {rule: share((table["found"] / table["flags"]).mean()) for rule, table in tables.items()}


def _part(part: float, whole: float) -> str:
    return share(part / whole) if whole > 0 else MISSING


def _false(value: float) -> str:
    """
    >>> _false(0.004), _false(0.42), _false(12.4)
    ('.00', '.42', '12')
    """
    if not np.isfinite(value):
        return MISSING
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}" if value >= 1 else f"{value:.2f}".removeprefix("0")


def _nouns(settings: Settings) -> dict[str, str]:
    return {"noun": settings.noun, "nouns": plural(settings.noun)}
