"""Queues and totals made to agree by weighted least squares: identities, limits and a planted truth."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.reconciliation import Forecasts, reconciled

SUMS = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 1, 1]], float)


def per_day(days: int) -> np.ndarray:
    return np.repeat(SUMS[:, :, None], days, axis=2)


def drawn(seed: int, days: int) -> tuple[Forecasts, Forecasts]:
    rng = np.random.default_rng(seed)
    queues = rng.uniform(5, 100, (4, days))
    totals = SUMS @ queues * rng.uniform(0.8, 1.2, (4, days))
    return (
        Forecasts(queues, rng.uniform(1, 30, queues.shape)),
        Forecasts(totals, rng.uniform(1, 90, totals.shape)),
    )


def test_it_is_the_weighted_least_squares_answer() -> None:
    queues, totals = drawn(1, 6)
    found = reconciled(queues, totals, per_day(6))
    for day in range(6):
        design = np.vstack([np.eye(4), SUMS])
        said = np.concatenate([queues.days[:, day], totals.days[:, day]])
        root = 1 / np.sqrt(np.concatenate([queues.variances[:, day], totals.variances[:, day]]))
        expected = np.linalg.lstsq(design * root[:, None], said * root, rcond=None)[0]
        np.testing.assert_allclose(found[:, day], np.maximum(expected, 0), rtol=1e-8)


def test_totals_that_agree_already_change_nothing() -> None:
    queues, totals = drawn(2, 5)
    agreeing = Forecasts(SUMS @ queues.days, totals.variances)
    np.testing.assert_allclose(reconciled(queues, agreeing, per_day(5)), queues.days)


def test_a_total_known_for_sure_is_met_and_one_that_knows_nothing_is_ignored() -> None:
    queues, totals = drawn(3, 5)
    sure = np.full(totals.days.shape, 1e12)
    sure[3] = 1e-9
    found = reconciled(queues, Forecasts(totals.days, sure), per_day(5))
    np.testing.assert_allclose(found.sum(axis=0), totals.days[3], rtol=1e-6)
    nothing = Forecasts(totals.days, np.full(totals.days.shape, 1e15))
    np.testing.assert_allclose(reconciled(queues, nothing, per_day(5)), queues.days, rtol=1e-6)


def test_what_a_total_adds_goes_to_those_least_sure_of_themselves() -> None:
    queues = Forecasts(np.full((4, 1), 50.0), np.array([[1.0], [9.0], [1.0], [9.0]]))
    totals = Forecasts(np.array([[np.nan], [np.nan], [np.nan], [220.0]]), np.full((4, 1), 1e-9))
    moved = reconciled(queues, totals, per_day(1))[:, 0] - 50
    np.testing.assert_allclose(moved, [1, 9, 1, 9], rtol=1e-6)


def test_days_never_fall_below_zero_and_closed_days_stay_closed() -> None:
    queues, totals = drawn(4, 20)
    days = queues.days.copy()
    days[1] = 0
    shrunk = Forecasts(SUMS @ days * 0.1, np.full(totals.days.shape, 1e-3))
    found = reconciled(Forecasts(days, queues.variances), shrunk, per_day(20))
    assert (found >= 0).all()
    assert (found[1] == 0).all()


def test_a_total_with_an_unknown_part_says_nothing_that_day() -> None:
    queues, totals = drawn(5, 4)
    days = queues.days.copy()
    days[0, 2] = np.nan
    found = reconciled(Forecasts(days, queues.variances), totals, per_day(4))
    assert np.isnan(found[0, 2])
    only_second = Forecasts(totals.days[1:2], totals.variances[1:2])
    expected = reconciled(Forecasts(days, queues.variances), only_second, per_day(4)[1:2])
    np.testing.assert_allclose(found[1:, 2], expected[1:, 2])
    assert not np.isnan(found[:, [0, 1, 3]]).any()


@pytest.mark.parametrize("sd", [3.0, 10.0])
def test_forecasts_that_hear_each_other_are_nearer_the_planted_truth(sd: float) -> None:
    rng = np.random.default_rng(6)
    truth = rng.uniform(50, 100, (4, 400))
    queues = Forecasts(truth + rng.normal(0, sd, truth.shape), np.full(truth.shape, sd**2))
    totals = Forecasts(SUMS @ truth + rng.normal(0, sd, truth.shape), np.full(truth.shape, sd**2))
    found = reconciled(queues, totals, per_day(400))
    assert np.abs(found - truth).mean() < 0.8 * np.abs(queues.days - truth).mean()
    assert np.abs(SUMS @ (found - truth)).mean() < 0.7 * np.abs(SUMS @ (queues.days - truth)).mean()
