"""What is to be served in the week: lines (a language on one clock) and their work by groups of channels.

A line gathers today's queues of one language, client and opening hours, wherever they are answered: their
contacts could come to any site. A stream is the work of a line on one group of channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, ChannelKind, Queue, QueueKey
from planner.domain.hosting import Hosting
from planner.domain.tables import QUEUE
from planner.domain.timegrid import OpeningHours
from staffing.day_level import day_factors
from staffing.working_hours import is_worked

ROUNDED = 2  # decimals of today's shares


@dataclass(frozen=True)
class Week:
    """Seven UTC days from a Monday."""

    first: pd.Timestamp
    interval_min: int

    @property
    def starts(self) -> pd.DatetimeIndex:
        """UTC starts of its intervals."""
        count = 7 * 1440 // self.interval_min
        return pd.date_range(self.first, periods=count, freq=f"{self.interval_min}min", unit="us")

    @property
    def step_h(self) -> float:
        """Length of an interval."""
        return self.interval_min / 60


@dataclass(frozen=True)
class Line:
    """Customers of one language on one clock; `queues` are today's, `like` speaks for each channel."""

    name: str
    language: str
    queues: tuple[QueueKey, ...]
    like: Mapping[str, Queue]

    @property
    def hours(self) -> OpeningHours:
        """When it is answered."""
        return next(iter(self.like.values())).hours


@dataclass(frozen=True)
class Stream:
    """A line's channels of one group over the week: arrays channels x intervals.

    `offered` is of days at the level planned for, `mean` of the usual ones; `is_open` says when people are
    at work on it; `today` gives the share of the work that each site answers now.
    """

    line: Line
    group: str
    channels: tuple[str, ...]
    kind: ChannelKind
    offered: np.ndarray
    mean: np.ndarray
    aht_s: np.ndarray
    is_open: np.ndarray
    today: Mapping[str, float]

    @property
    def work_h(self) -> float:
        """Hours of handling in the usual week."""
        return float((self.mean * self.aht_s).sum() / 3600)


def lines_of(centre: Centre, keys: Iterable[QueueKey], work_h: Mapping[QueueKey, float]) -> list[Line]:
    """The lines of these queues; of several queues the one with the most work speaks for the line."""
    gathered: dict[tuple, list[Queue]] = {}
    for key in keys:
        queue = centre.queues[key]
        gathered.setdefault((key.language, queue.client, _clock(queue.hours)), []).append(queue)
    many = pd.Series([name[0] for name in gathered]).duplicated(keep=False).to_numpy()
    names = _names(list(gathered), many)
    return [
        Line(name, language, tuple(queue.key for queue in queues), _like(queues, work_h))
        for name, ((language, *_), queues) in zip(names, gathered.items(), strict=True)
    ]


def _names(gathered: Sequence[tuple], many: np.ndarray) -> list[str]:
    """The language, with the place of its zone where it has several lines; numbered where that is shared."""
    names = [
        f"{language} {clock[0].split('/')[-1].replace('_', ' ')}" if several else language
        for (language, _, clock), several in zip(gathered, many, strict=True)
    ]
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        names[place] = name if seen[name] == 1 else f"{name} {seen[name]}"
    return names


def _clock(hours: OpeningHours) -> tuple:
    seasons = tuple((s.first, s.last, tuple(sorted(s.weekdays.items()))) for s in hours.seasons)
    return hours.zone, tuple(sorted(hours.weekdays.items())), seasons, tuple(sorted(hours.closed))


def _like(queues: Sequence[Queue], work_h: Mapping[QueueKey, float]) -> dict[str, Queue]:
    most = sorted(queues, key=lambda queue: work_h.get(queue.key, 0.0))
    return {queue.key.channel: queue for queue in most}


def busy_week(forecast: pd.DataFrame, hosting: Hosting, *, interval_min: int) -> Week:
    """The week planned for: as busy as `busy_share` of the first whole `weeks`, by hours of handling.

    The first week is passed over where there are others: what came before it is not known.
    """
    starts = forecast["interval_start"]
    monday = (starts.dt.normalize() - pd.to_timedelta(starts.dt.day_of_week, unit="D")).rename("week")
    hours = (forecast["offered"] * forecast["aht_s"]).groupby(monday).sum()
    first, end = starts.min(), starts.max()
    whole = [
        week
        for week in hours.index
        if week >= first - timedelta(hours=12) and week + timedelta(days=6) <= end
    ]
    if not whole:
        whole = [hours.idxmax()]
    looked_at = hours[whole[1 : hosting.weeks + 1] or whole].sort_values()
    place = int(np.ceil(hosting.busy_share * len(looked_at))) - 1
    return Week(looked_at.index[max(place, 0)], interval_min)


def of_week(forecast: pd.DataFrame, week: Week, *, days_before: int = 0) -> pd.DataFrame:
    """The rows of the week, and of some days before it."""
    begin = week.first - timedelta(days=days_before)
    starts = forecast["interval_start"]
    return forecast[(starts >= begin) & (starts < week.first + timedelta(days=7))]


def streams_of(
    forecast: pd.DataFrame, paths: pd.DataFrame, centre: Centre, *, hosting: Hosting, week: Week
) -> list[Stream]:
    """Every stream with work in the week, from FORECAST and FORECAST_PATHS."""
    rows = with_aht(of_week(forecast, week), centre)
    rows = rows.assign(
        at=week.starts.get_indexer(pd.DatetimeIndex(rows["interval_start"])),
        level=at_level(rows, paths, centre, level=hosting.level),
    )
    work_h = (rows["offered"] * rows["aht_s"] / 3600).groupby([rows[name] for name in QUEUE]).sum()
    works = {QueueKey(*key): float(hours) for key, hours in work_h.items() if hours > 0}
    lines = lines_of(centre, works, works)
    cells = {QueueKey(*key): part for key, part in rows.groupby(list(QUEUE), sort=False)}
    found = [
        _stream(line, name, [c for c in channels if c in line.like], cells, works, week)
        for line in lines
        for name, channels in hosting.groups(centre).items()
        if any(channel in line.like for channel in channels)
    ]
    return [stream for stream in found if stream.work_h > 0]


def with_aht(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """The rows with the queue's own AHT where the forecast has none, as for chat."""
    usual = pd.DataFrame(
        [(*key, queue.handling.aht_s) for key, queue in centre.queues.items()], columns=[*QUEUE, "usual_s"]
    )
    usual_s = rows[list(QUEUE)].merge(usual, on=list(QUEUE), how="left")["usual_s"].to_numpy(float)
    return rows.assign(aht_s=rows["aht_s"].astype(float).where(rows["aht_s"] > 0, usual_s))


def at_level(rows: pd.DataFrame, paths: pd.DataFrame, centre: Centre, *, level: str) -> pd.Series:
    """Contacts offered on days as busy as the level; as expected where there are no sample paths."""
    if paths.empty:
        return rows["offered"]
    return rows["offered"] * day_factors(rows, paths, centre, quantiles=[level])[level].fillna(1.0)


def _stream(
    line: Line,
    group: str,
    channels: list[str],
    cells: Mapping[QueueKey, pd.DataFrame],
    works: Mapping[QueueKey, float],
    week: Week,
) -> Stream:
    keys = [key for key in line.queues if key.channel in channels]
    count = len(week.starts)
    offered, mean, work_s = np.zeros((3, len(channels), count))
    for key in keys:
        row, part = channels.index(key.channel), cells[key]
        offered[row] += np.bincount(part["at"], part["level"], count)
        mean[row] += np.bincount(part["at"], part["offered"], count)
        work_s[row] += np.bincount(part["at"], part["offered"] * part["aht_s"], count)
    usual = np.array([[line.like[channel].handling.aht_s] for channel in channels])
    aht_s = np.where(mean > 0, work_s / np.where(mean > 0, mean, 1.0), usual)
    first = line.like[channels[0]]
    is_open = is_worked(first, week.starts)
    if first.kind != "deferred":  # else contacts come at any hour
        is_open = is_open & (mean.sum(axis=0) > 0)
        offered, mean = offered * is_open, mean * is_open
    shares = _shares(keys, works)
    return Stream(line, group, tuple(channels), first.kind, offered, mean, aht_s, is_open, shares)


def _shares(keys: Sequence[QueueKey], works: Mapping[QueueKey, float]) -> dict[str, float]:
    """Each site's share of the work, rounded; they add up to 1."""
    hours: dict[str, float] = {}
    for key in keys:
        hours[key.site] = hours.get(key.site, 0.0) + works.get(key, 0.0)
    whole = sum(hours.values()) or 1.0
    shares = {site: round(h / whole, ROUNDED) for site, h in hours.items()}
    last = max(shares, key=lambda site: shares[site])
    shares[last] = round(1 - sum(s for site, s in shares.items() if site != last), ROUNDED)
    return {site: share for site, share in shares.items() if share > 0}
