import numpy as np
import pandas as pd

from dashboard.diagnosis.headcount import headcounts, response_rate, response_rates
from dashboard.terms import Roster, in_order


def test_head_counts_are_matched_by_team_and_period() -> None:
    rows = pd.DataFrame(
        [("B", "2026-Q2", 8.0, ""), ("A", "2026-Q1", 5.0, ""), ("Gone", "2026-Q1", 9.0, "")],
        columns=["team", "period", "headcount", "parent"],
    )
    roster = Roster(headcounts=rows, periods=in_order(["2026-Q1", "2026-Q2"]))
    found = headcounts(roster, ("A", "B"), in_order(["2026-Q1", "2026-Q2"]))
    np.testing.assert_array_equal(found, [[5, np.nan], [np.nan, 8]])


def test_without_a_roster_the_response_rate_is_unknown() -> None:
    unknown = headcounts(None, ("A",), in_order(["2026-Q1"]))
    assert np.isnan(response_rates(np.array([[4.0]]), unknown)).all()


def test_rates_are_pooled_over_each_half_which_share_the_middle_period() -> None:
    # Halves of three periods are the first two and the last two: (4 + 6) / (10 + 10) and (6 + 3) / (10 + 10).
    rates = response_rates(np.array([[4.0, 6.0, 3.0]]), np.full((1, 3), 10.0))
    np.testing.assert_allclose(rates, [[0.5, 0.45]])


def test_a_period_in_which_nobody_answered_does_not_count_against_the_rate() -> None:
    # A missing quarter is a gap, not a refusal to answer.
    rates = response_rates(np.array([[8.0, 0.0, 6.0, 6.0]]), np.full((1, 4), 10.0))
    np.testing.assert_allclose(rates, [[0.8, 0.6]])


def test_a_response_rate_is_at_most_one_and_unknown_without_a_head_count() -> None:
    # 6 of 8; 9 of a roster that still says 8; no head count
    found = response_rate(np.array([[6.0, 9.0, 5.0]]), np.array([[8.0, 8.0, np.nan]]))
    np.testing.assert_allclose(found, [[0.75, 1.0, np.nan]])
