"""A day from the same weekday a year ago, scaled by how the last weeks stand to theirs."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.past import Past

YEAR = 364  # days: the same weekday
COMPARED, HALF_LIFE = 56, 21.0  # days set against last year's, and the half-life of their weight
FEWEST = 10
MOST_GROWTH = 1.5  # log ratio of one day that still counts
RECENT = 8  # same weekdays averaged where last year is silent


def last_year_ahead(past: Past, effect: CalendarEffect, *, weeks: int) -> np.ndarray:
    """Expected day totals of the horizon (h,); NaN without a year and eight weeks of history.

    NaN, too, where many days are empty, for means of logs are none there.

    Last year's day is the mean of the same weekday `weeks` before to `weeks` after, calendar effects
    taken out there and put back here.
    """
    nothing = np.full(past.horizon, np.nan)
    if past.n < YEAR + COMPARED or past.often_empty:
        return nothing
    adjusted = _adjusted(past, effect)
    recent = np.arange(past.n - COMPARED, past.n)
    growth = np.clip(
        adjusted[recent] - _year_before(adjusted, recent, weeks=weeks), -MOST_GROWTH, MOST_GROWTH
    )
    seen = ~np.isnan(growth)
    if seen.sum() < FEWEST:
        return nothing
    weights = 0.5 ** ((past.n - 1 - recent) / HALF_LIFE)
    level = float(np.average(growth[seen], weights=weights[seen]))
    coming = np.arange(past.n, past.n + past.horizon)
    ahead = _year_before(adjusted, coming, weeks=weeks) + level
    ahead = np.where(np.isnan(ahead), _recent_weekdays(past, adjusted)[past.calendar.weekday[coming]], ahead)
    return np.where(past.is_open[past.n :], np.exp(ahead + effect.total[past.n :]), 0)


def _adjusted(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Log totals without calendar effects (n,); NaN where unknown or emptied by a holiday."""
    emptied = (past.calendar.special.holiday[: past.n] > 0) & (effect.total[: past.n] < -0.7)
    adjusted = np.log(past.offered + 0.5) - effect.total[: past.n]
    return np.where(past.known & ~emptied, adjusted, np.nan)


def _year_before(adjusted: np.ndarray, days: np.ndarray, *, weeks: int) -> np.ndarray:
    """Mean of the same weekdays around a year before each day; NaN where none is known."""
    wanted = days[:, None] - YEAR + 7 * np.arange(-weeks, weeks + 1)
    inside = (wanted >= 0) & (wanted < len(adjusted))
    values = np.where(inside, adjusted[np.where(inside, wanted, 0)], np.nan)
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _recent_weekdays(past: Past, adjusted: np.ndarray) -> np.ndarray:
    """Log of the mean of the last eight same weekdays (7,)."""
    weekday = past.calendar.weekday[: past.n]
    rows = [np.flatnonzero((weekday == d) & ~np.isnan(adjusted))[-RECENT:] for d in range(7)]
    return np.array([np.log(np.exp(adjusted[r]).mean()) if len(r) else np.nan for r in rows])
