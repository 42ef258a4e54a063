"""Hours inside a day in which nothing was counted though it must have come."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from forecasting.medians import running_median

AROUND, FEWEST = 4, 3  # same weekdays on each side that say what a slot usually has
CERTAIN = 30.0  # contacts usual in the hours of silence: from here it is no chance
BUSY = 5.0  # contacts an interval must usually have to be looked at
ALIVE = 0.5  # of what is usual came in the rest of the day
SAME_DAY = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]])


def outages(contacts: np.ndarray, weekday: np.ndarray) -> np.ndarray:
    """Intervals of an outage (days x slots): silent, with contacts before and after them on the same day.

    `contacts` (days x slots) are NaN where unknown, 0 where closed. Silence up to closing time, or from
    opening on, is left alone: that may be a shorter day.
    """
    silent = _inside(contacts)
    found = np.zeros(contacts.shape, bool)
    if not (silent & (np.nanmax(contacts, axis=0, initial=0) >= BUSY)).any():
        return found
    for d in np.unique(weekday):
        rows = np.flatnonzero(weekday == d)
        found[rows] = _of_weekday(contacts[rows], silent[rows])
    return found


def _inside(contacts: np.ndarray) -> np.ndarray:
    """Zeros with contacts both earlier and later on the day."""
    came = np.nan_to_num(contacts) > 0
    before = np.logical_or.accumulate(came, axis=1)
    after = np.logical_or.accumulate(came[:, ::-1], axis=1)[:, ::-1]
    return np.asarray((contacts == 0) & before & after)


def _of_weekday(contacts: np.ndarray, silent: np.ndarray) -> np.ndarray:
    days = np.flatnonzero(silent.any(axis=1))
    found = np.zeros(contacts.shape, bool)
    slots = np.flatnonzero(silent.any(axis=0))
    usual = np.column_stack([running_median(column, -AROUND, AROUND + 1, FEWEST) for column in contacts.T])
    usual = np.nan_to_num(usual)
    runs, count = ndimage.label(silent & (usual >= BUSY), SAME_DAY)
    if not len(slots) or not count:
        return found
    missing = ndimage.sum_labels(usual, runs, np.arange(1, count + 1))
    found = np.isin(runs, np.flatnonzero(missing >= CERTAIN) + 1)
    rest = np.where(found, 0, usual)[days].sum(axis=1)
    alive = np.nansum(contacts[days], axis=1) >= ALIVE * rest
    found[days] &= alive[:, None]
    return found
