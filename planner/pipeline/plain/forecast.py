"""A plain history -> its forecast, and what a backtest of it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pandas as pd

from forecasting.forecast import Forecast, ForecastSettings
from forecasting.forecast import forecast as forecast_volume
from forecasting.rolling import rolling_backtest
from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem
from planner.pipeline.plain.centre import before, centre_of, volume_of
from planner.pipeline.plain.known import Known, Wish

Say = Callable[[str], None]


def forecast(known: Known, *, seed: int, settings: ForecastSettings) -> Forecast:
    """The forecast of every queue that has history enough; InputError when none has."""
    result = forecast_volume(
        known.volume, known.centre, first_day=known.first_day, days=known.days, seed=seed, settings=settings
    )
    if result.intervals.empty:
        raise InputError(result.problems or [_nothing_open(known)])
    return result


def _nothing_open(known: Known) -> Problem:
    note = f"nothing is open in the {known.days} days from {known.first_day}, as far as the history shows"
    return Problem("nothing_open", f"{note}; choose a longer horizon")


def backtest(
    known: Known, wish: Wish, *, origins: Sequence[date], seed: int, settings: ForecastSettings
) -> pd.DataFrame:
    """BACKTEST: the forecast made again as of past days, hours and closed days recognised anew for each."""
    days = wish.ahead.days(origins[-1])

    def as_of(day: date) -> Centre:
        seen = before(known.observed, day)
        return centre_of(seen, known.how, wish.around, last=day + timedelta(days=days - 1))

    earliest = as_of(origins[0])
    volume = volume_of(known.found, known.observed, known.how, centre=earliest)
    return rolling_backtest(
        volume, as_of, origins=origins, days=days, seed=seed, settings=settings, say=settings.say
    )
