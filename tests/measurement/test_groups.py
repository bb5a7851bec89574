"""Exact sums over groups of rows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measurement.groups import Groups, exact_total, within_squares

numbers = st.lists(st.floats(0, 10, allow_nan=False), min_size=1, max_size=40).map(np.array)
whole = st.lists(st.integers(0, 100).map(float), min_size=1, max_size=40).map(np.array)


def one_group(values):
    return Groups.of(np.zeros(len(values), dtype=np.int32))


@given(numbers, st.randoms())
def test_a_sum_does_not_depend_on_the_order_of_its_parts(values, random):
    other = values.copy()
    random.shuffle(other)
    assert exact_total(values) == exact_total(other)
    assert one_group(values).sum(values) == one_group(other).sum(other)


@given(numbers)
def test_an_exact_sum_is_the_sum(values):
    assert exact_total(values) == pytest.approx(math.fsum(values), rel=1e-12)


@given(whole)
def test_whole_numbers_summed_at_once_give_the_same_as_one_by_one(values):
    everyone = np.ones(len(values), dtype=bool)
    groups = one_group(values)
    at_once = groups.moments(values, everyone, whole=True)
    assert (at_once == groups.moments(values, everyone, whole=False)).all()
    assert at_once[:, 0] == pytest.approx([len(values), values.sum(), (values**2).sum()])


def test_large_groups_of_wide_answers_are_summed_one_by_one():
    values = np.full(200_000, 100.0)  # 2·10⁵ · 10⁴ has 31 bits; three such digits do not fit into 53
    found = one_group(values).moments(values, np.ones(len(values), dtype=bool), whole=True)
    assert found[:, 0] == pytest.approx([2e5, 2e7, 2e9])


def test_no_rows_are_no_groups():
    groups = Groups.of(np.zeros(0, dtype=np.int32))
    assert groups.sum(np.zeros(0)).shape == (0,)
    assert groups.moments(np.zeros(0), np.zeros(0, dtype=bool)).shape == (3, 0)


def test_rounding_is_no_variance():
    values = np.full(7, 0.1 + 0.2)
    squares = within_squares(np.array([7.0]), np.array([values.sum()]), np.array([(values**2).sum()]))
    assert squares == [0.0]
