"""Sample paths: level of the week x day factor x noise of the interval.

Summing intervals as if they erred alone makes totals look far too certain. A path errs as past
forecasts erred: whole residual histories are drawn again, so that weeks hang together, and every
queue draws from the same past days, so that queues hang together too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from forecasting.residuals import WEEK, Residuals, weighted_quantile

NORMAL_80 = 1.2816  # normal standard deviations from the middle to the end of an 80 % interval
LEAST_NOISE_SHARE = 0.25  # of a week's error variance is level, whatever the day noise explains
WIDEST = 1.6  # few independent histories: wider by Student's t, but no more than this
CALIBRATED = (0.7, 1.3)  # bounds of the correction to past 80 % cover
STEP = 0.2  # of the first week's spread: how far the level walks in a week no origin reached
LARGEST_LEVEL = 0.9  # log factor of a week, at most: two and a half times
LARGEST_DAY = 1.2  # log factor of one day, at most
SMALLEST_DAY_PART = 0.1  # of a day's variance is left when interval noise explains it all
TAIL, FARTHEST = 4, 4.0  # degrees of freedom of level errors: rarely, they are far larger than any seen
T_80 = float(stats.t.ppf(0.9, TAIL))
# What past errors understate, measured over many origins of eleven real series (decision 068):
WIDER, WIDER_FAR, FAR = 1.1, 0.3, 12  # level errors, and how much more after so many weeks
DAY_KEPT = 0.85  # of a day's own error: its quantiles already hold some of the level's
SHARED = 0.5  # of a special day's variance is common to all queues


@dataclass(frozen=True)
class Draws:
    """Standard draws shared by all queues: paths x something.

    `origin` by weeks from origin to now, `week` and `day` by weeks and days ahead: normal. `past_day`
    (paths x days ahead) is how many days back a day's error is taken from, `sign` (-1, 1) turns it.
    `level` (paths, or paths x days ahead) is a queue's own log error: 0 but where a plan speaks for it or
    an event comes that was never seen.
    `tail` (paths,) stretches level errors to Student's t, their 80 % interval staying where it is.
    """

    origin: np.ndarray
    week: np.ndarray
    day: np.ndarray
    past_day: np.ndarray
    sign: np.ndarray
    level: np.ndarray
    tail: np.ndarray


def draws(rng: np.random.Generator, *, paths: int, horizon: int, past_days: int) -> Draws:
    """The draws every queue uses; `past_days` is how far back errors are drawn from."""
    weeks = -(-horizon // WEEK)
    return Draws(
        rng.normal(size=(paths, past_days // WEEK + 1)),
        rng.normal(size=(paths, weeks)),
        rng.normal(size=(paths, horizon)),
        rng.integers(1, past_days + 1, size=(paths, horizon)),
        rng.choice([-1.0, 1.0], size=(paths, horizon)),
        np.zeros(paths),
        np.minimum(np.sqrt(TAIL / rng.chisquare(TAIL, size=paths)), FARTHEST) * NORMAL_80 / T_80,
    )


@dataclass(frozen=True)
class Ahead:
    """The days to draw: weekday and whether special (days ahead,), and each day's share of interval noise.

    `noise` is the variance, relative to the square of the day's mean, that the intervals' own noise
    brings; the day factor gives way to it, so that the total keeps the spread the past had.
    """

    weekday: np.ndarray
    special: np.ndarray
    noise: np.ndarray


def day_factors(past: Residuals, ahead: Ahead, shared: Draws, rng: np.random.Generator) -> np.ndarray:
    """Factor of each path and day ahead on the day's mean (paths x days ahead), mean 1 on each day."""
    horizon = len(ahead.weekday)
    level = np.repeat(week_levels(past, shared), WEEK, axis=1)[:, :horizon]
    logs = shared.level.reshape(len(shared.level), -1) + level + _day_errors(past, ahead, shared, rng)
    factors = np.exp(logs - logs.max(axis=0))
    result: np.ndarray = factors / factors.mean(axis=0)
    return result


def week_levels(past: Residuals, shared: Draws) -> np.ndarray:
    """Log level error of each path and week ahead (paths x weeks).

    Each path is a random mixture of the past origins' whole error histories (normal weights), so its
    weeks keep the variances and correlations seen; day noise is taken out, Student's t put in for the
    few histories, and the spread corrected to what would have covered 80 % of the past; then widened by
    what the past is known to understate.
    """
    mixing = shared.origin[:, np.minimum(past.age // WEEK, shared.origin.shape[1] - 1)]
    levels = np.zeros_like(shared.week)
    for week in range(-(-shared.day.shape[1] // WEEK)):
        errors = past.weekly[:, week] if week < past.weekly.shape[1] else np.full(len(past.weekly), np.nan)
        seen = ~np.isnan(errors)
        if seen.sum() >= 2:
            weights = past.origin_weight[seen]
            mixed = (mixing[:, seen] * np.sqrt(weights)) @ errors[seen] / np.sqrt(weights.sum())
            levels[:, week] = mixed * _level_scale(past, week, errors[seen], weights)
        elif week == 0:
            levels[:, 0] = shared.week[:, 0] * max(past.spread, 0.05)
        else:
            step = STEP * max(float(levels[:, 0].std()), 0.01)
            levels[:, week] = levels[:, week - 1] + step * shared.week[:, week]
    wider = WIDER * (1 + WIDER_FAR * np.minimum(np.arange(levels.shape[1]), FAR) / FAR)
    result: np.ndarray = np.clip(levels * wider * shared.tail[:, None], -LARGEST_LEVEL, LARGEST_LEVEL)
    return result


def _level_scale(past: Residuals, week: int, errors: np.ndarray, weights: np.ndarray) -> float:
    """What the mixed errors of a week are multiplied by."""
    variance = float((weights * errors**2).sum() / weights.sum())
    if variance <= 0:
        return 0.0
    day_noise = past.spread**2 / max(past.open_per_week, 1)
    level = max(variance - day_noise, LEAST_NOISE_SHARE * variance)
    independent = max(1.5, float(past.age.max()) / (WEEK * (week + 1)))
    few = min(float(stats.t.ppf(0.9, independent)) / NORMAL_80, WIDEST)
    cover = 1.0
    if len(errors) >= 5:
        share = min(1.0, 0.8 * (1 + 1 / len(errors)))
        reach = weighted_quantile(np.abs(errors) / np.sqrt(variance), weights, share=share)
        cover = float(np.clip(reach / NORMAL_80, *CALIBRATED))
    return float(np.sqrt(level / variance)) * few * cover


def _day_errors(past: Residuals, ahead: Ahead, shared: Draws, rng: np.random.Generator) -> np.ndarray:
    """Log error of each path's days within their week (paths x days ahead)."""
    common = _by_past_day(past, shared.past_day.max())[shared.past_day] * shared.sign
    own = rng.normal(size=common.shape)
    standard = np.where(np.isnan(common), own, common)
    special = np.sqrt(SHARED) * shared.day + np.sqrt(1 - SHARED) * own
    spread = np.where(ahead.special, past.special_spread, past.weekday_spread[ahead.weekday])
    part = np.clip(1 - ahead.noise / np.maximum(spread**2, 1e-12), SMALLEST_DAY_PART, 1)
    errors = np.where(ahead.special, special, standard) * DAY_KEPT * spread * np.sqrt(part)
    return np.clip(errors, -LARGEST_DAY, LARGEST_DAY)


def _by_past_day(past: Residuals, furthest: int) -> np.ndarray:
    """Standard error of each past day, by days back (furthest + 1,), from the latest origin before it."""
    result = np.full(furthest + 1, np.nan)
    for age, errors in zip(past.age, past.standard):  # oldest first: the latest origin writes last
        back = age - np.arange(len(errors))
        known = ~np.isnan(errors) & (back >= 1) & (back <= furthest)
        result[back[known]] = errors[known]
    return result
