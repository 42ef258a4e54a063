"""A difference is split so that the parts add up, idle causes get nothing and equal ones the same."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from planner.scorecards.shapley import coalitions, shapley


def over_all_orders(values: np.ndarray, causes: int) -> np.ndarray:
    """The witness: every order in which the causes may act, one after the other."""
    parts = np.zeros(causes)
    orders = list(permutations(range(causes)))
    for order in orders:
        acting = 0
        for cause in order:
            parts[cause] += values[acting | 1 << cause] - values[acting]
            acting |= 1 << cause
    return parts / len(orders)


@pytest.mark.parametrize("causes", [1, 2, 3, 4, 5])
def test_it_is_the_mean_effect_over_all_orders(causes: int) -> None:
    values = np.random.default_rng(causes).normal(size=(6, 2**causes))
    expected = [over_all_orders(row, causes) for row in values]
    np.testing.assert_allclose(shapley(values), expected, atol=1e-12)


def test_the_parts_add_up_to_the_difference() -> None:
    values = np.random.default_rng(1).normal(size=(1000, 32))
    np.testing.assert_allclose(shapley(values).sum(axis=1), values[:, -1] - values[:, 0], atol=1e-12)


def test_a_cause_that_changes_nothing_gets_nothing() -> None:
    values = np.random.default_rng(2).normal(size=32)
    acts = coalitions(5)
    without = np.flatnonzero(~acts[:, 3])
    values[without | 8] = values[without]
    assert shapley(values)[3] == pytest.approx(0, abs=1e-12)


def test_equal_causes_get_equal_parts_and_names_do_not_matter() -> None:
    """The value depends on how many of the first two act, and on the third."""
    acts = coalitions(3).astype(float)
    values = (acts[:, 0] + acts[:, 1]) ** 2 + 3 * acts[:, 2] * acts[:, 0] * acts[:, 1]
    parts = shapley(values)
    assert parts[0] == pytest.approx(parts[1])
    renamed = np.array([values[(n & 1) << 2 | (n & 2) | n >> 2] for n in range(8)])  # first and third swapped
    np.testing.assert_allclose(shapley(renamed), parts[::-1])


def test_the_airport_game() -> None:
    """Littlechild & Owen (1973), Management Science 20: a runway as long as the largest plane needs.

    Runways for 8, 11, 13 and 18 are shared as 2, 3, 4 and 9.
    """
    needs = np.array([8.0, 11.0, 13.0, 18.0])
    costs = np.where(coalitions(4), needs, 0).max(axis=1)
    np.testing.assert_allclose(shapley(costs), [2, 3, 4, 9])


def test_the_glove_game() -> None:
    """One left glove, two right ones, a pair is worth 1 (Shapley & Shubik 1969): 2/3, 1/6, 1/6."""
    left, right, other = coalitions(3).T
    np.testing.assert_allclose(shapley((left & (right | other)).astype(float)), [2 / 3, 1 / 6, 1 / 6])


def test_other_numbers_of_values_are_refused() -> None:
    with pytest.raises(ValueError, match="each coalition"):
        shapley(np.zeros(12))
