"""Weekdays on which nobody answers, now or in a part of the past: hours change."""

from __future__ import annotations

import numpy as np

QUIET = 0.02  # of the usual day: below this nobody was there to be called
WEEKS, NEARLY_ALL, FEWEST = 8, 0.85, 3  # last same weekdays looked at, and the share that must be quiet
STOPPED, NOT_YET = 3, 4  # quiet same weekdays in a row, after busy ones and before them
MANY = 20.0  # contacts to be expected on usual days that do not fail to come by chance
BUSY = 5.0  # contacts a weekday must have brought before it can be said to have stopped, or begun
ELSEWHERE, LATELY = 0.4, 21  # of the last days were busy: the queue itself is alive


def shut_weekdays(offered: np.ndarray, weekday: np.ndarray, *, usual: float) -> np.ndarray:
    """Days that fall on a shut weekday (as `weekday`, past and horizon).

    `offered` are the past day totals (n,), NaN where unknown; `usual` is a busy day's. A weekday quiet in
    nearly all of its last eight weeks is shut throughout; one that stopped is shut since, and one that
    began later was shut before.
    """
    quiet = np.where(np.isnan(offered), False, offered < QUIET * usual)
    shut = np.zeros(len(weekday), bool)
    alive = (offered[-LATELY:] >= QUIET * usual).mean() >= ELSEWHERE if len(offered) else False
    for d in range(7):
        rows = np.flatnonzero((weekday[: len(offered)] == d) & ~np.isnan(offered))
        last = rows[-WEEKS:]
        if len(last) >= FEWEST and quiet[last].mean() >= NEARLY_ALL and len(last) * usual >= MANY:
            shut |= weekday == d
        elif alive and len(rows):
            begin, end = _open_between(quiet[rows], offered[rows])
            days = np.arange(len(weekday))
            before = days < (rows[begin] if begin else 0)
            after = days > (rows[end - 1] if end < len(rows) else len(weekday))
            shut |= (weekday == d) & (before | after)
    return shut


def _open_between(quiet: np.ndarray, offered: np.ndarray) -> tuple[int, int]:
    """First same weekday on which the queue answered, and the one after the last."""
    busy = np.flatnonzero(~quiet)
    if not len(busy):  # too few of them, or too few contacts at all, to say that it is shut
        return 0, len(quiet)
    first, last = int(busy[0]), int(busy[-1]) + 1
    if float(offered[first:last].mean()) < BUSY:
        return 0, len(quiet)
    return (first if first >= NOT_YET else 0), (last if len(quiet) - last >= STOPPED else len(quiet))
