"""Who comes: contacts drawn from the forecast's sample paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Queue
from planner.domain.timegrid import local_day
from staffing.simulation.floor import Contacts
from staffing.simulation.horizon import Horizon


@dataclass(frozen=True)
class Demand:
    """What is expected of one queue over the horizon, by the local days of the queue's own clock.

    Days on which nobody is expected are left out. `day_mean` (days) is the forecast inside the horizon;
    `day_paths` (paths x days) the same on each sample path, NaN where there is none. `shape`
    (intervals + 1) rises by 1 over each day, in proportion to the forecast. `aht_s` is the mean handle
    time in each interval.
    """

    number: int  # among all queues of the centre: its luck is its own
    queue: Queue
    day_mean: np.ndarray
    day_paths: np.ndarray
    shape: np.ndarray
    aht_s: np.ndarray


def demand(
    number: int, *, queue: Queue, forecast: pd.DataFrame, paths: pd.DataFrame, horizon: Horizon
) -> Demand:
    """Demand of a queue from its FORECAST and FORECAST_PATHS rows; AHT falls back on the queue's own."""
    rows = forecast.set_index("interval_start").reindex(horizon.starts)
    offered = rows["offered"].fillna(0.0).to_numpy(float)
    starts = pd.Series(horizon.starts)
    days, day_number = np.unique(local_day(starts, queue.hours.zone), return_inverse=True)
    day_mean = np.bincount(day_number, offered)
    whole_day = forecast["offered"].groupby(local_day(forecast["interval_start"], queue.hours.zone)).sum()
    inside = day_mean / np.maximum(whole_day.reindex(days, fill_value=0.0).to_numpy(float), 1e-12)
    by_path = paths.pivot(index="path", columns="day", values="offered").reindex(columns=days)
    is_open = day_mean > 0
    aht_s = rows["aht_s"] if "aht_s" in rows.columns else pd.Series(np.nan, index=rows.index)
    return Demand(
        number=number,
        queue=queue,
        day_mean=day_mean[is_open],
        day_paths=(by_path.to_numpy(float) * inside)[:, is_open],
        shape=np.concatenate([[0.0], np.cumsum(offered / np.maximum(day_mean, 1e-12)[day_number])]),
        aht_s=aht_s.fillna(queue.handling.aht_s).to_numpy(float),
    )


def draw_contacts(
    demands: Sequence[Demand], *, path: int, seed: int, replication: int, horizon: Horizon
) -> Contacts:
    """Every contact of one replication in order of arrival, queues numbered as in `demands`.

    Given the day's total, arrivals of an inhomogeneous Poisson process are independent draws from
    the day's shape. The draw of a queue depends on nothing but the seed, the replication and the
    queue, so that two schedules meet the same contacts (common random numbers).
    """
    parts = []
    for column, one in enumerate(demands):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication, 0, one.number)))
        parts.append(_of_queue(one, column=column, rng=rng, path=path, horizon=horizon))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return Contacts(*(column[order] for column in joined))


def _of_queue(
    demand: Demand, *, column: int, rng: np.random.Generator, path: int, horizon: Horizon
) -> Contacts:
    counts = _day_counts(demand, rng=rng, path=path)
    total, handling = int(counts.sum()), demand.queue.handling
    edges = np.arange(len(demand.shape)) * horizon.interval_s
    moment = np.repeat(np.arange(len(counts)), counts) + rng.random(total)
    arrived_s = np.interp(np.sort(moment), demand.shape, edges)
    aht_s = demand.aht_s[np.minimum(arrived_s // horizon.interval_s, len(demand.aht_s) - 1).astype(int)]
    work_s = aht_s * _lognormal(rng, cv=handling.aht_cv, size=total)
    patience_s = rng.exponential(size=total) * (
        np.inf if handling.patience_s is None else handling.patience_s
    )
    return Contacts(arrived_s, np.full(total, column), work_s, patience_s)


def _day_counts(demand: Demand, *, rng: np.random.Generator, path: int) -> np.ndarray:
    """Contacts of each day: on the path (a fraction is rounded up or down by chance), else Poisson."""
    luck, poisson = rng.random(len(demand.day_mean)), rng.poisson(demand.day_mean)
    if not len(demand.day_paths):
        return poisson
    drawn = demand.day_paths[path % len(demand.day_paths)]
    return np.where(np.isnan(drawn), poisson, np.floor(np.nan_to_num(drawn) + luck)).astype(np.int64)


def _lognormal(rng: np.random.Generator, *, cv: float, size: int) -> np.ndarray:
    """Lognormal with mean 1 and the given coefficient of variation."""
    spread = np.sqrt(np.log1p(cv * cv))
    return np.exp(spread * rng.standard_normal(size) - spread * spread / 2)


def draw_paths(paths: pd.DataFrame, *, replications: int, seed: int) -> np.ndarray:
    """Which sample path each replication follows, the same in every queue: all in turn, shuffled."""
    count = max(1, paths["path"].nunique())
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0, 2)))
    rounds = [rng.permutation(count) for _ in range(-(-replications // count))]
    return np.concatenate(rounds)[:replications]
