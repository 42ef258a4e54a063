"""What a day model is given: day totals up to a cutoff, and the calendar to the end of the horizon."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.kin_starts import KinStarts
from forecasting.shut_weekdays import shut_weekdays
from forecasting.special_days import SpecialDays

HALF_YEAR, YEAR = 182, 365
OFTEN_EMPTY = 0.12  # of the days: as with two contacts a day by chance alone
MANY = 20.0  # contacts that do not fail to come by chance
SHUT_HOLIDAY = 0.05  # of the median day: below this nobody was there to be called


@dataclass(frozen=True)
class Calendar:
    """Consecutive local days, which of them are open, and which are special."""

    days: pd.DatetimeIndex
    is_open: np.ndarray
    special: SpecialDays

    def part(self, first: int, last: int) -> Calendar:
        """The days from `first` up to, not including, `last`."""
        return Calendar(self.days[first:last], self.is_open[first:last], self.special.part(first, last))

    @cached_property
    def weekday(self) -> np.ndarray:
        """0 = Monday."""
        return self.days.day_of_week.to_numpy()

    @cached_property
    def month(self) -> np.ndarray:
        """Months counted through the years."""
        return (self.days.year * 12 + self.days.month).to_numpy()

    @cached_property
    def day_of_month(self) -> np.ndarray:
        """1..31."""
        return self.days.day.to_numpy()

    @cached_property
    def days_in_month(self) -> np.ndarray:
        """28..31."""
        return self.days.days_in_month.to_numpy()

    @cached_property
    def day_of_year(self) -> np.ndarray:
        """1..366."""
        return self.days.day_of_year.to_numpy()


@dataclass(frozen=True)
class Past:
    """Day totals of one series before a cutoff: `offered` (n,), NaN where unknown.

    `calendar` covers these n days and the horizon's. Nothing at or after the cutoff is in here.
    `vouched` (n,) are days a planner lets teach whatever is odd about them; None = no word was said.
    """

    calendar: Calendar
    offered: np.ndarray
    vouched: np.ndarray | None = None

    @property
    def n(self) -> int:
        """Days before the cutoff."""
        return len(self.offered)

    @property
    def horizon(self) -> int:
        """Days to forecast."""
        return len(self.calendar.days) - self.n

    @cached_property
    def known_age(self) -> int:
        """Days from the first known day to the cutoff."""
        known = np.flatnonzero(~np.isnan(self.offered))
        return self.n - int(known[0]) if len(known) else 0

    @cached_property
    def is_open(self) -> np.ndarray:
        """Open days of past and horizon: opening hours, less what the past shows to be shut."""
        return self.calendar.is_open & ~self._shut_weekdays & ~self._shut_holidays

    @cached_property
    def known(self) -> np.ndarray:
        """Days of the past that can teach: open, and their total known."""
        return self.is_open[: self.n] & ~np.isnan(self.offered)

    @cached_property
    def ordinary(self) -> np.ndarray:
        """Known days that are no public holiday."""
        return self.known & (self.calendar.special.holiday[: self.n] == 0)

    @cached_property
    def often_empty(self) -> bool:
        """Whether many open days of the last year brought nothing: then logs of totals say little."""
        recent = self.offered[-YEAR:][self.known[-YEAR:]]
        return bool(len(recent) and (recent == 0).mean() >= OFTEN_EMPTY)

    @cached_property
    def _median_day(self) -> float:
        recent = self.offered[-HALF_YEAR:]
        busy = recent[recent > 0]
        return float(np.median(busy)) if len(busy) else 0.0

    @cached_property
    def _shut_weekdays(self) -> np.ndarray:
        """Days on weekdays that are, or were then, without contacts."""
        return shut_weekdays(self.offered, self.calendar.weekday, usual=self._median_day)

    @cached_property
    def _shut_holidays(self) -> np.ndarray:
        """All holidays of the customers, or of the site, when nearly every past one brought nothing.

        Else those by name that brought nothing whenever they came: a centre may shut at Christmas only.
        """
        special = self.calendar.special
        shut = np.zeros(len(special.holiday), bool)
        for days in (special.holiday >= 0.5, special.at_site):
            came, quiet = self._came(days)
            if len(came) >= 3 and quiet.mean() >= 0.8:
                shut |= days
        for days in special.named:
            came, quiet = self._came(days)
            if quiet.all() and _says_enough(came, usual=self._median_day):
                shut |= days
        return shut

    def _came(self, holiday: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Contacts of such past days that should have been open; whether next to none, or no row, came."""
        should_be_open = self.calendar.is_open & ~self._shut_weekdays
        began = self.n - self.known_age
        came = self.offered[began:][(holiday & should_be_open)[began : self.n]]
        return came, np.isnan(came) | (came < SHUT_HOLIDAY * self._median_day)


def _says_enough(came: np.ndarray, *, usual: float) -> bool:
    """Whether so little on these days cannot be chance: two without a row, or none where many were usual."""
    absent = int(np.isnan(came).sum())
    return absent >= 2 or (len(came) - absent) * usual >= MANY


@dataclass(frozen=True)
class DaySeries:
    """Day totals of one queue or line on an axis of local days; NaN where unknown or still to come.

    `vouched` (days,) as in `Past`; `kin` is what other queues had learned of its special days.
    """

    name: str
    calendar: Calendar
    offered: np.ndarray
    vouched: np.ndarray | None = None
    kin: KinStarts = field(default_factory=KinStarts)

    @cached_property
    def first_known(self) -> int:
        """Index of the first known day; the axis' length when nothing is known."""
        known = np.flatnonzero(~np.isnan(self.offered))
        return int(known[0]) if len(known) else len(self.offered)

    def past(self, cutoff: int, *, horizon: int) -> Past:
        """What was known before day `cutoff`, and the calendar of the `horizon` days from it on."""
        first = min(self.first_known, cutoff)
        vouched = None if self.vouched is None else self.vouched[first:cutoff]
        calendar = self.calendar.part(first, cutoff + horizon)
        if start := self.kin.at(cutoff):
            calendar = replace(calendar, special=start.applied(calendar.special))
        return Past(calendar, self.offered[first:cutoff], vouched)
