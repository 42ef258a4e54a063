"""Time: UTC intervals, local days of 23, 24 or 25 hours, opening hours.

Stored in UTC, planned and shown in local time. Law and opening hours count local days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

Span = tuple[int, int]  # minutes after local midnight; the end may pass 1440 (overnight)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Season:
    """Other hours between two days of the year ("11-22", "01-24"); it may cross New Year."""

    first: str
    last: str
    weekdays: Mapping[int, tuple[Span, ...]]

    def holds(self, month_day: np.ndarray) -> np.ndarray:
        """Which of the days ("MM-DD") lie in the season."""
        if self.first <= self.last:
            return (month_day >= self.first) & (month_day <= self.last)
        return (month_day >= self.first) | (month_day <= self.last)


@dataclass(frozen=True)
class OpeningHours:
    """When a queue or site answers: spans per weekday (0 = Monday) on the clock of `zone`.

    `closed` holds days of the year ("12-25") and single dates ("2026-11-02") without any opening.
    """

    zone: str
    weekdays: Mapping[int, tuple[Span, ...]]
    seasons: tuple[Season, ...] = ()
    closed: frozenset[str] = field(default=frozenset())

    def is_open(self, starts: pd.DatetimeIndex) -> np.ndarray:
        """Whether each moment (UTC) is open; shape as `starts`."""
        local = starts.tz_convert(self.zone)
        minute = (local.hour * 60 + local.minute).to_numpy()
        day = local.tz_localize(None).normalize()
        return self._open(day, minute) | self._open(day - pd.Timedelta(days=1), minute + 1440)

    def _open(self, day: pd.DatetimeIndex, minute: np.ndarray) -> np.ndarray:
        """Open by the hours of `day`; `minute` may pass 1440 for the night after it."""
        days, which = np.unique(day.to_numpy(), return_inverse=True)
        result = np.zeros(len(day), bool)
        for _, spans, here in self._spans(pd.DatetimeIndex(days)):
            at = here[which]
            for begin, end in spans:
                result |= at & (minute >= begin) & (minute < end)
        return result

    def _spans(self, days: pd.DatetimeIndex) -> list[tuple[int, tuple[Span, ...], np.ndarray]]:
        weekday = days.day_of_week.to_numpy()
        month_day = days.strftime("%m-%d").to_numpy(dtype=str)
        full = days.strftime("%Y-%m-%d").to_numpy(dtype=str)
        shut = np.isin(month_day, list(self.closed)) | np.isin(full, list(self.closed))
        rules = [(d, spans, (weekday == d) & ~shut) for d, spans in self.weekdays.items()]
        for season in self.seasons:
            within = season.holds(month_day) & ~shut
            rules += [(d, spans, (weekday == d) & within) for d, spans in season.weekdays.items()]
        return rules

    @cached_property
    def always(self) -> bool:
        """Open around the clock, every day."""
        return not self.closed and all(self.weekdays.get(d) == ((0, 1440),) for d in range(7))


def around_the_clock(zone: str) -> OpeningHours:
    """Open at all times."""
    return OpeningHours(zone, dict.fromkeys(range(7), ((0, 1440),)))


def intervals(first_day: date, days: int, *, zone: str, interval_min: int) -> pd.DatetimeIndex:
    """UTC starts of every interval of `days` local days; a day of clock change has 23 or 25 hours.

    >>> len(intervals(date(2026, 10, 25), 1, zone="Europe/Lisbon", interval_min=30))
    50
    """
    begin, end = midnight(first_day, zone), midnight(first_day + timedelta(days=days), zone)
    return pd.date_range(begin, end, freq=f"{interval_min}min", inclusive="left").as_unit("us")


def midnight(day: date, zone: str) -> pd.Timestamp:
    """The first moment of a local day, in UTC (where midnight is skipped, the first that exists)."""
    local = pd.Timestamp(day).tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return local.tz_convert("UTC").as_unit("us")


def local_day(starts: pd.Series, zone: str) -> pd.Series:
    """The local day (midnight without a zone) of each UTC moment."""
    return starts.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()


def localise(clock: pd.Series, zone: str) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Local clock times as UTC, and which are ambiguous (happen twice) or missing (never happen).

    Ambiguous and missing times are NaT in the result, for their reporter to name.
    """
    index = pd.DatetimeIndex(clock)
    first = index.tz_localize(zone, ambiguous=np.ones(len(index), bool), nonexistent="NaT")
    second = index.tz_localize(zone, ambiguous=np.zeros(len(index), bool), nonexistent="NaT")
    missing = np.asarray(first.isna() & ~index.isna())
    ambiguous = np.asarray((first != second) & ~missing & ~index.isna())
    utc = pd.Series(first.tz_convert("UTC").as_unit("us"), index=clock.index)
    return utc.mask(ambiguous), ambiguous, missing


@dataclass(frozen=True)
class ClockChange:
    """A clock that is put forward (`hours` > 0) or back; `at` is the first moment (UTC) of the new time."""

    zone: str
    at: pd.Timestamp
    hours: float

    def __str__(self) -> str:
        way = "forward" if self.hours > 0 else "back"
        day = self.at.tz_convert(self.zone).date()
        return f"{day} {self.zone}: {abs(self.hours):g} h {way}"


def clock_changes(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[ClockChange, ...]:
    """Every change of a zone's clock after `first` and until `last` (UTC), found hour by hour.

    >>> year = pd.Timestamp("2026-01-01", tz="UTC"), pd.Timestamp("2027-01-01", tz="UTC")
    >>> [str(change) for change in clock_changes("Europe/Lisbon", *year)]
    ['2026-03-29 Europe/Lisbon: 1 h forward', '2026-10-25 Europe/Lisbon: 1 h back']
    """
    hours = pd.date_range(first.floor("h"), last, freq="h")
    local = hours.tz_convert(zone).tz_localize(None)
    shift = np.diff((local - hours.tz_localize(None)).to_numpy()) / np.timedelta64(1, "h")
    changed = np.flatnonzero(shift)
    return tuple(ClockChange(zone, hours[i + 1], float(shift[i])) for i in changed)
