"""The arrival curve keeps volumes, is never negative, and finds a smooth day again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.arrival_curve import smooth_rates
from tests.staffing.two_humps import two_humps

HALF_HOURS = 24


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 500).map(lambda x: round(x, 2)), min_size=1, max_size=60),
    st.integers(1, 12),
)
def test_a_smooth_curve_keeps_every_volume_and_is_never_negative(volume: list[float], steps: int) -> None:
    offered = np.array(volume)
    rates = smooth_rates(offered, interval_s=1800, steps=steps)
    assert (rates >= 0).all()
    assert rates.mean(axis=1) * 1800 == pytest.approx(offered, rel=1e-9, abs=1e-9)


def test_the_two_hump_day_is_found_again_from_its_half_hours() -> None:
    true = two_humps().reshape(HALF_HOURS, 6, 5).mean(axis=2)
    found = smooth_rates(two_humps().reshape(HALF_HOURS, 30).sum(axis=1) * 60, interval_s=1800, steps=6)
    stairs = np.repeat(true.mean(axis=1)[:, None], 6, axis=1)
    assert abs(found - true).max() < 0.015 * true.max()
    assert abs(found - true).mean() < 0.1 * abs(stairs - true).mean()
