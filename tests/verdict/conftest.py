"""Makes the simulator importable, and small surveys from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import settings

from dashboard.diagnosis.compounding import Responses

collect_ignore = ["study.py", "candidates.py", "strong_shocks.py"]
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

Row = tuple[int, int, int, float, float]


@pytest.fixture(scope="session")
def responses_of() -> Callable[..., Responses]:
    """Responses from rows (team, period, respondent, individual, collective)."""
    return _responses


def _responses(rows: Sequence[Row], teams: int, periods: int, **changed: object) -> Responses:
    table = np.array(rows, dtype=float).reshape(-1, 5)
    team, period, respondent = (column.astype(int) for column in table[:, :3].T)
    counts = np.bincount(team * periods + period, minlength=teams * periods).reshape(teams, periods)
    fields = {
        "team": team,
        "period": period,
        "respondent": respondent,
        "individual": table[:, 3],
        "collective": table[:, 4],
        "teams": teams,
        "periods": periods,
        "answer_spread": np.array([22.0, 22.0]),
        "answer_mean": np.array([60.0, 60.0]),
        "response_rate": np.full((teams, 2), np.nan),
        "respondents": counts,
    }
    return Responses(**(fields | changed))
