"""The interval of a history nobody described: told by the steps between its times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAY_MIN = 1440
USUAL = (60, 120, 180, 240, 360, 480, 720, DAY_MIN)  # minutes, beyond half an hour
FINE = (5, 6, 10, 12, 15, 20, 30)
ON_GRID = 0.99  # of the times lie on the interval's grid
STEPS = 0.01  # of the steps are this short, or the interval is longer
COARSEST_STEP = 2 * DAY_MIN  # a usual step from here on: weeks or months
LEAST_REGROUPED, BUSY_QUARTER = 15, 10.0  # minutes; contacts in a quarter of an hour worth planning by


@dataclass(frozen=True)
class Steps:
    """Minutes from one interval to the next, and how far the first of a day lies after midnight."""

    interval_min: int
    phase_min: int = 0


def steps_of(minutes: np.ndarray) -> Steps | None:
    """The interval of distinct times in minutes since a midnight, ascending; None when longer than a day.

    >>> steps_of(np.array([0, 30, 60, 120, 150]))
    Steps(interval_min=30, phase_min=0)
    """
    apart = np.diff(minutes)
    if len(apart) and float(np.median(apart)) >= COARSEST_STEP and not (apart <= DAY_MIN).mean() > STEPS:
        return None
    longest = next((size for size in (*USUAL[::-1], *FINE[::-1]) if _fits(minutes, size)), 1)
    return Steps(longest, _phase(minutes, longest))


def _fits(minutes: np.ndarray, size: int) -> bool:
    """Whether nearly all times lie whole intervals apart."""
    return bool((minutes % size == _phase(minutes, size)).mean() >= ON_GRID)


def _phase(minutes: np.ndarray, size: int) -> int:
    values, times = np.unique(minutes % size, return_counts=True)
    return int(values[times.argmax()])


def planning_interval(steps: Steps, contacts: np.ndarray) -> int:
    """Minutes to plan by when nobody asked for any: what the file has, but no less than a quarter of an hour.

    `contacts` are those of the file's intervals. Quarters in which hardly anybody calls become half-hours.
    """
    if steps.interval_min >= LEAST_REGROUPED:
        return steps.interval_min
    per_quarter = float(np.nanmean(contacts)) * LEAST_REGROUPED / steps.interval_min if len(contacts) else 0.0
    return LEAST_REGROUPED if per_quarter >= BUSY_QUARTER else 2 * LEAST_REGROUPED
