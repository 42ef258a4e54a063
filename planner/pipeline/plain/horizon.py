"""How far ahead, from which day on, and which past days a plain history is tried on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.intervals import DAY_MIN
from forecasting.opening_hours import Observed
from planner.domain.centre import QueueKey
from planner.pipeline.plain.grid import Conventions, Named

WEEK = 7
MOST_DAYS = 1100
ENDED, WHOLE = 0.5, 0.98  # share of its usual contacts seen: from here a day counts, and is whole
FEWEST_BEFORE = 14  # days of history an origin must have


@dataclass(frozen=True)
class Length:
    """A horizon in days or calendar months."""

    count: int
    unit: str

    def days(self, first_day: date) -> int:
        """Its days when it begins with this one."""
        if self.unit == "m":
            return (pd.Timestamp(first_day) + pd.DateOffset(months=self.count) - pd.Timestamp(first_day)).days
        return self.count * (WEEK if self.unit == "w" else 1)


def length(text: str) -> Length:
    """A horizon as people write it: 28d, 4w, 3m or 1y; ValueError when it is none, or beyond three years.

    >>> length("4w").days(date(2026, 2, 1)), length("1m").days(date(2026, 2, 1))
    (28, 28)
    """
    found = re.fullmatch(r"\s*(\d{1,4})\s*([dwmy]?)[a-z]*\s*", text.lower())
    if not found or not int(found[1]):
        raise ValueError(f"“{text}” is no horizon; write days, weeks or months such as 28d, 4w or 3m")
    unit = found[2] or "d"
    made = Length(int(found[1]) * (12 if unit == "y" else 1), "m" if unit == "y" else unit)
    if made.days(date(2025, 1, 1)) > MOST_DAYS:
        raise ValueError(f"“{text}” is too far ahead; at most three years are forecast")
    return made


@dataclass(frozen=True)
class LastDay:
    """The last day with rows, and the share of its usual contacts that comes until the last row ends."""

    day: date
    share: float
    until: str

    @property
    def counts(self) -> bool:
        """Whether enough of the day is there for it to be history."""
        return self.share >= ENDED

    @property
    def whole(self) -> bool:
        """Whether (nearly) all of the day is there."""
        return self.share >= WHOLE

    @property
    def first_day(self) -> date:
        """The day the forecast begins with."""
        return self.day + timedelta(days=1) if self.counts else self.day


def last_day(found: Named, observed: Mapping[QueueKey, Observed], how: Conventions) -> LastDay:
    """The last day that has contacts, and how much of it."""
    day = max(each.days[-1] for each in observed.values())
    if how.interval_min == DAY_MIN:
        return LastDay(day.date(), 1.0, "24:00")
    local = found.rows.loc[found.rows["offered"].notna(), "local"] - pd.Timedelta(minutes=how.steps.phase_min)
    minute = (local[local < day + pd.Timedelta(days=1)].max() - day) // pd.Timedelta(minutes=1)
    end = int(minute) + how.steps.interval_min
    usual = np.sum([_usual(each, day) for each in observed.values()], axis=0)
    slots = np.arange(len(usual)) * how.interval_min
    share = float(usual[slots < end].sum() / usual.sum()) if usual.sum() > 0 else 1.0
    return LastDay(day.date(), share, f"{end // 60:02}:{end % 60:02}")


def _usual(observed: Observed, day: pd.Timestamp) -> np.ndarray:
    """Mean contacts by slot of the same weekday before that day, or of all days (slots,)."""
    before = observed.days < day
    same = before & (observed.weekday == day.weekday())
    rows = same if np.nansum(observed.contacts[same]) > 0 else before
    known = ~np.isnan(observed.contacts[rows])
    mean: np.ndarray = np.nan_to_num(observed.contacts[rows]).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return mean


def origins_before(first_day: date, *, count: int, begins: date, ahead: Length) -> tuple[date, ...]:
    """Up to `count` days to forecast from again, whole weeks apart, whose horizons end before `first_day`.

    A week apart or half a horizon, whichever is more, and closer where the history is short.
    """
    latest = first_day
    while latest + timedelta(days=ahead.days(latest)) > first_day:
        latest -= timedelta(days=1)
    room = (latest - begins).days - FEWEST_BEFORE
    if room < 0:
        return ()
    usual = max(WEEK, -(-ahead.days(latest) // 2 // WEEK) * WEEK)
    apart = max(min(usual, room // max(count - 1, 1) // WEEK * WEEK), WEEK)
    made = [latest - timedelta(days=apart * back) for back in reversed(range(count))]
    return tuple(day for day in made if (day - begins).days >= FEWEST_BEFORE)
