"""The intervals of a horizon at one site: law counts local days, the engine counts intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.timegrid import midnight

DAYS_AFTER = 3  # the last night's shift, and the rest after it


@dataclass(frozen=True)
class Clock:
    """Local days from `first_day`; interval 0 begins at its local midnight, days may have 23 or 25 hours."""

    zone: str
    interval_min: int
    first_day: date
    days: int

    @cached_property
    def calendar(self) -> pd.DatetimeIndex:
        """The local days of the horizon."""
        return pd.date_range(pd.Timestamp(self.first_day), periods=self.days, freq="D")

    @cached_property
    def midnights(self) -> pd.DatetimeIndex:
        """UTC midnights of the local days and of some days after."""
        later = pd.date_range(pd.Timestamp(self.first_day), periods=self.days + DAYS_AFTER + 1, freq="D")
        return pd.DatetimeIndex([midnight(day.date(), self.zone) for day in later])

    @cached_property
    def day_begin(self) -> np.ndarray:
        """First interval of each local day, and of `DAYS_AFTER` + 1 days after the horizon."""
        return self.interval(self.midnights)

    @cached_property
    def intervals(self) -> pd.DatetimeIndex:
        """UTC starts of all intervals up to the last midnight."""
        step = pd.Timedelta(minutes=self.interval_min)
        return pd.date_range(self.midnights[0], periods=int(self.day_begin[-1]), freq=step)

    @property
    def horizon(self) -> int:
        """Number of intervals of the horizon."""
        return int(self.day_begin[self.days])

    def interval(self, moments: pd.DatetimeIndex) -> np.ndarray:
        """Number of the interval in which each moment (UTC) lies."""
        return np.asarray((moments - self.midnights[0]) // pd.Timedelta(minutes=self.interval_min), np.int64)

    def starts(self, start_min: int) -> np.ndarray:
        """Interval of a local clock time on each day; -1 on a day that skips the time, the first of two."""
        local = self.calendar + pd.Timedelta(minutes=start_min)
        utc = local.tz_localize(self.zone, ambiguous=np.ones(len(local), bool), nonexistent="NaT")
        exists = ~np.asarray(utc.isna())
        found = np.full(len(local), -1, np.int64)
        found[exists] = self.interval(utc[exists].tz_convert("UTC"))
        return found

    def weeks(self) -> np.ndarray:
        """First day of each calendar week (from Monday) of the horizon, and the day after its last."""
        mondays = np.flatnonzero(np.asarray(self.calendar.day_of_week) == 0)
        return np.unique(np.concatenate([[0], mondays, [self.days]]))

    def when(self, holds: Callable[[pd.DatetimeIndex], np.ndarray]) -> np.ndarray:
        """Intervals at whose start something holds, as sums: how many before each interval."""
        return np.concatenate([[0], np.cumsum(holds(self.intervals))])
