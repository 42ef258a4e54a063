"""A queue that follows its kin gets its share of the kin's forecast, and its kin's surprises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import backtest, origins_before
from forecasting.borrowing import Judged, borrowed, residual_test
from tests.forecasting import planted

CUTOFF, HORIZON, OPENED = 600, 56, 540
ORIGINS = origins_before(CUTOFF, count=6, first_known=0)


def judged(values: np.ndarray, is_open: np.ndarray | None = None) -> Judged:
    series = planted.series(values, "2024-01-01", horizon=HORIZON, is_open=is_open)
    return Judged(series, backtest(series, ORIGINS, cutoff=CUTOFF, horizon=HORIZON))


@pytest.fixture(scope="module")
def line() -> np.ndarray:
    means = planted.day_means(pd.date_range("2024-01-01", periods=CUTOFF), yearly=0.4)
    return np.random.default_rng(1).poisson(means).astype(float)


@pytest.fixture(scope="module")
def kin(line: np.ndarray) -> Judged:
    return judged(line)


def young(line: np.ndarray) -> np.ndarray:
    own = 0.25 * line
    own[:OPENED] = np.nan
    return own


def test_a_quarter_of_the_line_is_forecast_a_quarter_of_it(line: np.ndarray, kin: Judged) -> None:
    found = borrowed(judged(young(line)), kin, cutoff=CUTOFF, reason="line")
    np.testing.assert_allclose(found.ahead_combined, 0.25 * kin.test.ahead_combined, rtol=1e-6)
    assert found.experts == ("share_of_kin",)


def test_all_of_the_line_is_the_line(line: np.ndarray, kin: Judged) -> None:
    found = borrowed(kin, kin, cutoff=CUTOFF, reason="line")
    np.testing.assert_allclose(found.ahead_combined, kin.test.ahead_combined)
    np.testing.assert_allclose(found.combined, kin.test.combined)


def test_closed_days_of_the_queue_stay_closed(line: np.ndarray, kin: Judged) -> None:
    days = pd.date_range("2024-01-01", periods=CUTOFF + HORIZON)
    weekdays_only = np.asarray(days.day_of_week < 5)
    found = borrowed(judged(young(line), weekdays_only), kin, cutoff=CUTOFF, reason="line")
    assert (found.ahead_combined[~weekdays_only[CUTOFF:]] == 0).all()
    assert (found.ahead_combined[weekdays_only[CUTOFF:]] > 50).all()


def test_a_like_market_shares_the_work_with_the_queues_own_history(line: np.ndarray, kin: Judged) -> None:
    found = borrowed(judged(young(line)), kin, cutoff=CUTOFF, reason="like market")
    assert found.experts == ("share_of_kin", "own_history")
    np.testing.assert_allclose(found.weights.sum(axis=1), 1)
    np.testing.assert_allclose(found.ahead_combined[28:], 0.25 * kin.test.ahead_combined[28:], rtol=1e-6)


def test_where_the_queue_was_not_yet_there_its_kins_surprises_stand_in(line: np.ndarray, kin: Judged) -> None:
    own = judged(young(line)).test
    filled = residual_test(own, kin.test)
    early = ORIGINS < OPENED - HORIZON
    assert early.any()
    np.testing.assert_array_equal(filled.actual[early], kin.test.actual[early])
    late = ORIGINS > OPENED + 7
    np.testing.assert_array_equal(filled.actual[late], own.actual[late])
    assert residual_test(replace(own, as_now=own.combined), kin.test).origins is own.origins
