"""The whole forecast made again as of past days, and set against what came: the BACKTEST table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.forecast import Forecast, ForecastSettings, forecast
from forecasting.history import cell_sums, local_cells
from forecasting.lived import Lived, day_after, lived
from forecasting.scores import BANDS, NAIVE, OURS, Outcome, missed, scores
from planner.domain.centre import Centre, QueueKey
from planner.domain.forecast_tables import BACKTEST
from planner.domain.keys import QUEUE

CentreAsOf = Callable[[date], Centre]
A_DAY_ON_ANY_CLOCK = 2  # days after a moment's date in UTC by which its day is over everywhere
APART = 28  # days between origins


def quiet(line: str) -> None:
    """Says nothing."""


def rolling_backtest(
    volume: pd.DataFrame,
    centre: Centre | CentreAsOf,
    *,
    origins: Sequence[date],
    days: int,
    seed: int,
    settings: ForecastSettings,
    say: Callable[[str], None] = quiet,
) -> pd.DataFrame:
    """BACKTEST of a VOLUME table: forecasts of `days` local days from each origin, with what lay before.

    `centre` may be a function of the day as of which it is asked for, where opening hours are read from
    the data: it is called with each origin, and once with a day after the history's end. What came is
    judged in the intervals that are open by the origin's centre or by the last one.
    """
    as_of: CentreAsOf = centre if callable(centre) else lambda _: centre
    final = as_of(volume["interval_start"].max().date() + timedelta(days=A_DAY_ON_ANY_CLOCK))
    came = lived(volume, final, days=days)
    parts = []
    for k, origin in enumerate(origins, 1):
        say(f"forecast {k} of {len(origins)}, as of {origin}")
        known = as_of(origin)
        result = forecast(volume, known, first_day=origin, days=days, seed=seed, settings=settings)
        seen = came if known == final else _opened(lived(volume, known, days=days), came)
        parts += [missed_by(result, seen, first_day=origin, days=days)]
    return scores(parts) if any(map(len, parts)) else BACKTEST.empty()


def missed_by(
    result: Forecast, came: Mapping[QueueKey, Lived], *, first_day: date, days: int
) -> pd.DataFrame:
    """What one forecast missed by, for `scores`: sums by queue, model, level and bucket.

    Queues without a forecast are not in it: they are named in the forecast's problems.
    """
    intervals, paths = (frame.groupby(list(QUEUE), sort=False, observed=True).indices
                        for frame in (result.intervals, result.paths))  # fmt: skip
    parts = [
        missed(
            _outcome(
                result.intervals.iloc[rows], result.paths.iloc[paths[key]], came[QueueKey(*key)],
                first_day=first_day, days=days,
            )
        ).assign(**dict(zip(QUEUE, key)), origin=pd.Timestamp(first_day))
        for key, rows in intervals.items()
        if QueueKey(*key) in came
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _outcome(
    intervals: pd.DataFrame, paths: pd.DataFrame, came: Lived, *, first_day: date, days: int
) -> Outcome:
    """One queue's forecast and what came; an open interval without a row was expected to be empty."""
    grid, first = came.history.grid, came.row(first_day)
    row, slot = local_cells(
        pd.DatetimeIndex(intervals["interval_start"]),
        came.history.queue.hours.zone,
        pd.Timestamp(first_day),
        interval_min=grid.interval_min,
    )
    shape = days, grid.slots
    rows_in = cell_sums(row, slot, np.ones(len(row)), shape=shape)
    sums = {q: cell_sums(row, slot, intervals[q].to_numpy(float), shape=shape) for q in ("offered", *BANDS)}
    said = {OURS: sums["offered"], NAIVE: came.last_same_weekday(first_day, days=days)}
    bands = np.where(rows_in <= 1, np.array([sums[q] for q in BANDS]), np.nan)
    return Outcome(came.contacts[first : first + days], said, bands, _by_day(paths, first_day, days=days))


def _by_day(paths: pd.DataFrame, first_day: date, *, days: int) -> np.ndarray:
    """Contacts of each day ahead and path (days x paths)."""
    day = (paths["day"] - pd.Timestamp(first_day)).dt.days.to_numpy()
    path = paths["path"].to_numpy()
    drawn = np.zeros((days, int(path.max()) + 1))
    drawn[day, path] = paths["offered"]
    return drawn


def _opened(known: Mapping[QueueKey, Lived], final: Mapping[QueueKey, Lived]) -> dict[QueueKey, Lived]:
    """What came in intervals open by either view of the centre."""
    return {
        key: Lived(one.history, np.where(np.isnan(one.contacts), final[key].contacts, one.contacts))
        if key in final and final[key].contacts.shape == one.contacts.shape
        else one
        for key, one in known.items()
    }


def origins_of(volume: pd.DataFrame, centre: Centre, *, count: int, days: int) -> tuple[date, ...]:
    """First days of a backtest: `count` of them four weeks apart, the last with its horizon just lived."""
    newest = day_after(volume, centre) - timedelta(days=days)
    return tuple(newest - timedelta(days=APART * back) for back in reversed(range(count)))
