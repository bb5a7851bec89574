"""
Words of honest power: how many real cases a list of flags misses, what a looser list would cost, and how large a gain
must be before a team of a given size shows it. Plain text; the screen escapes what goes through Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.diagnosis.compounding.detectable import LARGEST
from dashboard.diagnosis.diagnosis import Diagnosis
from dashboard.diagnosis.gates import carried, gate
from dashboard.terms import Settings
from dashboard.wording.gates_words import why
from dashboard.wording.numbers import counted, expected, plural, points, share

TITLE = "What this list misses"
CHOOSE = "Wrong flags to accept, at most"
FIGURES = ("Would be flagged", "False alarms", "Missed cases")
HELP = (
    "The longest list of most probable {nouns} of which no more than this share is expected to be wrong.",
    "The sum of one minus the probability over the {nouns} that would be flagged.",
    "The sum of the probability over the judged {nouns} that would not be flagged.",
)
BY_SIZE = "The smallest gain that shows"
SIZE_COLUMNS = ("People answering each time", "For the watch list", "For a flag")
NOT_JUDGED = "not judged"
EVERY_CHOICE = "Every choice as a table"
TRADE_COLUMNS = (
    "Wrong flags, at most",
    "Flagged",
    "False alarms",
    "Found",
    "Missed",
    "Of the missed, on the watch list",
)


def shares_to_choose(settings: Settings, shares: tuple[float, ...]) -> list[float]:
    """
    What a reader may choose from: the usual shares and the one that was agreed on, ascending.

    >>> shares_to_choose(Settings(false_flag_share=0.12), (0.1, 0.2))
    [0.1, 0.12, 0.2]
    """
    return sorted({*shares, settings.false_flag_share})


def lead(diagnosis: Diagnosis) -> str:
    """What the choice is about, and that it changes nothing else."""
    noun, agreed = diagnosis.settings.noun, diagnosis.settings.false_flag_share
    return (
        f"Whoever wants fewer false alarms misses more real cases. The lists above keep to {share(agreed)}; here you see what another "
        f"choice would bring among the {counted(diagnosis.organization.teams_tested, noun)} judged. It changes nothing else."
    )


def traded(row: Mapping[str, float], settings: Settings) -> str:
    """
    One choice in words: flagged, false, missed.

    Parameters
    ----------
    row : of `diagnosis.trade.trade`.
    """
    noun, flagged = settings.noun, int(row["flagged"])
    if not flagged:
        first = f"With at most {share(row['share'])} of flags wrong, no {noun} would be flagged."
    else:
        first = (
            f"With at most {share(row['share'])} of flags wrong, {counted(flagged, noun)} would be flagged; we expect "
            f"{expected(row['expected_false'])} of {'this one' if flagged == 1 else 'these'} to be false alarms."
        )
    return f"{first} {missed(row, settings)}"


def missed(row: Mapping[str, float], settings: Settings) -> str:
    """How many judged teams that are probably affected get no flag, and that in ten."""
    noun, silent = settings.noun, row["expected_missed"]
    real = silent + row["expected_found"]
    if real < 0.5:
        return f"Fewer than one judged {noun} is expected to be a real case at all."
    watched = (
        f", {expected(row['expected_watched'])} of them on the watch list" if row["expected_watched"] >= 0.05 else ""
    )
    return (
        f"About {expected(silent)} judged {plural(noun)} whose gains are not compounding would get no flag{watched}: "
        f"{_in_ten(silent / real)}."
    )


def _in_ten(part: float) -> str:
    number = round(10 * part)
    if number == 0:
        return "of ten real cases fewer than one would be missed"
    return (
        "of ten real cases nearly all would be missed"
        if number == 10
        else f"of ten real cases about {number} would be missed"
    )


def figures(row: Mapping[str, float]) -> tuple[str, str, str]:
    """The three figures of one choice, as `FIGURES` names them."""
    return f"{row['flagged']:.0f}", expected(row["expected_false"]), expected(row["expected_missed"])


def as_table(table: pd.DataFrame) -> pd.DataFrame:
    """The trade as a reader meets it, a row per choice."""
    counts = ["expected_false", "expected_found", "expected_missed", "expected_watched"]
    rows = [
        (share(row["share"]), f"{row['flagged']:.0f}", *(expected(row[name]) for name in counts))
        for row in table.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(TRADE_COLUMNS))


def by_size(diagnosis: Diagnosis) -> pd.DataFrame:
    """The smallest detectable gain of this organisation by team size; empty where no change can be judged."""
    known = diagnosis.organization.smallest_detectable_gain
    rows = [
        (str(size), *(smallest(gain[way], size, diagnosis.settings) for way in ("watch", "flag")))
        for size, gain in sorted(known.items())
    ]
    return pd.DataFrame(rows, columns=list(SIZE_COLUMNS))


def smallest(gain: float, size: int, settings: Settings) -> str:
    """
    A smallest detectable gain in a table.

    >>> smallest(12.3, 8, Settings()), smallest(float("nan"), 8, Settings()), smallest(float("nan"), 4, Settings())
    ('12 points', 'not within 60 points', 'not judged')
    """
    if np.isfinite(gain):
        return f"{points(gain)} points"
    return NOT_JUDGED if size < settings.minimum_group else f"not within {points(LARGEST)} points"


def by_size_note(diagnosis: Diagnosis) -> str:
    """How the table by size is to be read."""
    noun = diagnosis.settings.noun
    return (
        f"The smallest individual gain, with collective efficacy flat, that would be found in four of five {plural(noun)} of this size "
        f"over {counted(len(diagnosis.window), 'period')}, in points of 100; worked out from how much answers differ here. Among the "
        f"sizes are those usual here. A smaller gain exists as well, and is mostly missed."
    )


def misses_told(diagnosis: Diagnosis, row: Mapping[str, float]) -> str:
    """What the list as it stands misses, in one or two sentences; for a place without a choice."""
    if not carried(diagnosis, "verdicts"):
        return why(gate(diagnosis, "verdicts"), diagnosis.settings)
    if diagnosis.organization.teams_tested < diagnosis.settings.fewest_teams:
        return f"With fewer than {diagnosis.settings.fewest_teams} judged {plural(diagnosis.settings.noun)} none is flagged."
    return traded(row, diagnosis.settings)
