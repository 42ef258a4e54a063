"""The stretch of time that is simulated at one site: local days, cut into UTC intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.timegrid import OpeningHours, intervals, midnight

STEP_S = 300.0  # opening hours are looked up this often


@dataclass(frozen=True)
class Horizon:
    """Local days in a row; seconds count from the first local midnight.

    `days` are local midnights without a zone, `starts` the UTC starts of every interval.
    """

    zone: str
    days: pd.DatetimeIndex
    interval_min: int

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        return intervals(self.days[0].date(), len(self.days), zone=self.zone, interval_min=self.interval_min)

    @property
    def interval_s(self) -> float:
        return self.interval_min * 60.0

    @property
    def end_s(self) -> float:
        return len(self.starts) * self.interval_s

    @cached_property
    def day_number(self) -> np.ndarray:
        """Number of the local day (from 0) of each interval; a clock change makes a day longer or shorter."""
        local = self.starts.tz_convert(self.zone).tz_localize(None).normalize()
        return self.days.get_indexer(local)

    def seconds(self, moments: pd.Series) -> np.ndarray:
        """Seconds from the first local midnight to UTC moments."""
        return ((moments - self.starts[0]) / pd.Timedelta(seconds=1)).to_numpy(float)

    def open_clock(self, hours: OpeningHours) -> np.ndarray:
        """Seconds of opening hours gone by at the start and after each step: the clock of deadlines."""
        count = int(self.end_s // STEP_S)
        steps = pd.date_range(self.starts[0], periods=count, freq=f"{STEP_S:.0f}s")
        return np.concatenate([[0.0], np.cumsum(hours.is_open(steps) * STEP_S)])

    def levels(self) -> list[tuple[str, np.ndarray, pd.DatetimeIndex]]:
        """For interval, day, week and total: number of the first interval, and the period's UTC start."""
        day_first = np.searchsorted(self.day_number, np.arange(len(self.days)))
        longer = [(level, day_first[first], starts) for level, first, starts in periods(self.days, self.zone)]
        return [("interval", np.arange(len(self.starts)), self.starts), *longer]


def periods(days: pd.DatetimeIndex, zone: str) -> list[tuple[str, np.ndarray, pd.DatetimeIndex]]:
    """For day, week and total: number of the first day, and the UTC start by the zone's clock.

    A week that begins before the first day starts on its Monday all the same.
    """
    mondays = days - pd.to_timedelta(days.day_of_week, unit="D")
    new_week = np.flatnonzero(np.r_[True, mondays[1:] != mondays[:-1]])
    return [
        ("day", np.arange(len(days)), _midnights(days, zone)),
        ("week", new_week, _midnights(mondays[new_week], zone)),
        ("total", np.array([0]), _midnights(days[:1], zone)),
    ]


def _midnights(days: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([midnight(day.date(), zone) for day in days])


def open_seconds(clock: np.ndarray, *, at_s: np.ndarray) -> np.ndarray:
    """What an opening hours' clock shows at each moment `at_s`."""
    return np.interp(at_s, np.arange(len(clock)) * STEP_S, clock)


def days_of(schedule: pd.DataFrame, *, first_day: date | None, days: int | None) -> pd.DatetimeIndex:
    """`days` local days from `first_day`; those on which the schedule's shifts start, first to last, if None.

    No days at all where an empty schedule has none to give.
    """
    first = schedule["day"].min() if first_day is None else pd.Timestamp(first_day)
    if days is not None:
        return pd.date_range(first, periods=days) if first is not pd.NaT else pd.DatetimeIndex([])
    last = schedule["day"].max()
    return pd.DatetimeIndex([]) if schedule.empty else pd.date_range(first, last)
