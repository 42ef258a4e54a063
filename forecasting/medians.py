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
    result = np.full(count, np.nan)
    for i in range(count):
        window = values[max(i + first, 0) : max(min(i + last, count), 0)]
        known = np.sort(window[~np.isnan(window)])
        size = len(known)
        if size >= max(fewest, 1):
            result[i] = (known[(size - 1) // 2] + known[size // 2]) / 2
    return result


def robust_sd(values: np.ndarray) -> float:
    """Standard deviation around zero as the median absolute value has it; 0 when nothing is known."""
    known = np.abs(values[~np.isnan(values)])
    return NORMAL * float(np.median(known)) if len(known) else 0.0
