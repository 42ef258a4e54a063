"""Shifts that the rules cannot tell apart: classes by what may follow, groups by what may come before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from staffing.labour import Limits
from staffing.scheduling.problem import BEGIN, COUNTED, END, FLAGS

NIGHT_BIT = 1 << COUNTED.index("night")


class Day(NamedTuple):
    """The shifts of one kind that may start on one day, in order of start: rows of Shifts.starts, units."""

    rows: np.ndarray
    units: np.ndarray


class Groups(NamedTuple):
    """The groups of a day (rows of Shifts.groups), the group of each shift, and the number of classes."""

    groups: np.ndarray
    group: np.ndarray
    classes: int


def day_groups(days: Sequence[Day], *, limits: Limits, an_hour: float) -> list[Groups]:
    """The groups of each day of a kind; `an_hour` is the number of intervals in one.

    On the first day the two classes of `Staff.entry` count as rested enough for the day; the first of them
    makes a weekly rest with one day off, the second does not.
    """
    classes = [_classes(days, d, limits, an_hour) for d in range(len(days))]
    return [_groups(days, d, classes, limits, an_hour) for d in range(len(days))]


def _classes(days: Sequence[Day], d: int, limits: Limits, an_hour: float) -> np.ndarray:
    """The class of each shift of day d: how many starts of the next days it leaves no rest for."""
    ends = days[d].rows[:, END]
    blocked = []
    for later, rest_h in ((d + 1, limits.rest_h), (d + 2, limits.long_rest_h)):
        begins = days[later].rows[:, BEGIN] if later < len(days) else np.zeros(0, np.int64)
        blocked.append(np.searchsorted(begins, ends + rest_h * an_hour - 1e-9, side="left"))
    _, found = np.unique(np.stack(blocked, axis=1), axis=0, return_inverse=True)
    return np.asarray(found.reshape(-1), np.int64)


def _groups(
    days: Sequence[Day], d: int, classes: Sequence[np.ndarray], limits: Limits, an_hour: float
) -> Groups:
    rows, units = days[d]
    rested = _enough(days, d, classes, back=1, rest=limits.rest_h * an_hour)
    long = _enough(days, d, classes, back=2, rest=limits.long_rest_h * an_hour)
    line = (rows[:, FLAGS] & NIGHT_BIT > 0).astype(np.int64)
    columns = np.stack([classes[d], rested, long, units, line], axis=1)
    order = np.stack([rested, long, classes[d], units, line], axis=1)
    _, first, group = np.unique(order, axis=0, return_index=True, return_inverse=True)
    return Groups(
        columns[first], np.asarray(group.reshape(-1), np.int64), int(classes[d].max(initial=-1)) + 1
    )


def _enough(
    days: Sequence[Day], d: int, classes: Sequence[np.ndarray], *, back: int, rest: float
) -> np.ndarray:
    """How many classes of an earlier day leave each shift of day d so much rest (intervals)."""
    begins = days[d].rows[:, BEGIN]
    if d < back:
        return np.full(len(begins), 2 if back == 1 else 1, np.int64)
    before = days[d - back].rows
    latest = np.full(int(classes[d - back].max(initial=-1)) + 1, -1)
    np.maximum.at(latest, classes[d - back], before[:, END])
    return np.asarray(np.searchsorted(latest, begins - rest + 1e-9, side="right"), np.int64)
