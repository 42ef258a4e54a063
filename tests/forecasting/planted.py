"""Small centres whose volume is known by construction, for the tests of forecasting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from forecasting.past import Calendar, DaySeries
from forecasting.special_days import special_days
from planner.domain.centre import CHANNEL_KINDS, Centre, Event, Handling, Queue, QueueKey, Site, Target
from planner.domain.timegrid import OpeningHours, intervals

WEEKDAYS = np.array([1.30, 1.10, 1.05, 1.00, 0.95, 0.60, 0.50])  # Monday..Sunday
SHAPE = np.interp(np.arange(24), [0, 7, 10, 14, 18, 23], [1, 4, 20, 12, 14, 2])  # by local hour


def hours(zone: str, opens: int = 8, closes: int = 20, days: Iterable[int] = range(7)) -> OpeningHours:
    return OpeningHours(zone, dict.fromkeys(days, ((opens * 60, closes * 60),)))


def queue(
    site: str, language: str, channel: str, *, when: OpeningHours, customers: tuple[str, ...] = ()
) -> Queue:
    kind = CHANNEL_KINDS[channel]
    return Queue(QueueKey(site, language, channel), kind, when, Target(), Handling(300.0), customers)


def centre(queues: Sequence[Queue], *, events: Sequence[Event] = (), interval_min: int = 60) -> Centre:
    sites = {
        q.key.site: Site(q.key.site, q.key.site, "PT", q.hours.zone, hours(q.hours.zone)) for q in queues
    }
    return Centre("planted", interval_min, sites, {q.key: q for q in queues}, {}, (), tuple(events))


def opened(q: Queue, first_day: date) -> Queue:
    return replace(q, first_day=first_day)


def day_means(days: pd.DatetimeIndex, *, size: float = 600.0, yearly: float = 0.0) -> np.ndarray:
    """Planted means: weekday x a yearly wave that peaks at New Year."""
    wave = np.exp(yearly * np.cos(2 * np.pi * days.day_of_year.to_numpy() / 365.25))
    return size * WEEKDAYS[days.day_of_week] * wave


def volume(
    q: Queue, first: date, means: np.ndarray, *, seed: int | None, interval_min: int = 60
) -> pd.DataFrame:
    """VOLUME rows of the open intervals of len(means) local days; seed None = the means, rounded."""
    starts = intervals(first, len(means), zone=q.hours.zone, interval_min=interval_min)
    if q.kind != "deferred":
        starts = starts[q.hours.is_open(starts)]
    local = starts.tz_convert(q.hours.zone).tz_localize(None)
    row = (local.normalize() - pd.Timestamp(first)).days.to_numpy()
    shape = SHAPE[local.hour]
    expected = means[row] * shape / np.bincount(row, weights=shape, minlength=len(means))[row]
    offered = np.round(expected) if seed is None else np.random.default_rng(seed).poisson(expected)
    return pd.DataFrame(
        {
            "site": q.key.site, "language": q.key.language, "channel": q.key.channel,
            "interval_start": starts, "interval_min": interval_min, "offered": offered.astype("int64"),
        }
    )  # fmt: skip


def series(
    means: np.ndarray, first: str, *, horizon: int = 0, is_open: np.ndarray | None = None,
    countries: Sequence[str] = (), events: Sequence[Event] = (),
) -> DaySeries:  # fmt: skip
    """A day series whose history is `means` and whose calendar goes `horizon` days on."""
    days = pd.date_range(first, periods=len(means) + horizon, freq="D").as_unit("us")
    opens = np.ones(len(days), bool) if is_open is None else is_open
    special = special_days(days, countries=countries, events=events, closed=~opens)
    offered = np.append(np.where(opens[: len(means)], means, np.nan), np.full(horizon, np.nan))
    return DaySeries("planted", Calendar(days, opens, special), offered)
