"""What the backtest missed by in each interval, and on which weekdays and at which hours it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.backtest import Backtest
from forecasting.profile import SlotPast
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_ERRORS

FOUR_WEEKS = 28  # days ahead that count: what schedules are made from
DAY_MIN = 1440


@dataclass(frozen=True)
class Shared:
    """How days were shared out to intervals at each origin (days ahead x slots), and what came."""

    shares: list[np.ndarray]
    past: SlotPast


@dataclass(frozen=True)
class Miss:
    """Forecast less what came on the complete days after one origin (`row`): days x slots."""

    row: int
    ahead: np.ndarray
    days: np.ndarray
    error: np.ndarray


def misses(test: Backtest, cells: np.ndarray, shared: Shared) -> Iterator[Miss]:
    """What day forecasts (origins x days ahead), shared out as was known, missed by at each origin."""
    for row, origin in enumerate(test.origins):
        ahead = np.flatnonzero(~np.isnan(cells[row]) & ~np.isnan(test.actual[row]))
        ahead = ahead[shared.past.teaches[origin + ahead]]
        days = origin + ahead
        expected = cells[row, ahead, None] * shared.shares[row][ahead] * shared.past.intervals[days]
        yield Miss(row, ahead, days, expected - shared.past.contacts[days])


def error_rows(key: QueueKey, test: Backtest, shared: Shared) -> pd.DataFrame:
    """FORECAST_ERRORS of one queue: the combined forecast's misses up to four weeks ahead, summed."""
    slots = shared.past.contacts.shape[1]
    sums = np.zeros((4, 7, slots))
    for miss in misses(test, test.combined, shared):
        near = miss.ahead < FOUR_WEEKS
        days, error = miss.days[near], miss.error[near]
        of = shared.past.weekday[days]
        intervals, came = shared.past.intervals[days], shared.past.contacts[days]
        for total, values in zip(sums, (intervals, came, error, np.abs(error))):
            np.add.at(total, of, values)
    weekday, slot = np.nonzero(sums[0])
    n, actual, error, abs_error = sums[:, weekday, slot]
    frame = pd.DataFrame(
        {
            "weekday": weekday, "minute": slot * (DAY_MIN // slots),
            "n": n, "actual": actual, "error": error, "abs_error": abs_error,
        }
    )  # fmt: skip
    return frame.assign(**key._asdict()) if len(frame) else FORECAST_ERRORS.empty()
