"""Damaged files, a short run: `python -m tests.intake.fuzz` is the long one."""

from tests.intake.fuzz import SLOW, run


def test_damaged_files_are_read_or_refused_with_reasons_and_never_changed_in_silence() -> None:
    outcome = run(100, seed=20260101)
    assert outcome.wrong == []
    assert outcome.slowest < SLOW
    assert sum(outcome.counts.values()) == 100
    assert outcome.counts["refused without a reason"] == 0
    assert outcome.counts["read, and said what was odd"] > 0
    assert outcome.counts["read, nothing but what the whole file says"] > 0
