"""Exponential smoothing of level and weekdays, calendar effects taken out first."""

from __future__ import annotations

import numpy as np
from numba import njit

from forecasting.calendar_effect import CalendarEffect
from forecasting.past import Past

MEANING = "level and weekdays drift on from where they stand"
ROLE = "expert"
LEVEL_GAIN = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.5])
WEEKDAY_GAIN = np.array([0.02, 0.08, 0.2])
LONGEST, WARM_UP = 500, 28  # open days looked back on; the first of them set the start
CAP = 4  # typical day-to-day moves: an error beyond teaches no more


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,); NaN where many days are empty.

    18 smoothers of the log total (weekday-seasonal, Winters 1960, additive on logs) are averaged by
    their one-step errors.
    """
    rows = np.flatnonzero(past.is_open[: past.n])[-LONGEST:]
    adjusted = np.log(past.offered[rows] + 0.5) - effect.total[rows]
    emptied = (past.calendar.special.holiday[rows] > 0) & (effect.total[rows] < -0.7)
    seen = np.where(emptied, np.nan, adjusted)
    if np.isnan(seen).all() or past.often_empty:
        return np.full(past.horizon, np.nan)
    weekday = past.calendar.weekday
    gains = np.stack([grid.ravel() for grid in np.meshgrid(LEVEL_GAIN, WEEKDAY_GAIN)], axis=1)
    start = _start(seen, weekday[rows])
    states, errors = _smoothers(seen, weekday[rows], gains, start, CAP * _typical_move(seen))
    ahead = states[weekday[past.n :]] @ _weights(errors, seen=len(rows) - WARM_UP)
    return np.where(past.is_open[past.n :], np.exp(ahead + effect.total[past.n :]), 0)


def _start(seen: np.ndarray, weekday: np.ndarray) -> np.ndarray:
    """Where each weekday stands in the first known days (7,); their mean where it was not seen."""
    first = np.flatnonzero(~np.isnan(seen))[:WARM_UP]
    start = np.full(7, seen[first].mean())
    for d in np.unique(weekday[first]):
        start[d] = np.median(seen[first][weekday[first] == d])
    return start


def _typical_move(seen: np.ndarray) -> float:
    known = seen[~np.isnan(seen)]
    return 1.4826 * float(np.median(np.abs(np.diff(known)))) + 1e-3 if len(known) > 1 else 1e-3


def _weights(errors: np.ndarray, *, seen: int) -> np.ndarray:
    """Likelihood weights of the smoothers from their summed absolute errors."""
    if seen <= 0 or errors.min() <= 0:
        return np.full(len(errors), 1 / len(errors))
    weights = (errors / errors.min()) ** (-0.5 * seen)
    result: np.ndarray = weights / weights.sum()
    return result


@njit(cache=True)
def _smoothers(
    seen: np.ndarray, weekday: np.ndarray, gains: np.ndarray, start: np.ndarray, cap: float
) -> tuple[np.ndarray, np.ndarray]:
    """Last state of each weekday (7 x smoothers) and summed absolute one-step errors (smoothers,).

    An error moves all weekdays by the level gain, and its own by the weekday gain of what is left.
    """
    count = len(gains)
    states, errors = np.zeros((7, count)), np.zeros(count)
    for k in range(count):
        state = start.copy()
        for i in range(len(seen)):
            if not np.isnan(seen[i]):
                error = min(max(seen[i] - state[weekday[i]], -cap), cap)
                if i >= WARM_UP:
                    errors[k] += abs(error)
                state += gains[k, 0] * error
                state[weekday[i]] += gains[k, 1] * (1 - gains[k, 0]) * error
        states[:, k] = state
    return states, errors
