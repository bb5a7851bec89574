"""Every record of `tests/reference` is met: here they are counted."""

from __future__ import annotations

from tests.measurement import (
    test_reference_agreement,
    test_reference_change,
    test_reference_nesting,
    test_reference_reliability,
)
from tests.prediction import test_reference_incremental

FILES = ("agreement", "edge_cases", "reliability", "icc_mixed", "waba_contextual", "change", "incremental")

CHECKED = (
    test_reference_agreement.AGREEMENT_CHECKED
    | test_reference_agreement.EDGE_CHECKED
    | test_reference_reliability.CHECKED
    | test_reference_nesting.CHECKED
    | test_reference_nesting.WABA_CHECKED
    | test_reference_change.CHECKED
    | set(test_reference_incremental.CHECKED)
)


def test_a_hundred_of_a_hundred_records_are_met(reference):
    records = [identity for file in FILES for identity in reference.ids(file)]
    assert len(records) == len(set(records)) == 100
    assert set(records) - CHECKED == test_reference_change.ELSEWHERE  # checked in tests/prediction:
    assert test_reference_incremental.records("change")["bh.adjust"]
    assert set(records) >= CHECKED
