"""The latest forecast that can be judged: an earlier plan's, or today's method's of four weeks ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.forecast import Forecast, ForecastSettings, forecast
from forecasting.history import local_cells
from forecasting.lived import Lived, day_after, lived
from planner.domain.centre import Centre, QueueKey
from planner.domain.forecast_tables import LAST_FORECAST, LAST_FORECAST_DAYS
from planner.domain.keys import QUEUE

FOUR_WEEKS = 28


def last_forecast(
    volume: pd.DataFrame, centre: Centre, *, days: int = FOUR_WEEKS, seed: int, settings: ForecastSettings
) -> pd.DataFrame:
    """LAST_FORECAST as today's method would have said it `days` before the history's end.

    Nothing of those days is looked at but to set it beside the forecast.
    """
    then = forecast_then(volume, centre, days=days, seed=seed, settings=settings)
    return beside(then.intervals, volume, centre, source="backtest")


def forecast_then(
    volume: pd.DataFrame, centre: Centre, *, days: int = FOUR_WEEKS, seed: int, settings: ForecastSettings
) -> Forecast:
    """The forecast of the history's last `days`, as today's method would have made it before them."""
    first_day = day_after(volume, centre) - timedelta(days=days)
    return forecast(volume, centre, first_day=first_day, days=days, seed=seed, settings=settings)


def day_ranges(days: pd.DataFrame, rollup: pd.DataFrame, *, until: date) -> pd.DataFrame:
    """LAST_FORECAST_DAYS from the FORECAST_DAYS and FORECAST_ROLLUP of the forecast that is judged.

    Days after `until` are left out: they are not lived yet.
    """
    parts = [part[(part["level"] == "day") & (part["day"] <= pd.Timestamp(until))] for part in (days, rollup)]
    found = pd.concat(parts, ignore_index=True)
    names = LAST_FORECAST_DAYS.present(found)
    return found[names].astype({name: LAST_FORECAST_DAYS.column(name).dtype for name in names})


def judged(published: pd.DataFrame, volume: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """LAST_FORECAST from the FORECAST of an earlier plan: its intervals that have since been lived.

    Empty when none has been. A plan that does not say what it had seen is taken to have seen all before
    its first interval.
    """
    if "cutoff" not in published.columns or published["cutoff"].isna().any():
        first = published.groupby(list(QUEUE), observed=True)["interval_start"].transform("min")
        published = published.assign(cutoff=first)
    return beside(published, volume, centre, source="published")


def beside(said: pd.DataFrame, volume: pd.DataFrame, centre: Centre, *, source: str) -> pd.DataFrame:
    """A FORECAST and what came, for the intervals up to the last that is known of any queue."""
    said = said[said["interval_start"] <= volume["interval_start"].max()]
    if said.empty:
        return LAST_FORECAST.empty()
    came = _came(said, lived(volume, centre, days=1))
    found = said.assign(actual=came, source=pd.Series(source, index=said.index, dtype="str"))
    names = LAST_FORECAST.present(found)
    return (
        found[names].astype({name: LAST_FORECAST.column(name).dtype for name in names}).reset_index(drop=True)
    )


def _came(said: pd.DataFrame, known: Mapping[QueueKey, Lived]) -> np.ndarray:
    """Contacts that came in each row's interval; NaN where unknown."""
    came = np.full(len(said), np.nan)
    for key, rows in said.groupby(list(QUEUE), sort=False, observed=True).indices.items():
        if QueueKey(*key) in known:
            came[rows] = _in_intervals(said.iloc[rows], known[QueueKey(*key)])
    return came


def _in_intervals(said: pd.DataFrame, came: Lived) -> np.ndarray:
    """Contacts by interval of one queue; an hour that the clock repeats has its mean in both intervals."""
    grid = came.history.grid
    row, slot = local_cells(
        pd.DatetimeIndex(said["interval_start"]),
        came.history.queue.hours.zone,
        grid.axis.days[0],
        interval_min=grid.interval_min,
    )
    same = (said["interval_min"] == grid.interval_min).to_numpy() & (row >= 0) & (row < len(grid.axis.days))
    found = np.full(len(said), np.nan)
    row, slot = row[same], slot[same]
    found[same] = came.contacts[row, slot] / np.maximum(grid.open_intervals[row, slot], 1)
    return found
