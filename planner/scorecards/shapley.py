"""A difference split among its causes: each cause's mean effect over all orders in which they may act.

Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II; for differences of
model results: Shorrocks (2013), Journal of Economic Inequality 11, eq. 7. The parts add up to the
difference exactly, a cause that changes nothing gets 0, and equal causes get equal parts.
"""

from __future__ import annotations

from functools import cache
from math import factorial

import numpy as np


def coalitions(causes: int) -> np.ndarray:
    """Which causes act, by the number of the coalition: 2^causes x causes, cause k is bit k.

    >>> coalitions(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    number = np.arange(2**causes)
    return (number[:, None] >> np.arange(causes)) & 1 == 1


def shapley(values: np.ndarray) -> np.ndarray:
    """The part of each cause (..., causes) in the last value less the first.

    `values` (..., 2^causes) is the result with each coalition of causes at its actual value and the
    others as planned, in the order of `coalitions`; the first is the plan, the last all at actual.

    >>> shapley(np.array([0.80, 0.74, 0.78, 0.70])).round(3).tolist()
    [-0.07, -0.03]
    """
    causes = int(values.shape[-1]).bit_length() - 1
    if values.shape[-1] != 2**causes:
        raise ValueError("values has one entry for each coalition: 2, 4, 8, ...")
    parts: np.ndarray = values @ _weights(causes)
    return parts


@cache
def _weights(causes: int) -> np.ndarray:
    """What each coalition's value counts for each cause: + with it, - without it."""
    acts = coalitions(causes)
    size = acts.sum(axis=1)[:, None]
    joined = np.where(acts, size - 1, size)  # how many acted before the cause did
    orders = np.array([factorial(n) * factorial(max(causes - n - 1, 0)) for n in range(causes + 1)])
    weight = orders[np.minimum(joined, causes - 1)] / factorial(causes)
    return np.where(acts, weight, -weight)
