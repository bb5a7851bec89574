"""
Words of the method screen: what these data can carry, what was measured elsewhere, and what may not be said.

What each figure is stands in `figures_words`, the measured error rates in `error_rates`, the settings in
`settings_words`, how good the scales are in `scale_words`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.diagnosis.gate import Gate, GateState
from dashboard.diagnosis.gates import (
    ALIKE,
    DISTINCT,
    PREDICTION_TEAMS,
    RELIABLE,
    SURPLUS_TEAMS,
    VERDICT_DEGREES,
    VERDICT_PERIODS,
)
from dashboard.terms import Settings
from dashboard.wording.gates_words import ITEMS_ONLY, MEMBERS_VIEWS
from dashboard.wording.numbers import MISSING, plural, points, share

TITLE = "How it is worked out"
LEAD = (
    "Every figure in plain words, with its formula and where it comes from; every threshold with its default; how often the "
    "verdict is wrong; and what may not be claimed."
)
SECTIONS = (
    "Figures",
    "What these data can carry",
    "How good the scales are",
    "How often it is wrong",
    "Settings",
    "What may not be said",
    "Glossary",
)


# Each claim: its name, what it needs, and what it governs.
GATES = {
    "individual_mean": (
        "A mean of individual efficacy",
        "alpha of the individual items at least {reliable}",
        "The name of the mean; without it “{items_only}”",
    ),
    "collective_mean": (
        "A mean of collective efficacy, as a figure of the {noun}",
        "alpha of the collective items at least {reliable}; and the interval of ICC(1) above 0, or half of the {nouns} more alike than {alike} of "
        "random groups",
        "The name of the mean; without it “{members_views}”",
    ),
    "surplus": (
        "What goes beyond members’ belief in themselves",
        "both of the above, {surplus_teams} {nouns}, and HTMT below {distinct}",
        "The surplus on every page, in every table and file",
    ),
    "level_gap": (
        "The two levels beside each other",
        "both means, and collective items that are the individual ones with “we” for “I”",
        "The level gap on every page, in every table and file",
    ),
    "verdicts": (
        "Verdicts",
        "{verdict_periods} periods, {degrees} people beyond one for each {noun}, items that do not drift, and HTMT below {distinct}",
        "Every verdict, every flag and the watch list",
    ),
    "prediction": (
        "What goes with performance",
        "both means, HTMT below {distinct}, and {prediction_teams} {nouns} with performance in two successive periods",
        "Every number on the page “What goes with it”; without it a scatter",
    ),
}
GATE_COLUMNS = ("Claim", "These data", "It needs", "Found", "It governs")
# Markdown of a mark in the colour of the state; the word beside it says the same.
GATE_MARKS = {GateState.OPEN: "●", GateState.CAUTION: "◐", GateState.CLOSED: "○"}
GATE_STATES = {GateState.OPEN: "carried", GateState.CAUTION: "with caution", GateState.CLOSED: "not carried"}
FOUND = {
    "alpha_individual": "alpha of the individual scale",
    "alpha_collective": "alpha of the collective scale",
    "icc1_low": "lower end of ICC(1)",
    "percentile": "median percentile of agreement",
    "teams": "{nouns}",
    "mirrored": "mirrored items",
    "periods": "periods",
    "htmt": "HTMT",
    "degrees": "people beyond one for each {noun}",
    "drifting": "items that drift",
    "lagged": "{nouns} with performance in two successive periods",
}
FRACTIONS = ("alpha_individual", "alpha_collective", "icc1_low", "htmt")
GATES_NOTE = (
    "With caution: a figure is below what is needed while its interval reaches it, or cannot be worked out. Not carried: the claim "
    "stands on no screen, in no table and in no file. Alpha and ICC(1) are of the latest period of the window, HTMT, drift and "
    "people of the whole window."
)
SHUFFLING = "Dealing people to teams at random …"
NO_DATA = "Nothing is open; with a survey this place says what its data can carry."

IN_THIS = "In this organisation"
COMPARED = "This method beside simpler rules"
LIKE_YOURS = "In organisations of about this size"
BY_WORLD = "World by world"
BESIDE = "Wrong among the flags · real cases found"
NOTHING_WRONG = "False flags per 100 {nouns} where nothing is wrong"
STATES_TITLE = "Right when named"
STATES_COLUMNS = ("State", "Right when named", "Measured")
HERE, BEFORE = "in the study above", "in the simulations behind the method"
STATES = (
    ("Compounding", "73%"),
    ("Collective-led", "68%"),
    ("Steady", "63%"),
    ("Possibly eroding", "42%"),
)
FLAGGED, WATCHED = "Not yet compounding (flag)", "Worth a conversation, with the flags"
INTERVALS = (
    "The 90% intervals of gains are approximate: in the simulations behind the method they covered 88–89% where the model fits, and "
    "67–81% with skewed answers, noisy items or a mood of the whole organisation."
)
PLANNING = "For planning: other sizes and numbers of periods"
DETECTABLE_NOTE = (
    "The smallest individual gain, with collective efficacy flat, that is found in four of five cases, in points of 100: for a flag, "
    "and for the watch list. From the simulations behind the method, for typical organisations."
)
DETECTABLE_COLUMNS = ("Members", "2 periods", "4 periods", "8 periods")
DETECTABLE = (
    ("4", "> 26 / 25", "> 26 / 21", "> 26 / 18"),
    ("8", "> 26 / 16", "23 / 15", "18 / 12"),
    ("12", "20 / 13", "18 / 12", "15 / 11"),
    ("25", "14 / 11", "14 / 10", "12 / 9"),
)
AGAIN = "The study can be run again by anyone who has the repository: python -m tests.verdict.study."

NOT_SAID = (
    ("causes, drives, ensures", "goes with; nothing here knows a cause"),
    ("independent of competence", "over and above members’ reported self-efficacy"),
    ("in-sample R²", "what was predicted for teams it had not seen"),
    ("high consensus (r_WG .84)", "how far answers differ, and against random groups of the same size"),
    ("significant", "the number of tests, and the expected number of false alarms"),
    ("failing", "not yet compounding"),
    ("belief in the team lies below belief in oneself", "only with mirrored items"),
    ("ranks, best and worst", "each team with its interval"),
    ("no teams flagged: healthy", "no flag is never “healthy”"),
    ("an emergent property was demonstrated", "members answer more alike than chance, beyond their self-efficacy"),
    ("success was due to coordination", "members attribute it to coordination"),
    ("above or below the benchmark", "no outside benchmark without a source"),
    ("anything about one person", "groups of at least the minimum size only"),
)
NOT_SAID_COLUMNS = ("Not", "But")


def right_when_named(flagged: str, watched: str) -> tuple[tuple[str, str, str], ...]:
    """Every state with how often it was right, and where that was measured; the first two as the study found them."""
    measured = ((FLAGGED, flagged, HERE), (WATCHED, watched, HERE))
    return (*measured, *((state, right, BEFORE) for state, right in STATES))


def gate_lines(gates: tuple[Gate, ...], settings: Settings) -> pd.DataFrame:
    """A row per claim, `GATE_COLUMNS`: what it needs, whether these data carry it, what was found, what it governs."""
    said = _said(settings)
    rows = [
        (
            GATES[gate.need][0].format(**said),
            GATE_STATES[gate.state],
            GATES[gate.need][1].format(**said),
            _found(gate, said),
            GATES[gate.need][2].format(**said),
        )
        for gate in gates
    ]
    return pd.DataFrame(rows, columns=list(GATE_COLUMNS))


def _said(settings: Settings) -> dict[str, str]:
    """What stands in the sentences about gates: nouns, names and limits."""
    return {
        "noun": settings.noun,
        "nouns": plural(settings.noun),
        "items_only": ITEMS_ONLY.lower(),
        "members_views": MEMBERS_VIEWS.format(noun=settings.noun).lower(),
        "reliable": points(RELIABLE, 2).removeprefix("0"),
        "distinct": points(DISTINCT, 2).removeprefix("0"),
        "alike": share(ALIKE),
        "surplus_teams": str(SURPLUS_TEAMS),
        "verdict_periods": str(VERDICT_PERIODS),
        "degrees": str(VERDICT_DEGREES),
        "prediction_teams": str(PREDICTION_TEAMS),
    }


def _found(gate: Gate, said: dict[str, str]) -> str:
    return "; ".join(f"{FOUND[name].format(**said)} {_figure(name, value)}" for name, value in gate.found.items())


def _figure(name: str, value: float) -> str:
    if not np.isfinite(value):
        return MISSING
    if name == "mirrored":
        return "yes" if value else "no"
    if name == "percentile":
        return share(value)
    return points(value, 2).replace("0.", ".", 1) if name in FRACTIONS else points(value)
