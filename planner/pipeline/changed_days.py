"""A forecast some of whose days were changed: every table that says what to expect says the same again.

Intervals keep their shares of the day; days, weeks, totals and roll-ups are summed anew from the changed
sample paths, by the same sums as those of the forecast itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.frames import day_sums
from forecasting.joining import DayPaths, keyed
from forecasting.rollup import rollup_of_tables
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_DAYS, QUANTILES
from planner.domain.keys import QUEUE

KEY = list(QUEUE)
QUEUE_DAY = [*QUEUE, "day"]


@dataclass(frozen=True)
class Expectation:
    """What to expect: FORECAST, FORECAST_DAYS, FORECAST_PATHS and FORECAST_ROLLUP."""

    intervals: pd.DataFrame
    days: pd.DataFrame
    paths: pd.DataFrame
    rollup: pd.DataFrame


def changed(expected: Expectation, changes: pd.DataFrame, *, interval_day: pd.Series) -> Expectation:
    """The same with its days changed; `interval_day` is the local day of each row of FORECAST.

    `changes` has one row per queue and day: mean and number of intervals before, factor, shift, mean after.
    """
    paths = _paths(expected.paths, changes)
    days = _days(expected.days, paths, changes)
    intervals = _intervals(expected.intervals, changes, interval_day)
    return Expectation(intervals, days, paths, rollup_of_tables(days, paths))


def _intervals(intervals: pd.DataFrame, changes: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    found = intervals[KEY].assign(day=day).merge(changes, on=QUEUE_DAY, how="left")
    here = found["factor"].notna().to_numpy()
    change, old = found[here].reset_index(drop=True), intervals[here].reset_index(drop=True)
    even = 1 / change["intervals"]  # of a day on which nobody was expected
    share = (old["offered"] / change["mean"]).where(change["mean"] > 0, even)
    quantiles = [name for name in QUANTILES if name in intervals.columns]
    new = {name: _affine(old[name], change, share=share) for name in quantiles}
    return _put(intervals, here, {"offered": share * change["after"], **new})


def _paths(paths: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """FORECAST_PATHS; of a million rows, only those of days on which something changed are looked at."""
    some = np.flatnonzero(paths["day"].isin(changes["day"].unique()))
    rows = paths.iloc[some].reset_index(drop=True)
    found = rows[QUEUE_DAY].merge(changes, on=QUEUE_DAY, how="left")
    known = found["factor"].notna()
    here = np.zeros(len(paths), dtype=bool)
    here[some[known]] = True
    return _put(paths, here, {"offered": _affine(rows["offered"][known], found[known], share=1.0)})


def _affine(contacts: pd.Series, change: pd.DataFrame, *, share: pd.Series | float) -> pd.Series:
    """Contacts times the day's factor plus a share of its shift, not below 0; blank stays blank."""
    return (change["factor"] * contacts + change["shift"] * share).clip(lower=0)


def _put(frame: pd.DataFrame, here: np.ndarray, columns: dict[str, pd.Series]) -> pd.DataFrame:
    """The frame with other values in some of its rows."""
    whole = {name: frame[name].to_numpy(copy=True) for name in columns}
    for name, values in columns.items():
        whole[name][here] = values.to_numpy()
    return frame.assign(**whole)


def _days(days: pd.DataFrame, paths: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """FORECAST_DAYS, in which the queues that changed are summed anew."""
    first_day = days.loc[days["level"] == "total", "day"].min()
    moved = {QueueKey(*key): rows for key, rows in changes.groupby(KEY)}
    drawn = paths.groupby(KEY, sort=False).indices
    parts = []
    for key, places in days.groupby(KEY, sort=False).indices.items():
        rows, queue = days.iloc[places], QueueKey(*key)
        if queue in moved:
            rows = _summed(queue, rows, moved[queue], paths=paths.iloc[drawn[key]], first_day=first_day)
        parts.append((queue, rows))
    return keyed(parts, FORECAST_DAYS)


def _summed(
    key: QueueKey, rows: pd.DataFrame, moved: pd.DataFrame, *, paths: pd.DataFrame, first_day: pd.Timestamp
) -> pd.DataFrame:
    """The rows of one queue from its changed paths; `rows` hold the means before, `moved` those after."""
    means = rows[rows["level"] == "day"].set_index("day")["offered"].sort_index()
    means.update(moved.set_index("day")["after"])
    contacts = paths.sort_values(["day", "path"])["offered"].to_numpy().reshape(len(means), -1)
    day_paths = DayPaths(key, pd.DatetimeIndex(means.index), contacts)
    return day_sums(day_paths, means.to_numpy(), first_day=first_day)
