"""Every UTC half-hour of the history, and what the clocks of the zones say at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.sample.parameters import SLOT_MIN


@dataclass(frozen=True)
class LocalTime:
    """Per UTC half-hour: local day (0 = the history's first), half-hour 0..47, weekday (0 = Monday)."""

    day: np.ndarray
    half_hour: np.ndarray
    weekday: np.ndarray

    @property
    def week(self) -> np.ndarray:
        """Local week from Monday; 0 is the history's first."""
        return self.day // 7


@dataclass(frozen=True)
class Clock:
    """The UTC half-hours that hold the local days from `first_day` to `last_day` of every zone.

    The history is made of whole local days, so the half-hours begin a UTC day earlier and end one later.
    """

    first_day: date
    last_day: date
    starts: pd.DatetimeIndex
    zones: Mapping[str, LocalTime]

    @property
    def slots(self) -> int:
        """Number of half-hours."""
        return len(self.starts)

    @property
    def weeks(self) -> int:
        """Number of local weeks of the history."""
        return ((self.last_day - self.first_day).days + 1) // 7

    @property
    def days(self) -> list[date]:
        """Every local day that any zone sees: two more at each end than the history has."""
        return [self.first_day + timedelta(days=i) for i in range(-2, self.weeks * 7 + 2)]

    @property
    def origin(self) -> int:
        """Where day 0 stands in `days`."""
        return 2

    def day_number(self, day: date) -> int:
        """Days since the first day."""
        return (day - self.first_day).days

    def slot(self, day: date) -> int:
        """The UTC half-hour in which a UTC day begins."""
        return 48 * (self.day_number(day) + 1)

    def per_day(self, values: np.ndarray, zone: str) -> np.ndarray:
        """Values of each of `days`, laid on the half-hours by the zone's local day."""
        return values[self.zones[zone].day + self.origin]

    def weekly(self, values: np.ndarray, zone: str) -> np.ndarray:
        """Sums of half-hour values over the zone's local weeks."""
        week = self.zones[zone].week
        inside = (week >= 0) & (week < self.weeks)
        return np.bincount(week[inside], values[inside], minlength=self.weeks)

    def per_week(self, values: np.ndarray, zone: str) -> np.ndarray:
        """Values of each local week, laid on the half-hours."""
        return values[np.clip(self.zones[zone].week, 0, self.weeks - 1)]

    def within(self, first_day: date, last_day: date, *, zone: str) -> np.ndarray:
        """Which half-hours lie in these local days, both included."""
        day = self.zones[zone].day
        return (day >= self.day_number(first_day)) & (day <= self.day_number(last_day))


def clock(first_day: date, last_day: date, *, zones: Iterable[str]) -> Clock:
    """The clock from `first_day` to `last_day`, both included."""
    starts = pd.date_range(
        pd.Timestamp(first_day - timedelta(days=1), tz="UTC"),
        pd.Timestamp(last_day + timedelta(days=2), tz="UTC"),
        freq=f"{SLOT_MIN}min",
        inclusive="left",
    ).as_unit("us")
    return Clock(
        first_day, last_day, starts, {zone: _local(starts, zone, first_day) for zone in sorted(set(zones))}
    )


def _local(starts: pd.DatetimeIndex, zone: str, first_day: date) -> LocalTime:
    local = starts.tz_convert(zone).tz_localize(None)
    day = (local.normalize() - pd.Timestamp(first_day)).days.to_numpy()
    half_hour = (local.hour * 2 + local.minute // 30).to_numpy()
    return LocalTime(day, half_hour, local.day_of_week.to_numpy())
