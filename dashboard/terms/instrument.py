"""
Instrument: which column of a survey is what. Written by hand or proposed, confirmed, and kept as TOML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomli_w

from dashboard.terms.scale import COLLECTIVE, INDIVIDUAL, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """
    Roles of columns. A role left empty is still to be found in the file.

    Parameters
    ----------
    title : what the survey is called.
    team : column or columns that together name the team.
    period, respondent : a column name, `None` when there is none or it is to be found.
    segments : columns to group by.
    mirrored : whether the collective items are the individual ones with the referent shifted.
    scales : name → scale; an instrument that can be diagnosed holds at least the individual and the collective one.
    """

    title: str = ""
    team: tuple[str, ...] = ()
    period: str | None = None
    respondent: str | None = None
    segments: tuple[str, ...] = ()
    mirrored: bool = False
    scales: Mapping[str, Scale]

    @property
    def individual(self) -> Scale:
        """The scale of "I can …"."""
        return self.scales[INDIVIDUAL]

    @property
    def collective(self) -> Scale:
        """The scale of "our team can …"."""
        return self.scales[COLLECTIVE]

    @classmethod
    def from_toml(cls, text: str) -> Instrument:
        """
        Read an instrument.

        Raises
        ------
        ValueError : in one plain sentence, when the text is no TOML or a field has the wrong kind of value.
        """
        try:
            fields = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"this is not valid TOML: {error}") from error
        scales = fields.get("scales", {})
        if not isinstance(scales, dict) or not all(isinstance(scale, dict) for scale in scales.values()):
            raise ValueError("scales must be tables such as [scales.individual_efficacy]")
        return cls(
            title=_text(fields, "title") or "",
            team=_names(fields, "team"),
            period=_text(fields, "period"),
            respondent=_text(fields, "respondent"),
            segments=_names(fields, "segments"),
            mirrored=bool(fields.get("mirrored", False)),
            scales={name: _scale(name, scale) for name, scale in scales.items()},
        )

    def to_toml(self) -> str:
        """The instrument as TOML that `from_toml` reads back to an equal one."""
        fields: dict[str, Any] = {}
        if self.title:
            fields["title"] = self.title
        if self.team:
            fields["team"] = self.team[0] if len(self.team) == 1 else list(self.team)
        if self.period is not None:
            fields["period"] = self.period
        if self.respondent is not None:
            fields["respondent"] = self.respondent
        if self.segments:
            fields["segments"] = list(self.segments)
        if self.mirrored:
            fields["mirrored"] = True
        fields["scales"] = {name: _scale_fields(scale) for name, scale in self.scales.items()}
        return tomli_w.dumps(fields)


def _scale(name: str, fields: Mapping[str, Any]) -> Scale:
    return Scale(
        name=name,
        items=_names(fields, "items"),
        minimum=_number(fields, "minimum"),
        maximum=_number(fields, "maximum"),
        reversed=_names(fields, "reversed"),
    )


def _scale_fields(scale: Scale) -> dict[str, Any]:
    fields: dict[str, Any] = {"items": list(scale.items)}
    if scale.minimum is not None and scale.maximum is not None:
        fields |= {"minimum": _plain(scale.minimum), "maximum": _plain(scale.maximum)}
    if scale.reversed:
        fields["reversed"] = list(scale.reversed)
    return fields


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _text(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} must be the name of one column, in quotes")
    return value


def _number(fields: Mapping[str, Any], key: str) -> float | None:
    value = fields.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key} must be a number")
    return float(value)


def _names(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = fields.get(key, [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{key} must be a list of column names, each in quotes")
    return tuple(names)
