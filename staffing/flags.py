"""Marks that shifts bear: night work, work on a Sunday, work on a weekend.

A shift bears the mark of a day when any of it lies on that day by the clock of the site, so that the
night from Saturday to Sunday is Sunday work.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.labour import Flag
from staffing.local_spans import nights, whole_days

SATURDAY, SUNDAY = 5, 6
A_MOMENT_H = 1e-9


def night_hours(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Elapsed hours of each shift (rows with start and end, UTC) inside the site's `night`."""
    return nights(_days(site, shifts), site.time_zone, night=site.labour.night).hours(
        shifts["start"], shifts["end"]
    )


def is_night(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Which shifts are night work: those with at least `night_work_h` hours inside `night`."""
    return night_hours(site, shifts) >= site.labour.night_work_h - A_MOMENT_H


def is_sunday(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Which shifts reach into a Sunday."""
    return _touches(site, shifts, (SUNDAY,))


def is_weekend(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Which shifts reach into a Saturday or Sunday."""
    return _touches(site, shifts, (SATURDAY, SUNDAY))


def _touches(site: Site, shifts: pd.DataFrame, weekdays: tuple[int, ...]) -> np.ndarray:
    days = _days(site, shifts)
    on = [day.date() for day in days[np.isin(days.day_of_week, weekdays)]]
    hours = (
        whole_days(on, site.time_zone).hours(shifts["start"], shifts["end"]) if on else np.zeros(len(shifts))
    )
    return hours > A_MOMENT_H


def _days(site: Site, shifts: pd.DataFrame) -> pd.DatetimeIndex:
    """The local days from the one before the first shift to the one after the last."""
    if shifts.empty:
        return pd.DatetimeIndex([], dtype="datetime64[us]")
    ends = (shifts["start"].min(), shifts["end"].max())
    first, last = (moment.tz_convert(site.time_zone).tz_localize(None).normalize() for moment in ends)
    return pd.date_range(first - pd.Timedelta(days=1), last + pd.Timedelta(days=1)).as_unit("us")


NIGHT = Flag("night", is_night, weekly=False)
SUNDAY_WORK = Flag("Sunday", is_sunday, weekly=True)
WEEKEND = Flag("weekend", is_weekend, weekly=True)
