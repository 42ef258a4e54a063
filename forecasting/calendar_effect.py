"""What holidays, events and the month do to a day, apart from its level, weekday and season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.design import design, harmonics_for
from forecasting.glm import Sample, fit, log_means
from forecasting.monthly import monthly_pattern
from forecasting.past import Past

HALF_LIFE = 730.0  # days
REACH, FADE = 21, 7.0  # the level beside a day: open days on each side, and their half-life


@dataclass(frozen=True)
class CalendarEffect:
    """Log effects on past and horizon (n + h,): of special days with the month, and of the month alone."""

    total: np.ndarray
    month: np.ndarray


def calendar_effect(past: Past) -> CalendarEffect:
    """Effects of special days, relative to the days around them.

    A long regression is fitted twice: the second time with the level of the neighbouring days given,
    so that a holiday is measured against its own weeks and not against the year.
    """
    rows = np.flatnonzero(past.known)
    nothing = np.zeros(len(past.calendar.days))
    if not len(rows):
        return CalendarEffect(nothing, nothing)
    columns = design(past, harmonics=harmonics_for(past.known_age), month_parts=False)
    weights = 0.5 ** ((past.n - 1 - rows) / HALF_LIFE)
    sample = Sample(columns.values[rows], past.offered[rows], weights, np.zeros(len(rows)))
    around = _level_around(past, log_means(columns.values, fit(sample, columns.prior_sd)))
    sample = Sample(sample.values, sample.counts, weights, around[rows])
    effects = fit(sample, columns.prior_sd)
    special = log_means(columns.values, effects * columns.calendar_effect)
    log_mean = log_means(columns.values, effects)
    left = _log_residuals(past, log_mean) - _level_around(past, log_mean)
    teaches = past.ordinary & ~past.calendar.special.beside[: past.n]
    month = monthly_pattern(past, np.where(teaches, left, np.nan))
    return CalendarEffect(special + month, month)


def _log_residuals(past: Past, log_mean: np.ndarray) -> np.ndarray:
    mean = np.exp(log_mean[: past.n])
    result: np.ndarray = np.log((past.offered + 0.5) / (mean + 0.5))
    return result


def _level_around(past: Past, log_mean: np.ndarray) -> np.ndarray:
    """Mean log residual of the ordinary days around each open day of the past (n,); 0 elsewhere."""
    rows = np.flatnonzero(past.is_open[: past.n])
    teaches = past.ordinary[rows]
    residuals = np.where(teaches, _log_residuals(past, log_mean)[rows], 0)
    kernel = 0.5 ** (np.abs(np.arange(-REACH, REACH + 1)) / FADE)
    result = np.zeros(past.n)
    if len(rows):
        total = np.convolve(residuals, kernel)[REACH : REACH + len(rows)]
        weight = np.convolve(teaches.astype(float), kernel)[REACH : REACH + len(rows)]
        result[rows] = total / np.maximum(weight, 0.5)
    return result
