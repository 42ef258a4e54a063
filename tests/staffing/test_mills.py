"""Mills ratios obey their recursions and add up, on both sides of every seam between methods."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from staffing.mills import half_square, log_pmf, lower, scaled_erfc, upper
from staffing.temme import temme_coefficients

TABLE = temme_coefficients()
SIZES = st.floats(-2, 5).map(lambda power: 10.0**power)
OFFSETS = st.floats(-0.95, 3)


def low(a: float, y: float) -> float:
    return lower(a, y, y - a, TABLE)


def up(agents: int, y: float) -> float:
    return upper(agents, y, y - agents, TABLE)


@given(SIZES, OFFSETS)
@settings(max_examples=300, deadline=None)
def test_lower_ratio_obeys_its_recursion(a: float, offset: float) -> None:
    """L(a, y) = 1 + y / (a + 1) L(a + 1, y)."""
    y = a * (1 + offset)
    value = low(a, y)
    if value < 1e290:
        assert value == pytest.approx(1 + y / (a + 1) * low(a + 1, y), rel=3e-12)


@given(st.integers(1, 100_000), OFFSETS)
@settings(max_examples=300, deadline=None)
def test_upper_ratio_obeys_erlangs_recursion(agents: int, offset: float) -> None:
    """U(n) = n / y (1 + U(n - 1))."""
    y = agents * (1 + offset)
    value = up(agents, y)
    if value < 1e290:
        assert value == pytest.approx(agents / y * (1 + up(agents - 1, y)), rel=3e-12)


@given(st.integers(1, 5_000), OFFSETS)
@settings(max_examples=200, deadline=None)
def test_both_sides_make_the_whole(agents: int, offset: float) -> None:
    """Q + P = 1: (U + L) pmf is 1."""
    y = agents * (1 + offset)
    logarithm = log_pmf(float(agents), y, y - agents)
    if logarithm > -690:
        whole = (up(agents, y) + low(float(agents), y)) * math.exp(logarithm)
        assert whole == pytest.approx(1, abs=2e-12)


@pytest.mark.parametrize("a", [19.999, 20.0, 20.001, 31.0, 32.0, 99.9, 100.0, 1000.0, 2e4])
@pytest.mark.parametrize("ratio", [0.4999, 0.5001, 0.9, 1.0, 1.1, 1.9999, 2.0001, 3.0])
def test_lower_ratio_at_the_seams(a: float, ratio: float) -> None:
    """Against scipy's incomplete gamma function where that does not underflow."""
    y = a * ratio
    logarithm = -y + a * math.log(y) - math.lgamma(a + 1)
    if logarithm > -600:
        assert low(a, y) == pytest.approx(special.gammainc(a, y) * math.exp(-logarithm), rel=1e-10)


def test_the_series_in_parts() -> None:
    x = np.array([1e-9, 1e-4, 0.1, 0.29, 0.31, 2.0, -1e-7, -0.29, -0.31, -0.9])
    exact = [
        math.fsum((-1) ** n * v**n / n for n in range(2, 400)) if abs(v) < 0.35 else v - math.log1p(v)
        for v in x
    ]
    assert [half_square(v) for v in x] == pytest.approx(exact, rel=1e-14)
    z = np.array([-26.0, -3.0, 0.0, 4.99, 5.01, 24.9, 25.1, 100.0, 1e9])
    assert [scaled_erfc(v) for v in z] == pytest.approx(special.erfcx(z), rel=2e-13)
    assert scaled_erfc(-30.0) == math.inf
