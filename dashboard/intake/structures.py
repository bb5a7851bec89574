"""
Structures: guilds, review rotas, shared libraries, and how they hold.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.intake.companions import Companion, finished, frame, opened, team_names
from dashboard.intake.sources import PeriodsGiven, Source
from dashboard.terms import Settings, Structures


def read_structures(
    source: Source | Sequence[Source], *, period: PeriodsGiven = None, settings: Settings | None = None
) -> Structures:
    """
    The state of shared structures: health from 0 to 100 per structure, team and period.

    Raises
    ------
    InputRefused : with every problem of every file.
    """
    companions = opened(source, period, settings or Settings(), "structures")
    states, common = finished(companions, structure_rows, ["structure", "team", "period", "health"])
    return Structures(states=states, **common)


def structure_rows(one: Companion) -> pd.DataFrame:
    teams, labels = team_names(one), one.labels()
    column, health = one.find("structure", "structure_id", "struktur"), one.find("health", "state", "zustand")
    if column is None or health is None:
        one.notes.error(
            "no structure and health columns were found", "Bring the columns structure, team, period and health"
        )
        return frame(one, {"structure": teams})
    structures, figures = one.texts(column, merge=True), one.figures(health)
    one.require(structures, "structure", column)
    one.set_aside(np.isnan(figures), "no health", health)
    one.set_aside((figures < 0) | (figures > 100), "a health outside 0–100", health)
    return frame(
        one,
        {
            "structure": structures,
            "team": teams,
            "period": labels,
            "health": figures,
            "name": one.texts(one.find("name", "title", "bezeichnung")),
            "adopted": one.texts(one.find("adopted", "since", "introduced", "eingeführt")),
        },
    )
