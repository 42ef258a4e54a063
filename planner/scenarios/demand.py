"""The contacts of each queue as arrays, taken from a forecast and put back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.forecast_tables import FORECAST, FORECAST_PATHS
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day

HOUR_S = 3600.0


@dataclass(frozen=True)
class Flow:
    """What one queue expects.

    `start` interval starts (intervals,), UTC; `day_of` the number of each interval's local day in `days`;
    `offered` contacts and `aht_s` (intervals,); `paths` contacts of the day (days x paths).
    """

    start: pd.DatetimeIndex
    interval_min: int
    days: pd.DatetimeIndex
    day_of: np.ndarray
    offered: np.ndarray
    aht_s: np.ndarray
    paths: np.ndarray

    @property
    def work_s(self) -> np.ndarray:
        """Handling time of each interval's contacts."""
        return self.offered * self.aht_s

    def by_day(self, values: np.ndarray) -> np.ndarray:
        """Values of intervals summed over local days."""
        return np.bincount(self.day_of, values, len(self.days))

    def changed(self, offered: np.ndarray, aht_s: np.ndarray) -> Flow:
        """With other contacts; each day's paths follow the day's contacts."""
        before, after = self.by_day(self.offered), self.by_day(offered)
        factor = np.divide(after, before, out=np.zeros_like(after), where=before > 0)
        return replace(self, offered=offered, aht_s=aht_s, paths=self.paths * factor[:, None])

    def with_more(self, more: np.ndarray, work_s: np.ndarray, paths: np.ndarray) -> Flow:
        """With contacts on top (intervals,), the handling time they bring, and their paths (days x paths)."""
        offered = self.offered + more
        aht_s = np.divide(self.work_s + work_s, offered, out=self.aht_s.copy(), where=offered > 0)
        return replace(self, offered=offered, aht_s=aht_s, paths=self.paths + paths)


Demand = Mapping[QueueKey, Flow]


def demand_of(forecast: pd.DataFrame, paths: pd.DataFrame, centre: Centre) -> dict[QueueKey, Flow]:
    """FORECAST and FORECAST_PATHS of the queues of a centre, as arrays."""
    drawn, count = dict(iter(paths.groupby(list(QUEUE), sort=False))), paths["path"].nunique()
    found = {}
    for key, rows in forecast.groupby(list(QUEUE), sort=False):
        if key in centre.queues:
            flow = _flow(rows.sort_values("interval_start"), centre, key)
            found[key] = replace(flow, paths=_drawn(drawn.get(key), flow, count))
    return found


def _drawn(rows: pd.DataFrame | None, flow: Flow, count: int) -> np.ndarray:
    """The paths of a queue (days x paths); its mean on days and in queues that were not drawn."""
    mean = np.repeat(flow.by_day(flow.offered)[:, None], count, axis=1)
    if rows is None:
        return mean
    wide = rows.pivot(index="day", columns="path", values="offered").reindex(flow.days).to_numpy(float)
    return np.where(np.isnan(wide), mean, wide)


def _flow(rows: pd.DataFrame, centre: Centre, key: QueueKey) -> Flow:
    start = pd.DatetimeIndex(rows["interval_start"])
    number, days = pd.factorize(local_day(rows["interval_start"], centre.sites[key[0]].time_zone))
    usual = centre.queues[key].handling.aht_s
    aht_s = rows["aht_s"].to_numpy(float) if "aht_s" in rows else np.full(len(rows), np.nan)
    aht_s = np.where(aht_s > 0, aht_s, usual)
    minutes, offered = int(rows["interval_min"].iloc[0]), rows["offered"].to_numpy(float)
    return Flow(start, minutes, pd.DatetimeIndex(days), number, offered, aht_s, np.zeros((len(days), 0)))


def tables_of(demand: Demand) -> tuple[pd.DataFrame, pd.DataFrame]:
    """FORECAST (without quantiles of single intervals) and FORECAST_PATHS of what is expected."""
    intervals = pd.concat([_keyed(key, _intervals(flow)) for key, flow in demand.items()], ignore_index=True)
    paths = pd.concat([_keyed(key, _paths(flow)) for key, flow in demand.items()], ignore_index=True)
    return FORECAST.check(intervals), FORECAST_PATHS.check(paths)


def _intervals(flow: Flow) -> dict[str, object]:
    return {
        "interval_start": flow.start,
        "interval_min": flow.interval_min,
        "offered": flow.offered,
        "aht_s": flow.aht_s,
    }


def _paths(flow: Flow) -> dict[str, object]:
    days, count = flow.paths.shape
    return {
        "day": np.repeat(flow.days, count),
        "path": np.tile(np.arange(count), days),
        "offered": flow.paths.ravel(),
    }


def _keyed(key: QueueKey, columns: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame({**dict(zip(QUEUE, key, strict=True)), **columns})


def monday_after(first_day: date) -> date:
    """The first Monday on or after a day."""
    return (pd.Timestamp(first_day) + pd.Timedelta(days=-first_day.weekday() % 7)).date()
