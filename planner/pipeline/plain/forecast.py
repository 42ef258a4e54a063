"""A plain history -> its forecast, and what a backtest of it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from forecasting.forecast import FEWEST_DAYS, LONG_SILENT, Forecast, ForecastSettings
from forecasting.forecast import forecast as forecast_volume
from forecasting.rolling import rolling_backtest
from planner.domain.centre import Centre, QueueKey
from planner.domain.keys import QUEUE
from planner.domain.problems import InputError, Problem, counted
from planner.pipeline.plain.centre import before, centre_of, volume_of
from planner.pipeline.plain.known import Known, Wish

Say = Callable[[str], None]


def forecast(known: Known, *, seed: int, settings: ForecastSettings) -> Forecast:
    """The forecast of every queue that has history enough; InputError when none has."""
    result = forecast_volume(
        known.volume, known.centre, first_day=known.first_day, days=known.days, seed=seed, settings=settings
    )
    done = {QueueKey(*row) for row in result.intervals[list(QUEUE)].drop_duplicates().itertuples(index=False)}
    problems = tuple(_left_out(known, key) for key in known.centre.queues if key not in done)
    if not done:
        raise InputError(problems)
    return replace(result, problems=problems)


def _left_out(known: Known, key: QueueKey) -> Problem:
    """Why a queue has no forecast."""
    who = " · ".join(known.found.names[key])
    who = f"“{who}”" if who else "the history"
    days, first = int(known.observed[key].seen.sum()), known.first_day
    if days < FEWEST_DAYS:
        note = f"has {counted(days, 'day')} before {first}; {FEWEST_DAYS} are the least to go by"
    elif known.centre.queues[key].hours.weekdays:
        note = f"has no contacts in the {LONG_SILENT} days before {first}, or is closed in the horizon"
    else:
        note = "is open on no weekday, as far as its rows show"
    return Problem("no_history", f"{who} {note}")


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
