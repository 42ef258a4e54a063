"""What past forecasts missed by: the level of whole weeks, and the days within their week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecasting.backtest import Backtest
from forecasting.past import Calendar

WEEK = 7
FADE = 120.0  # days in which an origin's weight halves
WORST_WEEK = 1.5  # log error of a week that still counts
FEWEST_DAYS_OF_WEEK = 3
WEEKDAY_PRIOR, SPECIAL_PRIOR, SPREAD_PRIOR = 15, 6, 4  # days' worth of the spread shrunk to
UNKNOWN_SPREAD = 0.2  # log spread of a day before anything is known
SPECIAL_WIDER = 1.6
MOST_SKEWED = 0.05  # variance of log errors up to which the mean is set above the middle
TENTHS = 2.563  # normal standard deviations between the 10 % and the 90 % quantile


@dataclass(frozen=True)
class Residuals:
    """Log errors of past forecasts, by origin.

    `weekly` (origins x weeks ahead) is the error of the week's sum; `daily` (origins x days ahead) what
    a day errs beyond its week, NaN where unknown; `special` (as `daily`) marks holidays and their
    neighbours. `age` (origins,) is days from origin to now, `open_per_week` how many days a week has.
    """

    weekly: np.ndarray
    daily: np.ndarray
    special: np.ndarray
    weekday: np.ndarray
    age: np.ndarray
    open_per_week: int

    @cached_property
    def origin_weight(self) -> np.ndarray:
        """Weight of each origin (origins,): recent ones count more."""
        result: np.ndarray = 0.5 ** (self.age / FADE)
        return result

    @cached_property
    def spread(self) -> float:
        """Log spread (standard deviation) of an ordinary day within its week."""
        known = ~np.isnan(self.daily) & ~self.special
        weights = np.broadcast_to(self.origin_weight[:, None], self.daily.shape)[known]
        return _shrunk(self._widened[known], weights, toward=UNKNOWN_SPREAD, prior=SPREAD_PRIOR)

    @cached_property
    def weekday_spread(self) -> np.ndarray:
        """The same by weekday (7,), shrunk to that of all."""
        ordinary = ~np.isnan(self.daily) & ~self.special
        weights = np.broadcast_to(self.origin_weight[:, None], self.daily.shape)
        days = [ordinary & (self.weekday == d) for d in range(7)]
        return np.array(
            [_shrunk(self._widened[d], weights[d], toward=self.spread, prior=WEEKDAY_PRIOR) for d in days]
        )

    @cached_property
    def special_spread(self) -> float:
        """The same for special days, shrunk to somewhat wider than an ordinary day."""
        here = ~np.isnan(self.daily) & self.special
        wider = SPECIAL_WIDER * self.spread
        return _shrunk(self._widened[here], np.ones(here.sum()), toward=wider, prior=SPECIAL_PRIOR)

    @cached_property
    def standard(self) -> np.ndarray:
        """Daily errors in units of their weekday's spread (origins x days ahead), within -3.5..3.5."""
        scaled = self._widened / np.maximum(self.weekday_spread[self.weekday], 1e-3)
        return np.clip(np.where(self.special, np.nan, scaled), -3.5, 3.5)

    def mean_over_middle(self, horizon: int) -> np.ndarray:
        """What the middle of each day ahead is multiplied by to be its mean (days ahead,), 1 or more.

        The models and their geometric mean aim at the middle of what may come, and few very busy days lie
        above it: with log errors of variance v the mean is exp(v / 2) of the middle. Errors that are large
        are skewed the other way as often (decision 068), so v counts up to a limit.
        """
        variance = np.full(-(-horizon // WEEK), self.spread**2)
        for week in range(len(variance)):
            seen = self.weekly[:, min(week, self.weekly.shape[1] - 1)]
            known = ~np.isnan(seen)
            if known.any():
                variance[week] += np.average(seen[known] ** 2, weights=self.origin_weight[known])
        return np.repeat(np.exp(np.minimum(variance, MOST_SKEWED) / 2), WEEK)[:horizon]

    @property
    def _widened(self) -> np.ndarray:
        """A day's distance from a week's mean it is part of is smaller than from the true level."""
        days = max(self.open_per_week, 2)
        return self.daily * np.sqrt(days / (days - 1))


def residuals(test: Backtest, calendar: Calendar, *, cutoff: int) -> Residuals:
    """Log errors of a backtest, weighted as now; `cutoff` is the row of today on the calendar."""
    horizon = test.teaching.shape[1]
    rows = np.minimum(test.origins[:, None] + np.arange(horizon), len(calendar.days) - 1)
    special = (calendar.special.holiday[rows] > 0) | calendar.special.beside[rows]
    scored = ~np.isnan(test.teaching) & (test.as_now > 0.05 * _typical(test.as_now))
    logs = np.where(scored, np.log((test.teaching + 0.5) / (test.as_now + 0.5)), np.nan)
    weekly = _weekly(test, scored & ~special)
    within = logs - np.repeat(weekly, WEEK, axis=1)[:, :horizon]
    recent = calendar.is_open[max(cutoff - 4 * WEEK, 0) : cutoff]
    return Residuals(
        weekly, within, special, calendar.weekday[rows], cutoff - test.origins, int(np.ceil(recent.sum() / 4))
    )


def _typical(forecasts: np.ndarray) -> float:
    busy = forecasts[~np.isnan(forecasts) & (forecasts > 0)]
    return float(np.median(busy)) if len(busy) else 0.0


def _weekly(test: Backtest, ordinary: np.ndarray) -> np.ndarray:
    """Log ratio of what came to what was forecast over the ordinary days of each week ahead."""
    actual = _week_sums(np.where(ordinary, test.teaching, 0))
    expected = _week_sums(np.where(ordinary, test.as_now, 0))
    days = _week_sums(ordinary.astype(float))
    ratio = np.clip(np.log((actual + 0.5) / (expected + 0.5)), -WORST_WEEK, WORST_WEEK)
    return np.where(days >= FEWEST_DAYS_OF_WEEK, ratio, np.nan)


def _week_sums(values: np.ndarray) -> np.ndarray:
    weeks = -(-values.shape[1] // WEEK)
    padded = np.pad(values, ((0, 0), (0, weeks * WEEK - values.shape[1])))
    return np.asarray(padded.reshape(len(values), weeks, WEEK).sum(axis=2))


def _shrunk(errors: np.ndarray, weights: np.ndarray, *, toward: float, prior: float) -> float:
    """Spread between the weighted 10 % and 90 % quantiles, shrunk to a prior worth `prior` days."""
    own = 0.0
    if len(errors) > 5:
        low, high = (weighted_quantile(errors, weights, share=share) for share in (0.1, 0.9))
        own = (high - low) / TENTHS
    count = len(errors) if len(errors) > 5 else 0
    return float(np.sqrt((count * own**2 + prior * toward**2) / (count + prior)))


def weighted_quantile(values: np.ndarray, weights: np.ndarray, *, share: float) -> float:
    """The smallest value at which the weights of the values up to it reach `share` of all."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    at = np.searchsorted(reached, share * reached[-1])
    return float(values[order][min(int(at), len(values) - 1)])
