from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.terms import Period, in_order, parse_date


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2026-Q1", "2026-Q1"),
        ("Q1 2026", "2026-Q1"),
        ("2026Q1", "2026-Q1"),
        ("2026 q1", "2026-Q1"),
        ("q1/2026", "2026-Q1"),
        ("2026-02", "2026-02"),
        ("2026-2", "2026-02"),
        ("02/2026", "2026-02"),
        ("11/25", "2025-11"),
        ("Feb 2026", "2026-02"),
        ("2025 Dezember", "2025-12"),
        ("H2 2025", "2025-H2"),
        ("2026-H1", "2026-H1"),
        ("Alpha 2026", "Alpha 2026"),
        ("3.15", "3.15"),
        ("8/10", "8/10"),
        ("12/20", "12/20"),
        ("2026", "2026"),
        ("2026-05-17", "2026-Q2"),
        ("2026-05-17 08:15:00", "2026-Q2"),
        ("2026-05-17T08:15:00Z", "2026-Q2"),
        ("17.05.2026", "2026-Q2"),
        ("12/31/2026", "2026-Q4"),
        ("T0_pre", "T0_pre"),
        ("  wave   2 ", "wave 2"),
        ("31.31.2026", "31.31.2026"),
        ("2026-13", "2026-13"),
    ],
)
def test_one_period_has_one_label_however_it_is_written(written: str, label: str) -> None:
    assert Period.parse(written).label == label


def test_spellings_of_one_quarter_are_one_period() -> None:
    assert [p.label for p in in_order(["Q1 2026", "2026Q1", "2026-Q1", "15.02.2026"])] == ["2026-Q1"]


def test_periods_stand_in_natural_order() -> None:
    labels = ["wave 10", "Q2 2026", "wave 2", "2025-Q4", "2026-02", "T0_pre", "2024"]
    assert [p.label for p in in_order(labels)] == [
        "2024",
        "2025-Q4",
        "2026-02",
        "2026-Q2",
        "T0_pre",
        "wave 2",
        "wave 10",
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ("Pre", "Post"),
        ("baseline", "wave 1", "follow-up"),
        ("T0_pre", "T1_mid", "T2_post"),
        ("H2 2025", "H1 2026"),
        ("11/25", "01/26"),
        ("Dec 2025", "Jan 2026", "Feb 2026"),
    ],
)
def test_what_came_first_stands_first(labels: tuple[str, ...]) -> None:
    # A reversed order would turn every gain round.
    assert in_order(labels) == tuple(map(Period.parse, labels))


def test_an_empty_label_is_no_period() -> None:
    with pytest.raises(ValueError, match="needs a label"):
        Period.parse("  ")


def test_a_day_lies_in_its_quarter_month_and_year_and_in_no_wave() -> None:
    day = date(2026, 2, 28)
    assert [Period.parse(x).contains(day) for x in ("2026-Q1", "2026-02", "2026", "2026-Q2", "2026-03", "wave 1")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert parse_date("2026-02-30") is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_quarter_contains_exactly_the_days_taken_to_it(day: date) -> None:
    quarter = Period.of_date(day)
    assert quarter.contains(day)
    assert Period.parse(quarter.label) == quarter
    assert Period.parse(day.isoformat()) == quarter


@given(st.text(min_size=1).filter(str.strip))
def test_parsing_a_label_again_changes_nothing(text: str) -> None:
    period = Period.parse(text)
    assert Period.parse(period.label) == period
