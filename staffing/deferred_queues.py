"""Deferred queues from forecast to requirement: arrivals at any hour, work in open hours.

The week before the plan is taken to be like its first, and the week after it like its last, so that the
first Monday finds the weekend's backlog and the last Friday still works for the Monday after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Blending, Deadline, Queue
from staffing.deferred import WORKING_SHARE, Backlog, Placed, place
from staffing.working_hours import is_worked

WEEK_H, DAY_H = 168, 24


@dataclass(frozen=True)
class Axis:
    """The intervals of the plan with a like week on either side; `inside` marks those of the plan."""

    starts: pd.DatetimeIndex
    inside: slice
    week: int
    step_h: float

    def around(self, values: np.ndarray) -> np.ndarray:
        """Values of the plan's intervals, its first and last week repeated before and after it."""
        return np.concatenate([values[: self.week], values, values[len(values) - self.week :]])


def deferred_rows(
    planned: pd.DataFrame, queues: Sequence[Queue], *, others: pd.DataFrame, blending: Blending
) -> pd.DataFrame:
    """REQUIREMENT rows, without people at work, of the open intervals of deferred queues.

    planned: one row per deferred queue and interval with offered and aht_s; others: REQUIREMENT rows of
    the immediate queues. `offered` becomes the contacts worked in the interval, those in idle voice time
    included, and `load_erlangs` the agents they take; `agents_on_contact` are the queue's own, and
    `occupancy` is theirs.
    """
    rows = dict(iter(planned.groupby(["site", "language", "channel"], sort=False)))
    near = dict(iter(others.groupby(["site", "language"], sort=False)))
    parts: list[pd.DataFrame] = []
    for pair in dict.fromkeys((queue.key.site, queue.key.language) for queue in queues):
        team = [q for q in queues if (q.key.site, q.key.language) == pair and tuple(q.key) in rows]
        share = blending.idle_share if pair[1] in blending.languages else 0.0
        parts += _of_one_team(team, rows, near=near.get(pair, others.iloc[:0]), idle_share=share)
    return pd.concat(parts, ignore_index=True) if parts else planned.iloc[:0]


def _of_one_team(
    team: Sequence[Queue], rows: Mapping[tuple, pd.DataFrame], *, near: pd.DataFrame, idle_share: float
) -> Iterator[pd.DataFrame]:
    """One site and language: the tightest deadline is served first, what idle time is left goes on."""
    if not team:
        return
    axis = _axis(pd.concat([rows[tuple(queue.key)] for queue in team]))
    plan = axis.starts[axis.inside]
    voice = near[near["channel"] == "voice"]
    spare = (voice["agents_on_contact"] - voice["load_erlangs"]).clip(lower=0) * axis.step_h * idle_share
    idle_h = _on(plan, voice["interval_start"], spare)
    busy = _on(plan, near["interval_start"], near["agents_on_contact"])
    for queue in sorted(team, key=lambda queue: _deadline(queue).within_business_h):
        rows_here = rows[tuple(queue.key)]
        placed, worked = _place(queue, rows_here, axis=axis, busy=busy, idle_h=idle_h)
        busy, idle_h = busy + placed.agents[axis.inside], idle_h - placed.idle_h[axis.inside]
        yield _rows(queue, rows_here, axis=axis, placed=placed, worked=worked)


def _place(
    queue: Queue, rows: pd.DataFrame, *, axis: Axis, busy: np.ndarray, idle_h: np.ndarray
) -> tuple[Placed, np.ndarray]:
    """The queue's own agents, and the contacts worked in every interval (oldest first)."""
    plan = axis.starts[axis.inside]
    contacts = axis.around(_on(plan, rows["interval_start"], rows["offered"]))
    hours = axis.around(_on(plan, rows["interval_start"], rows["offered"] * rows["aht_s"] / 3600))
    is_open = is_worked(queue, axis.starts)
    backlog = Backlog(hours, is_open, _days(axis, is_open, queue), axis.around(busy), axis.around(idle_h))
    working_share = queue.target.max_occupancy or WORKING_SHARE
    placed = place(backlog, deadline=_deadline(queue), step_h=axis.step_h, working_share=working_share)
    done = np.cumsum(placed.own_h + placed.idle_h)
    worked = np.diff(np.interp(done, np.cumsum(hours), np.cumsum(contacts), left=0.0), prepend=0.0)
    return placed, worked


def _rows(
    queue: Queue, rows: pd.DataFrame, *, axis: Axis, placed: Placed, worked: np.ndarray
) -> pd.DataFrame:
    plan = axis.starts[axis.inside]
    hours = (placed.own_h + placed.idle_h)[axis.inside]
    contacts, agents, own = worked[axis.inside], placed.agents[axis.inside], placed.own_h[axis.inside]
    usual = float(rows["aht_s"].mean())
    table = pd.DataFrame(
        {
            "site": queue.key.site,
            "language": queue.key.language,
            "channel": queue.key.channel,
            "interval_start": plan,
            "interval_min": round(axis.step_h * 60),
            "offered": contacts,
            "aht_s": np.where(contacts > 0, hours * 3600 / np.where(contacts > 0, contacts, 1), usual),
            "load_erlangs": hours / axis.step_h,
            "agents_on_contact": agents,
            "binding": pd.Series(str(queue.target.deadline), range(len(plan))).where(agents > 0),
            "occupancy": np.where(agents > 0, own / np.maximum(agents, 1) / axis.step_h, np.nan),
        }
    )
    return table[is_worked(queue, plan)]


def _axis(rows: pd.DataFrame) -> Axis:
    step_h = float(rows["interval_min"].iloc[0]) / 60
    first, last = rows["interval_start"].min(), rows["interval_start"].max()
    count = round((last - first) / pd.Timedelta(hours=step_h)) + 1
    week = round(WEEK_H / step_h) if count * step_h >= WEEK_H else 0
    step = pd.Timedelta(hours=step_h)
    starts = pd.date_range(first - week * step, periods=count + 2 * week, freq=step).as_unit("us")
    return Axis(starts, slice(week, week + count), week, step_h)


def _on(plan: pd.DatetimeIndex, starts: pd.Series, values: pd.Series) -> np.ndarray:
    """Values summed at their interval of the plan; 0 where there is none."""
    at = plan.get_indexer(pd.DatetimeIndex(starts))
    known = at >= 0
    return np.bincount(at[known], values.to_numpy(dtype=float)[known], len(plan))


def _days(axis: Axis, is_open: np.ndarray, queue: Queue) -> np.ndarray:
    """The number of the working day: open intervals in a row; those longer than a day break at midnight."""
    begins = is_open & ~np.append(False, is_open[:-1])
    run = np.cumsum(begins)
    length = np.bincount(run, is_open)[run] * axis.step_h
    local = axis.starts.tz_convert(queue.hours.zone).tz_localize(None).normalize()
    midnight = np.append(False, local[1:] != local[:-1])
    return np.cumsum(begins | (midnight & (length > DAY_H)))


def _deadline(queue: Queue) -> Deadline:
    return queue.target.deadline or Deadline(1.0, DAY_H)
