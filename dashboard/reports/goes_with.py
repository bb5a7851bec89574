"""
Goes with performance, as it stands in `organization.json` and in a table of slopes.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from dashboard.diagnosis.prediction import Extent, MetricFindings
from dashboard.disclosure import GoesWithReleased
from dashboard.terms import Settings
from dashboard.wording import gates_words

SLOPES = ("metric", "unit", "model", "term", "slope", "low", "high")


def section(found: GoesWithReleased | None, settings: Settings) -> dict[str, Any] | None:
    """The section of `organization.json`; `None` where no performance was brought."""
    if found is None:
        return None
    return {
        "gate": str(found.gate.state),
        "why": gates_words.why(found.gate, settings),
        "tests": found.tests,
        "metrics": [_metric(each) for each in found.metrics],
    }


def slopes_table(found: GoesWithReleased) -> pd.DataFrame:
    """Every slope of every metric with its interval, a row each; the columns `SLOPES` first."""
    tables = [each.slopes.assign(metric=each.metric, unit=each.unit) for each in found.metrics if len(each.slopes)]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(SLOPES))
    return whole[[*SLOPES, *(name for name in whole.columns if name not in SLOPES)]]


def _metric(found: MetricFindings) -> dict[str, Any]:
    """One metric; with a scatter only, no figure but how many teams there are."""
    counted = {
        "metric": found.metric,
        "unit": found.unit,
        "higher_is_better": found.higher_is_better,
        "extent": str(found.extent),
        "teams": found.teams,
        "team_periods": found.rows,
        "periods": found.periods,
    }
    if found.extent is Extent.SCATTER:
        return counted
    return counted | {
        "smallest_detectable_r": found.smallest_r,
        "standard_deviation_individual_pomp": found.spread_individual,
        "standard_deviation_collective_pomp": found.spread_collective,
        "slopes": _rows(found.slopes),
        "permutation": {"p": found.p, "p_adjusted": found.p_adjusted, "permutations": found.permutations},
        "unseen_teams": None if found.unseen is None else asdict(found.unseen),
        "dominance": _rows(found.dominance),
        "individual_reliability": found.reliability,
        "sensitivity": _rows(found.sensitivity),
        "interdependence": _rows(found.halves),
        "interdependence_difference": None if found.between_halves is None else found.between_halves._asdict(),
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return table.to_dict(orient="records")
