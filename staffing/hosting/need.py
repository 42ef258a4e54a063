"""Agents on contact that a set of pieces of work needs when they are answered by the same people.

Contacts of all pieces arrive as one queue: their rates add up, handle time and patience are means by
contacts, and the strictest of their targets hold. Erlang A in each interval as if steady; deferred work is
placed against its deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.centre import Blending, Queue, QueueKey
from staffing.chat import demand_with_idle
from staffing.deferred_queues import deferred_rows
from staffing.erlang import Demand
from staffing.hosting.lines import Stream, Week
from staffing.immediate import handling_of
from staffing.least import Limits, least_agents, limits_of

NO_OTHERS = ("site", "language", "channel", "interval_start", "load_erlangs", "agents_on_contact")


class Piece(NamedTuple):
    """A share of a stream, from one part of its day to another (numbers of `Streams.parts`)."""

    stream: int
    first: int
    last: int
    share: float


Pieces = frozenset[Piece]


@dataclass(frozen=True)
class Streams:
    """All work of the week; `parts[stream]` are masks over the intervals, together the open ones."""

    week: Week
    streams: tuple[Stream, ...]
    parts: tuple[tuple[np.ndarray, ...], ...]

    def inside(self, piece: Piece) -> np.ndarray:
        """Which intervals belong to the piece."""
        return np.any(self.parts[piece.stream][piece.first : piece.last + 1], axis=0)

    def language(self, piece: Piece) -> str:
        """The language of its customers."""
        return self.streams[piece.stream].line.language

    def work_h(self, piece: Piece) -> float:
        """Hours of handling in the usual week."""
        stream = self.streams[piece.stream]
        if stream.kind == "deferred":
            return piece.share * stream.work_h
        return float(piece.share * (stream.mean * stream.aht_s)[:, self.inside(piece)].sum() / 3600)


class Merged(NamedTuple):
    """One queue made of several, over the intervals in which anybody comes."""

    at: np.ndarray
    demand: Demand


def needs_of(
    wanted: Collection[Pieces], work: Streams, *, aht_multiple: float = 1.0
) -> dict[Pieces, np.ndarray]:
    """Agents on contact in each interval for each set of pieces (all of one kind of channels)."""
    found: dict[Pieces, np.ndarray] = {}
    asked: dict[str, tuple[Limits, list[Pieces]]] = {}
    for pieces in wanted:
        if _kind(pieces, work) == "deferred":
            found[pieces] = _deferred(pieces, work)
        else:
            limits = strictest(_queues(pieces, work))
            asked.setdefault(repr(limits), (limits, []))[1].append(pieces)
    for limits, sets in asked.values():
        found |= _immediate(sets, work, limits=limits, aht_multiple=aht_multiple)
    return found


def _kind(pieces: Pieces, work: Streams) -> str:
    return work.streams[next(iter(pieces)).stream].kind


def _queues(pieces: Pieces, work: Streams) -> list[Queue]:
    streams = [work.streams[piece.stream] for piece in sorted(pieces)]
    return [stream.line.like[channel] for stream in streams for channel in stream.channels]


def strictest(queues: Sequence[Queue]) -> Limits:
    """Limits that meet the targets of every queue."""
    each = [limits_of(queue.target, handling_of(queue)) for queue in queues]
    levels = tuple(dict.fromkeys(level for limits in each for level in limits.service_levels))
    least = {
        name: float(np.fmin.reduce([np.asarray(getattr(limits, name), float) for limits in each]))
        for name in ("max_abandonment", "max_occupancy", "max_asa_s")
    }
    return replace(
        each[0],
        service_levels=levels,
        max_abandonment=least["max_abandonment"],
        max_occupancy=least["max_occupancy"],
        max_asa_s=least["max_asa_s"],
    )


def _immediate(
    sets: Sequence[Pieces], work: Streams, *, limits: Limits, aht_multiple: float
) -> dict[Pieces, np.ndarray]:
    merged = [merged_queue(pieces, work, aht_multiple=aht_multiple) for pieces in sets]
    columns = zip(*(each.demand.columns() for each in merged), strict=True)
    least = least_agents(Demand(*(np.concatenate(column) for column in columns)), limits).agents
    ends = np.cumsum([len(each.at) for each in merged])
    count = len(work.week.starts)
    found = {}
    for pieces, each, agents in zip(sets, merged, np.split(least, ends[:-1]), strict=True):
        found[pieces] = np.zeros(count, np.int64)
        found[pieces][each.at] = agents
    return found


def merged_queue(pieces: Pieces, work: Streams, *, aht_multiple: float = 1.0) -> Merged:
    """The pieces as one queue."""
    rows = [
        (stream.offered[row] * piece.share * inside, stream.aht_s[row], stream.line.like[channel])
        for piece in sorted(pieces)
        for stream, inside in [(work.streams[piece.stream], work.inside(piece))]
        for row, channel in enumerate(stream.channels)
    ]
    offered = np.sum([each[0] for each in rows], axis=0)
    at = np.flatnonzero(offered > 0)
    weights = np.array([each[0][at] for each in rows]) / offered[at]
    aht_s = (weights * np.array([each[1][at] for each in rows])).sum(axis=0) * aht_multiple
    handlings = [handling_of(each[2]) for each in rows]
    leaving = np.array([0.0 if h.patience_s is None else 1 / h.patience_s for h in handlings])
    with np.errstate(divide="ignore"):
        patience_s = 1 / (weights * leaving[:, None]).sum(axis=0)
    load = offered[at] * aht_s / (work.week.step_h * 3600)
    slow_down = (weights * np.array([[h.slow_down] for h in handlings])).sum(axis=0)
    slots = np.full(len(at), min(h.concurrency for h in handlings), float)
    demand = Demand(load, aht_s, patience_s, slots, slow_down)
    idle_s = max(h.idle_s for h in handlings)
    return Merged(at, demand_with_idle(demand, idle_s=idle_s) if idle_s > 0 else demand)


def _deferred(pieces: Pieces, work: Streams) -> np.ndarray:
    """The sum of what each line needs: deferred work gains next to nothing from being answered together."""
    return np.sum([_one_deferred(piece, work) for piece in sorted(pieces)], axis=0)


def _one_deferred(piece: Piece, work: Streams) -> np.ndarray:
    stream = work.streams[piece.stream]
    frames, queues = [], []
    for row, channel in enumerate(stream.channels):
        like = stream.line.like[channel]
        key = QueueKey(like.key.site, stream.line.name, channel)
        offered = stream.offered[row] * piece.share
        frames.append(_planned(key, offered, stream.aht_s[row], work.week))
        queues.append(replace(like, key=key, backlog=None))
    others = pd.DataFrame(columns=list(NO_OTHERS)).astype({"load_erlangs": float, "agents_on_contact": float})
    rows = deferred_rows(pd.concat(frames), queues, others=others, blending=Blending())
    at = work.week.starts.get_indexer(pd.DatetimeIndex(rows["interval_start"]))
    return np.bincount(at, rows["agents_on_contact"], len(work.week.starts)).astype(np.int64)


def _planned(key: QueueKey, offered: np.ndarray, aht_s: np.ndarray, week: Week) -> pd.DataFrame:
    return pd.DataFrame(
        {
            **dict(zip(("site", "language", "channel"), key, strict=True)),
            "interval_start": week.starts,
            "interval_min": week.interval_min,
            "offered": offered,
            "aht_s": aht_s,
            "load_erlangs": offered * aht_s / (week.step_h * 3600),
        }
    )


def parts_of(
    stream: Stream, masks: Mapping[str, np.ndarray], week: Week, *, least_h: float
) -> tuple[np.ndarray, ...]:
    """The open intervals of a stream cut where a site opens or closes on the line's own clock.

    A cut stands where `masks` (site -> open) change inside the line's hours on most days; parts shorter
    than `least_h` are not made. Deferred work is never cut.
    """
    if stream.kind == "deferred":
        return (stream.is_open,)
    local = week.starts.tz_convert(stream.line.hours.zone)
    minute = (local.hour * 60 + local.minute).to_numpy()
    through = stream.is_open[1:] & stream.is_open[:-1]
    days = max(1, int((stream.is_open[1:] & ~stream.is_open[:-1]).sum()))
    cuts: set[int] = set()
    for mask in masks.values():
        changes = minute[1:][(mask[1:] != mask[:-1]) & through]
        often = [m for m in np.unique(changes) if (changes == m).sum() * 2 > days]
        cuts |= {int(m) for m in often}
    open_min = int(minute[stream.is_open].min()), int(minute[stream.is_open].max()) + week.interval_min
    bounds = _far_apart(sorted(cuts), *open_min, least_min=least_h * 60)
    part = np.searchsorted(bounds, minute, side="right")
    return tuple(stream.is_open & (part == number) for number in range(len(bounds) + 1))


def _far_apart(cuts: Sequence[int], first: int, end: int, *, least_min: float) -> list[int]:
    """Those cuts between opening and closing that leave parts long enough."""
    kept: list[int] = []
    for cut in cuts:
        if cut - (kept[-1] if kept else first) >= least_min and end - cut >= least_min:
            kept.append(cut)
    return kept
