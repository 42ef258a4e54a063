"""The pattern of the month: pay days, bills, first and last business days.

Its strength is set by how well each month is predicted from the others, so that it switches itself
off where there is none.
"""

from __future__ import annotations

import numpy as np

from forecasting.past import HALF_YEAR, Past

LONGEST = 1100  # days looked back on
HARMONICS, PATTERN_SD = 6, 0.1
FIRST_DAYS, LAST_DAYS = 4, 3  # business days of the month with an effect of their own
BUSY = 0.6  # of the busiest weekday: from here a weekday is a business day
CAUTION = 0.3  # standard errors taken off the strength
FEWEST_MONTHS = 3
OUTLIER = 6  # spreads: a pay day may stand far out, a flood must not count for more


def monthly_pattern(past: Past, residuals: np.ndarray) -> np.ndarray:
    """Log effect of the day of the month for past and horizon (n + h,).

    `residuals` (n,) are log residuals with level and calendar taken out; NaN where they cannot teach.
    """
    columns = np.hstack([_day_of_month(past), _business_days(past)])
    rows = np.flatnonzero(~np.isnan(residuals))
    rows = rows[rows >= past.n - LONGEST]
    months = past.calendar.month[rows]
    if len(np.unique(months)) < FEWEST_MONTHS:
        return np.zeros(len(columns))
    seen = residuals[rows]
    spread = 1.4826 * float(np.median(np.abs(seen))) + 1e-4
    seen = np.clip(seen, -OUTLIER * spread, OUTLIER * spread)
    ridge = np.eye(columns.shape[1]) * (spread / PATTERN_SD) ** 2
    strength = _strength(columns[rows], seen, months=months, ridge=ridge, spread=spread)
    if strength == 0:
        return np.zeros(len(columns))
    here = columns[rows]
    pattern: np.ndarray = strength * (columns @ np.linalg.solve(_gram(here) + ridge, here.T @ seen))
    return pattern


def _strength(
    columns: np.ndarray, seen: np.ndarray, *, months: np.ndarray, ridge: np.ndarray, spread: float
) -> float:
    """Slope (0..1) of what was seen on what the other months predict, less some of its own error."""
    normal, moment = _gram(columns) + ridge, columns.T @ seen
    predicted = np.zeros(len(seen))
    for month in np.unique(months):
        left_out = months == month
        own = columns[left_out]
        predicted[left_out] = own @ np.linalg.solve(normal - _gram(own), moment - own.T @ seen[left_out])
    power = max(float((predicted**2).sum()), 1e-9)
    slope = float((predicted * seen).sum()) / power
    return float(np.clip(slope - CAUTION * spread / np.sqrt(power), 0, 1))


def _gram(columns: np.ndarray) -> np.ndarray:
    """X'X of few columns, without waking up BLAS threads."""
    return np.asarray(np.einsum("na,nb->ab", columns, columns))


def _day_of_month(past: Past) -> np.ndarray:
    """Harmonics of the month, higher ones damped (days x 12)."""
    place = (past.calendar.day_of_month - 0.5) / past.calendar.days_in_month
    order = np.arange(1, HARMONICS + 1)
    angle = 2 * np.pi * np.outer(place, order)
    return np.hstack([np.sin(angle) / np.sqrt(order), np.cos(angle) / np.sqrt(order)])


def _business_days(past: Past) -> np.ndarray:
    """First four and last three business days of the month (days x 7)."""
    business, busy = _is_business_day(past), _busy_weekdays(past)
    from_start = _count_in_month(past.calendar.month, business)
    from_end = _count_in_month(past.calendar.month[::-1], business[::-1])[::-1]
    last_month = past.calendar.month == past.calendar.month[-1]
    from_end = from_end + last_month * busy[_weekdays_to_month_end(past)].sum()
    begun = (past.calendar.month != past.calendar.month[0]) | bool(past.calendar.day_of_month[0] <= 3)
    first = [business & (from_start == k) & begun for k in range(1, FIRST_DAYS + 1)]
    last = [business & (from_end == k) for k in range(1, LAST_DAYS + 1)]
    return np.column_stack(first + last).astype(float)


def _weekdays_to_month_end(past: Past) -> np.ndarray:
    """Weekdays of the days from the end of the horizon to the end of its month."""
    left = int(past.calendar.days_in_month[-1] - past.calendar.day_of_month[-1])
    result: np.ndarray = (past.calendar.weekday[-1] + 1 + np.arange(left)) % 7
    return result


def _is_business_day(past: Past) -> np.ndarray:
    business = _busy_weekdays(past)[past.calendar.weekday] & (past.calendar.special.holiday == 0)
    return np.asarray(business & past.is_open)


def _busy_weekdays(past: Past) -> np.ndarray:
    """Weekdays whose mean in the last half-year comes near the busiest one's (7,)."""
    recent = slice(max(past.n - HALF_YEAR, 0), past.n)
    totals, weekday = past.offered[recent], past.calendar.weekday[recent]
    known = ~np.isnan(totals)
    sums = np.bincount(weekday[known], weights=totals[known], minlength=7)
    mean = sums / np.maximum(np.bincount(weekday[known], minlength=7), 1)
    return np.asarray(mean >= BUSY * mean.max())


def _count_in_month(month: np.ndarray, business: np.ndarray) -> np.ndarray:
    """How many business days of its month lie up to and including each day."""
    count = np.cumsum(business)
    begins = np.flatnonzero(np.r_[True, month[1:] != month[:-1]])
    before = np.r_[0, count][begins]
    result: np.ndarray = count - np.repeat(before, np.diff(np.r_[begins, len(month)]))
    return result
