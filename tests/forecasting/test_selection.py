"""Weights go to the models that were right, far ahead as well as near."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.selection import bucket_of, combined, model_weights

ACTUAL = np.full((8, 60), 100.0)


def forecasts(*errors: float) -> np.ndarray:
    return np.array([ACTUAL + error for error in errors])


def test_buckets_begin_after_one_and_after_four_weeks() -> None:
    assert list(np.flatnonzero(np.diff(bucket_of(60))) + 1) == [7, 28]


def test_the_best_model_carries_and_every_model_keeps_a_little() -> None:
    weights = model_weights(forecasts(1, 10, 10), ACTUAL)
    assert (weights[:, 0] > 0.9).all()
    assert weights.min() == pytest.approx(0.1 / 3, rel=1e-3)
    np.testing.assert_allclose(weights.sum(axis=1), 1)


def test_equal_models_share_equally() -> None:
    np.testing.assert_allclose(model_weights(forecasts(5, -5), ACTUAL), 0.5)


def test_with_fewer_than_four_origins_all_count_the_same() -> None:
    few = ACTUAL.copy()
    few[3:] = np.nan
    np.testing.assert_allclose(model_weights(forecasts(1, 10), few), 0.5)


def test_a_bucket_that_was_never_scored_takes_the_weights_before_it() -> None:
    near = ACTUAL.copy()
    near[:, 28:] = np.nan
    weights = model_weights(forecasts(1, 10), near)
    np.testing.assert_array_equal(weights[2], weights[1])


def test_a_model_can_win_near_and_lose_far() -> None:
    mixed = forecasts(1, 1)
    mixed[0, :, 28:] += 30
    mixed[1, :, :7] += 30
    weights = model_weights(mixed, ACTUAL)
    assert weights[0].argmax() == 0
    assert weights[2].argmax() == 1


def test_a_silent_model_is_left_out_of_the_mean() -> None:
    said = np.array([[100.0] * 10, [400.0] * 10, [np.nan] * 10])
    weights = np.full((3, 3), 1 / 3)
    np.testing.assert_allclose(combined(said, weights), np.sqrt(100.5 * 400.5) - 0.5)


def test_the_combination_lies_between_its_models_and_keeps_closed_days_closed() -> None:
    rng = np.random.default_rng(1)
    said = rng.uniform(50, 150, (4, 60))
    said[:, 6::7] = 0
    together = combined(said, np.full((3, 4), 0.25))
    assert (together[6::7] == 0).all()
    assert (together <= said.max(axis=0) + 1e-9).all()
    assert (together >= said.min(axis=0) - 1e-9).all()


def test_nobody_speaking_is_unknown_not_zero() -> None:
    assert np.isnan(combined(np.full((2, 5), np.nan), np.full((3, 2), 0.5))).all()
