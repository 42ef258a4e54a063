"""The penalty is convex, and gains are what it saves."""

import numpy as np
import pytest

from staffing.scheduling.price import Prices, penalties, penalty, set_gains
from staffing.scheduling.problem import Demand

NEED = np.array([[10.0, 3.7, 0.0]])
DEMAND = Demand(NEED, 0.1 * NEED, 0.25 * NEED, 0 * NEED, Prices().per_interval(0.5), np.full(3, np.inf))


def test_missing_one_of_ten_costs_20_and_missing_two_60() -> None:
    assert penalty(DEMAND, 0, 0, 9.0) == pytest.approx(20)
    assert penalty(DEMAND, 0, 0, 8.0) == pytest.approx(60)


def test_one_too_many_costs_little_and_many_too_many_more_each() -> None:
    assert penalty(DEMAND, 0, 0, 11.0) == pytest.approx(2)
    assert penalty(DEMAND, 0, 0, 14.0) == pytest.approx(2 * 2.5 + 6 * 1.5)


def test_where_nothing_is_needed_everybody_costs_the_dearer_price_of_too_many() -> None:
    assert penalty(DEMAND, 0, 2, 2.0) == pytest.approx(12)


def test_the_penalty_is_convex_and_both_forms_agree() -> None:
    covers = np.arange(0, 20, 0.25)
    both = np.array([[penalty(DEMAND, 0, t, cover) for cover in covers] for t in range(3)])
    arrays = np.stack([penalties(DEMAND, np.full_like(NEED, cover))[0] for cover in covers], axis=1)
    assert both == pytest.approx(arrays)
    assert (np.diff(both, 2, axis=1) >= -1e-9).all()


def test_a_gain_is_the_price_saved_by_that_share_of_an_agent() -> None:
    cover, shares = np.array([[9.0, 3.5, 0.0]]), np.array([1.0, 0.5])
    gain, owed = np.zeros((2, 1, 3)), np.zeros((1, 3))
    set_gains(DEMAND, cover, shares, gain, owed)
    assert owed == pytest.approx(penalties(DEMAND, cover))
    for x, share in enumerate(shares):
        assert gain[x, 0] == pytest.approx((penalties(DEMAND, cover) - penalties(DEMAND, cover + share))[0])
