"""Weekdays close and open again; few contacts are not none, and a silent queue has not closed its weekdays."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.backtest import backtest
from forecasting.shut_weekdays import shut_weekdays
from tests.forecasting import planted

WEEKS, AHEAD, SATURDAY = 20, 14, 5
WEEKDAY = np.arange(7 * WEEKS + AHEAD) % 7


def counts(saturday: np.ndarray, *, weekdays: float = 200.0) -> np.ndarray:
    """Past day totals with these Saturdays."""
    offered = np.full(7 * WEEKS, weekdays)
    offered[SATURDAY::7] = saturday
    return offered


def test_a_weekday_that_never_brought_anything_is_shut_ahead_too() -> None:
    shut = shut_weekdays(counts(np.zeros(WEEKS)), WEEKDAY, usual=200)
    np.testing.assert_array_equal(shut, WEEKDAY == SATURDAY)


def test_a_weekday_with_few_contacts_is_open() -> None:
    few = np.random.default_rng(1).poisson(6, WEEKS).astype(float)
    assert not shut_weekdays(counts(few), WEEKDAY, usual=200).any()
    handful = np.random.default_rng(2).poisson(1.0, 7 * WEEKS).astype(float)
    assert not shut_weekdays(handful, WEEKDAY, usual=1).any()


@pytest.mark.parametrize("weeks", [3, 5])
def test_a_weekday_that_began_lately_is_open_since_and_was_shut_before(weeks: int) -> None:
    shut = shut_weekdays(counts(np.where(np.arange(WEEKS) < WEEKS - weeks, 0, 90)), WEEKDAY, usual=200)
    saturdays = shut[SATURDAY::7]
    assert saturdays[: WEEKS - weeks].all()
    assert not saturdays[WEEKS - weeks :].any()
    assert not shut[WEEKDAY != SATURDAY].any()


def test_a_weekday_that_stopped_three_weeks_ago_is_shut_since_and_ahead() -> None:
    shut = shut_weekdays(counts(np.where(np.arange(WEEKS) < WEEKS - 3, 90, 0)), WEEKDAY, usual=200)
    np.testing.assert_array_equal(np.flatnonzero(shut), 7 * np.arange(WEEKS - 3, WEEKS + 2) + SATURDAY)


def test_three_weeks_of_silence_on_all_days_close_no_weekday() -> None:
    offered = counts(np.full(WEEKS, 90.0))
    offered[-21:] = 0
    assert not shut_weekdays(offered, WEEKDAY, usual=200).any()


def test_saturdays_that_began_lately_are_expected_at_their_own_level() -> None:
    offered = counts(np.where(np.arange(WEEKS) < WEEKS - 5, 0, 90))
    series = planted.series(offered, "2026-01-05", horizon=AHEAD)
    ahead = backtest(series, np.zeros(0, int), cutoff=len(offered), horizon=AHEAD).ahead_combined
    np.testing.assert_allclose(ahead[[5, 12]], 90, rtol=0.2)  # five are few, and lean on the other days


def test_two_silent_weekdays_of_a_short_history_say_nothing() -> None:
    offered = np.full(14, 200.0)
    offered[SATURDAY::7] = 0
    assert not shut_weekdays(offered, WEEKDAY[:28], usual=200).any()
