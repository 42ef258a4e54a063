"""Chance is named, repeatable and unbiased."""

import numpy as np

from planner.sample.chance import autoregressive, generator, lognormal_factor


def test_the_same_name_draws_the_same_and_another_name_something_else() -> None:
    first, again, other = (generator(7, *name).random(5) for name in (("a", "b"), ("a", "b"), ("b", "a")))
    assert (first == again).all()
    assert (first != other).any()


def test_factors_have_mean_one_and_the_spread_asked_for() -> None:
    factors = lognormal_factor(generator(1, "x"), 0.3, size=200_000)
    assert abs(factors.mean() - 1) < 0.005
    assert abs(factors.std() - 0.3) < 0.005


def test_a_level_is_remembered_from_week_to_week() -> None:
    level = np.log(autoregressive(generator(1, "level"), 20_000, cv=0.035, persistence=0.85))
    assert abs(np.corrcoef(level[:-1], level[1:])[0, 1] - 0.85) < 0.02
    assert abs(level.std() - 0.035) < 0.003
