"""What holidays, events and the month do to a day, apart from its level, weekday and season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.design import Design, design, harmonics_for, with_growth
from forecasting.glm import Sample, fit, log_means
from forecasting.monthly import monthly_pattern
from forecasting.past import Past

HALF_LIFE = 730.0  # days
REACH, FADE = 21, 7.0  # the level beside a day: open days on each side, and their half-life


@dataclass(frozen=True)
class CalendarEffect:
    """Log effects on past and horizon (n + h,).

    `total` is that of special days with the month, `month` that of the month alone; `given` is what a
    regression on special days starts from: the month, and what was expected of special days beforehand.
    """

    total: np.ndarray
    month: np.ndarray
    given: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """The long regression: its columns, its effects on top of what was expected, the rows fitted.

    The offset of the rows is what was `expected` of special days (n + h,) and the level around each day.
    """

    columns: Design
    effects: np.ndarray
    sample: Sample
    expected: np.ndarray

    @property
    def log_mean(self) -> np.ndarray:
        """Log mean of past and horizon without the level around (n + h,)."""
        return log_means(self.columns.values, self.effects) + self.expected

    @property
    def special(self) -> np.ndarray:
        """Log effect of special days on past and horizon (n + h,)."""
        return log_means(self.columns.values, self.effects * self.columns.calendar_effect) + self.expected


def calendar_effect(past: Past) -> CalendarEffect:
    """Effects of special days, relative to the days around them, and of the month."""
    columns = with_growth(design(past, harmonics=harmonics_for(past.known_age), month_parts=False), past)
    fitted = fitted_calendar(past, columns)
    if fitted is None:
        expected = expected_of(past)
        return CalendarEffect(expected, np.zeros(len(expected)), expected)
    left = _log_residuals(past, fitted.log_mean) - level_around(past, fitted.log_mean)
    teaches = past.ordinary & ~past.calendar.special.beside[: past.n]
    month = monthly_pattern(past, np.where(teaches, left, np.nan))
    return CalendarEffect(fitted.special + month, month, month + fitted.expected)


def fitted_calendar(past: Past, columns: Design) -> Fitted | None:
    """The long regression, None when nothing is known.

    It is fitted twice: the second time with the level of the neighbouring days given, so that a holiday
    is measured against its own weeks and not against the year.
    """
    rows = np.flatnonzero(past.known)
    if not len(rows):
        return None
    expected = expected_of(past)
    weights = 0.5 ** ((past.n - 1 - rows) / HALF_LIFE)
    sample = Sample(columns.values[rows], past.offered[rows], weights, expected[rows])
    first = fit(sample, columns.prior_sd)
    log_mean = log_means(columns.values, first) + expected
    around = level_around(past, log_mean)
    sample = Sample(sample.values, sample.counts, weights, expected[rows] + around[rows])
    return Fitted(columns, fit(sample, columns.prior_sd, start=first), sample, expected)


def expected_of(past: Past) -> np.ndarray:
    """What was expected of special days beforehand, in log volume (n + h,)."""
    special = past.calendar.special
    return log_means(special.values, special.expected)


def _log_residuals(past: Past, log_mean: np.ndarray) -> np.ndarray:
    mean = np.exp(log_mean[: past.n])
    result: np.ndarray = np.log((past.offered + 0.5) / (mean + 0.5))
    return result


def level_around(past: Past, log_mean: np.ndarray) -> np.ndarray:
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
