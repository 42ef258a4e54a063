"""Days on which nobody answered, past and to come, told by a history's days without contacts.

Holidays are judged by name: one that was closed when it last came will be closed again; one never seen
is closed when nearly all others were, unless most of the country works on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from scipy import ndimage

from forecasting.opening_hours import CERTAIN, LEAK, Observed

LONGEST = 4  # open days without rows in a row that are still closed days; more are a gap
RARE = 0.1  # of the days: more without contacts are no closed days but how contacts come
KNOWN = 0.5  # of a day's open hours must be known to call it a day without contacts
NEARLY_ALL = 0.8
AROUND = 29  # days whose median says what is usual on the middle one
MOST_WORK = {  # public holidays on which most private employers of the country are open
    "Columbus Day",
    "Veterans Day",
    "Martin Luther King Jr. Day",
    "Washington's Birthday",
    "Juneteenth National Independence Day",
}
EVERYWHERE = {"12-25": "Christmas Day", "01-01": "New Year's Day"}  # judged also where no country is known


def closed_days(
    observed: Observed, is_open: np.ndarray, *, holidays: Mapping[date, str], last: date
) -> frozenset[str]:
    """Single closed dates ("2026-12-25") of the past, and those to expect until `last`.

    `is_open` are the recognised hours (7 x slots); `holidays` name the public holidays of past and horizon.
    """
    works = np.asarray(is_open.any(axis=1))[observed.weekday]
    named = _everywhere(observed.days[0].date(), last) | dict(holidays)
    names = np.array([named.get(day.date(), "") for day in observed.days])
    shut = works & observed.lifetime & (_nothing_came(observed, is_open) | _no_rows(observed, is_open, names))
    past = {str(day.date()) for day in observed.days[shut]}
    ahead = _ahead(observed, shut, works=works, named=named, last=last)
    weekdays: np.ndarray = np.asarray(is_open.any(axis=1))
    return frozenset(past | {str(day) for day in ahead if weekdays[day.weekday()]})


def _everywhere(first: date, last: date) -> dict[date, str]:
    years = range(first.year, last.year + 1)
    return {date.fromisoformat(f"{year}-{day}"): name for year in years for day, name in EVERYWHERE.items()}


def _nothing_came(observed: Observed, is_open: np.ndarray) -> np.ndarray:
    """Days whose open hours are mostly known and brought (next to) nothing, where that is rare (days,)."""
    total = np.nansum(observed.contacts, axis=1)
    usual = _usual(total)
    open_then = is_open[observed.weekday]
    known = (~np.isnan(observed.contacts) & open_then).sum(axis=1) >= KNOWN * open_then.sum(axis=1)
    quiet = known & (total <= LEAK * usual) & (usual >= CERTAIN)
    judged = known & open_then.any(axis=1) & observed.lifetime
    rare = bool(judged.any()) and bool(quiet[judged].mean() <= RARE)
    return np.asarray(quiet & rare)


def _usual(total: np.ndarray) -> np.ndarray:
    """The median of days with contacts, or that of the days around where it is less: queues grow (days,)."""
    came = pd.Series(np.where(total > 0, total, np.nan))
    around = came.rolling(AROUND, center=True, min_periods=1).median()
    return np.asarray(np.fmin(around, came.median() if (total > 0).any() else 0.0))


def _no_rows(observed: Observed, is_open: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Days without rows that were closed and are no gaps (days,).

    Single days are, where other closed days have no rows either; and holidays (by `names`, empty on other
    days) that are always without rows.
    """
    open_weekday = np.asarray(is_open.any(axis=1))[observed.weekday]
    absent = ~observed.seen
    rest = ~open_weekday & observed.lifetime
    leaves_out = bool(rest.any()) and bool(absent[rest].mean() > 0.5)
    always = _always_absent(absent, names, open_weekday & observed.lifetime)
    return np.asarray(absent & (always | leaves_out) & _short(absent, open_weekday))


def _always_absent(absent: np.ndarray, names: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Holidays that are without rows each time, or as most holidays are (days,)."""
    frame = pd.DataFrame({"name": names, "absent": absent})[judged & (names != "")]
    if frame.empty:
        return np.zeros(len(names), bool)
    by_name = frame.groupby("name")["absent"].agg(["mean", "size"])
    most = frame["absent"].mean() >= 0.5
    sure = by_name.index[(by_name["mean"] == 1) & ((by_name["size"] >= 2) | most)]
    return np.isin(names, sure)


def _short(absent: np.ndarray, works: np.ndarray) -> np.ndarray:
    """Absent days in runs of few working days (days,)."""
    short = np.zeros(len(absent), bool)
    rows = np.flatnonzero(works)
    runs, _ = ndimage.label(absent[rows])
    short[rows] = np.bincount(runs)[runs] <= LONGEST
    return short


def _ahead(
    observed: Observed, shut: np.ndarray, *, works: np.ndarray, named: Mapping[date, str], last: date
) -> list[date]:
    """Holidays after the past that will be closed."""
    past = pd.DataFrame(
        [
            (named[day.date()], bool(closed))
            for day, closed, known in zip(observed.days, shut, works & observed.lifetime)
            if known and day.date() in named
        ],
        columns=["name", "closed"],
    )
    coming = {day: name for day, name in named.items() if observed.days[-1].date() < day <= last}
    if past.empty:
        return []
    by_name = past.groupby("name")["closed"].agg(["mean", "last"])
    again = set(by_name.index[by_name["last"] & (by_name["mean"] >= 0.5)])
    telling = past["closed"][~past["name"].isin(MOST_WORK)]
    follows = len(telling) > 0 and telling.mean() >= NEARLY_ALL
    known = set(by_name.index) | MOST_WORK if follows else set(coming.values())
    return [day for day, name in coming.items() if name in again or name not in known]
