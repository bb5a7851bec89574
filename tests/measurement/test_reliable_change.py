"""Reliable change by hand; `test_reference_reliability` sets it against R."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measurement.reliable_change import (
    SURE,
    error_of_change,
    error_of_score,
    reliable_change,
    smallest_reliable_change,
)


def test_a_scale_without_reliability_has_the_error_of_its_spread():
    assert error_of_score(2.0, 0.0) == 2.0
    assert error_of_score(2.0, 0.75) == 1.0  # √(1 − .75) = ½
    assert error_of_change(2.0, 0.75) == pytest.approx(np.sqrt(2))


def test_changes_are_counted_in_errors():
    changes = [np.sqrt(2), -2 * np.sqrt(2), 0.0, np.nan]
    assert reliable_change(changes, 2.0, 0.75) == pytest.approx([1.0, -2.0, 0.0, np.nan], nan_ok=True)
    assert reliable_change(smallest_reliable_change(2.0, 0.75), 2.0, 0.75) == pytest.approx(SURE)


def test_about_one_in_twenty_who_did_not_change_seems_to():
    random = np.random.default_rng(4)
    true = np.sqrt(0.8) * random.standard_normal(40_000)
    error = np.sqrt(0.2) * random.standard_normal((2, 40_000))
    seen = reliable_change(error[1] - error[0], np.std(true + error[0]), 0.8)
    assert np.mean(np.abs(seen) > SURE) == pytest.approx(0.05, abs=0.004)  # 3.7 standard errors


@pytest.mark.parametrize("deviation, reliability", [(0.0, 0.8), (1.0, 1.0), (1.0, -0.2), (1.0, 1.1), (np.nan, 0.8)])
def test_without_an_error_there_is_no_index(deviation, reliability):
    assert np.isnan(reliable_change([1.0, 0.0], deviation, reliability)).all()
