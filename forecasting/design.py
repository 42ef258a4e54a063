"""The columns of a regression on day totals, each with the prior its effect is shrunk by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.past import Past

FREE, WEEKDAY_SD, HARMONIC_SD, MONTH_PART_SD, TREND_SD = 30.0, 1.0, 0.3, 0.1, 0.3
WEEKEND_SEASON_SD, WEEKDAY_SEASON_SD = 0.15, 0.07
KNOWS_GROWTH, LEAST_TREND_SD = 365, 0.005  # days from which growth is told from season
FRESH, LASTING, MOSTLY = 21, 5, 0.6  # days, days of them, share of all such days
HARDLY = 0.1  # of the prior is left to what is hardly told from the level
WEEKS_A_YEAR = 52.2
TREND_KEPT = 0.97  # of the growth of one week is left the week after


@dataclass(frozen=True)
class Design:
    """`values` (days x columns), the prior standard deviation of each column, and what it stands for."""

    values: np.ndarray
    prior_sd: np.ndarray
    calendar_effect: np.ndarray  # bool: holidays, events and the like, not level, weekday or season

    def with_column(self, values: np.ndarray, *, prior_sd: float) -> Design:
        """The design with one more column."""
        return Design(
            np.column_stack([self.values, values]),
            np.append(self.prior_sd, prior_sd),
            np.append(self.calendar_effect, False),
        )


def harmonics_for(days_known: int) -> int:
    """How many yearly harmonics a history of that length can bear: 0, 3 or 5."""
    return 0 if days_known < 330 else 3 if days_known < 700 else 5


def design(past: Past, *, harmonics: int, month_parts: bool = True) -> Design:
    """Level, weekdays, special days, parts of the month and yearly harmonics of past and horizon."""
    calendar, special = past.calendar, past.calendar.special
    blocks = [
        (np.ones((len(calendar.days), 1)), np.array([FREE]), False),
        (np.eye(7)[calendar.weekday], np.full(7, WEEKDAY_SD), False),
        (special.values, special.prior_sd * _told_from_level(past), True),
    ]
    if month_parts:
        blocks.append((parts_of_month(past), np.full(5, MONTH_PART_SD), True))
    if harmonics:
        sd = HARMONIC_SD / np.repeat(np.arange(1, harmonics + 1), 2)
        blocks.append((yearly(calendar.day_of_year, harmonics), sd, False))
        blocks.append((*_weekday_seasons(past), False))
    return Design(
        np.hstack([values for values, _, _ in blocks]),
        np.concatenate([sd for _, sd, _ in blocks]),
        np.concatenate([np.full(len(sd), effect) for _, sd, effect in blocks]),
    )


def _told_from_level(past: Past) -> np.ndarray:
    """Share of its prior left to each special column (columns,): little where it is the last days themselves.

    A season such as the turn of the year, seen as good as for the first time just before the cutoff, would
    else take the growth of these days for its own and leave with it.
    """
    here = past.calendar.special.values[: past.n] != 0
    lately = here[-FRESH:].sum(axis=0)
    fresh = (lately >= LASTING) & (lately > MOSTLY * here.sum(axis=0))
    return np.where(fresh, HARDLY, 1.0)


def _weekday_seasons(past: Past) -> tuple[np.ndarray, np.ndarray]:
    """A yearly wave of the weekend and of each working day on top of the year's (days x 12), and priors."""
    weekday = past.calendar.weekday
    groups = np.column_stack([weekday >= 5, *(weekday == d for d in range(5))]).astype(float)
    waves = groups[:, :, None] * yearly(past.calendar.day_of_year, 1)[:, None, :]
    return waves.reshape(len(weekday), -1), np.repeat([WEEKEND_SEASON_SD, *[WEEKDAY_SEASON_SD] * 5], 2)


def yearly(day_of_year: np.ndarray, harmonics: int) -> np.ndarray:
    """Fourier terms of the year (days x 2 harmonics): sine and cosine of each."""
    angle = 2 * np.pi * np.outer(day_of_year, np.arange(1, harmonics + 1)) / 365.25
    return np.stack([np.sin(angle), np.cos(angle)], axis=2).reshape(len(day_of_year), -1)


def parts_of_month(past: Past) -> np.ndarray:
    """First two days, days 3-6, the middle, days before the end, the last two days (days x 5)."""
    day = past.calendar.day_of_month
    left = past.calendar.days_in_month - day
    parts = [day <= 2, (day > 2) & (day <= 6), (day >= 14) & (day <= 17), left <= 1, (left > 1) & (left <= 5)]
    return np.column_stack(parts).astype(float)


def with_growth(columns: Design, past: Past) -> Design:
    """The design with the damped trend; what less than a year shows as growth is mostly season."""
    sure = min(1.0, past.known_age / KNOWS_GROWTH) ** 4
    return columns.with_column(damped_trend(past), prior_sd=max(TREND_SD * sure, LEAST_TREND_SD))


def damped_trend(past: Past) -> np.ndarray:
    """Years since the cutoff; ahead of it growth fades by 3 % a week (days,)."""
    weeks = (np.arange(len(past.calendar.days)) - (past.n - 1)) / 7
    ahead = (1 - TREND_KEPT ** np.maximum(weeks, 0)) / (1 - TREND_KEPT)
    trend: np.ndarray = np.where(weeks <= 0, weeks, ahead) / WEEKS_A_YEAR
    return trend
