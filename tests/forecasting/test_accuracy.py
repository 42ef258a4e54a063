"""Measures of accuracy, worked out by hand on a few numbers."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.accuracy import bias, cover, mase, pinball, wape

ACTUAL = np.array([100.0, 50.0, np.nan, 50.0])
FORECAST = np.array([110.0, 40.0, 70.0, np.nan])


def test_unknown_cells_are_left_out() -> None:
    assert wape(ACTUAL, FORECAST) == pytest.approx(20 / 150)
    assert bias(ACTUAL, FORECAST) == pytest.approx(0)


def test_bias_is_positive_when_too_much_was_forecast() -> None:
    assert bias(np.array([80.0, 20.0]), np.array([90.0, 20.0])) == pytest.approx(0.10)


def test_the_yardstick_measures_one_against_itself() -> None:
    yardstick = np.array([90.0, 45.0, 1.0, 1.0])
    assert mase(ACTUAL, yardstick, yardstick=yardstick) == pytest.approx(1)
    assert mase(ACTUAL, FORECAST, yardstick=yardstick) == pytest.approx(20 / 15)


def test_nothing_known_gives_no_number() -> None:
    nothing = np.full(3, np.nan)
    for value in (wape(nothing, nothing), bias(nothing, nothing), cover(nothing, nothing, nothing)):
        assert np.isnan(value)
    assert np.isnan(pinball(nothing, nothing, share=0.5))


def test_pinball_is_least_at_the_quantile_it_asks_for() -> None:
    actual = np.random.default_rng(1).normal(100, 10, 20_000)
    guesses = np.arange(80, 121, 1.0)
    losses = [pinball(actual, np.full(len(actual), guess), share=0.9) for guess in guesses]
    # 90 % quantile of a normal: mean + 1.2816 standard deviations
    assert guesses[int(np.argmin(losses))] == pytest.approx(112.8, abs=1)


def test_cover_counts_both_ends() -> None:
    actual, low, high = np.array([1.0, 2.0, 3.0, 9.0]), np.full(4, 1.0), np.full(4, 3.0)
    assert cover(actual, low, high) == pytest.approx(0.75)
