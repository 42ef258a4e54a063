"""How sure a simulated share or mean is, from replications that share no luck."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """A value with the ends of its confidence interval (shape of one replication's values)."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def ratio(numerator: np.ndarray, denominator: np.ndarray, *, confidence: float = CONFIDENCE) -> Estimate:
    """Quotient of sums over replications (first axis) with its confidence interval.

    Delta method for a ratio of means, Student's t on one degree of freedom less than replications
    (Law 2015, Simulation Modeling and Analysis, section 9.4). NaN where nothing was counted, an
    interval from minus to plus infinity from a single replication.
    """
    count, below = len(numerator), denominator.sum(axis=0)
    below = np.where(below > 0, below, np.nan)
    value = numerator.sum(axis=0) / below
    scatter = np.square(numerator - value * denominator).sum(axis=0)
    error = np.sqrt(scatter * count / max(count - 1, 1)) / below
    width = _student(count, confidence) * error if count > 1 else np.where(np.isnan(value), np.nan, np.inf)
    return Estimate(value, value - width, value + width)


def _student(count: int, confidence: float) -> float:
    return float(special.stdtrit(count - 1, (1 + confidence) / 2))
