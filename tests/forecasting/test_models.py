"""Every model behind the door speaks the same shape, and each finds what it believes in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import day_models
from forecasting.calendar_effect import calendar_effect
from forecasting.past import DaySeries, Past
from tests.forecasting import planted

HORIZON = 56
MODELS = day_models()
EXPERTS = [name for name, model in MODELS.items() if model.ROLE == "expert"]


def ahead(name: str, series: DaySeries, cutoff: int, *, horizon: int = HORIZON) -> np.ndarray:
    past: Past = series.past(cutoff, horizon=horizon)
    result: np.ndarray = MODELS[name].days_ahead(past, calendar_effect(past))
    return result


def means(days: int, *, yearly: float = 0.0) -> np.ndarray:
    return planted.day_means(pd.date_range("2023-01-02", periods=days), yearly=yearly)


def missed(forecast: np.ndarray, came: np.ndarray) -> float:
    return float(np.abs(forecast - came).sum() / came.sum())


def test_the_folder_holds_experts_and_a_yardstick() -> None:
    assert len(EXPERTS) >= 5
    assert [name for name, model in MODELS.items() if model.ROLE == "yardstick"] == ["seasonal_naive"]


@pytest.mark.parametrize("name", EXPERTS)
def test_a_steady_week_goes_on(name: str) -> None:
    drawn = np.random.default_rng(1).poisson(means(500)).astype(float)
    series = planted.series(drawn, "2023-01-02", horizon=HORIZON)
    assert missed(ahead(name, series, 500), means(500 + HORIZON)[500:]) < 0.03


@pytest.mark.parametrize("name", MODELS)
def test_closed_days_are_zero_and_open_ones_are_not(name: str) -> None:
    days = pd.date_range("2023-01-02", periods=500 + HORIZON)
    opens = np.asarray(days.day_of_week < 5)
    series = planted.series(means(500), "2023-01-02", horizon=HORIZON, is_open=opens)
    forecast = ahead(name, series, 500)
    assert (forecast[~opens[500:]] == 0).all()
    assert (forecast[opens[500:]] > 300).all()


@pytest.mark.parametrize("name", [n for n in EXPERTS if n not in ("recent_weeks", "smoothing")])
def test_models_that_know_the_year_see_the_season_coming(name: str) -> None:
    true = means(900 + HORIZON, yearly=0.4)
    drawn = np.random.default_rng(2).poisson(true[:900]).astype(float)
    series = planted.series(drawn, "2023-01-02", horizon=HORIZON)
    assert missed(ahead(name, series, 900), true[900:]) < 0.06


@pytest.mark.parametrize("name", ["yearly_season", "season_and_growth", "typical_days"])
def test_weekends_may_have_a_season_of_their_own(name: str) -> None:
    days = pd.date_range("2023-01-02", periods=900 + HORIZON)
    summer = np.exp(-0.4 * np.cos(2 * np.pi * days.day_of_year.to_numpy() / 365.25))
    true = np.where(days.day_of_week >= 5, means(len(days)) * summer, means(len(days)))
    drawn = np.random.default_rng(6).poisson(true[:900]).astype(float)
    weekend = np.asarray(days[900:].day_of_week >= 5)
    forecast = ahead(name, planted.series(drawn, "2023-01-02", horizon=HORIZON), 900)
    assert missed(forecast[weekend], true[900:][weekend]) < 0.08
    assert missed(forecast[~weekend], true[900:][~weekend]) < 0.04


@pytest.mark.parametrize("name", ["season_and_growth", "typical_days"])
def test_growth_goes_on_in_the_models_that_believe_in_it(name: str) -> None:
    true = means(900 + HORIZON) * np.exp(0.30 * np.arange(900 + HORIZON) / 365)
    drawn = np.random.default_rng(3).poisson(true[:900]).astype(float)
    series = planted.series(drawn, "2023-01-02", horizon=HORIZON)
    assert missed(ahead(name, series, 900), true[900:]) < 0.04


def test_the_yardstick_is_the_same_weekday_of_last_week() -> None:
    values = np.arange(1.0, 22.0)
    series = planted.series(values, "2023-01-02", horizon=14)
    np.testing.assert_array_equal(ahead("seasonal_naive", series, 21, horizon=14), np.tile(values[-7:], 2))


@pytest.mark.parametrize("name", ["year_ago", "year_ago_smooth"])
def test_without_a_year_there_is_no_year_ago(name: str) -> None:
    series = planted.series(means(300), "2023-01-02", horizon=HORIZON)
    assert np.isnan(ahead(name, series, 300)).all()


@pytest.mark.parametrize("name", [n for n in EXPERTS if not n.startswith("year_ago")])
def test_eight_days_give_something_sensible(name: str) -> None:
    series = planted.series(means(8), "2023-01-02", horizon=14)
    forecast = ahead(name, series, 8, horizon=14)
    assert np.isfinite(forecast).all()
    assert missed(forecast, means(22)[8:]) < 0.35


@pytest.mark.parametrize("name", EXPERTS)
def test_missing_days_are_not_zeros(name: str) -> None:
    holes = means(500)
    holes[np.random.default_rng(4).choice(500, 120, replace=False)] = np.nan
    series = planted.series(holes, "2023-01-02", horizon=HORIZON)
    assert missed(ahead(name, series, 500), means(500 + HORIZON)[500:]) < 0.03


@pytest.mark.parametrize("name", EXPERTS)
def test_a_holiday_that_halves_the_day_is_expected_to_halve_it_again(name: str) -> None:
    days = pd.date_range("2022-01-03", periods=1100 + 120)
    true = planted.day_means(days)
    labour_day = np.asarray((days.month == 5) & (days.day == 1))
    true[labour_day] *= 0.5
    drawn = np.random.default_rng(5).poisson(true[:1100]).astype(float)
    series = planted.series(drawn, "2022-01-03", horizon=120, countries=("PT",))
    at = np.flatnonzero(labour_day[1100:])
    assert len(at) == 1
    assert ahead(name, series, 1100, horizon=120)[at[0]] / true[1100 + at[0]] == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("size", [1.0, 3.0])
def test_few_contacts_a_day_are_not_forecast_too_low(size: float) -> None:
    true = planted.day_means(pd.date_range("2023-01-02", periods=700 + HORIZON), size=size)
    lost = []
    for seed in range(4):
        drawn = np.random.default_rng(seed).poisson(true[:700]).astype(float)
        series = planted.series(drawn, "2023-01-02", horizon=HORIZON)
        said = np.array([ahead(name, series, 700) for name in EXPERTS])
        lost.append(np.nanmean(said) / true[700:].mean() - 1)
    assert abs(np.mean(lost)) < 0.06


def test_contacts_in_bursts_are_forecast_at_their_mean() -> None:
    rng = np.random.default_rng(7)
    drawn = np.where(rng.random(700) < 0.3, rng.poisson(80, 700), 0).astype(float)
    series = planted.series(drawn, "2023-01-02", horizon=HORIZON)
    said = np.array([ahead(name, series, 700) for name in EXPERTS])
    assert np.isfinite(said).all(axis=1).sum() >= 3
    assert np.nanmean(said) == pytest.approx(24, rel=0.25)
