"""Where past forecasts erred: sums by weekday and time of day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import Backtest, backtest
from forecasting.interval_errors import Shared, error_rows
from forecasting.profile import SlotPast
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_ERRORS
from tests.forecasting import planted

KEY = QueueKey("LIS", "pt", "voice")
DAYS, AHEAD = 50, 35


def made(combined: np.ndarray, actual: np.ndarray, origins: np.ndarray) -> Backtest:
    none = planted.series(np.ones(30), "2026-01-05", horizon=AHEAD)
    test = backtest(none, np.zeros(0, int), cutoff=30, horizon=AHEAD)
    return replace(test, origins=origins, combined=combined, actual=actual)


def past(contacts: np.ndarray, teaches: np.ndarray) -> SlotPast:
    """Four slots of six hours, the first closed; day 0 is a Monday."""
    intervals = np.ones((DAYS, 4)) * [0, 1, 1, 1]
    return SlotPast(contacts, intervals, np.arange(DAYS) % 7, np.zeros(DAYS, bool), teaches)


def test_errors_by_hand() -> None:
    contacts = np.zeros((DAYS, 4))
    contacts[[14, 15, 21]] = [[0, 10, 20, 30], [0, 1, 2, 3], [0, 30, 20, 10]]
    teaches = np.isin(np.arange(DAYS), [14, 21])  # Tuesday the 15th has holes
    actual, forecast = np.full((1, AHEAD), np.nan), np.full((1, AHEAD), 90.0)
    actual[0, [0, 1, 7]] = [60, 6, 60]
    shares = [np.tile([0, 1 / 3, 1 / 3, 1 / 3], (AHEAD, 1))]
    found = error_rows(KEY, made(forecast, actual, np.array([14])), Shared(shares, past(contacts, teaches)))
    assert found["weekday"].eq(0).all()
    assert found["minute"].to_list() == [360, 720, 1080]
    assert found["n"].to_list() == [2, 2, 2]
    assert found["actual"].to_list() == [40, 40, 40]
    np.testing.assert_allclose(found["error"], [20 + 0, 10 + 10, 0 + 20])
    np.testing.assert_allclose(found["abs_error"], [20, 20, 20])


def test_only_the_four_weeks_that_schedules_are_made_from_count() -> None:
    contacts = np.full((DAYS, 4), 10.0) * [0, 1, 1, 1]
    actual, forecast = np.full((1, AHEAD), 30.0), np.full((1, AHEAD), 36.0)
    shares = [np.tile([0, 1 / 3, 1 / 3, 1 / 3], (AHEAD, 1))]
    found = error_rows(
        KEY, made(forecast, actual, np.array([14])), Shared(shares, past(contacts, np.ones(DAYS, bool)))
    )
    assert len(found) == 7 * 3
    assert (found["n"] == 4).all()
    assert found["error"].sum() == pytest.approx(28 * 6)


def test_without_any_past_forecast_there_are_no_rows() -> None:
    none = np.zeros((0, AHEAD))
    test = made(none, none, np.zeros(0, int))
    found = error_rows(KEY, test, Shared([], past(np.zeros((DAYS, 4)), np.zeros(DAYS, bool))))
    pd.testing.assert_frame_equal(found, FORECAST_ERRORS.empty())
