"""Running medians, NaN stepped over."""

from __future__ import annotations

import numpy as np
from numba import njit

NORMAL = 1.4826  # a normal's standard deviation over its median absolute deviation


@njit(cache=True)
def running_median(values: np.ndarray, first: int, last: int, fewest: int) -> np.ndarray:
    """Median of values[i + first : i + last] for each i (as `values`), the ends cut off.

    NaN where fewer than `fewest` of them are known.
    """
    count = len(values)
    result, ranked = np.full(count, np.nan), np.empty(max(last, last - first, 0) + 1)
    size, begin, end = 0, 0, 0
    for i in range(count):
        while end < min(i + last, count):
            size = _put(ranked, size, values[end])
            end += 1
        while begin < min(i + first, end):
            size = _taken(ranked, size, values[begin])
            begin += 1
        if size >= max(fewest, 1):
            result[i] = (ranked[(size - 1) // 2] + ranked[size // 2]) / 2
    return result


@njit(cache=True)
def _put(ranked: np.ndarray, size: int, value: float) -> int:
    """The size after a value has found its place among the first `size` ranked ones; NaN has none."""
    if np.isnan(value):
        return size
    at = size
    while at > 0 and ranked[at - 1] > value:
        ranked[at] = ranked[at - 1]
        at -= 1
    ranked[at] = value
    return size + 1


@njit(cache=True)
def _taken(ranked: np.ndarray, size: int, value: float) -> int:
    """The size after a value has left the ranked ones."""
    if np.isnan(value):
        return size
    at = 0
    while ranked[at] != value:
        at += 1
    ranked[at : size - 1] = ranked[at + 1 : size].copy()
    return size - 1


def robust_sd(values: np.ndarray) -> float:
    """Standard deviation around zero as the median absolute value has it; 0 when nothing is known."""
    known = np.abs(values[~np.isnan(values)])
    return NORMAL * float(np.median(known)) if len(known) else 0.0
