"""How much two ratings that differ still agree: the weights of AC2 (Gwet 2014, section 3.5)."""

from __future__ import annotations

import numpy as np


def identity(categories: int) -> np.ndarray:
    """Only the same category agrees: AC2 with these weights is AC1."""
    return np.eye(categories)


def linear(values: np.ndarray) -> np.ndarray:
    """1 - |a - b| / range of the categories' values.

    >>> linear(np.array([1, 2, 3]))[0].tolist()
    [1.0, 0.5, 0.0]
    """
    return 1 - _apart(values) / np.ptp(values)


def quadratic(values: np.ndarray) -> np.ndarray:
    """1 - (a - b)^2 / range^2 of the categories' values.

    >>> quadratic(np.array([1, 2, 3]))[0].tolist()
    [1.0, 0.75, 0.0]
    """
    return 1 - (_apart(values) / np.ptp(values)) ** 2


def ordinal(categories: int) -> np.ndarray:
    """1 - pairs of categories from a to b / pairs of all: only their order counts.

    >>> ordinal(4)[0].round(3).tolist()
    [1.0, 0.833, 0.5, 0.0]
    """
    apart = _apart(np.arange(categories))
    return 1 - apart * (apart + 1) / (categories * (categories - 1))


def _apart(values: np.ndarray) -> np.ndarray:
    return np.abs(np.subtract.outer(values, values)).astype(float)
