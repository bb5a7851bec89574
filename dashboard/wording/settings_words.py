"""
Words of the settings: what each threshold is called, what it is now, why, and what changing it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.terms import Settings
from dashboard.wording.numbers import plural

COLUMNS = ("Setting", "Here", "Default", "Why", "What changing it does")

EFFECTS: Mapping[str, str] = {
    "minimum_group": "Higher: people are harder to recognise, and fewer {nouns} are shown and judged. Lower: the reverse.",
    "answered_share": "Higher: fewer people get a score, each from fuller answers. Lower: more people, scored from fewer items.",
    "gain": "Higher: fewer {nouns} count as having gained, so fewer flags. Lower: mere moods begin to count as gains.",
    "compounding_share": "Higher: more of a gain must be shared, so more {nouns} are flagged. Lower: fewer are.",
    "false_flag_share": "Higher: more flags, more of them wrong, fewer cases missed. Lower: the reverse; the overview shows how many.",
    "watch_probability": "Higher: a shorter watch list, fewer named states, more {nouns} unclear.",
    "few_teams": "Higher: larger organisations, too, need the stricter probability. Lower: bolder flags in small ones.",
    "few_teams_probability": "Higher: fewer flags in small organisations. Lower: more, and more of them wrong than agreed on.",
    "fewest_teams": "Higher: more organisations get a watch list only. Lower: flags whose error nobody can check.",
    "window": "Longer: gains over a longer time, with more answers behind them. Shorter: recent gains only, less sure.",
    "largest_standard_error": "Higher: more {nouns} are judged, on fewer answers. Lower: more cannot be judged.",
    "lowest_response_rate": "Higher: more {nouns} are not judged. Lower: {nouns} are judged in which most did not answer.",
    "cautious_response_rate": "Higher: more response rates are shown with a caution. It changes no figure and no verdict.",
    "lowest_sensitivity": "Higher: more {nouns} count as at the end of the scale and are not judged. Lower: they are corrected instead.",
    "sensitivity_floor": "Higher: gains near the end of the scale are corrected less. At its default it touches no judged {noun}.",
    "noted_sensitivity": "Higher: the adjustment is mentioned more often. It changes no figure and no verdict.",
    "reference_level": "Farther from 50: gains near the end of the scale are corrected less, and more {nouns} are judged.",
    "mixture_teams": "Lower: two kinds of {nouns} may be told apart where there are few to learn from. Higher: one kind is assumed more often.",
    "model_teams": "More: slower, and hardly another figure. Fewer: faster, from a smaller sample of {nouns}.",
    "model_iterations": "Fewer: faster, and the estimates may stop short of their best. More: slower.",
    "shrinkage_teams": "Higher: more organisations see plain means only. Lower: means drawn together by a badly known spread.",
    "interval": "Higher: wider intervals of means, alpha and ICC(1); gates that look at their ends open more, or less, readily.",
    "gain_interval": "Higher: wider intervals of gains. It changes no verdict.",
    "performance_agreement": "Higher: performance more often points neither way. It stands beside the verdicts and changes none.",
    "seed": "Another seed: other random groups and shuffles, so what rests on them differs by as much as chance does.",
    "file_bytes": "Higher: larger files are read, and need more memory. Lower: they are refused.",
    "noun": "Another word on every screen. It changes no figure.",
    "parent_noun": "Another word on every screen. It changes no figure.",
}


def settings_table(settings: Settings) -> pd.DataFrame:
    """Every setting with its value and default in its unit, the reason, and what changing it does, as text."""
    nouns = {"noun": settings.noun, "nouns": plural(settings.noun)}
    rows = [
        (
            one.name.replace("_", " "),
            with_unit(one.value, one.unit),
            with_unit(one.default, one.unit),
            one.source.replace("_", " "),
            EFFECTS.get(one.name, "").format(**nouns),
        )
        for one in settings.describe()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def with_unit(value: Any, unit: str) -> str:
    """
    A value as text with its unit; of whole numbers only those that count something have their thousands apart.

    >>> with_unit(200_000_000, "bytes"), with_unit(0.5, "share"), with_unit(20260101, "")
    ('200,000,000 bytes', '0.5 (share)', '20260101')
    """
    if isinstance(value, float):
        return f"{value:,.3g}" + (f" {unit}" if unit.startswith("POMP") else f" ({unit})" if unit else "")
    return f"{value:,} {unit}" if isinstance(value, int) and unit else str(value)
