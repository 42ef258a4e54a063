"""A level rate of work between what must be done and what has arrived: the taut string.

Of all cumulative curves between a lower and an upper one, the shortest has the smallest peak rate (the
taut string; Salehi, Zhang, Kurose & Towsley 1998 for video, production smoothing long before).
"""

from __future__ import annotations

import numpy as np


def taut_string(time: np.ndarray, *, due: np.ndarray, arrived: np.ndarray) -> np.ndarray:
    """The cumulative work at each `time` (rising, from 0): as even as due <= work <= arrived allows.

    All three have one entry for each check point; the curve starts at (0, 0) and ends half way between
    the last `due` and `arrived`.

    >>> taut_string(np.array([1.0, 2, 3]), due=np.array([0.0, 0, 6]), arrived=np.array([1.0, 4, 6]))
    array([1. , 3.5, 6. ])
    """
    low, high = due.copy(), np.maximum(arrived, due)
    low[-1] = high[-1] = (low[-1] + high[-1]) / 2
    result = np.empty(len(time))
    at, x, y = 0, 0.0, 0.0
    while at < len(time):
        to, value = _straight(time[at:] - x, low[at:] - y, high[at:] - y)
        result[at : at + to + 1] = y + value / (time[at + to] - x) * (time[at : at + to + 1] - x)
        at, x, y = at + to + 1, time[at + to], y + value
    return result


def _straight(ahead: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[int, float]:
    """How far a straight line from the origin runs between the curves, and its height there."""
    steepest_low = np.maximum.accumulate(low / ahead)
    flattest_high = np.minimum.accumulate(high / ahead)
    crossed = np.flatnonzero(steepest_low > flattest_high)
    if not len(crossed):
        return len(ahead) - 1, float(low[-1])
    first = crossed[0]
    if low[first] / ahead[first] > flattest_high[first]:
        to = int(np.flatnonzero(high[:first] / ahead[:first] <= flattest_high[first])[-1])
        return to, float(high[to])
    to = int(np.flatnonzero(low[:first] / ahead[:first] >= steepest_low[first])[-1])
    return to, float(low[to])
