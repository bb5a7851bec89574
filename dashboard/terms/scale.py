"""
Scale: a set of items that measure one thing, with the range their answers may take.
"""

from __future__ import annotations

from dataclasses import dataclass

INDIVIDUAL = "individual_efficacy"
COLLECTIVE = "collective_efficacy"
ATTRIBUTIONS = ("attribution_coordination", "attribution_heroics", "attribution_luck", "attribution_help")
KNOWN_SCALES = (INDIVIDUAL, COLLECTIVE, *ATTRIBUTIONS, "interdependence", "shared_mastery", "structure_confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    One scale of an instrument.

    Parameters
    ----------
    name : `individual_efficacy`, `collective_efficacy` or another; the glossary explains the known ones.
    items : column names, at least one, none twice.
    minimum, maximum : lowest and highest possible answer; both `None` while still to be found in the answers.
    reversed : those items on which a high answer means little of it.

    Raises
    ------
    ValueError : when an item is named twice, a reversed item is no item of the scale, or the range is empty.
    """

    name: str
    items: tuple[str, ...]
    minimum: float | None = None
    maximum: float | None = None
    reversed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError(f"the scale {self.name} has no items")
        if twice := sorted({item for item in self.items if self.items.count(item) > 1}):
            raise ValueError(f"the scale {self.name} names an item twice: {', '.join(twice)}")
        if strangers := [item for item in self.reversed if item not in self.items]:
            raise ValueError(f"the scale {self.name} reverses what is not one of its items: {', '.join(strangers)}")
        if (self.minimum is None) != (self.maximum is None):
            raise ValueError(f"the scale {self.name} needs both minimum and maximum, or neither")
        if self.minimum is not None and self.maximum is not None and not self.minimum < self.maximum:
            raise ValueError(
                f"the scale {self.name} runs from {self.minimum:g} to {self.maximum:g}: the maximum must be the larger"
            )

    @property
    def bounds(self) -> tuple[float, float]:
        """
        (minimum, maximum).

        Raises
        ------
        ValueError : while the range is still to be found.
        """
        if self.minimum is None or self.maximum is None:
            raise ValueError(f"the range of the scale {self.name} is not known yet")
        return self.minimum, self.maximum

    @property
    def options(self) -> int:
        """A = H − L + 1, the number of answer options."""
        low, high = self.bounds
        return round(high - low) + 1
