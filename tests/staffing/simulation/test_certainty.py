"""The stated confidence is the share of intervals that hold the truth."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.simulation.certainty import ratio


def test_intervals_of_a_mean_are_students() -> None:
    """Four values 1, 2, 3, 4: mean 2.5, standard error .6455, t(3) = 3.1824 (table)."""
    found = ratio(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4))
    assert (found.low, found.value, found.high) == pytest.approx((0.4457, 2.5, 4.5543), abs=1e-4)


def test_nineteen_in_twenty_intervals_of_a_share_hold_the_truth() -> None:
    """Days of 50 to 150 contacts, each in time with a chance of .8."""
    rng = np.random.default_rng(0)
    offered = rng.integers(50, 150, size=(30, 4000)).astype(float)
    found = ratio(rng.binomial(offered.astype(int), 0.8).astype(float), offered)
    assert ((found.low <= 0.8) & (found.high >= 0.8)).mean() == pytest.approx(0.95, abs=0.015)


def test_one_replication_says_nothing_about_its_own_certainty() -> None:
    found = ratio(np.array([[3.0, 0.0]]), np.array([[4.0, 0.0]]))
    assert found.value[0] == 0.75
    assert found.low[0] == -np.inf
    assert found.high[0] == np.inf
    assert np.isnan(found.value[1])


def test_nothing_counted_has_no_value() -> None:
    """Nobody on duty in any replication: blank, even where rounding left a trace of work."""
    found = ratio(np.array([[-1e-17, 2.0], [0.0, 4.0]]), np.array([[0.0, 4.0], [0.0, 8.0]]))
    assert np.isnan([part[0] for part in found]).all()
    assert found.value[1] == 0.5
