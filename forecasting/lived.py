"""What came: the contacts of each queue as known in the end, to judge forecasts by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.history import Axis, QueueHistory, histories
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
        row, intervals = self.row(origin), self.history.grid.open_intervals
        rate = np.where(intervals > 0, self.contacts / np.maximum(intervals, 1), np.nan)[:row]
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

    Days that were marked exceptional came all the same and are judged; intervals without a row stay
    unknown, as they do in the forecast's history.
    """
    axis = Axis.spanning(volume, day_after(volume, centre), days=days)
    newest = volume["interval_start"].max()
    found = histories(volume, replace(centre, events=()), axis)
    return {key: Lived(history, _known(history, newest)) for key, history in found.items()}


def _known(history: QueueHistory, newest: pd.Timestamp) -> np.ndarray:
    """Contacts with NaN where closed, unknown, or later than anything that is known."""
    grid = history.grid
    contacts = np.where(grid.open_intervals > 0, history.contacts, np.nan)
    later = grid.starts > newest
    contacts[grid.row[later], grid.slot[later]] = np.nan
    return contacts
