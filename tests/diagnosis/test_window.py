import pytest

from dashboard.diagnosis.window import window
from dashboard.terms import InputRefused, in_order

QUARTERS = in_order([f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)])


def test_the_window_is_the_latest_eight_periods() -> None:
    assert [p.label for p in window(QUARTERS, 8)] == [p.label for p in QUARTERS[4:]]


def test_a_reader_chooses_where_it_begins_and_ends_in_any_spelling() -> None:
    assert [p.label for p in window(QUARTERS, 8, "Q2 2024", "2024Q4")] == ["2024-Q2", "2024-Q3", "2024-Q4"]


def test_a_chosen_window_is_no_longer_than_the_longest() -> None:
    assert [p.label for p in window(QUARTERS, 2, "2024-Q1", "2024-Q4")] == ["2024-Q3", "2024-Q4"]


def test_a_period_that_was_not_surveyed_is_refused_with_those_that_were() -> None:
    with pytest.raises(InputRefused, match=r"names 2023-Q1, which was not surveyed\. Choose one of 2024-Q1, "):
        window(QUARTERS, 8, since="2023-Q1")


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputRefused, match="begins in 2026-Q1 and ends before that, in 2025-Q1"):
        window(QUARTERS, 8, since="2026-Q1", until="2025-Q1")
