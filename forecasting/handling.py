"""Average handle time ahead: its own level, weekday, season and hour of the day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecasting.design import yearly
from forecasting.glm import Sample, fit, log_means
from forecasting.history import QueueHistory
from forecasting.level import level_ahead
from forecasting.level_shifts import LevelShift, level_shifts, log_factor
from forecasting.past import Calendar
from forecasting.usual_days import usual_around

HALF_LIFE, HOUR_HALF_LIFE = 365.0, 90.0  # days
FREE, WEEKDAY_SD, SEASON_SD = 30.0, 0.1, 0.05  # in log AHT
HARMONICS, FULL_YEAR = 2, 330
FEWEST, FEWEST_OF_DAY = 50, 5  # contacts: of all history, and of a day that speaks of the level
SMALLEST_SHIFT, SPEAKING_DAYS = float(np.log(1.05)), 42  # log ratio; days without which none is looked for
HOUR_PRIOR = 500.0  # contacts' worth of "as on the whole day" in an hour's own AHT


def aht_ahead(history: QueueHistory, calendar: Calendar) -> np.ndarray:
    """Expected AHT in seconds by day ahead and slot (days ahead x slots); NaN where it must not be known.

    Concurrent channels record conversations stretched by the others open beside them, which say nothing
    of the work in one: there it stays unknown. Without history it is the queue's own `handling.aht_s`.
    """
    axis, slots = history.grid.axis, history.grid.slots
    if history.queue.kind == "concurrent":
        return np.full((axis.horizon, slots), np.nan)
    if history.answered.sum() < FEWEST or history.handle_s.sum() <= 0:
        return np.full((axis.horizon, slots), history.queue.handling.aht_s)
    history = _levelled(history, calendar)
    by_day = _by_day(history, calendar)
    expected = history.answered[: axis.cutoff] * by_day[: axis.cutoff, None]
    return np.outer(by_day[axis.cutoff :], _by_slot(history, expected))


def aht_shifts(history: QueueHistory, calendar: Calendar) -> tuple[LevelShift, ...]:
    """Days of the axis from which contacts take clearly longer or shorter for good: a new tool or process.

    A shift whose day a planner vouches for is none. Concurrent channels are not looked at.
    """
    answered, spent = history.answered.sum(axis=1), history.handle_s.sum(axis=1)
    rows = np.flatnonzero((answered >= FEWEST_OF_DAY) & (spent > 0))
    if len(rows) < SPEAKING_DAYS or history.queue.kind == "concurrent":
        return ()
    usual = usual_around(
        rows,
        spent[rows] / answered[rows],
        judged=np.ones(len(rows), bool),
        calendar=np.zeros(len(rows)),
        weekday=calendar.weekday[rows],
    )
    vouched = history.reading.told.vouched if history.reading else np.zeros(len(answered), bool)
    found = level_shifts(usual, smallest=SMALLEST_SHIFT)
    return tuple(shift for shift in found if not vouched[shift.row])


def _levelled(history: QueueHistory, calendar: Calendar) -> QueueHistory:
    """The history with handle times before a shift put to the level since."""
    shifts = aht_shifts(history, calendar)
    if not shifts:
        return history
    lift = np.exp(log_factor(shifts, np.arange(len(history.handle_s))))
    return replace(history, handle_s=history.handle_s * lift[:, None])


def _by_day(history: QueueHistory, calendar: Calendar) -> np.ndarray:
    """Expected AHT of each day of the axis in seconds (days,), the present level carried ahead.

    The sum of handle times given the contacts is a quasi-Poisson count: its variance grows with them.
    """
    cutoff = history.grid.axis.cutoff
    answered, spent = history.answered.sum(axis=1), history.handle_s.sum(axis=1)
    rows = np.flatnonzero((answered > 0) & (spent > 0))
    typical = float(spent.sum() / answered.sum())
    values, prior_sd = _columns(calendar, known_days=cutoff - int(rows[0]))
    size = answered / max(float(answered[rows].mean()), 1e-9)
    weights = 0.5 ** ((cutoff - 1 - rows) / HALF_LIFE)
    sample = Sample(values[rows], spent[rows] / typical, weights, np.log(size[rows]))
    mean = answered[rows].mean()
    by_day = np.exp(log_means(values, fit(sample, prior_sd))) * typical / mean
    left = np.full(cutoff, np.nan)
    speaks = rows[answered[rows] >= FEWEST_OF_DAY]
    left[speaks] = np.log(spent[speaks] / (answered[speaks] * by_day[speaks]))
    level = level_ahead(left[rows[0] :], steps=np.arange(1, history.grid.axis.horizon + 1))
    by_day[cutoff:] *= np.exp(level)
    return np.asarray(by_day)


def _columns(calendar: Calendar, *, known_days: int) -> tuple[np.ndarray, np.ndarray]:
    count = len(calendar.days)
    blocks = [np.ones((count, 1)), np.eye(7)[calendar.weekday]]
    prior_sd = [np.array([FREE]), np.full(7, WEEKDAY_SD)]
    if known_days >= FULL_YEAR:
        blocks.append(yearly(calendar.day_of_year, HARMONICS))
        prior_sd.append(np.full(2 * HARMONICS, SEASON_SD))
    return np.hstack(blocks), np.concatenate(prior_sd)


def _by_slot(history: QueueHistory, expected: np.ndarray) -> np.ndarray:
    """AHT of each slot over that of its day (slots,), by the hour, shrunk to 1.

    `expected` (days x slots) are handle times if every slot had its day's AHT.
    """
    cutoff = history.grid.axis.cutoff
    weights = 0.5 ** ((cutoff - 1 - np.arange(cutoff)) / HOUR_HALF_LIFE)[:, None]
    hour = np.arange(history.grid.slots) * history.grid.interval_min // 60
    spent = np.bincount(hour, weights=(weights * history.handle_s[:cutoff]).sum(axis=0))
    usual = np.bincount(hour, weights=(weights * expected).sum(axis=0))
    usual *= spent.sum() / max(usual.sum(), 1e-9)
    prior = HOUR_PRIOR * float(history.handle_s.sum() / history.answered.sum())
    return np.asarray(((spent + prior) / (usual + prior))[hour])
