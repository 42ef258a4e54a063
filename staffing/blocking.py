"""Erlang B turned round: the least agents when contacts that find nobody free are lost.

Blocking falls with every agent, and so does occupancy, so each target is found by bisection; equal and
unequal rows are halved together. Targets missed by less than the inputs are exact to are met.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from staffing.erlang import erlang_b
from staffing.flow import ROUNDING


def agents_for_blocking(load: np.ndarray, *, most: np.ndarray) -> np.ndarray:
    """The least agents that lose no more than the share `most` of the contacts; NaN where it is NaN.

    >>> agents_for_blocking(np.array([10.0, 10.0]), most=np.array([0.01, np.nan]))
    array([18., nan])
    """
    # with N agents at most N of the load is carried, so N <= load (1 - most) must block more
    low = np.maximum(np.floor(load * (1 - most)) - 1, -1)
    enough = np.ceil(load + 10 * np.sqrt(load) + 50)  # ten deviations: less than ROUNDING is lost
    high = np.where(load > 0, enough, 0)
    return _least(low, high, lambda n, i: erlang_b(load[i], agents=n) <= most[i] + ROUNDING)


def agents_for_occupancy(load: np.ndarray, *, most: np.ndarray) -> np.ndarray:
    """The least agents who are busy no more than the share `most` of their time; NaN where it is NaN."""
    low, high = np.where(load > 0, 0.0, -1.0), np.ceil(load / most)

    def meets(n: np.ndarray, i: np.ndarray) -> np.ndarray:
        return load[i] * (1 - erlang_b(load[i], agents=n)) <= n * most[i] * (1 + ROUNDING)

    return _least(np.where(np.isnan(most), np.nan, low), high, meets)


def _least(
    low: np.ndarray, high: np.ndarray, meets: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """The least whole number above `low`, which fails, up to `high`, which meets; NaN where low is NaN."""
    low, high = low.copy(), np.where(np.isnan(low), np.nan, high)
    while (still := np.flatnonzero(high - low > 1)).size:
        middle = np.floor((low[still] + high[still]) / 2)
        met = meets(middle, still)
        high[still[met]] = middle[met]
        low[still[~met]] = middle[~met]
    return high
