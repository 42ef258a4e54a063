"""Who comes: contacts drawn from the forecast's sample paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.arrival_curve import smooth_rates
from planner.domain.centre import Queue
from planner.domain.timegrid import local_day
from staffing.simulation.floor import Again, Contacts
from staffing.simulation.horizon import Horizon
from staffing.simulation.luck import draw_patience, draw_work, nobody_again, with_further_luck

FIRST_CALLS, FURTHER_LUCK = 0, 3  # streams of random numbers; 1 is the people's, 2 the paths'

STEPS = 6  # of an interval: between them the arrival rate is constant


@dataclass(frozen=True)
class Demand:
    """What is expected of one queue over the horizon, by the local days of the queue's own clock.

    Days on which nobody is expected are left out. `day_mean` (days) is the forecast inside the horizon;
    `day_paths` (paths x days) the same on each sample path, NaN where there is none. `shape`
    (intervals x STEPS + 1) rises by 1 over each day along a smooth curve through the forecast. `aht_s`
    is the mean handle time in each interval.
    """

    number: int  # among all queues of the centre: its luck is its own
    queue: Queue
    day_mean: np.ndarray
    day_paths: np.ndarray
    shape: np.ndarray
    aht_s: np.ndarray

    @property
    def by_interval(self) -> np.ndarray:
        """Share of its day's contacts that comes in each interval."""
        return np.diff(self.shape[::STEPS])


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
        shape=_shape(offered, of_day=np.maximum(day_mean, 1e-12)[day_number]),
        aht_s=aht_s.fillna(queue.handling.aht_s).to_numpy(float),
    )


def _shape(offered: np.ndarray, *, of_day: np.ndarray) -> np.ndarray:
    """Share of its day's contacts that has come by the end of each step: it rises by 1 with every day.

    The curve keeps every interval's volume; hours without contacts cut it, so that none come then.
    """
    cuts = np.flatnonzero(np.diff(offered > 0)) + 1
    rates = [smooth_rates(run, interval_s=1.0, steps=STEPS) for run in np.split(offered, cuts)]
    share = np.concatenate(rates) / STEPS / of_day[:, None]
    return np.concatenate([[0.0], np.cumsum(share)])


def draw_contacts(
    demands: Sequence[Demand], *, path: int, seed: int, replication: int, horizon: Horizon
) -> Contacts:
    """Every contact of one replication in order of arrival, queues numbered as in `demands`.

    Given the day's total, arrivals of an inhomogeneous Poisson process are independent draws from
    the day's shape. The draw of a queue depends on nothing but the seed, the replication and the
    queue, so that two schedules meet the same contacts (common random numbers). Idle time and calling
    again have a stream of their own: they leave arrivals and work as they were.
    """
    parts = []
    for column, one in enumerate(demands):
        first, further = (
            np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication, stream, one.number)))
            for stream in (FIRST_CALLS, FURTHER_LUCK)
        )
        arrived_s, aht_s = _first_calls(one, rng=first, path=path, horizon=horizon)
        handling = one.queue.handling
        contacts = Contacts(
            arrived_s,
            np.full(len(aht_s), column),
            aht_s * draw_work(first, cv=handling.aht_cv, size=len(aht_s)),
            draw_patience(first, handling=handling, size=len(aht_s)),
        )
        parts.append(with_further_luck(contacts, aht_s=aht_s, handling=handling, rng=further))
    return in_order_of_arrival(parts)


def _first_calls(
    demand: Demand, *, rng: np.random.Generator, path: int, horizon: Horizon
) -> tuple[np.ndarray, np.ndarray]:
    """When each arrives, in order, and the mean handle time at that moment."""
    counts = _day_counts(demand, rng=rng, path=path)
    edges = np.arange(len(demand.shape)) * horizon.interval_s / STEPS
    moment = np.repeat(np.arange(len(counts)), counts) + rng.random(int(counts.sum()))
    arrived_s = np.interp(np.sort(moment), demand.shape, edges)
    interval = np.minimum(arrived_s // horizon.interval_s, len(demand.aht_s) - 1).astype(int)
    return arrived_s, demand.aht_s[interval]


def in_order_of_arrival(parts: Sequence[Contacts]) -> Contacts:
    """Contacts of several queues in one run: first calls by arrival, then those that may follow."""
    arrived_s = np.concatenate([part.arrived_s for part in parts])
    order = np.argsort(arrived_s, kind="stable")  # NaN last
    queue, work_s, patience_s, idle_s = (
        np.concatenate([part[i] for part in parts])[order] for i in range(1, 5)
    )
    again = None
    if any(part.again is not None for part in parts):
        again = _again_in_order([part.again or nobody_again(len(part.queue)) for part in parts], order=order)
    return Contacts(arrived_s[order], queue, work_s, patience_s, idle_s, again)


def _again_in_order(parts: Sequence[Again], *, order: np.ndarray) -> Again:
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    sizes = [len(part.row) for part in parts]
    offset = np.repeat(np.cumsum([0, *sizes[:-1]]), sizes)
    row, redial_s, reconnect_s = (np.concatenate(column) for column in zip(*parts, strict=True))
    row = np.where(row >= 0, place[row + offset], -1)
    return Again(row[order], redial_s[order], reconnect_s[order])


def _day_counts(demand: Demand, *, rng: np.random.Generator, path: int) -> np.ndarray:
    """Contacts of each day: on the path (a fraction is rounded up or down by chance), else Poisson."""
    luck, poisson = rng.random(len(demand.day_mean)), rng.poisson(demand.day_mean)
    if not len(demand.day_paths):
        return poisson
    drawn = demand.day_paths[path % len(demand.day_paths)]
    return np.where(np.isnan(drawn), poisson, np.floor(np.nan_to_num(drawn) + luck)).astype(np.int64)


def draw_paths(paths: pd.DataFrame, *, replications: int, seed: int) -> np.ndarray:
    """Which sample path each replication follows, the same in every queue: all in turn, shuffled."""
    count = max(1, paths["path"].nunique())
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0, 2)))
    rounds = [rng.permutation(count) for _ in range(-(-replications // count))]
    return np.concatenate(rounds)[:replications]
