"""The regression that several models share: calendar and season, and the level since."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.design import Design
from forecasting.glm import Sample, log_means, robust_fit
from forecasting.level import level_ahead
from forecasting.past import Past

Fit = Callable[[Sample, np.ndarray], np.ndarray]
SUMS_HALF_LIFE, SUMS_PRIOR = 28.0, 10.0  # days; days' worth of "as expected"
OLDEST = 8  # half-lives; days before weigh less than 0.4 %


def regression_ahead(
    past: Past, effect: CalendarEffect, *, columns: Design, half_life: float, fit: Fit = robust_fit
) -> np.ndarray:
    """Expected day totals of the horizon (h,): 0 on closed days, NaN when nothing is known.

    A regression (`fit`: of the mean or of typical days) on `columns` and what is given, days
    weighing 0.5 ** (age / half_life days); then the level of what it leaves.
    """
    rows = np.flatnonzero(past.known)
    rows = rows[past.n - 1 - rows < OLDEST * half_life]
    if not len(rows):
        return np.full(past.horizon, np.nan)
    weights = 0.5 ** ((past.n - 1 - rows) / half_life)
    sample = Sample(columns.values[rows], past.offered[rows], weights, effect.given[rows])
    log_mean = log_means(columns.values, fit(sample, columns.prior_sd)) + effect.given
    log_mean = np.clip(log_mean, -10, 25)
    ahead = np.exp(log_mean[past.n :] + _level(past, log_mean))
    return np.where(past.is_open[past.n :], ahead, 0)


def _level(past: Past, log_mean: np.ndarray) -> np.ndarray:
    """The level since, on each day of the horizon (h,); it moves on open days."""
    rows = np.flatnonzero(past.is_open[: past.n])
    if past.often_empty:
        return np.full(past.horizon, _level_of_sums(past, log_mean))
    # The half contact keeps log totals near the log of their mean down to two contacts a day.
    left = np.log(past.offered[rows] + 0.5) - log_mean[rows]
    residuals = np.where(past.ordinary[rows], left, np.nan)
    return level_ahead(residuals, steps=np.maximum(np.cumsum(past.is_open[past.n :]), 1))


def _level_of_sums(past: Past, log_mean: np.ndarray) -> float:
    """Log of what came over what was expected, recent days weighing more, shrunk to 0."""
    rows = np.flatnonzero(past.ordinary)
    weights = 0.5 ** ((past.n - 1 - rows) / SUMS_HALF_LIFE)
    came, expected = (weights * past.offered[rows]).sum(), (weights * np.exp(log_mean[rows])).sum()
    prior = SUMS_PRIOR * float(np.exp(log_mean[rows]).mean()) if len(rows) else 1.0
    return float(np.log((came + prior) / (expected + prior)))
