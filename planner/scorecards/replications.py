"""Contacts drawn again: what each weighs in a replication, and the interval of a figure from many.

The Bayesian bootstrap (Rubin 1981): weights are exponential and add up to the number of contacts. No
weight is zero, so a replication loses no rater, no rare failure and no link between raters, and every
measure that is defined on the whole is defined in each replication.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

from planner.scorecards.proportions import CONFIDENCE

REPLICATIONS = 1000
Measure = Callable[[np.ndarray], np.ndarray]  # replication x contact weights -> one value a replication


def drawn_again(contacts: int, *, seed: int) -> np.ndarray:
    """Replication x contact weights; each replication's add up to the number of contacts."""
    weights = np.random.default_rng(seed).standard_exponential((REPLICATIONS, contacts))
    return weights * (contacts / weights.sum(axis=1, keepdims=True))


def ends(values: np.ndarray, *, n: int) -> tuple[np.ndarray, np.ndarray]:
    """95 % percentile interval of the figures that `values` (replication x figure) repeats.

    Widened for few contacts as Hesterberg (2015) widens the percentiles; NaN below two.
    """
    if n < 2 or not len(values):
        nothing = np.full(values.shape[1:], np.nan)
        return nothing, nothing
    tail = stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf(0.5 + CONFIDENCE / 2, n - 1))
    known = np.where(np.isnan(values).any(axis=0), 0.0, values)
    low, high = np.quantile(known, [tail, 1 - tail], axis=0)
    unknown = np.isnan(values).any(axis=0)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def with_interval(measure: Measure, drawn: np.ndarray) -> tuple[float, float, float]:
    """Value, lower and upper end of a measure, from the contacts drawn again."""
    contacts = drawn.shape[1]
    value = float(measure(np.ones((1, contacts)))[0])
    low, high = ends(measure(drawn)[:, None], n=contacts)
    return value, float(low[0]), float(high[0])
