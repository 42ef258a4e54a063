"""What the weeks before the horizon leave over: hours, days and flagged shifts already used.

A calendar week counts from Monday; week 0 is the one in which the horizon begins, -1 the one before it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.labour import Flag, People

WEEK = pd.Timedelta(weeks=1)


def used_h(people: People) -> np.ndarray:
    """Paid hours worked before the horizon in each of its calendar weeks: agent x week."""
    return _of_horizon(people, _by_week(people, people.past["paid_h"].to_numpy(float), weeks=1))


def used_days(people: People) -> np.ndarray:
    """Days worked before the horizon in each of its calendar weeks: agent x week."""
    return _of_horizon(people, _by_week(people, np.ones(len(people.past)), weeks=1)).astype(np.int64)


def weekly_h(people: People, *, weeks: int) -> np.ndarray:
    """Paid hours of each of the last `weeks` calendar weeks, the last column that of week 0; NaN = not known.

    Weeks before the first shift of any of the people are not known.
    """
    hours = _by_week(people, people.past["paid_h"].to_numpy(float), weeks=weeks)
    first = _week_number(people, people.past["week"]).min() if len(people.past) else 0
    known = np.arange(-weeks + 1, 1) >= first
    return np.where(known, hours, np.nan)


def flagged(people: People, flag: Flag, *, weeks: int) -> np.ndarray:
    """Shifts with a flag in each of the last `weeks` calendar weeks, the last column that of week 0.

    A weekly flag counts once a week. Weeks that are not known count nothing.
    """
    past = people.past
    bears = flag.marks(people.site, past) if len(past) else np.zeros(0, bool)
    found = _by_week(people, bears.astype(float), weeks=weeks).astype(np.int64)
    return np.minimum(found, 1) if flag.weekly else found


def _by_week(people: People, amounts: np.ndarray, *, weeks: int) -> np.ndarray:
    """Amounts of the past shifts summed by agent and calendar week; the last column is week 0."""
    found = np.zeros((len(people.agents), weeks))
    place = _week_number(people, people.past["week"]) + weeks - 1
    row = people.past["agent_id"].map(people.row_of).to_numpy(np.int64)
    inside = place >= 0
    np.add.at(found, (row[inside], place[inside]), amounts[inside])
    return found


def _week_number(people: People, mondays: pd.Series) -> np.ndarray:
    return np.asarray((mondays - people.first_monday) // WEEK, np.int64)


def _of_horizon(people: People, week_0: np.ndarray) -> np.ndarray:
    """The same for every week of the horizon; only week 0 can have begun before it."""
    found = np.zeros((len(people.agents), int(people.week_of_day.max()) + 1))
    found[:, 0] = week_0[:, -1]
    return found
