"""Φ₂ against scipy's integration, a closed form, and its own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.special import ndtr

from dashboard.diagnosis.compounding.bivariate_normal import below

bounds = st.floats(-6, 6)
correlations = st.floats(-0.99, 0.99)


def integrated(h, k, r):
    """∫ φ(x) Φ((k − rx)/√(1 − r²)) dx from −∞ to h."""
    inner = lambda x: stats.norm.pdf(x) * ndtr((k - r * x) / np.sqrt(1 - r**2))  # noqa: E731
    return quad(inner, -12, h, epsabs=1e-14, epsrel=1e-13, limit=400)[0]


def test_it_agrees_with_integration():
    random = np.random.default_rng(2)
    h, k, r = random.normal(0, 1.5, 60), random.normal(0, 1.5, 60), random.uniform(-0.95, 0.95, 60)
    expected = [integrated(*each) for each in zip(h, k, r, strict=True)]
    np.testing.assert_allclose(below(h, k, r), expected, atol=1e-13)


def test_it_agrees_with_scipy():
    for h, k, r in [(0.3, -1.2, 0.5), (-2.0, 1.0, -0.8), (1.5, 1.5, 0.9), (0.0, 0.7, -0.3), (-1.0, 0.0, 0.3)]:
        expected = stats.multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([h, k])
        assert below(np.array(h), np.array(k), np.array(r)) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("correlation", [-0.9, 0.0, 0.4, 0.99])
def test_the_quadrant_at_zero_is_sheppards(correlation):
    # 1/4 + arcsin(r) / 2π (Sheppard 1899)
    expected = 0.25 + np.arcsin(correlation) / (2 * np.pi)
    assert below(np.array(0.0), np.array(0.0), np.array(correlation)) == pytest.approx(expected, abs=1e-15)


@given(bounds, bounds, correlations)
def test_the_four_quadrants_add_up_to_one(h, k, r):
    h, k, r = np.array(h), np.array(k), np.array(r)
    total = below(h, k, r) + below(-h, k, -r) + below(h, -k, -r) + below(-h, -k, r)
    assert total == pytest.approx(1, abs=1e-13)


@given(bounds, bounds, correlations)
def test_it_lies_between_zero_and_either_marginal_and_is_symmetric(h, k, r):
    h, k, r = np.array(h), np.array(k), np.array(r)
    assert -1e-15 <= below(h, k, r) <= min(ndtr(h), ndtr(k)) + 1e-13
    assert below(h, k, r) == pytest.approx(float(below(k, h, r)), abs=1e-14)


def test_far_bounds_leave_the_other_marginal():
    assert below(np.array(40.0), np.array(0.3), np.array(0.6)) == pytest.approx(ndtr(0.3))
    assert below(np.array(-40.0), np.array(0.3), np.array(0.6)) == 0
