"""From the backtest of one queue to its expected intervals and sample paths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.backtest import Backtest
from forecasting.handling import aht_ahead
from forecasting.history import QueueHistory
from forecasting.interval_noise import SCORED, IntervalNoise, drawn_contacts, interval_noise
from forecasting.past import Calendar
from forecasting.paths import Ahead, Draws, day_factors
from forecasting.profile import SlotPast, shares_ahead, slot_past
from forecasting.residuals import residuals


@dataclass(frozen=True)
class Cells:
    """The open intervals ahead: UTC start, day ahead, local slot, and the interval's share of its day."""

    starts: pd.DatetimeIndex
    day: np.ndarray
    slot: np.ndarray
    share: np.ndarray

    @cached_property
    def days(self) -> np.ndarray:
        """Days ahead that have an open interval, in order."""
        return np.unique(self.day)

    def by_day(self, values: np.ndarray) -> np.ndarray:
        """Sums over the intervals of each open day ahead (open days x ...)."""
        firsts = np.flatnonzero(np.r_[True, self.day[1:] != self.day[:-1]])
        return np.asarray(np.add.reduceat(values, firsts, axis=0))


@dataclass(frozen=True)
class QueueForecast:
    """One queue ahead: expected contacts and AHT per open interval, and contacts per interval and path."""

    history: QueueHistory
    test: Backtest
    past: SlotPast
    past_shares: list[np.ndarray]
    cells: Cells
    mean: np.ndarray
    aht_s: np.ndarray
    paths: np.ndarray


def queue_forecast(
    history: QueueHistory,
    calendar: Calendar,
    tests: tuple[Backtest, Backtest],
    *,
    shared: Draws,
    rng: np.random.Generator,
) -> QueueForecast:
    """Intervals and paths from the backtest of a queue and the backtest whose errors its paths repeat."""
    test, surprises = tests
    axis = history.grid.axis
    past = slot_past(history, calendar)
    shares = shares_ahead(past, np.append(test.origins, axis.cutoff), horizon=axis.horizon)
    cells = _cells(history, shares[-1], days=test.ahead_combined)
    errors = residuals(surprises, calendar, cutoff=axis.cutoff)
    days = test.ahead_combined * errors.mean_over_middle(axis.horizon)
    mean = days[cells.day] * cells.share
    noise = _noise(past, test, shares[:-1])
    ahead = _ahead(calendar, cells, mean=mean, noise=noise, cutoff=axis.cutoff)
    factors = day_factors(errors, ahead, shared, rng)
    paths = drawn_contacts(mean[:, None] * factors[:, cells.day].T, noise, rng)
    aht_s = aht_ahead(history, calendar)[cells.day, cells.slot]
    return QueueForecast(history, test, past, shares[:-1], cells, mean, aht_s, paths)


def _cells(history: QueueHistory, shares: np.ndarray, *, days: np.ndarray) -> Cells:
    """Open intervals of the days that have a forecast."""
    grid = history.grid
    here = np.flatnonzero(grid.is_open & (grid.row >= grid.axis.cutoff))
    here = here[~np.isnan(days[grid.row[here] - grid.axis.cutoff])]
    day, slot = grid.row[here] - grid.axis.cutoff, grid.slot[here]
    return Cells(grid.starts[here], day, slot, shares[day, slot])


def _noise(past: SlotPast, test: Backtest, shares: list[np.ndarray]) -> IntervalNoise:
    """Scatter of the intervals around the profile forecast for them, given what their day brought."""
    expected, contacts = [], []
    for row, origin in enumerate(test.origins):
        ahead = np.flatnonzero(~np.isnan(test.combined[row, :SCORED] + test.actual[row, :SCORED]))
        days = origin + ahead
        ordinary = past.ordinary[days]
        ahead, days = ahead[ordinary], days[ordinary]
        expected.append((shares[row][ahead] * past.intervals[days] * past.totals[days, None]).ravel())
        contacts.append(past.contacts[days].ravel())
    if not expected:
        return interval_noise(np.zeros(0), np.zeros(0))
    return interval_noise(np.concatenate(expected), np.concatenate(contacts))


def _ahead(calendar: Calendar, cells: Cells, *, mean: np.ndarray, noise: IntervalNoise, cutoff: int) -> Ahead:
    """The days ahead as the paths need them; closed days carry no noise."""
    special = (calendar.special.holiday > 0) | calendar.special.beside
    relative = np.zeros(len(calendar.days) - cutoff)
    relative[cells.days] = cells.by_day(noise.variance(mean)) / np.maximum(cells.by_day(mean), 1e-9) ** 2
    return Ahead(calendar.weekday[cutoff:], special[cutoff:], relative)
