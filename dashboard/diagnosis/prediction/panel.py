"""
Panel: what a team believed in one period beside how it performed in the next.

A model that is allowed to look ahead always finds something. So a panel cannot be asked for it: the only columns it
offers as predictors come from the period before the outcome, and it refuses to be built from any other. Teams are kept
as whole groups of rows, which is what every later step draws, permutes and leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Table = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer]

PERFORMANCE, INDIVIDUAL, COLLECTIVE = "performance_before", "individual_before", "collective_before"
LAGGED = (PERFORMANCE, INDIVIDUAL, COLLECTIVE)
INTERCEPT = "intercept"
FEWEST_SCORED = 3  # persons behind each of the two means of a row


class Leak(ValueError):
    """A predictor knows of its outcome: it is not from the period before, or a team stands on both sides of a split."""


class Design(NamedTuple):
    """A design matrix (rows, columns) and the names of its columns."""

    matrix: Values
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """
    Rows are team-periods, those of a team together and in order of time.

    Parameters
    ----------
    team : (rows,) codes, sorted.
    period : (rows,) position of the outcome's period on the time line.
    before : (rows,) position of the period that the predictors are from.
    performance : (rows,) the metric at `period`, more is better.
    collective : (rows,) collective efficacy at `period`, `nan` where too few were scored; an outcome only,
        for the reverse.
    lagged : the three `LAGGED` columns, each (rows,) at `before`.

    Raises
    ------
    Leak : when predictors are not from the period right before the outcome's, or a name is not one of `LAGGED`.
    ValueError : when the rows of a team do not stand together.
    """

    team: Codes
    period: Codes
    before: Codes
    performance: Values
    collective: Values
    lagged: Mapping[str, Values]

    def __post_init__(self) -> None:
        if (self.before != self.period - 1).any():
            raise Leak("every predictor must be from the period right before its outcome")
        if strangers := sorted(set(self.lagged) - set(LAGGED)):
            raise Leak(f"{', '.join(strangers)}: not a value of the period before, so no predictor")
        if (np.diff(self.team) < 0).any():
            raise ValueError("the rows of a team must stand together, teams in the order of their codes")

    @property
    def rows(self) -> int:
        """Team-periods."""
        return len(self.team)

    @property
    def starts(self) -> npt.NDArray[np.intp]:
        """(teams,) where the rows of each team begin."""
        return np.flatnonzero(np.diff(self.team, prepend=-1))

    @property
    def teams(self) -> int:
        """Teams with at least one row."""
        return len(self.starts)

    def design(self, names: Sequence[str] = LAGGED) -> Design:
        """
        An intercept, the named predictors, and a column for each period after the first.

        Raises
        ------
        Leak : when a name is not one of `LAGGED`; nothing of the outcome's own period can be had here.
        """
        if strangers := [name for name in names if name not in LAGGED]:
            raise Leak(f"{', '.join(strangers)}: not a value of the period before, so no predictor")
        columns = [np.ones(self.rows), *(self.lagged[name] for name in names)]
        periods = np.unique(self.period)
        columns += [(self.period == period).astype(float) for period in periods[1:]]
        labels = [INTERCEPT, *names, *(f"period {period}" for period in periods[1:])]
        return Design(np.column_stack(columns), tuple(labels))

    def only(self, kept: npt.NDArray[np.bool_]) -> Panel:
        """The panel of some of its rows, (rows,) of flags."""
        columns = {name: column[kept] for name, column in self.lagged.items()}
        return replace(
            self,
            team=self.team[kept],
            period=self.period[kept],
            before=self.before[kept],
            performance=self.performance[kept],
            collective=self.collective[kept],
            lagged=columns,
        )


def lagged_panel(
    *,
    performance: Table,
    individual: Table,
    collective: Table,
    scored_individual: Table,
    scored_collective: Table,
    left_out: npt.NDArray[np.bool_] | None = None,
    successive: npt.NDArray[np.bool_] | None = None,
) -> Panel:
    """
    The team-periods with the metric at q and q − 1 and both scores, of at least 3 persons each, at q − 1.

    Parameters
    ----------
    performance, individual, collective : (T, Q) by team and period of the time line, `nan` where there is none, as
        both scores are in a period that only the performance file has.
    scored_individual, scored_collective : (T, Q) persons behind the means.
    left_out : (T, Q) team-periods whose scores enter no model, such as those in which few of the head count answered.
    successive : (Q − 1,) whether each period but the first is the next one after its neighbour, see `time_line`; all
        are without it.

    Notes
    -----
    A team that is missing in the period before has no row, and where the period before is on no file nobody has one: a
    gap is never bridged. Scores are needed only at q − 1, so the last period may be one that was not surveyed.
    """
    enough = np.minimum(scored_individual, scored_collective) >= FEWEST_SCORED
    answered = np.isfinite(individual) & np.isfinite(collective) & enough
    if left_out is not None:
        answered &= ~left_out
    measured = np.isfinite(performance)
    lagged = measured[:, :-1] & answered[:, :-1] & measured[:, 1:]
    if successive is not None:
        lagged &= successive
    team, before = np.nonzero(lagged)
    return Panel(
        team=team,
        period=before + 1,
        before=before,
        performance=performance[team, before + 1],
        collective=np.where(answered, collective, np.nan)[team, before + 1],
        lagged={
            PERFORMANCE: performance[team, before],
            INDIVIDUAL: individual[team, before],
            COLLECTIVE: collective[team, before],
        },
    )


def reverse_panel(panel: Panel) -> Panel:
    """Those rows whose collective efficacy is known at the outcome's period as well."""
    return panel.only(np.isfinite(panel.collective))


def within_periods(values: Values, period: Codes) -> Values:
    """(rows,) values less the mean of their period."""
    _, at = np.unique(period, return_inverse=True)
    mean = np.bincount(at, weights=values) / np.bincount(at)
    return values - mean[at]


def in_deviations(panel: Panel) -> tuple[Panel, dict[str, float]]:
    """
    The panel with both scores in standard deviations of teams within a period, and those standard deviations.

    A change of unit and nothing else: no prediction and no test depends on it. A score that does not vary stays as it
    is, with 0 for its standard deviation.
    """
    free = max(panel.rows - len(np.unique(panel.period)), 1)
    spread = {
        name: float(np.sqrt((within_periods(panel.lagged[name], panel.period) ** 2).sum() / free))
        for name in (INDIVIDUAL, COLLECTIVE)
    }
    spread = {name: value if value > 1e-9 else 0.0 for name, value in spread.items()}
    units = {name: value or 1.0 for name, value in spread.items()}
    lagged = {name: column / units.get(name, 1.0) for name, column in panel.lagged.items()}
    return replace(panel, lagged=lagged, collective=panel.collective / units[COLLECTIVE]), spread
