import numpy as np
import pandas as pd

from dashboard.diagnosis.corroboration import corroboration, robust_z
from dashboard.terms import Performance, in_order

QUARTERS = in_order(["2026-Q1", "2026-Q2", "2026-Q3"])


def performance(slopes: dict[str, tuple[float, float]], sign: float = 1.0) -> Performance:
    """Metrics on straight lines: per team the slope of its members' metric and of its own."""
    rows = [
        (team, quarter.label, metric, sign * slope * at, who, sign > 0, "")
        for team, (individual, collective) in slopes.items()
        for metric, slope, who in (("tasks", individual, "p1"), ("value", collective, ""))
        for at, quarter in enumerate(QUARTERS)
    ]
    columns = ["team", "period", "metric", "value", "respondent_id", "higher_is_better", "unit"]
    return Performance(values=pd.DataFrame(rows, columns=columns), periods=QUARTERS)


SLOPES = {"A": (9.0, 0.0), "B": (1.0, 1.0), "C": (0.0, 9.0), "D": (2.0, 2.0), "E": (3.0, 3.0)}


def test_individual_metrics_that_outrun_the_team_agree_with_not_compounding() -> None:
    assert list(corroboration(performance(SLOPES), tuple(SLOPES), QUARTERS, 0.7)) == [
        "agrees", "silent", "disagrees", "silent", "silent",
    ]  # fmt: skip


def test_metrics_where_lower_is_better_are_turned_round() -> None:
    turned = corroboration(performance(SLOPES, sign=-1.0), tuple(SLOPES), QUARTERS, 0.7)
    assert list(turned) == list(corroboration(performance(SLOPES), tuple(SLOPES), QUARTERS, 0.7))


def test_a_team_without_both_kinds_of_metrics_says_nothing() -> None:
    whole = performance(SLOPES)
    only_team = whole.values[(whole.values["team"] != "A") | (whole.values["respondent_id"] == "")]
    found = corroboration(Performance(values=only_team, periods=QUARTERS), (*SLOPES, "Nowhere"), QUARTERS, 0.7)
    assert found[0] == ""
    assert found[-1] == ""


def test_one_period_has_no_trend() -> None:
    assert set(corroboration(performance(SLOPES), tuple(SLOPES), QUARTERS[:1], 0.7)) == {""}


def test_equal_values_have_no_robust_distance() -> None:
    assert np.isnan(robust_z(np.array([2.0, 2.0, 2.0]))).all()
