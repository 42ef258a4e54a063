"""What came: the contacts of each queue as known in the end, to judge forecasts by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.history import Axis, QueueHistory, cell_sums, histories, local_cells
from planner.domain.centre import Centre, QueueKey
from planner.domain.keys import QUEUE

WEEK = 7


@dataclass(frozen=True)
class Lived:
    """One queue in the end: its history, and contacts by local day and slot, NaN where unknown or closed."""

    history: QueueHistory
    contacts: np.ndarray

    def row(self, day: date) -> int:
        """Row of a local day."""
        return int((pd.Timestamp(day) - self.history.grid.axis.days[0]).days)

    def last_same_weekday(self, origin: date, *, days: int) -> np.ndarray:
        """Each interval as it last was, known and open, on the same weekday before `origin` (days x slots).

        Seasonal naive, the yardstick; NaN where that interval was never known.
        """
        row, intervals = self.row(origin), np.maximum(self.history.grid.open_intervals, 1)
        rate = self.contacts[:row] / intervals[:row]
        weeks = np.pad(rate, ((-len(rate) % WEEK, 0), (0, 0)), constant_values=np.nan)
        newest_first = weeks.reshape(-1, WEEK, rate.shape[1])[::-1]
        last = np.argmax(~np.isnan(newest_first), axis=0)
        week = np.take_along_axis(newest_first, last[None], axis=0)[0]
        ahead = intervals[row : row + days]
        return week[np.arange(len(ahead)) % WEEK] * ahead


def day_after(volume: pd.DataFrame, centre: Centre) -> date:
    """The day after the last local day of which any queue has a row."""
    newest = volume.groupby(list(QUEUE), sort=False, observed=True)["interval_start"].max()
    days = [
        start.tz_convert(centre.queues[QueueKey(*key)].hours.zone).date()
        for key, start in newest.items()
        if key in centre.queues
    ]
    return max(days) + timedelta(days=1)


def lived(volume: pd.DataFrame, centre: Centre, *, days: int) -> dict[QueueKey, Lived]:
    """What is known in the end of every queue, on an axis that goes `days` past it.

    Whatever a row says counts, also of days that teach the forecast nothing: they came. Intervals without a
    row are what the forecast's history takes them for: unknown, or zero in a queue that leaves zeros out.
    """
    axis = Axis.spanning(volume, day_after(volume, centre), days=days)
    rows_of = volume.groupby(list(QUEUE), sort=False, observed=True).indices
    newest = volume["interval_start"].max()
    return {
        key: Lived(history, _contacts(volume.iloc[rows_of[tuple(key)]], history, newest=newest))
        for key, history in histories(volume, centre, axis).items()
    }


def _contacts(rows: pd.DataFrame, history: QueueHistory, *, newest: pd.Timestamp) -> np.ndarray:
    """Contacts by local day and slot; NaN where closed, unknown or later than any queue's newest row."""
    grid = history.grid
    rows = rows[(rows["interval_min"] <= grid.interval_min) & rows["offered"].notna()]
    row, slot = local_cells(
        pd.DatetimeIndex(rows["interval_start"]),
        history.queue.hours.zone,
        grid.axis.days[0],
        interval_min=grid.interval_min,
    )
    shape = grid.open_intervals.shape
    offered, minutes = (
        cell_sums(row, slot, rows[name].to_numpy(float), shape=shape) for name in ("offered", "interval_min")
    )
    told = minutes >= grid.open_intervals * grid.interval_min - 0.01
    contacts = np.where(grid.open_intervals > 0, np.where(told, offered, history.contacts), np.nan)
    later = grid.starts > newest
    contacts[grid.row[later], grid.slot[later]] = np.nan
    return contacts
