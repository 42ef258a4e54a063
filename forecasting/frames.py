"""The rows of one queue in FORECAST, FORECAST_DAYS, FORECAST_PATHS and ACCURACY."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.interval_errors import Shared, error_rows
from forecasting.joining import DayPaths
from forecasting.queue_forecast import QueueForecast
from forecasting.report import accuracy_rows
from forecasting.why import COMBINED, speaking_weights
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import EFFECTS, FINDINGS, QUANTILES, per_cent
from planner.domain.timegrid import midnight

SHARES = [per_cent(name) / 100 for name in QUANTILES]
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class IntervalPaths:
    """Contacts of one queue by open interval and path: UTC starts, and contacts (intervals x paths)."""

    key: QueueKey
    starts: pd.DatetimeIndex
    contacts: np.ndarray


@dataclass(frozen=True)
class Frames:
    """Rows of FORECAST, FORECAST_DAYS, ACCURACY, FORECAST_ERRORS, EFFECTS and FINDINGS, and the day paths.

    Intervals and days do not carry the queue's key: it is written when all queues are joined. `expected`
    are the means of the days of `paths` (days,).
    """

    key: QueueKey
    intervals: pd.DataFrame
    days: pd.DataFrame
    paths: DayPaths
    expected: np.ndarray
    accuracy: pd.DataFrame
    errors: pd.DataFrame
    effects: pd.DataFrame
    findings: pd.DataFrame
    drawn: tuple[IntervalPaths, ...] = ()


def interval_paths(queue: QueueForecast) -> IntervalPaths:
    """The interval paths of one queue as whole numbers, as small as they can be kept."""
    key = queue.history.queue.key
    return IntervalPaths(key, queue.cells.starts, np.rint(queue.paths).astype(np.int32))


def frames_of(queue: QueueForecast) -> Frames:
    """All rows of one queue; closed intervals and days have none."""
    key = queue.history.queue.key
    shared = Shared(queue.past_shares, queue.past)
    return Frames(
        key,
        _intervals(queue),
        _days(queue),
        _paths(queue),
        queue.cells.by_day(queue.mean),
        accuracy_rows(key, queue.test, shared),
        error_rows(key, queue.test, shared),
        EFFECTS.empty(),
        FINDINGS.empty(),
    )


def _intervals(queue: QueueForecast) -> pd.DataFrame:
    axis, count = queue.history.grid.axis, len(queue.cells.starts)
    return pd.DataFrame(
        {
            "interval_start": queue.cells.starts,
            "offered": queue.mean,
            "aht_s": queue.aht_s,
            **_quantiles(queue.paths),
            "interval_min": np.full(count, queue.history.grid.interval_min),
            "model": pd.Series(carrying(queue), index=range(count), dtype="str"),
            "cutoff": midnight(axis.days[axis.cutoff], queue.history.queue.hours.zone),
        }
    )


def carrying(queue: QueueForecast) -> str:
    """The experts with at least a fifth of the weight in the first week, the strongest first."""
    weights = speaking_weights(queue.test, 0)
    order = [k for k in np.argsort(-weights, kind="stable") if weights[k] >= 0.2]
    names = [queue.test.experts[k] for k in order]
    return f"{COMBINED}: {' + '.join(names)}" if names else COMBINED


def _days(queue: QueueForecast) -> pd.DataFrame:
    axis, cells = queue.history.grid.axis, queue.cells
    return day_sums(_paths(queue), cells.by_day(queue.mean), first_day=axis.days[axis.cutoff])


def day_sums(drawn: DayPaths, expected: np.ndarray, *, first_day: pd.Timestamp) -> pd.DataFrame:
    """Days, weeks from Monday and the total, as in FORECAST_DAYS; quantiles are of the sums on each path.

    `expected` (days,) are the means of the days drawn; `first_day` is the horizon's.
    """
    days = drawn.days
    monday = days - pd.to_timedelta(days.day_of_week, unit="D")
    labels = {"day": days, "week": monday, "total": pd.DatetimeIndex([first_day] * len(days))}
    firsts = {level: np.flatnonzero(np.r_[True, label[1:] != label[:-1]]) for level, label in labels.items()}
    sums = np.concatenate([np.add.reduceat(drawn.contacts, first, axis=0) for first in firsts.values()])
    starts = [label.to_numpy()[firsts[level]] for level, label in labels.items()]
    return pd.DataFrame(
        {
            "level": np.repeat(list(firsts), [len(first) for first in firsts.values()]).astype(object),
            "day": np.concatenate(starts).astype("datetime64[us]"),
            "offered": np.concatenate([np.add.reduceat(expected, first) for first in firsts.values()]),
            **_quantiles(sums),
        }
    )


def _paths(queue: QueueForecast) -> DayPaths:
    axis, cells = queue.history.grid.axis, queue.cells
    days = axis.days[axis.cutoff + cells.days].as_unit("us")
    return DayPaths(queue.history.queue.key, days, cells.by_day(queue.paths))


def _quantiles(drawn: np.ndarray) -> dict[str, np.ndarray]:
    """Quantiles over the paths (rows x paths) by column name, linear between draws."""
    ranked = np.sort(drawn, axis=1)
    place = np.array(SHARES) * (drawn.shape[1] - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, drawn.shape[1] - 1)
    values = ranked[:, low] + (place - low) * (ranked[:, high] - ranked[:, low])
    return dict(zip(QUANTILES, values.T))
