"""
Settings: every threshold of the method in one place, each with its default, unit and reason.

Frozen and hashable, so that a result can be kept by the digest of its files and its settings.
`describe()` lists them for the Method screen and for `organization.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple


def _setting(default: Any, unit: str, source: str, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"unit": unit, "source": source, "low": low, "high": high})


class Setting(NamedTuple):
    """One setting as a reader meets it."""

    name: str
    value: Any
    default: Any
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    The thresholds of the method. POMP: percent of the maximum possible, 0–100.

    Raises
    ------
    ValueError : naming the setting, when a value lies outside what the method allows.
    """

    minimum_group: int = _setting(
        5, "respondents", "disclosure: figures of fewer persons are withheld; never below 3", 3, 1000
    )
    answered_share: float = _setting(
        2 / 3, "share of a scale's items", "a person's score needs this share, and 2 items", 0, 1
    )
    gain: float = _setting(5.0, "POMP points", "δ: smaller is inside shocks and mood; 0.3 within-team SD", 0.5, 50)
    compounding_share: float = _setting(0.5, "share", "ρ: the share of an individual gain expected of the team", 0, 2)
    false_flag_share: float = _setting(
        0.10, "share", "q: at most this share of flags is expected to be wrong", 0.01, 0.5
    )
    watch_probability: float = _setting(
        0.50, "probability", "watch list and smallest probability of any named state", 0.5, 0.99
    )
    few_teams: int = _setting(20, "judged teams", "with fewer, a flag needs few_teams_probability as well", 0, None)
    few_teams_probability: float = _setting(
        0.90, "probability", "small organisations: the posterior alone is too bold", 0.5, 1
    )
    fewest_teams: int = _setting(8, "judged teams", "with fewer there are no flags, only the watch list", 1, None)
    window: int = _setting(8, "periods", "the latest periods a verdict looks at", 2, 40)
    largest_standard_error: float = _setting(
        12.0, "POMP points", "own standard error of the shortfall, above it a team is not judged", 1, 100
    )
    lowest_response_rate: float = _setting(0.50, "share of head count", "below it a team is not judged", 0, 1)
    cautious_response_rate: float = _setting(0.70, "share of head count", "below it shown with caution", 0, 1)
    lowest_sensitivity: float = _setting(
        0.40, "share of a change that can show", "below it a team is at the end of the scale", 0, 1
    )
    sensitivity_floor: float = _setting(0.20, "share", "end-of-scale correction never divides by less", 0.01, 1)
    noted_sensitivity: float = _setting(0.85, "share", "below it the adjustment is mentioned", 0, 1)
    reference_level: float = _setting(60.0, "POMP", "level at which a change is taken to show fully", 1, 99)
    mixture_teams: int = _setting(
        60, "judged teams", "from here on gains may be a mixture of two kinds of teams", 2, None
    )
    model_teams: int = _setting(600, "teams", "the hierarchy is estimated on at most so many, drawn by seed", 20, None)
    model_iterations: int = _setting(80, "iterations", "at most, of the EM; more where shocks are strong", 1, None)
    shrinkage_teams: int = _setting(8, "teams", "shrunken means need at least so many", 2, None)
    interval: float = _setting(0.95, "coverage", "team means", 0.5, 0.999)
    gain_interval: float = _setting(0.90, "coverage", "gains; approximate under misspecification", 0.5, 0.999)
    performance_agreement: float = _setting(
        0.7, "robust z", "individual minus team metric trend beyond which performance agrees or disagrees", 0, 10
    )
    seed: int = _setting(20260101, "", "of every random draw, so that the same input gives the same bytes", 0, None)
    file_bytes: int = _setting(200_000_000, "bytes", "a larger file is refused", 1, None)
    noun: str = _setting("team", "", "what a group is called")
    parent_noun: str = _setting("department", "", "what the unit above a group is called")

    def __post_init__(self) -> None:
        for setting in fields(self):
            low, high = setting.metadata["low"], setting.metadata["high"]
            value = getattr(self, setting.name)
            if isinstance(value, str):
                continue
            if (low is not None and not value >= low) or (high is not None and not value <= high):
                limits = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
                raise ValueError(f"{setting.name} is {value:g}; it must be {limits}")

    def describe(self) -> tuple[Setting, ...]:
        """Every setting with its value, default, unit and source."""
        return tuple(
            Setting(f.name, getattr(self, f.name), f.default, f.metadata["unit"], f.metadata["source"])
            for f in fields(self)
        )
