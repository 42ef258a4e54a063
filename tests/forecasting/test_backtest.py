"""The backtest looks at nothing it could not have known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import Backtest, backtest, origins_before
from forecasting.past import DaySeries
from tests.forecasting import planted

CUTOFF, HORIZON = 320, 35


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    means = planted.day_means(pd.date_range("2024-01-01", periods=CUTOFF))
    return np.random.default_rng(1).poisson(means).astype(float)


def checked(values: np.ndarray) -> Backtest:
    series = planted.series(values, "2024-01-01", horizon=HORIZON, countries=("PT",))
    origins = origins_before(CUTOFF, count=4, first_known=0)
    return backtest(series, origins, cutoff=CUTOFF, horizon=HORIZON)


def test_origins_lie_whole_weeks_before_the_cutoff() -> None:
    assert list(origins_before(700, count=3, first_known=0)) == [616, 644, 672]
    assert list(origins_before(70, count=8, first_known=0)) == [28, 35, 42, 49, 56, 63]
    assert len(origins_before(10, count=8, first_known=0)) == 0
    assert (origins_before(700, count=8, first_known=630) >= 637).all()


def test_what_comes_after_an_origin_changes_nothing_at_it(drawn: np.ndarray) -> None:
    origin = int(origins_before(CUTOFF, count=4, first_known=0)[2])
    changed = drawn.copy()
    changed[origin:] *= np.linspace(3, 5, CUTOFF - origin)
    before, after = checked(drawn), checked(changed)
    for name, cells in before.models.items():
        np.testing.assert_array_equal(cells[:3], after.models[name][:3])
    np.testing.assert_array_equal(before.combined[:3], after.combined[:3])


def test_the_backtest_repeats_the_forecast_of_that_day(drawn: np.ndarray) -> None:
    found = checked(drawn)
    origin = int(found.origins[-1])
    again = planted.series(drawn[:origin], "2024-01-01", horizon=HORIZON, countries=("PT",))
    then = backtest(again, np.zeros(0, int), cutoff=origin, horizon=HORIZON)
    reach = CUTOFF - origin
    for name, cells in found.models.items():
        np.testing.assert_allclose(cells[-1, :reach], then.ahead[name][:reach])


def test_only_days_that_came_are_scored(drawn: np.ndarray) -> None:
    found = checked(drawn)
    for row, origin in enumerate(found.origins):
        known = np.flatnonzero(~np.isnan(found.actual[row]))
        assert known.max() == min(HORIZON, CUTOFF - origin) - 1
        np.testing.assert_array_equal(found.actual[row, known], drawn[origin + known])


def test_a_series_too_young_for_an_origin_is_unknown_there() -> None:
    days = 400
    values = np.full(days, np.nan)
    values[350:] = 100.0
    young: DaySeries = planted.series(values, "2024-01-01", horizon=HORIZON)
    found = backtest(young, np.array([300, 340, 372]), cutoff=days, horizon=HORIZON)
    assert np.isnan(found.combined[:2]).all()
    np.testing.assert_allclose(found.combined[2, :28], 100, rtol=0.05)


@pytest.mark.parametrize(("days", "growth"), [(365, 3.0), (420, 10.0)])
def test_growth_to_the_turn_of_the_year_is_not_taken_for_its_season(days: int, growth: float) -> None:
    first = str((pd.Timestamp("2026-01-01") - pd.Timedelta(days=days)).date())
    every = pd.date_range(first, periods=days + 28)
    true = planted.day_means(every, size=100) * growth ** (np.arange(len(every)) / 365)
    drawn = np.random.default_rng(5).poisson(true[:days]).astype(float)
    series = planted.series(drawn, first, horizon=28)
    origins = origins_before(days, count=8, first_known=0)
    ahead = backtest(series, origins, cutoff=days, horizon=28).ahead_combined
    assert ahead.sum() == pytest.approx(true[days:].sum(), rel=0.17)
