"""The pattern of the month is found where there is one and stays away where there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.monthly import monthly_pattern
from forecasting.past import Past
from tests.forecasting import planted

DAYS = pd.date_range("2024-01-01", periods=500)


def past(horizon: int = 62) -> Past:
    means = planted.day_means(DAYS)
    return planted.series(means, "2024-01-01", horizon=horizon).past(500, horizon=horizon)


def test_a_planted_first_of_the_month_is_found() -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 500)
    pattern = monthly_pattern(past(), noise + 0.3 * (DAYS.day.to_numpy() <= 2))
    coming = pd.date_range("2025-05-15", periods=62)
    first = coming.day.to_numpy() <= 2
    assert pattern[500:][first].mean() == pytest.approx(0.3, abs=0.1)
    assert np.abs(pattern[500:][(coming.day > 8) & (coming.day < 25)]).mean() < 0.05


@pytest.mark.parametrize("seed", range(3))
def test_noise_has_hardly_a_month(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.1, 500)
    assert np.abs(monthly_pattern(past(), noise)).mean() < 0.01


def test_two_months_are_too_few_to_tell() -> None:
    residuals = np.full(500, np.nan)
    residuals[-40:] = 0.3 * (DAYS.day.to_numpy()[-40:] <= 2)
    assert not monthly_pattern(past(), residuals).any()


def test_the_last_business_days_are_known_before_the_month_is_over() -> None:
    last = DAYS.to_series().groupby([DAYS.year, DAYS.month]).transform("max").dt.day.to_numpy()
    noise = np.random.default_rng(2).normal(0, 0.02, 500)
    ends_with_month = DAYS.day.to_numpy() == last
    whole = monthly_pattern(past(horizon=17), noise + 0.3 * ends_with_month)  # to 31 May 2025
    short = monthly_pattern(past(horizon=15), noise + 0.3 * ends_with_month)  # to 29 May
    np.testing.assert_allclose(whole[:515], short)
