"""Past errors fall into a level of the week and days within it, and nothing is lost between."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import Backtest, backtest, origins_before
from forecasting.past import Calendar
from forecasting.residuals import residuals
from tests.forecasting import planted

CUTOFF, HORIZON = 500, 28


def judged(noise: float, countries: tuple[str, ...] = ()) -> tuple[Backtest, Calendar]:
    means = planted.day_means(pd.date_range("2024-01-01", periods=CUTOFF), size=50_000)
    drawn = means * np.exp(np.random.default_rng(1).normal(0, noise, CUTOFF))
    series = planted.series(drawn, "2024-01-01", horizon=HORIZON, countries=countries)
    origins = origins_before(CUTOFF, count=12, first_known=0)
    return backtest(series, origins, cutoff=CUTOFF, horizon=HORIZON), series.calendar


def test_level_and_day_together_are_the_whole_error() -> None:
    test, calendar = judged(0.1)
    found = residuals(test, calendar, cutoff=CUTOFF)
    together = np.repeat(found.weekly, 7, axis=1) + found.daily
    np.testing.assert_allclose(together, np.log((test.actual + 0.5) / (test.as_now + 0.5)))


def test_the_planted_scatter_of_days_is_found() -> None:
    test, calendar = judged(0.1)
    assert residuals(test, calendar, cutoff=CUTOFF).spread == pytest.approx(0.1, rel=0.2)


def test_holidays_do_not_count_for_the_level() -> None:
    test, calendar = judged(0.05, ("PT",))
    special = (calendar.special.holiday > 0) | calendar.special.beside
    found = residuals(test, calendar, cutoff=CUTOFF)
    assert found.special.any()
    assert np.isnan(found.standard[found.special]).all()
    rows = np.minimum(test.origins[:, None] + np.arange(HORIZON), CUTOFF + HORIZON - 1)
    np.testing.assert_array_equal(found.special, special[rows])


def test_recent_origins_weigh_more() -> None:
    test, calendar = judged(0.1)
    assert (np.diff(residuals(test, calendar, cutoff=CUTOFF).origin_weight) > 0).all()


@pytest.mark.parametrize(
    ("noise", "least", "most"), [(0.02, 1.0, 1.002), (0.15, 1.008, 1.02), (0.8, 1.025, 1.026)]
)
def test_the_mean_lies_above_the_middle_of_skewed_days(noise: float, least: float, most: float) -> None:
    test, calendar = judged(noise)
    factor = residuals(test, calendar, cutoff=CUTOFF).mean_over_middle(HORIZON)
    assert factor.shape == (HORIZON,)
    assert (factor >= least).all()
    assert (factor <= most).all()
